/* SPDX-License-Identifier: ISC */
/* libowfat/ip6.h - stands in for libowfat's header of this name. */

/*
 * libowfat's own header, if included first, declares char *ip, not char ip[16]:
 * the same type, but gcc's -Warray-parameter would complain.
 */
#ifdef __GNUC__
# pragma GCC system_header
#endif

#ifndef IP6_H
# define IP6_H
#endif

#include <libowfat/uint32.h>
#include <socket6/ip6.h>
#include <socket6/zone.h>
