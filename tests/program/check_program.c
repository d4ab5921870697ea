/* SPDX-License-Identifier: ISC */
/* check_program.c - socket6(1) where a call must fail, and texts of others. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "resolver.h"
#include "stand_in.h"
#include "suite.h"

#include "../../tools/command.h"
#include "../../tools/header.h"
#include "../../tools/json.h"
#include "../../tools/reverse.h"
#include "../../tools/socket6.h"
#include "../../tools/tell.h"
#include "../../tools/url.h"
#include "../../tools/utf8.h"
#include "../../tools/zone.h"

#include <locale.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* A verb in a process of its own, and what it tells. */
static struct options options;
static FILE *told;
enum { LINE = 512 };

static pid_t start(int (*verb)(const struct options *, char *const *, int),
		   char *const *words, int n)
{
	int fds[2];
	pid_t child;

	assert_gives(0, pipe(fds));
	child = fork();
	ck_assert_int_ne(-1, child);
	if (child == 0) {
		options.told = fdopen(fds[1], "w");
		if (options.json)
			complain_as_json(options.told, options.target);
		exit(verb(&options, words, n));
	}
	close(fds[1]);
	told = fdopen(fds[0], "r");
	return child;
}

static void assert_ends(int status, pid_t child)
{
	int how;

	assert_gives(child, waitpid(child, &how, 0));
	ck_assert_msg(WIFEXITED(how) && WEXITSTATUS(how) == status,
		      "ends with %#x, not status %d", (unsigned)how, status);
}

/* A server that starts with what is planned for its accept; its port. */
static uint16_t start_server(pid_t *child)
{
	static char address[] = "127.0.0.1", any[] = "0";
	char *words[] = {address, any};
	unsigned int port;

	*child = start(listen_at, words, 2);
	assert_gives(1, fscanf(told, "listening at 127.0.0.1:%u", &port));
	return (uint16_t)port;
}

static uint16_t start_echo(pid_t *child)
{
	options.echo = 1;
	return start_server(child);
}

/* Whoever comes may be reset before connect returns, if the echo ends then. */
static void come(uint16_t port)
{
	socket_connect4(socket_tcp4b(), ip4("127.0.0.1"), port);
}

static void fail_accept(int nth, int error)
{
	fail_call(CALL_ACCEPT4, nth, error);
	fail_call(CALL_ACCEPT, nth, error);
}

/* accept(2): to be treated as EAGAIN, and a firewall's. */
static const int survived[] = {
	ECONNABORTED, EPERM,	   ENETDOWN,   ENOPROTOOPT, EHOSTDOWN,
	EHOSTUNREACH, ENETUNREACH, EOPNOTSUPP, EPROTO,	    ETIMEDOUT,
};

CASE("program")

LOOP_TEST(listen_survives_what_is_the_connections_alone, LENGTH(survived))
{
	char byte = 'x';
	int s = socket_tcp4b();
	pid_t child;

	options = (struct options){.keep = 1, .milliseconds = -1};
	fail_accept(1, survived[_i]);
	assert_gives(0,
		     socket_connect4(s, ip4("127.0.0.1"), start_echo(&child)));
	assert_gives(1, socket_write(s, &byte, 1));
	assert_gives(1, socket_read(s, &byte, 1));
	assert_gives(0, kill(child, SIGKILL));
}

/* Whether or not more may come. */
static const struct options keep_or_not[] = {{.keep = 0, .milliseconds = 100},
					     {.keep = 1, .milliseconds = 100}};

LOOP_TEST(listen_waits_no_longer_for_one_that_is_refused, LENGTH(keep_or_not))
{
	pid_t child;

	options = keep_or_not[_i];
	fail_accept(0, EPERM);
	come(start_echo(&child));
	assert_ends(TIME_IS_UP, child);
}

/* As it does a server of programs: nothing of its own would end. */
static const int shortages[] = {EMFILE, ENFILE, ENOBUFS, ENOMEM};

LOOP_TEST(a_shortage_does_not_end_a_server_of_programs, LENGTH(shortages))
{
	static char cat[] = "cat";
	static char *const command[] = {cat, NULL};
	char byte = 'x';
	int s = socket_tcp4b();
	pid_t child;

	options = (struct options){.command = command, .milliseconds = -1};
	fail_accept(1, shortages[_i]);
	assert_gives(
		0, socket_connect4(s, ip4("127.0.0.1"), start_server(&child)));
	assert_gives(1, socket_write(s, &byte, 1));
	assert_gives(1, socket_read(s, &byte, 1));
	assert_gives(0, kill(child, SIGKILL));
}

