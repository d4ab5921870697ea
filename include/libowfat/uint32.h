/* SPDX-License-Identifier: ISC */
/* libowfat/uint32.h - djb's names for the 32-bit types. */
#ifndef SOCKET_6_UINT32_H
#define SOCKET_6_UINT32_H

#include <stdint.h>

/*
 * libowfat's own header declares more than these, so this one tests its guard
 * but does not define it. Compilers allow libowfat's to repeat the typedef,
 * because it is a system header.
 */
#ifndef UINT32_H
typedef uint32_t uint32;
typedef int32_t int32;
#endif

#endif
