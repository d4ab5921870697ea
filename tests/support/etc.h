/* SPDX-License-Identifier: ISC */
/* etc.h - an /etc of a process's own, by which names are looked up. */
#ifndef SOCKET6_ETC_H
#define SOCKET6_ETC_H

struct etc {
	const char *options;  /* of resolv.conf: "timeout:1 attempts:1" */
	const char *hosts;    /* lines besides localhost's */
	const char *gai_conf; /* all lines */
};

/*
 * Mounts it, once, in a mount namespace that this process enters; a second time
 * writes these files anew. The name server is 127.0.0.1. 0; ETC_NONE where
 * there are no such namespaces; -1 with errno for all else.
 */
enum { ETC_NONE = 1 };
int etc_enter(const struct etc *etc);

#endif
