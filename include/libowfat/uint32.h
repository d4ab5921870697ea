/* SPDX-License-Identifier: ISC */
/* libowfat/uint32.h - djb's names of the 32-bit types. */
#ifndef SOCKET_6_UINT32_H
#define SOCKET_6_UINT32_H

#include <stdint.h>

/*
 * libowfat's own header declares more than these, so its guard is honoured
 * here but not defined: its repetition of a typedef in a system header is
 * not complained of.
 */
#ifndef UINT32_H
typedef uint32_t uint32;
typedef int32_t int32;
#endif

#endif
