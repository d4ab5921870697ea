/* SPDX-License-Identifier: ISC */
/* option.h - socket options. */
#ifndef SOCKET6_LIB_SYS_OPTION_H
#define SOCKET6_LIB_SYS_OPTION_H

static inline int sys_setsockopt(int s, int level, int option, int value)
{
	return setsockopt(s, level, option, &value, sizeof value);
}

/* Returns the value of an option, or -1. */
static inline int sys_getsockopt(int s, int level, int option)
{
	int value = 0;
	socklen_t len = sizeof value;

	return getsockopt(s, level, option, &value, &len) == -1 ? -1 : value;
}

/*
 * As sys_setsockopt, and ENOPROTOOPT also of an option that the system accepts
 * and ignores. gVisor accepts every number: what it does not have is then not in
 * getsockopt. Nothing more is asked of a system that is known to refuse.
 */
extern int socket6_refuses_unknown;
SYS_RARE int socket6_set_and_ask(int s, int level, int option, int value);
static inline int sys_set_known(int s, int level, int option, int value)
{
	return sys_load(&socket6_refuses_unknown)
		       ? sys_setsockopt(s, level, option, value)
		       : socket6_set_and_ask(s, level, option, value);
}

/*
 * Whether a call that failed with errno failed because s is an IPv4 socket and
 * the address or option IPv6's. Keeps errno.
 */
SYS_RARE int sys_wrong_family(int s);

/* The same after an option of IPv6 was refused. */
SYS_RARE int sys_wrong_option(int s);

/* Binds s to the interface with this index; 0 for any. */
int socket6_bind_interface(int s, uint32_t index);
#if HAVE_SO_BINDTOIFINDEX
/* ENOPROTOOPT: Linux before 5.0, gVisor. */
static inline int sys_bind_interface(int s, uint32_t index)
{
	if (sys_set_known(s, SOL_SOCKET, SO_BINDTOIFINDEX, (int)index) == 0)
		return 0;
	return errno == ENOPROTOOPT ? socket6_bind_interface(s, index) : -1;
}
#else
# define sys_bind_interface socket6_bind_interface
#endif

/* The same by name; ENODEV if no interface has it, "" among them. */
int sys_bind_name(int s, const char *name);

/* The index of that interface; 0 for any, and where the system does not tell. */
static inline uint32_t sys_bound_interface(int s)
{
#if HAVE_SO_BINDTOIFINDEX
	int index = sys_getsockopt(s, SOL_SOCKET, SO_BINDTOIFINDEX);

	return index > 0 ? (uint32_t)index : 0;
#else
	(void)s;
	return 0;
#endif
}

/* Whether the system has such a thing. */
#if HAVE_SO_BINDTOIFINDEX || HAVE_SO_BINDTODEVICE || HAVE_IP_BOUND_IF
# define SYS_BINDS_INTERFACES 1
#else
# define SYS_BINDS_INTERFACES 0
#endif

/* Lets s bind to an address that no interface has (1), or not (0). */
#if HAVE_IP_FREEBIND
/* ip(7). The bit is one for both families. */
static inline int sys_freebind(int s, int on)
{
	return sys_set_known(s, IPPROTO_IP, IP_FREEBIND, on);
}
#elif HAVE_SO_BINDANY
/* OpenBSD's getsockopt(2); only for the superuser. */
static inline int sys_freebind(int s, int on)
{
	return sys_setsockopt(s, SOL_SOCKET, SO_BINDANY, on);
}
#else
/* FreeBSD's ip(4) and ip6(4); it takes PRIV_NETINET_BINDANY. */
static inline int sys_freebind(int s, int on)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, IPV6_BINDANY, on) == 0)
		return 0;
	if (!sys_wrong_option(s))
		return -1;
	return sys_setsockopt(s, IPPROTO_IP, IP_BINDANY, on);
}
#endif

/* setsockopt(2) with struct ip_mreqn: an IPv4 group, an interface's index. */
int sys_set_mreqn(int s, int option, struct in_addr group, unsigned int index);

/* IPv4's IP_MULTICAST_IF by index; ENODEV if no interface has it. */
SYS_RARE int sys_set_interface4(int s, unsigned int index);

/* Joins or leaves a group for one source (RFC 3678). */
int sys_source4(int s, int join, struct in_addr group, struct in_addr source,
		struct in_addr iface);
int sys_source6(int s, int join, const struct sockaddr *group,
		const struct sockaddr *source, unsigned int index);

/* Defers accept until SOCKET_DATAIN or SOCKET_HTTPIN, if the system can. */
void sys_defer_accept(int s, int mode);

#endif
