/* SPDX-License-Identifier: ISC */
/*
 * check_ifaddrs.c - lists from getifaddrs(3), on Linux too.
 *
 * The library's code for them, with the entries that are given here.
 */
#include "sys/iflist.h"

#include "fixture.h"
#include "net.h"
#include "suite.h"

int given_interfaces(struct sys_list *list);
int given_addresses(struct sys_list *list);

#if HAVE_GETIFADDRS
# include <ifaddrs.h>
#else
struct ifaddrs {
	struct ifaddrs *ifa_next;
	char *ifa_name;
	unsigned int ifa_flags;
	struct sockaddr *ifa_addr, *ifa_netmask;
};
#endif

int given_ifaddrs(struct ifaddrs **all);
void free_given(struct ifaddrs *all);

/* What getifaddrs answers. */
enum { MOST = 16 };
static struct {
	struct ifaddrs all[MOST];
	struct sockaddr_in6 addr[MOST], mask[MOST];
	int n, error, freed;
} given;

int given_ifaddrs(struct ifaddrs **all)
{
	*all = given.n ? given.all : NULL;
	errno = given.error;
	return given.error ? -1 : 0;
}

void free_given(struct ifaddrs *all)
{
	ck_assert_ptr_eq(all, given.n ? given.all : NULL);
	given.freed++;
}

static struct socket_interface6 links[MOST];
static struct socket_ifaddr6 addresses[MOST];

static int list_interfaces(void)
{
	struct sys_list l = {(char *)links, sizeof *links, MOST, 0};

	return given_interfaces(&l) == -1 ? -1 : (int)l.count;
}

static int list_addresses(void)
{
	struct sys_list l = {(char *)addresses, sizeof *addresses, MOST, 0};

	return given_addresses(&l) == -1 ? -1 : (int)l.count;
}

/* Without an address or a mask. */
static struct ifaddrs *give(const char *name, unsigned int flags)
{
	struct ifaddrs *x = &given.all[given.n];

	x->ifa_name = (char *)(uintptr_t)name;
	x->ifa_flags = flags;
	if (given.n++)
		x[-1].ifa_next = x;
	return x;
}

static void put(struct sockaddr_in6 *sa, int family, const char *ip)
{
	struct sockaddr_in in = {.sin_family = AF_INET};

	if (family == AF_INET) {
		memcpy(&in.sin_addr, ip, 4);
		sys_set_len((struct sockaddr *)&in, sizeof in);
		memcpy(sa, &in, sizeof in);
		return;
	}
	sys_set_len((struct sockaddr *)sa, sizeof *sa);
	sa->sin6_family = (__typeof__(sa->sin6_family))family;
	memcpy(&sa->sin6_addr, ip, 16);
}

/* With these of this family; the mask may be null. */
static void give_address(const char *name, int family, const char *ip,
			 const char *mask)
{
	int i = given.n;
	struct ifaddrs *x = give(name, 0);

	put(&given.addr[i], family, ip);
	x->ifa_addr = (struct sockaddr *)&given.addr[i];
	if (!mask)
		return;
	put(&given.mask[i], family, mask);
	x->ifa_netmask = (struct sockaddr *)&given.mask[i];
}

#define need_both()                                                            \
 do {                                                                          \
  memset(&given, 0, sizeof given);                                             \
  need(HAVE_GETIFADDRS);                                                       \
  need_names();                                                                \
 } while (0)

#define need_inet6()                                                           \
 do {                                                                          \
  need_both();                                                                 \
  need(HAVE_STRUCT_SOCKADDR_IN6);                                              \
 } while (0)

CASE("addresses")

static const struct mask {
	unsigned char bytes[16];
	unsigned int bits;
} masks[] = {
	{{0}, 0},
	{{0x80}, 1},
	{{0xfe}, 7},
	{{0xff}, 8},
	{{0xff, 0x80}, 9},
	{{0xff, 0xff, 0xff, 0xfe}, 31},
	{{0xff, 0xff, 0xff, 0xff}, 32},
	{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 64},
	{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	  0xff, 0xff, 0xff, 0xff, 0xff},
	 128},
	/* which no network has: as far as it is one */
	{{0xff, 0, 0xff}, 8},
	{{0xfd, 0xff}, 6},
	{{0, 0xff}, 0},
};

TABLE_TEST(a_mask_of_ipv6_is_a_prefix, x, masks, nothing_missing)
{
	need_inet6();
	give_address(LO, AF_INET6, ip6("2001:db8::1"), (const char *)x->bytes);
	assert_gives(1, list_addresses());
	assert_ip6("2001:db8::1", addresses[0].ip);
	ck_assert_uint_eq(addresses[0].prefix, x->bits);
	ck_assert_uint_eq(addresses[0].ifindex, net_index(LO));
}

TABLE_TEST(a_mask_of_ipv4_is_a_prefix, x, masks, nothing_missing)
{
	need_both();
	give_address(LO, AF_INET, ip4("192.0.2.1"), (const char *)x->bytes);
	assert_gives(1, list_addresses());
	assert_ip6("::ffff:192.0.2.1", addresses[0].ip);
	ck_assert_uint_eq(addresses[0].prefix,
			  96 + (x->bits < 32 ? x->bits : 32));
}

TEST(an_address_without_a_mask_is_a_network_of_its_own)
{
	need_inet6();
	give_address(LO, AF_INET, ip4("192.0.2.1"), NULL);
	give_address(LO, AF_INET6, ip6("::1"), NULL);
	assert_gives(2, list_addresses());
	ck_assert_uint_eq(addresses[0].prefix, 128);
	ck_assert_uint_eq(addresses[1].prefix, 128);
}

