/* SPDX-License-Identifier: ISC */
/* utf8.h - characters of a text that others wrote. */
#ifndef SOCKET6_TOOL_UTF8_H
#define SOCKET6_TOOL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads a character of UTF-8 (RFC 3629) into c. Returns how many bytes it has,
 * or 0 if these are none.
 */
size_t utf8_read(const char *s, uint32_t *c);

/* Whether a character commands: a terminal, lines, or the way text runs. */
int utf8_commands(uint32_t c);

/* Whether terminals of this locale read UTF-8. */
int utf8_is_read(void);

#endif
