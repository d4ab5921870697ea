/* SPDX-License-Identifier: ISC */
/* fuzz_ip6.c - scan_ip6 and scan_ip6_flat beside slow readers and inet_pton. */
#include "fuzz.h"
#include "reference.h"

#include <socket6.h>

/* What is written is what was read, in its only form. */
static void compare_written(const char *ip)
{
	char text[IP6_FMT + 1], again[16];
	size_t len = fmt_ip6(text, ip);

	text[len] = '\0';
	require(scan_ip6(text, again) == len && memcmp(again, ip, 16) == 0);
}

FUZZ(ip6)
{
	char *text = fuzz_text(data, size);
	char ip[16], flat[16];
	size_t len = fuzz_compare(scan_ip6, reference_scan_ip6, text, 16, ip);

	fuzz_compare(scan_ip6_flat, reference_scan_flat, text, 16, flat);
	/* inet_pton reads no dotted quad alone as IPv6. */
	fuzz_compare_pton(6, text, strchr(text, ':') ? len : 0, ip);
	if (len > 0)
		compare_written(ip);
	fuzz_free(text);
}
