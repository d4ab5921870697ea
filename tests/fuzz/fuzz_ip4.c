/* SPDX-License-Identifier: ISC */
/* fuzz_ip4.c - scan_ip4 beside a slow reader and inet_pton. */
#include "fuzz.h"
#include "reference.h"

#include <socket6.h>

#ifdef __GLIBC__
# include <arpa/inet.h>
#endif

/* inet_pton reads a whole text, and no other than ours. */
static void compare_inet_pton(const char *text, size_t len, const char *ip)
{
#ifdef __GLIBC__
	char other[4];
	int is_whole = len > 0 && text[len] == '\0';

	require(inet_pton(AF_INET, text, other) == is_whole);
	require(!is_whole || memcmp(other, ip, 4) == 0);
#else
	(void)text, (void)len, (void)ip;
#endif
}

FUZZ(ip4)
{
	char *text = fuzz_text(data, size);
	char ip[4];
	size_t len = fuzz_compare(scan_ip4, reference_scan_ip4, text, 4, ip);

	compare_inet_pton(text, len, ip);
	fuzz_free(text);
}
