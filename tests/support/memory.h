/* SPDX-License-Identifier: ISC */
/*
 * memory.h - counts what is allocated, and lets an allocation fail.
 *
 * A suite that is linked with memory.c defines malloc and its like itself; each
 * is a CALL_ALLOCATION of stand_in.h. Under Valgrind and sanitizers, which have
 * their own and find what is lost, nothing is counted.
 */
#ifndef SOCKET6_MEMORY_H
#define SOCKET6_MEMORY_H

/* How many allocations of this process have not been freed. */
long allocations(void);

#endif
