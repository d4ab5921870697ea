/* SPDX-License-Identifier: ISC */
/* ip6.c - the text of an IPv6 address. Pure. */
#include "public.h"
#include "sys/compiler.h"
#include "text.h"

#include <string.h>

const char V4mappedprefix[12] = {[10] = '\xff', [11] = '\xff'};
const char V6loopback[16] = {[15] = 1};
const char V6any[16] = {0};

/* A table's entries, one for each byte; the compiler computes them. */
#define BYTES4(entry, n)                                                       \
 entry(n), entry((n) + 1), entry((n) + 2), entry((n) + 3)
#define BYTES16(entry, n)                                                      \
 BYTES4(entry, n), BYTES4(entry, (n) + 4), BYTES4(entry, (n) + 8),             \
	 BYTES4(entry, (n) + 12)
#define BYTES64(entry, n)                                                      \
 BYTES16(entry, n), BYTES16(entry, (n) + 16), BYTES16(entry, (n) + 32),        \
	 BYTES16(entry, (n) + 48)
#define BYTES(entry)                                                           \
 BYTES64(entry, 0), BYTES64(entry, 64), BYTES64(entry, 128), BYTES64(entry, 192)

/* ---- reading ---- */

#define IN(c, first, last) ((c) >= (first) && (c) <= (last))
#define HEX_VALUE(c)                                                           \
 (unsigned char)(IN(c, '0', '9')   ? (c) - '0'                                 \
		 : IN(c, 'a', 'f') ? (c) - 'a' + 10                            \
		 : IN(c, 'A', 'F') ? (c) - 'A' + 10                            \
				   : 16)

static const unsigned char hex_values[] = {BYTES(HEX_VALUE)};

/* The value of a hexadecimal digit, 16 for any other byte. */
static unsigned int hex(char c)
{
	return hex_values[(unsigned char)c];
}

/*
 * Reads a group's digits, at most four: how many. Not a loop, so that each has
 * a branch of its own, which processors foresee better.
 */
static inline size_t scan_group(const char *src, unsigned int *value)
{
	unsigned int digit = hex(src[0]);

	*value = digit;
	if (digit > 15)
		return 0;
	if ((digit = hex(src[1])) > 15)
		return 1;
	*value = *value << 4 | digit;
	if ((digit = hex(src[2])) > 15)
		return 2;
	*value = *value << 4 | digit;
	if ((digit = hex(src[3])) > 15)
		return 3;
	*value = *value << 4 | digit;
	return 4;
}

/*
 * An address as it is read. Groups after :: go behind 16 zeroes; the last 16
 * bytes OR the first 16 are the address. Without :: these two are the same.
 */
struct reading {
	char *next; /* where the next group goes */
	char *end;  /* no group goes there */
	char *rest; /* where the first after :: goes */
	int gap;    /* whether :: was read */
};

/* One group at least is left to ::, and there is one :: at most. */
static inline int open_gap(struct reading *r)
{
	if (r->gap || r->next == r->end)
		return 0;
	r->gap = 1;
	r->end = r->rest + (r->end - r->next) - 2;
	r->next = r->rest;
	return 1;
}

static inline void put(struct reading *r, unsigned int value)
{
	*r->next++ = (char)(value >> 8);
	*r->next++ = (char)value;
}

/* A dotted quad ends an address, in the place of the last two groups. */
static size_t read_quad(struct reading *r, const char *src)
{
	size_t len;

	if (r->gap ? r->end - r->next < 4 : r->end - r->next != 4)
		return 0;
	len = scan_ip4(src, r->next);
	if (len > 0)
		r->next += 4;
	return len;
}

/* A group that no colon follows: its bytes, 0 if it has too many digits. */
static inline size_t read_last(struct reading *r, const char *src, size_t len,
			       unsigned int value)
{
	size_t quad = src[len] == '.' ? read_quad(r, src) : 0;

	if (quad > 0)
		return quad;
	if (hex(src[len]) < 16)
		return 0;
	put(r, value);
	return len;
}

