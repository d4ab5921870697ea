/* SPDX-License-Identifier: ISC */
/* socket6.c - socket6(1): its commands and options. */
#include "socket6.h"

#include "command.h"
#include "config.h"
#include "tell.h"
#include "udp.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
	"usage: socket6 dial   [-46ahjoqruvz] [-b ADDRESS] [-d MS] [-f FILE] "
	"[-F DATA]\n"
	"                      [-T SECONDS] [-w SECONDS] HOST PORT | URL [-- "
	"COMMAND]\n"
	"       socket6 ping   [-46hjqv] [-b ADDRESS] [-c COUNT] [-i SECONDS]\n"
	"                      [-w SECONDS] HOST PORT | URL\n"
	"       socket6 listen [-46ehjkopqruv] [-c COUNT] [-T SECONDS] [-w "
	"SECONDS]\n"
	"                      [ADDRESS PORT | [ADDRESS:]PORT...] [-- "
	"COMMAND]\n"
	"       socket6 mtu    [-46hjqv] [-w SECONDS] HOST [PORT] | URL\n"
	"       socket6 info   [-46hjv] [HOST | URL]\n"
	"       socket6 text   [-hjv] [-m PREFIX] [ADDRESS...]\n"
	"\n"
	"dial connects to the fastest of a host's addresses, draws the race, "
	"and joins\n"
	"standard input and output, or COMMAND, to it; ping times each; listen "
	"accepts;\n"
	"mtu finds a path's largest packet; info shows this system; text reads "
	"addresses\n"
	"  -4, -6      IPv4 only, IPv6 only      -k  accept more connections\n"
	"  -a          connect to each address   -m PREFIX  keep addresses in "
	"it\n"
	"  -b ADDRESS  local address to use      -o, -r  keep sending open; "
	"receive only\n"
	"  -c COUNT    of rounds, or commands    -p  each begins with a PROXY "
	"header\n"
	"  -d MS       attempt delay (250)       -q, -v  print errors only, or "
	"more\n"
	"  -e          echo what is received     -T SECONDS  of silence end "
	"it\n"
	"  -f FILE     remember silent networks  -u  UDP, a line a datagram\n"
	"  -F DATA     send this first           -w SECONDS  give up after\n"
	"  -i SECONDS  between rounds (1)        -z  only connect\n"
	"  -j          JSON, one object a line\n"
	"Status: 0 done, 1 failed, 2 bad input, 3 timed out, 4 in part. See "
	"man socket6\n";

static const struct verb {
	const char *name;
	int (*run)(const struct options *o, char *const *words, int n);
	int (*run_udp)(const struct options *o, char *const *words, int n);
	const char *options; /* as getopt(3) has them */
	int least, most;     /* words */
	const char *lacking; /* what is missing with fewer */
	int joins;	     /* standard output to a connection */
} verbs[] = {
	{"dial", dial, dial_udp, ":46ab:d:f:F:hjoqrT:uvw:z", 1, 2,
	 "HOST and PORT", 1},
	{"ping", ping, NULL, ":46b:c:hi:jqvw:", 1, 2, "HOST and PORT", 0},
	{"listen", listen_at, listen_udp, ":46c:ehjkopqrT:uvw:", 0, 1 << 30,
	 "PORT", 1},
	{"mtu", mtu, NULL, ":46hjqvw:", 1, 2, "HOST", 0},
	{"info", info, NULL, ":46hjv", 0, 1, "", 0},
	{"text", text, NULL, ":hjm:v", 0, 1 << 30, "", 0},
};

/* Reads seconds, with a fraction, as milliseconds; 0 if out of range. */
static int read_seconds(const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !(seconds >= 0.001 && seconds <= 2000000))
		return 0;
	return (int)(seconds * 1000 + 0.5);
}

/* Reads a delay that socket_dial_set accepts; else 0. */
static int read_delay(const char *text)
{
	size_t n = strspn(text, "0123456789");
	long delay = n < 5 ? strtol(text, NULL, 10) : 0;

	return text[n] || delay < 10 || delay > 2000 ? 0 : (int)delay;
}

