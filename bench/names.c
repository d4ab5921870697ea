/* SPDX-License-Identifier: ISC */
/*
 * names.c - what looking names up costs, and many dials by name at once.
 *
 *	name_server -o LOG -r '' names LOG [DIALS]
 *
 * In a network of its own. The server logs to LOG what it is asked.
 */
#include "common.h"

#include <dirent.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <socket6.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { ROUNDS = 201, AT_ONCE = 512, SECONDS = 10, EVENTS = 64 };

/* Descriptors: of a dial, with two attempts; of 256 threads, and all else. */
enum { PER_DIAL = 5, OTHERS = 300 };

static const char *log_path;
static char port[8];

/* ---- what is counted ---- */

static long queries(void)
{
	FILE *log = fopen(log_path, "r");
	long count = 0;
	int c;

	must(log ? 0 : -1, log_path);
	while ((c = getc(log)) != EOF)
		count += c == '\n';
	fclose(log);
	return count;
}

static int threads(void)
{
	DIR *dir = opendir("/proc/self/task");
	int count = -2; /* . and .. */

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Microseconds. */
static double median_of(void (*function)(void))
{
	static double took[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		double began = now();

		function();
		took[i] = (now() - began) * 1e6;
	}
	qsort(took, ROUNDS, sizeof *took, compare);
	return took[ROUNDS / 2];
}

/* ---- one name ---- */

static int most_threads;

/* How many addresses are told. */
static int look_up(const char *host)
{
	struct socket_lookup *l = socket_lookup_new(host, "1", 0);
	struct pollfd p = {.events = POLLIN};
	struct socket_addr6 a[8];
	int n, told = 0;

	must(l ? 0 : -1, host);
	p.fd = socket_lookup_fd(l);
	do {
		if (most_threads < threads())
			most_threads = threads();
		n = socket_lookup_take(l, a, 8);
		if (n == -1)
			poll(&p, 1, -1);
		told += n > 0 ? n : 0;
	} while (n != 0);
	socket_lookup_free(l);
	return told;
}

static void look_up_once(const char *host)
{
	struct socket_lookup *l = socket_lookup_new(host, "1", 0);
	struct pollfd p = {.fd = socket_lookup_fd(l), .events = POLLIN};
	struct socket_addr6 a[8];

	while (socket_lookup_take(l, a, 8) == -1)
		poll(&p, 1, -1);
	socket_lookup_free(l);
}

static void address(void)
{
	look_up_once("2001:db8::1");
}

static void name(void)
{
	look_up_once("now.test");
}

static void name_by_system(void)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found;

	if (getaddrinfo("now.test", "1", &hints, &found) == 0)
		freeaddrinfo(found);
}

static void measure_one(void)
{
	long before = queries();
	int told = look_up("20ms.test");

	printf("a name answered after 20 ms: %d addresses, %ld queries, "
	       "%d threads besides\n",
	       told, queries() - before, most_threads - 1);
	printf("an address: %.1f us\n", median_of(address));
	printf("a name: %.0f us, by getaddrinfo %.0f us\n", median_of(name),
	       median_of(name_by_system));
}

/* ---- look-ups a second ---- */

static struct socket_lookup *lookups[AT_ONCE];
static struct pollfd polled[AT_ONCE];
static double begun[AT_ONCE], longest;
static int serial;

static void begin(int i, const char *mode)
{
	char host[64];

	snprintf(host, sizeof host, "%d.%s.test", serial++, mode);
	lookups[i] = socket_lookup_new(host, "1", 0);
	must(lookups[i] ? 0 : -1, host);
	begun[i] = now();
	polled[i].fd = socket_lookup_fd(lookups[i]);
	polled[i].events = POLLIN;
}

/* Whether this one was told an address; another one then takes its place. */
static int take(int i, const char *mode)
{
	struct socket_addr6 a[8];

	if (!polled[i].revents || socket_lookup_take(lookups[i], a, 8) == -1)
		return 0;
	if (longest < now() - begun[i])
		longest = now() - begun[i];
	socket_lookup_free(lookups[i]);
	begin(i, mode);
	return 1;
}