/* Reads what is part of an address: the bytes that make one, or 0. */
static inline size_t read_groups(struct reading *r, const char *src)
{
	const char *p = src;
	size_t len, last = 0;
	unsigned int value;

	if (p[0] == ':' && p[1] == ':' && open_gap(r))
		p += 2;
	do {
		len = scan_group(p, &value);
		if (p[len] != ':') {
			last = len > 0 ? read_last(r, p, len, value) : 0;
			break;
		}
		if (len > 0)
			put(r, value);
		else if (p == src || !open_gap(r))
			break;
		p += len + 1;
	} while (r->next < r->end);
	if (!r->gap && r->next < r->end)
		return 0;
	if (last > 0 || r->next == r->rest)
		return (size_t)(p - src) + last;
	return (size_t)(p - src) - 1; /* a colon that is not part of it */
}

static size_t scan_v4mapped(const char *src, char *ip)
{
	char ip4[4];
	size_t len = scan_ip4(src, ip4);

	if (len > 0 && ip)
		addr_map(ip, ip4);
	return len;
}

size_t scan_ip6(const char *src, char ip[16])
{
	char bytes[48] = {0}, out[16];
	struct reading r = {bytes, bytes + 16, bytes + 32, 0};
	size_t len = read_groups(&r, src);

	if (len == 0)
		return scan_v4mapped(src, ip);
	for (int i = 0; i < 16; i++)
		out[i] = (char)(bytes[i] | r.next[i - 16]);
	if (ip)
		memcpy(ip, out, 16);
	return len;
}

/* ---- writing ---- */

/* In each of four groups, the last bit says whether it is 0. */
static inline uint64_t zeros_of(uint64_t groups)
{
	const uint64_t rest = 0x7fff7fff7fff7fff; /* all bits but the first */

	return ~(((groups & rest) + rest) | groups | rest) >> 15;
}

/*
 * Which groups are 0: the last bit is the first group. The product moves bits
 * 48, 32, 16 and 0, and those four above each, to 48 and up.
 */
static inline unsigned int zero_groups(const char *ip)
{
	const uint64_t gather = 1 | (uint64_t)1 << 17 | (uint64_t)1 << 34 |
				(uint64_t)1 << 51;
	uint64_t zeros = zeros_of(addr_half(ip));

	zeros |= zeros_of(addr_half(ip + 8)) << 4;
	return zeros * gather >> 48 & 255;
}

/* Where runs of so many zero groups begin, and the first of them. */
#define RUNS2(z) ((z) & (z) >> 1)
#define RUNS3(z) (RUNS2(z) & (z) >> 2)
#define RUNS4(z) (RUNS3(z) & (z) >> 3)
#define RUNS5(z) (RUNS4(z) & (z) >> 4)
#define RUNS6(z) (RUNS5(z) & (z) >> 5)
#define RUNS7(z) (RUNS6(z) & (z) >> 6)
#define RUNS8(z) (RUNS7(z) & (z) >> 7)
#define FIRST(r)                                                               \
 ((r)&1 ? 0 : (r)&2 ? 1 : (r)&4 ? 2 : (r)&8 ? 3 : (r)&16 ? 4 : (r)&32 ? 5 : 6)

/* The longest run, the first of equal ones: its first group, its length. */
#define RUN(r, length) (FIRST(r) << 4 | (length))
#define LONGEST_RUN(z)                                                         \
 (unsigned char)(RUNS8(z)   ? RUN(RUNS8(z), 8)                                 \
		 : RUNS7(z) ? RUN(RUNS7(z), 7)                                 \
		 : RUNS6(z) ? RUN(RUNS6(z), 6)                                 \
		 : RUNS5(z) ? RUN(RUNS5(z), 5)                                 \
		 : RUNS4(z) ? RUN(RUNS4(z), 4)                                 \
		 : RUNS3(z) ? RUN(RUNS3(z), 3)                                 \
		 : RUNS2(z) ? RUN(RUNS2(z), 2)                                 \
			    : 0)

static const unsigned char longest_runs[] = {BYTES(LONGEST_RUN)};

static const char digits[] = HEX_DIGITS;

