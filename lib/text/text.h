/* SPDX-License-Identifier: ISC */
/* text.h - what files that read text share. */
#ifndef SOCKET6_TEXT_H
#define SOCKET6_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* A port, read whole and without a leading zero: its bytes, or 0. */
size_t socket6_scan_port(const char *src, uint16_t *port);

/*
 * scan_ip6if and scan_ip6ifport. If it is the zone that is not read, *error is
 * ENODEV, or why it cannot be asked for.
 */
size_t socket6_scan_ip6if(const char *src, char *ip, uint32_t *scope_id,
			  int *error);
size_t socket6_scan_ip6ifport(const char *src, char *ip, uint16_t *port,
			      uint32_t *scope_id, int *error);

#endif
