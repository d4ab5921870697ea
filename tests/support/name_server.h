/* SPDX-License-Identifier: ISC */
/* name_server.h - a name server for tests: a name says how it is answered. */
#ifndef SOCKET6_NAME_SERVER_H
#define SOCKET6_NAME_SERVER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct name_server {
	/* The addresses of a name that gives none. */
	unsigned char a[4], aaaa[16];
	/* ipv4only.arpa has an AAAA if nat64_bits is not 0, see RFC 6052. */
	unsigned char nat64[16];
	int nat64_bits;
	/* As what name it is answered besides; empty: at once. */
	char ipv4only[64];
	/*
	 * Where each query is logged before it is answered, -1 for nowhere:
	 * "NAME TYPE udp|tcp MICROSECONDS", by the monotonic clock.
	 */
	int log;
};

/* Its addresses are 127.0.0.1 and ::1, without NAT64 and log. */
void name_server_init(struct name_server *ns);

/* Sets one of the addresses, by its text; -1 if it is none. */
int name_server_address(struct name_server *ns, const char *text);

/* Sets the prefix of NAT64: 64:ff9b::/96; -1 if it is none. */
int name_server_nat64(struct name_server *ns, const char *text);

/*
 * Sets how ipv4only.arpa is answered, by a name whose modes it has:
 * "aaaa-400ms.test"; -1 if that has none, or addresses or aliases.
 */
int name_server_ipv4only(struct name_server *ns, const char *name);

/* What becomes of one query. It depends on the query alone. */
enum { QUERY_MAX = 512, REPLY_MAX = 65535 };
struct reply {
	int delay;  /* milliseconds */
	int copies; /* 0: no answer at all */
	size_t len;
	unsigned char bytes[REPLY_MAX];
};
void name_server_reply(const struct name_server *ns, const unsigned char *query,
		       size_t len, int tcp, struct reply *reply);

/*
 * Opens a UDP socket and a TCP listener at an address; with port 0 at one that
 * is free, which *port becomes. 0, or -1 with errno.
 */
enum { UDP, TCP, TRANSPORTS };
int name_server_open(const char *address, uint16_t *port, int s[TRANSPORTS]);

/* Answers until this process has another parent: until that one has ended. */
void name_server_run(const struct name_server *ns, const int s[TRANSPORTS],
		     pid_t parent);

#endif