TEST(listen_ends_by_an_error_of_its_own)
{
	pid_t child;

	options = (struct options){.keep = 1, .milliseconds = -1};
	fail_accept(1, EMFILE);
	come(start_echo(&child));
	assert_ends(FAILED, child);
}

static int never_answers(const char *host, const char *service,
			 const struct addrinfo *hints, struct addrinfo **found)
{
	(void)host, (void)service, (void)hints, (void)found;
	while (pause() == -1)
		;
	return EAI_FAIL;
}

/* What was looked up is told before. */
static void read_failed(char line[LINE])
{
	do
		ck_assert_ptr_nonnull(fgets(line, LINE, told));
	while (!strstr(line, "\"type\":\"failed\""));
}

TEST(a_silent_name_server_is_told_as_json)
{
	static struct target target = {.host = "silent.example",
				       .service = "80"};
	char line[LINE];
	pid_t child;

	need_threads();
	options = (struct options){
		.json = 1, .milliseconds = 50, .target = &target};
	stand_in.getaddrinfo = never_answers;
	child = start(dial, NULL, 0);
	read_failed(line);
	ck_assert_ptr_nonnull(strstr(line, "\"error\":\"ETIMEDOUT\","
					   "\"host\":\"silent.example\","
					   "\"service\":\"80\",\"time_us\":"));
	ck_assert_ptr_nonnull(strstr(line, "timed out: no answer from a name "
					   "server"));
	assert_ends(TIME_IS_UP, child);
}

static int fails(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **found)
{
	(void)host, (void)service, (void)hints, (void)found;
	return EAI_FAIL;
}

TEST(a_name_server_that_fails_is_told_as_json)
{
	static struct target target = {.host = "broken.example",
				       .service = "80"};
	char line[LINE];
	pid_t child;

	options = (struct options){.json = 1, .target = &target};
	stand_in.getaddrinfo = fails;
	child = start(dial, NULL, 0);
	read_failed(line);
	ck_assert_ptr_nonnull(strstr(line, "\"error\":\"ENOTRECOVERABLE\""));
	ck_assert_ptr_nonnull(strstr(line, "a name server failed"));
	assert_ends(FAILED, child);
}

/* Of IPv6, and of both families: a name server that drops AAAA. */
static int never_answers_ipv6(const char *host, const char *service,
			      const struct addrinfo *hints,
			      struct addrinfo **found)
{
	static struct sockaddr_in in = {.sin_family = AF_INET};
	static struct addrinfo a = {.ai_family = AF_INET,
				    .ai_socktype = SOCK_STREAM,
				    .ai_addr = (struct sockaddr *)&in,
				    .ai_addrlen = sizeof in};

	if (hints->ai_family != AF_INET)
		return never_answers(host, service, hints, found);
	memcpy(&in.sin_addr, ip4("127.0.0.1"), 4);
	*found = &a;
	return 0;
}

TEST(ping_does_not_wait_for_a_family)
{
	static struct target target = {.host = "half.example"};
	char service[8], line[512];
	uint16_t port;
	pid_t child;

	need_timers();
	listener_at(AT_IPV4, &port);
	snprintf(service, sizeof service, "%d", port);
	target.service = service;
	options = (struct options){
		.count = 1, .json = 1, .milliseconds = -1, .target = &target};
	stand_in.getaddrinfo = never_answers_ipv6;
	child = start(ping, NULL, 0);
	ck_assert_ptr_nonnull(fgets(line, sizeof line, told));
	ck_assert_ptr_nonnull(strstr(line, "\"type\":\"probe\""));
	ck_assert_ptr_nonnull(strstr(line, "\"address\":\"127.0.0.1\""));
	assert_ends(DONE, child);
}

TEST(ping_gives_a_silent_name_server_up)
{
	static struct target target = {.host = "silent.example",
				       .service = "80"};
	char line[512];
	pid_t child;

	need_threads();
	options = (struct options){
		.json = 1, .milliseconds = 50, .target = &target};
	stand_in.getaddrinfo = never_answers;
	child = start(ping, NULL, 0);
	ck_assert_ptr_nonnull(fgets(line, sizeof line, told));
	ck_assert_ptr_nonnull(strstr(line, "no answer from a name server"));
	ck_assert_ptr_null(fgets(line, sizeof line, told));
	assert_ends(TIME_IS_UP, child);
}

