/* SPDX-License-Identifier: ISC */
/*
 * dials.h - dials to loopback, and to hosts that say nothing.
 *
 * Loopback accepts and refuses; wire.h is silent until it is told to answer.
 */
#ifndef SOCKET6_DIALS_H
#define SOCKET6_DIALS_H

#include "fixture.h"
#include "net.h"

#include <socket6.h>

enum { ROOM = 8 }; /* of a dial, for addresses */

/* Milliseconds: the least attempt delay, and what no test should take. */
enum { SOON = 10, LATE = 5000 };

/* Loopback, and hosts that say nothing, as their IPv6 addresses. */
extern const char *const lo6, *const lo4, *const silent4;
extern const char *silent; /* where there is IPv6 */

void be_silent(void);
#define need_silence()                                                         \
 do {                                                                          \
  need_pair();                                                                 \
  be_silent();                                                                 \
 } while (0)

struct socket_addr6 address(const char *ip, uint16_t port);

/* The place's address as a dial takes it. */
const char *ip_at(const struct place *place);

/* Two addresses: no answer comes from the first, and the second accepts. */
void silent_then_open(struct socket_addr6 a[2]);

struct socket_dial *new_dial(void);
void add(struct socket_dial *d, const char *ip, uint16_t port);

/* A dial to a host that says nothing; its one attempt has begun. */
struct socket_dial *dial_silence(int deadline);

/* Waits as the dial says: 0 once it says that nothing will come. */
int wait_for(const struct socket_dial *d);

/*
 * Steps until it has ended, and returns what the last step gave; after
 * socket_dial_end; so, a descriptor; until so many attempts have begun.
 */
int run_dial(struct socket_dial *d);
int end_dial(struct socket_dial *d);
int won_by(struct socket_dial *d);
void run_until(struct socket_dial *d, size_t begun);

struct socket_attempt6 attempt(const struct socket_dial *d, size_t i);
void assert_attempt(const struct socket_dial *d, size_t i, const char *ip,
		    int state, int error);

/* Nothing else is open than before but s. */
void assert_alone(int before, int s);

/* What a dial gave, which is of no more use. */
void close_given(int s);

#endif
