/* SPDX-License-Identifier: ISC */
/* listeners.h - the sockets at which socket6 listen waits. */
#ifndef SOCKET6_TOOL_LISTENERS_H
#define SOCKET6_TOOL_LISTENERS_H

struct options;

enum { LISTENERS = 64 };

struct listeners {
	int fds[LISTENERS];
	int n;
};

/*
 * Opens those that the words describe: ADDRESS PORT, or each a port, *:PORT,
 * NAME:PORT or [ADDRESS]:PORT; without words takes those that the parent
 * process passed. Returns 0, or the exit status after a complaint.
 */
int listeners_open(const struct options *o, char *const *words, int n,
		   struct listeners *l);

void listeners_close(struct listeners *l);

#endif
