/* SPDX-License-Identifier: ISC */
/*
 * bench.h - one call, by hand and by a library, in one program.
 *
 * Every call of list.h has two small functions: raw_NAME is what a careful
 * program writes without a library, for the same promise; call_NAME is the
 * library's user. A scene has set the stage before a batch of them and clears
 * it afterwards; only what stands between the two is measured.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Sockets that a batch works on, and those at their other end. */
enum { FDS = 64 };
extern int fds[FDS], others[FDS];

/* What calls are given: an address of this host, where a scene listens. */
extern char to4[4], to6[16];
extern uint16_t to_port;
extern uint32_t to_scope_id;

/* What is known at run time alone. */
extern int flags, milliseconds, idle_seconds, interval_seconds, probes, wish;
extern size_t room;

/* Groups that are joined on the loopback interface, and its index. */
extern char group4[4], group6[16], mapped_group6[16], source6[16];
extern uint32_t lo;

/*
 * Where what a call gives is to go: only at run time is it known that none is
 * null, for the promise includes that null discards.
 */
extern char *ip;
extern uint16_t *port;
extern uint32_t *scope_id;
extern char buf[64];

/* Open all the time. Both ends of a TCP connection are pairs. */
extern int pair4[2], pair6[2], client4, client6, server4, server6;
extern int listener4, listener6;

/* Addresses as people use them, written and read. */
enum { TEXTS = 8 };
extern const char *const text4[TEXTS], *const text6[TEXTS];
extern char bytes4[TEXTS][4], bytes6[TEXTS][16];

/* A batch of n: prepare, n calls, finish. */
struct scene {
	int n;
	void (*prepare)(int n);
	void (*finish)(int n);
};

#define BENCH(name, on) extern const struct scene on;
#include "list.h"
#undef BENCH

/* Opens all of the above; 0 if this system has no IPv6. */
int open_stage(void);

/* Ends the program with the reason in errno. */
void die(const char *what);

/* What a library lacks is a null pointer. */
#define BENCH(name, on)                                                        \
 int raw_##name(int i);                                                        \
 int call_##name(int i) __attribute__((weak));
#include "list.h"
#undef BENCH

#endif
