/* SPDX-License-Identifier: ISC */
/* zone.h - zones that were looked up a moment ago. */
#ifndef SOCKET6_TOOL_ZONE_H
#define SOCKET6_TOOL_ZONE_H

#include <stddef.h>
#include <stdint.h>

enum { ZONE_TEXT = 32 };

struct zone {
	char text[ZONE_TEXT]; /* as it was read */
	char name[ZONE_TEXT]; /* as it is written */
	uint32_t scope_id;
	int64_t until; /* in microseconds of the same clock as now */
};

/* The remembered zone of this text, for a second after its look-up; or null. */
const struct zone *zone_recall(const char *text, int64_t now);

/*
 * Remembers the zone of a text that was read, and how it is written in another
 * one; not a long name.
 */
void zone_remember(const char *text, const char *written, uint32_t scope_id,
		   int64_t now);

/* Inserts it where an address of fmt_ip6if or fmt_ip6ifport has a zone. */
void zone_insert(char *text, const struct zone *z);

#endif
