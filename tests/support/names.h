/* SPDX-License-Identifier: ISC */
/*
 * names.h - a test's own name server, and the files by which names are found.
 *
 * The C library's getaddrinfo asks it. Names say how they are answered, see
 * name_server.c:
 *
 *	TEST(a_name_without_an_answer_of_one_family_has_the_other_ones)
 *	{
 *		need_name_server(.options = "timeout:1 attempts:1");
 *		... "aaaa-never.test" ...
 *		ck_assert_int_eq(names_asked(0, "AAAA"), 1);
 *	}
 */
#ifndef SOCKET6_NAMES_H
#define SOCKET6_NAMES_H

#include "suite.h"

struct names {
	int unused;	      /* so that there may be no arguments */
	const char *options;  /* of resolv.conf: "timeout:1 attempts:1" */
	const char *hosts;    /* lines of hosts, besides localhost's */
	const char *gai_conf; /* the lines of gai.conf */
	const char *a, *aaaa; /* what names have: 127.0.0.1, ::1 */
	const char *nat64;    /* the prefix for ipv4only.arpa: "64:ff9b::/96" */
	const char *ipv4only; /* whose modes that has: "aaaa-400ms.test" */
	int by_dnsmasq;	      /* who is asked, keeps nothing, and asks it */
};

/*
 * Enters a network (net_enter in net.h) with a name server at 127.0.0.1 and an
 * /etc of this process's own; both end with it. A second call starts anew. 0,
 * or the reason why it cannot be had, to skip with.
 */
const char *names_enter(const struct names *names);

/* The same of the members that are named, from the first lookup on. */
#define need_name_server(...)                                                  \
 skip_if(names_enter(&(const struct names){.unused = 0, __VA_ARGS__}))

/*
 * Starts another one beside it, which listens in the network namespace that this
 * process is in now, and has the same log. Only the addresses and NAT64 count.
 */
void names_beside(const struct names *names);

/* The log's end; what is asked from now on is behind it. 0: all of it. */
long names_mark(void);

/* How many queries of a type ("A", "AAAA", null: any) are behind a mark. */
int names_asked(long mark, const char *type);

/* The same of one name: names_asked_for(0, "ipv4only.arpa", "AAAA"). */
int names_asked_for(long mark, const char *name, const char *type);

/*
 * When the first of them was asked, by the clock of microseconds() in
 * fixture.h, and by what, "udp" or "tcp"; fails the test if none was.
 */
long long names_asked_at(long mark, const char *type);
const char *names_asked_by(long mark, const char *type);

/* Waits until so many queries of a type were asked; fails if they never are. */
void names_await(long mark, const char *type, int count);

#endif
