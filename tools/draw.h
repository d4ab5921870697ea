/* SPDX-License-Identifier: ISC */
/* draw.h - the race of a dial as a timeline. Pure. */
#ifndef SOCKET6_TOOL_DRAW_H
#define SOCKET6_TOOL_DRAW_H

#include <socket6.h>
#include <stdio.h>

/* A name, or the text of an address without its port. */
struct draw_label {
	char text[IP6IF_FMT + 1];
};

struct drawing {
	const struct socket_question *questions;
	size_t asked;
	const struct socket_attempt6 *attempts;
	size_t n;
	const struct draw_label *labels; /* of each question and attempt */
	int64_t now;			 /* microseconds after the first step */
	int over;    /* what is pending now was interrupted */
	int is_late; /* the time was up */
	int all;     /* none wins: each address goes to its end */

	int width;  /* columns */
	int height; /* lines, or 0 for as many as it takes */
	int color, utf8;
};

/*
 * Writes one line for each question and attempt, two if the width is small, and
 * one for the time. If there are too few lines, the last are only counted.
 */
void draw(FILE *out, const struct drawing *d);

/* How many lines the text takes on a terminal of this width. */
int draw_lines(const char *text, int width);

/* A time for people, such as 21.3 ms. */
struct draw_time {
	char text[24];
};
struct draw_time draw_time(int64_t microseconds);

#endif
