/* SPDX-License-Identifier: ISC */
/*
 * flat.c - what libowfat's pages describe, by the names of its headers alone:
 * says the same on either library.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <ip4.h>
#include <ip6.h>
#include <ndelay.h>
#include <socket.h>

static int failed;

static void say(const char *what, int answer, int wanted)
{
	printf("%s %d\n", what, answer);
	if (answer != wanted)
		failed = 1;
}

static void say_ip(const char *what, const char ip[16])
{
	char text[IP6_FMT];

	printf("%s %.*s\n", what, (int)fmt_ip6c(text, ip), text);
}

/* Their fmt_ip6 looks two bytes further than an address is long. */
static void text(const char *wanted)
{
	char ip[18] = "", again[16], flat[32];

	say("scan_ip6", (int)scan_ip6(wanted, ip), (int)strlen(wanted));
	say_ip("fmt_ip6c", ip);
	say("fmt_ip6_flat", (int)fmt_ip6_flat(flat, ip), 32);
	printf("%.32s\n", flat);
	say("scan_ip6_flat", (int)scan_ip6_flat(flat, again), 32);
	say("the same", memcmp(ip, again, 16), 0);
}

static void text4(const char *wanted)
{
	char ip[4], dest[IP4_FMT];

	say("scan_ip4", (int)scan_ip4(wanted, ip), (int)strlen(wanted));
	say("fmt_ip4", (int)fmt_ip4(dest, ip), (int)strlen(wanted));
	printf("%.*s\n", (int)strlen(wanted), dest);
}

/* A listening socket that does not block, and its port. */
static int server(uint16 *port)
{
	char ip[18] = "";
	uint32 scope_id;
	int s = socket_tcp6();

	say("bind", socket_bind6_reuse(s, V6any, 0, 0), 0);
	say("listen", socket_listen(s, 16), 0);
	say("local", socket_local6(s, ip, port, &scope_id), 0);
	say_ip("listens at", ip);
	say("nobody yet", socket_accept6(s, ip, port, &scope_id), -1);
	say("again", errno == EAGAIN, 1);
	return s;
}

/* What the two ends of a connection know of each other. */
static void ends(int ours, int theirs)
{
	char ip[18] = "", ip4[4];
	uint16 port, same;
	uint32 scope_id = 1;

	say("connected", socket_connected(ours), 1);
	say("remote", socket_remote6(theirs, ip, &port, &scope_id), 0);
	say_ip("comes from", ip);
	say("without a zone", (int)scope_id, 0);
	say("local4", socket_local4(ours, ip4, &same), 0);
	say("from the port", port == same, 1);
}

static void stream(void)
{
	char ip[18] = "", buf[5] = "";
	uint16 at, port;
	uint32 scope_id;
	int s = server(&at), ours = socket_tcp4b(), theirs;

	say("connect4", socket_connect4(ours, ip4loopback, at), 0);
	say("blocking", ndelay_off(s), 0);
	theirs = socket_accept6(s, ip, &port, &scope_id);
	ends(ours, theirs);
	say("write", (int)write(theirs, "hello", 5), 5);
	say("read", (int)read(ours, buf, 5), 5);
	printf("%.5s\n", buf);
	say("not blocking", ndelay_on(ours), 0);
	say("nothing", (int)read(ours, buf, 5), -1);
	say("closed", close(ours) | close(theirs), 0);
	close(s);
	ours = socket_tcp4b();
	say("nobody listens", socket_connect4(ours, ip4loopback, at), -1);
	say("refused", errno == ECONNREFUSED, 1);
	close(ours);
}

static void datagrams(void)
{
	char ip[18] = "", ip4[4], buf[8];
	uint16 port;
	uint32 scope_id;
	int s = socket_udp6b(), c = socket_udp4b();

	say("bind", socket_bind6(s, V6any, 0, 0), 0);
	say("local", socket_local6(s, ip, &port, &scope_id), 0);
	say("send4", (int)socket_send4(c, "ask", 3, ip4loopback, port), 3);
	say("recv6", (int)socket_recv6(s, buf, 8, ip, &port, &scope_id), 3);
	say_ip("comes from", ip);
	say("v4-mapped", !!ip6_isv4mapped(ip), 1);
	say("send6", (int)socket_send6(s, "answer", 6, ip, port, 0), 6);
	say("recv4", (int)socket_recv4(c, buf, 8, ip4, &port), 6);
	printf("%.6s\n", buf);
	say("broadcast", socket_broadcast(c), 0);
	say("mcttl4", socket_mcttl4(c, 2), 0);
	say("mcloop4", socket_mcloop4(c, 1), 0);
	say("mcjoin4", socket_mcjoin4(c, "\340\0\0\373", ip4loopback), 0);
	close(s);
	close(c);
}

int main(void)
{
	text4("192.0.2.255");
	text("2001:db8::1");
	text("::ffff:192.0.2.1");
	stream();
	datagrams();
	printf("%s\n", socket_getifname(socket_getifidx("lo")));
	return failed;
}
