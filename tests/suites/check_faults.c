/* SPDX-License-Identifier: ISC */
/*
 * check_faults.c - every call of every function fails.
 *
 * Each public function is called in each state of what it takes. Its first
 * system call fails, or allocation, look-up or thread, with each errno that the
 * call may have; then its second, and so on. What then comes out is the same
 * errno, unless the table of answers says otherwise; no output is touched,
 * nothing is left open, no memory is lost and nothing waits for ever.
 */
#include "config.h"

#include "fixture.h"
#include "functions.h"
#include "memory.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <libowfat/socket.h>
#include <signal.h>
#include <socket6.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

CASE("faults")

/* ---- what a call may fail with ---- */

/* errno before a function is called: no call fails with it. */
enum { BEFORE = ENOTDIR };

enum { ERRNOS = 32 };

/*
 * POSIX's and Linux's pages, and what any call may be stopped by: ENOMEM,
 * EMFILE and EINTR.
 */
#define ANY_CALL ENOMEM, EMFILE, EINTR
#define RECEIVING                                                              \
 EAGAIN, EBADF, ECONNREFUSED, ECONNRESET, EINVAL, ENOTCONN, ENOTSOCK,          \
	 EOPNOTSUPP, ETIMEDOUT, EIO, ENOBUFS, EHOSTUNREACH, EMSGSIZE, ENOSYS
#define SENDING                                                                \
 EACCES, EAGAIN, EBADF, ECONNRESET, ECONNREFUSED, EDESTADDRREQ, EINVAL,        \
	 EISCONN, EMSGSIZE, ENOBUFS, ENOTCONN, ENOTSOCK, EOPNOTSUPP, EPIPE,    \
	 EPERM, ENETDOWN, ENETUNREACH, EHOSTUNREACH, EIO, EAFNOSUPPORT,        \
	 EADDRNOTAVAIL, EALREADY, EINPROGRESS, ENOSYS, ETIMEDOUT
#define ACCEPTING                                                              \
 EAGAIN, EBADF, ECONNABORTED, EINVAL, ENFILE, ENOBUFS, ENOTSOCK, EOPNOTSUPP,   \
	 EPERM, EPROTO, ENETDOWN, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT,        \
	 EPROTONOSUPPORT, ENOPROTOOPT, ENOSYS
#define NAMING                                                                 \
 ENXIO, ENODEV, ENFILE, ENOENT, EBADF, EACCES, ENOBUFS, EAFNOSUPPORT

static const int errnos[CALLS][ERRNOS] = {
	[CALL_ACCEPT] = {ACCEPTING, ANY_CALL},
	[CALL_ACCEPT4] = {ACCEPTING, ANY_CALL},
	[CALL_BIND] = {EACCES, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EBADF,
		       EINVAL, ENOBUFS, ENODEV, ENOTSOCK, EOPNOTSUPP, EALREADY,
		       EINPROGRESS, EISCONN, EPERM, ANY_CALL},
	[CALL_CLOSE] = {EBADF, EIO, ENOSPC, ANY_CALL},
	[CALL_CONNECT] = {EACCES,	EPERM,	    EADDRINUSE,	  EADDRNOTAVAIL,
			  EAFNOSUPPORT, EAGAIN,	    EALREADY,	  EBADF,
			  ECONNREFUSED, ECONNRESET, EHOSTUNREACH, EINPROGRESS,
			  EINVAL,	EISCONN,    ENETDOWN,	  ENETUNREACH,
			  ENOBUFS,	ENOTSOCK,   EOPNOTSUPP,	  EPROTOTYPE,
			  ETIMEDOUT,	ENODEV,	    ENOPROTOOPT,  ANY_CALL},
	[CALL_GETPEERNAME] = {EBADF, EINVAL, ENOBUFS, ENOTCONN, ENOTSOCK,
			      EOPNOTSUPP, ECONNRESET, ANY_CALL},
	[CALL_GETSOCKNAME] = {EBADF, EINVAL, ENOBUFS, ENOTSOCK, EOPNOTSUPP,
			      ANY_CALL},
	[CALL_GETSOCKOPT] = {EBADF, EINVAL, ENOPROTOOPT, ENOTSOCK, EACCES,
			     ENOBUFS, EOPNOTSUPP, EPERM, ECONNREFUSED,
			     ETIMEDOUT, EINPROGRESS, ENOTCONN, ANY_CALL},
	[CALL_SETSOCKOPT] = {EBADF, EDOM, EINVAL, EISCONN, ENOPROTOOPT,
			     ENOTSOCK, ENOBUFS, EACCES, EPERM, EOPNOTSUPP,
			     EADDRINUSE, EADDRNOTAVAIL, ENODEV, ENXIO, ENOENT,
			     EPROTO, EAFNOSUPPORT, ANY_CALL},
	[CALL_IF_INDEXTONAME] = {NAMING, ANY_CALL},
	[CALL_IF_NAMETOINDEX] = {NAMING, ANY_CALL},
	[CALL_LISTEN] = {EADDRINUSE, EBADF, EDESTADDRREQ, EINVAL, ENOTSOCK,
			 EOPNOTSUPP, EACCES, ENOBUFS, ANY_CALL},
	[CALL_POLL] = {EAGAIN, EINVAL, EPERM, ANY_CALL},
	[CALL_RECV] = {RECEIVING, ANY_CALL},
	[CALL_RECVFROM] = {RECEIVING, ANY_CALL},
	[CALL_RECVMSG] = {RECEIVING, ANY_CALL},
	[CALL_RECVMMSG] = {RECEIVING, ANY_CALL},
	[CALL_SENDMSG] = {SENDING, ANY_CALL},
	[CALL_SENDMMSG] = {SENDING, ANY_CALL},
	[CALL_SENDTO] = {SENDING, ANY_CALL},
	[CALL_SHUTDOWN] = {EBADF, EINVAL, ENOTCONN, ENOTSOCK, ENOBUFS,
			   ANY_CALL},
	[CALL_SOCKET] = {EACCES, EAFNOSUPPORT, EINVAL, ENFILE, ENOBUFS,
			 EPROTONOSUPPORT, EPROTOTYPE, ESOCKTNOSUPPORT, EPERM,
			 ENOPROTOOPT, ANY_CALL},
	[CALL_CLOCK_GETTIME] = {EINVAL, EPERM, ENOSYS},
	[CALL_GETTIMEOFDAY] = {EINVAL, EPERM, ENOSYS},
	[CALL_FCNTL] = {EACCES, EAGAIN, EBADF, EINVAL, EPERM, ENOSYS, ANY_CALL},
	[CALL_IOCTL] = {EBADF, EINVAL, ENOTTY, EIO, ENXIO, ENODEV, EPERM,
			EADDRNOTAVAIL, ANY_CALL},
	[CALL_GETADDRINFO] = {EAGAIN, EACCES, EIO, ECONNREFUSED, ETIMEDOUT,
			      EINPROGRESS, ENFILE, ANY_CALL},
	[CALL_PTHREAD_CREATE] = {EAGAIN, EINVAL, EPERM, ENOMEM},
	[CALL_PTHREAD_SETSPECIFIC] = {EINVAL, ENOMEM},
	[CALL_PTHREAD_SIGMASK] = {EINVAL},
	[CALL_EPOLL_CREATE1] = {EINVAL, EMFILE, ENFILE, ENOMEM, ENOSYS},
	[CALL_EPOLL_CTL] = {EBADF, EEXIST, EINVAL, ENOENT, ENOMEM, ENOSPC,
			    EPERM},
	[CALL_EVENTFD] = {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, ENOSYS},
	[CALL_TIMERFD_CREATE] = {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, EPERM,
				 ENOSYS},
	[CALL_TIMERFD_SETTIME] = {EBADF, EINVAL, EPERM},
	/* The second is what errno was: C does not say that it is set. */
	[CALL_ALLOCATION] = {ENOMEM, ENOTDIR},
};

#define NAME_OF(NAME, name) #name,
static const char *const call_names[CALLS] = {SOCKET_CALLS(NAME_OF) POSIX_CALLS(
	NAME_OF) LINUX_CALLS(NAME_OF) "an allocation"};

/* ---- names without a name server, threads without a scheduler ---- */

/* What getaddrinfo itself may say, and what a function makes of it. */
static const struct {
	int eai, error;
} resolver_errors[] = {
	{EAI_NONAME, ENOENT},
	{EAI_NODATA, ENOENT},
	{EAI_ADDRFAMILY, ENOENT},
	{EAI_SERVICE, EPROTONOSUPPORT},
	{EAI_AGAIN, EIO},
	{EAI_SOCKTYPE, EPROTONOSUPPORT},
	{EAI_MEMORY, ENOMEM},
	{EAI_FAMILY, EAFNOSUPPORT},
	{EAI_FAIL, ENOTRECOVERABLE},
	{EAI_OVERFLOW, ENAMETOOLONG},
};

/* As an errno of a fault: above every errno. */
enum { EAI_FAULT = 1000000 };

static struct {
	int nth, eai; /* which question fails so; 0: none */
	int answered, freed;
	struct addrinfo found[3];
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
} names;

static struct addrinfo *add_answer(struct addrinfo *next, void *sa,
				   socklen_t len)
{
	int i = next ? 1 : 0;

	names.found[i].ai_addr = sa;
	names.found[i].ai_addrlen = (__typeof__(names.found[i].ai_addrlen))len;
	names.found[i].ai_next = next;
	return &names.found[i];
}

