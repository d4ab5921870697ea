/* SPDX-License-Identifier: ISC */
/*
 * check_history.c - what dials learn of silent networks, and for how long.
 *
 * The suite has history.c in itself, and is its clock. A dial is told to it as
 * the engine has it at its end. Asking where one would go from sends nothing.
 */
#include "dial/history.h"

#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t seconds = 1000;

int64_t socket6_microseconds(void)
{
	return seconds * 1000000;
}

static struct socket_addr6 address(const char *text)
{
	struct socket_addr6 a = {.port = 80};
	size_t len = scan_ip6if(text, a.ip, &a.scope_id);

	ck_assert_msg(len && !text[len], "%s is no address", text);
	return a;
}

/* Tried from that local address; null for none that is set. */
static int is_silent_from(const struct socket_history *h, const char *text,
			  const char *from)
{
	struct dial_entry entry = {.a.addr = address(text),
				   .s = -1,
				   .from = from ? ip6(from) : NULL};

	entry.v4 = ip6_isv4mapped(entry.a.addr.ip);
	return socket6_history_has(h, &entry);
}

static int is_silent(const struct socket_history *h, const char *text)
{
	return is_silent_from(h, text, NULL);
}

/*
 * What a test has made it need not free: here it is known. Volatile, or the
 * compiler leaves out what nobody reads.
 */
static void *keep(void *p)
{
	static void *volatile kept[256];
	static size_t n;

	ck_assert_ptr_nonnull(p);
	return kept[n++ % 256] = p;
}

static struct socket_history *history(size_t max)
{
	return keep(socket_history_new(max));
}

/* ---- a dial, as it has ended ---- */

enum { MAX = 2, MILLISECOND = 1000 };

struct dial {
	struct dial_engine engine;
	struct dial_entry entries[MAX];
	size_t which;
};

/* A dial to one address, which has begun, or to two, of which one has. */
static void begin(struct dial *d, const char *first, const char *second)
{
	struct socket_addr6 a = address(first);

	socket6_dial_init(&d->engine, d->entries, MAX);
	assert_gives(0, socket6_dial_add(&d->engine, 0, &a, 1));
	if (second) {
		a = address(second);
		assert_gives(0, socket6_dial_add(&d->engine, 0, &a, 1));
	}
	d->engine.ended = 1;
	ck_assert_int_eq(socket6_dial_next(&d->engine, 0, &d->which),
			 DIAL_START);
}

/* To one address, which was silent for so long; s is its socket, or -1. */
static void learn_silence_at(struct socket_history *h, const char *text,
			     int milliseconds, int s)
{
	struct dial d;

	begin(&d, text, NULL);
	d.entries[0].s = s;
	d.engine.deadline = milliseconds * MILLISECOND;
	ck_assert_int_eq(
		socket6_dial_next(&d.engine, d.engine.deadline, &d.which),
		DIAL_FAILED);
	socket6_history_learn(h, &d.engine);
}

static void learn_silence(struct socket_history *h, const char *text)
{
	learn_silence_at(h, text, 1000, -1);
}

/* To one that connected, or failed with this error, after a second. */
static void learn(struct socket_history *h, const char *text, int error)
{
	struct dial d;

	begin(&d, text, NULL);
	if (error)
		socket6_dial_failed(&d.engine, 1000 * MILLISECOND, 0, error);
	else
		socket6_dial_connected(&d.engine, 1000 * MILLISECOND, 0);
	socket6_history_learn(h, &d.engine);
}

static void learn_answer(struct socket_history *h, const char *text)
{
	learn(h, text, 0);
}

/* ---- what is silent ---- */

CASE("silence")

TEST(nothing_is_silent_at_first)
{
	struct socket_history *h = history(8);

	ck_assert(!is_silent(h, "127.0.0.1"));
	ck_assert(!is_silent(h, "2001:db8::1"));
}

