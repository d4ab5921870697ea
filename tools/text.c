/* SPDX-License-Identifier: ISC */
/* text.c - socket6 text: reads addresses and writes their canonical form. */
#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"
#include "zone.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What was read. */
struct parsed {
	struct socket_addr6 addr;
	unsigned int bits; /* of a prefix; 128: it is an address */
	int is_prefix, has_port;
	int is_dotted;		      /* IPv4, and not written as v4-mapped */
	char text[IP6IFPORT_FMT + 1]; /* as it should be written */
};

/* The purpose of an address: that of the first prefix it begins with. */
static const struct kind {
	const char *prefix;
	const char *words;
} kinds[] = {
	{"::/128", "unspecified"},
	{"::1/128", "loopback"},
	{"fe80::/10", "link-local"},
	{"ff00::/8", "multicast"},
	{"fc00::/7", "unique local"},	    /* RFC 4193 */
	{"2001:db8::/32", "documentation"}, /* RFC 3849 */
	{"3fff::/20", "documentation"},	    /* RFC 9637 */
	{"64:ff9b::/96", "NAT64"},	    /* RFC 6052 */
	{"2002::/16", "6to4"},		    /* RFC 3056 */
	{"2001::/32", "Teredo"},	    /* RFC 4380 */
	{"0.0.0.0/32", "unspecified"},
	{"255.255.255.255/32", "broadcast"},
	{"127.0.0.0/8", "loopback"},
	{"10.0.0.0/8", "private"}, /* RFC 1918 */
	{"172.16.0.0/12", "private"},
	{"192.168.0.0/16", "private"},
	{"169.254.0.0/16", "link-local"},
	{"100.64.0.0/10", "shared"},	   /* RFC 6598 */
	{"192.0.2.0/24", "documentation"}, /* RFC 5737 */
	{"198.51.100.0/24", "documentation"},
	{"203.0.113.0/24", "documentation"},
	{"224.0.0.0/4", "multicast"},
	{"240.0.0.0/4", "reserved"},
};

/* Also of a prefix, if all of it has that purpose. */
static const char *kind_of(const struct parsed *p)
{
	char net[16];
	unsigned int bits;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (scan_ip6prefix(kinds[i].prefix, net, &bits) &&
		    bits <= p->bits && socket_match6(p->addr.ip, net, bits))
			return kinds[i].words;
	return "global";
}

/* Writes a v4-mapped address and a plain IPv4 one as they were. */
static size_t format(struct parsed *p)
{
	const struct socket_addr6 *a = &p->addr;

	if (p->is_prefix)
		return fmt_ip6prefix(p->text, a->ip, p->bits);
	if (p->has_port)
		return fmt_ip6ifport(p->text, a->ip, a->port, a->scope_id);
	if (p->is_dotted)
		return fmt_ip6ifc(p->text, a->ip, a->scope_id);
	return fmt_ip6if(p->text, a->ip, a->scope_id);
}

/*
 * Reads it without a zone that is remembered, and writes that behind it. A
 * v4-mapped address may be written without its zone: that one is read anew.
 */
static int read_remembered(const char *input, struct parsed *p)
{
	size_t before = strcspn(input, "%"), n;
	const struct zone *z = input[before] ? zone_recall(input, time_now())
					     : NULL;
	struct socket_addr6 a = {.port = 0};
	char bare[IP6IFPORT_FMT + 1];
	const char *after;

	if (!z)
		return 0;
	after = input + before + 1 + strlen(z->text);
	if (before + strlen(after) >= sizeof bare)
		return 0;
	memcpy(bare, input, before);
	strcpy(bare + before, after);
	n = *after ? scan_ip6ifport(bare, a.ip, &a.port, NULL)
		   : scan_ip6if(bare, a.ip, NULL);
	if (!n || bare[n] || ip6_isv4mapped(a.ip))
		return 0;
	p->addr = a;
	p->has_port = *after != '\0';
	p->text[format(p)] = '\0';
	zone_insert(p->text, z);
	p->addr.scope_id = z->scope_id;
	return 1;
}

/* A prefix; an address, with zone and port if it has them; or 32 digits. */
static int read_text(const char *input, struct parsed *p)
{
	struct socket_addr6 *a = &p->addr;
	size_t n;

	n = strchr(input, '/') ? scan_ip6prefix(input, a->ip, &p->bits) : 0;
	p->is_prefix = n && !input[n];
	if (!p->is_prefix)
		n = scan_ip6ifport(input, a->ip, &a->port, &a->scope_id);
	p->has_port = n && !input[n] && !p->is_prefix;
	if (!n || input[n])
		n = scan_ip6if(input, a->ip, &a->scope_id);
	if (!n || input[n])
		n = scan_ip6_flat(input, a->ip);
	p->is_dotted = scan_ip4(input, NULL) != 0;
	return n && !input[n];
}

static int read_address(const char *input, struct parsed *p)
{
	memset(p, 0, sizeof *p);
	p->bits = 128;
	if (read_remembered(input, p))
		return 1;
	if (!read_text(input, p))
		return 0;
	p->text[format(p)] = '\0';
	if (p->addr.scope_id)
		zone_remember(input, p->text, p->addr.scope_id, time_now());
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

/* As it is written: of IPv4 at most 32. */
static unsigned int prefix_of(const struct parsed *p)
{
	return ip6_isv4mapped(p->addr.ip) && p->bits >= 96 ? p->bits - 96
							   : p->bits;
}

static void json_known(int is_known, const char *key, int64_t value)
{
	if (is_known)
		json_number(stdout, key, value);
	else
		json_text(stdout, key, NULL);
}

static void tell_json(const char *input, const struct parsed *p)
{
	char bytes[33];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	json_begin(stdout, "text");
	json_text(stdout, "input", input);
	json_text(stdout, "text", p->text);
	json_number(stdout, "family", ip6_isv4mapped(p->addr.ip) ? 4 : 6);
	json_text(stdout, "kind", kind_of(p));
	json_text(stdout, "bytes", bytes);
	json_number(stdout, "scope_id", p->addr.scope_id);
	json_known(p->has_port, "port", p->addr.port);
	json_known(p->is_prefix, "prefix", prefix_of(p));
	json_end(stdout);
}

static void tell_more(const struct parsed *p)
{
	char bytes[33];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	printf("%s\t%s %s\t%s\t%u\n", p->text,
	       ip6_isv4mapped(p->addr.ip) ? "IPv4" : "IPv6", kind_of(p), bytes,
	       (unsigned)p->addr.scope_id);
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
