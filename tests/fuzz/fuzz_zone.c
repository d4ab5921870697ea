/* SPDX-License-Identifier: ISC */
/*
 * fuzz_zone.c - addresses with zone and port. The first byte says whether
 * look-ups of interfaces fail, the next four are a scope id.
 */
#include "fuzz.h"
#include "reference.h"

#include <errno.h>
#include <socket6.h>

struct place {
	char ip[16];
	uint32_t scope_id;
	uint16_t port;
};

static int is_zone_byte(char c)
{
	return (unsigned char)c > 127 ||
	       (c && strchr("0123456789abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ-._~+",
			    c));
}

static int is_digits(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] < '0' || s[i] > '9')
			return 0;
	return 1;
}

/* The index with that name, or 0. */
static uint32_t named(const char *s, size_t len)
{
	const struct fuzz_interface *i = fuzz_interfaces;

	while (i->name && (strlen(i->name) != len || memcmp(i->name, s, len)))
		i++;
	return i->index;
}

static int is_number(const char *s, size_t len, uint32_t *n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len && value <= UINT32_MAX; i++)
		value = value * 10 + (uint64_t)(s[i] - '0');
	*n = (uint32_t)value;
	return value <= UINT32_MAX;
}

/* The zone at s: its bytes, or 0. */
static size_t reference_zone(const char *s, uint32_t *scope_id)
{
	size_t len = 0;
	int is_index;

	while (is_zone_byte(s[len]))
		len++;
	if (len == 0 || s[len] == '@' || s[len] == '=')
		return 0;
	is_index = len > 1 && s[0] == '0' && is_digits(s, len);
	if (!is_index && len < 16) {
		if (fuzz_lookup_error)
			return 0;
		if ((*scope_id = named(s, len)) != 0)
			return len;
	}
	return is_digits(s, len) && is_number(s, len, scope_id) ? len : 0;
}

static size_t reference_scan(const char *src, struct place *to)
{
	size_t len = reference_scan_ip6(src, to->ip), zone;

	to->scope_id = 0;
	if (len == 0 || src[len] != '%')
		return len;
	zone = reference_zone(src + len + 1, &to->scope_id);
	return zone ? len + 1 + zone : 0;
}

static size_t reference_scan_port(const char *src, struct place *to)
{
	size_t len, digits;
	unsigned int port = 0;
	char ip4[4];

	to->scope_id = 0;
	if (*src != '[') {
		len = reference_scan_ip4(src, ip4);
		len = len ? reference_scan_ip6(src, to->ip) : 0;
	} else if (reference_scan_ip4(src + 1, ip4)) {
		return 0;
	} else {
		len = reference_scan(src + 1, to);
		len = len && src[1 + len] == ']' ? len + 2 : 0;
	}
	if (len == 0 || src[len] != ':')
		return 0;
	digits = reference_scan_number(src + len + 1, 65535, &port);
	to->port = (uint16_t)port;
	return digits ? len + 1 + digits : 0;
}

static size_t scan(const char *src, struct place *to)
{
	return scan_ip6if(src, to->ip, &to->scope_id);
}

static size_t scan_port(const char *src, struct place *to)
{
	return scan_ip6ifport(src, to->ip, &to->port, &to->scope_id);
}

typedef size_t scanner(const char *src, struct place *to);

static size_t compare(scanner *read, scanner *reference, const char *text,
		      struct place *to)
{
	struct place blank, expected;
	size_t len;

	memset(&blank, 0x5a, sizeof blank);
	*to = expected = blank;
	errno = 0x5a;
	fuzz_lookups = 0;
	len = read(text, to);
	require(errno == 0x5a && fuzz_lookups <= 1);
	require(reference(text, &expected) == len);
	if (len == 0)
		expected = blank;
	require(memcmp(to->ip, expected.ip, 16) == 0 &&
		to->scope_id == expected.scope_id && to->port == expected.port);
	return len;
}

static size_t write_zone(char *dest, const void *value)
{
	const struct place *p = value;

	return fmt_ip6if(dest, p->ip, p->scope_id);
}

static size_t write_zone_c(char *dest, const void *value)
{
	const struct place *p = value;

	return fmt_ip6ifc(dest, p->ip, p->scope_id);
}

static size_t write_port(char *dest, const void *value)
{
	const struct place *p = value;

	return fmt_ip6ifport(dest, p->ip, p->port, p->scope_id);
}

/* It reads back where look-ups succeed; an IPv4 address without its zone. */
static void check_written(const struct place *p, fuzz_writer *fmt,
			  scanner *read, size_t most, int has_zone)
{
	char *text = fuzz_written(fmt, p);
	struct place back = {.port = p->port};

	require(strlen(text) < most);
	if (!fuzz_lookup_error) {
		require(read(text, &back) == strlen(text));
		require(memcmp(back.ip, p->ip, 16) == 0 &&
			back.port == p->port &&
			back.scope_id == (has_zone ? p->scope_id : 0));
	}
	fuzz_free(text);
}

FUZZ(zone)
{
	struct input in = {data, size};
	int fails = fuzz_byte(&in) & 1;
	uint32_t scope_id = fuzz_word(&in);
	char *text = fuzz_text(in.at, in.left);
	struct place p, with_port;
	int has_zone;

	fuzz_lookup_error = fails ? EMFILE : 0;
	compare(scan_port, reference_scan_port, text, &with_port);
	if (compare(scan, reference_scan, text, &p) == 0)
		fuzz_bytes(&in, p.ip, sizeof p.ip);
	p.port = with_port.port;
	p.scope_id = scope_id;
	has_zone = !ip6_isv4mapped(p.ip);
	check_written(&p, write_zone, scan, IP6IF_FMT, 1);
	check_written(&p, write_zone_c, scan, IP6IF_FMT, has_zone);
	check_written(&p, write_port, scan_port, IP6IFPORT_FMT, has_zone);
	fuzz_free(text);
}