/* One address was silent: whether another is taken to be so. */
static const struct {
	const char *silent, *other;
	int is_silent;
} networks[] = {
	{"127.0.1.1", "127.0.1.1", 1},
	{"127.0.1.1", "127.0.1.254", 1},
	{"127.0.1.1", "127.0.2.1", 0},
	{"2001:db8:1::1", "2001:db8:1::1", 1},
	{"2001:db8:1::1", "2001:db8:1:ffff::2", 1},
	{"2001:db8:1::1", "2001:db8:2::1", 0},
	{"fe80::1%1", "fe80::2%1", 1},
	{"fe80::1%1", "fe80::1%2", 0},
	{"127.0.1.1", "::", 0},
	{"::", "127.0.1.1", 0},
};

enum { NETWORKS = sizeof networks / sizeof networks[0] };

/* gVisor gives each address of loopback's network a local one of its own. */
#define need_one_source()                                                      \
 do {                                                                          \
  if (on_gvisor())                                                             \
   skip("loopback addresses are networks of their own");                       \
 } while (0)

LOOP_TEST(an_addresss_network_is_silent_with_it, NETWORKS)
{
	struct socket_history *h = history(8);

	if (_i == 1)
		need_one_source();
	learn_silence(h, networks[_i].silent);
	ck_assert_int_eq(is_silent(h, networks[_i].other),
			 networks[_i].is_silent);
}

/* How an attempt ended a second after it began, and whether it was silent. */
static const struct {
	int error;
	int is_silent;
} ends[] = {
	{0, 0},		 {ETIMEDOUT, 1},    {ECONNREFUSED, 0},
	{ECONNRESET, 0}, {EHOSTUNREACH, 0}, {ENETUNREACH, 0},
	{EMFILE, 0},
};

enum { ENDS = sizeof ends / sizeof ends[0] };

LOOP_TEST(only_silence_is_silence, ENDS)
{
	struct socket_history *h = history(8);

	learn(h, "127.0.1.1", ends[_i].error);
	ck_assert_int_eq(is_silent(h, "127.0.1.1"), ends[_i].is_silent);
}

TEST(a_deadline_sooner_than_the_attempt_delay_shows_no_silence)
{
	struct socket_history *h = history(8);

	learn_silence_at(h, "127.0.1.1", 249, -1);
	ck_assert(!is_silent(h, "127.0.1.1"));
	learn_silence_at(h, "127.0.1.1", 250, -1);
	ck_assert(is_silent(h, "127.0.1.1"));
}

/* Of two attempts, of which the second began at the delay, one has won. */
static const struct {
	int delay, won; /* milliseconds */
	const char *winner, *loser;
	int is_silent; /* the loser */
} races[] = {
	{250, 270, "127.0.2.1", "127.0.1.1", 1},
	{10, 19, "127.0.2.1", "127.0.1.1", 1},
	/* It had less time than an attempt is given. */
	{250, 260, "127.0.1.1", "127.0.2.1", 0},
	/* It had less time than the other one needed. */
	{250, 600, "127.0.1.1", "127.0.2.1", 0},
};

enum { RACES = sizeof races / sizeof races[0] };

LOOP_TEST(an_attempt_that_was_overtaken_was_silent, RACES)
{
	struct socket_history *h = history(8);
	int64_t delay = races[_i].delay * MILLISECOND;
	int second_wins = strcmp(races[_i].winner, "127.0.2.1") == 0;
	struct dial d;

	begin(&d, "127.0.1.1", "127.0.2.1");
	d.engine.attempt_delay = delay;
	ck_assert_int_eq(socket6_dial_next(&d.engine, delay, &d.which),
			 DIAL_START);
	socket6_dial_connected(&d.engine, races[_i].won * MILLISECOND,
			       second_wins ? 1 : 0);
	socket6_history_learn(h, &d.engine);
	ck_assert_int_eq(is_silent(h, races[_i].loser), races[_i].is_silent);
	ck_assert(!is_silent(h, races[_i].winner));
}

