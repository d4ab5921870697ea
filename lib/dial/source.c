/* SPDX-License-Identifier: ISC */
/* source.c - which local address an attempt has, and what a history knows. */
#include "source.h"

#include "history.h"
#include "sys/sys.h"
#include "text/text.h"

/* Neither 0.0.0.0 nor ::. */
static int is_known(const char ip[16])
{
	const char *ip4 = addr_unmap(ip);

	return ip4 ? memcmp(ip4, addr_any, 4) != 0 : !addr_is_any(ip);
}

/* Winsock need not know where an attempt that is pending comes from. */
static int local_of(int s, char ip[16])
{
	return socket_local6(s, ip, NULL, NULL) == 0 && is_known(ip);
}

/* What the system would choose; a datagram socket sends nothing. */
static int chosen_for(const struct dial_entry *entry, char ip[16])
{
	const struct socket_addr6 *to = &entry->a.addr;
	int s = entry->v4 ? socket_udp4_flags(SOCKET_CLOEXEC)
			  : socket_udp6_flags(SOCKET_CLOEXEC);
	int r;

	if (s == -1)
		return 0;
	r = entry->v4 ? socket_connect4(s, to->ip + 12, to->port)
		      : socket_connect6(s, to->ip, to->port, to->scope_id);
	r = r == 0 && local_of(s, ip);
	socket_close(s);
	return r;
}

static void unknown(const struct dial_entry *entry, char ip[16])
{
	if (entry->v4)
		addr_map(ip, addr_any);
	else
		memcpy(ip, addr_any, 16);
}

/* What its socket says, or the program has set, or the system would choose. */
static void source_for(const struct dial_entry *entry, char ip[16])
{
	if (entry->s != -1 && local_of(entry->s, ip))
		return;
	if (entry->from && is_known(entry->from))
		memcpy(ip, entry->from, 16);
	else if (!chosen_for(entry, ip))
		unknown(entry, ip);
}

/* The source may take four system calls: it is asked for when it matters. */
static int was_silent(const struct socket_history *h,
		      const struct dial_entry *entry)
{
	int64_t now = sys_microseconds();
	char source[16];

	if (!socket6_history_has(h, now, &entry->a.addr, NULL))
		return 0;
	source_for(entry, source);
	return socket6_history_has(h, now, &entry->a.addr, source);
}

int socket6_dial_is_slow(struct socket_history *h, enum dial_heed *heed,
			 const struct dial_entry *entry)
{
	if (*heed == DIAL_IGNORES || !was_silent(h, entry))
		return 0;
	if (*heed == DIAL_UNDECIDED)
		*heed = socket6_history_is_heeded(h) ? DIAL_HEEDS
						     : DIAL_IGNORES;
	return *heed == DIAL_HEEDS;
}

static void learn(struct socket_history *h, int64_t now,
		  const struct dial_entry *entry, enum dial_verdict verdict)
{
	char source[16];

	if (verdict == DIAL_ANSWERED) {
		socket6_history_answer(h, now, &entry->a.addr);
		return;
	}
	source_for(entry, source);
	socket6_history_silence(h, now, &entry->a.addr, source);
}

/* Silence first: a network may have an address that answered, too. */
void socket6_dial_learn(struct socket_history *h, const struct dial_engine *e)
{
	static const enum dial_verdict order[] = {DIAL_SILENT, DIAL_ANSWERED};
	int64_t now = sys_microseconds();

	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < e->room.started; i++) {
			size_t which = e->room.tried[i];

			if (socket6_dial_verdict(e, which) == order[k])
				learn(h, now, &e->room.entries[which],
				      order[k]);
		}
}