/*
 * Nobody accepts, so that only the first is connected to: when a silent one is
 * lost, later ones are pending.
 */
TEST(ping_counts_nothing_that_is_interrupted_after_an_answer)
{
	static struct target target = {.host = "127.0.0.1"};
	char service[8], line[512];
	uint16_t port;
	pid_t child;

	assert_gives(0, socket_listen(listener_at(AT_IPV4, &port), 0));
	snprintf(service, sizeof service, "%d", port);
	target.service = service;
	options = (struct options){.interval = LEAST_INTERVAL,
				   .json = 1,
				   .milliseconds = -1,
				   .target = &target};
	child = start(ping, NULL, 0);
	do
		ck_assert_ptr_nonnull(fgets(line, sizeof line, told));
	while (!strstr(line, "ETIMEDOUT"));
	assert_gives(0, kill(child, SIGINT));
	while (fgets(line, sizeof line, told))
		ck_assert_ptr_null(strstr(line, "EINTR"));
	assert_ends(SOME, child);
}

/* On time, late, and after the process was stopped. */
static const struct {
	int64_t now, due;
} rounds[] = {
	{5000, 5100}, {5100, 5200}, {5101, 5200}, {5199, 5200}, {5950, 6000},
};

LOOP_TEST(a_round_is_due_a_number_of_intervals_after_the_first, LENGTH(rounds))
{
	ck_assert_int_eq(ping_due(5000, rounds[_i].now, 100), rounds[_i].due);
}

static void refuse_ipv6(enum call call)
{
	if (call == CALL_SOCKET && last_call.family == AF_INET6)
		fail_call(CALL_SOCKET, 1, EAFNOSUPPORT);
}

/* The library would reach ::1 by 127.0.0.1, where somebody listens. */
TEST(a_dial_by_ipv6_alone_takes_no_ipv4)
{
	static struct target target = {.host = "::1"};
	char service[8];
	uint16_t port;
	pid_t child;

	listener_at(AT_IPV4, &port);
	snprintf(service, sizeof service, "%d", port);
	target.service = service;
	options = (struct options){.family = 6,
				   .test = 1,
				   .milliseconds = 2000,
				   .target = &target};
	stand_in.before = refuse_ipv6;
	child = start(dial, NULL, 0);
	assert_ends(FAILED, child);
}

TEST(an_errno_without_a_name_is_told_by_its_number)
{
	ck_assert_str_eq(error_name(ECONNREFUSED), "ECONNREFUSED");
	ck_assert_str_eq(error_name(4711), "4711");
}

static size_t encode(uint32_t c, unsigned char *s)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

	for (size_t i = n; i-- > 1; c >>= 6)
		s[i] = (unsigned char)(0x80 | (c & 0x3f));
	s[0] = (unsigned char)(leads[n] | c);
	s[n] = 'x';
	return n;
}

/* Whether it is, as all but the surrogates should. */
static int is_read(uint32_t wanted)
{
	unsigned char s[5];
	uint32_t c = 0;
	size_t n = encode(wanted, s);
	size_t len = utf8_read((const char *)s, &c);

	if (wanted >= 0xd800 && wanted < 0xe000)
		return len == 0;
	return len == n && c == wanted;
}

/* One assertion, for Check writes each to a file, a million of them slowly. */
TEST(every_character_is_read)
{
	uint32_t c = 0;

	while (c < 0x110000 && is_read(c))
		c++;
	ck_assert_uint_eq(0x110000, c);
}

static const char *const broken[] = {
	"\x80",	    "\xbf",	    "\xc0\x80",		"\xc1\xbf",
	"\xc2",	    "\xc2x",	    "\xe0\x9f\xbf",	"\xe1\x80",
	"\xe2\x80", "\xe2\x80x",    "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
	"\xf1\x80", "\xf1\x80\x80", "\xf5\x80\x80\x80", "\xff",
};

LOOP_TEST(what_is_no_character_is_not_read, LENGTH(broken))
{
	uint32_t c;

	assert_gives(0, utf8_read(broken[_i], &c));
}

