/* SPDX-License-Identifier: ISC */
/* libowfat/uint16.h - djb's names for the 16-bit types. */
#ifndef SOCKET_6_UINT16_H
#define SOCKET_6_UINT16_H

#include <stdint.h>

/*
 * libowfat's own header declares more than these, so this one tests its guard
 * but does not define it. Compilers allow libowfat's to repeat the typedef,
 * because it is a system header.
 */
#ifndef UINT16_H
typedef uint16_t uint16;
typedef int16_t int16;
#endif

#endif
