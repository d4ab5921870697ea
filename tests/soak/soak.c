/* SPDX-License-Identifier: ISC */
/*
 * soak.c - many connections in every way, a quarter of which must fail.
 *
 * usage: soak CONNECTIONS
 *
 * In a network namespace of its own, where packets to 127.0.0.9 are dropped.
 * Two threads dial, with one history; two serve. Exit status 1 if one came out
 * otherwise than it must, or if descriptors, threads or memory are left.
 */
#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 2, SERVERS = 2, AT_ONCE = 256, EVENTS = 64, RECORDS = 4 };

static const char greeting[16] = "welcome to soak";

static void die(const char *what)
{
	fprintf(stderr, "soak: %s: %s\n", what, socket_error(errno));
	exit(1);
}

static int must(int r, const char *what)
{
	if (r == -1)
		die(what);
	return r;
}

static struct socket_addr6 address(const char *text, uint16_t port)
{
	struct socket_addr6 a = {.port = port};

	if (scan_ip6(text, a.ip) != strlen(text))
		die(text);
	return a;
}

static uint16_t port_of(int s)
{
	uint16_t port;

	must(socket_local6(s, NULL, &port, NULL), "local");
	return port;
}

/* ---- servers: one greets, the other resets; both as fast as they can ---- */

static struct server {
	pthread_t thread;
	int listener, resets;
} servers[SERVERS] = {{.resets = 0}, {.resets = 1}};

static void *serve(void *arg)
{
	struct server *server = arg;
	int s;

	while ((s = socket_accept6(server->listener, NULL, NULL, NULL)) != -1) {
		if (server->resets)
			socket_linger(s, 0);
		else
			socket_write(s, greeting, sizeof greeting);
		socket_close(s);
	}
	return NULL;
}

static void begin_servers(void)
{
	for (int i = 0; i < SERVERS; i++) {
		servers[i].listener = must(
			socket_listener6(V6any, 0, 0, 1024, SOCKET_CLOEXEC),
			"listener");
		if (pthread_create(&servers[i].thread, NULL, serve,
				   &servers[i]))
			die("thread");
	}
}

static void end_servers(void)
{
	for (int i = 0; i < SERVERS; i++) {
		socket_shutdown(servers[i].listener, SOCKET_READABLE);
		pthread_join(servers[i].thread, NULL);
		socket_close(servers[i].listener);
	}
}

/* ---- the ways ---- */

/* What must come of it, but OTHER. LET_GO is freed before anything could. */
enum outcome {
	GREETED,
	RESET,
	REFUSED,
	DROPPED,
	LET_GO,
	RECORDED,
	OTHER,
	OUTCOMES
};

static const char *const outcome_names[OUTCOMES] = {
	"connected", "reset",	"refused",  "timed out",
	"freed",     "records", "otherwise"};

/* Where to, and what then; a name is looked up. */
static const struct way {
	const char *first, *second, *name;
	enum outcome outcome;
} ways[] = {
	{"::1", NULL, NULL, GREETED},
	{"::ffff:127.0.0.1", NULL, NULL, GREETED},
	{"::1", NULL, NULL, GREETED},
	{"::ffff:127.0.0.2", NULL, NULL, GREETED},
	{"::1", "::ffff:127.0.0.1", NULL, GREETED},
	{NULL, NULL, "localhost", GREETED},
	{NULL, NULL, "localhost", GREETED},
	{NULL, NULL, "127.0.0.1", GREETED},
	{NULL, NULL, "::1", GREETED},
	{"::1", NULL, NULL, RECORDED},
	{"::ffff:127.0.0.1", NULL, NULL, RECORDED},
	{"::ffff:127.0.0.9", "::1", NULL, GREETED},
	{"::1", NULL, NULL, RESET},
	{"::ffff:127.0.0.1", "::1", NULL, REFUSED},
	{"::ffff:127.0.0.9", NULL, NULL, DROPPED},
	{"::ffff:127.0.0.9", NULL, "localhost", LET_GO},
};
enum { WAYS = sizeof ways / sizeof *ways, DROPPED_MS = 50 };

static int refusing; /* bound, and nobody listens */
static struct socket_history *history;