/* What a terminal may see of a text, without UTF-8 and with. */
static const struct {
	const char *text, *bytes, *utf8;
} tamed[] = {
	{"plain", "plain", "plain"},
	{"\33[31m\n\x7f", "?[31m??", "?[31m??"},
	{"\x9b"
	 "31m\x80\x9f",
	 "?31m??", "?31m??"},
	{"\xc2\x9b"
	 "31m",
	 "??31m", "??31m"},
	{"\xc2\xa0\xc3\xa9", "\xc2\xa0\xc3\xa9", "\xc2\xa0\xc3\xa9"},
	{"\xc4\x9b", "\xc4?", "\xc4\x9b"},
	{"\xe9\xa0", "\xe9\xa0", "\xe9\xa0"},
	{"\xd8\x9c", "??", "??"},	      /* U+061C */
	{"\xe2\x80\x8e", "???", "???"},	      /* U+200E */
	{"\xe2\x80\x8f", "???", "???"},	      /* U+200F */
	{"\xe2\x80\xaa", "???", "???"},	      /* U+202A */
	{"a\xe2\x80\xaez", "a???z", "a???z"}, /* U+202E */
	{"\xe2\x81\xa6", "???", "???"},	      /* U+2066 */
	{"\xe2\x81\xa9", "???", "???"},	      /* U+2069 */
	{"\xe2\x80", "\xe2?", "\xe2?"},
};

static void assert_tame(const char *wanted, const char *input)
{
	char text[32];

	snprintf(text, sizeof text, "%s", input);
	tame(text);
	ck_assert_str_eq(text, wanted);
}

LOOP_TEST(a_terminal_without_utf8_is_shown_no_command, LENGTH(tamed))
{
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C"));
	assert_tame(tamed[_i].bytes, tamed[_i].text);
}

LOOP_TEST(a_terminal_with_utf8_is_shown_no_command, LENGTH(tamed))
{
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip("no C.UTF-8");
	assert_tame(tamed[_i].utf8, tamed[_i].text);
}

static const struct {
	const char *text, *json;
} escaped[] = {
	{"plain", "plain"},
	{"\"\\\n\x7f", "\\\"\\\\\\u000a\\u007f"},
	{"\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\\u0080\\u009b\\u009f\xc2\xa0"},
	{"\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f", "\\u061c\\u200e\\u200f"},
	{"\xe2\x80\xa8\xe2\x80\xaa\xe2\x80\xae", "\\u2028\\u202a\\u202e"},
	{"\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069"},
	{"\xc4\x9b\xf0\x9f\x98\x80", "\xc4\x9b\xf0\x9f\x98\x80"},
	{"\x9b\xff\xe2\x80", "\\ufffd\\ufffd\\ufffd\\ufffd"},
};

LOOP_TEST(json_escapes_what_commands, LENGTH(escaped))
{
	char got[128], wanted[128];
	FILE *out = fmemopen(got, sizeof got, "w");

	ck_assert_ptr_nonnull(out);
	json_text(out, "a", escaped[_i].text);
	assert_gives(0, fclose(out));
	snprintf(wanted, sizeof wanted, ",\"a\":\"%s\"", escaped[_i].json);
	ck_assert_str_eq(got, wanted);
}

/* Without a host it is none. */
static const struct {
	const char *url, *host, *service;
} urls[] = {
	{"https://example.org/", "example.org", "https"},
	{"https://example.org", "example.org", "https"},
	{"HTTPS://Example.org?q", "Example.org", "https"},
	{"http://example.org:8080#:1", "example.org", "8080"},
	{"http://example.org:/a:1/@b", "example.org", "http"},
	{"ftp://user@example.org", "example.org", "ftp"},
	{"ftp://user:pass:21@example.org:2121/", "example.org", "2121"},
	{"ftp://a@b@example.org", "example.org", "ftp"},
	{"http://[2001:db8::1]/", "[2001:db8::1]", "http"},
	{"http://u:p@[::1]:81/", "[::1]", "81"},
	{"http://[fe80::1%25eth0]:81/", "[fe80::1%eth0]", "81"},
	{"git+ssh://example.org/", "example.org", "git+ssh"},
	{"http://127.0.0.1", "127.0.0.1", "http"},
	{"http://", NULL, NULL},
	{"http:///path", NULL, NULL},
	{"http://:80", NULL, NULL},
	{"http://user@", NULL, NULL},
	{"http://user@:80", NULL, NULL},
	{"http://example.org:80:", NULL, NULL},
	{"http://example.org:http", NULL, NULL},
	{"http://example.org:-1", NULL, NULL},
	{"http://example.org: 80", NULL, NULL},
	{"http://[::1]x:80/", "[::1]x", "80"}, /* no host: resolve says so */
	{"http://example.org:00000000000000000000000000000080", NULL, NULL},
	{"a-scheme-of-more-than-thirty-one.bytes://example.org", NULL, NULL},
};

