/* SPDX-License-Identifier: ISC */
/* check_interfaces.c - this host's interfaces and addresses, and changes. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"
#include "text.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

/* One of these, or Windows' own. */
#define need_lists()                                                           \
 do {                                                                          \
  if (!HAVE(HAVE_AF_NETLINK) && !HAVE(HAVE_GETIFADDRS) && !on_windows())       \
   skip("no AF_NETLINK");                                                      \
 } while (0)

#define need_lists_of_a_net()                                                  \
 do {                                                                          \
  need_lists();                                                                \
  need_names();                                                                \
  need_pair();                                                                 \
 } while (0)

#define need_watch()                                                           \
 do {                                                                          \
  if (!HAVE(HAVE_AF_NETLINK) && !HAVE(HAVE_PF_ROUTE))                          \
   skip("no AF_NETLINK");                                                      \
  if (on_gvisor())                                                             \
   skip("no groups of AF_NETLINK");                                            \
 } while (0)

enum { MOST = 2000 };
static struct socket_interface6 links[MOST];
static struct socket_ifaddr6 addresses[MOST];
static int n_links, n_addresses;

static void list(void)
{
	n_links = socket_interfaces(links, MOST);
	n_addresses = socket_ifaddrs(addresses, MOST);
	ck_assert_int_ge(n_links, 0);
	ck_assert_int_ge(n_addresses, 0);
	ck_assert_int_lt(n_links, MOST);
	ck_assert_int_lt(n_addresses, MOST);
}

/* The listed interface with this name; null if there is none. */
static const struct socket_interface6 *link_in_list(const char *name)
{
	const struct socket_interface6 *found = NULL;

	for (int i = 0; i < n_links; i++)
		if (strcmp(links[i].name, name) == 0) {
			ck_assert_ptr_null(found);
			found = &links[i];
		}
	return found;
}

/* The same of an address. */
static const struct socket_ifaddr6 *address_in_list(const char *text)
{
	const struct socket_ifaddr6 *found = NULL;

	for (int i = 0; i < n_addresses; i++)
		if (memcmp(addresses[i].ip, ip6(text), 16) == 0) {
			ck_assert_ptr_null(found);
			found = &addresses[i];
		}
	return found;
}

static const struct socket_interface6 *find_link(const char *name)
{
	list();
	return link_in_list(name);
}

static const struct socket_ifaddr6 *find_address(const char *text)
{
	list();
	return address_in_list(text);
}

CASE("interfaces")

TEST(loopback_is_an_interface)
{
	const struct socket_interface6 *lo;

	need_lists();
	need_names();
	lo = find_link(LO);
	ck_assert_ptr_nonnull(lo);
	ck_assert_uint_eq(lo->ifindex, net_index(LO));
	ck_assert(lo->flags & SOCKET_IF_LOOPBACK);
	ck_assert(lo->flags & SOCKET_IF_UP);
	ck_assert(!(lo->flags & SOCKET_IF_POINTOPOINT));
}

/* Some are not known to if_indextoname; those have no name. */
TEST(every_interface_has_an_index_of_its_own)
{
	need_lists();
	list();
	ck_assert_int_gt(n_links, 0);
	for (int i = 0; i < n_links; i++) {
		ck_assert_uint_ne(links[i].ifindex, 0);
		for (int k = 0; k < i; k++)
			ck_assert_uint_ne(links[i].ifindex, links[k].ifindex);
		if (links[i].name[0] && have_names())
			ck_assert_uint_eq(socket_getifidx(links[i].name),
					  links[i].ifindex);
	}
}

/* Linux 5.10 renames no interface that is up. */
#define RENAME_NEAR "ip link set near down; ip link set near name old; "

