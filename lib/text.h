/* SPDX-License-Identifier: ISC */
/* text.h - what files that read text share. */
#ifndef SOCKET6_TEXT_H
#define SOCKET6_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* A port, read whole and without a leading zero: its bytes, or 0. */
size_t socket6_scan_port(const char *src, uint16_t *port);

#endif
