/* SPDX-License-Identifier: ISC */
/* screen.h - where a drawing is shown: a terminal, or any file. */
#ifndef SOCKET6_TOOL_SCREEN_H
#define SOCKET6_TOOL_SCREEN_H

#include "draw.h"

struct screen {
	FILE *out;
	int live; /* a terminal, on which a drawing can be drawn again */
	int color, utf8;
	char *last; /* what it shows, or null */
};

void screen_open(struct screen *screen, FILE *out);

/* Shows the drawing in place of the last one, in the size that fits. */
void screen_show(struct screen *screen, struct drawing *d);

/* Leaves the drawing where it is: the next one is drawn below. */
void screen_leave(struct screen *screen);

#endif