static const struct {
	const char *command;
	uint32_t flags;
} states[] = {
	{"ip link set near up multicast on",
	 SOCKET_IF_UP | SOCKET_IF_RUNNING | SOCKET_IF_MULTICAST},
	{"ip link set near multicast off", SOCKET_IF_UP | SOCKET_IF_RUNNING},
	{"ip link set near down multicast off", 0},
	{"ip link set near down multicast on", SOCKET_IF_MULTICAST},
	{RENAME_NEAR "ip link add near type veth peer name down; "
		     "ip link set near up; "
		     "until ip link show near | grep -q 'state .*DOWN'; "
		     "do :; done",
	 SOCKET_IF_UP | SOCKET_IF_MULTICAST},
	{RENAME_NEAR "ip tuntap add near mode tun",
	 SOCKET_IF_POINTOPOINT | SOCKET_IF_MULTICAST},
	{RENAME_NEAR "ip link set lo down; ip link set lo name near",
	 SOCKET_IF_LOOPBACK},
};

/* The link between the hosts of a pair comes up in its own time. */
TABLE_TEST(flags_say_what_an_interface_is_and_can, x, states, nothing_missing)
{
	const struct socket_interface6 *near;

	need_lists_of_a_net();
	if (strstr(x->command, "tuntap") &&
	    access("/dev/net/tun", R_OK | W_OK) == -1)
		skip("no /dev/net/tun");
	net_await_carrier("near");
	net_ip("link set near down\nlink set near up");
	net_await_carrier("near");
	net_do("%s", x->command);
	near = find_link("near");
	ck_assert_ptr_nonnull(near);
	ck_assert_uint_eq(near->flags, x->flags);
}

static const uint32_t mtus[] = {68, 1280, 1500, 9000, 65535};

LOOP_TEST(the_mtu_is_told, LENGTH(mtus))
{
	need_lists_of_a_net();
	if (!HAVE(HAVE_AF_NETLINK))
		need(HAVE_SIOCGIFMTU);
	net_ip("link set near mtu %u", (unsigned)mtus[_i]);
	ck_assert_uint_eq(find_link("near")->mtu, mtus[_i]);
}

static const char *const names[] = {"name-of-15bytes", "eth0.100", "x"};

LOOP_TEST(the_name_is_told, LENGTH(names))
{
	need_lists_of_a_net();
	net_ip("link set near down\nlink set near name %s", names[_i]);
	ck_assert_uint_eq(find_link(names[_i])->ifindex, net_index(names[_i]));
	ck_assert_ptr_null(find_link("near"));
}

CASE("addresses")

TEST(loopback_has_its_address)
{
	const struct socket_ifaddr6 *a;

	need_lists();
	need_names();
	a = find_address("::ffff:127.0.0.1");
	ck_assert_ptr_nonnull(a);
	ck_assert_uint_eq(a->ifindex, net_index(LO));
	ck_assert_uint_eq(a->prefix, 104);
	ck_assert_uint_eq(a->flags, 0);
}

static const struct address {
	const char *ip, *command;
	unsigned int prefix, flags;
} made[] = {
	{"::ffff:192.0.2.1", "192.0.2.1/24", 120, 0},
	{"::ffff:192.0.2.1", "192.0.2.1/32", 128, 0},
	{"::ffff:192.0.2.1", "192.0.2.1/0", 96, 0},
	{"::ffff:192.0.2.1", "192.0.2.1/24 label near:1", 120, 0},
	{"2001:db8::1", "2001:db8::1/64 nodad", 64, 0},
	{"2001:db8::1", "2001:db8::1/128 nodad", 128, 0},
	{"2001:db8::1", "2001:db8::1/1 nodad", 1, 0},
	{"fe80::9", "fe80::9/64 nodad", 64, 0},
	{"fe80:1:2::1", "fe80:1:2::1/64 nodad", 64, 0},
	{"::ffff:192.0.2.1", "192.0.2.1/24 preferred_lft 0", 120,
	 SOCKET_IFADDR_DEPRECATED},
	{"2001:db8::1", "2001:db8::1/64 nodad preferred_lft 0", 64,
	 SOCKET_IFADDR_DEPRECATED},
};

/* getifaddrs tells none; BSD, when it is asked, those of IPv6. */
static unsigned int told_flags(const char *ip, unsigned int flags)
{
	int is_ip4 = strncmp(ip, "::ffff:", 7) == 0;

	if (HAVE(HAVE_AF_NETLINK))
		return flags;
	return HAVE(HAVE_SIOCGIFAFLAG_IN6) && !is_ip4 ? flags : 0;
}

