/* SPDX-License-Identifier: ISC */
/* net.c - a network of a test's own. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"

#include <fcntl.h>
#include <socket6.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int near = -1;
static int far = -1;

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	ssize_t n;

	if (fd == -1)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n == (ssize_t)strlen(text) ? 0 : -1;
}

/* A user who is not root has a network only as root of a user namespace. */
static int unshare_as_user(void)
{
	char uids[32], gids[32];

	snprintf(uids, sizeof uids, "0 %d 1", (int)getuid());
	snprintf(gids, sizeof gids, "0 %d 1", (int)getgid());
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) == -1)
		return -1;
	if (put("/proc/self/setgroups", "deny") == -1 ||
	    put("/proc/self/uid_map", uids) == -1)
		return -1;
	return put("/proc/self/gid_map", gids);
}

/* By system, or run_ip. */
static int run_command(int (*by)(const char *), const char *format,
		       va_list args)
{
	char command[1024];
	int n;

	n = vsnprintf(command, sizeof command, format, args);
	ck_assert_int_lt(n, (int)sizeof command);
	fflush(NULL);
	return by(command);
}

void net_ip(const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = run_command(run_ip, format, args);
	va_end(args);
	ck_assert_msg(r == 0, "failed: ip %s", format);
}

void net_do(const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = run_command(system, format, args);
	va_end(args);
	ck_assert_msg(r == 0, "failed: %s", format);
}

void net_await(const char *command)
{
	fflush(NULL);
	for (int i = 0; system(command) != 0; i++) {
		ck_assert_msg(i < PATIENCE, "in vain: %s", command);
		poll(NULL, 0, 1);
	}
}

void net_sysctl(const char *name, const char *value)
{
	char path[128];

	snprintf(path, sizeof path, "/proc/sys/%s", name);
	ck_assert_msg(put(path, value) == 0, "%s: %s", path, strerror(errno));
}

/*
 * Whether /proc/net/ipv6_route has the route by which this address is the
 * host's own, RTF_LOCAL in linux/ipv6_route.h: one to its network, which may be
 * the address alone, is there before. gVisor, which takes an address at once,
 * has no route there at all.
 */
static int is_local(const char *address)
{
	const unsigned char *ip = (const unsigned char *)ip6(address);
	char wanted[33], to[33], line[256] = "";
	FILE *file = fopen("/proc/net/ipv6_route", "r");
	unsigned flags;
	int found = 0;

	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < 16; i++)
		sprintf(wanted + 2 * i, "%02x", ip[i]);
	while (!found && fgets(line, sizeof line, file))
		found = sscanf(line, "%32s 80 %*s %*s %*s %*s %*s %*s %x", to,
			       &flags) == 2 &&
			strcmp(to, wanted) == 0 && (flags & 0x80000000) != 0;
	fclose(file);
	return found || !line[0];
}

/* Takes the first address of a list, with the length of its prefix. */
static int next_address(const char **list, char address[64], int *prefix)
{
	int n;

	if (sscanf(*list, " %63[^/]/%d%n", address, prefix, &n) != 2)
		return 0;
	*list += n;
	return 1;
}

static int try_address(const char *interface, const char *address, int prefix)
{
	int family = strchr(address, ':') ? AF_INET6 : AF_INET;
	char ip[16];

	ck_assert_int_eq(inet_pton(family, address, ip), 1);
	return new_address(interface, family, ip, prefix);
}

/*
 * The kernel takes an IPv6 address in its own time, even without duplicate
 * address detection; what is sent to it before that comes back as
 * unreachable.
 */
static void await_address(const char *address)
{
	for (int i = 0; strchr(address, ':') && !is_local(address); i++) {
		ck_assert_int_lt(i, PATIENCE);
		poll(NULL, 0, 1);
	}
}

