/* SPDX-License-Identifier: ISC */
/* fuzz_ip4.c - scan_ip4 beside a slow reader and inet_pton. */
#include "fuzz.h"
#include "reference.h"

#include <socket6.h>

FUZZ(ip4)
{
	char *text = fuzz_text(data, size);
	char ip[4];
	size_t len = fuzz_compare(scan_ip4, reference_scan_ip4, text, 4, ip);

	fuzz_compare_pton(4, text, len, ip);
	fuzz_free(text);
}
