/* SPDX-License-Identifier: ISC */
/* libowfat/ip6.h - stands in for libowfat's header of this name. */
#ifndef IP6_H
# define IP6_H
#endif

#include <libowfat/uint32.h>
#include <socket6/ip6.h>
#include <socket6/zone.h>
