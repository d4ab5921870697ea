/* SPDX-License-Identifier: ISC */
/* json.c - one JSON object (RFC 8259) on each line. */
#include "json.h"

#include "socket6.h"
#include "utf8.h"

#include <socket6.h>

void json_begin(FILE *out, const char *type)
{
	fprintf(out, "{\"type\":\"%s\"", type);
}

void json_end(FILE *out)
{
	fputs("}\n", out);
}

void json_number(FILE *out, const char *key, int64_t value)
{
	fprintf(out, ",\"%s\":%lld", key, (long long)value);
}

/*
 * Writes one character, escaped if JSON requires that or a terminal would obey.
 * Returns its length in s.
 */
static size_t put_character(FILE *out, const char *s)
{
	uint32_t c;
	size_t n = utf8_read(s, &c);

	if (n == 0)
		fputs("\\ufffd", out);
	else if (utf8_commands(c))
		fprintf(out, "\\u%04x", (unsigned)c);
	else if (c == '"' || c == '\\')
		fprintf(out, "\\%c", (char)c);
	else
		fwrite(s, 1, n, out);
	return n ? n : 1;
}

void json_bytes(FILE *out, const char *key, const char *value, size_t len)
{
	const char *end = value + len;

	fprintf(out, ",\"%s\":\"", key);
	while (value < end)
		value += put_character(out, value);
	putc('"', out);
}

void json_text(FILE *out, const char *key, const char *value)
{
	if (value)
		json_bytes(out, key, value, strlen(value));
	else
		fprintf(out, ",\"%s\":null", key);
}

void json_error(FILE *out, int error)
{
	json_text(out, "error", error ? error_name(error) : NULL);
}

void json_family(FILE *out, int family)
{
	if (family)
		json_number(out, "family", family);
	else
		json_text(out, "family", NULL);
}

void json_address(FILE *out, const struct socket_addr6 *a)
{
	char text[IP6IF_FMT + 1];

	text[fmt_ip6ifc(text, a->ip, a->scope_id)] = '\0';
	json_text(out, "address", text);
	json_number(out, "port", a->port);
}

void json_local(FILE *out, const struct socket_addr6 *a)
{
	char text[IP6IFPORT_FMT + 1];

	text[fmt_ip6ifport(text, a->ip, a->port, a->scope_id)] = '\0';
	json_text(out, "local", text);
}
