/* SPDX-License-Identifier: ISC */
/*
 * calls.c - the rows of shapes.h that a library has, by libsocket6's names:
 * where another library has another name, or takes two calls, it is said here.
 */
#include "bench.h"

#define BOTH MEASURED
#define LACKS(function, result)

#if defined BENCH_LIBOWFAT
# include <io.h>
# include <ip4.h>
# include <ip6.h>
# include <ndelay.h>
# include <socket.h>

# define LIBOWFAT MEASURED
# define SKALIBS  LACKS
# define NEITHER  LACKS

static inline int set_modes(int fd, int is_nonblocking)
{
	if (fd != -1 && !is_nonblocking)
		ndelay_on(fd);
	if (fd != -1)
		io_closeonexec(fd);
	return fd;
}

# define socket_tcp6_flags(flags) set_modes(socket_tcp6(), 1)
# define socket_accept6_flags(s, ip, port, id, flags)                          \
  set_modes(socket_accept6(s, ip, port, id), 0)
# define socket_mchops6 socket_mchopcount6

#elif defined BENCH_SKALIBS
# include <skalibs/djbunix.h>
# include <skalibs/fmtscan.h>
# include <skalibs/socket.h>

# define LIBOWFAT LACKS
# define SKALIBS  MEASURED
# define NEITHER  LACKS

# define scan_ip4			     ip4_scan
# define fmt_ip4			     ip4_fmt
# define scan_ip6			     ip6_scan
# define fmt_ip6			     ip6_fmt

/* It knows no scope ids. */
# define socket_connect6(s, ip, port, id)    socket_connect6(s, ip, port)
# define socket_bind6(s, ip, port, id)	     socket_bind6(s, ip, port)
# define socket_bind6_reuse(s, ip, port, id) socket_bind6_reuse(s, ip, port)
# define socket_recv6(s, b, n, ip, port, id) socket_recv6(s, b, n, ip, port)
# define socket_send6(s, b, n, ip, port, id) socket_send6(s, b, n, ip, port)
# define socket_local6(s, ip, port, id)	     socket_local6(s, ip, port)
# define socket_accept6_flags(s, ip, port, id, flags)                          \
  socket_accept6_nbcoe(s, ip, port)
# undef socket_accept6
# define socket_accept6(s, ip, port, id) socket_accept6_internal(s, ip, port, 0)

# define socket_tcp6_flags(flags) socket_tcp6_nbcoe()
# define socket_nodelay(s, on)	  socket_tcpnodelay(s)

#else
# include <socket6.h>

# define LIBOWFAT MEASURED
# define SKALIBS  MEASURED
# define NEITHER  MEASURED
#endif

#define SHAPE(name, scene, peers, call, by_hand) peers(call_##name, call)
#include "shapes.h"