struct client {
	pthread_t thread;
	int epoll, running, records[2];
	long begun, ended, quota, came[OUTCOMES], wrong;
	struct dial {
		struct socket_dial *d;
		const struct way *way;
	} dials[AT_ONCE];
};

static uint16_t port_for(const struct way *way)
{
	if (way->outcome == REFUSED)
		return port_of(refusing);
	return port_of(servers[way->outcome == RESET].listener);
}

static void give_addresses(struct socket_dial *d, const struct way *way)
{
	const char *const texts[] = {way->first, way->second};
	char service[6] = {0};
	uint16_t port = port_for(way);

	for (int i = 0; i < 2; i++)
		if (texts[i]) {
			struct socket_addr6 a = address(texts[i], port);

			must(socket_dial_add(d, &a, 1), "add");
		}
	snprintf(service, sizeof service, "%u", (unsigned)port);
	if (way->name)
		must(socket_dial_name(d, way->name, service, 0), way->name);
	else
		must(socket_dial_end(d), "end");
}

/* Records to itself, with all that comes with them. */
static int exchange_records(int s, const struct way *way)
{
	struct socket_datagram6 grams[RECORDS];
	char buf[RECORDS * sizeof greeting];
	size_t came = 0;
	ssize_t n;

	for (int i = 0; i < RECORDS; i++) {
		grams[i] = (struct socket_datagram6){
			.peer = address(way->first, port_of(s)),
			.offset = 0,
			.len = sizeof greeting,
			.hops = -1,
			.tclass = -1};
	}
	if (socket_sendmany6(s, greeting, sizeof greeting, grams, RECORDS) !=
	    RECORDS)
		return 0;
	for (; came < RECORDS; came += (size_t)n) {
		n = socket_recvmany6(s, buf, sizeof buf, grams, RECORDS - came);
		for (ssize_t i = 0; i < n; i++)
			if (grams[i].len != sizeof greeting ||
			    memcmp(buf + grams[i].offset, greeting,
				   sizeof greeting) != 0)
				return 0;
		if (n <= 0)
			return 0;
	}
	return 1;
}

static void count(struct client *c, const struct way *way, enum outcome came)
{
	c->came[came]++;
	c->ended++;
	if (came == way->outcome)
		return;
	c->wrong++;
	if (c->wrong <= 10)
		fprintf(stderr, "soak: way %d: %s (%s)\n", (int)(way - ways),
			outcome_names[came], socket_error(errno));
}

/* A connection to the one that resets may be told so only when it is read. */
static enum outcome talk(int s)
{
	char buf[sizeof greeting];
	size_t len = 0;
	ssize_t n = 1;

	must(ndelay_off(s), "blocking");
	while (len < sizeof buf && n > 0) {
		n = socket_read(s, buf + len, sizeof buf - len);
		len += n > 0 ? (size_t)n : 0;
	}
	socket_close(s);
	if (n == -1)
		return errno == ECONNRESET ? RESET : OTHER;
	return len == sizeof buf && memcmp(buf, greeting, len) == 0 ? GREETED
								    : OTHER;
}

static enum outcome reason(int error)
{
	if (error == ECONNREFUSED)
		return REFUSED;
	if (error == ECONNRESET)
		return RESET;
	return error == ETIMEDOUT ? DROPPED : OTHER;
}

static void end_dial(struct client *c, struct dial *dial, enum outcome came)
{
	socket_dial_free(dial->d);
	dial->d = NULL;
	c->running--;
	count(c, dial->way, came);
}

static void step(struct client *c, struct dial *dial)
{
	int s = socket_dial_step(dial->d);

	if (s != -1)
		end_dial(c, dial, talk(s));
	else if (errno != EINPROGRESS)
		end_dial(c, dial, reason(errno));
	else if (dial->way->outcome == LET_GO)
		end_dial(c, dial, LET_GO);
}