TEST(an_attempt_that_did_not_begin_was_not_silent)
{
	struct socket_history *h = history(8);
	struct dial d;

	begin(&d, "127.0.1.1", "127.0.2.1");
	d.engine.attempt_delay = 2000 * MILLISECOND;
	d.engine.deadline = 1000 * MILLISECOND;
	ck_assert_int_eq(
		socket6_dial_next(&d.engine, d.engine.deadline, &d.which),
		DIAL_FAILED);
	socket6_history_learn(h, &d.engine);
	ck_assert(!is_silent(h, "127.0.2.1"));
}

/* How an address of a silent network answered at last. */
static const int answers[] = {0, ECONNREFUSED, ECONNRESET};

LOOP_TEST(an_answer_ends_a_networks_silence, LENGTH(answers))
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn(h, "127.0.1.9", answers[_i]);
	ck_assert(!is_silent(h, "127.0.1.1"));
	ck_assert(is_silent(h, "127.0.2.1"));
}

TEST(a_history_can_be_cleared)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	socket_history_clear(h);
	ck_assert(!is_silent(h, "127.0.1.1"));
}

/* ---- for how long ---- */

CASE("time")

TEST(silence_is_known_for_ten_minutes)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	seconds += 599;
	ck_assert(is_silent(h, "127.0.1.1"));
	seconds += 1;
	ck_assert(!is_silent(h, "127.0.1.1"));
}

TEST(ten_minutes_begin_anew_with_each_silence)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	seconds += 300;
	learn_silence(h, "127.0.1.1");
	seconds += 599;
	ck_assert(is_silent(h, "127.0.1.1"));
	seconds += 1;
	ck_assert(!is_silent(h, "127.0.1.1"));
}

TEST(the_oldest_of_too_many_is_forgotten)
{
	struct socket_history *h = history(2);

	learn_silence(h, "127.0.1.1");
	seconds++;
	learn_silence(h, "127.0.2.1");
	seconds++;
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.3.1");
	ck_assert(is_silent(h, "127.0.1.1"));
	ck_assert(!is_silent(h, "127.0.2.1"));
	ck_assert(is_silent(h, "127.0.3.1"));
}

TEST(of_networks_as_old_as_each_other_the_last_is_known)
{
	struct socket_history *h = history(1);

	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	ck_assert(!is_silent(h, "127.0.1.1"));
	ck_assert(is_silent(h, "127.0.2.1"));
}

TEST(a_history_may_have_room_for_none)
{
	struct socket_history *h = history(0);

	learn_silence(h, "127.0.1.1");
	ck_assert(!is_silent(h, "127.0.1.1"));
	learn_answer(h, "127.0.1.1");
	ck_assert_uint_eq(socket_history_save(h, NULL, 0),
			  strlen("socket6-history 1\n") + 27);
}

TEST(a_history_can_be_freed)
{
	socket_history_free(socket_history_new(8));
	socket_history_free(NULL);
}

TEST(a_history_may_be_too_large)
{
	errno = 0;
	ck_assert_ptr_null(socket_history_new(SIZE_MAX));
	ck_assert_int_eq(errno, ENOMEM);
	errno = 0;
	ck_assert_ptr_null(socket_history_new(SIZE_MAX / 12));
	ck_assert_int_eq(errno, ENOMEM);
}

/* ---- a whole family ---- */

static void learn_three(struct socket_history *h)
{
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn_silence(h, "127.0.3.1");
}

CASE("family")

TEST(three_silent_networks_mean_the_family)
{
	struct socket_history *h = history(8);

	need_one_source();
	need_ipv6();
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	ck_assert(!is_silent(h, "127.0.9.1"));
	learn_silence(h, "127.0.3.1");
	ck_assert(is_silent(h, "127.0.9.1"));
	ck_assert(!is_silent(h, "::1"));
}

TEST(one_network_three_times_does_not)
{
	struct socket_history *h = history(8);

	for (int i = 0; i < 3; i++) {
		learn_silence(h, "127.0.1.1");
		seconds += 700;
	}
	learn_silence(h, "127.0.1.1");
	ck_assert(!is_silent(h, "127.0.9.1"));
}

