/* SPDX-License-Identifier: ISC */
/* fuzz_fmt.c - what is written of 16 bytes beside a slow writer. */
#include "fuzz.h"
#include "reference.h"

#include <socket6.h>

static size_t write_ip4(char *dest, const void *ip)
{
	return fmt_ip4(dest, ip);
}

static size_t write_ip6(char *dest, const void *ip)
{
	return fmt_ip6(dest, ip);
}

static size_t write_ip6c(char *dest, const void *ip)
{
	return fmt_ip6c(dest, ip);
}

static size_t write_flat(char *dest, const void *ip)
{
	return fmt_ip6_flat(dest, ip);
}

static const struct form {
	fuzz_writer *fmt;
	size_t (*reference)(char *dest, const char *ip);
	fuzz_reader *scan;
	size_t most, width;
} forms[] = {
	{write_ip4, reference_fmt_ip4, scan_ip4, 15, 4},
	{write_ip6, reference_fmt_ip6, scan_ip6, 39, 16},
	{write_ip6c, reference_fmt_ip6c, scan_ip6, 39, 16},
	{write_flat, reference_fmt_flat, scan_ip6_flat, 32, 16},
};

static void compare(const struct form *form, const char *ip)
{
	char *exact = fuzz_copy(ip, form->width);
	char *text = fuzz_written(form->fmt, exact);
	char expected[64], back[16];
	size_t len = form->reference(expected, ip);

	require(len <= form->most && strlen(text) == len);
	require(memcmp(text, expected, len) == 0);
	require(form->scan(text, back) == len);
	require(memcmp(back, ip, form->width) == 0);
	fuzz_free(text);
	fuzz_free(exact);
}

FUZZ(fmt)
{
	struct input in = {data, size};
	char ip[16];

	fuzz_bytes(&in, ip, sizeof ip);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		compare(&forms[i], ip);
}