static int answer(const char *host, const char *service,
		  const struct addrinfo *hints, struct addrinfo **found)
{
	struct addrinfo *all = NULL;

	(void)host, (void)service;
	if (names.nth && --names.nth == 0)
		return names.eai;
	if (hints->ai_family != AF_INET6)
		all = add_answer(all, &names.in, sizeof names.in);
	if (hints->ai_family != AF_INET)
		all = add_answer(all, &names.in6, sizeof names.in6);
	*found = all;
	names.answered++;
	return 0;
}

static void count_freed(enum call call)
{
	names.freed += call == CALL_FREEADDRINFO;
}

/* A thread runs at once, or when all is over. */
enum { THREADS = 16 };
static struct {
	int are_late, count;
	void *(*start[THREADS])(void *);
	void *arg[THREADS];
} threads;

static int begin_thread(void *(*start)(void *), void *arg)
{
	if (!threads.are_late) {
		int error = errno;

		start(arg);
		errno = error;
		return 0;
	}
	if (threads.count == THREADS)
		return EAGAIN;
	threads.start[threads.count] = start;
	threads.arg[threads.count++] = arg;
	return 0;
}

static void run_threads(void)
{
	for (int i = 0; i < threads.count; i++)
		threads.start[i](threads.arg[i]);
	threads.count = 0;
	threads.are_late = 0;
}

/* Ready, for Check allocates where something is asserted. */
static void stand_between(void)
{
	names.in.sin_family = AF_INET;
	memcpy(&names.in.sin_addr, ip4("127.0.0.1"), 4);
	names.in.sin_port = htons(80);
	names.in6.sin6_family = AF_INET6;
	memcpy(&names.in6.sin6_addr, ip6("::1"), 16);
	stand_in.getaddrinfo = answer;
	stand_in.thread = begin_thread;
	stand_in.before = count_freed;
}

/* ---- what a function is called with ---- */

enum { OTHERS = 4, ROOM = 4 };

struct scene {
	int s, others[OTHERS];
	struct socket_dial *d;
	struct socket_lookup *l;
	struct socket_history *h;
	struct outputs o;
	struct socket_addr6 addrs[ROOM];
	char text[128];
	int confirms; /* the dial */
	int given;    /* by the dial, to be confirmed */
	int is_given; /* and the program's since it was */
	int inherits;
	int has_come; /* the fault */
};

/* In a state that this system has not, s is -1. */
struct state {
	const char *name;
	void (*enter)(struct scene *x, const struct place *place);
	int family;   /* 0: of no socket */
	int is_named; /* it asks for names */
};

/* What every scene at a place uses: it is opened once. */
static struct base {
	int listener, open, full, clogged, datagrams;
	uint16_t port, open_port, full_port, refusing_port, datagram_port;
} bases[2];

static struct base *base_at(const struct place *place)
{
	struct base *b = &bases[place == AT_IPV6];

	if (b->port)
		return b;
	b->listener = listener_at(place, &b->port);
	assert_gives(0, ndelay_on(b->listener));
	b->open = listener_at(place, &b->open_port);
	assert_gives(0, ndelay_on(b->open));
	b->full = listener_at(place, &b->full_port);
	assert_gives(0, socket_listen(b->full, 0));
	b->clogged = tcp_at(place, 0);
	assert_gives(0, connect_at(b->clogged, place, b->full_port));
	b->refusing_port = refusing_port_at(place);
	b->datagrams = bound_at(place);
	b->datagram_port = port_of(b->datagrams);
	return b;
}

/* Nobody wants what has connected there. */
static void drain(const struct base *b)
{
	int s;

	while (b->open_port && (s = accept(b->open, NULL, NULL)) != -1)
		reset(s);
}

static void enter_tcp(struct scene *x, const struct place *place)
{
	x->s = tcp_at(place, SOCKET_NONBLOCK);
}

static void enter_udp(struct scene *x, const struct place *place)
{
	x->s = udp_at(place, SOCKET_NONBLOCK);
}

static void enter_bound_tcp(struct scene *x, const struct place *place)
{
	enter_tcp(x, place);
	assert_gives(0, bind_at(x->s, place, 0));
}

static void enter_bound_udp(struct scene *x, const struct place *place)
{
	enter_udp(x, place);
	assert_gives(0, bind_at(x->s, place, 0));
}

/* A connection waits to be accepted. */
static void enter_listening(struct scene *x, const struct place *place)
{
	enter_bound_tcp(x, place);
	assert_gives(0, socket_listen(x->s, 8));
	x->others[0] = tcp_at(place, 0);
	assert_gives(0, connect_at(x->others[0], place, port_of(x->s)));
	ck_assert(readable(x->s, 5000));
}

static void enter_pending(struct scene *x, const struct place *place)
{
	enter_tcp(x, place);
	connect_at(x->s, place, base_at(place)->full_port);
}

static void enter_refused(struct scene *x, const struct place *place)
{
	enter_tcp(x, place);
	if (connect_at(x->s, place, base_at(place)->refusing_port) == -1 &&
	    errno == EINPROGRESS)
		writable(x->s, 5000);
}

/* Bytes wait to be read. */
static void enter_connected(struct scene *x, const struct place *place)
{
	struct base *b = base_at(place);

	x->s = tcp_at(place, 0);
	assert_gives(0, connect_at(x->s, place, b->port));
	assert_gives(0, ndelay_on(x->s));
	x->others[0] = accepted(b->listener);
	assert_gives(5, socket_write(x->others[0], "bytes", 5));
	ck_assert(readable(x->s, 5000));
}

static void enter_reset(struct scene *x, const struct place *place)
{
	enter_connected(x, place);
	reset(x->others[0]);
	x->others[0] = -1;
	for (int i = 0; i < 1000 && socket_connected(x->s); i++)
		poll(NULL, 0, 1);
}

static void send_to(int from, const struct place *place, uint16_t port)
{
	if (place->family == 4)
		socket_send4(from, "bytes", 5, ip4(place->ip), port);
	else
		socket_send6(from, "bytes", 5, ip6(place->ip), port, 0);
}

/* A datagram waits to be received. */
static void enter_connected_udp(struct scene *x, const struct place *place)
{
	struct base *b = base_at(place);

	enter_bound_udp(x, place);
	assert_gives(0, connect_at(x->s, place, b->datagram_port));
	send_to(b->datagrams, place, port_of(x->s));
	ck_assert(readable(x->s, 5000));
}

static void enter_receiving(struct scene *x, const struct place *place)
{
	struct base *b = base_at(place);

	enter_bound_udp(x, place);
	send_to(b->datagrams, place, port_of(x->s));
	ck_assert(readable(x->s, 5000));
}

/* What was sent before has come back, and stands in a queue where there is. */
static void enter_refused_udp(struct scene *x, const struct place *place)
{
	enter_udp(x, place);
	socket_recvinfo6(x->s, SOCKET_INFO_ERRORS);
	assert_gives(0, connect_at(x->s, place, base_at(place)->refusing_port));
	socket_write(x->s, "x", 1);
	readable(x->s, 0);
}

#define OF_BOTH(name, enter)                                                   \
 {name ", IPv4", enter, 4, 0},                                                 \
 {                                                                             \
  name ", IPv6", enter, 6, 0                                                   \
 }

static const struct state socket_states[] = {
	OF_BOTH("new TCP socket", enter_tcp),
	OF_BOTH("new UDP socket", enter_udp),
	OF_BOTH("bound TCP socket", enter_bound_tcp),
	OF_BOTH("bound UDP socket", enter_bound_udp),
	OF_BOTH("listener", enter_listening),
	OF_BOTH("pending connection", enter_pending),
	OF_BOTH("refused connection", enter_refused),
	OF_BOTH("connection", enter_connected),
	OF_BOTH("connection that was reset", enter_reset),
	OF_BOTH("connected UDP socket", enter_connected_udp),
	OF_BOTH("receiving UDP socket", enter_receiving),
	OF_BOTH("refused UDP socket", enter_refused_udp),
};

/* ---- dials, look-ups and histories ---- */

static void enter_nothing(struct scene *x, const struct place *place)
{
	(void)x, (void)place;
}

static void enter_history(struct scene *x, const struct place *place)
{
	(void)place;
	x->h = socket_history_new(8);
	ck_assert_ptr_nonnull(x->h);
}

static struct socket_addr6 addr_of(const char *ip, uint16_t port)
{
	struct socket_addr6 a = {.port = port};

	memcpy(a.ip, ip6(ip), 16);
	return a;
}

/* One that refuses, one that is silent and one that accepts. */
static void enter_addresses(struct scene *x, const struct place *place)
{
	const struct base *b = base_at(AT_IPV4);

	enter_history(x, place);
	x->addrs[0] = addr_of("::ffff:127.0.0.1", b->refusing_port);
	x->addrs[1] = addr_of("::ffff:127.0.0.1", b->open_port);
	x->addrs[2] = addr_of("::ffff:127.0.0.1", b->full_port);
	x->addrs[3] = addr_of("::1", b->refusing_port);
}

static void enter_dial(struct scene *x, const struct place *place)
{
	enter_addresses(x, place);
	x->d = socket_dial_new(ROOM);
	ck_assert_ptr_nonnull(x->d);
	socket_dial_set(x->d, SOCKET_DIAL_DEADLINE, 5000);
	socket_dial_set_history(x->d, x->h);
	socket_dial_set_data(x->d, "data", 4);
}

static void enter_bound_dial(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	socket_dial_set_bind(x->d, NULL, 0, 0);
	socket_dial_set(x->d, SOCKET_DIAL_NODELAY, 1);
	socket_dial_set(x->d, SOCKET_DIAL_TCLASS, 8);
	socket_dial_add(x->d, x->addrs, 2);
	socket_dial_end(x->d);
}