TEST(nor_do_three_networks_of_two_families)
{
	struct socket_history *h = history(8);

	need_ipv6();
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn_silence(h, "::1");
	ck_assert(!is_silent(h, "127.0.9.1"));
}

/* FNV-1a makes 0 of these 48 bits, which is a family's key. */
TEST(no_network_is_taken_for_a_family)
{
	struct socket_history *h = history(8);

	need_one_source();
	learn_silence(h, "fd00:3340:6a4b::1");
	ck_assert(is_silent(h, "fd00:3340:6a4b::2"));
	learn_three(h);
	ck_assert(is_silent(h, "127.0.9.1"));
}

TEST(an_answer_clears_the_family_and_not_its_networks)
{
	struct socket_history *h = history(8);

	need_one_source();
	learn_three(h);
	learn_answer(h, "127.0.4.1");
	ck_assert(!is_silent(h, "127.0.9.1"));
	ck_assert(is_silent(h, "127.0.1.1"));
	/* It takes three others again. */
	seconds++;
	learn_silence(h, "127.0.5.1");
	learn_silence(h, "127.0.6.1");
	ck_assert(!is_silent(h, "127.0.9.1"));
	learn_silence(h, "127.0.7.1");
	ck_assert(is_silent(h, "127.0.9.1"));
}

TEST(an_answer_of_the_other_family_clears_nothing)
{
	struct socket_history *h = history(8);

	need_one_source();
	learn_three(h);
	learn_answer(h, "::1");
	ck_assert(is_silent(h, "127.0.9.1"));
}

TEST(a_family_is_silent_no_longer_than_its_networks)
{
	struct socket_history *h = history(8);

	need_one_source();
	learn_silence(h, "127.0.1.1");
	seconds += 300;
	learn_silence(h, "127.0.2.1");
	learn_silence(h, "127.0.3.1");
	seconds += 299;
	ck_assert(is_silent(h, "127.0.9.1"));
	seconds += 1;
	ck_assert(!is_silent(h, "127.0.9.1"));
}

/* ---- from where ---- */

/* A host with one address and a router. */
#define need_router(first)                                                     \
 do {                                                                          \
  need_pair();                                                                 \
  net_address("near", (first), 24);                                            \
  net_do("ip route add default via 192.0.2.254 dev near");                     \
 } while (0)

/* It leaves its network for another one. */
static void move_to(const char *address, const char *router)
{
	net_do("ip addr flush dev near");
	net_address("near", address, 24);
	net_do("ip route add default via %s dev near", router);
}

CASE("source")

TEST(what_one_local_address_learnt_does_not_hold_for_another)
{
	struct socket_history *h = history(8);

	need_router("192.0.2.1");
	learn_three(h);
	learn_silence(h, "198.51.100.1");
	ck_assert(is_silent(h, "198.51.100.1"));
	move_to("203.0.113.1", "203.0.113.254");
	ck_assert(!is_silent(h, "198.51.100.1"));
	move_to("192.0.2.1", "192.0.2.254");
	ck_assert(is_silent(h, "198.51.100.1"));
}

TEST(nor_does_what_it_learnt_of_a_family)
{
	struct socket_history *h = history(8);

	need_router("192.0.2.1");
	learn_silence(h, "198.18.1.1");
	learn_silence(h, "198.18.2.1");
	learn_silence(h, "198.18.3.1");
	ck_assert(is_silent(h, "198.18.9.1"));
	move_to("203.0.113.1", "203.0.113.254");
	ck_assert(!is_silent(h, "198.18.9.1"));
}

TEST(what_one_learnt_counts_at_home_alone)
{
	struct socket_history *h = history(8);

	need_router("192.0.2.1");
	learn_silence(h, "198.18.1.1");
	learn_silence(h, "198.18.2.1");
	move_to("203.0.113.1", "203.0.113.254");
	learn_silence(h, "198.18.3.1");
	ck_assert(!is_silent(h, "198.18.9.1"));
}

