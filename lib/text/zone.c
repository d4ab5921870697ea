/* SPDX-License-Identifier: ISC */
/* zone.c - text with zone and port. */
#include "public.h"
#include "sys/sys.h"
#include "text.h"

#include <string.h>

enum { ZONE_MAX = IP6IF_FMT - IP6_FMT - 1 };

/* In any locale; bytes above 127 are UTF-8. */
static int is_zone_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c > 127 ||
	       (c && strchr("-._~+", c));
}

/* 0 also for a name that goes on: ip(8) lists veth0@if5, which is not veth0. */
static size_t zone_length(const char *src)
{
	size_t len = 0;

	while (is_zone_byte(src[len]))
		len++;
	return src[len] == '@' || src[len] == '=' ? 0 : len;
}

/* What is never a name, though Linux has interfaces of such names. */
static int is_index(const char *zone, size_t len)
{
	return len > 1 && zone[0] == '0' && strspn(zone, "0123456789") >= len;
}

/*
 * The interface of this name: 0, ENODEV or why it cannot be asked for. An
 * address is often written to tell of an error: errno stays as it is. POSIX
 * has no error for if_nametoindex, so it begins as 0.
 */
static int index_of(const char *src, size_t len, uint32_t *index)
{
	char name[IF_NAMESIZE];
	int before = errno;
	int error = 0;

	if (len >= sizeof name)
		return ENODEV;
	memcpy(name, src, len);
	name[len] = 0;
	errno = 0;
	*index = socket_getifidx(name);
	if (*index == 0)
		error = sys_no_interface(ENODEV);
	errno = before;
	return error;
}

/* The length of an interface's name, 0 if it has none that reads back. */
static size_t name_of(uint32_t index, char name[ZONE_MAX + 1])
{
	int error = errno;
	const char *found = socket_getifname_r(index, name, ZONE_MAX + 1);
	size_t len;

	errno = error;
	if (!found)
		return 0;
	len = zone_length(name);
	return name[len] == 0 && !is_index(name, len) ? len : 0;
}

/* The bytes that a zone takes, or 0; *error says why one is not known. */
static size_t scan_zone(const char *src, uint32_t *scope_id, int *error)
{
	size_t len = zone_length(src);
	int reason;

	if (len == 0)
		return 0;
	reason = is_index(src, len) ? ENODEV : index_of(src, len, scope_id);
	if (reason == ENODEV && socket6_decimal(src, len, UINT32_MAX, scope_id))
		reason = 0;
	if (reason == 0)
		return len;
	*error = reason;
	return 0;
}

size_t socket6_scan_ip6if(const char *src, char *ip, uint32_t *scope_id,
			  int *error)
{
	char out[16];
	uint32_t id = 0;
	size_t len = scan_ip6(src, out);
	size_t zone;

	if (len == 0)
		return 0;
	if (src[len] == '%') {
		zone = scan_zone(src + len + 1, &id, error);
		if (zone == 0)
			return 0;
		len += 1 + zone;
	}
	if (ip)
		memcpy(ip, out, 16);
	if (scope_id)
		*scope_id = id;
	return len;
}

size_t scan_ip6if(const char *src, char ip[16], uint32_t *scope_id)
{
	int error;

	return socket6_scan_ip6if(src, ip, scope_id, &error);
}

/* A leading zero distinguishes a number from a name. */
static size_t fmt_index(char *dest, uint32_t index)
{
	size_t len = socket6_fmt_decimal(dest, index);
	uint32_t other;

	if (index_of(dest, len, &other) == ENODEV)
		return len;
	dest[0] = '0';
	return 1 + socket6_fmt_decimal(dest + 1, index);
}

static size_t fmt_zone(char *dest, uint32_t scope_id)
{
	char name[ZONE_MAX + 1];
	size_t len = name_of(scope_id, name);

	if (len == 0)
		return fmt_index(dest, scope_id);
	memcpy(dest, name, len);
	return len;
}

size_t fmt_ip6if(char *dest, const char ip[16], uint32_t scope_id)
{
	char discarded[IP6IF_FMT];
	char *p = dest ? dest : discarded;
	size_t len = fmt_ip6(p, ip);

	if (scope_id == 0)
		return len;
	p[len++] = '%';
	return len + fmt_zone(p + len, scope_id);
}

size_t fmt_ip6ifc(char *dest, const char ip[16], uint32_t scope_id)
{
	if (addr_is_v4mapped(ip))
		return fmt_ip6c(dest, ip);
	return fmt_ip6if(dest, ip, scope_id);
}

/* Reads what precedes the colon: [IPv6 address] or a dotted quad. */
static size_t scan_host(const char *src, char *ip, uint32_t *scope_id,
			int *error)
{
	size_t len;

	*scope_id = 0;
	if (src[0] != '[')
		return scan_ip4(src, NULL) ? scan_ip6(src, ip) : 0;
	if (scan_ip4(src + 1, NULL))
		return 0;
	len = socket6_scan_ip6if(src + 1, ip, scope_id, error);
	return len > 0 && src[len + 1] == ']' ? len + 2 : 0;
}

size_t socket6_scan_ip6ifport(const char *src, char *ip, uint16_t *port,
			      uint32_t *scope_id, int *error)
{
	char out[16];
	uint32_t id;
	uint16_t number = 0;
	size_t len = scan_host(src, out, &id, error);
	size_t digits;

	if (len == 0 || src[len] != ':')
		return 0;
	digits = socket6_scan_port(src + len + 1, &number);
	if (digits == 0)
		return 0;
	if (ip)
		memcpy(ip, out, 16);
	if (port)
		*port = number;
	if (scope_id)
		*scope_id = id;
	return len + 1 + digits;
}

size_t scan_ip6ifport(const char *src, char ip[16], uint16_t *port,
		      uint32_t *scope_id)
{
	int error;

	return socket6_scan_ip6ifport(src, ip, port, scope_id, &error);
}

size_t fmt_ip6ifport(char *dest, const char ip[16], uint16_t port,
		     uint32_t scope_id)
{
	char discarded[IP6IFPORT_FMT];
	char *p = dest ? dest : discarded;
	size_t len = 0;

	if (addr_is_v4mapped(ip)) {
		len = fmt_ip6c(p, ip);
	} else {
		p[len++] = '[';
		len += fmt_ip6if(p + len, ip, scope_id);
		p[len++] = ']';
	}
	p[len++] = ':';
	return len + socket6_fmt_decimal(p + len, port);
}
