/* SPDX-License-Identifier: ISC */
/* header.h - the PROXY header with which a connection begins. */
#ifndef SOCKET6_TOOL_HEADER_H
#define SOCKET6_TOOL_HEADER_H

#include <socket6.h>
#include <stddef.h>
#include <stdint.h>

/* The two ends of a connection. */
struct ends {
	struct socket_addr6 peer, local;
};

struct header {
	int s; /* non-blocking */
	struct ends ends;
	int64_t began;
	size_t len;
	char bytes[16 + 65535]; /* the most that scan_proxy reads */
};

/* The ends are those of the connection, as they are known without a header. */
void header_begin(struct header *h, int s, const struct ends *ends);

/*
 * Reads what is there of the header, and not a byte behind it. Returns 1 when
 * it is whole: if it says so, the ends are others. 0 if more must come. -1 with
 * errno: EPROTO for bytes that are none, ECONNABORTED for an end before it.
 */
int header_step(struct header *h);

/* How long to wait for more, in milliseconds. */
int header_time_left(const struct header *h);

/* What is wrong with it, in words. */
const char *header_error_words(int error);

#endif
