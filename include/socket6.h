/* SPDX-License-Identifier: ISC */
/*
 * socket6.h - TCP and UDP over IPv6 and IPv4: the whole interface.
 *
 * True of every function here, unless its own comment says otherwise:
 *
 * - An address is raw bytes in network order: char ip[4] or char ip[16].
 *   A port is in host order. A scope_id is an interface index, 0 for none.
 *   The order is always ip, port, scope_id.
 * - A function whose name ends in 6 works with both families: IPv4 addresses
 *   are v4-mapped, as ::ffff:a.b.c.d. If the system has no IPv6, so the socket
 *   is an IPv4 one, it accepts v4-mapped addresses, ::1 (as 127.0.0.1) and ::
 *   (as 0.0.0.0); any other is EAFNOSUPPORT.
 * - A null output pointer discards that output.
 * - On error a function returns -1 with the errno of the system call that
 *   failed, leaves outputs unchanged and nothing open.
 * - No function allocates, prints, exits, raises SIGPIPE or continues after
 *   EINTR; any thread may call each at any time. (dial.h, history.h,
 *   lookup.h and resolve.h say where they allocate.)
 *
 * libsocket6(7) is the overview; each family has a page of its own.
 */
#ifndef SOCKET_6_H
#define SOCKET_6_H

#include <socket6/accept.h>
#include <socket6/addr.h>
#include <socket6/bind.h>
#include <socket6/connect.h>
#include <socket6/datagram.h>
#include <socket6/dial.h>
#include <socket6/endpoint.h>
#include <socket6/error.h>
#include <socket6/fastopen.h>
#include <socket6/history.h>
#include <socket6/inherited.h>
#include <socket6/interface.h>
#include <socket6/interfaces.h>
#include <socket6/ip4.h>
#include <socket6/ip6.h>
#include <socket6/listen.h>
#include <socket6/lookup.h>
#include <socket6/multicast.h>
#include <socket6/ndelay.h>
#include <socket6/open.h>
#include <socket6/option.h>
#include <socket6/prefix.h>
#include <socket6/proxy.h>
#include <socket6/record.h>
#include <socket6/resolve.h>
#include <socket6/sockaddr.h>
#include <socket6/stream.h>
#include <socket6/tcpinfo.h>
#include <socket6/timeout.h>
#include <socket6/zone.h>

#endif
