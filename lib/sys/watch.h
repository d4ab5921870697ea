/* SPDX-License-Identifier: ISC */
/* watch.h - one descriptor to watch instead of many, and a time. */
#ifndef SOCKET6_LIB_SYS_WATCH_H
#define SOCKET6_LIB_SYS_WATCH_H

#include "sys.h"

#define sys_watch_add	 socket6_watch_add
#define sys_watch_close	 socket6_watch_close
#define sys_watch_open	 socket6_watch_open
#define sys_watch_remove socket6_watch_remove
#define sys_watch_until	 socket6_watch_until

/*
 * fd is readable while one of those watched is ready or has an error, and from
 * the time that was set; -1: there is none. A child of fork shares it, and may
 * do nothing but close it.
 */
struct sys_watch {
	int fd, timer, process;
};

#define SYS_NO_WATCH ((struct sys_watch){-1, -1, 0})

/* 0, or -1: ENOTSUP where the system has nothing of the kind. */
int sys_watch_open(struct sys_watch *w);
void sys_watch_close(struct sys_watch *w);

/*
 * what is SOCKET_READABLE or SOCKET_WRITABLE. They keep errno, but for an add
 * that returns -1.
 */
int sys_watch_add(const struct sys_watch *w, int s, int what);
void sys_watch_remove(const struct sys_watch *w, int s, int what);

/* Sets the time: microseconds from now; 0 is at once, below 0 never. */
void sys_watch_until(const struct sys_watch *w, int64_t after);

#endif