/* RFC 8981: a host changes the last 64 bits of its address by itself. */
TEST(an_ipv6_network_is_one_whatever_the_hosts_part)
{
	struct socket_history *h = history(8);

	need_ipv6();
	need_pair();
	net_address("near", "2001:db8:1::1", 64);
	net_do("ip route add default via 2001:db8:1::ff dev near");
	learn_silence(h, "2001:db8:9::1");
	net_do("ip addr del 2001:db8:1::1/64 dev near");
	net_address("near", "2001:db8:1::2", 64);
	ck_assert(is_silent(h, "2001:db8:9::1"));
	net_do("ip addr del 2001:db8:1::2/64 dev near");
	net_address("near", "2001:db8:2::1", 64);
	ck_assert(!is_silent(h, "2001:db8:9::1"));
}

/* An attempt's own socket knows best; a program may have bound it. */
TEST(the_attempts_socket_says_where_it_came_from)
{
	struct socket_history *h = history(8);
	int s;

	need_router("192.0.2.1");
	net_address("near", "192.0.2.2", 24);
	s = socket_udp4();
	assert_gives(0, socket_bind4(s, ip4("192.0.2.2"), 0));
	learn_silence_at(h, "198.51.100.1", 1000, s);
	ck_assert(!is_silent(h, "198.51.100.1"));
	net_do("ip addr del 192.0.2.1/24 dev near");
	move_to("192.0.2.2", "192.0.2.254");
	ck_assert(is_silent(h, "198.51.100.1"));
}

/* Winsock need not say where a pending attempt comes from. */
TEST(an_attempt_whose_socket_does_not_say_came_as_the_system_chooses)
{
	struct socket_history *h = history(8);

	learn_silence_at(h, "127.0.1.1", 1000, socket_udp4());
	ck_assert(is_silent(h, "127.0.1.1"));
}

TEST(a_local_address_that_is_set_says_where_one_will_come_from)
{
	struct socket_history *h = history(8);
	int s = socket_udp4();

	assert_gives(0, socket_bind4(s, ip4("127.0.0.9"), 0));
	learn_silence_at(h, "127.0.1.1", 1000, s);
	ck_assert(is_silent_from(h, "127.0.1.1", "::ffff:127.0.0.9"));
	ck_assert(!is_silent_from(h, "127.0.1.1", "::ffff:127.0.0.1"));
	ck_assert(!is_silent(h, "127.0.1.1"));
	learn_silence(h, "127.0.2.1");
	ck_assert(is_silent_from(h, "127.0.2.1", "::ffff:0.0.0.0"));
	ck_assert(is_silent_from(h, "127.0.2.1", "::"));
}

TEST(without_a_descriptor_nothing_is_known)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	fail_call(CALL_SOCKET, 1, EMFILE);
	ck_assert(!is_silent(h, "127.0.1.1"));
	ck_assert(is_silent(h, "127.0.1.1"));
	fail_call(CALL_GETSOCKNAME, 1, ENOBUFS);
	ck_assert(!is_silent(h, "127.0.1.1"));
}

TEST(families_are_apart_also_where_the_source_is_not_known)
{
	struct socket_history *h = history(8);

	fail_call(CALL_GETSOCKNAME, 0, ENOBUFS);
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn_silence(h, "::1");
	ck_assert(!is_silent(h, "127.0.9.1"));
	learn_silence(h, "127.0.3.1");
	ck_assert(is_silent(h, "127.0.9.1"));
}

TEST(asking_leaves_no_descriptor_open)
{
	struct socket_history *h = history(8);
	int before;

	before = open_descriptors();
	learn_silence(h, "127.0.1.1");
	is_silent(h, "127.0.1.1");
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(where_nothing_matters_the_system_is_not_asked)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	count_calls();
	ck_assert(!is_silent(h, "127.0.2.1"));
	ck_assert_int_eq(all_calls(), 0);
}

