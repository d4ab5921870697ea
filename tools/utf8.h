/* SPDX-License-Identifier: ISC */
/* utf8.h - the characters of untrusted text. */
#ifndef SOCKET6_TOOL_UTF8_H
#define SOCKET6_TOOL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads a UTF-8 character (RFC 3629) into c. Returns its length in bytes, or 0
 * if it is not UTF-8.
 */
size_t utf8_read(const char *s, uint32_t *c);

/* Whether a character controls a terminal, lines, or the text's direction. */
int utf8_commands(uint32_t c);

/* Whether this locale uses UTF-8. */
int utf8_is_read(void);

#endif
