/* SPDX-License-Identifier: ISC */
/* thread_buffer.c - a few bytes of a thread's own. */
#include "sys.h"

#if HAVE_THREAD_LOCAL

/*
 * The general model calls __tls_get_addr, which makes the dynamic loader a
 * dependency; the initial-exec one does not.
 */
# if HAVE_TLS_MODEL
#  define SYS_INITIAL_EXEC __attribute__((tls_model("initial-exec")))
# else
#  define SYS_INITIAL_EXEC
# endif

char *socket6_thread_buffer(void)
{
	static _Thread_local char buffer[IF_NAMESIZE] SYS_INITIAL_EXEC;

	return buffer;
}

#else

# include <pthread.h>
# include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;

static void make_key(void)
{
	pthread_key_create(&key, free);
}

/* The one allocation of the library, freed when the thread ends. */
char *socket6_thread_buffer(void)
{
	char *buffer;

	pthread_once(&once, make_key);
	buffer = pthread_getspecific(key);
	if (!buffer) {
		buffer = calloc(1, IF_NAMESIZE);
		pthread_setspecific(key, buffer);
	}
	return buffer;
}

#endif
