/* SPDX-License-Identifier: ISC */
/* json.h - an object of JSON (RFC 8259) a line. */
#ifndef SOCKET6_TOOL_JSON_H
#define SOCKET6_TOOL_JSON_H

#include <stdint.h>
#include <stdio.h>

struct socket_addr6;

/* Between these two, the members of an object of this type. */
void json_begin(FILE *out, const char *type);
void json_end(FILE *out);

void json_number(FILE *out, const char *key, int64_t value);

/*
 * A null value is JSON's. What is not UTF-8 becomes U+FFFD; characters that
 * command are escaped.
 */
void json_text(FILE *out, const char *key, const char *value);

/* An errno as its name; 0 is null. */
void json_error(FILE *out, int error);

/* address, with its zone, and port. */
void json_address(FILE *out, const struct socket_addr6 *a);

/* local, an address and port as one text. */
void json_local(FILE *out, const struct socket_addr6 *a);

#endif
