/* SPDX-License-Identifier: ISC */
/* json.c - an object of JSON (RFC 8259) a line. */
#include "json.h"

#include "socket6.h"

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

/* How many bytes of UTF-8 a character has here, by RFC 3629 section 4; or 0. */
static size_t utf8_length(const unsigned char *s)
{
	unsigned char low = *s == 0xe0 ? 0xa0 : *s == 0xf0 ? 0x90 : 0x80;
	unsigned char high = *s == 0xed ? 0x9f : *s == 0xf4 ? 0x8f : 0xbf;
	size_t n = *s < 0x80		     ? 1
		   : *s >= 0xc2 && *s < 0xe0 ? 2
		   : *s >= 0xe0 && *s < 0xf0 ? 3
		   : *s >= 0xf0 && *s < 0xf5 ? 4
					     : 0;

	if (n > 1 && (s[1] < low || s[1] > high))
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* One character, escaped where it must be; the bytes that it had. */
static size_t put_character(FILE *out, const char *s)
{
	unsigned char c = (unsigned char)*s;
	size_t n = utf8_length((const unsigned char *)s);

	if (n == 0)
		fputs("\\ufffd", out);
	else if (c < 0x20)
		fprintf(out, "\\u%04x", c);
	else if (c == '"' || c == '\\')
		fprintf(out, "\\%c", c);
	else
		fwrite(s, 1, n, out);
	return n ? n : 1;
}

void json_text(FILE *out, const char *key, const char *value)
{
	fprintf(out, ",\"%s\":", key);
	if (!value) {
		fputs("null", out);
		return;
	}
	putc('"', out);
	while (*value)
		value += put_character(out, value);
	putc('"', out);
}

void json_error(FILE *out, int error)
{
	json_text(out, "error", error ? error_name(error) : NULL);
}

void json_address(FILE *out, const struct socket_addr6 *a)
{
	char text[IP6IF_FMT + 1];

	text[fmt_ip6ifc(text, a->ip, a->scope_id)] = '\0';
	json_text(out, "address", text);
	json_number(out, "port", a->port);
}
