/* SPDX-License-Identifier: ISC */
/* libowfat/ndelay.h - stands in for libowfat's header of this name. */
#ifndef NDELAY_H
# define NDELAY_H
#endif

#include <socket6/ndelay.h>
