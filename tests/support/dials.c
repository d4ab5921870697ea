/* SPDX-License-Identifier: ISC */
/* dials.c - dials to loopback, and to hosts that say nothing. */
#include "config.h"

#include "dials.h"

#include "net.h"
#include "platform.h"
#include "suite.h"
#include "wire.h"

/* Loopback, and hosts that say nothing, as their IPv6 addresses. */
const char *const lo6 = "::1";
const char *const lo4 = "::ffff:127.0.0.1";
const char *const silent4 = "::ffff:192.0.2.2";
const char *silent = "2001:db8::2"; /* where there is IPv6 */

void be_silent(void)
{
	wire_open();
	if (have_ipv6())
		return;
	silent = "::ffff:192.0.2.3";
	net_ip("neigh add 192.0.2.3 lladdr 02:00:00:00:00:03 dev near");
}

struct socket_addr6 address(const char *ip, uint16_t port)
{
	struct socket_addr6 a = {.port = port};

	memcpy(a.ip, ip6(ip), 16);
	return a;
}

/* The place's address as a dial takes it. */
const char *ip_at(const struct place *place)
{
	return place->family == 4 ? lo4 : place->ip;
}

/* Two addresses: no answer comes from the first, and the second accepts. */
void silent_then_open(struct socket_addr6 a[2])
{
	uint16_t port;

	a[0] = address(silent, 443);
	listener_at(AT_IPV4, &port);
	a[1] = address(lo4, port);
}

struct socket_dial *new_dial(void)
{
	struct socket_dial *d = socket_dial_new(ROOM);

	ck_assert_ptr_nonnull(d);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, LATE));
	return d;
}

void add(struct socket_dial *d, const char *ip, uint16_t port)
{
	struct socket_addr6 a = address(ip, port);

	assert_gives(0, socket_dial_add(d, &a, 1));
}

/* Waits as the dial says: 0 once it says that nothing will come. */
int wait_for(const struct socket_dial *d)
{
	struct pollfd p[ROOM];
	int fds[ROOM];
	int milliseconds;
	size_t n = socket_dial_pollfds(d, fds, NULL, ROOM, &milliseconds);

	ck_assert_uint_le(n, ROOM);
	for (size_t i = 0; i < n; i++)
		p[i] = (struct pollfd){.fd = fds[i], .events = POLLOUT};
	if (n == 0 && milliseconds == -1)
		return 0;
	poll(p, (nfds_t)n, milliseconds);
	return 1;
}

/* Steps until it has ended: what the last step gave. */
int run_dial(struct socket_dial *d)
{
	int s;

	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS)
		ck_assert(wait_for(d));
	return s;
}

int end_dial(struct socket_dial *d)
{
	assert_gives(0, socket_dial_end(d));
	return run_dial(d);
}

/* The descriptor that it gives in the end. */
int won_by(struct socket_dial *d)
{
	int s = end_dial(d);

	ck_assert_int_ge(s, 0);
	return s;
}

/* Steps until so many attempts have begun. */
void run_until(struct socket_dial *d, size_t begun)
{
	struct socket_attempt6 a[ROOM];

	do {
		assert_fails(EINPROGRESS, socket_dial_step(d));
		ck_assert_uint_ge(socket_dial_attempts(d, a, ROOM), begun);
	} while (a[begun - 1].state == SOCKET_ATTEMPT_WAITING && wait_for(d));
}

/* A dial to a host that says nothing; its one attempt has begun. */
struct socket_dial *dial_silence(int deadline)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, deadline));
	add(d, silent, 443);
	assert_gives(0, socket_dial_end(d));
	run_until(d, 1);
	return d;
}

struct socket_attempt6 attempt(const struct socket_dial *d, size_t i)
{
	struct socket_attempt6 a[ROOM];

	ck_assert_uint_gt(socket_dial_attempts(d, a, ROOM), i);
	return a[i];
}

void assert_attempt(const struct socket_dial *d, size_t i, const char *ip,
		    int state, int error)
{
	struct socket_attempt6 a = attempt(d, i);

	assert_ip6(ip, a.addr.ip);
	ck_assert_int_eq(a.state, state);
	ck_assert_int_eq(a.error, error);
}

/* Nothing else is open than before but s. */
void assert_alone(int before, int s)
{
	ck_assert_int_ge(s, 0);
	ck_assert_int_eq(open_descriptors(), before + 1);
	assert_gives(0, socket_close(s));
	ck_assert_int_eq(open_descriptors(), before);
}

/* What a dial gave, which is of no more use. */
void close_given(int s)
{
	ck_assert_int_ge(s, 0);
	assert_gives(0, socket_close(s));
}
