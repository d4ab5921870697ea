/* SPDX-License-Identifier: ISC */
/* fixture.h - addresses, peers and descriptors that the suites share. */
#ifndef SOCKET6_FIXTURE_H
#define SOCKET6_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

/* The bytes of an address, by inet_pton; ip6 takes a dotted quad v4-mapped. */
const char *ip4(const char *text);
const char *ip6(const char *text);

/* The bytes are that address. */
#define assert_ip4(text, ip) ck_assert_mem_eq(ip, ip4(text), 4)
#define assert_ip6(text, ip) ck_assert_mem_eq(ip, ip6(text), 16)

/* Where tests connect to: an address over which family of socket. */
struct place {
	const char *name;
	const char *ip; /* text */
	int family;	/* 4: IPv4 socket and functions, 6: IPv6 */
	int link_local; /* takes a namespace and a scope id, see net.h */
};

enum { PLACES = 4 };
extern const struct place places[PLACES];
#define AT_IPV6	      (&places[0])
#define AT_MAPPED     (&places[1]) /* IPv4's loopback by IPv6 */
#define AT_IPV4	      (&places[2])
#define AT_LINK_LOCAL (&places[3])

/* New sockets of a place's family. */
int tcp_at(const struct place *place, int flags);
int udp_at(const struct place *place, int flags);

/* bind, connect, connect_timeout in the place's family; its scope id. */
int bind_at(int s, const struct place *place, uint16_t port);
int connect_at(int s, const struct place *place, uint16_t port);
int connect_at_timeout(int s, const struct place *place, uint16_t port,
		       int milliseconds);
uint32_t scope_at(const struct place *place);

/* The address there as 6 functions tell it: without IPv6 all is v4-mapped. */
const char *seen_at(const struct place *place);
uint32_t seen_scope_at(const struct place *place);

/* A blocking datagram socket that is bound there, at port 0. */
int bound_at(const struct place *place);

/* A blocking listener at port 0 there, and its port. */
int listener_at(const struct place *place, uint16_t *port);

/* The port of a listener whose queue is full: a connection stays pending. */
uint16_t full_port(void);

/* The next connection to a listener, which may be on its way. */
int accepted(int l);

/* A connection there between blocking sockets; *peer is what was accepted. */
int connected_at(const struct place *place, int *peer);

/* A port there that is bound and refuses connections for as long as we run. */
uint16_t refusing_port_at(const struct place *place);

/* The local port of a socket. */
uint16_t port_of(int s);

/* The value of a socket option that is an int. */
int option_of(int s, int level, int option);

/* Whether a write or a read would not wait, within so many milliseconds. */
int writable(int s, int milliseconds);
int readable(int s, int milliseconds);

/* Fails the test unless bytes go both ways between the two. */
void assert_talk(int a, int b);

/* Resets the connection: the peer gets an RST. */
void reset(int s);

/* Microseconds of a clock that never runs back. */
long long microseconds(void);

/* Start and stop a signal every five milliseconds, which interrupts poll. */
void be_interrupted(void);
void be_left_alone(void);

int is_nonblocking(int fd);
int is_closeonexec(int fd);

/* How many descriptors this process has open, of the first 256. */
int open_descriptors(void);

/* From now on a new descriptor is EMFILE. */
void allow_no_descriptors(void);

/* Whether the library's 6 sockets are AF_INET6, with addresses or without. */
int have_af_inet6(void);

/* Whether they and ::1 work. */
int have_ipv6(void);

#define need_ipv6()                                                            \
 do {                                                                          \
  if (!have_ipv6())                                                            \
   skip("no IPv6");                                                            \
 } while (0)

/* Whether a 6 socket takes IPv4 as well; on OpenBSD none does. */
int have_dual_stack(void);

/* Whether an IPv6 socket has the options of IPv4; not on BSD and macOS. */
int have_inet_options(void);
#define NO_INET_OPTIONS "no IPv4 options on IPv6 sockets"

/* Whether such a socket is told where IPv4 asked it; not in FreeBSD before 13. */
int have_mapped_local(void);
#define NO_MAPPED_LOCAL "no local address of IPv4 on IPv6 sockets"

#define need_dual_stack()                                                      \
 do {                                                                          \
  if (!have_dual_stack())                                                      \
   skip("no dual-stack sockets");                                              \
 } while (0)

/* Descriptors that no socket function accepts, and their errors. */
struct bad {
	const char *name;
	int fd;
	int error; /* what a socket function says of it */
};

enum { MINUS_1, CLOSED, A_PIPE, A_FILE, A_DIRECTORY, BADS };
struct bad bad_descriptor(int i);

/* One end of an AF_UNIX pair, of each type. */
int unix_stream(void);
int unix_datagram(void);
int unix_seqpacket(void);

/* An AF_UNIX listener at which a connection waits; *s is the other end. */
int unix_waiting(int *s);

/* An AF_UNIX socket at which a datagram waits, whose sender has a name. */
int unix_receiving(void);

#endif
