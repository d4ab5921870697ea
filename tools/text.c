/* SPDX-License-Identifier: ISC */
/* text.c - socket6 text: reads addresses and writes their canonical form. */
#include "config.h"
#include "json.h"
#include "reverse.h"
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

/* What is done with each. */
struct use {
	const struct options *o;
	struct parsed within; /* -m */
	int is_shown;	      /* on a terminal; else it may be read again */
};

/* The purpose of an address: that of the first prefix it begins with. */
static const struct kind {
	const char *prefix;
	const char *words;
	unsigned char ipv4; /* the first byte of an IPv4 address, or 0 */
	unsigned char mask; /* its bytes are XORed with this */
} kinds[] = {
	{"::/128", "unspecified", 0, 0},
	{"::1/128", "loopback", 0, 0},
	{"fe80::/10", "link-local", 0, 0},
	{"ff00::/8", "multicast", 0, 0},
	{"fc00::/7", "unique local", 0, 0},	  /* RFC 4193 */
	{"2001:db8::/32", "documentation", 0, 0}, /* RFC 3849 */
	{"3fff::/20", "documentation", 0, 0},	  /* RFC 9637 */
	{"64:ff9b::/96", "NAT64", 12, 0},	  /* RFC 6052 section 2.2 */
	{"2002::/16", "6to4", 2, 0},		  /* RFC 3056 section 2 */
	{"2001::/32", "Teredo", 12, 0xff}, /* the client: RFC 4380 section 4 */
	{"0.0.0.0/32", "unspecified", 0, 0},
	{"255.255.255.255/32", "broadcast", 0, 0},
	{"127.0.0.0/8", "loopback", 0, 0},
	{"10.0.0.0/8", "private", 0, 0}, /* RFC 1918 */
	{"172.16.0.0/12", "private", 0, 0},
	{"192.168.0.0/16", "private", 0, 0},
	{"169.254.0.0/16", "link-local", 0, 0},
	{"100.64.0.0/10", "shared", 0, 0},	 /* RFC 6598 */
	{"192.0.2.0/24", "documentation", 0, 0}, /* RFC 5737 */
	{"198.51.100.0/24", "documentation", 0, 0},
	{"203.0.113.0/24", "documentation", 0, 0},
	{"224.0.0.0/4", "multicast", 0, 0},
	{"240.0.0.0/4", "reserved", 0, 0},
	{"::/0", "global", 0, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Their prefixes, read once. */
static struct net {
	char ip[16];
	unsigned int bits;
} nets[KINDS];

static void read_kinds(void)
{
	for (int i = 0; i < KINDS; i++)
		scan_ip6prefix(kinds[i].prefix, nets[i].ip, &nets[i].bits);
}

/* Whether all of it is in the net. */
static int is_in(const struct parsed *p, const char *net, unsigned int bits)
{
	return bits <= p->bits && socket_match6(p->addr.ip, net, bits);
}

/* Also of a prefix, if all of it has that purpose. */
static const struct kind *kind_of(const struct parsed *p)
{
	int i = 0;

	while (!is_in(p, nets[i].ip, nets[i].bits))
		i++;
	return &kinds[i];
}

/* The IPv4 address inside, if the kind has one and the prefix all of it. */
static const char *inner(const struct parsed *p, char text[IP4_FMT + 1])
{
	const struct kind *kind = kind_of(p);
	char ip[4];

	if (kind->ipv4 == 0 || p->bits < (kind->ipv4 + 4u) * 8)
		return NULL;
	for (int i = 0; i < 4; i++)
		ip[i] = (char)(p->addr.ip[kind->ipv4 + i] ^ kind->mask);
	text[fmt_ip4(text, ip)] = '\0';
	return text;
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

/* The reverse name of an address or, if it is shorter, a prefix. */
static int read_name(const char *input, struct parsed *p)
{
	int is_name = reverse_read(input, p->addr.ip, &p->bits);

	p->is_prefix = p->bits < 128;
	p->is_dotted = 1;
	return is_name;
}

static int read_address(const char *input, struct parsed *p)
{
	memset(p, 0, sizeof *p);
	p->bits = 128;
	if (read_remembered(input, p))
		return 1;
	if (!read_text(input, p) && !read_name(input, p))
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
	char bytes[33], name[REVERSE_FMT], ipv4[IP4_FMT + 1];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	json_begin(stdout, "text");
	json_text(stdout, "input", input);
	json_text(stdout, "text", p->text);
	json_number(stdout, "family", ip6_isv4mapped(p->addr.ip) ? 4 : 6);
	json_text(stdout, "kind", kind_of(p)->words);
	json_text(stdout, "bytes", bytes);
	json_number(stdout, "scope_id", p->addr.scope_id);
	json_known(p->has_port, "port", p->addr.port);
	json_known(p->is_prefix, "prefix", prefix_of(p));
	json_text(stdout, "reverse", reverse_write(name, p->addr.ip, p->bits));
	json_text(stdout, "ipv4", inner(p, ipv4));
	json_end(stdout);
}

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static void tell_more(const struct parsed *p)
{
	char bytes[33], name[REVERSE_FMT], ipv4[IP4_FMT + 1];

	bytes[fmt_ip6_flat(bytes, p->addr.ip)] = '\0';
	printf("%s\t%s %s\t%s\t%u\t%s\t%s\n", p->text,
	       ip6_isv4mapped(p->addr.ip) ? "IPv4" : "IPv6", kind_of(p)->words,
	       bytes, (unsigned)p->addr.scope_id,
	       or_none(reverse_write(name, p->addr.ip, p->bits)),
	       or_none(inner(p, ipv4)));
}

static int say(const struct use *use, const char *input)
{
	struct parsed p;

	if (!read_address(input, &p))
		return refuse(input);
	if (!is_in(&p, use->within.addr.ip, use->within.bits))
		return DONE;
	if (use->o->json) {
		tell_json(input, &p);
		return DONE;
	}
	if (use->is_shown)
		tame(p.text);
	if (use->o->verbose)
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
static int say_line(const struct use *use, char *line, size_t len)
{
	int has_nul = strlen(line) < len;
	const char *input = trim(line);

	if (has_nul)
		return refuse(input);
	return *input ? say(use, input) : DONE;
}

/* The status of both: bad input does not hide a failure. */
static int worse(int status, int other)
{
	return status == FAILED || other == DONE ? status : other;
}

/* Continues while standard output has a reader. */
static int say_lines(const struct use *use)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	int status = DONE;

	while (!ferror(stdout) && (len = getline(&line, &size, stdin)) != -1)
		status = worse(status, say_line(use, line, (size_t)len));
	/* glibc sets no error for a line that does not fit in memory. */
	if (!feof(stdin) && !ferror(stdout))
		status = complain(FAILED, errno, "standard input: %s",
				  error_words(errno));
	free(line);
	return status;
}

/* Without -m all are in ::/0. A prefix has no zone and no port. */
static int read_within(const struct options *o, struct parsed *within)
{
	memset(within, 0, sizeof *within);
	if (!o->match || (read_address(o->match, within) &&
			  !within->addr.scope_id && !within->has_port))
		return DONE;
	return complain(BAD_INPUT, EINVAL, "-m needs a prefix: %s", o->match);
}

int text(const struct options *o, char *const *words, int n)
{
	struct use use = {.o = o, .is_shown = isatty(STDOUT_FILENO)};
	int status = read_within(o, &use.within);

	if (status)
		return status;
	read_kinds();
	if (n == 0)
		return say_lines(&use);
	for (int i = 0; i < n; i++)
		status = worse(status, say(&use, words[i]));
	return status;
}
