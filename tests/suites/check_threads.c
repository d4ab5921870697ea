/* SPDX-License-Identifier: ISC */
/*
 * check_threads.c - every function from any thread at any time.
 *
 * Without the stand-ins, which count calls in plain variables: with
 * -fsanitize=thread this suite shows that the library has no race. A thread
 * tells what went wrong by its result, for Check's assertions are not for
 * threads.
 */
#include "sys/sys.h"

#include "platform.h"
#include "suite.h"

#include <libowfat/socket.h>
#include <pthread.h>
#include <socket6.h>
#include <stdio.h>
#include <time.h>

void forget_stand_ins(void)
{
}

enum { THREADS = 8, TIMES = 50 };

static const char loopback[16] = {
	[10] = (char)0xff,
	[11] = (char)0xff,
	[12] = 127,
	[15] = 1,
};

#define expect(condition)                                                      \
 do {                                                                          \
  if (!(condition))                                                            \
   return (void *)#condition;                                                  \
 } while (0)

/* OpenBSD's 6 sockets do not take IPv4. */
#define need_dual_stack()                                                      \
 do {                                                                          \
  if (socket_bind6(socket_udp6(), loopback, 0, 0) == -1)                       \
   skip("no dual-stack sockets");                                              \
 } while (0)

/* Runs the function in so many threads at once. */
static void run_threads(void *(*function)(void *), void *arg)
{
	pthread_t threads[THREADS];
	void *wrong;

	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(
			pthread_create(&threads[i], NULL, function, arg), 0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &wrong);
		ck_assert_msg(!wrong, "%s", (char *)wrong);
	}
}

/* ---- the buffer for names ---- */

static const char *names[THREADS];

/* All threads live at once, for each starts the next one and waits for it. */
static void *ask(void *arg)
{
	const char **name = arg;
	pthread_t next;
	void *wrong = NULL;

	*name = socket_getifname(socket_getifidx(LO));
	if (name + 1 < names + THREADS) {
		expect(pthread_create(&next, NULL, ask, name + 1) == 0);
		pthread_join(next, &wrong);
	}
	expect(strcmp(*name, LO) == 0);
	return wrong;
}

CASE("threads")

TEST(each_thread_has_its_own_buffer_for_names)
{
	need_names();
	ck_assert_ptr_null(ask(names));
	for (int i = 0; i < THREADS; i++)
		for (int j = 0; j < i; j++)
			ck_assert_ptr_ne(names[i], names[j]);
}

static void *ask_often(void *known)
{
	for (int i = 0; i < TIMES; i++)
		expect(strcmp(socket_getifname(socket_getifidx(LO)), known) ==
		       0);
	return NULL;
}

TEST(names_are_asked_for_at_once)
{
	char known[32];

	strcpy(known, socket_getifname(socket_getifidx(LO)));
	run_threads(ask_often, known);
}

/* ---- the buffer for errors ---- */

static const char *errors[THREADS];

/* As ask does: a number of each thread's, until all have one. */
static void *word_of(void *arg)
{
	const char **words = arg;
	int number = (int)(errors - words) - 1;
	char known[32];
	pthread_t next;
	void *wrong = NULL;

	snprintf(known, sizeof known, "error %d", number);
	*words = socket_error(number);
	if (words + 1 < errors + THREADS) {
		expect(pthread_create(&next, NULL, word_of, words + 1) == 0);
		pthread_join(next, &wrong);
	}
	expect(strcmp(*words, known) == 0);
	return wrong;
}

TEST(each_thread_has_its_own_buffer_for_errors)
{
	ck_assert_ptr_null(word_of(errors));
}

/* ---- sockets ---- */

static int listener(uint16_t *port)
{
	int l = socket_tcp6b();

	if (l == -1 || socket_bind6(l, loopback, 0, 0) == -1 ||
	    socket_listen(l, THREADS * TIMES) == -1 ||
	    socket_local6(l, NULL, port, NULL) == -1)
		return -1;
	return l;
}

/* Connects in the background, while another thread does the same. */
static void *talk(void *unused)
{
	uint16_t port;
	char byte;
	int l = listener(&port);

	(void)unused;
	for (int i = 0; i < TIMES; i++) {
		int s = socket_tcp6();
		int a;

		/* On loopback some are connected at once (Solaris). */
		expect(socket_connect6(s, loopback, port, 0) == 0 ||
		       errno == EINPROGRESS);
		expect((a = socket_accept6(l, NULL, NULL, NULL)) != -1);
		expect(socket_wait_connected(s, 2000));
		expect(socket_write(s, "x", 1) == 1);
		expect(socket_read(a, &byte, 1) == 1 && byte == 'x');
		expect(socket_close(s) == 0 && socket_close(a) == 0);
	}
	expect(socket_close(l) == 0);
	return NULL;
}

TEST(connections_are_made_and_used_at_once)
{
	need_dual_stack();
	run_threads(talk, NULL);
}

static void *take(void *l)
{
	char ip[16];
	int s;

	for (int i = 0; i < TIMES; i++) {
		s = socket_accept6_flags(*(int *)l, ip, NULL, NULL, 0);
		expect(s != -1 && memcmp(ip, loopback, 16) == 0);
		expect(socket_close(s) == 0);
	}
	return NULL;
}

