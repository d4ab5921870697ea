/* SPDX-License-Identifier: ISC */
/* mtu.c - datagrams above the MTU. */
#include "public.h"
#include "sys/message.h"

int socket_mtudiscover6(int s, int mode)
{
	if (mode < SOCKET_MTU_FRAGMENT || mode > SOCKET_MTU_PROBE)
		return sys_fail(EINVAL);
	if (sys_set_mtu_mode6(s, mode) == -1)
		return sys_wrong_option(s) ? sys_set_mtu_mode4(s, mode) : -1;
	sys_set_mtu_mode4(s, mode);
	return 0;
}

int socket_mtu6(int s)
{
	return sys_path_mtu(s);
}