/* Long options have no character. */
enum { HELP = 256, VERSION };

static int *flag_of(struct options *o, int option)
{
	switch (option) {
	case 'a':
		return &o->all;
	case 'e':
		return &o->echo;
	case 'j':
		return &o->json;
	case 'k':
		return &o->keep;
	case 'o':
		return &o->open;
	case 'p':
		return &o->proxy;
	case 'q':
		return &o->quiet;
	case 'r':
		return &o->receive;
	case 'u':
		return &o->udp;
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
	case 'm':
		return &o->match;
	}
	return NULL;
}

/* Reads a count of rounds; 0 if it is none. */
static int read_count(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return text[n] || n > 9 ? 0 : (int)strtol(text, NULL, 10);
}

static int set_limit(int *milliseconds, int option, const char *value)
{
	*milliseconds = read_seconds(value);
	if (*milliseconds)
		return 0;
	return complain(BAD_INPUT, EINVAL, "-%c needs seconds, above 0: %s",
			option, value);
}

static int set_number(struct options *o, int option, const char *value)
{
	switch (option) {
	case 'c':
		o->count = read_count(value);
		if (!o->count)
			return complain(BAD_INPUT, EINVAL,
					"-c needs a number above 0: %s", value);
		return 0;
	case 'd':
		o->delay = read_delay(value);
		if (!o->delay)
			return complain(BAD_INPUT, EINVAL,
					"-d needs 10 to 2000 milliseconds: %s",
					value);
		return 0;
	case 'i':
		o->interval = read_seconds(value);
		if (o->interval < LEAST_INTERVAL)
			return complain(BAD_INPUT, EINVAL,
					"-i needs seconds, at least 0.2: %s",
					value);
		return 0;
	default:
		return set_limit(option == 'w' ? &o->milliseconds : &o->silence,
				 option, value);
	}
}

/* Handles one option of the verb. Returns 0, or the exit status. */
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
		return complain(BAD_INPUT, EINVAL, "-%c needs a value", optopt);
	if (optopt == 0 || optopt >= HELP) /* unknown, or known without value */
		return complain(BAD_INPUT, EINVAL, "unknown option: %s",
				argv[optind - 1]);
	return complain(BAD_INPUT, EINVAL, "%s has no option -%c", verb->name,
			optopt);
}

static int is_given(struct options *o, int option)
{
	const int *flag = flag_of(o, option);
	const char *const *text = value_of(o, option);

	if (option == 'T')
		return o->silence != 0;
	return (flag && *flag) || (text && *text);
}

/* What there is nothing for: no race, no connection, or none that is joined. */
static int check_pairs(struct options *o)
{
	static const struct {
		char option;
		const char *others;
	} rows[] = {{'f', "a"},	  {'F', "az"}, {'o', "aez"},
		    {'r', "aez"}, {'T', "az"}, {'u', "afkop"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (const char *other = rows[i].others; *other; other++)
			if (is_given(o, rows[i].option) && is_given(o, *other))
				return complain(BAD_INPUT, EINVAL,
						"-%c does not work with -%c",
						rows[i].option, *other);
	return 0;
}

/*
 * What a program that has the connection leaves nothing for; and only a server
 * of programs has a number of them.
 */
static int check_command(const struct verb *verb, struct options *o)
{
	if (o->command && !*o->command)
		return complain(BAD_INPUT, EINVAL, "%s needs COMMAND after --",
				verb->name);
	if (verb->run == listen_at && o->count && !o->command)
		return complain(BAD_INPUT, EINVAL, "-c needs -- COMMAND");
	for (const char *option = "aeorTuz"; o->command && *option; option++)
		if (is_given(o, *option))
			return complain(BAD_INPUT, EINVAL,
					"-%c does not work with COMMAND",
					*option);
	return 0;
}

/* Whether the reader of standard output has exited, as head(1) does. */
static int is_unread(void)
{
	struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&p, 1, 0) == 1 && (p.revents & (POLLERR | POLLHUP));
}

/* The status, or a failure if output for a reader could not be written. */
static int finish(int status)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || is_unread())
		return status;
	return complain(FAILED, errno, "standard output: %s",
			error_words(errno));
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

