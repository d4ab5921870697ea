/* SPDX-License-Identifier: ISC */
/* remember.h - a history in a file. */
#ifndef SOCKET6_TOOL_REMEMBER_H
#define SOCKET6_TOOL_REMEMBER_H

struct socket_history;

/*
 * What the file has, or an empty history if it is not there yet. 0, or the
 * exit status, of which it has complained.
 */
int remember(const char *file, struct socket_history **history);

/*
 * Puts it into the file as a whole, by rename(2); of a symbolic link into what
 * that names. The same.
 */
int note_down(const char *file, const struct socket_history *history);

#endif