static void measure_rate(const char *mode, int at_once)
{
	double end = now() + SECONDS;
	int told = 0;

	longest = 0;
	for (int i = 0; i < at_once; i++)
		begin(i, mode);
	while (now() < end) {
		poll(polled, (nfds_t)at_once, 100);
		for (int i = 0; i < at_once; i++)
			told += take(i, mode);
	}
	for (int i = 0; i < at_once; i++)
		socket_lookup_free(lookups[i]);
	printf("%s.test, %d at once: %.1f look-ups a second, the longest %.1f "
	       "s\n",
	       mode, at_once, told / (double)SECONDS, longest);
	fflush(stdout);
}

/* ---- many dials ---- */

static struct socket_dial **dials;
static int loop, begun_dials, connected, failed, last_error;

static void end_dial(struct socket_dial *d, int s)
{
	if (s == -1) {
		failed++;
		last_error = errno;
	} else {
		connected++;
		close(s);
	}
	socket_dial_free(d);
}

/* Until the dial has to wait; 0 once it has ended. */
static int step(struct socket_dial *d)
{
	int s = socket_dial_step(d);

	if (s == -1 && errno == EINPROGRESS)
		return 1;
	end_dial(d, s);
	return 0;
}

/* Begins the next one in this place. */
static void begin_dial(int place, const char *mode)
{
	struct epoll_event event = {.events = EPOLLIN};
	char host[64];

	snprintf(host, sizeof host, "%d.%s.test", begun_dials++, mode);
	dials[place] = socket_dial_new(8);
	must(dials[place] ? 0 : -1, "memory");
	must(socket_dial_name(dials[place], host, port, 0), host);
	event.data.u32 = (uint32_t)place;
	must(epoll_ctl(loop, EPOLL_CTL_ADD, socket_dial_fd(dials[place]),
		       &event),
	     "epoll");
}

static void run_dials(const char *mode, int count, int at_once)
{
	struct epoll_event events[EVENTS];

	for (int i = 0; i < at_once; i++)
		begin_dial(i, mode);
	while (connected + failed < count) {
		int n = epoll_wait(loop, events, EVENTS, -1);

		for (int i = 0; i < n; i++) {
			int place = (int)events[i].data.u32;

			if (!step(dials[place]) && begun_dials < count)
				begin_dial(place, mode);
		}
	}
}

/* As many at once as descriptors allow, besides those of the threads. */
static void measure_dials(const char *mode, int count)
{
	struct rlimit limit;
	struct rusage usage;
	double began = now();
	long before = queries();
	int at_once;

	getrlimit(RLIMIT_NOFILE, &limit);
	at_once = ((int)limit.rlim_cur - OTHERS) / PER_DIAL;
	if (at_once > count)
		at_once = count;
	dials = calloc((size_t)at_once, sizeof(struct socket_dial *));
	loop = must(epoll_create1(EPOLL_CLOEXEC), "epoll");
	run_dials(mode, count, at_once);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s.test, %d dials, %d at once: %d connected, %d failed%s%s, "
	       "%.1f s, %ld queries, at most %ld KiB\n",
	       mode, count, at_once, connected, failed, failed ? ": " : "",
	       failed ? strerror(last_error) : "", now() - began,
	       queries() - before, usage.ru_maxrss);
	close(loop);
	free(dials);
}

/* Accepts at ::1 and 127.0.0.1, until this process ends. */
static pid_t listen_apart(void)
{
	int l = must(socket_tcp6b(), "socket"), s;
	pid_t child;
	uint16_t number;

	must(socket_bind6_reuse(l, NULL, 0, 0), "bind");
	must(socket_listen(l, 65535), "listen");
	socket_local6(l, NULL, &number, NULL);
	snprintf(port, sizeof port, "%u", number);
	child = must(fork(), "fork");
	while (child == 0)
		if ((s = socket_accept6(l, NULL, NULL, NULL)) != -1)
			close(s);
	close(l);
	return child;
}

/* In a process of its own: what one leaves running is not the next one's. */
static void apart(void (*measure)(const char *, int), const char *mode, int n)
{
	pid_t child = must(fork(), "fork");

	if (child == 0) {
		measure(mode, n);
		fflush(stdout);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 10000;
	pid_t listener;

	if (argc < 2)
		return 2;
	log_path = argv[1];
	listener = listen_apart();
	measure_one();
	fflush(stdout);
	apart(measure_rate, "now", 100);
	apart(measure_rate, "aaaa-never", 1);
	apart(measure_rate, "aaaa-never", 100);
	apart(measure_rate, "aaaa-never", AT_ONCE);
	apart(measure_dials, "now", count);
	apart(measure_dials, "aaaa-never", count);
	kill(listener, SIGKILL);
	return 0;
}
