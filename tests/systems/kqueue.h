/* SPDX-License-Identifier: ISC */
/* kqueue.h - BSD's sys/event.h, as much as the library needs: see kqueue.c. */
#ifndef KQUEUE_H
#define KQUEUE_H

#include <stdint.h>
#include <time.h>

struct kevent {
	uintptr_t ident;
	short filter;
	unsigned short flags;
	unsigned int fflags;
	intptr_t data;
	void *udata;
};

enum { EVFILT_READ = -1, EVFILT_WRITE = -2, EVFILT_TIMER = -7 };
#define EVFILT_USER (-11)
enum { EV_ADD = 1, EV_DELETE = 2, EV_ONESHOT = 16 };
#define NOTE_TRIGGER 0x01000000

#define EV_SET(k, i, f, l, ff, d, u)                                           \
 (*(k) = (struct kevent){.ident = (uintptr_t)(i),                              \
			 .filter = (short)(f),                                 \
			 .flags = (unsigned short)(l),                         \
			 .fflags = (unsigned int)(ff),                         \
			 .data = (intptr_t)(d),                                \
			 .udata = (u)})

int kqueue(void);
int kevent(int kq, const struct kevent *changes, int n, struct kevent *events,
	   int room, const struct timespec *patience);

#endif
