/* SPDX-License-Identifier: ISC */
/*
 * sys.h - the contract with the system.
 *
 * The library is written for the newest system. Where this one lacks
 * something, configure says so, and this header or a file beside it supplies
 * it under the newest system's signature. No other file of lib/ has an #if of
 * a system.
 */
#ifndef SOCKET6_LIB_SYS_SYS_H
#define SOCKET6_LIB_SYS_SYS_H

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <socket6/flags.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>
#if HAVE_WINSOCK
# include "winsock.h"
#else
# include <arpa/inet.h>
# include <fcntl.h>
# include <net/if.h>
# include <netdb.h>
# include <netinet/in.h>
# include <netinet/tcp.h>
# include <netinet/udp.h>
# include <poll.h>
# include <sys/socket.h>
#endif

/* Names that this system's headers lack. */
#include "names.h"

/* struct sockaddr_in6, sin6_scope_id, sa_len. */
#include "sockaddr.h"

/*
 * To the linker these are the library's: a static library's names must not
 * clash with a program's.
 */
#define sys_ask_time	   socket6_ask_time
#define sys_bind_name	   socket6_bind_name
#define sys_can_segment	   socket6_can_segment
#define sys_defer_accept   socket6_defer_accept
#define sys_discard	   socket6_discard
#define sys_fail	   socket6_fail
#define sys_is_pending	   socket6_is_pending
#define sys_is_kept_error  socket6_is_kept_error
#define sys_microseconds   socket6_microseconds
#define sys_no_interface   socket6_no_interface
#define sys_no_socket	   socket6_no_socket
#define sys_path_mtu	   socket6_path_mtu
#define sys_read_report	   socket6_read_report
#define sys_reason	   socket6_reason
#define sys_set_interface4 socket6_set_interface4
#define sys_set_modes	   socket6_set_modes
#define sys_set_mreqn	   socket6_set_mreqn
#define sys_set_mtu_mode4  socket6_set_mtu_mode4
#define sys_set_mtu_mode6  socket6_set_mtu_mode6
#define sys_source4	   socket6_source4
#define sys_source6	   socket6_source6
#define sys_take_report	   socket6_take_report
#define sys_wrong_family   socket6_wrong_family
#define sys_wrong_option   socket6_wrong_option

#include "compiler.h"

/* Sets errno for a call that fails: -1. */
SYS_RARE int sys_fail(int error);

/* The rest of the contract, by subject. */
#include "connection.h"
#include "descriptor.h"
#include "interface.h"
#include "option.h"
#include "thread_buffer.h"

/* Microseconds of the monotonic clock, or where there is none the time of day. */
int64_t sys_microseconds(void);

static inline int64_t sys_milliseconds(void)
{
	return sys_microseconds() / 1000;
}

#endif
