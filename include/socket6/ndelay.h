/* SPDX-License-Identifier: ISC */
/* socket6/ndelay.h - blocking or not. ndelay_on(3) */
#ifndef SOCKET_6_NDELAY_H
#define SOCKET_6_NDELAY_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes the descriptor non-blocking (on) or blocking (off), and with it every
 * duplicate of it (O_NONBLOCK). 0, or -1 with fcntl(2)'s errno: EBADF.
 * Async-signal-safe.
 */
int ndelay_on(int fd);
int ndelay_off(int fd);

#ifdef __cplusplus
}
#endif

#endif
