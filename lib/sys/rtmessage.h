/* SPDX-License-Identifier: ISC */
/*
 * rtmessage.h - Linux's messages of interfaces and addresses. rtnetlink(7)
 *
 * Pure: bytes in, entries out. The kernel's layouts and numbers are here, for
 * musl and dietlibc come without its headers.
 */
#ifndef SOCKET6_LIB_SYS_RTMESSAGE_H
#define SOCKET6_LIB_SYS_RTMESSAGE_H

#include "iflist.h"

#define sys_rt_read    socket6_rt_read
#define sys_rt_request socket6_rt_request

/* linux/rtnetlink.h: RTM_GETLINK and RTM_GETADDR; each answer is 2 less. */
enum sys_rt_list { SYS_RT_LINKS = 18, SYS_RT_ADDRESSES = 22 };

/* What is asked for, in messages of which sequence number, and for what. */
struct sys_rt_dump {
	struct sys_list *list;
	enum sys_rt_list what;
	uint32_t sequence;
	int is_torn; /* the list changed between two messages: NLM_F_DUMP_INTR */
};

/* Writes the request for a dump; its length. */
enum { SYS_RT_REQUEST = 40 };
size_t sys_rt_request(char *dest, const struct sys_rt_dump *d);

/*
 * Adds the entries in the len bytes at buf, of any alignment. Returns 0 if more
 * follows, 1 at the end of the dump, or -1: the kernel's errno, ENOBUFS if some
 * messages are lost, EPROTO if one is malformed.
 */
int sys_rt_read(struct sys_rt_dump *d, const char *buf, size_t len);

#endif