/* A byte's digits: without a leading zero, then with it. */
#define DIGIT(n) ((n) < 10 ? '0' + (n) : 'a' + (n)-10)
#define SHORT(n)                                                               \
 {                                                                             \
  DIGIT((n) < 16 ? (n) : (n) >> 4), DIGIT((n)&15)                              \
 }
#define WHOLE(n)                                                               \
 {                                                                             \
  DIGIT((n) >> 4), DIGIT((n)&15)                                               \
 }

static const char pairs[][2] = {BYTES(SHORT), BYTES(WHOLE)};

/* How many: of a group's first byte, then of its second as in pairs. */
#define FIRST_LENGTH(n) ((n) > 15) + ((n) > 0)
#define SHORT_LENGTH(n) ((n) > 15) + 1
#define WHOLE_LENGTH(n) 2

static const unsigned char lengths[] = {
	BYTES(FIRST_LENGTH), BYTES(SHORT_LENGTH), BYTES(WHOLE_LENGTH)};

/* A colon follows, so both bytes of a pair are written, whatever its length. */
static inline char *put_group(char *dest, const char *ip)
{
	unsigned int first = (unsigned char)ip[0];
	unsigned int second = (unsigned char)ip[1] | ((first + 255) & 256);

	memcpy(dest, pairs[first], 2);
	dest += lengths[first];
	memcpy(dest, pairs[second], 2);
	return dest + lengths[256 + second];
}

/* The last group, after which nothing may be written. */
static inline char *put_last(char *dest, unsigned int value)
{
	*dest = digits[value >> 12];
	dest += value > 0xfff;
	*dest = digits[value >> 8 & 15];
	dest += value > 0xff;
	*dest = digits[value >> 4 & 15];
	dest += value > 0xf;
	*dest = digits[value & 15];
	return dest + 1;
}

/*
 * The run prints as one empty group between colons. Both of its colons are
 * written where one may be right: a byte follows every colon but the last.
 */
static size_t fmt_groups(char *dest, const char *ip)
{
	unsigned int run = longest_runs[zero_groups(ip)];
	unsigned int start = run >> 4, end = start + (run & 15);
	unsigned int i = start == 0 ? end : 0;
	char *p = dest + (i > 0 ? 2 : 0);

	dest[0] = dest[1] = ':';
	while (i < 7) {
		p = put_group(p, ip + 2 * i++);
		p[0] = p[1] = ':';
		p += i == start ? 2 : 1;
		i = i == start ? end : i;
	}
	if (i == 7)
		p = put_last(p, addr_half(ip + 8) & 0xffff);
	return (size_t)(p - dest);
}

/* Apart, for a buffer here makes the stack of the function be guarded. */
SYS_RARE static size_t length_of(const char ip[16])
{
	char discarded[IP6_FMT];

	return fmt_ip6(discarded, ip);
}

size_t fmt_ip6(char *dest, const char ip[16])
{
	const char *ip4 = addr_unmap(ip);

	if (!dest)
		return length_of(ip);
	if (!ip4)
		return fmt_groups(dest, ip);
	memcpy(dest, "::ffff:", 7);
	return 7 + fmt_ip4(dest + 7, ip4);
}

size_t fmt_ip6c(char *dest, const char ip[16])
{
	const char *ip4 = addr_unmap(ip);

	return ip4 ? fmt_ip4(dest, ip4) : fmt_ip6(dest, ip);
}

size_t scan_ip6_flat(const char *src, char ip[16])
{
	char out[16];

	for (int i = 0; i < 16; i++) {
		if (hex(src[2 * i]) > 15 || hex(src[2 * i + 1]) > 15)
			return 0;
		out[i] = (char)(hex(src[2 * i]) << 4 | hex(src[2 * i + 1]));
	}
	if (ip)
		memcpy(ip, out, 16);
	return 32;
}

size_t fmt_ip6_flat(char *dest, const char ip[16])
{
	for (int i = 0; dest && i < 16; i++) {
		dest[2 * i] = digits[(unsigned char)ip[i] >> 4];
		dest[2 * i + 1] = digits[ip[i] & 15];
	}
	return 32;
}