static void enter_added(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	socket_dial_add(x->d, x->addrs, 2);
	socket_dial_end(x->d);
}

static void enter_watched(struct scene *x, const struct place *place)
{
	enter_added(x, place);
	socket_dial_fd(x->d);
}

/* An attempt is pending, and another one waits. */
static void enter_trying(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	socket_dial_fd(x->d);
	socket_dial_add(x->d, x->addrs + 2, 1);
	socket_dial_add(x->d, x->addrs, 2);
	socket_dial_step(x->d);
}

static void enter_named(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	threads.are_late = 1;
	socket_dial_fd(x->d);
	socket_dial_name(x->d, "two.test", "80", 0);
}

static void enter_found(struct scene *x, const struct place *place)
{
	enter_named(x, place);
	run_threads();
}

static void enter_unconfirmed(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	socket_dial_fd(x->d);
	socket_dial_set(x->d, SOCKET_DIAL_CONFIRM, 1);
	socket_dial_add(x->d, x->addrs + 1, 2);
	x->given = socket_dial_step(x->d);
	x->confirms = 1;
}

static void enter_failed(struct scene *x, const struct place *place)
{
	enter_dial(x, place);
	socket_dial_add(x->d, x->addrs, 1);
	socket_dial_end(x->d);
	socket_dial_step(x->d);
}

static void enter_asking(struct scene *x, const struct place *place)
{
	(void)place;
	threads.are_late = 1;
	x->l = socket_lookup_new("two.test", "80", 0);
}

static void enter_answered(struct scene *x, const struct place *place)
{
	enter_asking(x, place);
	run_threads();
}

static void enter_over(struct scene *x, const struct place *place)
{
	enter_answered(x, place);
	socket_lookup_take(x->l, x->addrs, ROOM);
}

static const struct state nothing[] = {{"nothing", enter_nothing, 0, 0}};
static const struct state addresses[] = {{"addresses", enter_addresses, 0, 0}};
static const struct state histories[] = {{"history", enter_history, 0, 0}};
static const struct state dial_states[] = {
	{"new dial", enter_dial, 0, 0},
	{"dial with addresses", enter_added, 0, 0},
	{"dial that is watched", enter_watched, 0, 0},
	{"dial from an address", enter_bound_dial, 0, 0},
	{"dial with an attempt", enter_trying, 0, 0},
	{"dial of a name", enter_named, 0, 1},
	{"dial with an answer", enter_found, 0, 1},
	{"dial to be confirmed", enter_unconfirmed, 0, 0},
	{"dial that has failed", enter_failed, 0, 0},
};
static const struct state lookup_states[] = {
	{"look-up", enter_asking, 0, 0},
	{"look-up with an answer", enter_answered, 0, 0},
	{"look-up that is over", enter_over, 0, 0},
};

/* ---- the functions ---- */

/* How a function says that it failed, and what it gives. */
enum gives {
	A_NUMBER,     /* -1 and errno */
	A_DESCRIPTOR, /* the same; it is the caller's */
	THE_END,      /* the same; a descriptor is closed, even so */
	AN_OBJECT,    /* the same, in the scene */
	YES,	      /* 0 and errno */
	A_STEP,	      /* -1 and errno, and what the object holds may change */
	NO_REASON,    /* nothing that tells of an error */
	ERRNO_KEPT,   /* the same, and errno stays as it is */
};

struct subject {
	const char *name;
	enum gives gives;
	long (*of_socket)(int s, struct outputs *o);
	long (*call)(struct scene *x);
	const struct state *states;
	size_t n;
};

#define STATES(states) (states), LENGTH(states)

/* 0, or -1 for null: the object is the scene's. */
#define OBJECT(member, call) ((x->member = (call)) ? 0 : -1)

/* 0, or -1 of a name that is unknown. */
static long known(const char *name)
{
	return strcmp(name, "[unknown]") == 0 ? -1 : 0;
}

static const struct socket_buffer three[] = {{"a", 1}, {"b", 1}, {"c", 1}};

static long write_many(int s)
{
	static struct socket_buffer buffers[2000];

	for (size_t i = 0; i < LENGTH(buffers); i++)
		buffers[i] = three[0];
	return (long)socket_writev(s, buffers, LENGTH(buffers));
}

static long receive_many(int s)
{
	static char bytes[64];
	struct socket_datagram6 grams[4];

	return (long)socket_recvmany6(s, bytes, sizeof bytes, grams, 4);
}

static long send_many(const struct scene *x, uint32_t len)
{
	static const char bytes[64];
	struct socket_datagram6 grams[3];

	for (uint32_t i = 0; i < 3; i++)
		grams[i] = (struct socket_datagram6){
			.peer = x->addrs[1], .offset = i * len, .len = len};
	return (long)socket_sendmany6(x->s, bytes, sizeof bytes, grams, 3);
}

/*
 * The functions that take no descriptor, and what else those do that take one.
 * What follows two underscores tells them apart.
 */
