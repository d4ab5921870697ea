/* SPDX-License-Identifier: ISC */
/* names.c - a test's own name server, as a process, and how it is asked. */
#include "config.h"

#include "etc.h"
#include "name_server.h"
#include "names.h"
#include "net.h"
#include "platform.h"

#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DNSMASQ "/usr/sbin/dnsmasq"

/* In the /etc of our own. */
#define LOG "/etc/name_server.log"

/* One, and one beside it or between. */
static pid_t servers[2], parent;
static int running;

/* A child of the test's, which ends by exit, has nothing to stop. */
static void stop(void)
{
	if (getpid() != parent)
		return;
	while (running > 0) {
		kill(servers[--running], SIGKILL);
		waitpid(servers[running], NULL, 0);
	}
}

static void configure(struct name_server *ns, const struct names *names)
{
	name_server_init(ns);
	if (names->a)
		ck_assert_int_eq(name_server_address(ns, names->a), 0);
	if (names->aaaa)
		ck_assert_int_eq(name_server_address(ns, names->aaaa), 0);
	if (names->nat64)
		ck_assert_int_eq(name_server_nat64(ns, names->nat64), 0);
	if (names->ipv4only)
		ck_assert_int_eq(name_server_ipv4only(ns, names->ipv4only), 0);
	ns->log = open(LOG, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	ck_assert_int_ge(ns->log, 0);
}

/* The sockets are there before the server: it answers what is asked early. */
static uint16_t start(const struct names *names, uint16_t port)
{
	struct name_server ns;
	int s[TRANSPORTS];
	pid_t child;

	ck_assert_int_lt(running, (int)LENGTH(servers));
	configure(&ns, names);
	assert_gives(0, name_server_open("127.0.0.1", &port, s));
	parent = getpid();
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		name_server_run(&ns, s, parent);
		_exit(0);
	}
	servers[running++] = child;
	close(s[UDP]);
	close(s[TCP]);
	close(ns.log);
	return port;
}

void names_beside(const struct names *names)
{
	start(names, 53);
}

/* It binds UDP first: who accepts is there. */
static void await_port(uint16_t port)
{
	int s = -1;

	for (int i = 0; s == -1; i++) {
		s = socket_tcp4b();
		ck_assert_msg(i < 5000, "nobody listens at port %d", port);
		if (socket_connect4(s, ip4("127.0.0.1"), port) == -1) {
			close(s);
			s = -1;
			poll(NULL, 0, 1);
		}
	}
	close(s);
}

/* -d: in the foreground, as whoever it is. */
static void run_dnsmasq(uint16_t port)
{
	char server[32];
	int null = open("/dev/null", O_RDWR);

	snprintf(server, sizeof server, "--server=127.0.0.1#%d", port);
	dup2(null, STDERR_FILENO);
	execl(DNSMASQ, DNSMASQ, "-d", "--conf-file=/dev/null", "--no-hosts",
	      "--no-resolv", "--cache-size=0", "--bind-interfaces",
	      "--listen-address=127.0.0.1", server, (char *)NULL);
	_exit(127);
}

static void start_dnsmasq(uint16_t port)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		run_dnsmasq(port);
	servers[running++] = child;
	await_port(53);
}

static const char *enter_etc(const struct etc *etc)
{
	int r = etc_enter(etc);

	if (r == ETC_NONE)
		return "no mount namespaces";
	ck_assert_msg(r == 0, "no /etc: %s", strerror(errno));
	return NULL;
}

/*
 * The C library asks by sockets with these modes. old_kernel.c refuses them to
 * the library, and cannot tell the two apart.
 */
static const char *cannot_ask(void)
{
#ifdef SOCK_NONBLOCK
	int s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (s == -1 && errno == EINVAL)
		return "the C library needs SOCK_NONBLOCK";
	close(s);
#endif
	return NULL;
}

const char *names_enter(const struct names *names)
{
	const struct etc etc = {names->options, names->hosts, names->gai_conf};
	static int entered;
	const char *why = net_enter();

	if (!why && names->by_dnsmasq && access(DNSMASQ, X_OK) == -1)
		why = "no dnsmasq";
	if (!why)
		why = cannot_ask();
	if (!why)
		why = enter_etc(&etc);
	if (why)
		return why;
	if (!entered++)
		ck_assert_int_eq(atexit(stop), 0);
	stop();
	unlink(LOG);
	if (names->by_dnsmasq)
		start_dnsmasq(start(names, 0));
	else
		start(names, 53);
	return NULL;
}

/* A line of the log. */
struct asked {
	char name[320], type[16], by[8];
	long long at;
};

static FILE *open_log(long mark)
{
	FILE *log = fopen(LOG, "re");

	ck_assert_ptr_nonnull(log);
	ck_assert_int_eq(fseek(log, mark, SEEK_SET), 0);
	return log;
}

/* The next line of that type, unless it is not whole yet. */
static int next_asked(FILE *log, const char *type, struct asked *a)
{
	char line[512];

	while (fgets(line, sizeof line, log) && strchr(line, '\n'))
		if (sscanf(line, "%319s %15s %7s %lld", a->name, a->type, a->by,
			   &a->at) == 4 &&
		    (!type || strcmp(a->type, type) == 0))
			return 1;
	return 0;
}

long names_mark(void)
{
	FILE *log = open_log(0);
	long end;

	ck_assert_int_eq(fseek(log, 0, SEEK_END), 0);
	end = ftell(log);
	fclose(log);
	return end;
}

int names_asked_for(long mark, const char *name, const char *type)
{
	FILE *log = open_log(mark);
	struct asked a;
	int count = 0;

	while (next_asked(log, type, &a))
		count += !name || strcmp(a.name, name) == 0;
	fclose(log);
	return count;
}

int names_asked(long mark, const char *type)
{
	return names_asked_for(mark, NULL, type);
}

static struct asked first_asked(long mark, const char *type)
{
	FILE *log = open_log(mark);
	struct asked a;

	ck_assert_msg(next_asked(log, type, &a), "no query of type %s",
		      type ? type : "any");
	fclose(log);
	return a;
}

long long names_asked_at(long mark, const char *type)
{
	return first_asked(mark, type).at;
}

const char *names_asked_by(long mark, const char *type)
{
	return strcmp(first_asked(mark, type).by, "tcp") == 0 ? "tcp" : "udp";
}

void names_await(long mark, const char *type, int count)
{
	for (int i = 0; names_asked(mark, type) < count; i++) {
		ck_assert_msg(i < PATIENCE, "%d queries in vain", count);
		poll(NULL, 0, 1);
	}
}
