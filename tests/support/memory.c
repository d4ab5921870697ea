/* SPDX-License-Identifier: ISC */
/* memory.c - counts what is allocated, and lets an allocation fail. */
#include "memory.h"
#include "stand_in.h"

#include <stdlib.h>
#include <string.h>

/*
 * A sanitizer's own are called before its instruments work: those stay, and
 * find what is lost. musl's calloc calls malloc, which would count twice.
 */
#if defined STAND_IN_BY_WRAP
# define IS_OURS 1
#elif !defined __GLIBC__
# define IS_OURS 0
#elif defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
# define IS_OURS 0
#elif defined __has_feature
# if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#  define IS_OURS 0
# else
#  define IS_OURS 1
# endif
#else
# define IS_OURS 1
#endif

static long held;

long allocations(void)
{
	return relaxed_load(&held);
}

#if IS_OURS

# pragma GCC visibility push(default)

# ifdef STAND_IN_BY_WRAP
#  define STAND_IN(name) __wrap_##name
#  define NEXT(name)                                                           \
   extern __typeof__(name) __real_##name;                                      \
   __typeof__(&name) const next = __real_##name
/* Nothing but the linker knows these names. */
#  pragma GCC diagnostic ignored "-Wmissing-prototypes"
# else
#  define STAND_IN(name) name
#  define NEXT(name)                                                           \
   static __typeof__(&name) next;                                              \
   if (!relaxed_load((void **)&next))                                          \
   relaxed_store((void **)&next, look_for((void (*)(void))name))

/* What looks for the first of them may itself allocate: glibc until 2.33. */
static int looking;

static void *look_for(void (*ours)(void))
{
	void *found;

	looking = 1;
	found = next_function(ours);
	looking = 0;
	return found;
}
# endif

/*
 * What is asked may allocate itself: variables of a thread, where the compiler
 * emulates them (mingw-w64, OpenBSD).
 */
static int fails(void)
{
	static int is_asking;
	int r;

# ifndef STAND_IN_BY_WRAP
	if (looking)
		return 1;
# endif
	if (is_asking)
		return 0;
	is_asking = 1;
	r = call_fails(CALL_ALLOCATION);
	is_asking = 0;
	return r;
}

static void *count(void *p)
{
	if (p)
		relaxed_count(&held);
	return p;
}

void *STAND_IN(malloc)(size_t size)
{
	if (fails())
		return NULL;
	NEXT(malloc);
	return count(next(size));
}

void *STAND_IN(calloc)(size_t n, size_t size)
{
	if (fails())
		return NULL;
	NEXT(calloc);
	return count(next(n, size));
}

void *STAND_IN(realloc)(void *p, size_t size)
{
	if (fails())
		return NULL;
	NEXT(realloc);
	return p ? next(p, size) : count(next(p, size));
}

void STAND_IN(free)(void *p)
{
	NEXT(free);
	if (p)
		relaxed_uncount(&held);
	next(p);
}

/* The C library's own calls malloc behind ours; Check frees what it gives. */
# ifdef STAND_IN_BY_WRAP
char *STAND_IN(strdup)(const char *text)
{
	NEXT(strdup);
	return count(next(text));
}
# endif

# pragma GCC visibility pop

#endif