#define OBJECTS(X)                                                             \
 X(socket_tcp4, A_DESCRIPTOR, nothing, socket_tcp4())                          \
 X(socket_tcp4b, A_DESCRIPTOR, nothing, socket_tcp4b())                        \
 X(socket_tcp4_flags, A_DESCRIPTOR, nothing, socket_tcp4_flags(3))             \
 X(socket_tcp4_flags__mptcp, A_DESCRIPTOR, nothing,                            \
   socket_tcp4_flags(SOCKET_MPTCP | SOCKET_CLOEXEC))                           \
 X(socket_tcp6, A_DESCRIPTOR, nothing, socket_tcp6())                          \
 X(socket_tcp6b, A_DESCRIPTOR, nothing, socket_tcp6b())                        \
 X(socket_tcp6_flags, A_DESCRIPTOR, nothing, socket_tcp6_flags(3))             \
 X(socket_tcp6_flags__mptcp, A_DESCRIPTOR, nothing,                            \
   socket_tcp6_flags(SOCKET_MPTCP | SOCKET_NONBLOCK))                          \
 X(socket_tcp6_flags__v6only, A_DESCRIPTOR, nothing,                           \
   socket_tcp6_flags(SOCKET_V6ONLY))                                           \
 X(socket_udp4, A_DESCRIPTOR, nothing, socket_udp4())                          \
 X(socket_udp4b, A_DESCRIPTOR, nothing, socket_udp4b())                        \
 X(socket_udp4_flags, A_DESCRIPTOR, nothing, socket_udp4_flags(3))             \
 X(socket_udp6, A_DESCRIPTOR, nothing, socket_udp6())                          \
 X(socket_udp6b, A_DESCRIPTOR, nothing, socket_udp6b())                        \
 X(socket_udp6_flags, A_DESCRIPTOR, nothing, socket_udp6_flags(3))             \
 X(socket_udp6_flags__v6only, A_DESCRIPTOR, nothing,                           \
   socket_udp6_flags(SOCKET_V6ONLY))                                           \
 X(socket_sctp4, A_DESCRIPTOR, nothing, socket_sctp4())                        \
 X(socket_sctp4b, A_DESCRIPTOR, nothing, socket_sctp4b())                      \
 X(socket_sctp4_flags, A_DESCRIPTOR, nothing, socket_sctp4_flags(3))           \
 X(socket_sctp6, A_DESCRIPTOR, nothing, socket_sctp6())                        \
 X(socket_sctp6b, A_DESCRIPTOR, nothing, socket_sctp6b())                      \
 X(socket_sctp6_flags, A_DESCRIPTOR, nothing, socket_sctp6_flags(3))           \
 X(socket_listener6, A_DESCRIPTOR, nothing,                                    \
   socket_listener6(at.lo6, 0, 0, 8, SOCKET_DEFERACCEPT | SOCKET_CLOEXEC))     \
 X(socket_listener6__ip4, A_DESCRIPTOR, nothing,                               \
   socket_listener6(mapped4, 0, 0, 8, SOCKET_REUSEPORT | SOCKET_FREEBIND))     \
 X(socket_ifwatch, A_DESCRIPTOR, nothing, socket_ifwatch())                    \
 X(socket_interfaces, A_NUMBER, nothing, socket_interfaces(interfaces, 9))     \
 X(socket_ifaddrs, A_NUMBER, nothing, socket_ifaddrs(ifaddrs, 9))              \
 X(socket_ifchanged__watch, A_NUMBER, watches, socket_ifchanged(x->s))         \
 X(socket_inherited, A_NUMBER, inheritances, socket_inherited(fds, 2))         \
 X(socket_getifname, NO_REASON, nothing, known(socket_getifname(1)))           \
 X(socket_getifname_r, A_NUMBER, nothing,                                      \
   socket_getifname_r(1, x->text, sizeof x->text) ? 0 : -1)                    \
 X(socket_getifname_r__none, A_NUMBER, nothing,                                \
   socket_getifname_r(77777, x->text, sizeof x->text) ? 0 : -1)                \
 X(socket_getifidx, NO_REASON, nothing, socket_getifidx(lo_name()))            \
 X(socket_error, ERRNO_KEPT, nothing, strlen(socket_error(99999)))             \
 X(scan_ip6if, ERRNO_KEPT, nothing,                                            \
   scan_ip6if(zone_text("fe80::1%", ""), x->o.ip, &x->o.scope_id))             \
 X(scan_ip6if__number, ERRNO_KEPT, nothing,                                    \
   scan_ip6if("fe80::1%7", x->o.ip, &x->o.scope_id))                           \
 X(scan_ip6ifport, ERRNO_KEPT, nothing,                                        \
   scan_ip6ifport(zone_text("[fe80::1%", "]:80"), x->o.ip, &x->o.port,         \
		  &x->o.scope_id))                                             \
 X(fmt_ip6if, ERRNO_KEPT, nothing, fmt_ip6if(x->text, at.group6, 1))           \
 X(fmt_ip6if__none, ERRNO_KEPT, nothing, fmt_ip6if(x->text, at.group6, 77777)) \
 X(fmt_ip6ifc, ERRNO_KEPT, nothing, fmt_ip6ifc(x->text, at.group6, 1))         \
 X(fmt_ip6ifport, ERRNO_KEPT, nothing,                                         \
   fmt_ip6ifport(x->text, at.group6, 80, 1))                                   \
 X(socket_writev__many, A_NUMBER, socket_states, write_many(x->s))             \
 X(socket_recvmany6__many, A_NUMBER, socket_states, receive_many(x->s))        \
 X(socket_sendmany6__many, A_NUMBER, sendings, send_many(x, 8))                \
 X(socket_sendmany6__empty, A_NUMBER, sendings, send_many(x, 0))               \
 X(socket_sendmany6__control, A_NUMBER, sendings, send_control(x))             \
 X(socket_connect6_timeout__now, A_NUMBER, socket_states,                      \
   connect_to_base(x, 0))                                                      \
 X(socket_connect6_timeout__soon, A_NUMBER, socket_states,                     \
   connect_to_base(x, 1))                                                      \
 X(socket_fastopen_connect6__open, A_NUMBER, socket_states,                    \
   socket_fastopen_connect6(x->s, at.lo6, bases[1].open_port, 0, "x", 1))      \
 X(socket_fastopen_connect4__open, A_NUMBER, socket_states,                    \
   socket_fastopen_connect4(x->s, at.lo4, bases[0].open_port, "x", 1))         \
 X(socket_history_new, AN_OBJECT, nothing, OBJECT(h, socket_history_new(8)))   \
 X(socket_history_clear, NO_REASON, histories,                                 \
   (socket_history_clear(x->h), 0))                                            \
 X(socket_history_free, ERRNO_KEPT, histories,                                 \
   (socket_history_free(x->h), x->h = NULL, 0))                                \
 X(socket_history_load, A_NUMBER, histories,                                   \
   socket_history_load(x->h, HISTORY, sizeof HISTORY - 1))                     \
 X(socket_history_save, NO_REASON, histories,                                  \
   socket_history_save(x->h, x->text, sizeof x->text))                         \
 X(socket_dial_new, AN_OBJECT, nothing, OBJECT(d, socket_dial_new(ROOM)))      \
 X(socket_dial6, A_DESCRIPTOR, addresses,                                      \
   socket_dial6(x->addrs, 2, 5000, x->h))                                      \
 X(socket_dial6__silent, A_DESCRIPTOR, addresses,                              \
   socket_dial6(x->addrs + 2, 1, 0, x->h))                                     \
 X(socket_dial_step, A_STEP, dial_states, step(x))                             \
 X(socket_dial_fd, A_NUMBER, dial_states, socket_dial_fd(x->d) == -1 ? -1 : 0) \
 X(socket_dial_add, A_NUMBER, dial_states,                                     \
   socket_dial_add(x->d, x->addrs + 3, 1))                                     \
 X(socket_dial_set, A_NUMBER, dial_states,                                     \
   socket_dial_set(x->d, SOCKET_DIAL_DEADLINE, 1))                             \
 X(socket_dial_set__mark, A_NUMBER, dial_states,                               \
   socket_dial_set(x->d, SOCKET_DIAL_MARK, 1))                                 \
 X(socket_dial_set_bind, A_NUMBER, dial_states,                                \
   socket_dial_set_bind(x->d, at.lo6, 0, 0))                                   \
 X(socket_dial_set_data, A_NUMBER, dial_states,                                \
   socket_dial_set_data(x->d, "x", 1))                                         \
 X(socket_dial_set_history, A_NUMBER, dial_states,                             \
   socket_dial_set_history(x->d, NULL))                                        \
 X(socket_dial_end, A_NUMBER, dial_states, socket_dial_end(x->d))              \
 X(socket_dial_sent, NO_REASON, dial_states, socket_dial_sent(x->d))           \
 X(socket_dial_pollfds, NO_REASON, dial_states,                                \
   socket_dial_pollfds(x->d, fds, NULL, 2, &milliseconds))                     \
 X(socket_dial_attempts, NO_REASON, dial_states,                               \
   socket_dial_attempts(x->d, NULL, 0))                                        \
 X(socket_dial_questions, NO_REASON, dial_states,                              \
   socket_dial_questions(x->d, NULL, 0))                                       \
 X(socket_dial_confirm, A_STEP, dial_states, confirm(x))                       \
 X(socket_dial_reject, A_STEP, dial_states,                                    \
   socket_dial_reject(x->d, x->given, ECONNRESET))                             \
 X(socket_dial_free, ERRNO_KEPT, dial_states,                                  \
   (socket_dial_free(x->d), x->d = NULL, 0))

/* Those that ask for names. */
#define NAMES(X)                                                               \
 X(socket_resolve6, A_NUMBER, nothing,                                         \
   socket_resolve6("two.test", "http", 0, x->addrs, ROOM))                     \
 X(socket_resolve6__zone, A_NUMBER, nothing,                                   \
   socket_resolve6(zone_text("fe80::1%", ""), "80", 0, x->addrs, ROOM))        \
 X(socket_dial, A_DESCRIPTOR, addresses,                                       \
   socket_dial("two.test", port_text(), 5000, x->h))                           \
 X(socket_dial__address, A_DESCRIPTOR, addresses,                              \
   socket_dial("127.0.0.1", port_text(), 5000, x->h))                          \
 X(socket_dial_name, A_NUMBER, dial_states,                                    \
   socket_dial_name(x->d, "two.test", "http", 0))                              \
 X(socket_dial_name__zone, A_NUMBER, dial_states,                              \
   socket_dial_name(x->d, zone_text("fe80::1%", ""), "80", 0))                 \
 X(socket_lookup_new, AN_OBJECT, nothing,                                      \
   OBJECT(l, socket_lookup_new("two.test", "80", 0)))                          \
 X(socket_lookup_new__service, AN_OBJECT, nothing,                             \
   OBJECT(l, socket_lookup_new("two.test", "http", SOCKET_LOOKUP_V4)))         \
 X(socket_lookup_new__address, AN_OBJECT, nothing,                             \
   OBJECT(l, socket_lookup_new("::1", "80", 0)))                               \
 X(socket_lookup_take, A_STEP, lookup_states,                                  \
   socket_lookup_take(x->l, x->addrs, ROOM))                                   \
 X(socket_lookup_fd, NO_REASON, lookup_states,                                 \
   socket_lookup_fd(x->l) == -1 ? -1 : 0)                                      \
 X(socket_lookup_free, ERRNO_KEPT, lookup_states,                              \
   (socket_lookup_free(x->l), x->l = NULL, 0))

/* Those that make no call at all, and the data. */
static const char *const pure[] = {
	"V4mappedprefix",     "V6any",		 "V6loopback",
	"ip4loopback",	      "noipv6",		 "scan_ip4",
	"scan_ip6",	      "scan_ip6_flat",	 "scan_ip6prefix",
	"scan_proxy",	      "fmt_ip4",	 "fmt_ip6",
	"fmt_ip6_flat",	      "fmt_ip6c",	 "fmt_ip6prefix",
	"fmt_proxy",	      "socket_from_ip4", "socket_from_sockaddr",
	"socket_to_sockaddr", "socket_match6",
};

#define HISTORY "socket6-history 1\n"

static const char mapped4[16] = {[10] = '\xff', '\xff', 127, 0, 0, 1};
static struct socket_interface6 interfaces[9];
static struct socket_ifaddr6 ifaddrs[9];
static int fds[2], milliseconds;

static long send_control(const struct scene *x)
{
	struct socket_datagram6 gram = {.peer = x->addrs[1],
					.len = 4,
					.hops = 9,
					.tclass = 8,
					.flags = SOCKET_DATAGRAM_HOPS |
						 SOCKET_DATAGRAM_TCLASS};

	return (long)socket_sendmany6(x->s, "four", 4, &gram, 1);
}

static void enter_sending(struct scene *x, const struct place *place)
{
	enter_udp(x, place);
	x->addrs[1] = addr_of(place == AT_IPV4 ? "::ffff:127.0.0.1" : "::1",
			      base_at(place)->datagram_port);
}

static void enter_sending_mapped(struct scene *x, const struct place *place)
{
	enter_udp(x, place);
	x->addrs[1] = addr_of("::ffff:127.0.0.1",
			      base_at(AT_IPV4)->datagram_port);
}

static void enter_sending_on(struct scene *x, const struct place *place)
{
	enter_refused_udp(x, place);
}

static const struct state sendings[] = {
	OF_BOTH("sending", enter_sending),
	OF_BOTH("sending to IPv4", enter_sending_mapped),
	OF_BOTH("sending to who refused", enter_sending_on),
};

static void enter_watch(struct scene *x, const struct place *place)
{
	(void)place;
	x->s = socket_ifwatch();
}
static const struct state watches[] = {{"watch", enter_watch, 0, 0}};

/* The first two of them; what had those numbers has them again afterwards. */
enum { FIRST = 3, INHERITED = 2 };