CASE("silence")

/* It only says what to try last. */
TEST(what_is_silent_is_reached_all_the_same)
{
	const struct place *ipv4 = AT_IPV4;
	struct socket_history *h = history(8);
	struct socket_addr6 a = address("127.0.0.1");
	int s;

	listener_at(ipv4, &a.port);
	learn_silence(h, "127.0.0.1");
	s = socket_dial6(&a, 1, -1, h);
	assert_gives(0, socket_close(s));
	ck_assert(!is_silent(h, "127.0.0.1"));
}

/* ---- saved and loaded ---- */

enum { HEAD = sizeof "socket6-history 1\n" - 1, LINE = 27 };

/* What h knows as text with a NUL, and its length. */
static char *saved(const struct socket_history *h, size_t *len)
{
	char *text;

	*len = socket_history_save(h, NULL, 0);
	text = keep(malloc(*len + 1));
	ck_assert_uint_eq(socket_history_save(h, text, *len), *len);
	text[*len] = '\0';
	return text;
}

static struct socket_history *reloaded(const struct socket_history *h,
				       int count)
{
	struct socket_history *copy = history(8);
	size_t len;
	char *text = saved(h, &len);

	assert_gives(count, socket_history_load(copy, text, len));
	return copy;
}

CASE("save")

TEST(an_empty_history_is_a_line)
{
	size_t len;

	ck_assert_str_eq(saved(history(8), &len), "socket6-history 1\n");
	reloaded(history(8), 0);
}

TEST(a_history_is_loaded_as_it_was_saved)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	learn_silence(h, "::1");
	h = reloaded(h, 2);
	ck_assert(is_silent(h, "127.0.1.1"));
	ck_assert(is_silent(h, "::1"));
	ck_assert(!is_silent(h, "127.0.2.1"));
}

TEST(families_are_saved_with_their_networks)
{
	struct socket_history *h = history(8);

	need_one_source();
	learn_three(h);
	ck_assert(is_silent(reloaded(h, 3), "127.0.9.1"));
	learn_answer(h, "127.0.4.1");
	ck_assert(!is_silent(reloaded(h, 3), "127.0.9.1"));
	ck_assert(is_silent(reloaded(h, 3), "127.0.1.1"));
}

TEST(what_is_over_is_not_saved)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	seconds += 600;
	ck_assert_uint_eq(socket_history_save(h, NULL, 0), HEAD);
}

/* The room that the header promises to be enough. */
TEST(no_history_is_longer_than_its_fmt)
{
	struct socket_history *h = history(3);

	learn_three(h);
	learn_answer(h, "127.0.4.1");
	learn_answer(h, "::1");
	ck_assert_uint_eq(socket_history_save(h, NULL, 0), HEAD + 5 * LINE);
	ck_assert(HEAD + 5 * LINE <= SOCKET_HISTORY_FMT(3));
}

/* A save with so much room, in one second with a whole one. */
static void save_part(const struct socket_history *h, char *part, size_t room,
		      char *whole, size_t len)
{
	char again[256];

	do {
		memset(part, '#', 256);
		socket_history_save(h, whole, len);
		ck_assert_uint_eq(socket_history_save(h, part, room), len);
		socket_history_save(h, again, len);
	} while (memcmp(again, whole, len) != 0);
}

TEST(as_many_whole_lines_are_saved_as_there_is_room_for)
{
	struct socket_history *h = history(8);
	char whole[256], part[256];
	size_t len, fits;

	learn_three(h);
	len = socket_history_save(h, NULL, 0);
	for (size_t room = 0; room <= len; room++) {
		fits = room < HEAD ? 0 : room - (room - HEAD) % LINE;
		save_part(h, part, room, whole, len);
		ck_assert_mem_eq(part, whole, fits);
		for (size_t i = fits; i < sizeof part; i++)
			ck_assert_int_eq(part[i], '#');
	}
}

