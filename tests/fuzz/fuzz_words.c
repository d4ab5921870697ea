/* SPDX-License-Identifier: ISC */
/*
 * fuzz_words.c - what socket6(1) reads of untrusted text: URLs, reverse names,
 * and characters that a terminal would obey.
 */
#include "fuzz.h"

#include "../../tools/reverse.h"
#include "../../tools/url.h"
#include "../../tools/utf8.h"

#include <socket6.h>
#include <string.h>

static int is_within(const char *part, const char *text)
{
	return strstr(text, part) != NULL;
}

static void check_url(const char *text)
{
	struct url *url;
	size_t len;

	if (!url_is(text))
		return;
	url = fuzz_aligned_room(sizeof *url);
	memset(url, 0x5a, sizeof *url);
	if (url_read(url, text) == 0) {
		len = strlen(url->host);
		require(len > 0 && len < sizeof url->host);
		require(!strpbrk(url->host, "/?#@"));
		require(is_within(url->host, text) || *url->host == '[');
		require(*url->service && !strpbrk(url->service, "/:?#@[]"));
		require(strlen(url->service) < sizeof url->service);
	}
	fuzz_free(url);
}

/* A name that is read is written again, but for its case and a final dot. */
static void check_reverse(const char *text)
{
	char ip[16], again[16], name[REVERSE_FMT];
	unsigned int bits = 0x5a5a, other;
	size_t len = strlen(text);

	memset(ip, 0x5a, sizeof ip);
	if (!reverse_read(text, ip, &bits)) {
		require(bits == 0x5a5a && ip[0] == 0x5a && ip[15] == 0x5a);
		return;
	}
	require(bits <= 128 && reverse_write(name, ip, bits) == name);
	len -= text[len - 1] == '.';
	require(strlen(name) == len || ip6_isv4mapped(ip));
	for (size_t i = 0; i < len && strlen(name) == len; i++)
		require(name[i] == text[i] ||
			(name[i] == (text[i] | 0x20) && text[i] < 'a'));
	require(reverse_read(name, again, &other));
	require(other == bits && memcmp(again, ip, 16) == 0);
}

/* RFC 3629: the shortest form of what is no surrogate, up to U+10FFFF. */
static void check_characters(const char *text)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t c;

	for (size_t n; *text; text += n) {
		n = utf8_read(text, &c);
		require(n <= 4 && strnlen(text, 4) >= n);
		if (n > 0)
			require(c >= least[n] && c <= 0x10ffff &&
				(c < 0xd800 || c > 0xdfff));
		if (n == 0)
			n = 1;
	}
}

FUZZ(words)
{
	char *text = fuzz_text(data, size);

	check_url(text);
	check_reverse(text);
	check_characters(text);
	fuzz_free(text);
}
