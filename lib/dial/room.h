/* SPDX-License-Identifier: ISC */
/* room.h - the addresses of a dial: known by value, and in lists. Pure. */
#ifndef SOCKET6_LIB_DIAL_ROOM_H
#define SOCKET6_LIB_DIAL_ROOM_H

#include "name/nat64.h"
#include "text/text.h"

#define NO_ENTRY SIZE_MAX

/* IPv6 is 0, IPv4 1, as the v4 of an entry. */
enum { FAMILIES_OF_DIAL = 2 };

/* An address. Its place never changes while the dial has it. */
struct dial_entry {
	struct socket_attempt6 a;
	int v4;		/* it counts as IPv4 in the order: socket6_room_is_v4 */
	int slow;	/* known to be silent */
	unsigned asked; /* the engine's asked, when that was asked for; or 0 */
	size_t turn;   /* its index among those of its family that were asked */
	int came_late; /* an attempt had begun */
	int gave_way;  /* it was pending longest when there was no room */
	size_t same;   /* the next one with this hash */
	size_t next, before; /* in its list */

	/* The driver's. */
	int s;		  /* its socket, or -1 */
	int blocks;	  /* the socket becomes blocking once connected */
	const char *buf;  /* the first bytes, */
	size_t len, sent; /* and how many have gone */
	const char *from; /* the local address that is set, or null */
	int has_no_route; /* it may be reached through a NAT64 */
	int watched;	  /* by the descriptor for all */
	int64_t rests;	  /* until then it is not; 0: it is to be */
};

struct dial_list {
	size_t first, last; /* or NO_ENTRY */
};

struct dial_room {
	size_t max, count;
	size_t of[FAMILIES_OF_DIAL]; /* how many of each family */
	struct dial_entry *entries;
	size_t *buckets;    /* by hash, max + 1 of them: the first one */
	size_t *tried;	    /* in the order of their attempts */
	size_t started;	    /* how many those are */
	struct nat64 nat64; /* the local one's prefixes, once they are known */
};

/* It is IPv4, v4-mapped, and has an IPv4 socket. */
static inline int entry_is_ip4(const struct dial_entry *entry)
{
	return addr_is_v4mapped(entry->a.addr.ip);
}

/* It is an IPv4 host's address, be it behind the NAT64. */
int socket6_room_is_v4(const struct dial_room *room,
		       const struct socket_addr6 *addr);

void socket6_list_init(struct dial_list *list);
void socket6_list_append(struct dial_room *room, struct dial_list *list,
			 size_t i);
void socket6_list_prepend(struct dial_room *room, struct dial_list *list,
			  size_t i);
void socket6_list_remove(struct dial_room *room, struct dial_list *list,
			 size_t i);

/* Moves all of more to the beginning of list. */
void socket6_list_splice(struct dial_room *room, struct dial_list *list,
			 struct dial_list *more);

/* The arrays have places for max entries now. */
void socket6_room_rehash(struct dial_room *room, size_t max);

/* Where that address is, or NO_ENTRY. */
size_t socket6_room_find(const struct dial_room *room,
			 const struct socket_addr6 *addr);

/* Writes an address that is new to place i, and takes one away. */
void socket6_room_put(struct dial_room *room, size_t i,
		      const struct socket_addr6 *addr);
void socket6_room_forget(struct dial_room *room, size_t i);

#endif
