/* SPDX-License-Identifier: ISC */
/* command.h - the program that has a connection: UCSPI. */
#ifndef SOCKET6_TOOL_COMMAND_H
#define SOCKET6_TOOL_COMMAND_H

#include <sys/types.h>

struct ends;

/* With what tcpserver and tcpclient end if they cannot run a program. */
enum { NOT_RUN = 111 };

/* Notes the signals as they are: a program is started with these. */
void command_note_signals(void);

/*
 * The variables of old, and those of UCSPI for a connection with these ends.
 * What such a variable says in old is left out. The array is malloc's, or null;
 * the new texts are static.
 */
char **command_environment(char *const *old, const struct ends *ends);

/*
 * Becomes the program, with the connection s, blocking, as its descriptors in
 * and out. Returns NOT_RUN after a complaint.
 */
int command_become(char *const *command, int s, int in, int out,
		   const struct ends *ends);

/*
 * Programs that run beside this one: how many, and which. children_begin
 * returns a descriptor that is readable when one has ended, or -1 with errno.
 */
struct children {
	pid_t *pids;
	int n, room;
	int ended; /* that descriptor */
};
int children_begin(struct children *c);

/* Starts the program with s as its descriptors 0 and 1. Its id, or -1. */
pid_t children_add(struct children *c, char *const *command, int s,
		   const struct ends *ends);

/* The id of one that has ended, and how, as waitpid says it; 0 if none has. */
pid_t children_take(struct children *c, int *how);

/* Forgets those that run: they go on. */
void children_leave(struct children *c);

#endif