static void enter_inherited(struct scene *x, const struct place *place)
{
	static char own[16];
	int s = tcp_at(place, 0);

	if (!own[0]) {
		snprintf(own, sizeof own, "%d", (int)getpid());
		setenv("LISTEN_PID", own, 1);
		setenv("LISTEN_FDS", "2", 1);
	}
	for (int i = 0; i < INHERITED; i++) {
		x->others[i] = dup(FIRST + i);
		dup2(s, FIRST + i);
	}
	close(s);
	x->inherits = 1;
}
static const struct state inheritances[] = {
	{"inheritance", enter_inherited, 0, 0}};

static void leave_inherited(struct scene *x)
{
	for (int i = 0; i < INHERITED; i++)
		if (x->others[i] == -1)
			close(FIRST + i);
		else
			dup2(x->others[i], FIRST + i);
}

static long connect_to_base(const struct scene *x, int milliseconds_)
{
	return socket_connect6_timeout(x->s, at.lo6, bases[1].open_port, 0,
				       milliseconds_);
}

static long step(struct scene *x)
{
	int s = socket_dial_step(x->d);

	if (s != -1 && !x->confirms) {
		x->given = s;
		x->is_given = 1;
	}
	return s;
}

static long confirm(struct scene *x)
{
	int r = socket_dial_confirm(x->d, x->given);

	x->is_given = r == 0;
	return r;
}

/* On Windows a call says what it is: it is made once. */
static const char *lo_name(void)
{
	static char name[IF_NAMESIZE];

	if (!name[0])
		snprintf(name, sizeof name, "%s", LO);
	return name;
}

/* An address with loopback's name in it. */
static const char *zone_text(const char *before, const char *after)
{
	static char text[64];

	snprintf(text, sizeof text, "%s%s%s", before, lo_name(), after);
	return text;
}

/* Where one of two.test's addresses listens. */
static const char *port_text(void)
{
	static char text[8];

	snprintf(text, sizeof text, "%d", bases[0].open_port);
	return text;
}

#define DEFINE_OBJECT(name, gives, states, expression)                         \
 static long make_##name(struct scene *x)                                      \
 {                                                                             \
  (void)x;                                                                     \
  return (long)(expression);                                                   \
 }
OBJECTS(DEFINE_OBJECT)
NAMES(DEFINE_OBJECT)

