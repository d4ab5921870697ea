/* SPDX-License-Identifier: ISC */
/* mtu.c - datagrams above the MTU, and what is known of a path. */
#include "message.h"

#include <socket6/record.h>

#if HAVE_IP_MTU_DISCOVER

# ifndef IP_PMTUDISC_OMIT
#  define IP_PMTUDISC_OMIT 5 /* Linux 3.15 */
# endif
# ifndef IP_PMTUDISC_PROBE
#  define IP_PMTUDISC_PROBE 3
# endif

static int set_discover(int s, int level, int option, int value)
{
	int r = sys_set_known(s, level, option, value);

	if (r == -1 && errno == EINVAL)
		errno = ENOPROTOOPT; /* of a value: gVisor */
	return r;
}

/*
 * OMIT ignores ICMP that makes the MTU smaller, which may be forged: IPv4's
 * routers fragment what is too long. IPv6's do not, and who ignores them there
 * loses it.
 */
int sys_set_mtu_mode4(int s, int mode)
{
	static const int values[] = {IP_PMTUDISC_OMIT, IP_PMTUDISC_DO,
				     IP_PMTUDISC_PROBE};
	int r = set_discover(s, IPPROTO_IP, IP_MTU_DISCOVER, values[mode]);

	if (r == -1 && errno == ENOPROTOOPT && mode == SOCKET_MTU_FRAGMENT)
		return set_discover(s, IPPROTO_IP, IP_MTU_DISCOVER,
				    IP_PMTUDISC_DONT);
	return r;
}

/* With IPV6_MTU_DISCOVER alone Linux still fragments what this host sends. */
int sys_set_mtu_mode6(int s, int mode)
{
	static const int values[] = {IP_PMTUDISC_DONT, IP_PMTUDISC_DO,
				     IP_PMTUDISC_PROBE};

	if (set_discover(s, IPPROTO_IPV6, IPV6_MTU_DISCOVER, values[mode]) ==
	    -1)
		return -1;
	return sys_set_known(s, IPPROTO_IPV6, IPV6_DONTFRAG,
			     mode != SOCKET_MTU_FRAGMENT);
}

#else

int sys_set_mtu_mode4(int s, int mode)
{
	return sys_setsockopt(s, IPPROTO_IP, IP_DONTFRAG,
			      mode != SOCKET_MTU_FRAGMENT);
}

int sys_set_mtu_mode6(int s, int mode)
{
	return sys_setsockopt(s, IPPROTO_IPV6, IPV6_DONTFRAG,
			      mode != SOCKET_MTU_FRAGMENT);
}

#endif

#if !HAVE_IPV6_MTU && HAVE_IPV6_PATHMTU

static int path_mtu6(int s)
{
	struct ip6_mtuinfo info;
	socklen_t len = sizeof info;

	if (getsockopt(s, IPPROTO_IPV6, IPV6_PATHMTU, &info, &len) == -1)
		return -1;
	return (int)info.ip6m_mtu;
}

#else

static int path_mtu6(int s)
{
	return sys_getsockopt(s, IPPROTO_IPV6, IPV6_MTU);
}

#endif

int sys_path_mtu(int s)
{
	int mtu = path_mtu6(s);

	return mtu == -1 && sys_wrong_option(s)
		       ? sys_getsockopt(s, IPPROTO_IP, IP_MTU)
		       : mtu;
}
