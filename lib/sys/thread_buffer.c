/* SPDX-License-Identifier: ISC */
/* thread_buffer.c - a few bytes of a thread's own. */
#include "sys.h"

#if HAVE_THREAD_LOCAL

_Thread_local char socket6_thread_name[IF_NAMESIZE];

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
static char *new_buffer(void)
{
	char *buffer = calloc(1, IF_NAMESIZE);

	if (buffer && pthread_setspecific(key, buffer) != 0) {
		free(buffer);
		return NULL;
	}
	return buffer;
}

/* Allocated once for each thread, and freed when it ends. */
char *socket6_thread_buffer(void)
{
	char *buffer;

	pthread_once(&once, make_key);
	if (!have_key)
		return NULL;
	buffer = pthread_getspecific(key);
	return buffer ? buffer : new_buffer();
}

#endif
