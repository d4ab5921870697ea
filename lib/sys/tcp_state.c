/* SPDX-License-Identifier: ISC */
/* tcp_state.c - the states of a TCP connection, as Linux numbers them. */
#include "sys.h"

#if HAVE_TCP_STATES

/*
 * 0 is what old gVisor gives. TIME_WAIT (6) and NEW_SYN_RECV (12) are never a
 * socket's.
 */
const unsigned char socket6_tcp_states[TCP_CLOSING + 1] = {
	[TCP_ESTABLISHED] = SYS_TCP_CONNECTED,
	[TCP_SYN_SENT] = SYS_TCP_SYN_SENT,
	[TCP_SYN_RECV] = SYS_TCP_SYN_RECEIVED,
	[TCP_FIN_WAIT1] = SYS_TCP_CONNECTED,
	[TCP_FIN_WAIT2] = SYS_TCP_CONNECTED,
	[TCP_CLOSE] = SYS_TCP_CLOSED,
	[TCP_CLOSE_WAIT] = SYS_TCP_CONNECTED,
	[TCP_LAST_ACK] = SYS_TCP_CONNECTED,
	[TCP_LISTEN] = SYS_TCP_CLOSED,
	[TCP_CLOSING] = SYS_TCP_CONNECTED,
};

#endif