TABLE_TEST(an_address_is_told_as_it_was_made, x, made, nothing_missing)
{
	const struct socket_ifaddr6 *a;

	need_lists_of_a_net();
	if (!have_af_inet6() && strncmp(x->ip, "::ffff:", 7) != 0)
		skip("no IPv6");
	net_ip("addr add dev near %s", x->command);
	a = find_address(x->ip);
	ck_assert_ptr_nonnull(a);
	ck_assert_uint_eq(a->ifindex, net_index("near"));
	ck_assert_uint_eq(a->prefix, x->prefix);
	ck_assert_uint_eq(a->flags, told_flags(x->ip, x->flags));
}

/* Without a carrier nobody is asked whether the address is another's too. */
TEST(an_address_that_may_be_anothers_is_tentative)
{
	const struct socket_ifaddr6 *a;

	need_lists_of_a_net();
	need_sysctls();
	need_ipv6();
	net_ip("link add quiet type veth peer name peer");
	net_sysctl("net/ipv6/conf/all/accept_dad", "1");
	net_sysctl("net/ipv6/conf/quiet/accept_dad", "1");
	net_ip("link set quiet up\naddr add dev quiet 2001:db8::1/64");
	a = find_address("2001:db8::1");
	ck_assert_ptr_nonnull(a);
	ck_assert_uint_eq(a->flags, told_flags("::", SOCKET_IFADDR_TENTATIVE));
}

/* Which makes another with the same prefix. */
TEST(an_address_that_the_kernel_makes_for_a_time_is_temporary)
{
	int temporary = 0;

	need_lists_of_a_net();
	need_sysctls();
	need_ipv6();
	net_await_carrier("near");
	net_sysctl("net/ipv6/conf/near/use_tempaddr", "2");
	net_ip("addr add dev near 2001:db8::1/64 nodad mngtmpaddr "
	       "valid_lft 10000 preferred_lft 5000");
	net_await("ip addr show dev near temporary -tentative | "
		  "grep -q 2001:db8:");
	ck_assert_uint_eq(find_address("2001:db8::1")->flags, 0);
	for (int i = 0; i < n_addresses; i++)
		if (memcmp(addresses[i].ip, ip6("2001:db8::"), 8) == 0 &&
		    addresses[i].flags == SOCKET_IFADDR_TEMPORARY)
			temporary++;
	ck_assert_int_eq(temporary, (int)told_flags("::", 1));
}

TEST(of_a_point_to_point_link_the_address_is_this_ends)
{
	need_lists_of_a_net();
	net_ip("addr add dev near 192.0.2.1 peer 192.0.2.9");
	ck_assert_ptr_nonnull(find_address("::ffff:192.0.2.1"));
	ck_assert_ptr_null(find_address("::ffff:192.0.2.9"));
}

/* As with a router that sends to the nearest of several hosts. */
TEST(an_address_may_be_on_two_interfaces)
{
	int found = 0;

	need_lists_of_a_net();
	net_ip("addr add dev near 192.0.2.1/32");
	net_ip("addr add dev lo 192.0.2.1/32");
	list();
	for (int i = 0; i < n_addresses; i++)
		found += memcmp(addresses[i].ip, ip6("::ffff:192.0.2.1"), 16) ==
			 0;
	ck_assert_int_eq(found, 2);
}

CASE("many")

/* So many that one datagram does not hold them. */
enum { PAIRS = 50, OF_EACH_FAMILY = 250 };

static void make_many(void)
{
	net_do("for i in $(seq %d); do "
	       "echo link add a$i type veth peer name b$i; done | ip -batch -",
	       PAIRS);
	net_do("for i in $(seq %d); do "
	       "echo addr add 10.1.$i.1/24 dev b$((i %% %d + 1)); "
	       "echo addr add 2001:db8::$i/64 dev lo nodad; "
	       "done | ip -batch -",
	       OF_EACH_FAMILY, PAIRS);
}

