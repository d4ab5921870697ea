/* SPDX-License-Identifier: ISC */
/* interface.h - interfaces by name and index. */
#ifndef SOCKET6_LIB_SYS_INTERFACE_H
#define SOCKET6_LIB_SYS_INTERFACE_H

/*
 * Turns a caller's interface into the system's: SOCKET_ANY_INTERFACE into 0.
 * Returns 0, or -1 for 0, with which socket_getifidx failed: it must not mean
 * any interface.
 */
static inline int sys_one_interface(uint32_t *index)
{
	if (*index == 0)
		return sys_fail(ENODEV);
	if (*index == SOCKET_ANY_INTERFACE)
		*index = 0;
	return 0;
}

/* if_indextoname(3) and if_nametoindex(3). */
#if !HAVE_IF_INDEXTONAME
# define if_indextoname socket6_if_indextoname
# define if_nametoindex socket6_if_nametoindex
char *if_indextoname(unsigned int index, char *name);
unsigned int if_nametoindex(const char *name);
#endif

/*
 * Called after one of these failed. Returns none if there is no such interface,
 * else the errno with which the look-up itself failed.
 */
SYS_RARE int sys_no_interface(int none);

/* Returns why no socket can be created, such as EMFILE; 0 if one can. */
SYS_RARE int sys_no_socket(void);

/* musl and dietlibc truncate a long name, and find another interface. */
static inline unsigned int sys_nametoindex(const char *name)
{
	size_t len = 0;

	while (len < IF_NAMESIZE && name[len])
		len++;
	return len < IF_NAMESIZE ? if_nametoindex(name) : 0;
}

#endif
