/* SPDX-License-Identifier: ISC */
/* bind_interface.c - one interface alone, without SO_BINDTOIFINDEX. */
#include "sys.h"

#include <string.h>

#if HAVE_SO_BINDTODEVICE

/* Linux, by name. No name unbinds. */
int socket6_bind_interface(int s, uint32_t index)
{
	char name[IF_NAMESIZE] = "";

	if (index && !if_indextoname(index, name))
		return sys_fail(sys_no_interface(ENODEV));
	return setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, name,
			  (socklen_t)strlen(name) + 1);
}

#elif HAVE_IP_BOUND_IF

/* macOS, by index. A dual-stack socket's IPv6 option binds IPv4 too. */
int socket6_bind_interface(int s, uint32_t index)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, IPV6_BOUND_IF, (int)index) == 0)
		return 0;
	if (!sys_wrong_option(s))
		return -1;
	return sys_setsockopt(s, IPPROTO_IP, IP_BOUND_IF, (int)index);
}

#else

int socket6_bind_interface(int s, uint32_t index)
{
	(void)index;
	return sys_setsockopt(s, SOL_SOCKET, SYS_NO_OPTION, 0);
}

#endif

#if HAVE_SO_BINDTODEVICE

/* Linux cuts a longer name, and finds another interface; "" is any. */
int sys_bind_name(int s, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len >= IF_NAMESIZE)
		return sys_fail(ENODEV);
	return setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, name,
			  (socklen_t)len + 1);
}

#else

int sys_bind_name(int s, const char *name)
{
	uint32_t index;

	errno = 0;
	index = sys_nametoindex(name);
	return index ? sys_bind_interface(s, index)
		     : sys_fail(sys_no_interface(ENODEV));
}

#endif
