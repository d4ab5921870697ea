/* SPDX-License-Identifier: ISC */
/* socket6.c - socket6(1): options, and what the verbs share. */
#include "socket6.h"

#include "config.h"
#include "json.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <socket6.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
	"usage: socket6 dial   [-46jqvz] [-b ADDRESS] [-d MS] [-f FILE]\n"
	"                      [-F DATA] [-w SECONDS] HOST PORT\n"
	"       socket6 listen [-46ejkqv] [-w SECONDS] [[ADDRESS] PORT]\n"
	"       socket6 info   [-jv]\n"
	"       socket6 text   [-jv] [ADDRESS...]\n"
	"\n"
	"dial connects to the fastest of a host's addresses, draws the race,\n"
	"and joins standard input and output to it; listen does so with the\n"
	"first who connects; info tells what this system has, and text reads\n"
	"addresses.\n"
	"\n"
	"  -4, -6      IPv4 alone, IPv6 alone    -j  JSON, an object a line\n"
	"  -b ADDRESS  from this local address   -k  more than one connection\n"
	"  -d MS       between attempts: 250     -q  draw and tell nothing\n"
	"  -e          send back what comes      -v  tell more\n"
	"  -f FILE     remember silent networks  -z  connect, and no more\n"
	"  -F DATA     send this first, with the SYN where TCP Fast Open can\n"
	"  -w SECONDS  give up then\n"
	"\n"
	"Exit status: 0 done, 1 failed, 2 bad input, 3 time is up.\n"
	"More: man socket6\n";

static const struct verb {
	const char *name;
	int (*run)(const struct options *o, char *const *words, int n);
	const char *options; /* as getopt(3) has them */
	int least, most;     /* words */
	const char *lacking; /* what is missing with fewer */
} verbs[] = {
	{"dial", dial, ":46b:d:f:F:jqvw:z", 1, 2, "HOST and PORT"},
	{"listen", listen_at, ":46ejkqvw:", 0, 2, "PORT"},
	{"info", info, ":jv", 0, 0, ""},
	{"text", text, ":jv", 0, 1 << 30, ""},
};

/* How many bytes of a control character are here; two of U+0080 to U+009F. */
static size_t control(const char *c)
{
	if (iscntrl((unsigned char)*c))
		return 1;
	return c[0] == '\xc2' && (c[1] & 0xe0) == 0x80 ? 2 : 0;
}

void tame(char *text)
{
	for (; *text; text++)
		memset(text, '?', control(text));
}

int complain(int status, const char *format, ...)
{
	va_list args;
	char line[512];

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	tame(line);
	fflush(stdout);
	fprintf(stderr, "socket6: %s\n", line);
	return status;
}

struct address_text address_text(const struct socket_addr6 *a)
{
	struct address_text t;
	size_t n = fmt_ip6ifport(t.text, a->ip, a->port, a->scope_id);

	t.text[n] = '\0';
	return t;
}

void tell_closed(FILE *told, const struct options *o, int64_t sent,
		 int64_t received, int error)
{
	if (o->json) {
		json_begin(told, "closed");
		json_number(told, "sent", sent);
		json_number(told, "received", received);
		json_error(told, error);
		json_end(told);
	} else if (o->verbose) {
		fprintf(told, "%lld bytes sent, %lld received\n",
			(long long)sent, (long long)received);
	}
	fflush(told);
}

int64_t microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int refuse_host(const char *host, const char *service)
{
	switch (errno) {
	case EINVAL:
		return complain(-BAD_INPUT, "no address or port: %s%s%s", host,
				service ? " " : "", service ? service : "");
	case ENODEV:
		return complain(-BAD_INPUT, "no such interface: %s", host);
	case ENOENT:
		return complain(-BAD_INPUT, "unknown host: %s", host);
	case EPROTONOSUPPORT:
		return complain(-BAD_INPUT, "unknown service: %s", service);
	case ETIMEDOUT:
		return complain(-FAILED, "%s: no answer from a name server",
				host);
	default:
		return complain(-FAILED, "%s: %s", host, error_words(errno));
	}
}

/* A number is a port from 0 to 65535. */
static int is_in_range(const char *service)
{
	size_t n = strspn(service, "0123456789");

	return n == 0 || service[n] ||
	       (n <= 5 && strtol(service, NULL, 10) <= 65535);
}

/* Addresses of a name, among which those of one family may be the last. */
enum { FOUND = 1024 };

static int is_of(int family, const struct socket_addr6 *a)
{
	return !family || family == (ip6_isv4mapped(a->ip) ? 4 : 6);
}

int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max)
{
	struct socket_addr6 found[FOUND];
	int n, kept = 0;

	if (service && !is_in_range(service))
		return complain(-BAD_INPUT, "no port: %s", service);
	n = socket_resolve6(host, service, found, FOUND);
	if (n == -1)
		return refuse_host(host, service);
	for (int i = 0; i < n && i < FOUND && (size_t)kept < max; i++)
		if (is_of(o->family, &found[i]))
			out[kept++] = found[i];
	if (!kept)
		return complain(-BAD_INPUT, "no IPv%d address: %s", o->family,
				host);
	return kept;
}