LOOP_TEST(a_url_has_a_host_and_a_service, LENGTH(urls))
{
	struct url url;

	ck_assert(url_is(urls[_i].url));
	if (!urls[_i].host) {
		assert_gives(-1, url_read(&url, urls[_i].url));
		return;
	}
	assert_gives(0, url_read(&url, urls[_i].url));
	ck_assert_str_eq(url.host, urls[_i].host);
	ck_assert_str_eq(url.service, urls[_i].service);
}

TEST(a_url_of_too_long_a_host_is_none)
{
	static const char begin[] = "http://";
	char text[300];
	struct url url;

	memset(text, 'x', sizeof text);
	memcpy(text, begin, sizeof begin - 1);
	text[sizeof begin - 1 + sizeof url.host - 1] = '\0';
	assert_gives(0, url_read(&url, text));
	text[sizeof begin - 1 + sizeof url.host - 1] = 'x';
	text[sizeof begin - 1 + sizeof url.host] = '\0';
	assert_gives(-1, url_read(&url, text));
}

static const char *const no_urls[] = {
	"",	     "example.org", "example.org:80", "://example.org",
	"1://x.org", "http:/x.org", "a b://x.org",    "http//:",
};

LOOP_TEST(a_text_without_a_scheme_is_no_url, LENGTH(no_urls))
{
	ck_assert(!url_is(no_urls[_i]));
}

/* Each is read as this prefix, or address, whose own name is the same. */
static const struct {
	const char *name, *prefix;
} names[] = {
	{"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2."
	 "ip6.arpa",
	 "2001:db8::1/128"},
	{"8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8::/32"},
	{"f.ip6.arpa", "f000::/4"},
	{"ip6.arpa", "::/0"},
	{"1.2.0.192.in-addr.arpa", "192.0.2.1/32"},
	{"255.255.255.255.in-addr.arpa", "255.255.255.255/32"},
	{"168.192.in-addr.arpa", "192.168.0.0/16"},
	{"10.in-addr.arpa", "10.0.0.0/8"},
	{"in-addr.arpa", "0.0.0.0/0"},
};

LOOP_TEST(a_reverse_name_is_read_and_written, LENGTH(names))
{
	char ip[16], text[REVERSE_FMT], prefix[SOCKET_PREFIX_FMT + 1];
	unsigned int bits;

	assert_gives(1, reverse_read(names[_i].name, ip, &bits));
	prefix[fmt_ip6prefix(prefix, ip, bits)] = '\0';
	ck_assert_str_eq(prefix, names[_i].prefix);
	ck_assert_str_eq(reverse_write(text, ip, bits), names[_i].name);
}

/* A label is one digit, or a number without a leading zero up to 255. */
static const char *const no_names[] = {
	"",
	".",
	"arpa",
	"example.org",
	"xip6.arpa",
	"ip6.arpa..",
	".ip6.arpa",
	"1..2.ip6.arpa",
	"11.ip6.arpa",
	"g.ip6.arpa",
	" .ip6.arpa",
	("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.0."
	 "ip6.arpa"),
	".in-addr.arpa",
	"256.in-addr.arpa",
	"01.in-addr.arpa",
	"1000.in-addr.arpa",
	"a.in-addr.arpa",
	"0/25.2.0.192.in-addr.arpa",
	"1.2.3.4.5.in-addr.arpa",
	"1.in-addr.arpa.example.org",
};

LOOP_TEST(what_is_no_reverse_name_is_not_read, LENGTH(no_names))
{
	char ip[16];
	unsigned int bits = 7;

	assert_gives(0, reverse_read(no_names[_i], ip, &bits));
	ck_assert_uint_eq(bits, 7);
}