/* Lets the first line of a save end so many seconds from now. */
static void end_in(char *text, int left)
{
	char until[9];

	sprintf(until, "%08lx",
		(unsigned long)((uint32_t)time(NULL) + (uint32_t)left));
	memcpy(text + HEAD + 18, until, 8);
}

/* What h knows, whose one network ends so many seconds from now. */
static char *saved_until(const struct socket_history *h, int left, size_t *len)
{
	char *text = saved(h, len);

	ck_assert_uint_eq(*len, HEAD + LINE);
	end_in(text, left);
	return text;
}

/*
 * A save that says so many seconds: whether it is worth remembering, and for
 * how long it is. The day's clock goes on while we test.
 */
static const struct {
	int left, loaded;
	int known, forgotten; /* after so many seconds */
} saves[] = {
	{300, 1, 280, 301},
	{600, 1, 580, 601},
	{0, 0, -1, 0},
	{-1, 0, -1, 0},
	{-100000, 0, -1, 0},
	/* Nothing is believed for longer than ten minutes. */
	{100000, 1, 580, 601},
	{INT_MAX, 1, 580, 601},
};

enum { SAVES = sizeof saves / sizeof saves[0] };

LOOP_TEST(the_time_that_has_passed_is_taken_off, SAVES)
{
	struct socket_history *h = history(8);
	int64_t began;
	size_t len;
	char *text;

	learn_silence(h, "127.0.1.1");
	text = saved_until(h, saves[_i].left, &len);
	socket_history_clear(h);
	/* Another boot: the clock of seconds begins anew. */
	began = seconds = 5;
	assert_gives(saves[_i].loaded, socket_history_load(h, text, len));
	if (saves[_i].loaded) {
		seconds = began + saves[_i].known;
		ck_assert(is_silent(h, "127.0.1.1"));
	}
	seconds = began + saves[_i].forgotten;
	ck_assert(!is_silent(h, "127.0.1.1"));
}

TEST(what_is_known_better_is_not_loaded)
{
	struct socket_history *h = history(1);
	size_t len;
	char *text;

	learn_silence(h, "127.0.1.1");
	text = saved_until(h, 100, &len);
	learn_silence(h, "127.0.1.1");
	assert_gives(1, socket_history_load(h, text, len));
	seconds += 599;
	ck_assert(is_silent(h, "127.0.1.1"));
	socket_history_clear(h);
	learn_silence(h, "127.0.2.1");
	assert_gives(1, socket_history_load(h, text, len));
	ck_assert(is_silent(h, "127.0.2.1"));
}

/* But for its time, which the test sets. */
#define GOOD "socket6-history 1\n00000010 00000000 ffffffff\n"

static const char *const bad_saves[] = {
	"",
	"socket6-history 1",
	"socket6-history 2\n",
	"Socket6-history 1\n",
	"socket6-history 1\n\n",
	"socket6-history 1\r\n",
	"socket6-history 1\n00000010 00000000 ffffffff",
	"socket6-history 1\n00000010 00000000 ffffffff ",
	"socket6-history 1\n00000010 00000000 fffffff\n",
	"socket6-history 1\n00000010 00000000  ffffffff\n",
	"socket6-history 1\n00000010 00000000 FFFFFFFF\n",
	"socket6-history 1\n00000010 0000000x ffffffff\n",
	"socket6-history 1\n0x000010 00000000 ffffffff\n",
	"socket6-history 1\n-0000010 00000000 ffffffff\n",
	"socket6-history 1\n00000010\t00000000 ffffffff\n",
	"socket6-history 1\n00000010 00000000\tffffffff\n",
	/* A good line comes first. */
	GOOD "0",
	GOOD "00000010 00000000 fffffff",
	GOOD "00000010 00000000 ffffffffX",
	GOOD "00000010 00000000 ffffffff\n\n",
	GOOD "00000010 00000000 fffffffg\n",
	GOOD GOOD,
};

enum { BAD_SAVES = sizeof bad_saves / sizeof bad_saves[0] };