void net_addresses(const char *interface, const char *addresses)
{
	const char *list = addresses;
	char address[64];
	int prefix;

	while (next_address(&list, address, &prefix))
		ck_assert_msg(try_address(interface, address, prefix) == 0,
			      "%s on %s: %s", address, interface,
			      strerror(errno));
	while (next_address(&addresses, address, &prefix))
		await_address(address);
}

void net_address(const char *interface, const char *address, int prefix)
{
	char both[64];

	snprintf(both, sizeof both, "%s/%d", address, prefix);
	net_addresses(interface, both);
}

/* No duplicate address detection, which would take its time. */
static void accept_addresses(void)
{
	if (access("/proc/sys/net/ipv6/conf", F_OK) == -1)
		return;
	net_sysctl("net/ipv6/conf/all/accept_dad", "0");
	net_sysctl("net/ipv6/conf/default/accept_dad", "0");
}

static int is_running(const char *interface)
{
	int s = socket_udp4(), is = has_carrier(s, interface);

	close(s);
	return is;
}

/* A link has carrier some time after both ends are up, and no route before. */
void net_await_carrier(const char *interface)
{
	for (int i = 0; !is_running(interface); i++) {
		ck_assert_int_lt(i, PATIENCE);
		poll(NULL, 0, 1);
	}
}

static int try_up(const char *interface)
{
	int s = socket_udp4(), r = set_up(s, interface);

	close(s);
	return r;
}

void net_up(const char *interface)
{
	ck_assert_msg(try_up(interface) == 0, "%s: %s", interface,
		      strerror(errno));
}

/* Whether a new namespace has loopback; gVisor's is up already. */
static int has_loopback(void)
{
	try_up("lo");
	return is_running("lo");
}

/* Whether there is iproute2's command, by which the tests do the rest. */
static int has_ip(void)
{
	const char *path = getenv("PATH");
	char file[256];
	int n = 0;

	for (; path && *path; path += n + (path[n] == ':')) {
		n = (int)strcspn(path, ":");
		snprintf(file, sizeof file, "%.*s/ip", n, path);
		if (access(file, X_OK) == 0)
			return 1;
	}
	return 0;
}

const char *net_enter(void)
{
	static int entered;

	if (entered)
		return NULL;
	if (unshare(CLONE_NEWNET) == -1 && unshare_as_user() == -1)
		return "no network namespaces";
	if (!has_ip())
		return "no ip command (iproute2)";
	accept_addresses();
	if (!has_loopback())
		return "no network namespaces";
	if (have_ipv6())
		net_addresses("lo", "fe80::1/64");
	entered = 1;
	return NULL;
}

/* What 6 functions reach without IPv6 as well, see addr.c. */
static int has_ipv4_form(const char *ip)
{
	return strcmp(ip, "::1") == 0 || strncmp(ip, "::ffff:", 7) == 0;
}

const char *place_missing(const struct place *place)
{
	if (place->family == 6 && !have_ipv6()) {
		if (!has_ipv4_form(place->ip))
			return "no IPv6";
		if (have_af_inet6())
			return "no ::1 on this machine";
	}
	if (strncmp(place->ip, "::ffff:", 7) == 0 && !have_dual_stack())
		return "no dual-stack sockets";
	if (!place->link_local)
		return NULL;
	return HAVE(HAVE_SIN6_SCOPE_ID) ? net_enter() : "no sin6_scope_id";
}

/* gVisor has few, and those are the machine's. */
const char *net_sysctls(void)
{
	const char *why = net_enter();

	if (!why && access("/proc/sys/net/ipv4/conf", F_OK) == -1)
		return "no sysctls of a namespace";
	return why;
}

static int here(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY);

	ck_assert_int_ge(fd, 0);
	return fd;
}

static void go(int namespace)
{
	ck_assert_int_eq(setns(namespace, CLONE_NEWNET), 0);
}

static void far_up(const char *name)
{
	go(far);
	net_up(name);
	go(near);
}