/* Seconds with a fraction, as milliseconds; 0 if they are none, or too many. */
static int read_seconds(const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !(seconds >= 0.001 && seconds <= 2000000))
		return 0;
	return (int)(seconds * 1000 + 0.5);
}

/* What socket_dial_set takes; else 0. */
static int read_delay(const char *text)
{
	size_t n = strspn(text, "0123456789");
	long delay = n < 5 ? strtol(text, NULL, 10) : 0;

	return text[n] || delay < 10 || delay > 2000 ? 0 : (int)delay;
}

/* No characters, as the others are. */
enum { HELP = 256, VERSION };

static int *flag_of(struct options *o, int option)
{
	switch (option) {
	case 'e':
		return &o->echo;
	case 'j':
		return &o->json;
	case 'k':
		return &o->keep;
	case 'q':
		return &o->quiet;
	case 'v':
		return &o->verbose;
	case 'z':
		return &o->test;
	}
	return NULL;
}

static const char **value_of(struct options *o, int option)
{
	switch (option) {
	case 'b':
		return &o->local;
	case 'f':
		return &o->file;
	case 'F':
		return &o->data;
	}
	return NULL;
}

static int set_number(struct options *o, int option, const char *value)
{
	if (option == 'w') {
		o->milliseconds = read_seconds(value);
		if (!o->milliseconds)
			return complain(BAD_INPUT,
					"-w takes seconds, above 0: %s", value);
	} else {
		o->delay = read_delay(value);
		if (!o->delay)
			return complain(BAD_INPUT,
					"-d takes 10 to 2000 milliseconds: %s",
					value);
	}
	return 0;
}

/* One option of the verb; 0, or the exit status. */
static int set(struct options *o, int option, const char *value)
{
	int *flag = flag_of(o, option);
	const char **text = value_of(o, option);

	if (flag)
		*flag = 1;
	else if (text)
		*text = value;
	else if (option == '4' || option == '6')
		o->family = option - '0';
	else
		return set_number(o, option, value);
	return 0;
}

static int refuse_option(const struct verb *verb, int why, char *const *argv)
{
	if (why == ':')
		return complain(BAD_INPUT, "-%c lacks its value", optopt);
	if (optopt == 0 || optopt >= HELP) /* unknown, or known without value */
		return complain(BAD_INPUT, "unknown option: %s",
				argv[optind - 1]);
	return complain(BAD_INPUT, "%s has no option -%c", verb->name, optopt);
}

/* Whatever was to be told has been. */
static int finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	return complain(FAILED, "standard output: %s", error_words(errno));
}

static int tell(const char *what)
{
	fputs(what, stdout);
	return finish(DONE);
}

static const struct option long_options[] = {
	{"help", no_argument, NULL, HELP},
	{"version", no_argument, NULL, VERSION},
	{NULL, 0, NULL, 0},
};

static int run(const struct verb *verb, int argc, char **argv)
{
	struct options o = {.milliseconds = -1};
	int option, status, n;

	opterr = 0;
	while ((option = getopt_long(argc, argv, verb->options, long_options,
				     NULL)) != -1) {
		if (option == HELP)
			return tell(help);
		if (option == VERSION)
			return tell(PACKAGE_STRING "\n");
		status = option == '?' || option == ':'
				 ? refuse_option(verb, option, argv)
				 : set(&o, option, optarg);
		if (status)
			return status;
	}
	n = argc - optind;
	if (n < verb->least)
		return complain(BAD_INPUT, "%s lacks %s", verb->name,
				verb->lacking);
	if (n > verb->most)
		return complain(BAD_INPUT, "%s takes no more words: %s",
				verb->name, argv[optind + verb->most]);
	return finish(verb->run(&o, argv + optind, n));
}

/*
 * A descriptor from 0 to 2 that is closed would become a socket's, and take
 * what is meant for a terminal. Such a one is opened the wrong way round.
 */
static void keep_standard(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			open("/dev/null", fd ? O_RDONLY : O_WRONLY);
}

int main(int argc, char *argv[])
{
	keep_standard();
	setlocale(LC_CTYPE, "");
	signal(SIGPIPE, SIG_IGN); /* a write says EPIPE instead */
	if (argc < 2)
		return complain(BAD_INPUT, "no verb: see socket6 --help");
	if (strcmp(argv[1], "--help") == 0)
		return tell(help);
	if (strcmp(argv[1], "--version") == 0)
		return tell(PACKAGE_STRING "\n");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return run(&verbs[i], argc - 1, argv + 1);
	return complain(BAD_INPUT, "no verb %s: see socket6 --help", argv[1]);
}