#define ROW_OF_OBJECT(name, gives, states, expression)                         \
 {#name, gives, NULL, make_##name, STATES(states)},
static const struct subject objects[] = {OBJECTS(ROW_OF_OBJECT)};
static const struct subject named[] = {NAMES(ROW_OF_OBJECT)};

/* The same of a function that takes a descriptor. */
static struct subject subject_of(const struct function *f)
{
	struct subject it = {f->name, A_NUMBER, f->call, NULL,
			     STATES(socket_states)};

	if (strncmp(f->name, "socket_accept", 13) == 0)
		it.gives = A_DESCRIPTOR;
	else if (strcmp(f->name, "socket_close") == 0)
		it.gives = THE_END;
	else if (f->wants == CONNECTED)
		it.gives = YES;
	else if (f->wants == NOTHING)
		it.gives = NO_REASON;
	return it;
}

/* ---- what answers a fault ---- */

enum comes_out {
	KEPT = 1,      /* it fails with that errno */
	SAME = 2,      /* what comes out without the fault */
	INSTEAD = 4,   /* it fails with another errno */
	SUCCESS = 8,   /* it does not fail */
	GOING_ON = 16, /* EINPROGRESS, of an object that goes on */
	ANYTHING = 32, /* what another way comes to */
};

enum { ANSWERED = 8 };

#define NO_IPV6_SOCKET EAFNOSUPPORT, EINVAL, ENOPROTOOPT
#define NO_IPV6_OPTION NO_IPV6_SOCKET, EOPNOTSUPP
#define MISLEADING     EAGAIN, EALREADY, EINPROGRESS, EINTR, EISCONN

#define AS(what)                                                               \
 (what),                                                                       \
 {                                                                             \
  0                                                                            \
 }
#define OR(what, ...)                                                          \
 (what) | INSTEAD,                                                             \
 {                                                                             \
  __VA_ARGS__                                                                  \
 }
#define IS(...)                                                                \
 INSTEAD,                                                                      \
 {                                                                             \
  __VA_ARGS__                                                                  \
 }

/* The first row that fits counts; without one the errno is kept. */
/* clang-format off */
static const struct answer {
	const char *function; /* * at its end: each that begins so */
	enum call call;	      /* CALLS: each */
	int nth;	      /* 0: each */
	int family;	      /* of the socket; 0: each */
	int errnos[ANSWERED]; /* none: each */
	int comes_out;
	int instead[ANSWERED];
} answers[] = {
	/* What is closed is gone, and the reason stays. */
	{"socket_close", CALL_CLOSE, 0, 0, {0}, AS(KEPT)},
	{"*", CALL_CLOSE, 0, 0, {0}, AS(SAME)},

	/* A clock that fails is taken for one that stands. */
	{"*", CALL_CLOCK_GETTIME, 0, 0, {0}, AS(ANYTHING)},
	{"*", CALL_GETTIMEOFDAY, 0, 0, {0}, AS(ANYTHING)},

	/* accept4(2), socket(2), recvmmsg(2): kernels older than headers. */
	{"socket_accept*", CALL_ACCEPT4, 0, 0, {ENOSYS}, AS(SAME)},
	{"socket_recvmany6*", CALL_RECVMMSG, 0, 0, {ENOSYS, EINVAL}, AS(SAME)},
	{"socket_sendmany6*", CALL_SENDMMSG, 0, 0, {ENOSYS}, AS(SAME)},
	{"socket_if*", CALL_SOCKET, 0, 0, {EINVAL}, AS(SAME)},
	{"socket_interfaces", CALL_SOCKET, 0, 0, {EINVAL}, AS(SAME)},

	/* socket_connect6(3): no local port is left. */
	{"socket_connect?", CALL_CONNECT, 0, 0, {EAGAIN}, IS(EADDRNOTAVAIL)},

	/* An IPv4 socket, which getsockname knows: once more, as IPv4. */
	{"socket_bind6*", CALL_BIND, 1, 4, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_listener6__ip4", CALL_BIND, 1, 0, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_connect6", CALL_CONNECT, 1, 4, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_send6*", CALL_SENDTO, 1, 4, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_recvinfo6", CALL_GETSOCKNAME, 0, 0, {0}, AS(SUCCESS)},
	{"socket_sendmany6*", CALL_GETSOCKNAME, 0, 0, {0}, AS(ANYTHING)},
	{"socket_mcall", CALL_GETSOCKNAME, 0, 0, {0}, OR(SAME, ENOPROTOOPT)},
	{"socket_listener6*", CALL_GETSOCKNAME, 0, 0, {0}, OR(SAME,
	 EAFNOSUPPORT, EINVAL)},
	{"socket_dial*", CALL_GETSOCKNAME, 0, 0, {0}, AS(KEPT | SAME)},
	{"socket_*6*", CALL_GETSOCKNAME, 0, 0, {0}, OR(KEPT | SAME,
	 NO_IPV6_OPTION, ENETUNREACH)},
	{"socket_bind6_shared", CALL_SETSOCKOPT, 2, 0, {ENOPROTOOPT}, AS(SAME)},

	/* socket_connect6_timeout(3): what does not occur. */
	{"socket_connect?_timeout*", CALL_CONNECT, 0, 0, {MISLEADING},
	 OR(SAME | SUCCESS, ENOTCONN, ETIMEDOUT, ECONNREFUSED, ECONNRESET,
	 EADDRNOTAVAIL)},
	{"socket_connect?_timeout*", CALL_CONNECT, 0, 0, {EADDRINUSE},
	 AS(KEPT | SAME | SUCCESS)},
	{"socket_connect6_timeout*", CALL_CONNECT, 1, 4, {NO_IPV6_SOCKET},
	 OR(SAME, ENOTCONN)},

	/* An interface that is not known, or an error, is not put back. */
	{"socket_disconnect", CALL_GETSOCKOPT, 1, 0, {0}, AS(KEPT)},
	{"socket_disconnect", CALL_GETSOCKOPT, 0, 0, {0}, AS(SAME)},

	/* Whether s is connected is asked for in more than one way. */
	{"socket_*connect*", CALL_GETPEERNAME, 0, 0, {0}, AS(KEPT | SAME)},
	{"socket_*connect*", CALL_POLL, 0, 0, {EINTR}, AS(SAME)},
	{"socket_*connect*", CALL_POLL, 0, 0, {0}, AS(KEPT | SAME)},
	{"socket_*connect*", CALL_GETSOCKOPT, 0, 0, {EINTR, EINPROGRESS},
	 OR(SAME, EIO)},
	{"socket_*connect*", CALL_GETSOCKOPT, 0, 0, {0}, AS(KEPT | SAME)},
	{"socket_disconnect", CALL_CONNECT, 0, 0, {0}, AS(KEPT | SAME)},

	/* socket_fastopen(3): the other way; then that of an IPv4 socket. */
	{"socket_fastopen_connect*", CALL_SENDTO, 0, 0, {EOPNOTSUPP, EPIPE},
	 AS(ANYTHING)},
	{"socket_fastopen_connect6*", CALL_SENDTO, 1, 4, {NO_IPV6_SOCKET},
	 AS(SAME)},

	/* socket_tcp6(3): what a system without IPv6 or MPTCP says. */
	{"socket_*b", CALL_SOCKET, 1, 0, {EINVAL}, AS(KEPT)},
	{"socket_*6_flags__v6only", CALL_SOCKET, 0, 0, {0}, AS(KEPT)},
	{"socket_*p6*", CALL_SOCKET, 0, 0, {EAFNOSUPPORT, EINVAL}, AS(SAME)},
	{"socket_listener6*", CALL_SOCKET, 1, 0, {EAFNOSUPPORT, EINVAL},
	 AS(KEPT | SAME)},
	{"socket_tcp?_flags__mptcp", CALL_SOCKET, 0, 0, {ENOPROTOOPT,
	 EPROTONOSUPPORT, EINVAL}, AS(SAME)},
	{"socket_*p4*", CALL_SOCKET, 0, 0, {EINVAL}, AS(SAME)},
	{"socket_*6_flags__v6only", CALL_SETSOCKOPT, 0, 0, {0}, AS(KEPT)},
	{"socket_tcp6*", CALL_SETSOCKOPT, 0, 0, {EINVAL, ENOPROTOOPT},
	 AS(SAME)},
	{"socket_udp6*", CALL_SETSOCKOPT, 0, 0, {EINVAL, ENOPROTOOPT},
	 AS(SAME)},
	{"socket_listener6", CALL_SETSOCKOPT, 1, 0, {EINVAL, ENOPROTOOPT},
	 AS(SAME)},
	/* SOCKET_DEFERACCEPT is a hint. */
	{"socket_listener6", CALL_SETSOCKOPT, 3, 0, {0}, AS(SAME)},

	/* What is not known is left out. */
	{"socket_recvinfo6", CALL_SETSOCKOPT, 0, 0, {0}, AS(SUCCESS)},
	{"socket_tcpinfo", CALL_IOCTL, 0, 0, {0}, AS(SAME)},
	{"socket_mtu6", CALL_GETSOCKOPT, 1, 4, {NO_IPV6_OPTION}, AS(SAME)},
	{"socket_ifchanged*", CALL_RECV, 0, 0, {EAGAIN, ENOBUFS}, AS(SUCCESS)},
	{"socket_ifchanged*", CALL_RECV, 2, 0, {0}, AS(SUCCESS)},

	/* Both families' options: IPv6's counts, of an IPv4 socket IPv4's. */
	{"socket_recverror6", CALL_SETSOCKOPT, 0, 0, {0}, AS(KEPT)},
	{"socket_mcjoin6*", CALL_SETSOCKOPT, 1, 0, {EOPNOTSUPP}, AS(KEPT)},
	{"socket_mcleave6*", CALL_SETSOCKOPT, 1, 0, {EOPNOTSUPP}, AS(KEPT)},
	{"socket_mtudiscover6", CALL_SETSOCKOPT, 1, 4, {EINVAL}, OR(SAME,
	 ENOPROTOOPT)},
	{"socket_*6", CALL_SETSOCKOPT, 1, 4, {NO_IPV6_OPTION}, AS(SAME)},
	{"socket_mc*6_*", CALL_SETSOCKOPT, 1, 4, {NO_IPV6_OPTION}, AS(SAME)},
	{"socket_mcinterface6", CALL_SETSOCKOPT, 2, 4, {EADDRNOTAVAIL},
	 IS(ENODEV)},
	{"socket_bindtodevice", CALL_SETSOCKOPT, 1, 0, {ENOPROTOOPT},
	 AS(KEPT | SAME)},
	{"socket_mtudiscover6", CALL_SETSOCKOPT, 2, 6, {0}, AS(KEPT)},
	{"socket_mcall", CALL_SETSOCKOPT, 1, 4, {NO_IPV6_OPTION}, AS(SAME)},
	{"socket_mtudiscover6", CALL_SETSOCKOPT, 0, 0, {EINVAL}, OR(SAME,
	 ENOPROTOOPT)},
	{"socket_mtudiscover6", CALL_SETSOCKOPT, 3, 0, {0}, AS(SAME)},
	{"socket_mc*6", CALL_SETSOCKOPT, 2, 6, {0}, AS(SAME)},
	{"socket_mcall", CALL_SETSOCKOPT, 2, 6, {0}, AS(SAME)},
	{"socket_tclass6", CALL_SETSOCKOPT, 2, 6, {0}, AS(SAME)},
	{"socket_hoplimit6", CALL_SETSOCKOPT, 2, 6, {0}, AS(SAME)},

	/*
	 * socket_sendmany6(3): segments, and an error that came back for an
	 * earlier datagram.
	 */
	{"socket_sendmany6*", CALL_SENDMSG, 1, 4, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_sendmany6*", CALL_SENDMMSG, 1, 4, {NO_IPV6_SOCKET}, AS(SAME)},
	{"socket_sendmany6__many", CALL_SENDMSG, 0, 0, {EIO, EINVAL, EMSGSIZE,
	 EPERM}, OR(SUCCESS, ECONNREFUSED)},
	{"socket_sendmany6*", CALL_SENDMSG, 0, 4, {NO_IPV6_SOCKET},
	 AS(KEPT | SUCCESS)},
	{"socket_sendmany6*", CALL_SENDMMSG, 0, 4, {NO_IPV6_SOCKET},
	 AS(KEPT | SUCCESS)},
	{"socket_sendmany6*", CALL_SENDMSG, 0, 0, {0}, OR(KEPT, ECONNREFUSED)},
	{"socket_sendmany6*", CALL_SENDMMSG, 0, 0, {0}, OR(KEPT, ECONNREFUSED)},
	{"socket_sendmany6*", CALL_GETSOCKOPT, 0, 0, {0}, OR(SAME,
	 ECONNREFUSED)},

	/* That of a question, which socket_lookup_take reports. */
	{"socket_lookup_new*", CALL_ALLOCATION, 2, 0, {0}, AS(SUCCESS)},
	{"socket_lookup_new*", CALL_ALLOCATION, 3, 0, {0}, AS(SUCCESS)},
	{"socket_lookup_new*", CALL_ALLOCATION, 4, 0, {0}, AS(SUCCESS)},
	{"socket_dial_name", CALL_ALLOCATION, 3, 0, {0}, AS(SUCCESS)},
	{"socket_dial_name", CALL_ALLOCATION, 4, 0, {0}, OR(SUCCESS, ENOMEM)},
	{"socket_dial", CALL_ALLOCATION, 9, 0, {0}, OR(SAME, ENOMEM)},
	/* C does not say that errno is set: the library sets it. */
	{"*", CALL_ALLOCATION, 0, 0, {0}, IS(ENOMEM)},

	/* if_nametoindex(3): see sys_no_interface. */
	{"socket_getifname_r*", CALL_IF_INDEXTONAME, 0, 0, {ENODEV, ENXIO},
	 IS(ENXIO)},
	{"*zone", CALL_IF_NAMETOINDEX, 0, 0, {ENODEV, ENXIO}, IS(ENODEV)},
	{"socket_bindtodevice", CALL_IF_INDEXTONAME, 0, 0, {ENODEV, ENXIO},
	 IS(ENODEV)},
	{"*", CALL_IF_INDEXTONAME, 0, 0, {ENOENT, EBADF}, IS(EMFILE)},
	{"*", CALL_IF_NAMETOINDEX, 0, 0, {ENOENT, EBADF}, IS(EMFILE)},

	/* socket_resolve6(3), of a service; a thread asks for the name. */
	{"socket_resolve6", CALL_GETADDRINFO, 1, 0, {ENOENT},
	 IS(EPROTONOSUPPORT)},
	{"socket_dial_name", CALL_GETADDRINFO, 1, 0, {ENOENT},
	 IS(EPROTONOSUPPORT)},
	{"socket_lookup_new__service", CALL_GETADDRINFO, 1, 0, {ENOENT},
	 IS(EPROTONOSUPPORT)},
	{"socket_*", CALL_GETADDRINFO, 0, 0, {MISLEADING}, OR(SAME, EIO)},
	{"socket_lookup_new*", CALL_GETADDRINFO, 0, 0, {0}, AS(KEPT | SAME)},
	{"socket_dial_name*", CALL_GETADDRINFO, 0, 0, {0}, AS(KEPT | SAME)},
	{"*", CALL_PTHREAD_CREATE, 0, 0, {0}, IS(EAGAIN)},
	{"*", CALL_PTHREAD_SIGMASK, 0, 0, {0}, AS(SAME)},
	{"*", CALL_TIMERFD_SETTIME, 0, 0, {0}, AS(SAME)},
	/* Without timers a look-up wakes by datagrams to itself. */
	{"socket_lookup*", CALL_SOCKET, 0, 0, {EINVAL}, AS(SAME)},
	{"socket_dial_name*", CALL_SOCKET, 0, 0, {EINVAL}, AS(SAME)},
	{"socket_lookup*", CALL_RECV, 0, 0, {0}, AS(SAME)},
	{"socket_lookup*", CALL_SENDTO, 0, 0, {0}, AS(SAME)},
	{"socket_dial_name*", CALL_RECV, 0, 0, {0}, AS(SAME)},
	{"socket_dial_name*", CALL_SENDTO, 0, 0, {0}, AS(SAME)},

	/* socket_dial(3): other addresses, and what explains most. */
	{"socket_dial_step", CALL_EPOLL_CTL, 0, 0, {0}, AS(SAME | GOING_ON)},
	{"socket_dial_step", CALL_POLL, 0, 0, {0}, AS(SAME | GOING_ON)},
	{"socket_dial_step", CALLS, 0, 0, {0},
	 OR(KEPT | SAME | GOING_ON | SUCCESS, EIO, ECONNREFUSED, EADDRNOTAVAIL,
	 ENOTCONN)},
	{"socket_dial6*", CALLS, 0, 0, {0}, OR(KEPT | SAME, EIO, ECONNREFUSED,
	 EADDRNOTAVAIL, ENOTCONN)},
	{"socket_dial", CALLS, 0, 0, {0}, OR(KEPT | SAME, EIO, ECONNREFUSED,
	 EADDRNOTAVAIL, ENOTCONN)},
	{"socket_dial__address", CALLS, 0, 0, {0}, OR(KEPT | SAME, EIO,
	 ECONNREFUSED, EADDRNOTAVAIL, ENOTCONN)},
	{"socket_dial_name*", CALL_EPOLL_CTL, 0, 0, {0}, AS(SAME)},
};
/* clang-format on */

/* Like a file's name: * is anything, ? one byte. */
static int begins(const char *name, const char *pattern)
{
	if (*pattern == '*')
		return begins(name, pattern + 1) ||
		       (*name && begins(name + 1, pattern));
	if (*name == 0 || *pattern == 0)
		return *name == *pattern;
	return (*pattern == '?' || *pattern == *name) &&
	       begins(name + 1, pattern + 1);
}

static int is_among(int error, const int *errors)
{
	if (!errors[0])
		return 1;
	for (int i = 0; i < ANSWERED && errors[i]; i++)
		if (errors[i] == error)
			return 1;
	return 0;
}

/* ---- a fault ---- */

struct fault {
	enum call call;
	int nth; /* 0: each from now on */
	int error;
	/* The nth of these fails too, with ENOBUFS; CALLS: none. */
	enum call also;
	int also_nth;
};

struct outcome {
	long r;
	int error, has_failed;
};

static struct tally {
	long faults;
} * tally, no_tally;

static char doing[300];

static const char *error_of(const struct fault *t)
{
	return t->error < EAI_FAULT
		       ? strerror(t->error)
		       : gai_strerror(
				 resolver_errors[t->error - EAI_FAULT].eai);
}

static void describe(const struct subject *f, const struct state *state,
		     const struct fault *t)
{
	const char *also = t->also == CALLS ? "" : call_names[t->also];

	snprintf(doing, sizeof doing, "%s of a %s, %s %d%s%s: %s", f->name,
		 state->name, call_names[t->call], t->nth, *also ? " + " : "",
		 also, error_of(t));
}

static int complaints;

static void complain(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
static void complain(const char *format, ...)
{
	va_list args;

	if (complaints++ >= 200)
		return;
	printf("# %s: ", doing);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

/* How many of the first ones are open: a test opens no more. */
enum { WATCHED_FDS = 64 };

#if HAVE_POSIX
static int count_open(void)
{
	struct pollfd p[WATCHED_FDS];
	int count = 0;

	for (int fd = 0; fd < WATCHED_FDS; fd++)
		p[fd] = (struct pollfd){.fd = fd};
	/* Nothing is asserted here, where Check's descriptors may be away. */
	if (poll(p, WATCHED_FDS, 0) == -1)
		return -1;
	for (int fd = 0; fd < WATCHED_FDS; fd++)
		count += !(p[fd].revents & POLLNVAL);
	return count;
}
#else
static int count_open(void)
{
	return open_descriptors();
}
#endif

static void enter(struct scene *x, const struct state *state)
{
	memset(x, 0, sizeof *x);
	x->s = x->given = -1;
	for (int i = 0; i < OTHERS; i++)
		x->others[i] = -1;
	noipv6 = 0;
	state->enter(x, state->family == 6 ? AT_IPV6 : AT_IPV4);
	memset(&x->o, 0x5a, sizeof x->o);
	memset(x->text, 0x5a, sizeof x->text);
	memset(buf, 0x5a, sizeof buf);
}

static void drop(int s)
{
	if (s == -1)
		return;
	socket_linger(s, 0);
	close(s);
}

static void leave(struct scene *x)
{
	if (x->inherits)
		leave_inherited(x);
	drop(x->s);
	for (int i = 0; i < OTHERS; i++)
		drop(x->others[i]);
	socket_dial_free(x->d);
	if (x->is_given)
		drop(x->given);
	socket_lookup_free(x->l);
	socket_history_free(x->h);
	run_threads();
	drain(&bases[0]);
	drain(&bases[1]);
}

static struct outcome call(const struct subject *f, struct scene *x)
{
	struct outcome it;

	errno = BEFORE;
	it.r = f->call ? f->call(x) : f->of_socket(x->s, &x->o);
	it.error = errno;
	it.has_failed = f->gives == YES ? it.r == 0 : it.r == -1;
	if (f->gives == NO_REASON || f->gives == ERRNO_KEPT)
		it.has_failed = 0;
	return it;
}

static int is_untouched(const struct scene *x)
{
	static const unsigned char odd = 0x5a;
	const unsigned char *o = (const unsigned char *)&x->o;
	size_t i = 0;

	while (i < sizeof x->o && o[i] == odd)
		i++;
	return i == sizeof x->o && x->text[0] == odd && buf[0] == odd &&
	       buf[7] == odd;
}

/* A system that lacks one has another one's number for it: the first counts. */
static int errno_of(const struct fault *t)
{
	int i = 0;

	if (t->error < EAI_FAULT)
		return t->error;
	while (resolver_errors[i].eai !=
	       resolver_errors[t->error - EAI_FAULT].eai)
		i++;
	return resolver_errors[i].error;
}

static int is_same(const struct subject *f, const struct outcome *now,
		   const struct outcome *clean)
{
	if (now->has_failed || clean->has_failed)
		return now->has_failed == clean->has_failed &&
		       now->error == clean->error;
	return f->gives != A_NUMBER || now->r == clean->r;
}

static int is_answered(const struct subject *f, const struct fault *t,
		       int family, const struct outcome *now,
		       const struct outcome *clean)
{
	static const int none[ANSWERED];
	int error = errno_of(t);
	const struct answer *a = answers;
	const int *instead = none;
	int comes_out = KEPT;

	for (size_t i = 0; i < LENGTH(answers); i++, a++)
		if (begins(f->name, a->function) &&
		    (a->call == CALLS || a->call == t->call) &&
		    (!a->nth || a->nth == t->nth) &&
		    (!a->family || a->family == family) &&
		    is_among(error, a->errnos)) {
			comes_out = a->comes_out;
			instead = a->instead;
			break;
		}
	return (comes_out & KEPT && now->has_failed && now->error == error) ||
	       (comes_out & SAME && is_same(f, now, clean)) ||
	       (comes_out & INSTEAD && now->has_failed &&
		is_among(now->error, instead)) ||
	       (comes_out & SUCCESS && !now->has_failed) ||
	       comes_out & ANYTHING ||
	       (comes_out & GOING_ON && now->has_failed &&
		now->error == EINPROGRESS);
}

struct course {
	const struct subject *f;
	const struct state *state;
	struct scene x;
	struct outcome clean;
	int made[CALLS];
	int is_entered, before;
	long held;
};

/* Those that say of s that it is connected. */
static int is_connecting(const struct subject *f)
{
	return begins(f->name, "socket_connect*") ||
	       strcmp(f->name, "socket_wait_connected") == 0;
}

static int has_peer(int s)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof sa;

	return getpeername(s, (struct sockaddr *)&sa, &len) == 0;
}

static void judge(const struct course *c, const struct fault *t,
		  const struct outcome *now)
{
	const struct subject *f = c->f;
	const struct outcome *clean = &c->clean;

	if (f->gives == ERRNO_KEPT && now->error != BEFORE)
		complain("errno becomes %s", strerror(now->error));
	if (now->has_failed && !is_untouched(&c->x))
		complain("an output is touched");
	if (now->has_failed && now->error == BEFORE)
		complain("no reason");
	if (!now->has_failed && clean->has_failed && is_connecting(f) &&
	    !has_peer(c->x.s) && errno_of(t) != EISCONN)
		complain("it is not connected");
	if (f->gives == NO_REASON || f->gives == ERRNO_KEPT || t->nth == 0 ||
	    !c->x.has_come || (t->also != CALLS && t->also != CALL_CLOSE))
		return;
	if (!is_answered(f, t, c->state->family, now, clean))
		complain("%ld, %s; without %ld, %s", now->r,
			 now->has_failed ? strerror(now->error) : "success",
			 clean->r,
			 clean->has_failed ? strerror(clean->error)
					   : "success");
}

/* What is open of more than before; what a function gives is closed. */
static void judge_open(const struct subject *f, const struct outcome *now,
		       int before)
{
	int after = count_open(), more = 0;

	if (f->gives == A_STEP)
		return;
	if (f->gives == THE_END)
		more = -1;
	else if (f->gives == A_DESCRIPTOR && !now->has_failed)
		more = 1;
	if (f->gives == A_DESCRIPTOR && !now->has_failed)
		drop((int)now->r);
	if ((now->has_failed || f->of_socket) && after != before + more)
		complain("%d more are open", after - before - more);
}

static void arm(const struct fault *t)
{
	if (t->also != CALLS)
		fail_call(t->also, t->also_nth, ENOBUFS);
	if (t->error < EAI_FAULT) {
		fail_call(t->call, t->nth, t->error);
		return;
	}
	names.nth = t->nth;
	names.eai = resolver_errors[t->error - EAI_FAULT].eai;
}

/* Disarms it; whether it came. */
static int disarm(const struct fault *t)
{
	int came = t->error < EAI_FAULT ? t->nth == 0 || !is_to_fail(t->call)
					: names.nth == 0;

	fail_call(t->call, 0, 0);
	if (t->also != CALLS)
		fail_call(t->also, 0, 0);
	names.nth = 0;
	return came;
}

/* The outcome; without a fault if that is null. */
static struct outcome run_with(const struct subject *f, struct scene *x,
			       const struct fault *t, int made[CALLS])
{
	struct outcome now;
	int before = count_open();
	long held = allocations();

	count_calls();
	if (t)
		arm(t);
	now = call(f, x);
	for (int i = 0; i < CALLS; i++)
		made[i] = calls((enum call)i);
	x->has_come = t && disarm(t);
	tally->faults += x->has_come;
	if (f->gives == THE_END)
		x->s = -1;
	judge_open(f, &now, before);
	/* A thread that is late holds what it works with. */
	if (now.has_failed && f->gives != A_STEP && !threads.count &&
	    allocations() != held)
		complain("%ld more are allocated", allocations() - held);
	return now;
}

/* All that is left is what was there before. */
static void judge_end(int before, long held)
{
	if (count_open() != before)
		complain("%d more are open in the end", count_open() - before);
	if (allocations() != held)
		complain("%ld more are allocated in the end",
			 allocations() - held);
	if (names.answered != names.freed && HAVE(HAVE_FREEADDRINFO))
		complain("%d answers are not freed",
			 names.answered - names.freed);
	names.answered = names.freed = 0;
}

static void begin(struct course *c)
{
	if (c->is_entered)
		return;
	c->before = count_open();
	c->held = allocations();
	enter(&c->x, c->state);
	c->is_entered = 1;
}

static void end(struct course *c)
{
	if (!c->is_entered)
		return;
	leave(&c->x);
	judge_end(c->before, c->held);
	c->is_entered = 0;
}

static int count(const int made[CALLS])
{
	int sum = 0;

	for (int i = 0; i < CALLS; i++)
		sum += made[i];
	return sum;
}

/* Whether another way was taken than without the fault: its calls are others. */
static int fail_once(struct course *c, const struct fault *t, int made[CALLS])
{
	struct outcome now;

	describe(c->f, c->state, t);
	begin(c);
	now = run_with(c->f, &c->x, t, made);
	judge(c, t, &now);
	/* A socket whose only call failed is as it was. */
	if (c->f->call || !now.has_failed || count(made) != 1 ||
	    c->f->gives == THE_END)
		end(c);
	return !now.has_failed || now.error != errno_of(t);
}

/* Where all is slow, some. */
static int is_left_out(void)
{
	static int turn;

	return is_slow() && ++turn % 16 != 0;
}

/*
 * What does not go on for ever: a signal, and a limit of descriptors. A clock
 * that is there does not fail at all (clock_gettime(2)).
 */
static int is_brief(enum call which, int nth, int error)
{
	if (nth != 0)
		return 0;
	return which == CALL_CLOCK_GETTIME || which == CALL_GETTIMEOFDAY ||
	       (which == CALL_POLL && (error == EINTR || error == EINVAL));
}

enum { MOST = 10 }; /* calls of a kind */

/* Where a fault is answered, each call that the answer makes fails as well. */
static void fail_twice(struct course *c, const struct fault *first,
		       const int made[CALLS])
{
	struct fault t = *first;
	int unused[CALLS];

	for (t.also = 0; t.also < CALLS; t.also++)
		for (t.also_nth = 1;
		     t.also != t.call && t.also_nth <= made[t.also] &&
		     t.also_nth <= MOST;
		     t.also_nth++)
			if (!is_left_out())
				fail_once(c, &t, unused);
}

static void fail_with(struct course *c, struct fault t)
{
	int made[CALLS], is_answered_;

	if (is_left_out() || is_brief(t.call, t.nth, t.error))
		return;
	t.also = CALLS;
	is_answered_ = fail_once(c, &t, made);
	if (t.nth == 0)
		return;
	if (is_answered_ && c->f->gives != A_STEP)
		fail_twice(c, &t, made);
	else if (made[CALL_CLOSE]) {
		/* All that is closed by then: the reason stays. */
		t.also = CALL_CLOSE;
		fail_once(c, &t, made);
	}
}

static void fail_each(struct course *c, enum call which, int nth)
{
	for (int i = 0; i < ERRNOS && errnos[which][i]; i++)
		fail_with(c, (struct fault){which, nth, errnos[which][i], CALLS,
					    0});
	if (which != CALL_GETADDRINFO || nth == 0)
		return;
	for (int i = 0; i < (int)LENGTH(resolver_errors); i++)
		fail_with(c,
			  (struct fault){which, nth, EAI_FAULT + i, CALLS, 0});
}

static void fail_in(const struct subject *f, const struct state *state)
{
	struct course c = {.f = f, .state = state};

	snprintf(doing, sizeof doing, "%s of a %s", f->name, state->name);
	begin(&c);
	c.clean = run_with(f, &c.x, NULL, c.made);
	end(&c);
	for (enum call i = 0; i < CALLS; i++) {
		for (int nth = 1; nth <= c.made[i] && nth <= MOST; nth++)
			fail_each(&c, i, nth);
		if (c.made[i] > 0)
			fail_each(&c, i, 0);
	}
	end(&c);
}

#if HAVE_POSIX
static void on_hang(int signal)
{
	static const char hangs[] = "# hangs: ";
	ssize_t n = write(1, hangs, sizeof hangs - 1);

	n += write(1, doing, strlen(doing));
	n += write(1, "\n", 1);
	(void)signal, (void)n;
	_exit(1);
}

static void set_alarm(unsigned int seconds)
{
	signal(SIGALRM, on_hang);
	alarm(seconds);
}
#else
/* The limit of a test's time is all there is. */
static void set_alarm(unsigned int seconds)
{
	(void)seconds;
}
#endif

static int is_missing(const struct state *state)
{
	return (state->family == 6 && place_missing(AT_IPV6)) ||
	       (state->is_named && !HAVE(HAVE_FREEADDRINFO));
}

static void fail_all(const struct subject *f)
{
	struct scene x;

	stand_between();
	/* What is asked for once, or opened, is so now. */
	lo_name();
	base_at(AT_IPV4);
	if (!place_missing(AT_IPV6))
		base_at(AT_IPV6);
	for (size_t i = 0; i < f->n; i++) {
		if (is_missing(&f->states[i]))
			continue;
		enter(&x, &f->states[i]);
		leave(&x);
	}
	for (size_t i = 0; i < f->n; i++) {
		if (is_missing(&f->states[i]))
			continue;
		set_alarm(is_slow() ? 200 : 20);
		fail_in(f, &f->states[i]);
	}
	set_alarm(0);
	ck_assert_msg(complaints == 0, "%s: %d", f->name, complaints);
}

static void share_tally(void)
{
	/* The buffer of standard output is not allocated later. */
	static char room[4096];

	fflush(stdout);
	setvbuf(stdout, room, _IOLBF, sizeof room);
	/* Nor is a thread's, where the compiler has no variables of threads. */
	socket_error(EINVAL);
	socket_getifname(1);
	tally = shared_memory(sizeof *tally);
	if (!tally)
		tally = &no_tally;
}

SETUP(share_tally)

/*
 * The answers are those of the newest calls and of both families. What replaces
 * these asks by other calls and in another order: accept4 stands for all that
 * may be missing.
 */
#define need_all_calls()                                                       \
 do {                                                                          \
  need(HAVE_POSIX);                                                            \
  need(HAVE_ACCEPT4);                                                          \
  need_ipv6();                                                                 \
 } while (0)

LOOP_TEST(a_function_of_a_descriptor_answers_every_fault, LENGTH(functions))
{
	struct subject f = subject_of(&functions[_i]);

	need_all_calls();
	fail_all(&f);
}

LOOP_TEST(a_function_answers_every_fault, LENGTH(objects))
{
	need_all_calls();
	if (*executor() && strstr(objects[_i].name, "__control"))
		skip("qemu-user: control messages are translated");
	fail_all(&objects[_i]);
}

LOOP_TEST(a_function_of_names_answers_every_fault, LENGTH(named))
{
	need_all_calls();
	fail_all(&named[_i]);
}

/* An event loop asks no look-up whose descriptor has no news. */
TEST(a_look_up_without_memory_for_its_question_is_ready_to_say_so)
{
	struct socket_lookup *l;
	int has_failed;

	need_all_calls();
	stand_between();
	fail_call(CALL_ALLOCATION, 2, ENOMEM);
	l = socket_lookup_new("two.test", "80", SOCKET_LOOKUP_V4);
	has_failed = !is_to_fail(CALL_ALLOCATION);
	fail_call(CALL_ALLOCATION, 0, 0);
	ck_assert_ptr_nonnull(l);
	ck_assert(readable(socket_lookup_fd(l), 5000));
	if (has_failed)
		assert_fails(ENOMEM, socket_lookup_take(l, NULL, 0));
	socket_lookup_free(l);
}

/* ---- every function has its row ---- */

/* What precedes two underscores is the function's name. */
static int has_row(const char *name, const struct subject *rows, size_t n)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (strncmp(rows[i].name, name, len) == 0 &&
		    (rows[i].name[len] == 0 ||
		     strncmp(rows[i].name + len, "__", 2) == 0))
			return 1;
	return 0;
}

static int is_pure(const char *name)
{
	for (size_t i = 0; i < LENGTH(pure); i++)
		if (strcmp(name, pure[i]) == 0)
			return 1;
	return 0;
}

static void find_row(const char *name)
{
	int found = is_pure(name) || has_row(name, STATES(objects)) ||
		    has_row(name, STATES(named));

	for (size_t i = 0; i < LENGTH(functions); i++)
		found |= strcmp(functions[i].name, name) == 0;
	ck_assert_msg(found, "%s", name);
}

TEST(every_exported_function_is_here)
{
	for_each_export(find_row);
}

TEST(so_many_calls_failed)
{
	need_all_calls();
	printf("# %ld calls failed\n", tally->faults);
	fflush(stdout);
	ck_assert(is_slow() || tally->faults >= 15000);
}

#include "check_faults.list"
