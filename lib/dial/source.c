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

static int connect_to(int s, const struct socket_addr6 *to, const char *ip4)
{
	return ip4 ? socket_connect4(s, ip4, to->port)
		   : socket_connect6(s, to->ip, to->port, to->scope_id);
}

/* A datagram socket sends nothing when it is connected. */
int socket6_dial_source(const struct socket_addr6 *to, char ip[16])
{
	const char *ip4 = addr_unmap(to->ip);
	int s = ip4 ? socket_udp4_flags(SOCKET_CLOEXEC)
		    : socket_udp6_flags(SOCKET_CLOEXEC);
	int r, error;

	if (s == -1)
		return -1;
	r = connect_to(s, to, ip4);
	if (r == 0 && !local_of(s, ip))
		r = sys_fail(EADDRNOTAVAIL);
	error = errno;
	socket_close(s);
	errno = error;
	return r;
}

static void unknown(const struct dial_entry *entry, char ip[16])
{
	if (entry_is_ip4(entry))
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
	else if (socket6_dial_source(&entry->a.addr, ip) == -1)
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