#define need_many()                                                            \
 do {                                                                          \
  need_lists_of_a_net();                                                       \
  need_ipv6();                                                                 \
  make_many();                                                                 \
 } while (0)

TEST(a_long_list_is_whole)
{
	char name[16], text[32];

	need_many();
	list();
	ck_assert_int_ge(n_links, 2 * PAIRS);
	ck_assert_int_ge(n_addresses, 2 * OF_EACH_FAMILY);
	for (int i = 1; i <= PAIRS; i++) {
		snprintf(name, sizeof name, "b%d", i);
		ck_assert_ptr_nonnull(link_in_list(name));
	}
	for (int i = 1; i <= OF_EACH_FAMILY; i++) {
		snprintf(text, sizeof text, "::ffff:10.1.%d.1", i);
		ck_assert_ptr_nonnull(address_in_list(text));
		snprintf(text, sizeof text, "2001:db8::%d", i);
		ck_assert_ptr_nonnull(address_in_list(text));
	}
}

/* The lines of ip, each as a text that can be looked for. */
static char *output(const char *command)
{
	static char text[200000];
	FILE *in = popen(command, "r");
	size_t n;

	ck_assert_ptr_nonnull(in);
	n = fread(text + 1, 1, sizeof text - 2, in);
	ck_assert_int_eq(pclose(in), 0);
	text[0] = '\n';
	text[n + 1] = '\0';
	return text;
}

static int lines_of(const char *text)
{
	int n = -1;

	for (; text; text = strchr(text + 1, '\n'))
		n++;
	return n;
}

TEST(the_interfaces_are_those_of_ip)
{
	char line[64];
	char *text;

	need_many();
	text = output(
		"ip -o link | sed 's/@[^:]*//; s/<.*mtu/mtu/; s/qdisc.*//'");
	list();
	ck_assert_int_eq(n_links, lines_of(text));
	for (int i = 0; i < n_links; i++) {
		snprintf(line, sizeof line, "\n%u: %s: mtu %u ",
			 (unsigned)links[i].ifindex, links[i].name,
			 (unsigned)links[i].mtu);
		ck_assert_msg(strstr(text, line), "%s", line);
	}
}

TEST(the_addresses_are_those_of_ip)
{
	char line[64];
	char *text;

	need_many();
	text = output("ip -o addr | sed 's/^\\([0-9]*\\):.* inet6* "
		      "\\([^ ]*\\) .*/\\1 \\2 /'");
	list();
	ck_assert_int_eq(n_addresses, lines_of(text));
	for (int i = 0; i < n_addresses; i++) {
		int n = sprintf(line, "\n%u ", (unsigned)addresses[i].ifindex);

		n += (int)fmt_ip6prefix(line + n, addresses[i].ip,
					addresses[i].prefix);
		strcpy(line + n, " ");
		ck_assert_msg(strstr(text, line), "%s", line);
	}
}

/* With less room than there are entries, up to as much. */
static const size_t rooms[] = {0, 1, 7, 50, 100, 499};

LOOP_TEST(what_has_no_room_is_counted, LENGTH(rooms))
{
	size_t max = rooms[_i];
	struct socket_interface6 no_link;
	struct socket_ifaddr6 no_address;

	need_many();
	list();
	memset(links, 0x5a, sizeof links);
	memset(addresses, 0x5a, sizeof addresses);
	memset(&no_link, 0x5a, sizeof no_link);
	memset(&no_address, 0x5a, sizeof no_address);
	assert_gives(n_links, socket_interfaces(links, max));
	assert_gives(n_addresses, socket_ifaddrs(addresses, max));
	ck_assert_mem_eq(&addresses[max], &no_address, sizeof no_address);
	if (max < (size_t)n_links)
		ck_assert_mem_eq(&links[max], &no_link, sizeof no_link);
	ck_assert(max == 0 || addresses[max - 1].prefix <= 128);
}

TEST(null_asks_how_many_there_are)
{
	need_lists();
	list();
	assert_gives(n_links, socket_interfaces(NULL, 0));
	assert_gives(n_addresses, socket_ifaddrs(NULL, 0));
	assert_gives(n_links, socket_interfaces(NULL, 9));
	assert_gives(n_addresses, socket_ifaddrs(NULL, 9));
}