TEST(letters_of_a_reverse_name_are_of_either_case)
{
	char ip[16];
	unsigned int bits;

	assert_gives(1, reverse_read("D.f.IP6.Arpa.", ip, &bits));
	ck_assert_int_eq(0xfd, (unsigned char)ip[0]);
	ck_assert_uint_eq(8, bits);
}

TEST(a_prefix_between_labels_has_no_reverse_name)
{
	char text[REVERSE_FMT];

	ck_assert_ptr_null(reverse_write(text, V6any, 6));
	ck_assert_ptr_null(reverse_write(text, ip6("::ffff:10.0.0.0"), 100));
}

TEST(a_zone_is_remembered_for_a_second)
{
	const struct zone *z;

	ck_assert_ptr_null(zone_recall("fe80::1%7", 0));
	zone_remember("fe80::1%7", "[fe80::1%eth0]:53", 7, 0);
	z = zone_recall("[fe80::2%7]:80", 999999);
	ck_assert_ptr_nonnull(z);
	ck_assert_uint_eq(7, z->scope_id);
	ck_assert_str_eq(z->name, "eth0");
	ck_assert_ptr_null(zone_recall("fe80::1%7", 1000000));
}

TEST(zones_that_end_differently_are_remembered_beside_each_other)
{
	zone_remember("fe80::1%eth0", "fe80::1%eth0", 1, 0);
	zone_remember("fe80::1%eth1", "fe80::1%eth1", 2, 0);
	ck_assert_uint_eq(1, zone_recall("::%eth0", 0)->scope_id);
	ck_assert_uint_eq(2, zone_recall("::%eth1", 0)->scope_id);
}

static const char *const other_zones[] = {
	"::1",	    "::%",
	"::%0",	    "::%th0",
	"::%eth00", "::%eth",
	"::%eth0x", "::%an-interface-with-a-name-as-long-as-no-system-has0",
};

LOOP_TEST(another_zone_is_not_taken_for_it, LENGTH(other_zones))
{
	zone_remember("::%eth0", "::%eth0", 1, 0);
	zone_remember(other_zones[7], other_zones[7], 2, 0);
	ck_assert_ptr_null(zone_recall(other_zones[_i], 0));
}

/* A verb that counts: its status is how often interfaces were asked for. */
static int count_look_ups(const struct options *o, char *const *words, int n)
{
	if (!freopen("/dev/null", "w", stdout))
		return -1;
	count_calls();
	text(o, words, n);
	return calls(CALL_IF_NAMETOINDEX) + calls(CALL_IF_INDEXTONAME);
}

TEST(text_looks_a_zone_up_once)
{
	char plain[IP6IF_FMT + 1], port[IP6IFPORT_FMT + 1];
	char *words[] = {plain, port, plain, port};

	need(HAVE_IF_INDEXTONAME);
	plain[fmt_ip6if(plain, ip6("fe80::1"), net_index(LO))] = '\0';
	port[fmt_ip6ifport(port, ip6("fe80::1"), 53, net_index(LO))] = '\0';
	options = (struct options){.json = 0};
	assert_ends(2, start(count_look_ups, words, 4));
}

/* The value of a variable, which is there once; or null. */
static const char *value_of(char *const *environment, const char *name)
{
	size_t n = strlen(name);
	const char *value = NULL;

	for (; *environment; environment++)
		if (strncmp(*environment, name, n) == 0 &&
		    (*environment)[n] == '=') {
			ck_assert_ptr_null(value);
			value = *environment + n + 1;
		}
	return value;
}

static struct ends link_local(void)
{
	struct ends ends = {.peer = {.port = 4000}, .local = {.port = 80}};

	scan_ip6("fe80::2", ends.peer.ip);
	scan_ip6("fe80::1", ends.local.ip);
	ends.peer.scope_id = ends.local.scope_id = 1;
	return ends;
}

TEST(a_link_local_peer_has_an_interface)
{
	char *old[] = {NULL};
	struct ends ends = link_local();
	char **got = command_environment(old, &ends);

	ck_assert_str_eq(value_of(got, "TCP6INTERFACE"), socket_getifname(1));
	ck_assert_str_eq(value_of(got, "TCP6REMOTEIP"), "fe80::2");
	ck_assert_str_eq(value_of(got, "TCPREMOTEIP"), "fe80::2");
	ck_assert_str_eq(value_of(got, "PROTO"), "TCP6");
	free(got);
}

