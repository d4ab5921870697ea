/* SPDX-License-Identifier: ISC */
/* interface.h - interfaces by name and index. */
#ifndef SOCKET6_INTERFACE_H
#define SOCKET6_INTERFACE_H

/*
 * Turns a caller's interface into the system's: SOCKET_ANY_INTERFACE into 0.
 * 0, or -1 for a 0 of socket_getifidx's, which must not mean any.
 */
static inline int sys_one_interface(uint32_t *index)
{
	if (*index == 0)
		return sys_fail(ENODEV);
	if (*index == SOCKET_ANY_INTERFACE)
		*index = 0;
	return 0;
}

/* IF_NAMESIZE bytes of the calling thread's own; null if it can have none. */
#if HAVE_THREAD_LOCAL
extern _Thread_local char socket6_thread_name[IF_NAMESIZE] SYS_INITIAL_EXEC;
static inline char *sys_thread_buffer(void)
{
	return socket6_thread_name;
}
#else
char *socket6_thread_buffer(void);
# define sys_thread_buffer socket6_thread_buffer
#endif

/* if_indextoname(3) and if_nametoindex(3). */
#if !HAVE_IF_INDEXTONAME
# define if_indextoname socket6_if_indextoname
# define if_nametoindex socket6_if_nametoindex
char *if_indextoname(unsigned int index, char *name);
unsigned int if_nametoindex(const char *name);
#endif

/*
 * After one of these has failed: none if there is no such interface, else the
 * errno that says why it could not be asked for.
 */
SYS_RARE int sys_no_interface(int none);

/* Why no socket can be had to ask with, as EMFILE; 0 if one can. */
SYS_RARE int sys_no_socket(void);

/* musl and dietlibc would cut a name that is too long, and find another's. */
static inline unsigned int sys_nametoindex(const char *name)
{
	size_t len = 0;

	while (len < IF_NAMESIZE && name[len])
		len++;
	return len < IF_NAMESIZE ? if_nametoindex(name) : 0;
}

#endif
