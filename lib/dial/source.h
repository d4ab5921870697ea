/* SPDX-License-Identifier: ISC */
/* source.h - looks attempts up in a history, and adds them to it. */
#ifndef SOCKET6_DIAL_SOURCE_H
#define SOCKET6_DIAL_SOURCE_H

#include "engine.h"

/* Whether this address was silent of late, seen from where it is tried. */
int socket6_dial_is_slow(const struct socket_history *h,
			 const struct dial_entry *entry);

/* A dial has ended: notes what answered, and what did not. */
void socket6_dial_learn(struct socket_history *h, const struct dial_engine *e);

#endif
