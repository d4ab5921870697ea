/* SPDX-License-Identifier: ISC */
/* fuzz.c - what the harnesses share: input, and objects of an exact size. */
#include "fuzz.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
# include <arpa/inet.h>
#endif

_Noreturn void fuzz_broken(const char *file, int line, const char *property)
{
	char text[512];
	int n = snprintf(text, sizeof text, "%s:%d: not %s\n", file, line,
			 property);

	if (n >= (int)sizeof text)
		n = sizeof text - 1;
	if (write(STDERR_FILENO, text, (size_t)n) != n)
		_exit(1);
	abort();
}

/* ---- input ---- */

void fuzz_bytes(struct input *in, void *to, size_t n)
{
	size_t had = n < in->left ? n : in->left;

	memset(to, 0, n);
	if (had > 0)
		memcpy(to, in->at, had);
	in->at += had;
	in->left -= had;
}

unsigned int fuzz_byte(struct input *in)
{
	unsigned char byte;

	fuzz_bytes(in, &byte, 1);
	return byte;
}

/* The same on machines of any byte order. */
uint32_t fuzz_word(struct input *in)
{
	uint32_t word = 0;

	for (int i = 0; i < 4; i++)
		word = word << 8 | fuzz_byte(in);
	return word;
}

/* ---- objects ---- */

/*
 * AddressSanitizer finds a byte past the end of what malloc gives; without it,
 * an object ends where a page that nobody may touch begins.
 */
#if defined __SANITIZE_ADDRESS__
# define HAS_ASAN 1
#elif defined __has_feature
# if __has_feature(address_sanitizer)
#  define HAS_ASAN 1
# endif
#endif

#ifdef HAS_ASAN

void *fuzz_room(size_t len)
{
	void *p = malloc(len);

	require(p);
	return p;
}

void *fuzz_aligned_room(size_t len)
{
	return fuzz_room(len);
}

void fuzz_free(void *p)
{
	free(p);
}

#else

# include <sys/mman.h>

enum { SLOTS = 8, SLOT = 1 << 17, GUARD = 1 << 16, STRIDE = SLOT + GUARD };

static char *slots;
static int is_used[SLOTS];

static void make_slots(void)
{
	slots = mmap(NULL, (size_t)SLOTS * STRIDE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANON, -1, 0);
	require(slots != MAP_FAILED);
	for (size_t i = 0; i < SLOTS; i++)
		require(mprotect(slots + i * STRIDE + SLOT, GUARD, PROT_NONE) ==
			0);
}

void *fuzz_room(size_t len)
{
	size_t i = 0;

	if (!slots)
		make_slots();
	while (i < SLOTS && is_used[i])
		i++;
	require(i < SLOTS && len < SLOT);
	is_used[i] = 1;
	return slots + i * STRIDE + SLOT - len;
}

void *fuzz_aligned_room(size_t len)
{
	return fuzz_room((len + 7) & ~(size_t)7);
}

/* An empty object is where its guard begins. */
void fuzz_free(void *p)
{
	is_used[((size_t)((char *)p - slots) - 1) / STRIDE] = 0;
}

#endif

void *fuzz_copy(const void *bytes, size_t len)
{
	void *p = fuzz_room(len);

	return len > 0 ? memcpy(p, bytes, len) : p;
}

char *fuzz_text(const uint8_t *data, size_t size)
{
	size_t len = 0;
	char *text;

	while (len < size && data[len])
		len++;
	text = fuzz_room(len + 1);
	if (len > 0)
		memcpy(text, data, len);
	text[len] = '\0';
	return text;
}

/* ---- what holds for every function ---- */

enum { UNTOUCHED = 0x5a };

static int is_untouched(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != UNTOUCHED)
			return 0;
	return 1;
}

size_t fuzz_compare(fuzz_reader *scan, fuzz_reader *reference, const char *text,
		    size_t width, char *ip)
{
	char out[24], expected[24];
	size_t len;

	memset(out, UNTOUCHED, sizeof out);
	errno = UNTOUCHED;
	len = scan(text, out);
	require(errno == UNTOUCHED);
	require(scan(text, NULL) == len);
	require(reference(text, expected) == len);
	if (len == 0)
		width = 0;
	require(memcmp(out, expected, width) == 0);
	require(is_untouched(out + width, sizeof out - width));
	memcpy(ip, out, width);
	return len;
}

char *fuzz_written(fuzz_writer *fmt, const void *value)
{
	size_t len = fmt(NULL, value);
	char *exact = fuzz_room(len), *text;

	errno = UNTOUCHED;
	require(fmt(exact, value) == len);
	require(errno == UNTOUCHED);
	require(len == 0 || !memchr(exact, '\0', len));
	text = fuzz_text((const uint8_t *)exact, len);
	fuzz_free(exact);
	return text;
}

void fuzz_compare_pton(int family, const char *text, size_t len, const char *ip)
{
#ifdef __GLIBC__
	char other[16];
	int is_whole = len > 0 && text[len] == '\0';
	int af = family == 6 ? AF_INET6 : AF_INET;

	require(inet_pton(af, text, other) == is_whole);
	require(!is_whole || memcmp(other, ip, family == 6 ? 16 : 4) == 0);
#else
	(void)family, (void)text, (void)len, (void)ip;
#endif
}
