/* SPDX-License-Identifier: ISC */
/*
 * text.c - how long one library takes to read and to write an address.
 *
 * usage: text-LIBRARY ROUNDS <ADDRESSES
 *
 * Addresses are lines. Writes two lines: read and write, each with the
 * nanoseconds of one address in the fastest round. The addresses are so many
 * that the processor cannot learn what comes next, as of addresses in a log.
 */
#include "common.h"

#if defined BENCH_LIBC
# include <arpa/inet.h>

static size_t scan(const char *src, char *ip)
{
	return inet_pton(AF_INET6, src, ip) == 1;
}

static size_t fmt(char *dest, const char *ip)
{
	return inet_ntop(AF_INET6, ip, dest, 46) != NULL;
}
#elif defined BENCH_LIBOWFAT
# include <ip6.h>
# define scan scan_ip6
# define fmt  fmt_ip6
#elif defined BENCH_SKALIBS
# include <skalibs/fmtscan.h>
# define scan ip6_scan
# define fmt  ip6_fmt
#else
# include <socket6.h>
# define scan scan_ip6
# define fmt  fmt_ip6
#endif

enum { MAX_ADDRESSES = 1 << 16, LINE = 48 };

static char texts[MAX_ADDRESSES][LINE], bytes[MAX_ADDRESSES][16];
static int addresses;

static size_t read_all(void)
{
	size_t sum = 0;

	for (int i = 0; i < addresses; i++)
		sum += scan(texts[i], bytes[i]);
	return sum;
}

static size_t write_all(void)
{
	char dest[80];
	size_t sum = 0;

	for (int i = 0; i < addresses; i++)
		sum += fmt(dest, bytes[i]);
	return sum;
}

static void report(const char *what, int rounds, size_t (*all)(void))
{
	double least = 1e9;

	for (int n = 0; n < rounds; n++) {
		double began = now(), took;

		if (all() < (size_t)addresses)
			exit(1);
		took = now() - began;
		if (took < least)
			least = took;
	}
	printf("%s %.1f\n", what, least * 1e9 / addresses);
}

int main(int argc, char **argv)
{
	int rounds = argc == 2 ? atoi(argv[1]) : 0;

	while (addresses < MAX_ADDRESSES &&
	       fgets(texts[addresses], LINE, stdin)) {
		texts[addresses][strcspn(texts[addresses], "\n")] = '\0';
		addresses++;
	}
	if (rounds == 0 || addresses == 0)
		return 2;
	report("read", rounds, read_all);
	report("write", rounds, write_all);
	return 0;
}
