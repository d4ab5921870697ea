/* SPDX-License-Identifier: ISC */
/*
 * history_text.c - a history as text.
 *
 * A line an entry: key, source and the second of the day's clock until which it
 * holds, eight hex digits each. In a family's line, whose source means nothing
 * to it, stands the number of dials that asked.
 */
#include "history.h"

#include "sys/sys.h"
#include "text/text.h"

#include <time.h>

static const char head[] = "socket6-history 1\n";
enum { HEAD = sizeof head - 1, LINE = 27 };

static const char digits[] = HEX_DIGITS;

static void put_hex(char *dest, uint32_t n)
{
	for (int i = 8; i-- > 0; n >>= 4)
		dest[i] = digits[n & 15];
}

/* A word and the byte after it: 1, or 0 if it is no such word. */
static int get_hex(const char *src, char after, uint32_t *n)
{
	const char *digit;

	*n = 0;
	for (int i = 0; i < 8; i++) {
		digit = memchr(digits, src[i], sizeof digits - 1);
		if (!digit)
			return 0;
		*n = *n << 4 | (uint32_t)(digit - digits);
	}
	return src[8] == after;
}

static void put_line(char *dest, uint32_t key, uint32_t source, uint32_t until)
{
	put_hex(dest, key);
	put_hex(dest + 9, source);
	put_hex(dest + 18, until);
	dest[8] = dest[17] = ' ';
	dest[26] = '\n';
}

static int get_line(const char *src, struct history_network *n)
{
	return get_hex(src, ' ', &n->key) &&
	       get_hex(src + 9, ' ', &n->source) &&
	       get_hex(src + 18, '\n', &n->until);
}

struct writer {
	char *buf;
	size_t size, len;
	uint32_t time, day;
};

static void write_line(struct writer *w, uint32_t key, uint32_t source,
		       uint32_t until)
{
	if (until <= w->time)
		return;
	if (w->buf && w->size >= w->len + LINE)
		put_line(w->buf + w->len, key, source,
			 until - w->time + w->day);
	w->len += LINE;
}

size_t socket6_history_write(const struct socket_history *h, int64_t now,
			     uint32_t day, char *buf, size_t size)
{
	struct writer w = {buf, size, HEAD, history_seconds(now), day};
	uint32_t asked = sys_load(&h->asked);

	if (buf && size >= HEAD)
		memcpy(buf, head, HEAD);
	for (uint32_t key = 0; key < FAMILIES; key++)
		write_line(&w, key, asked, sys_load(&h->answered[key]));
	for (size_t i = 0; i < h->count; i++)
		write_line(&w, sys_load(&h->networks[i].key),
			   sys_load(&h->networks[i].source),
			   sys_load(&h->networks[i].until));
	return w.len;
}

/* Whether the whole of it is a history. */
static int is_history(const char *buf, size_t len)
{
	struct history_network n;

	if (len < HEAD || memcmp(buf, head, HEAD) != 0 || (len - HEAD) % LINE)
		return 0;
	for (size_t at = HEAD; at < len; at += LINE)
		if (!get_line(buf + at, &n))
			return 0;
	return 1;
}

int socket6_history_read(struct socket_history *h, int64_t now, uint32_t day,
			 const char *buf, size_t len)
{
	struct history_network n;
	int loaded = 0;

	if (!h || !buf || !is_history(buf, len))
		return sys_fail(EINVAL);
	for (size_t at = HEAD; at < len; at += LINE) {
		get_line(buf + at, &n);
		loaded += socket6_history_restore(h, now, n.key, n.source,
						  (int32_t)(n.until - day));
	}
	return loaded;
}

/* The clocks are read once for all lines: the last to be silent stays so. */
size_t socket_history_save(const struct socket_history *h, char *buf,
			   size_t size)
{
	return h ? socket6_history_write(h, sys_microseconds(),
					 (uint32_t)time(NULL), buf, size)
		 : 0;
}

int socket_history_load(struct socket_history *h, const char *buf, size_t len)
{
	return socket6_history_read(h, sys_microseconds(), (uint32_t)time(NULL),
				    buf, len);
}
