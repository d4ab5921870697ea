/* SPDX-License-Identifier: ISC */
/* tcp_info.h - what the system tells about a TCP connection. */
#ifndef SOCKET6_LIB_SYS_TCP_INFO_H
#define SOCKET6_LIB_SYS_TCP_INFO_H

#include "sys.h"

#include <socket6/tcpinfo.h>

#define sys_tcp_info socket6_tcp_info

/* Stores what is known, and leaves the rest. 0, or -1. */
int sys_tcp_info(int s, struct socket_tcpinfo *info);

#endif