/* Another process adds and deletes until it is told to stop. */
static pid_t keep_changing(volatile int *is_enough)
{
	pid_t child = fork();

	if (child == 0) {
		while (!*is_enough)
			net_do("for i in $(seq 100); do "
			       "echo addr add 10.2.0.$i/32 dev lo; "
			       "echo addr del 10.2.0.$i/32 dev lo; "
			       "done | ip -batch -");
		_exit(0);
	}
	return child;
}

static int count_of_many(int n)
{
	int found = 0;

	for (int i = 0; i < n; i++)
		found += memcmp(addresses[i].ip, ip6("::ffff:10.1.0.0"), 14) ==
			 0;
	return found;
}

/* Linux reads it in parts, between which all may change. */
TEST(what_stays_is_in_a_list_that_changes)
{
	volatile int *is_enough = shared_memory(sizeof *is_enough);
	pid_t child;

	need_many();
	need(HAVE_AF_NETLINK);
	child = keep_changing(is_enough);
	for (int i = tries(500); i > 0; i--) {
		int n = socket_ifaddrs(addresses, MOST);

		if (n == -1)
			ck_assert_int_eq(errno, EAGAIN);
		else
			ck_assert_int_eq(count_of_many(n), OF_EACH_FAMILY);
	}
	*is_enough = 1;
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

CASE("watch")

/* A watch that has nothing to tell. */
static int watch(void)
{
	int fd = socket_ifwatch();

	ck_assert_int_ge(fd, 0);
	while (socket_ifchanged(fd) == 1)
		;
	return fd;
}

TEST(a_watch_does_not_wait_and_is_not_inherited)
{
	int fd;

	if (on_gvisor())
		assert_fails(EACCES, socket_ifwatch());
	need_watch();
	fd = socket_ifwatch();
	ck_assert_int_ge(fd, 0);
	ck_assert(is_nonblocking(fd));
	ck_assert(is_closeonexec(fd));
	assert_gives(0, socket_close(fd));
}

static const char *const changes[] = {
	"ip link add new type veth peer name peer",
	"ip link set near down",
	"ip link set spare name new",
	"ip link set near mtu 1400",
	"ip link del near",
	"ip addr add 192.0.2.2/24 dev near",
	"ip addr del 192.0.2.1/24 dev near",
	"ip addr add 2001:db8::2/64 dev near nodad",
	"ip addr del 2001:db8::1/64 dev near",
	"ip addr change 2001:db8::1/64 dev near preferred_lft 0",
};

#define need_watched_net()                                                     \
 do {                                                                          \
  need_watch();                                                                \
  need_pair();                                                                 \
  need_ipv6();                                                                 \
  net_await_carrier("near");                                                   \
  net_addresses("near", "192.0.2.1/24 2001:db8::1/64");                        \
  net_ip("link add spare type veth peer name spare2");                         \
 } while (0)

/* Once more may be told, as of a device that a renamed one leaves behind. */
LOOP_TEST(a_change_makes_it_readable, LENGTH(changes))
{
	int fd;

	need_watched_net();
	fd = watch();
	net_do("%s", changes[_i]);
	ck_assert(readable(fd, 10000));
	assert_gives(1, socket_ifchanged(fd));
	while (socket_ifchanged(fd) == 1)
		;
	ck_assert(!readable(fd, 0));
	assert_gives(0, socket_ifchanged(fd));
}

TEST(all_that_has_changed_is_taken_at_once)
{
	int fd;

	need_watched_net();
	fd = watch();
	net_do("for i in $(seq 20); do echo addr add 10.0.0.$i/32 dev lo; done "
	       "|"
	       " ip -batch -");
	assert_gives(1, socket_ifchanged(fd));
	ck_assert(!readable(fd, 0));
	assert_gives(0, socket_ifchanged(fd));
}

TEST(a_route_is_no_change)
{
	int fd;

	need_watched_net();
	fd = watch();
	net_ip("route add 198.51.100.0/24 via 192.0.2.9");
	net_ip("route add 2001:db8:1::/64 via 2001:db8::9");
	assert_gives(0, socket_ifchanged(fd));
}

/* Its buffer holds some messages of a thousand: the kernel says ENOBUFS. */
TEST(what_the_system_lost_is_a_change_too)
{
	int fd, least = 1;

	need_watched_net();
	need(HAVE_AF_NETLINK);
	fd = watch();
	ck_assert_int_eq(
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &least, sizeof least), 0);
	net_do("for i in $(seq 250); do echo addr add 10.2.0.$i/32 dev lo; "
	       "done | ip -batch -");
	ck_assert(readable(fd, 0));
	assert_gives(1, socket_ifchanged(fd));
	assert_gives(0, socket_ifchanged(fd));
	net_ip("addr add 10.3.0.1/32 dev lo");
	assert_gives(1, socket_ifchanged(fd));
}

