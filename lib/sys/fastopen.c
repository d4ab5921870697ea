/* SPDX-License-Identifier: ISC */
/* fastopen.c - connect and send with the SYN (RFC 7413), newest way first. */
#include "sys.h"

#if HAVE_MSG_FASTOPEN

/* connection.h has it. */

#elif HAVE_TCP_FASTOPEN_CONNECT

/*
 * With a cookie connect answers 0 and the next send goes with the SYN;
 * without, it connects as always.
 */
ssize_t sys_fastopen(int s, const void *buf, size_t len,
		     const struct sockaddr *sa, socklen_t salen)
{
	if (sys_setsockopt(s, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1) == -1)
		return sys_fail(EOPNOTSUPP);
	if (sys_connect(s, sa, salen) == -1)
		return -1;
	return sys_sendto(s, buf, len, 0, NULL, 0);
}

#elif HAVE_CONNECTX

# include <sys/uio.h>

/* macOS. The data counts as idempotent: a SYN may be sent twice. */
ssize_t sys_fastopen(int s, const void *buf, size_t len,
		     const struct sockaddr *sa, socklen_t salen)
{
	struct iovec data = {(void *)(uintptr_t)buf, len};
	sa_endpoints_t to = {0};
	size_t sent = 0;

	to.sae_dstaddr = sa;
	to.sae_dstaddrlen = salen;
	if (connectx(s, &to, SAE_ASSOCID_ANY, CONNECT_DATA_IDEMPOTENT, &data, 1,
		     &sent, NULL) == -1 &&
	    sent == 0)
		return -1;
	return (ssize_t)sent;
}

#else

ssize_t sys_fastopen(int s, const void *buf, size_t len,
		     const struct sockaddr *sa, socklen_t salen)
{
	(void)s, (void)buf, (void)len, (void)sa, (void)salen;
	return sys_fail(EOPNOTSUPP);
}

#endif
