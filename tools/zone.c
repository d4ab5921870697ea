/* SPDX-License-Identifier: ISC */
/* zone.c - zones that were looked up a moment ago. */
#include "zone.h"

#include <string.h>

/* A second: an interface may get another name or index. */
enum { ZONES = 16, LIFE = 1000000 };

static struct zone zones[ZONES];

/* The zone of an address, as far as the ] or the end; "" without a zone. */
static const char *zone_of(const char *text, size_t *len)
{
	const char *zone = strchr(text, '%');

	zone = zone ? zone + 1 : "";
	*len = strcspn(zone, "]");
	return zone;
}

/* Those of one machine mostly differ at their end, as eth0 and eth1. */
static struct zone *place_of(const char *zone, size_t len)
{
	return &zones[len ? (unsigned char)zone[len - 1] % ZONES : 0];
}

static int is_copied(char to[ZONE_TEXT], const char *text)
{
	size_t len;
	const char *zone = zone_of(text, &len);

	if (len == 0 || len >= ZONE_TEXT)
		return 0;
	memcpy(to, zone, len);
	to[len] = '\0';
	return 1;
}

const struct zone *zone_recall(const char *text, int64_t now)
{
	size_t len;
	const char *zone = zone_of(text, &len);
	const struct zone *z = place_of(zone, len);

	if (len == 0 || strncmp(z->text, zone, len) != 0 || z->text[len])
		return NULL;
	return now < z->until ? z : NULL;
}

void zone_remember(const char *text, const char *written, uint32_t scope_id,
		   int64_t now)
{
	struct zone z = {.scope_id = scope_id, .until = now + LIFE};

	if (is_copied(z.text, text) && is_copied(z.name, written))
		*place_of(z.text, strlen(z.text)) = z;
}

void zone_insert(char *text, const struct zone *z)
{
	char *end = text + strcspn(text, "]");
	size_t len = strlen(z->name);

	memmove(end + 1 + len, end, strlen(end) + 1);
	*end = '%';
	memcpy(end + 1, z->name, len);
}
