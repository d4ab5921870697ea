/* SPDX-License-Identifier: ISC */
/* check_listen.c - wait for connections. */
#include "fixture.h"
#include "net.h"
#include "suite.h"

#include <limits.h>
#include <socket6.h>

CASE("listen")

static const struct place *const loopback[] = {AT_IPV6, AT_MAPPED, AT_IPV4};

/* A listener that is bound nowhere gets a port by itself. */
LOOP_TEST(a_listening_socket_takes_connections, LENGTH(loopback))
{
	const struct place *place = loopback[_i];
	uint16_t port;
	int l, s;

	need_place(place);
	l = listener_at(place, &port);
	s = tcp_at(place, 0);
	assert_gives(0, connect_at(s, place, port));
	assert_talk(s, socket_accept6(l, NULL, NULL, NULL));
}

TEST(a_backlog_beyond_int_is_not_negative)
{
	int s = socket_tcp4();

	assert_gives(0, socket_bind4(s, ip4("127.0.0.1"), 0));
	assert_gives(0, socket_listen(s, UINT_MAX));
}

TEST(datagram_sockets_cannot_listen)
{
	assert_fails(EOPNOTSUPP, socket_listen(socket_udp4(), 1));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_listen(bad.fd, 1));
}

#include "check_listen.list"
