/* SPDX-License-Identifier: ISC */
/*
 * wire.h - a peer that answers a connection when the test says so.
 *
 * A second host (net_pair) without addresses, so that its kernel answers
 * nothing: what it receives the test reads, and what it sends the test writes.
 * What is sent may arrive after the function returns, on a slow machine.
 */
#ifndef SOCKET6_WIRE_H
#define SOCKET6_WIRE_H

#include "fixture.h"

/* The peer's addresses: IPv4, v4-mapped, IPv6. */
enum { WIRES = 3 };
extern const struct place wires[WIRES];
#define WIRE_IPV4 (&wires[0])
#define WIRE_IPV6 (&wires[2])

/* Sets it up; takes a pair, see need_pair. */
void wire_open(void);

/* Forgets what was received and not read. */
void wire_drain(void);

/*
 * Answers the next segment that opens a connection: the SYN, or, once the
 * connection is half open, the SYN that acknowledges ours.
 */
enum answer {
	ACCEPTS,
	REFUSES,
	OPENS_TOO, /* with a SYN of its own that acknowledges nothing */
};
void wire_answer(enum answer answer);

/* Waits for the next SYN, and returns its traffic class, or type of service. */
int wire_traffic_class(void);

/* Answers the SYN of s by OPENS_TOO, and waits until s is half open. */
void wire_open_half(int s);

/*
 * Asks for a connection to port, from the host that the next SYN is for, with
 * these bytes in its SYN; says nothing more.
 */
void wire_connect(uint16_t port, const char *buf, size_t len);

#endif
