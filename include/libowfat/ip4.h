/* SPDX-License-Identifier: ISC */
/* libowfat/ip4.h - stands in for libowfat's header of this name. */
#ifndef IP4_H
# define IP4_H
#endif

#include <socket6/ip4.h>
