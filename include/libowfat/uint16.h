/* SPDX-License-Identifier: ISC */
/* libowfat/uint16.h - djb's names of the 16-bit types. */
#ifndef SOCKET_6_UINT16_H
#define SOCKET_6_UINT16_H

#include <stdint.h>

/*
 * libowfat's own header declares more than these, so its guard is honoured
 * here but not defined: its repetition of a typedef in a system header is
 * not complained of.
 */
#ifndef UINT16_H
typedef uint16_t uint16;
typedef int16_t int16;
#endif

#endif