static void begin(struct client *c, struct dial *dial)
{
	struct epoll_event event = {EPOLLIN, {.ptr = dial}};

	dial->way = &ways[c->begun++ % WAYS];
	if (dial->way->outcome == RECORDED) {
		int s = c->records[dial->way->first[2] == 'f'];

		count(c, dial->way,
		      exchange_records(s, dial->way) ? RECORDED : OTHER);
		return;
	}
	dial->d = socket_dial_new(4);
	if (!dial->d)
		die("dial");
	socket_dial_set_history(dial->d, history);
	if (dial->way->outcome == DROPPED)
		socket_dial_set(dial->d, SOCKET_DIAL_DEADLINE, DROPPED_MS);
	give_addresses(dial->d, dial->way);
	c->running++;
	must(epoll_ctl(c->epoll, EPOLL_CTL_ADD, socket_dial_fd(dial->d),
		       &event),
	     "epoll");
	step(c, dial);
}

static void *work(void *arg)
{
	struct client *c = arg;
	struct epoll_event events[EVENTS];
	int n;

	while (c->begun < c->quota || c->running > 0) {
		for (int i = 0; i < AT_ONCE && c->begun < c->quota; i++)
			if (!c->dials[i].d)
				begin(c, &c->dials[i]);
		n = c->running > 0 ? epoll_wait(c->epoll, events, EVENTS, -1)
				   : 0;
		for (int i = 0; i < n; i++)
			step(c, events[i].data.ptr);
	}
	return NULL;
}

/* ---- what is left ---- */

/* What the C library's allocator keeps for a thread, whatever was done. */
enum { KEPT = 65536 };

struct state {
	int fds, threads;
	size_t bytes;
};

static int entries(const char *path)
{
	DIR *dir = opendir(path);
	int n = -3; /* . and .., and this directory */

	if (!dir)
		die(path);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static struct state now_held(void)
{
	return (struct state){entries("/proc/self/fd"),
			      entries("/proc/self/task") + 1,
			      mallinfo2().uordblks};
}

/* Once all is over: a thread that still asks for a name ends by itself. */
static struct state held_at_last(void)
{
	struct state now = now_held();

	for (int i = 0; i < 1000 && now.threads > 1 + SERVERS; i++) {
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
		now = now_held();
	}
	return now;
}

static void run(struct client *c, long quota)
{
	for (int i = 0; i < CLIENTS; i++) {
		c[i].quota += quota / CLIENTS;
		if (pthread_create(&c[i].thread, NULL, work, &c[i]))
			die("thread");
	}
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(c[i].thread, NULL);
}

static void open_all(struct client *c)
{
	for (int i = 0; i < CLIENTS; i++) {
		c[i].epoll = must(epoll_create1(EPOLL_CLOEXEC), "epoll");
		for (int k = 0; k < 2; k++) {
			c[i].records[k] = k ? socket_udp4() : socket_udp6();
			ndelay_off(c[i].records[k]);
			must(socket_bind6(c[i].records[k],
					  k ? address("::ffff:127.0.0.1", 0).ip
					    : V6loopback,
					  0, 0),
			     "bind");
		}
	}
	refusing = must(socket_tcp6(), "socket");
	must(socket_bind6(refusing, V6any, 0, 0), "bind");
	history = socket_history_new(1024);
	begin_servers();
}

int main(int argc, char **argv)
{
	static struct client clients[CLIENTS];
	long quota = argc == 2 ? atol(argv[1]) : 0, wrong = 0, came;
	struct state before, after;

	if (quota < CLIENTS)
		return 2;
	open_all(clients);
	run(clients, AT_ONCE * WAYS); /* what is allocated once */
	before = held_at_last();
	run(clients, quota);
	after = held_at_last();
	for (int o = 0; o < OUTCOMES; o++) {
		came = 0;
		for (int i = 0; i < CLIENTS; i++)
			came += clients[i].came[o];
		printf("%-10s %ld\n", outcome_names[o], came);
	}
	for (int i = 0; i < CLIENTS; i++)
		wrong += clients[i].wrong;
	printf("%-10s %ld\n", "wrong", wrong);
	printf("descriptors %d, %d; threads %d, %d; bytes %zu, %zu\n",
	       before.fds, after.fds, before.threads, after.threads,
	       before.bytes, after.bytes);
	end_servers();
	return wrong > 0 || after.fds > before.fds ||
	       after.threads > before.threads ||
	       after.bytes > before.bytes + KEPT;
}
