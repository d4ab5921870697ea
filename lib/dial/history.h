/* SPDX-License-Identifier: ISC */
/* history.h - what a dial asks of a history, and tells it. */
#ifndef SOCKET6_HISTORY_H
#define SOCKET6_HISTORY_H

#include "engine.h"

/* Whether this address was silent of late, seen from where it is tried. */
int socket6_history_has(const struct socket_history *h,
			const struct dial_entry *entry);

/* A dial has ended: notes what answered, and what did not. */
void socket6_history_learn(struct socket_history *h,
			   const struct dial_engine *e);

#endif
