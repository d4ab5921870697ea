/* SPDX-License-Identifier: ISC */
/*
 * net.h - a network of a test's own, where loopback cannot show a thing.
 *
 * Nothing a test does leaves its namespace. Needs iproute2, and root or user
 * namespaces.
 */
#ifndef SOCKET6_NET_H
#define SOCKET6_NET_H

#include "fixture.h"
#include "suite.h"

#include <stdint.h>

/*
 * Moves this process, once, into a new network namespace with lo up; 0, or
 * the reason why there is none, to skip with.
 */
const char *net_enter(void);

#define need_net() skip_if(net_enter())

/*
 * Why nothing can be reached at a place, or null; enters a namespace for a
 * link-local one. To be asked before the first use of a place.
 */
const char *place_missing(const struct place *place);

#define need_place(place) skip_if(place_missing(place))

/* The same of a table of pointers to places. */
#define at_missing(at) place_missing(*(at))

/* A test at each place; the same by each row of a table. */
#define PLACE_TEST(name) TABLE_TEST(name, place, places, place_missing)
#define PLACE_BY_TEST(name, row, table)                                        \
 TABLE_BY_TEST(name, place, places, place_missing, row, table)

/* Runs a command of the shell, and fails the test with it. */
void net_do(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The same of commands of ip(8), a line each and without its name. One process
 * runs them all; a shell would be one more, and costs as much.
 */
void net_ip(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * How often to look for what comes soon, with a millisecond between: the kernel
 * may be seconds late where it ends many namespaces at once.
 */
enum { PATIENCE = 20000 };

/* Waits until a command succeeds; fails the test if it never does. */
void net_await(const char *command);

/*
 * Gives an interface addresses with the lengths of their prefixes, such as
 * "192.0.2.1/24 2001:db8::1/64", and waits until they are in force; the second
 * one address.
 */
void net_addresses(const char *interface, const char *addresses);
void net_address(const char *interface, const char *address, int prefix);

/* Sets an interface up. */
void net_up(const char *interface);

/* Enters a namespace; 0, or the reason why it has no sysctls of its own. */
const char *net_sysctls(void);

#define need_sysctls() skip_if(net_sysctls())

/* Writes a file below /proc/sys; fails the test if it cannot. */
void net_sysctl(const char *name, const char *value);

/*
 * A second host: a veth pair, near in this process's namespace (net_enter) and
 * far in another one, both up, without addresses and without duplicate address
 * detection; 0, or the reason why there is none. far_do runs a command there.
 */
const char *net_pair(void);

#define need_pair() skip_if(net_pair())

/*
 * A pair of which near has two addresses of each family, and far one; both have
 * a link-local one. 0, or why there is none.
 */
#define NEAR4	  "192.0.2.1"
#define NEAR4_TOO "192.0.2.2"
#define FAR4	  "192.0.2.9"
#define NEAR6	  "2001:db8::1"
#define NEAR6_TOO "2001:db8::2"
#define FAR6	  "2001:db8::9"
const char *net_hosts(void);

/* Makes far a router to a third host, over a link with an MTU of 1400. */
#define BEYOND4 "198.51.100.1"
#define BEYOND6 "2001:db8:1::1"
void net_router(void);

/* Waits until an interface can carry something, and fails the test if never. */
void net_await_carrier(const char *interface);

/* One more link between the two hosts of a pair. */
void net_link(const char *name, const char *far_name);

/* An interface that computes no checksum, and so divides nothing either. */
void net_offloads_off(const char *name);

void far_do(const char *format, ...) __attribute__((format(printf, 1, 2)));

void far_address(const char *interface, const char *address, int prefix);

/* Runs a function in far's namespace, in this process: new sockets are far. */
void far_run(void (*function)(void *), void *arg);

/*
 * Makes the far end of a pair a router without a route to 198.51.100.1, which it
 * reports by ICMP. Returns the port at which that host listens after
 * net_mend_peer.
 */
uint16_t net_unreachable_peer(void);
void net_mend_peer(void);

/* The index of an interface, by the kernel's own word. */
uint32_t net_index(const char *name);

#endif
