/* SPDX-License-Identifier: ISC */
/* udp.h - datagrams as lines: dial -u and listen -u. */
#ifndef SOCKET6_TOOL_UDP_H
#define SOCKET6_TOOL_UDP_H

#include <stddef.h>

struct options;

int dial_udp(const struct options *o, char *const *words, int n);
int listen_udp(const struct options *o, char *const *words, int n);

/*
 * A datagram as a line, and back: a newline is written \n, a backslash \\. to
 * has room for twice the bytes, or for as many. Return how many are written.
 */
size_t udp_escape(char *to, const char *bytes, size_t len);
size_t udp_unescape(char *to, const char *line, size_t len);

#endif