TEST(one_listener_is_accepted_from_by_all)
{
	uint16_t port;
	int l;

	need_dual_stack();
	l = listener(&port);
	for (int i = 0; i < THREADS * TIMES; i++)
		assert_gives(0,
			     socket_connect6_timeout(socket_tcp6b(), loopback,
						     port, 0, 2000));
	run_threads(take, &l);
}

/* ---- noipv6 ---- */

static void *create(void *unused)
{
	int s;

	(void)unused;
	for (int i = 0; i < TIMES; i++) {
		expect((s = socket_udp6()) != -1);
		expect(socket_bind6(s, loopback, 0, 0) == 0);
		expect(socket_close(s) == 0);
	}
	return NULL;
}

static void *change(void *unused)
{
	(void)unused;
	for (int i = 0; i < TIMES; i++) {
		sys_store(&noipv6, i % 2);
		sched_yield();
	}
	return NULL;
}

TEST(noipv6_may_be_written_while_sockets_are_made)
{
	pthread_t writer;

	need_dual_stack();
	ck_assert_int_eq(pthread_create(&writer, NULL, change, NULL), 0);
	run_threads(create, NULL);
	pthread_join(writer, NULL);
}

/* ---- a history ---- */

enum { NETWORKS = 4 };

struct shared {
	struct socket_history *history;
	struct socket_addr6 silent, listening;
	char text[SOCKET_HISTORY_FMT(NETWORKS)]; /* that is loaded */
};

/* Past an address that is silent, unless the history knows it. */
static int dial_past(const struct shared *x)
{
	struct socket_dial *d = socket_dial_new(2);
	int s, milliseconds;

	socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, 10);
	socket_dial_set_history(d, x->history);
	socket_dial_add(d, &x->silent, 1);
	socket_dial_add(d, &x->listening, 1);
	socket_dial_end(d);
	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS) {
		socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds);
		poll(NULL, 0, milliseconds < 0 ? 1 : milliseconds);
	}
	socket_dial_free(d);
	return s;
}

/* Dials, which ask and tell the history, while others save and load it. */
static void *share(void *arg)
{
	const struct shared *x = arg;
	char text[SOCKET_HISTORY_FMT(NETWORKS)];
	size_t len;

	for (int i = 0; i < TIMES; i++) {
		int s = dial_past(x);

		expect(s != -1 && socket_close(s) == 0);
		len = socket_history_save(x->history, text, sizeof text);
		expect(len <= sizeof text);
		expect(socket_history_load(x->history, text, len) >= 0);
		expect(socket_history_load(x->history, x->text,
					   strlen(x->text)) == 2);
		if (i % 8 == 0)
			socket_history_clear(x->history);
	}
	return NULL;
}

/* Where nobody answers, on Linux: the queue of a listener is full. */
static void fill_queue(const struct socket_addr6 *a)
{
	int l = socket_tcp4b();

	socket_bind4(l, a->ip + 12, a->port);
	socket_listen(l, 0);
	socket_connect4_timeout(socket_tcp4b(), a->ip + 12, a->port, 1000);
}

TEST(a_history_is_shared)
{
	struct shared x = {.history = socket_history_new(NETWORKS)};
	unsigned long until = (uint32_t)time(NULL) + 300UL;
	int l = socket_tcp4b();

	memcpy(x.listening.ip, loopback, 16);
	assert_gives(0, socket_bind4(l, loopback + 12, 0));
	assert_gives(0, socket_listen(l, THREADS * TIMES));
	assert_gives(0, socket_local4(l, NULL, &x.listening.port));
	x.silent = x.listening;
	x.silent.ip[14] = 1;
	fill_queue(&x.silent);
	sprintf(x.text,
		"socket6-history 1\n"
		"00000010 00000001 %08lx\n00000011 00000002 %08lx\n",
		until, until);
	run_threads(share, &x);
	socket_history_free(x.history);
}

/* ---- names ---- */

/* Some are freed while they run. localhost is in hosts(5), or there is none. */
static void *look_up(void *unused)
{
	struct socket_addr6 addrs[8];

	(void)unused;
	for (int i = 0; i < TIMES; i++) {
		struct socket_lookup *l = socket_lookup_new("localhost", "1",
							    0);
		struct pollfd p = {.events = POLLIN};
		int n = 1;

		expect(l != NULL);
		p.fd = socket_lookup_fd(l);
		while (i % 3 && n != 0) {
			n = socket_lookup_take(l, addrs, 8);
			if (n == -1 && errno == EAGAIN)
				poll(&p, 1, 5000);
		}
		socket_lookup_free(l);
	}
	return NULL;
}

/*
 * Without a network but loopback, where that can be: if hosts(5) has no IPv6 for
 * localhost, a slow machine would ask its name server.
 */
TEST(names_are_looked_up_at_once)
{
	if (!HAVE(HAVE_THREADS))
		skip("no THREADS");
	if (unshare(CLONE_NEWNET) == 0 ||
	    unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
		set_up(socket_udp4(), "lo");
	run_threads(look_up, NULL);
}

#include "check_threads.list"
