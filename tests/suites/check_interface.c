/* SPDX-License-Identifier: ISC */
/* check_interface.c - interfaces by name and index. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"

#include <limits.h>
#include <socket6.h>

static const char untouched[] = "untouched-bytes";

static void assert_no_name(int error, uint32_t index, char *buf, size_t size)
{
	errno = 0;
	ck_assert_ptr_null(socket_getifname_r(index, buf, size));
	ck_assert_int_eq(errno, error);
}

/* Nor is a buffer of that size written to. */
static void assert_untouched(int error, uint32_t index, size_t size)
{
	char buf[] = "untouched-bytes";

	assert_no_name(error, index, buf, size);
	ck_assert_str_eq(buf, untouched);
}

/* One as long as can be, and one with a dot, as VLANs have. */
static const char *const names[] = {"lo", "name-of-15bytes", "eth0.100"};

static void make_interfaces(void)
{
	net_ip("link add name %s type veth peer name %s", names[1], names[2]);
}

CASE("interface")

LOOP_TEST(an_interface_has_an_index, LENGTH(names))
{
	need_names();
	need_pair();
	make_interfaces();
	ck_assert_uint_eq(socket_getifidx(names[_i]), net_index(names[_i]));
}

LOOP_TEST(an_index_has_a_name, LENGTH(names))
{
	uint32_t index;
	char buf[16];

	need_names();
	need_pair();
	make_interfaces();
	index = net_index(names[_i]);
	ck_assert_str_eq(socket_getifname(index), names[_i]);
	ck_assert_ptr_eq(socket_getifname_r(index, buf, sizeof buf), buf);
	ck_assert_str_eq(buf, names[_i]);
}

TEST(an_interface_that_is_renamed_has_its_new_name)
{
	uint32_t index;

	need_names();
	need_pair();
	make_interfaces();
	index = net_index(names[1]);
	ck_assert_str_eq(socket_getifname(index), names[1]);
	net_ip("link set %s name other", names[1]);
	ck_assert_str_eq(socket_getifname(index), "other");
	ck_assert_uint_eq(socket_getifidx("other"), index);
	ck_assert_uint_eq(socket_getifidx(names[1]), 0);
}

/* 0 is no interface at all. */
static const uint32_t unknown[] = {0, 4711, INT_MAX, UINT32_MAX};

LOOP_TEST(an_unknown_index_has_no_name, LENGTH(unknown))
{
	need_net();
	ck_assert_str_eq(socket_getifname(unknown[_i]), "[unknown]");
	assert_untouched(ENXIO, unknown[_i], sizeof untouched);
	assert_no_name(ENXIO, unknown[_i], NULL, 0);
}

TEST(an_unknown_name_has_no_index)
{
	static const char *const others[] = {
		"",
		"l",
		"lo0",
		"lo ",
		"LO",
		"name-of-15byte",
		"name-of-15bytes-and-more",
		"other",
		"eth0.100\xff",
	};

	need_pair();
	make_interfaces();
	for (size_t i = 0; i < LENGTH(others); i++)
		ck_assert_uint_eq(socket_getifidx(others[i]), 0);
}

TEST(a_buffer_is_big_enough_for_the_name_and_its_nul)
{
	uint32_t index = net_index(LO);
	size_t size = strlen(LO) + 1;
	char buf[] = "untouched-bytes";

	need_names();
	ck_assert_ptr_eq(socket_getifname_r(index, buf, size), buf);
	ck_assert_str_eq(buf, LO);
	ck_assert_str_eq(buf + size, untouched + size);
}

/* Of every size that has no room for the name and its NUL. */
LOOP_TEST(a_buffer_that_is_too_small_stays_untouched, strlen(LO) + 1)
{
	need_names();
	assert_untouched(ERANGE, net_index(LO), (size_t)_i);
}

TEST(a_buffer_of_no_bytes_may_be_null)
{
	need_names();
	assert_no_name(ERANGE, net_index(LO), NULL, 0);
}

/* glibc's own errno would be ENOENT, dietlibc's EBADF. */
TEST(a_system_that_cannot_be_asked_says_why)
{
	uint32_t index = net_index(LO);

	need_names();
	allow_no_descriptors();
	assert_untouched(EMFILE, index, sizeof untouched);
	ck_assert_str_eq(socket_getifname(index), "[unknown]");
	ck_assert_uint_eq(socket_getifidx(LO), 0);
}

/* What the C library says, and what that means; 0 where it says nothing. */
static const struct {
	int said, meant;
} reasons[] = {
	{ENXIO, ENXIO}, {ENODEV, ENXIO},  {EMFILE, EMFILE}, {ENFILE, ENFILE},
	{EPERM, EPERM}, {ENOENT, EMFILE}, {EBADF, EMFILE},
};

LOOP_TEST(the_reason_is_the_c_librarys, LENGTH(reasons))
{
	need(HAVE_IF_INDEXTONAME);
	need_net();
	fail_call(CALL_IF_INDEXTONAME, 1, reasons[_i].said);
	assert_untouched(reasons[_i].meant, net_index(LO), sizeof untouched);
}

/* As if every way to a socket were closed, by a filter. */
TEST(a_library_that_hides_the_reason_is_asked_past)
{
	uint32_t index = net_index(LO);

	need(HAVE_IF_INDEXTONAME);
	need_net();
	fail_call(CALL_IF_INDEXTONAME, 1, ENOENT);
	fail_call(CALL_SOCKET, 1, EPERM);
	assert_no_name(EPERM, index, NULL, 0);
}

#include "check_interface.list"
