/* SPDX-License-Identifier: ISC */
/* libowfat/ip4.h - stands in for libowfat's header of this name. */

/*
 * libowfat's own header, if included first, declares char *ip, not char ip[4]:
 * the same type, but gcc's -Warray-parameter would complain.
 */
#ifdef __GNUC__
# pragma GCC system_header
#endif

#ifndef IP4_H
# define IP4_H
#endif

#include <socket6/ip4.h>