TEST(the_loss_alone_is_a_change)
{
	int fd;

	need_watch();
	fd = watch();
	fail_call(CALL_RECV, 1, ENOBUFS);
	assert_gives(1, socket_ifchanged(fd));
}

/* Without memory, recv(2) has no other answer for as long as that lasts. */
TEST(a_loss_that_does_not_end_is_told_at_once)
{
	int fd;

	need_watch();
	fd = watch();
	fail_call(CALL_RECV, 0, ENOBUFS);
	assert_gives(1, socket_ifchanged(fd));
}

/* Nor does a blocking one. */
TEST(taking_changes_never_waits)
{
	int fd;

	need_watched_net();
	fd = watch();
	assert_gives(0, ndelay_off(fd));
	assert_gives(0, socket_ifchanged(fd));
}

TEST(the_end_of_a_connection_is_no_change_and_no_loop)
{
	int peer, s = connected_at(AT_IPV4, &peer);

	assert_gives(0, socket_close(peer));
	ck_assert(readable(s, 2000));
	assert_gives(0, socket_ifchanged(s));
}

CASE("failure")

TEST(without_any_way_it_is_enotsup)
{
	if (!HAVE(HAVE_AF_NETLINK) && !HAVE(HAVE_GETIFADDRS) && !on_windows()) {
		assert_fails(ENOTSUP, socket_interfaces(links, MOST));
		assert_fails(ENOTSUP, socket_ifaddrs(addresses, MOST));
	}
	if (!HAVE(HAVE_AF_NETLINK) && !HAVE(HAVE_PF_ROUTE))
		assert_fails(ENOTSUP, socket_ifwatch());
}

static int ask_interfaces(void)
{
	return socket_interfaces(links, MOST);
}

static int ask_ifaddrs(void)
{
	return socket_ifaddrs(addresses, MOST);
}

static const struct fault {
	const char *name;
	int (*ask)(void);
	enum call call;
	int nth;
} faults[] = {
	{"interfaces", ask_interfaces, CALL_SOCKET, 1},
	{"interfaces", ask_interfaces, CALL_SENDTO, 1},
	{"interfaces", ask_interfaces, CALL_RECVMSG, 1},
	{"interfaces", ask_interfaces, CALL_RECVMSG, 2},
	{"addresses", ask_ifaddrs, CALL_SOCKET, 1},
	{"addresses", ask_ifaddrs, CALL_SENDTO, 1},
	{"addresses", ask_ifaddrs, CALL_RECVMSG, 1},
	{"addresses", ask_ifaddrs, CALL_RECVMSG, 2},
	{"watch", socket_ifwatch, CALL_SOCKET, 1},
	{"watch", socket_ifwatch, CALL_BIND, 1},
};

/* Such as a sandbox's, a signal's or the kernel's own. */
static const int errors[] = {EACCES,  EPERM,  EAFNOSUPPORT, EINTR,
			     ENOBUFS, ENOMEM, EAGAIN,	    ENOSYS};

TABLE_TEST(a_system_call_that_fails_says_why, x, faults, nothing_missing)
{
	need(HAVE_AF_NETLINK);
	for (size_t i = 0; i < LENGTH(errors); i++) {
		int before = open_descriptors();

		fail_call(x->call, x->nth, errors[i]);
		assert_fails(errors[i], x->ask());
		ck_assert_int_eq(open_descriptors(), before);
	}
}