/* It may be there twice: which counts is not said. */
TEST(a_forged_variable_is_removed_each_time)
{
	char once[] = "TCPREMOTEHOST=a", twice[] = "TCPREMOTEHOST=b",
	     other[] = "TCPREMOTEHOSTS=c",
	     empty[] = "TCP6INTERFACE=", none[] = "TCPREMOTEINFO";
	char *old[] = {once, other, twice, empty, none, NULL};
	struct ends ends = {.peer = {.port = 4000}};
	char **got = command_environment(old, &ends);

	ck_assert_ptr_null(value_of(got, "TCPREMOTEHOST"));
	ck_assert_ptr_null(value_of(got, "TCP6INTERFACE"));
	ck_assert_str_eq(value_of(got, "TCPREMOTEHOSTS"), "c");
	free(got);
}

/* Five seconds, of which nobody waits here. */
static const struct {
	int64_t gone;
	int is_left;
} patience[] = {{4000000, 1}, {5000000, 0}, {60000000, 0}};

LOOP_TEST(a_header_has_five_seconds, LENGTH(patience))
{
	static struct header h;
	struct ends ends = {.peer = {.port = 1}};

	header_begin(&h, -1, &ends);
	h.began -= patience[_i].gone;
	ck_assert_int_eq(patience[_i].is_left, header_time_left(&h) > 0);
}

/* Ends with status 7 if what comes back is what -F gave. */
static void dial_command(struct target *target)
{
	static char sh[] = "sh", c[] = "-c",
		    script[] = "echo >&7; read -r line <&6; "
			       "test \"$line\" = first && exit 7";
	static char *const command[] = {sh, c, script, NULL};
	static char service[8];
	pid_t server, child;

	options = (struct options){.keep = 1, .milliseconds = -1};
	snprintf(service, sizeof service, "%d", start_echo(&server));
	target->service = service;
	options = (struct options){.command = command,
				   .data = "first",
				   .quiet = 1,
				   .milliseconds = -1,
				   .target = target};
	child = start(dial, NULL, 0);
	assert_ends(7, child);
	assert_gives(0, kill(server, SIGKILL));
}

/* A look-up of the other family goes on, by a descriptor that may be 6 or 7. */
TEST(a_command_does_not_wait_for_a_family)
{
	static struct target target = {.host = "half.example"};

	need_threads();
	stand_in.getaddrinfo = never_answers_ipv6;
	dial_command(&target);
}

/* The race sends what it can, and only once. */
static int nth_send;

static void fail_send(enum call call)
{
	if (call == CALL_SENDTO && ++nth_send == 2)
		fail_call(CALL_SENDTO, 1, EAGAIN);
}

TEST(a_command_comes_after_all_of_the_first_data)
{
	static struct target target = {.host = "127.0.0.1"};

	stand_in.before = fail_send;
	dial_command(&target);
}

/* As its shell may have left it. */
TEST(a_server_of_programs_needs_no_signal_unblocked)
{
	static char name[] = "true";
	static char *const command[] = {name, NULL};
	sigset_t blocked;
	pid_t child;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	options = (struct options){.command = command, .milliseconds = 500};
	come(start_server(&child));
	assert_ends(TIME_IS_UP, child);
}

/* POSIX has no program that tells; of Linux's signals SIGCHLD is 17 or 18. */
TEST(a_program_has_the_mask_of_the_start)
{
	static char grep[] = "grep", quiet[] = "-q",
		    pattern[] = "^SigBlk:.*[1-9a-f]....$",
		    file[] = "/proc/self/status";
	static char *const command[] = {grep, quiet, pattern, file, NULL};
	sigset_t blocked;
	char line[LINE];
	pid_t child;

	if (access(file, R_OK) == -1)
		skip("no /proc/self/status");
	skip_if(*executor() ? "the process is the emulator's" : NULL);
	if (on_gvisor())
		skip("no SigBlk in /proc/self/status");
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	command_note_signals();
	options = (struct options){
		.command = command, .verbose = 1, .milliseconds = -1};
	come(start_server(&child));
	do
		ck_assert_ptr_nonnull(fgets(line, LINE, told));
	while (!strstr(line, ": status "));
	ck_assert_ptr_nonnull(strstr(line, ": status 0\n"));
	assert_gives(0, kill(child, SIGKILL));
}

#include "check_program.list"
