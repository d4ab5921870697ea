/* SPDX-License-Identifier: ISC */
/*
 * many.c - look-ups, then dials by name, as many at once as descriptors allow.
 *
 * usage: many COUNT HOST
 *
 * Every look-up must find an address, and every dial must be refused: nobody
 * listens. Writes how many there were at once.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { MOST = 100000, ADDRESSES = 16 };

/* Descriptors: of a look-up, of a dial with one attempt; of 256 threads. */
enum { PER_LOOKUP = 1, PER_DIAL = 4, OTHERS = 600 };

static long descriptors;

static struct pollfd fds[MOST];
static void *all[MOST];
static int count, wrong;

/* Whether one is over: a look-up with an address, a dial by a refusal. */
typedef int finish(void *one);

static int finish_lookup(void *one)
{
	struct socket_addr6 addrs[ADDRESSES];
	int n = socket_lookup_take(one, addrs, ADDRESSES);

	if (n == -1 && errno == EAGAIN)
		return 0;
	wrong += n <= 0;
	socket_lookup_free(one);
	return 1;
}

static int finish_dial(void *one)
{
	int s = socket_dial_step(one);

	if (s == -1 && errno == EINPROGRESS)
		return 0;
	wrong += s != -1 || errno != ECONNREFUSED;
	socket_close(s);
	socket_dial_free(one);
	return 1;
}

static int begin_lookup(const char *host, int i)
{
	all[i] = socket_lookup_new(host, "1", 0);
	fds[i] = (struct pollfd){socket_lookup_fd(all[i]), POLLIN, 0};
	return all[i] != NULL;
}

static int begin_dial(const char *host, int i)
{
	all[i] = socket_dial_new(ADDRESSES);
	fds[i] = (struct pollfd){socket_dial_fd(all[i]), POLLIN, 0};
	if (fds[i].fd != -1 && socket_dial_name(all[i], host, "1", 0) == 0)
		return 1;
	socket_dial_free(all[i]);
	return 0;
}

static void end_all(int n, finish *finish)
{
	for (int left = n; left > 0;) {
		poll(fds, (nfds_t)n, -1);
		for (int i = 0; i < n; i++)
			if (fds[i].revents && finish(all[i])) {
				fds[i].fd = -1;
				left--;
			}
	}
}

static void run(const char *what, const char *host, int per,
		int (*begin)(const char *, int), finish *finish)
{
	int n = 0;

	while (n < count && n < (descriptors - OTHERS) / per && begin(host, n))
		n++;
	end_all(n, finish);
	printf("%s at once: %d\n", what, n);
}

int main(int argc, char **argv)
{
	struct rlimit limit;

	count = argc == 3 ? atoi(argv[1]) : 0;
	if (count <= 0 || count > MOST)
		return 2;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	descriptors = (long)limit.rlim_max;
	run("look-ups", argv[2], PER_LOOKUP, begin_lookup, finish_lookup);
	run("dials", argv[2], PER_DIAL, begin_dial, finish_dial);
	printf("wrong: %d\n", wrong);
	return wrong > 0;
}
