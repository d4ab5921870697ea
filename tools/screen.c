/* SPDX-License-Identifier: ISC */
/* screen.c - where a drawing is shown: a terminal, or any file. */
#include "screen.h"

#include "config.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h> /* TIOCGWINSZ of illumos */
#include <unistd.h>

static int is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

/* https://no-color.org: NO_COLOR counts when it is not empty. */
void screen_open(struct screen *screen, FILE *out)
{
	screen->out = out;
	screen->live = isatty(fileno(out)) && is_set("TERM") &&
		       strcmp(getenv("TERM"), "dumb") != 0;
	screen->color = screen->live && !is_set("NO_COLOR");
	screen->utf8 = utf8_is_read();
	screen->last = NULL;
}

/* COLUMNS wide, or 80, with any number of lines. */
static struct winsize size_by_environment(void)
{
	const char *columns = getenv("COLUMNS");
	long n = columns ? strtol(columns, NULL, 10) : 0;

	return (struct winsize){
		.ws_col = (unsigned short)(n >= 8 && n <= 1000 ? n : 80)};
}

/* The terminal's size now. */
static struct winsize size_of(const struct screen *screen)
{
	struct winsize size = {0};

	if (ioctl(fileno(screen->out), TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		return size;
	return size_by_environment();
}

/*
 * Moves to where the last drawing begins. A terminal that became narrower has
 * wrapped its lines.
 */
static void go_back(const struct screen *screen, int width)
{
	int up = screen->last ? draw_lines(screen->last, width) : 0;

	fputc('\r', screen->out);
	if (up)
		fprintf(screen->out, "\33[%dA", up);
}

/*
 * Draws over the last drawing, and clears what is below. Clearing everything
 * first would flicker, and tmux saves a screen that is cleared completely.
 */
static void put_over(const struct screen *screen, const char *text)
{
	for (size_t n; *text; text += n) {
		n = strcspn(text, "\n") + 1;
		fprintf(screen->out, "\33[K%.*s", (int)n, text);
	}
	fputs("\33[J", screen->out);
}

void screen_show(struct screen *screen, struct drawing *d)
{
	struct winsize size = size_of(screen);
	char *text;
	size_t len;
	FILE *memory = open_memstream(&text, &len);

	if (!memory)
		return;
	d->width = size.ws_col;
	d->height = d->over ? 0 : size.ws_row;
	d->color = screen->color;
	d->utf8 = screen->utf8;
	draw(memory, d);
	fclose(memory);
	if (screen->live) {
		go_back(screen, d->width);
		put_over(screen, text);
	} else {
		fputs(text, screen->out);
	}
	fflush(screen->out);
	free(screen->last);
	screen->last = text;
}

void screen_leave(struct screen *screen)
{
	free(screen->last);
	screen->last = NULL;
}
