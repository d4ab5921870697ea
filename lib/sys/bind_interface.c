/* SPDX-License-Identifier: ISC */
/* bind_interface.c - one interface alone, newest way first. */
#include "sys.h"

#include <string.h>

#if HAVE_SO_BINDTODEVICE

/* Linux, by name. No name unbinds. */
static int by_name(int s, unsigned int index)
{
	char name[IF_NAMESIZE] = "";

	if (index && !if_indextoname(index, name)) {
		errno = ENODEV;
		return -1;
	}
	return setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, name,
			  (socklen_t)strlen(name) + 1);
}

#elif HAVE_IP_BOUND_IF

/* macOS, by index. The one of the socket's own family succeeds. */
static int by_name(int s, unsigned int index)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, IPV6_BOUND_IF, (int)index) == 0)
		return 0;
	return sys_setsockopt(s, IPPROTO_IP, IP_BOUND_IF, (int)index);
}

#else

static int by_name(int s, unsigned int index)
{
	(void)index;
	return sys_setsockopt(s, SOL_SOCKET, SYS_NO_OPTION, 0);
}

#endif

#if HAVE_SO_BINDTOIFINDEX

/* ENOPROTOOPT: a kernel older than the headers (Linux before 5.0). */
int socket6_bind_interface(int s, uint32_t index)
{
	int r = sys_setsockopt(s, SOL_SOCKET, SO_BINDTOIFINDEX, (int)index);

	return r == -1 && errno == ENOPROTOOPT ? by_name(s, index) : r;
}

#else

int socket6_bind_interface(int s, uint32_t index)
{
	return by_name(s, index);
}

#endif
