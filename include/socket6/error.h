/* SPDX-License-Identifier: ISC */
/* socket6/error.h - what went wrong, in words. socket_error(3) */
#ifndef SOCKET_6_ERROR_H
#define SOCKET_6_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Returns what an errno says of a name or a connection, in a few English words:
 * "unknown host" for ENOENT, which strerror would call a missing file, and
 * "refused" for ECONNREFUSED. socket_error(3) lists all of them.
 *
 * Any other number n is "error n", in a buffer of the calling thread until its
 * next call. Never returns NULL, and does not change errno.
 */
const char *socket_error(int error);

#ifdef __cplusplus
}
#endif

#endif