/* fe80:INDEX::1 */
static const char *embedded(uint32_t ifindex)
{
	static char ip[16];

	memcpy(ip, ip6("fe80::1"), 16);
	ip[2] = (char)(ifindex >> 8);
	ip[3] = (char)ifindex;
	return ip;
}

TEST(the_index_within_a_link_local_address_goes)
{
	need_inet6();
	give_address(LO, AF_INET6, embedded(net_index(LO)), NULL);
	assert_gives(1, list_addresses());
	assert_ip6("fe80::1", addresses[0].ip);
}

/* In two bytes. */
TEST(so_does_an_index_above_255)
{
	need_net();
	need_inet6();
	net_ip("link add many index 258 type veth peer name other");
	give_address("many", AF_INET6, embedded(258), NULL);
	assert_gives(1, list_addresses());
	ck_assert_uint_eq(addresses[0].ifindex, 258);
	assert_ip6("fe80::1", addresses[0].ip);
}

TEST(any_other_address_is_left_as_it_is)
{
	uint32_t lo = net_index(LO);
	char ip[16];

	need_inet6();
	memcpy(ip, embedded(lo), 16);
	ip[0] = 0x20;
	give_address(LO, AF_INET6, ip, NULL);
	give_address(LO, AF_INET6, embedded(lo + 256), NULL);
	give_address(LO, AF_INET6, embedded(0), NULL);
	assert_gives(3, list_addresses());
	ck_assert_mem_eq(addresses[0].ip, ip, 16);
	ck_assert_mem_eq(addresses[1].ip, embedded(lo + 256), 16);
	ck_assert_mem_eq(addresses[2].ip, embedded(0), 16);
}

TEST(what_is_no_address_of_ours_is_passed_over)
{
	need_both();
	give(LO, 0);
	give_address(LO, 254, embedded(0), NULL);
	give_address(LO, AF_INET, ip4("192.0.2.1"), NULL);
	give_address(LO, AF_UNSPEC, embedded(0), embedded(0));
	assert_gives(1, list_addresses());
}

TEST(what_has_gone_meanwhile_is_passed_over)
{
	need_both();
	give_address("gone", AF_INET, ip4("192.0.2.1"), NULL);
	give_address(LO, AF_INET, ip4("192.0.2.2"), NULL);
	give_address("gone", AF_INET, ip4("192.0.2.3"), NULL);
	assert_gives(1, list_addresses());
	assert_ip6("::ffff:192.0.2.2", addresses[0].ip);
	give("gone", 0);
	assert_gives(1, list_interfaces());
}

CASE("interfaces")

static const struct {
	unsigned int systems, flags;
} flags[] = {
	{0, 0},
	{IFF_UP, SOCKET_IF_UP},
	{IFF_UP | IFF_LOOPBACK, SOCKET_IF_UP | SOCKET_IF_LOOPBACK},
	{IFF_MULTICAST, SOCKET_IF_MULTICAST},
#ifdef IFF_RUNNING
	{IFF_RUNNING, SOCKET_IF_RUNNING},
	{IFF_POINTOPOINT, SOCKET_IF_POINTOPOINT},
	{~0u, 31},
	{~(unsigned)(IFF_UP | IFF_RUNNING | IFF_LOOPBACK | IFF_MULTICAST |
		     IFF_POINTOPOINT),
	 0},
#endif
};

TABLE_TEST(an_interface_has_index_flags_and_name, x, flags, nothing_missing)
{
	need_both();
	give(LO, x->systems);
	assert_gives(1, list_interfaces());
	ck_assert_uint_eq(links[0].ifindex, net_index(LO));
	ck_assert_uint_eq(links[0].flags, x->flags);
	ck_assert_str_eq(links[0].name, LO);
}

TEST(its_mtu_is_the_systems)
{
	need_both();
	need(HAVE_SIOCGIFMTU);
	need_net();
	if (on_gvisor())
		skip("the MTU of lo cannot be set");
	net_ip("link set lo mtu 1234");
	give(LO, 0);
	assert_gives(1, list_interfaces());
	ck_assert_uint_eq(links[0].mtu, 1234);
}

/* Each of its addresses has an entry, and one with a colon is a label. */
TEST(an_interface_is_there_once)
{
	need_both();
	give(LO, IFF_UP);
	give_address(LO, AF_INET, ip4("127.0.0.1"), NULL);
	give_address("lo:1", AF_INET, ip4("192.0.2.1"), NULL);
	give_address(LO, AF_INET6, ip6("::1"), NULL);
	assert_gives(1, list_interfaces());
	ck_assert_uint_eq(links[0].flags, SOCKET_IF_UP);
}

CASE("failure")

TEST(what_getifaddrs_says_is_said)
{
	need_both();
	given.error = ENOMEM;
	assert_fails(ENOMEM, list_interfaces());
	assert_fails(ENOMEM, list_addresses());
	ck_assert_int_eq(given.freed, 0);
}

TEST(no_entry_is_an_empty_list)
{
	need_both();
	assert_gives(0, list_interfaces());
	assert_gives(0, list_addresses());
}

TEST(all_of_it_is_freed)
{
	need_both();
	give_address(LO, AF_INET, ip4("127.0.0.1"), NULL);
	list_interfaces();
	ck_assert_int_eq(given.freed, 1);
	list_addresses();
	ck_assert_int_eq(given.freed, 2);
}

TEST(without_getifaddrs_there_are_no_lists)
{
	if (HAVE(HAVE_GETIFADDRS))
		return;
	assert_fails(ENOTSUP, list_interfaces());
	assert_fails(ENOTSUP, list_addresses());
}

#include "check_ifaddrs.list"