LOOP_TEST(what_is_no_history_adds_nothing, BAD_SAVES)
{
	struct socket_history *h = history(8);
	size_t len = strlen(bad_saves[_i]);
	char text[128];

	strcpy(text, bad_saves[_i]);
	if (len > HEAD + LINE)
		end_in(text, 300);
	assert_fails(EINVAL, socket_history_load(h, text, len));
	ck_assert_uint_eq(socket_history_save(h, NULL, 0), HEAD);
}

TEST(a_nul_or_nothing_is_no_history)
{
	struct socket_history *h = history(8);
	static const char nul[] =
		"socket6-history 1\n00000010 00000000 ffffff\0f\n";

	assert_fails(EINVAL, socket_history_load(h, nul, sizeof nul - 1));
	assert_fails(EINVAL, socket_history_load(h, NULL, 0));
	assert_fails(EINVAL, socket_history_load(h, NULL, HEAD));
}

TEST(a_null_history_has_nothing)
{
	size_t len;
	char *text = saved(history(8), &len);

	socket_history_free(NULL);
	socket_history_clear(NULL);
	ck_assert_uint_eq(socket_history_save(NULL, text, len), 0);
	assert_fails(EINVAL, socket_history_load(NULL, text, len));
}

TEST(a_huge_history_fills_what_room_there_is)
{
	enum { LINES = 100000 };
	struct socket_history *h = history(4);
	unsigned long until = (uint32_t)time(NULL) + 300UL;
	char *text = keep(malloc(HEAD + (size_t)LINES * LINE + 1));

	strcpy(text, "socket6-history 1\n");
	for (size_t i = 0; i < LINES; i++)
		sprintf(text + HEAD + i * LINE, "%08lx %08lx %08lx\n",
			(unsigned long)i + 2, (unsigned long)i, until);
	assert_gives(LINES,
		     socket_history_load(h, text, HEAD + (size_t)LINES * LINE));
	ck_assert_uint_eq(socket_history_save(h, NULL, 0), HEAD + 4 * LINE);
}

/* The next of a row of numbers that looks random: xorshift, 32 bits. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Changes, cuts or repeats a part of the text; its new length. */
static size_t mutate(char *text, size_t len, uint32_t *state)
{
	static const char some[] = "0123456789abcdefg \n\r\t-x";
	size_t at = next_random(state) % (len + 1);
	size_t part = next_random(state) % (len - at + 1);

	switch (next_random(state) % 4) {
	case 0:
		text[at] = (char)next_random(state);
		return len;
	case 1:
		text[at] = some[next_random(state) % (sizeof some - 1)];
		return len;
	case 2:
		return at;
	default:
		memmove(text + at + part, text + at, len - at);
		return len + part;
	}
}

/* Under a sanitizer, with the exact room, so that each byte beyond is seen. */
TEST(no_text_breaks_a_history)
{
	enum { TEXTS = 20000 };
	struct socket_history *h = history(8);
	uint32_t state = 2463534242;
	size_t len, n;
	char *text, *exact;
	int loaded, taken = 0;

	learn_three(h);
	text = saved(h, &len);
	for (int i = 0; i < TEXTS; i++) {
		char buf[1024] = "";

		memcpy(buf, text, len);
		n = len;
		for (uint32_t k = next_random(&state) % 3; k < 3; k++)
			n = mutate(buf, n, &state);
		exact = malloc(n ? n : 1);
		ck_assert_ptr_nonnull(exact);
		memcpy(exact, buf, n);
		errno = 0;
		loaded = socket_history_load(h, exact, n);
		free(exact);
		ck_assert(loaded >= 0 || errno == EINVAL);
		taken += loaded >= 0;
		ck_assert(socket_history_save(h, NULL, 0) <=
			  SOCKET_HISTORY_FMT(8));
	}
	/* Some are histories still, most are not. */
	ck_assert_int_gt(taken, TEXTS / 100);
	ck_assert_int_lt(taken, TEXTS / 2);
}

#include "check_history.list"
