/* SPDX-License-Identifier: ISC */
/* thread_buffer.c - a few bytes of a thread's own. */
#include "sys.h"

#if HAVE_THREAD_LOCAL

_Thread_local struct sys_thread_buffer socket6_own_buffer;

#else

# include <pthread.h>
# include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int have_key;

static void make_key(void)
{
	have_key = pthread_key_create(&key, free) == 0;
}

/* A buffer that the thread keeps, or null. */
static struct sys_thread_buffer *new_buffer(void)
{
	struct sys_thread_buffer *buffer = calloc(1, sizeof *buffer);

	if (buffer && pthread_setspecific(key, buffer) != 0) {
		free(buffer);
		return NULL;
	}
	return buffer;
}

/* Allocated once for each thread, and freed when it ends. */
struct sys_thread_buffer *socket6_thread_buffer(void)
{
	struct sys_thread_buffer *buffer;

	pthread_once(&once, make_key);
	if (!have_key)
		return NULL;
	buffer = pthread_getspecific(key);
	return buffer ? buffer : new_buffer();
}

#endif
