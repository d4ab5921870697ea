/* SPDX-License-Identifier: ISC */
/* udp.h - datagrams as lines: dial -u and listen -u. */
#ifndef SOCKET6_TOOL_UDP_H
#define SOCKET6_TOOL_UDP_H

struct options;

int dial_udp(const struct options *o, char *const *words, int n);
int listen_udp(const struct options *o, char *const *words, int n);

#endif
