/* SPDX-License-Identifier: ISC */
/* tcp_info.c - what the system tells about a TCP connection. */
#include "tcp_info.h"

/* Only then does the time since the last data count from something. */
static inline int is_synchronized(int64_t state)
{
	return state != SOCKET_TCP_SYN_SENT && state != SOCKET_TCP_CLOSED &&
	       state != SOCKET_TCP_LISTEN;
}

#if HAVE_TCP_STATES

# include <string.h>
# include <sys/ioctl.h>

/*
 * struct tcp_info as Linux 6.1 has it (include/uapi/linux/tcp.h). It has only
 * grown at its end: an older kernel says less, and headers of musl, dietlibc
 * and old glibc have less.
 */
enum linux_tcp_info {
	LINUX_STATE = 0,	   /* 8 bits; the rest 32 */
	LINUX_SND_MSS = 16,	   /* bytes */
	LINUX_LAST_DATA_SENT = 44, /* milliseconds */
	LINUX_LAST_DATA_RECV = 52, /* milliseconds */
	LINUX_RTT = 68,		   /* microseconds */
	LINUX_RTTVAR = 72,	   /* microseconds */
	LINUX_SND_CWND = 80,	   /* segments */
	LINUX_TOTAL_RETRANS = 100, /* segments */
	LINUX_NOTSENT_BYTES = 144, /* since 4.6 */
	LINUX_DELIVERY_RATE = 160, /* since 4.9: 64 bits, bytes a second */
	LINUX_SIZE = 168
};

struct told {
	unsigned char bytes[LINUX_SIZE];
	socklen_t len;
};

/* -1 if an older kernel does not tell it. */
static int64_t number(const struct told *t, enum linux_tcp_info offset)
{
	uint32_t value;

	if (t->len < (socklen_t)offset + sizeof value)
		return -1;
	memcpy(&value, t->bytes + offset, sizeof value);
	return value;
}

/* The same where 0 is what is not known yet, and on gVisor never is. */
static int64_t known(const struct told *t, enum linux_tcp_info offset)
{
	int64_t value = number(t, offset);

	return value ? value : -1;
}

static int64_t rate(const struct told *t)
{
	uint64_t value = 0;

	if (t->len < LINUX_DELIVERY_RATE + sizeof value)
		return -1;
	memcpy(&value, t->bytes + LINUX_DELIVERY_RATE, sizeof value);
	return value && value <= INT64_MAX ? (int64_t)value : -1;
}

/* Of what is unknown nothing is known. */
static int64_t times(int64_t value, int64_t factor)
{
	return value == -1 || factor == -1 ? -1 : value * factor;
}

/*
 * tcp_info counts segments of unknown length. SIOCOUTQ, which is TIOCOUTQ, is
 * what was written and not acknowledged (tcp(7)).
 */
static int64_t unacked(int s, const struct told *t)
{
	int64_t waiting = number(t, LINUX_NOTSENT_BYTES);
	int error = errno;
	int written = 0;

	if (waiting == -1)
		return -1;
	if (ioctl(s, TIOCOUTQ, &written) == -1) { /* a listening one */
		errno = error;
		return -1;
	}
	return written > waiting ? written - waiting : 0;
}

/* Before a connection these count from the start of the system. */
static void store_times(struct socket_tcpinfo *info, const struct told *t)
{
	info->sent = times(number(t, LINUX_LAST_DATA_SENT), 1000);
	info->received = times(number(t, LINUX_LAST_DATA_RECV), 1000);
}

int sys_tcp_info(int s, struct socket_tcpinfo *info)
{
	struct told t = {.len = sizeof t.bytes};

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, t.bytes, &t.len) == -1)
		return -1;
	info->state = t.bytes[LINUX_STATE];
	info->mss = known(&t, LINUX_SND_MSS);
	info->rtt = known(&t, LINUX_RTT);
	/* Before the first answer it is what RFC 6298 begins with. */
	info->rttvar = info->rtt == -1 ? -1 : number(&t, LINUX_RTTVAR);
	info->cwnd = times(known(&t, LINUX_SND_CWND), info->mss);
	info->unacked = unacked(s, &t);
	info->retransmits = number(&t, LINUX_TOTAL_RETRANS);
	info->rate = rate(&t);
	if (is_synchronized(info->state))
		store_times(info, &t);
	return 0;
}

#elif HAVE_TCPI_SND_REXMITPACK || HAVE_TCP_CONNECTION_INFO

/* The states of 4.4BSD's tcp_fsm.h. */
static int64_t state_of(unsigned int state)
{
	static const unsigned char states[] = {
		SOCKET_TCP_CLOSED,	SOCKET_TCP_LISTEN,
		SOCKET_TCP_SYN_SENT,	SOCKET_TCP_SYN_RECEIVED,
		SOCKET_TCP_ESTABLISHED, SOCKET_TCP_CLOSE_WAIT,
		SOCKET_TCP_FIN_WAIT_1,	SOCKET_TCP_CLOSING,
		SOCKET_TCP_LAST_ACK,	SOCKET_TCP_FIN_WAIT_2,
		SOCKET_TCP_TIME_WAIT,
	};

	return state < sizeof states ? states[state] : -1;
}

# if HAVE_TCPI_SND_REXMITPACK

/*
 * FreeBSD's struct tcp_info, which NetBSD and OpenBSD have too (netinet/tcp.h):
 * times in microseconds, the window in bytes.
 */
int sys_tcp_info(int s, struct socket_tcpinfo *info)
{
	struct tcp_info t = {0};
	socklen_t len = sizeof t;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &t, &len) == -1)
		return -1;
	info->state = state_of(t.tcpi_state);
	info->mss = t.tcpi_snd_mss;
	info->rtt = t.tcpi_rtt ? (int64_t)t.tcpi_rtt : -1;
	info->rttvar = t.tcpi_rtt ? (int64_t)t.tcpi_rttvar : -1;
	info->cwnd = t.tcpi_snd_cwnd;
	info->retransmits = t.tcpi_snd_rexmitpack;
	if (is_synchronized(info->state))
		info->received = t.tcpi_last_data_recv;
	return 0;
}

# else

/*
 * macOS's struct tcp_connection_info (netinet/tcp.h): times in milliseconds.
 * Its bytes in the queue to send are also those that were not sent yet.
 */
int sys_tcp_info(int s, struct socket_tcpinfo *info)
{
	struct tcp_connection_info t = {0};
	socklen_t len = sizeof t;

	if (getsockopt(s, IPPROTO_TCP, TCP_CONNECTION_INFO, &t, &len) == -1)
		return -1;
	info->state = state_of(t.tcpi_state);
	info->mss = t.tcpi_maxseg;
	info->rtt = t.tcpi_srtt ? (int64_t)t.tcpi_srtt * 1000 : -1;
	info->rttvar = t.tcpi_srtt ? (int64_t)t.tcpi_rttvar * 1000 : -1;
	info->cwnd = t.tcpi_snd_cwnd;
	info->retransmits = (int64_t)t.tcpi_txretransmitpackets;
	return 0;
}

# endif

#elif !HAVE_WINSOCK

int sys_tcp_info(int s, struct socket_tcpinfo *info)
{
	(void)info;
	return sys_setsockopt(s, IPPROTO_TCP, SYS_NO_OPTION, 0);
}

#endif
