/* SPDX-License-Identifier: ISC */
/* tell.c - how socket6(1) prints errors, addresses and times. */
#include "tell.h"

#include "config.h"
#include "json.h"
#include "socket6.h"
#include "utf8.h"

#include <socket6.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

static struct {
	FILE *out; /* or null, without -j */
	const struct target *target;
	char line[512]; /* the last complaint */
	int error;
} told;

void tame(char *text)
{
	int utf8 = utf8_is_read();
	uint32_t c;

	for (size_t n; *text; text += n) {
		n = utf8_read(text, &c);
		if (n && utf8_commands(c)) {
			memset(text, '?', n);
		} else if (!n || !utf8) {
			n = 1;
			if (((unsigned char)*text & 0xe0) == 0x80)
				*text = '?';
		}
	}
}

void json_target(FILE *out, const struct target *target)
{
	int64_t began = target->began;

	json_text(out, "host", target->host);
	json_text(out, "service", target->service);
	json_number(out, "time_us", began ? time_now() - began : 0);
}

void json_failed(FILE *out, const struct target *target, int error,
		 const char *message)
{
	json_begin(out, "failed");
	json_error(out, error);
	if (target)
		json_target(out, target);
	json_text(out, "message", message);
	json_end(out);
	fflush(out);
}

void complain_as_json(FILE *out, const struct target *target)
{
	told.out = out;
	told.target = target;
	if (*told.line)
		json_failed(out, target, told.error, told.line);
}

int complain(int status, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(told.line, sizeof told.line, format, args);
	va_end(args);
	told.error = error;
	tame(told.line);
	fflush(stdout);
	if (told.out)
		json_failed(told.out, told.target, error, told.line);
	fprintf(stderr, "socket6: %s\n", told.line);
	return status;
}

struct address_text address_text(const struct socket_addr6 *a)
{
	struct address_text t;
	size_t n = fmt_ip6ifport(t.text, a->ip, a->port, a->scope_id);

	t.text[n] = '\0';
	tame(t.text);
	return t;
}

int64_t time_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
