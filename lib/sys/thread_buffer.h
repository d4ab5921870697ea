/* SPDX-License-Identifier: ISC */
/* thread_buffer.h - a few bytes of a thread's own. */
#ifndef SOCKET6_LIB_SYS_THREAD_BUFFER_H
#define SOCKET6_LIB_SYS_THREAD_BUFFER_H

/* What functions return until the thread's next call of the same one. */
struct sys_thread_buffer {
	char name[IF_NAMESIZE];			/* socket_getifname */
	char error[sizeof "error -2147483648"]; /* socket_error */
};

/* The calling thread's; null if there is no memory. */
#if HAVE_THREAD_LOCAL
extern _Thread_local struct sys_thread_buffer socket6_own_buffer
	SYS_INITIAL_EXEC;
static inline struct sys_thread_buffer *sys_thread_buffer(void)
{
	return &socket6_own_buffer;
}
#else
struct sys_thread_buffer *socket6_thread_buffer(void);
static inline struct sys_thread_buffer *sys_thread_buffer(void)
{
	return socket6_thread_buffer();
}
#endif

#endif
