/* SPDX-License-Identifier: ISC */
/* text.c - socket6 text: reads addresses and writes their canonical form. */
#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What was read. */
struct parsed {
	struct socket_addr6 addr;
	int has_port;
	char text[IP6IFPORT_FMT + 1]; /* as it should be written */
};

/* The purpose of an address: that of the first prefix it begins with. */
static const struct kind {
	const char *prefix;
	int bits;
	const char *words;
} kinds[] = {
	{"::", 128, "unspecified"},
	{"::1", 128, "loopback"},
	{"fe80::", 10, "link-local"},
	{"ff00::", 8, "multicast"},
	{"fc00::", 7, "unique local"},	     /* RFC 4193 */
	{"2001:db8::", 32, "documentation"}, /* RFC 3849 */
	{"3fff::", 20, "documentation"},     /* RFC 9637 */
	{"64:ff9b::", 96, "NAT64"},	     /* RFC 6052 */
	{"2002::", 16, "6to4"},		     /* RFC 3056 */
	{"2001::", 32, "Teredo"},	     /* RFC 4380 */
	{"0.0.0.0", 128, "unspecified"},
	{"255.255.255.255", 128, "broadcast"},
	{"127.0.0.0", 104, "loopback"},
	{"10.0.0.0", 104, "private"}, /* RFC 1918 */
	{"172.16.0.0", 108, "private"},
	{"192.168.0.0", 112, "private"},
	{"169.254.0.0", 112, "link-local"},
	{"100.64.0.0", 106, "shared"},	     /* RFC 6598 */
	{"192.0.2.0", 120, "documentation"}, /* RFC 5737 */
	{"198.51.100.0", 120, "documentation"},
	{"203.0.113.0", 120, "documentation"},
	{"224.0.0.0", 100, "multicast"},
	{"240.0.0.0", 100, "reserved"},
};

static int begins_with(const char *ip, const struct kind *kind)
{
	char prefix[16];
	size_t bytes = (size_t)kind->bits / 8;
	int rest = kind->bits % 8;

	scan_ip6(kind->prefix, prefix);
	if (memcmp(ip, prefix, bytes) != 0)
		return 0;
	return rest == 0 ||
	       ((unsigned char)ip[bytes] ^ (unsigned char)prefix[bytes]) >>
			       (8 - rest) ==
		       0;
}

static const char *kind_of(const char *ip)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (begins_with(ip, &kinds[i]))
			return kinds[i].words;
	return "global";
}

/* Writes a v4-mapped address and a plain IPv4 one as they were. */
static size_t format(const char *input, struct parsed *p)
{
	const struct socket_addr6 *a = &p->addr;

	if (p->has_port)
		return fmt_ip6ifport(p->text, a->ip, a->port, a->scope_id);
	if (scan_ip4(input, NULL))
		return fmt_ip6ifc(p->text, a->ip, a->scope_id);
	return fmt_ip6if(p->text, a->ip, a->scope_id);
}

/* An address, with zone and port if it has them; or 32 digits. */
static int read_address(const char *input, struct parsed *p)
{
	struct socket_addr6 *a = &p->addr;
	size_t n;

	memset(p, 0, sizeof *p);
	n = scan_ip6ifport(input, a->ip, &a->port, &a->scope_id);
	p->has_port = n && !input[n];
	if (!p->has_port)
		n = scan_ip6if(input, a->ip, &a->scope_id);
	if (!n || input[n])
		n = scan_ip6_flat(input, a->ip);
	if (!n || input[n])
		return 0;
	p->text[format(input, p)] = '\0';
	return 1;
}

/* Why it is not an address. No name has a %: no name server is asked. */
static int reason(const char *input)
{
	struct socket_addr6 a;

	if (!strchr(input, '%'))
		return EINVAL;
	errno = EINVAL;
	if (socket_resolve6(input, NULL, 0, &a, 1) == -1 && errno == EINVAL)
		socket_resolve6(input, "0", 0, &a, 1);
	return errno;
}

static int refuse(const char *input)
{
	int error = reason(input);

	if (error == EINVAL)
		return complain(BAD_INPUT, error, "not an address: %s", input);
	if (error == ENODEV)
		return complain(BAD_INPUT, error, "no such interface: %s",
				input);
	return complain(FAILED, error, "%s: %s", input, socket_error(error));
}

static void tell_json(const char *input, const struct parsed *p)
{
	char bytes[33];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	json_begin(stdout, "text");
	json_text(stdout, "input", input);
	json_text(stdout, "text", p->text);
	json_number(stdout, "family", ip6_isv4mapped(p->addr.ip) ? 4 : 6);
	json_text(stdout, "kind", kind_of(p->addr.ip));
	json_text(stdout, "bytes", bytes);
	json_number(stdout, "scope_id", p->addr.scope_id);
	if (p->has_port)
		json_number(stdout, "port", p->addr.port);
	else
		json_text(stdout, "port", NULL);
	json_end(stdout);
}

static void tell_more(const struct parsed *p)
{
	char bytes[33];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	printf("%s\t%s %s\t%s\t%u\n", p->text,
	       ip6_isv4mapped(p->addr.ip) ? "IPv4" : "IPv6",
	       kind_of(p->addr.ip), bytes, (unsigned)p->addr.scope_id);
}

static int say(const struct options *o, const char *input)
{
	struct parsed p;

	if (!read_address(input, &p))
		return refuse(input);
	if (o->json) {
		tell_json(input, &p);
		return DONE;
	}
	if (isatty(STDOUT_FILENO)) /* else it may be read again */
		tame(p.text);
	if (o->verbose)
		tell_more(&p);
	else
		puts(p.text);
	return DONE;
}

/* Removes the blanks around it. */
static char *trim(char *line)
{
	static const char blanks[] = " \t\r\n";
	char *end;

	line += strspn(line, blanks);
	end = line + strlen(line);
	while (end > line && strchr(blanks, end[-1]))
		*--end = '\0';
	return line;
}

/* Skips an empty line; one that contains a NUL is not an address. */
static int say_line(const struct options *o, char *line, size_t len)
{
	int has_nul = strlen(line) < len;
	const char *input = trim(line);

	if (has_nul)
		return refuse(input);
	return *input ? say(o, input) : DONE;
}

/* The status of both: bad input does not hide a failure. */
static int worse(int status, int other)
{
	return status == FAILED || other == DONE ? status : other;
}

/* Continues while standard output has a reader. */
static int say_lines(const struct options *o)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	int status = DONE;

	while (!ferror(stdout) && (len = getline(&line, &size, stdin)) != -1)
		status = worse(status, say_line(o, line, (size_t)len));
	/* glibc sets no error for a line that does not fit in memory. */
	if (!feof(stdin) && !ferror(stdout))
		status = complain(FAILED, errno, "standard input: %s",
				  error_words(errno));
	free(line);
	return status;
}

int text(const struct options *o, char *const *words, int n)
{
	int status = DONE;

	if (n == 0)
		return say_lines(o);
	for (int i = 0; i < n; i++)
		status = worse(status, say(o, words[i]));
	return status;
}
