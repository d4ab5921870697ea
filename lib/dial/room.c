/* SPDX-License-Identifier: ISC */
/* room.c - the addresses of a dial: known by value, and in lists. Pure. */
#include "room.h"

#include <string.h>

void socket6_list_init(struct dial_list *list)
{
	list->first = list->last = NO_ENTRY;
}

/* Puts i between two neighbours, each of which may be missing. */
static void insert(struct dial_room *room, struct dial_list *list,
		   size_t before, size_t i, size_t next)
{
	struct dial_entry *e = room->entries;

	e[i].before = before;
	e[i].next = next;
	*(before == NO_ENTRY ? &list->first : &e[before].next) = i;
	*(next == NO_ENTRY ? &list->last : &e[next].before) = i;
}

void socket6_list_append(struct dial_room *room, struct dial_list *list,
			 size_t i)
{
	insert(room, list, list->last, i, NO_ENTRY);
}

void socket6_list_prepend(struct dial_room *room, struct dial_list *list,
			  size_t i)
{
	insert(room, list, NO_ENTRY, i, list->first);
}

void socket6_list_remove(struct dial_room *room, struct dial_list *list,
			 size_t i)
{
	struct dial_entry *e = room->entries;
	size_t before = e[i].before, next = e[i].next;

	*(before == NO_ENTRY ? &list->first : &e[before].next) = next;
	*(next == NO_ENTRY ? &list->last : &e[next].before) = before;
}

void socket6_list_splice(struct dial_room *room, struct dial_list *list,
			 struct dial_list *more)
{
	size_t i;

	while ((i = more->last) != NO_ENTRY) {
		socket6_list_remove(room, more, i);
		socket6_list_prepend(room, list, i);
	}
}

/* FNV-1a, 32 bits. */
static uint32_t mix(uint32_t hash, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * 16777619;
	return hash;
}

static size_t *bucket_of(const struct dial_room *room,
			 const struct socket_addr6 *addr)
{
	uint32_t hash = mix(2166136261, addr->ip, 16);

	hash = mix(hash, &addr->port, sizeof addr->port);
	hash = mix(hash, &addr->scope_id, sizeof addr->scope_id);
	return &room->buckets[hash % (room->max + 1)];
}

static int is_same(const struct socket_addr6 *a, const struct socket_addr6 *b)
{
	return memcmp(a->ip, b->ip, 16) == 0 && a->port == b->port &&
	       a->scope_id == b->scope_id;
}

size_t socket6_room_find(const struct dial_room *room,
			 const struct socket_addr6 *addr)
{
	size_t i = *bucket_of(room, addr);

	while (i != NO_ENTRY && !is_same(&room->entries[i].a.addr, addr))
		i = room->entries[i].same;
	return i;
}

int socket6_room_is_v4(const struct dial_room *room,
		       const struct socket_addr6 *addr)
{
	return addr_is_v4mapped(addr->ip) ||
	       socket6_nat64_has(&room->nat64, addr->ip);
}

static void enter(struct dial_room *room, size_t i)
{
	struct dial_entry *entry = &room->entries[i];
	size_t *bucket = bucket_of(room, &entry->a.addr);

	entry->same = *bucket;
	*bucket = i;
}

void socket6_room_rehash(struct dial_room *room, size_t max)
{
	room->max = max;
	for (size_t i = 0; i <= max; i++)
		room->buckets[i] = NO_ENTRY;
	for (size_t i = 0; i < room->count; i++)
		enter(room, i);
}

void socket6_room_put(struct dial_room *room, size_t i,
		      const struct socket_addr6 *addr)
{
	int v4 = socket6_room_is_v4(room, addr);

	room->entries[i] = (struct dial_entry){
		.a.addr = *addr, .v4 = v4, .s = -1};
	room->of[v4]++;
	enter(room, i);
}

void socket6_room_forget(struct dial_room *room, size_t i)
{
	const struct dial_entry *entry = &room->entries[i];
	size_t *at = bucket_of(room, &entry->a.addr);

	while (*at != i)
		at = &room->entries[*at].same;
	*at = entry->same;
	room->of[entry->v4]--;
}
