/* SPDX-License-Identifier: ISC */
/* json.h - one JSON object (RFC 8259) on each line. */
#ifndef SOCKET6_TOOL_JSON_H
#define SOCKET6_TOOL_JSON_H

#include <stdint.h>
#include <stdio.h>

struct socket_addr6;

/* Begin and end an object of this type; write its members in between. */
void json_begin(FILE *out, const char *type);
void json_end(FILE *out);

void json_number(FILE *out, const char *key, int64_t value);

/*
 * A null value becomes JSON's null. What is not UTF-8 becomes U+FFFD; control
 * characters are escaped. Bytes have a NUL at their end, beyond len.
 */
void json_bytes(FILE *out, const char *key, const char *value, size_t len);
void json_text(FILE *out, const char *key, const char *value);

/* An errno as its name; 0 as null. */
void json_error(FILE *out, int error);

/* The member family: 4 or 6, or null for both. */
void json_family(FILE *out, int family);

/* The members address, with its zone, and port. */
void json_address(FILE *out, const struct socket_addr6 *a);

/* The member local, an address and port as one text. */
void json_local(FILE *out, const struct socket_addr6 *a);

#endif
