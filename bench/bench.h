/* SPDX-License-Identifier: ISC */
/*
 * bench.h - one call, by hand and by a library, in one program.
 *
 * Every row of shapes.h makes two functions: raw_NAME is what a careful program
 * writes without a library, for the same promise; call_NAME is the library's
 * user. Only what they do is measured: a scene has opened their socket before,
 * and all is closed afterwards.
 */
#ifndef BENCH_H
#define BENCH_H

#include <netinet/in.h>
#include <socket6/record.h>
#include <socket6/stream.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* A socket address of either family. */
union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

/* A batch of calls has a socket for each, or goes through the texts. */
enum { SOCKETS = 64, TEXTS = 8, BATCH = 100 * TEXTS };

/* Records of a call. */
enum { RECORDS = 32 };

/* What calls are given. Variables, for a program knows them at run time. */
extern char to4[4], to6[16], mapped6[16], link_local[16];
extern char group4[4], group6[16], mapped_group6[16], source6[16];
extern char bytes4[TEXTS][4], bytes6[TEXTS][16];
extern const char *const texts[TEXTS][2];
extern uint16_t to_port;
extern uint32_t to_scope_id, lo;
extern const char *lo_name;
extern int flags, milliseconds, idle_seconds, interval_seconds, probes;
extern size_t room;
extern unsigned int prefix_bits;
extern char proxied[52]; /* a header of version 2, IPv6 */

/*
 * Where they write. Variables, so the compiler cannot assume they are non-null.
 */
extern char *ip, buf[80], many[8 * RECORDS];
extern struct socket_datagram6 grams[RECORDS];
extern struct socket_addr6 ends[2];
extern struct socket_buffer pieces[2];
extern struct iovec vector[2]; /* the same */
extern uint16_t *port;
extern uint32_t *scope_id;

/* Opens what scenes need; 0 if this system has no IPv6. */
int open_stage(void);

/* Scenes: each opens a socket for a call, or gives one that is always open. */
int nothing(void), text(void), tcp6(void), blocking(void), udp4(void);
int udp6(void), paired(void), pending(void), refused(void), accepting(void);
int sending6(void), receiving4(void), receiving6(void);
int sending32(void), receiving32(void);

/* Closes what scenes and calls have opened since, and reads what was sent. */
void clear_stage(void);

/*
 * A row's function: its socket, and its number in the batch. The number of the
 * line makes no instruction; but without it compilers merge equal functions.
 */
#define MEASURED(function, result)                                             \
 int function(int s, int i)                                                    \
 {                                                                             \
  __asm__ volatile("" : : "i"(__LINE__));                                      \
  (void)s, (void)i;                                                            \
  return (int)(result);                                                        \
 }

/* What a library lacks is a null pointer. */
#define SHAPE(name, scene, peers, call, by_hand)                               \
 int raw_##name(int s, int i);                                                 \
 int call_##name(int s, int i) __attribute__((weak));
#include "shapes.h"
#undef SHAPE

#endif
