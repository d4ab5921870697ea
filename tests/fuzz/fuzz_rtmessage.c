/* SPDX-License-Identifier: ISC */
/*
 * fuzz_rtmessage.c - the kernel's messages of interfaces and addresses. The
 * first byte says which list is asked for, of how many entries.
 */
#include "fuzz.h"

#include "sys/rtmessage.h"

#include <errno.h>
#include <string.h>

enum { SEQUENCE = 0x01020304, MOST = 7 };

struct answer {
	struct sys_list list;
	struct sys_rt_dump dump;
	int result, error;
};

/* The entries are in an object of exactly max of them. */
static struct answer read_list(enum sys_rt_list what, size_t max,
			       const void *bytes, size_t len)
{
	struct answer a = {.list = {.max = max}};
	size_t each = what == SYS_RT_LINKS ? sizeof(struct socket_interface6)
					   : sizeof(struct socket_ifaddr6);

	a.list.size = each;
	a.list.out = fuzz_aligned_room(max * each);
	a.dump = (struct sys_rt_dump){&a.list, what, SEQUENCE, 0};
	errno = 0;
	a.result = sys_rt_read(&a.dump, bytes, len);
	a.error = errno;
	a.dump.list = NULL;
	return a;
}

static void check_link(const struct socket_interface6 *i)
{
	size_t len = strlen(i->name);

	require(i->ifindex != 0 && i->flags < 32);
	require(memchr(i->name, '\0', sizeof i->name));
	for (; len < sizeof i->name; len++)
		require(i->name[len] == '\0');
}

static void check_address(const struct socket_ifaddr6 *a)
{
	require(a->ifindex != 0 && a->prefix <= 128 && a->flags < 8);
	require(!addr_is_v4mapped(a->ip) || a->prefix >= 96 ||
		a->prefix <= 128);
}

static void check_entries(const struct answer *a)
{
	size_t n = a->list.count < a->list.max ? a->list.count : a->list.max;
	const char *entry = a->list.out;

	for (; n > 0; n--, entry += a->list.size)
		if (a->dump.what == SYS_RT_LINKS)
			check_link((const void *)entry);
		else
			check_address((const void *)entry);
}

/* The shortest message with an entry has 32 bytes, or 16, 8 and 8. */
static void check_answer(const struct answer *a, size_t len)
{
	require(a->result >= -1 && a->result <= 1);
	require((a->result == -1) == (a->error != 0));
	require(a->error >= 0 && a->error <= 4095);
	require(a->list.count <= len / 32);
	check_entries(a);
}

/* It is the same at any alignment, and for any room. */
static void compare(const struct answer *a, const struct answer *b)
{
	size_t n = a->list.max < b->list.max ? a->list.max : b->list.max;

	n = a->list.count < n ? a->list.count : n;
	require(a->result == b->result && a->error == b->error);
	require(a->list.count == b->list.count);
	require(a->dump.is_torn == b->dump.is_torn);
	require(n == 0 ||
		memcmp(a->list.out, b->list.out, n * a->list.size) == 0);
}

FUZZ(rtmessage)
{
	struct input in = {data, size};
	unsigned int choice = fuzz_byte(&in);
	enum sys_rt_list what = choice & 1 ? SYS_RT_LINKS : SYS_RT_ADDRESSES;
	char *exact = fuzz_copy(in.at, in.left);
	char *odd = fuzz_room(in.left + 1);
	struct answer a, b;

	if (in.left > 0)
		memcpy(odd + 1, in.at, in.left);
	a = read_list(what, choice >> 1 & MOST, exact, in.left);
	b = read_list(what, MOST, odd + 1, in.left);
	check_answer(&a, in.left);
	check_answer(&b, in.left);
	compare(&a, &b);
	fuzz_free(a.list.out);
	fuzz_free(b.list.out);
	fuzz_free(odd);
	fuzz_free(exact);
}