/* Handles any option; the first wrong one sets the exit status. */
static int read_option(const struct verb *verb, int option, struct options *o,
		       char *const *argv)
{
	return option == '?' || option == ':'
		       ? refuse_option(verb, option, argv)
		       : set(o, option, optarg);
}

/*
 * Returns 0, HELP or VERSION if requested, or the exit status of the first bad
 * option. Later options still count, so -j reports that error, too.
 */
static int read_options(const struct verb *verb, int argc, char **argv,
			struct options *o)
{
	int option, *flag, status = 0;

	opterr = 0;
	while ((option = getopt_long(argc, argv, verb->options, long_options,
				     NULL)) != -1) {
		if (status && (flag = flag_of(o, option)))
			*flag = 1;
		if (status)
			continue;
		if (option == 'h' || option == HELP)
			return HELP;
		if (option == VERSION)
			return VERSION;
		status = read_option(verb, option, o, argv);
	}
	return status;
}

static int has_target(const struct verb *verb)
{
	return verb->run == dial || verb->run == ping || verb->run == mtu;
}

static int run_verb(const struct verb *verb, const struct options *o,
		    char *const *words, int n)
{
	int status = DONE;

	if (n < verb->least)
		return complain(BAD_INPUT, EINVAL, "%s needs %s", verb->name,
				verb->lacking);
	if (n > verb->most)
		return complain(BAD_INPUT, EINVAL, "%s: too many arguments: %s",
				verb->name, words[verb->most]);
	if (has_target(verb))
		status = read_target(o->target);
	if (status)
		return status;
	return finish((o->udp ? verb->run_udp : verb->run)(o, words, n));
}

/*
 * Where the words end: at the first --, behind which is a command. That it is
 * the value of an option cannot be seen here.
 */
static int cut(const struct verb *verb, int argc, char **argv,
	       struct options *o)
{
	if (verb->joins)
		for (int i = 1; i < argc; i++)
			if (strcmp(argv[i], "--") == 0) {
				argv[i] = NULL;
				o->command = argv + i + 1;
				return i;
			}
	return argc;
}

/* Where the output is: standard output may be a connection's, or a program's.
 */
static FILE *output_of(const struct verb *verb, const struct options *o)
{
	int is_free = o->echo || o->test || o->all ||
		      (o->command && verb->run == listen_at);

	return verb->joins && !is_free ? stderr : stdout;
}

static int run(const struct verb *verb, int argc, char **argv)
{
	struct target target = {.began = 0};
	struct options o = {.milliseconds = -1, .target = &target};
	int end = cut(verb, argc, argv, &o);
	int status = read_options(verb, end, argv, &o);
	char *const *words = argv + optind;
	int n = end - optind;

	if (status == HELP)
		return tell(help);
	if (status == VERSION)
		return tell(PACKAGE_STRING "\n");
	target.host = n > 0 ? words[0] : NULL;
	target.service = n > 1 ? words[1] : NULL;
	o.told = output_of(verb, &o);
	if (o.json)
		complain_as_json(o.told, has_target(verb) ? &target : NULL);
	if (!status)
		status = check_pairs(&o);
	if (!status)
		status = check_command(verb, &o);
	return status ? status : run_verb(verb, &o, words, n);
}

/*
 * If one of the descriptors 0 to 2 is closed a socket would get its number, and
 * with it what is meant for a terminal. So open it, for the wrong direction.
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
	command_note_signals();
	setlocale(LC_CTYPE, "");
	signal(SIGPIPE, SIG_IGN); /* a write says EPIPE instead */
	if (argc < 2)
		return complain(BAD_INPUT, EINVAL,
				"no command: see socket6 --help");
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
		return tell(help);
	if (strcmp(argv[1], "--version") == 0)
		return tell(PACKAGE_STRING "\n");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return run(&verbs[i], argc - 1, argv + 1);
	return complain(BAD_INPUT, EINVAL,
			"unknown command %s: see socket6 --help", argv[1]);
}
