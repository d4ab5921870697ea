/* SPDX-License-Identifier: ISC */
/* remember.h - a history in a file. */
#ifndef SOCKET6_TOOL_REMEMBER_H
#define SOCKET6_TOOL_REMEMBER_H

struct socket_history;

/*
 * Loads the history in the file, or an empty one if there is no file. Returns
 * 0, or the exit status after a complaint.
 */
int remember(const char *file, struct socket_history **history);

/*
 * Replaces the file by the history, with rename(2); for a symbolic link the
 * file that it names. Returns the same.
 */
int note_down(const char *file, const struct socket_history *history);

#endif