TEST(without_descriptors_it_is_emfile)
{
	need(HAVE_AF_NETLINK);
	allow_no_descriptors();
	assert_fails(EMFILE, socket_interfaces(links, MOST));
	assert_fails(EMFILE, socket_ifaddrs(addresses, MOST));
	assert_fails(EMFILE, socket_ifwatch());
}

TEST(a_list_leaves_nothing_open)
{
	int before = open_descriptors();

	need_lists();
	list();
	ck_assert_int_eq(open_descriptors(), before);
}

static const int of_changes[] = {EINTR, EACCES, ENOMEM};

LOOP_TEST(what_else_a_watch_fails_with_is_told, LENGTH(of_changes))
{
	int fd;

	need_watch();
	fd = watch();
	fail_call(CALL_RECV, 1, of_changes[_i]);
	assert_fails(of_changes[_i], socket_ifchanged(fd));
}

/* In each datagram that is left, NLM_F_DUMP_INTR of linux/netlink.h. */
static int torn;

static ssize_t tear(struct msghdr *m, ssize_t n)
{
	char *flags = (char *)m->msg_iov->iov_base + 6;
	uint16_t all;

	memcpy(&all, flags, 2);
	if (torn > 0) {
		torn--;
		all |= 0x10;
	}
	memcpy(flags, &all, 2);
	return n;
}

LOOP_TEST(a_list_that_changed_meanwhile_is_read_again, 8)
{
	need(HAVE_AF_NETLINK);
	list();
	stand_in.received = tear;
	torn = _i;
	count_calls();
	assert_gives(n_addresses, socket_ifaddrs(addresses, MOST));
	ck_assert_int_eq(torn, 0);
	ck_assert_int_le(calls(CALL_SENDTO), _i + 1);
	ck_assert_int_ge(calls(CALL_SENDTO), _i > 0 ? 2 : 1);
	torn = _i;
	assert_gives(n_links, socket_interfaces(links, MOST));
}

TEST(one_that_never_stops_changing_is_eagain)
{
	int before = open_descriptors();

	need(HAVE_AF_NETLINK);
	stand_in.received = tear;
	torn = INT_MAX;
	assert_fails(EAGAIN, socket_ifaddrs(addresses, MOST));
	assert_fails(EAGAIN, socket_interfaces(links, MOST));
	ck_assert_int_eq(open_descriptors(), before);
}

/* The first datagram is another process's. */
static ssize_t forge(struct msghdr *m, ssize_t n)
{
	static int forged;
	struct {
		uint16_t family, pad;
		uint32_t port, groups;
	} *from = m->msg_name;

	if (!forged)
		from->port = 4711;
	forged = 1;
	return n;
}

/* Its first datagram is the whole list; Linux 5.10's that of one family. */
TEST(another_senders_messages_are_passed_over)
{
	need_pair();
	need(HAVE_AF_NETLINK);
	list();
	ck_assert_int_gt(n_addresses, 0);
	stand_in.received = forge;
	ck_assert_int_lt(socket_ifaddrs(addresses, MOST), n_addresses);
}

static ssize_t truncate_message(struct msghdr *m, ssize_t n)
{
	m->msg_flags |= MSG_TRUNC;
	return n;
}

TEST(what_is_too_long_for_the_buffer_is_emsgsize)
{
	need(HAVE_AF_NETLINK);
	stand_in.received = truncate_message;
	assert_fails(EMSGSIZE, socket_ifaddrs(addresses, MOST));
	assert_fails(EMSGSIZE, socket_interfaces(links, MOST));
}

static ssize_t shorten(struct msghdr *m, ssize_t n)
{
	(void)m;
	return n - 1;
}

TEST(a_malformed_message_is_eproto)
{
	need(HAVE_AF_NETLINK);
	stand_in.received = shorten;
	assert_fails(EPROTO, socket_ifaddrs(addresses, MOST));
	assert_fails(EPROTO, socket_interfaces(links, MOST));
}

#include "check_interfaces.list"
