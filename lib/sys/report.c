/* SPDX-License-Identifier: ISC */
/* report.c - an error from the queue, out of its control message. */
#include "message.h"

#if HAVE_IP_RECVERR

# include <linux/errqueue.h>

static int is_report(const struct cmsghdr *c)
{
	return (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
	       (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR);
}

static uint8_t icmp_of(uint8_t origin)
{
	if (origin == SO_EE_ORIGIN_ICMP)
		return 4;
	return origin == SO_EE_ORIGIN_ICMP6 ? 6 : 0;
}

/* What else waits in the queue: times of transmission, zero-copy sends. */
static int is_error(uint8_t origin)
{
	return origin == SO_EE_ORIGIN_LOCAL || icmp_of(origin) != 0;
}

/* ip(7): after the error is the address of its sender, AF_UNSPEC for none. */
int sys_read_report(const struct cmsghdr *c, struct sys_report *to)
{
	const char *data = sys_control_data(c);
	struct sock_extended_err e;

	if (!is_report(c) || sys_control_len(c) < sizeof e)
		return 0;
	memcpy(&e, data, sizeof e);
	to->error = is_error(e.ee_origin) ? (int)e.ee_errno : 0;
	to->mtu = e.ee_errno == EMSGSIZE ? e.ee_info : 0;
	to->icmp = icmp_of(e.ee_origin);
	to->type = e.ee_type;
	to->code = e.ee_code;
	to->sender_len = sys_control_len(c) - sizeof e;
	to->sender = to->sender_len ? (const void *)(data + sizeof e) : NULL;
	return 1;
}

#else

int sys_read_report(const struct cmsghdr *c, struct sys_report *to)
{
	(void)c, (void)to;
	return 0;
}

#endif