/* Two ends, the second one far away, both up; else the status of ip. */
static int link_ends(const char *name, const char *far_name)
{
	char line[128];
	int r;

	snprintf(line, sizeof line,
		 "link add %s type veth peer name %s netns /proc/self/fd/%d",
		 name, far_name, far);
	r = run_ip(line);
	if (r == 0) {
		net_up(name);
		far_up(far_name);
	}
	return r;
}

const char *net_pair(void)
{
	const char *why = net_enter();

	if (why)
		return why;
	near = here();
	ck_assert_int_eq(unshare(CLONE_NEWNET), 0);
	far = here();
	accept_addresses();
	ck_assert(has_loopback());
	go(near);
	/* gVisor has namespaces, and no interface to put into one. */
	return link_ends("near", "far") == 0 ? NULL : "no veth";
}

void net_link(const char *name, const char *far_name)
{
	ck_assert_int_eq(link_ends(name, far_name), 0);
}

void net_offloads_off(const char *name)
{
	int s = socket_udp4();

	ck_assert_int_eq(set_tx_checksums(s, name, 0), 0);
	close(s);
}

void far_do(const char *format, ...)
{
	va_list args;
	int r;

	go(far);
	va_start(args, format);
	r = run_command(system, format, args);
	va_end(args);
	go(near);
	ck_assert_msg(r == 0, "failed far away: %s", format);
}

void far_address(const char *interface, const char *address, int prefix)
{
	go(far);
	net_address(interface, address, prefix);
	go(near);
}

void far_run(void (*function)(void *), void *arg)
{
	go(far);
	function(arg);
	go(near);
}

uint32_t net_index(const char *name)
{
	uint32_t index = if_nametoindex(name);

	ck_assert_msg(index != 0, "no interface %s", name);
	return index;
}

static void listen_far(void *arg)
{
	const struct place place = {"IPv4", "0.0.0.0", 4, 0};

	listener_at(&place, arg);
}

uint16_t net_unreachable_peer(void)
{
	uint16_t port;

	far_run(listen_far, &port);
	net_address("near", "192.0.2.1", 24);
	far_address("far", "192.0.2.2", 24);
	net_ip("route add default via 192.0.2.2");
	go(far);
	net_sysctl("net/ipv4/ip_forward", "1");
	go(near);
	far_do("ip route add unreachable 198.51.100.0/24");
	return port;
}

void net_mend_peer(void)
{
	far_address("lo", "198.51.100.1", 32);
}

const char *net_hosts(void)
{
	const char *why = net_pair();

	if (!why && !have_ipv6())
		why = "no IPv6";
	if (!why && !have_dual_stack())
		why = "no dual-stack sockets";
	if (why)
		return why;
	net_addresses("near", NEAR4 "/24 " NEAR4_TOO "/24 " NEAR6
				    "/64 " NEAR6_TOO "/64 fe80::1/64");
	go(far);
	net_addresses("far", FAR4 "/24 " FAR6 "/64 fe80::9/64");
	go(near);
	return NULL;
}

/* The third host is there for as long as its descriptor is open. */
void net_router(void)
{
	int beyond;

	net_ip("route add 198.51.100.0/24 via " FAR4
	       "\nroute add 2001:db8:1::/64 via " FAR6);
	ck_assert_int_eq(unshare(CLONE_NEWNET), 0);
	beyond = here();
	accept_addresses();
	go(far);
	net_ip("link add out mtu 1400 type veth peer name back netns "
	       "/proc/self/fd/%d",
	       beyond);
	net_up("out");
	go(beyond);
	net_up("lo");
	net_up("back");
	net_await_carrier("back");
	net_addresses("back", BEYOND4 "/24 " BEYOND6 "/64");
	net_ip("route add default via 198.51.100.9"
	       "\nroute add default via 2001:db8:1::9");
	go(far);
	net_await_carrier("out");
	net_addresses("out", "198.51.100.9/24 2001:db8:1::9/64");
	net_sysctl("net/ipv4/ip_forward", "1");
	net_sysctl("net/ipv6/conf/all/forwarding", "1");
	go(near);
}
