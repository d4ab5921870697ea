# SPDX-License-Identifier: ISC
# SOCKET6_FACILITIES
# ------------------
# Every question that lib/sys/ has an answer for, a row each: the facility's
# name, what is asked for, which systems have it (a number: since when), and
# what serves where it is missing. NAMES asks for macros or constants of the
# socket headers, PROBE compiles a program. The rows before may say what a row
# asks, so the order matters where one names another.
AC_DEFUN([SOCKET6_FACILITIES], [
  SOCKET6_WINSOCK
  AC_SEARCH_LIBS([getsockopt], [socket network])
  AC_SEARCH_LIBS([inet_pton], [nsl])
  AC_SEARCH_LIBS([clock_gettime], [rt])

  dnl ---- addresses and interfaces ----
  SOCKET6_IPV6
  SOCKET6_PROBE([sin6_scope_id], [sin6_scope_id],
    [RFC 3493, not RFC 2133], [lib/sys/sockaddr.h, no zones],
    [struct sockaddr_in6 a; a.sin6_scope_id = 1; return !a.sin6_scope_id;])
  SOCKET6_PROBE([sa_len], [sa_len],
    [4.4BSD], [lib/sys/sockaddr.h, no such field],
    [struct sockaddr a; a.sa_len = 1; return a.sa_len;])
  SOCKET6_PROBE([if_indextoname], [if_indextoname],
    [RFC 3493], [lib/sys/if_indextoname.c],
    [char name@<:@IF_NAMESIZE@:>@;
     return if_nametoindex("lo") && if_indextoname(1, name);])
  SOCKET6_PROBE([siocgifname], [SIOCGIFNAME],
    [Linux], [no interface has a name],
    [struct ifreq r; r.ifr_ifindex = 1;
     return ioctl(0, SIOCGIFNAME, &r) + ioctl(0, SIOCGIFINDEX, &r);],
    [#include <sys/ioctl.h>])
  dnl FreeBSD 14 has it too, with BSD's flags in its messages.
  SOCKET6_PROBE([af_netlink], [AF_NETLINK with the number of Linux],
    [Linux 2.2], [getifaddrs],
    [int names@<:@AF_NETLINK == 16 ? 1 : -1@:>@ = { 0 };
     return names@<:@0@:>@;])
  SOCKET6_PROBE([getifaddrs], [getifaddrs],
    [Linux, the BSDs, macOS, illumos], [no lists of interfaces],
    [struct ifaddrs *all; int r = getifaddrs(&all);
     freeifaddrs(all->ifa_next); return r;],
    [#include <ifaddrs.h>])
  SOCKET6_PROBE([siocgifmtu], [SIOCGIFMTU],
    [Linux, the BSDs, macOS], [no MTU of interfaces],
    [struct ifreq r; r.ifr_mtu = 0; return ioctl(0, SIOCGIFMTU, &r);],
    [#include <sys/ioctl.h>])
  SOCKET6_PROBE([siocgifaflag_in6], [SIOCGIFAFLAG_IN6],
    [the BSDs, macOS], [no flags of addresses],
    [struct in6_ifreq r;
     r.ifr_ifru.ifru_flags6 =
         IN6_IFF_TENTATIVE | IN6_IFF_DUPLICATED | IN6_IFF_DEPRECATED |
         IN6_IFF_TEMPORARY;
     return ioctl(0, SIOCGIFAFLAG_IN6, &r);],
    [#include <sys/ioctl.h>
     #include <netinet6/in6_var.h>])
  SOCKET6_PROBE([pf_route], [messages of PF_ROUTE],
    [the BSDs, macOS, illumos], [no news of interfaces],
    [struct if_msghdr m; m.ifm_type = RTM_IFINFO;
     return socket(PF_ROUTE, SOCK_RAW, AF_UNSPEC) + m.ifm_type +
            RTM_NEWADDR + RTM_DELADDR;],
    [#include <net/route.h>])
  SOCKET6_NAMES([so_bindtoifindex], [SO_BINDTOIFINDEX],
    [Linux 5.0], [SO_BINDTODEVICE])
  SOCKET6_NAMES([so_bindtodevice], [SO_BINDTODEVICE],
    [Linux 2.0.30], [IP_BOUND_IF])
  SOCKET6_NAMES([ip_bound_if], [IP_BOUND_IF, IPV6_BOUND_IF],
    [macOS], [ENOPROTOOPT])

  dnl ---- modes, peers and signals ----
  SOCKET6_PROBE([sock_nonblock], [SOCK_NONBLOCK and SOCK_CLOEXEC],
    [Linux 2.6.27, FreeBSD 10, POSIX.1-2024], [lib/sys/socket.c, fcntl],
    [return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);])
  dnl Its flags are those two: without them there is no use in it.
  AS_IF([test "$socket6_cv_sock_nonblock" = no], [socket6_cv_accept4=no])
  SOCKET6_PROBE([accept4], [accept4],
    [Linux 2.6.28, FreeBSD 10, POSIX.1-2024],
    [lib/sys/accept4.c, accept and fcntl],
    [return accept4(0, 0, 0, 0);])
  SOCKET6_NAMES([msg_nosignal], [MSG_NOSIGNAL],
    [POSIX.1-2008], [lib/sys/sendto.c])
  SOCKET6_NAMES([so_nosigpipe], [SO_NOSIGPIPE],
    [macOS, FreeBSD], [SIGPIPE held back])

  dnl ---- IPv6 and multicast ----
  SOCKET6_NAMES([ipv6_v6only], [IPV6_V6ONLY], [RFC 3493], [ENOPROTOOPT])
  SOCKET6_NAMES([ipv6_join_group], [IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP],
    [RFC 3493], [RFC 2133's names])
  SOCKET6_NAMES([ipv6_add_membership],
    [IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP],
    [RFC 2133], [RFC 3493's names])
  SOCKET6_NAMES([ipv6_tclass], [IPV6_TCLASS], [RFC 3542], [ENOPROTOOPT])
  SOCKET6_PROBE([struct_ip_mreqn], [struct ip_mreqn],
    [Linux 2.2, FreeBSD, macOS], [lib/sys/multicast.c, SIOCGIFADDR],
    [struct ip_mreqn m; m.imr_ifindex = 1; return m.imr_ifindex;])
  SOCKET6_PROBE([ip_add_source_membership], [IP_ADD_SOURCE_MEMBERSHIP],
    [RFC 3678], [ENOPROTOOPT],
    [struct ip_mreq_source m; (void)m;
     return IP_ADD_SOURCE_MEMBERSHIP + IP_DROP_SOURCE_MEMBERSHIP;])
  SOCKET6_PROBE([mcast_join_source_group], [MCAST_JOIN_SOURCE_GROUP],
    [RFC 3678], [ENOPROTOOPT],
    [struct group_source_req m; (void)m;
     return MCAST_JOIN_SOURCE_GROUP + MCAST_LEAVE_SOURCE_GROUP;])

  SOCKET6_NAMES([ip_multicast_all], [IP_MULTICAST_ALL],
    [Linux 2.6.31], [ENOPROTOOPT])
  SOCKET6_NAMES([ipv6_multicast_all], [IPV6_MULTICAST_ALL],
    [Linux 4.20], [ENOPROTOOPT])

  SOCKET6_NAMES([so_mark], [SO_MARK], [Linux 2.6.25], [ENOPROTOOPT])
  dnl Where there is this one, SO_RCVBUF and SO_SNDBUF are doubled.
  SOCKET6_NAMES([so_rcvbufforce], [SO_RCVBUFFORCE],
    [Linux 2.6.14], [buffers as they were asked for])

  dnl ---- ports, and what close does ----
  SOCKET6_NAMES([so_reuseport], [SO_REUSEPORT],
    [Linux 3.9, the BSDs], [ENOPROTOOPT])
  dnl There SO_REUSEPORT alone balances no load.
  SOCKET6_NAMES([so_reuseport_lb], [SO_REUSEPORT_LB],
    [FreeBSD 12], [SO_REUSEPORT])
  SOCKET6_NAMES([so_exclusiveaddruse], [SO_EXCLUSIVEADDRUSE],
    [Windows], [SO_REUSEADDR])
  SOCKET6_NAMES([ip_bind_address_no_port], [IP_BIND_ADDRESS_NO_PORT],
    [Linux 4.2], [ENOPROTOOPT])
  SOCKET6_NAMES([ip_freebind], [IP_FREEBIND],
    [Linux 2.4], [SO_BINDANY])
  SOCKET6_NAMES([so_bindany], [SO_BINDANY], [OpenBSD], [IP_BINDANY])
  SOCKET6_NAMES([ip_bindany], [IP_BINDANY, IPV6_BINDANY],
    [FreeBSD 8], [ENOPROTOOPT])
  dnl macOS's SO_LINGER counts ticks.
  SOCKET6_NAMES([so_linger_sec], [SO_LINGER_SEC], [macOS], [SO_LINGER])

  dnl ---- TCP ----
  SOCKET6_NAMES([tcp_fastopen], [TCP_FASTOPEN],
    [RFC 7413, the server], [ENOPROTOOPT])
  SOCKET6_NAMES([msg_fastopen], [MSG_FASTOPEN],
    [Linux 3.7], [TCP_FASTOPEN_CONNECT])
  SOCKET6_NAMES([tcp_fastopen_connect], [TCP_FASTOPEN_CONNECT],
    [Linux 4.11], [connect, then send])
  SOCKET6_PROBE([connectx], [connectx],
    [macOS 10.11], [connect, then send],
    [return connectx(0, 0, SAE_ASSOCID_ANY, CONNECT_DATA_IDEMPOTENT, 0, 0,
                     0, 0);])
  SOCKET6_NAMES([tcp_info], [TCP_INFO],
    [Linux 2.4, FreeBSD 6, NetBSD, OpenBSD 7], [TCP_CONNECTION_INFO])
  dnl TCP_INFO reports states; BSD's have other names and numbers.
  AS_IF([test "$socket6_cv_tcp_info" = no], [socket6_cv_tcp_states=no])
  SOCKET6_PROBE([tcp_states], [TCP_INFO with the states of Linux],
    [Linux 2.4], [getpeername and poll],
    [int names@<:@TCP_INFO && TCP_ESTABLISHED == 1 && TCP_SYN_SENT == 2 &&
        TCP_SYN_RECV == 3 && TCP_CLOSE == 7 && TCP_LISTEN == 10 ? 1 : -1@:>@ =
        { 0 };
     return names@<:@0@:>@;])
  dnl Of the systems whose states have other numbers.
  AS_IF([test "$socket6_cv_tcp_info" = no],
    [socket6_cv_tcpi_snd_rexmitpack=no])
  SOCKET6_PROBE([tcpi_snd_rexmitpack], [struct tcp_info of BSD],
    [FreeBSD 8, NetBSD 7, OpenBSD 7], [TCP_CONNECTION_INFO],
    [struct tcp_info t; t.tcpi_snd_rexmitpack = 0; t.tcpi_last_data_recv = 0;
     return (int)t.tcpi_snd_rexmitpack;])
  SOCKET6_NAMES([tcp_connection_info], [TCP_CONNECTION_INFO],
    [macOS], [lib/sys/pending.c, its port])
  SOCKET6_NAMES([tcp_quickack], [TCP_QUICKACK], [Linux 2.4.4], [ENOPROTOOPT])
  SOCKET6_NAMES([tcp_defer_accept], [TCP_DEFER_ACCEPT],
    [Linux 2.4], [SO_ACCEPTFILTER])
  SOCKET6_PROBE([so_acceptfilter], [SO_ACCEPTFILTER],
    [FreeBSD 4.1, NetBSD 5], [no deferred accept],
    [struct accept_filter_arg a; (void)a; return SO_ACCEPTFILTER;])
  SOCKET6_NAMES([tcp_user_timeout], [TCP_USER_TIMEOUT],
    [Linux 2.6.37, RFC 5482], [ENOPROTOOPT])
  SOCKET6_NAMES([tcp_congestion], [TCP_CONGESTION],
    [Linux 2.6.13, FreeBSD 9, illumos], [ENOPROTOOPT])
  SOCKET6_NAMES([tcp_maxseg], [TCP_MAXSEG],
    [all but Windows], [ENOPROTOOPT])
  SOCKET6_NAMES([tcp_keepidle], [TCP_KEEPIDLE],
    [all but macOS and OpenBSD], [macOS's TCP_KEEPALIVE])
  SOCKET6_NAMES([tcp_keepalive], [TCP_KEEPALIVE], [macOS], [TCP_KEEPIDLE])
  SOCKET6_NAMES([tcp_keepintvl], [TCP_KEEPINTVL, TCP_KEEPCNT],
    [all but OpenBSD], [ENOPROTOOPT])
  SOCKET6_NAMES([ipproto_mptcp], [IPPROTO_MPTCP],
    [Linux 5.6], [its number, 262])
  SOCKET6_NAMES([ipproto_sctp], [IPPROTO_SCTP], [RFC 6458], [its number, 132])

  dnl ---- datagrams and what is known of them ----
  SOCKET6_PROBE([sendmmsg], [recvmmsg and sendmmsg],
    [Linux 3.0], [lib/sys/message.c, one by one],
    [struct mmsghdr m = { { 0 } };
     return recvmmsg(0, &m, 1, MSG_WAITFORONE, 0) + sendmmsg(0, &m, 1, 0);])
  SOCKET6_NAMES([ipv6_recvpktinfo], [IPV6_RECVPKTINFO, IPV6_PKTINFO],
    [RFC 3542], [no local address])
  SOCKET6_PROBE([ip_pktinfo], [IP_PKTINFO],
    [Linux 2.2, macOS, NetBSD 8, illumos, Windows], [IP_RECVDSTADDR],
    [struct in_pktinfo i; i.ipi_ifindex = 1;
     return (int)sizeof i.ipi_addr + IP_PKTINFO;])
  dnl It is a field of that, and asks for that.
  AS_IF([test "$socket6_cv_ip_pktinfo" = no],
    [socket6_cv_ipi_spec_dst=no
     socket6_cv_ip_recvpktinfo=no])
  SOCKET6_PROBE([ipi_spec_dst], [ipi_spec_dst],
    [Linux 2.2, macOS, illumos], [no broadcast address of a subnet],
    [struct in_pktinfo i; i.ipi_spec_dst.s_addr = 0;
     return (int)sizeof i.ipi_spec_dst;])
  SOCKET6_NAMES([ip_recvpktinfo], [IP_RECVPKTINFO],
    [macOS, NetBSD 8, illumos], [IP_PKTINFO])
  SOCKET6_NAMES([ip_recvdstaddr], [IP_RECVDSTADDR, IP_SENDSRCADDR],
    [FreeBSD, OpenBSD], [IP_PKTINFO])
  SOCKET6_NAMES([ipv6_recvhoplimit], [IPV6_RECVHOPLIMIT, IPV6_HOPLIMIT],
    [RFC 3542], [no hop limits])
  SOCKET6_NAMES([ip_recvttl], [IP_RECVTTL],
    [Linux 2.2, the BSDs, illumos], [no hop limits of IPv4])
  SOCKET6_NAMES([ipv6_recvtclass], [IPV6_RECVTCLASS],
    [RFC 3542], [no traffic classes])
  SOCKET6_NAMES([ip_recvtos], [IP_RECVTOS],
    [Linux 2.2, FreeBSD, macOS, illumos], [no traffic classes of IPv4])
  SOCKET6_NAMES([so_timestampns], [SO_TIMESTAMPNS, SCM_TIMESTAMPNS],
    [Linux 2.6.22], [SO_TS_CLOCK])
  SOCKET6_NAMES([so_ts_clock], [SO_TS_CLOCK, SO_TS_REALTIME, SCM_REALTIME],
    [FreeBSD 12], [SO_TIMESTAMP])
  SOCKET6_NAMES([so_timestamp], [SO_TIMESTAMP, SCM_TIMESTAMP],
    [all but Windows], [no times])
  SOCKET6_NAMES([so_rxq_ovfl], [SO_RXQ_OVFL],
    [Linux 2.6.33], [no count of drops])
  SOCKET6_PROBE([udp_segment], [UDP_SEGMENT],
    [Linux 4.18], [UDP_SEND_MSG_SIZE],
    [int names@<:@@:>@ = { UDP_SEGMENT }; return names@<:@0@:>@;],
    [#include <netinet/udp.h>])
  SOCKET6_NAMES([udp_send_msg_size], [UDP_SEND_MSG_SIZE],
    [Windows 10 2004], [one by one])
  SOCKET6_PROBE([udp_gro], [UDP_GRO],
    [Linux 5.0], [no segments received],
    [int names@<:@@:>@ = { UDP_GRO }; return names@<:@0@:>@;],
    [#include <netinet/udp.h>])
  SOCKET6_PROBE([ip_recverr], [IP_RECVERR],
    [Linux 2.2], [ENOPROTOOPT],
    [struct sock_extended_err e; e.ee_origin = SO_EE_ORIGIN_ICMP6;
     return IP_RECVERR + IPV6_RECVERR + MSG_ERRQUEUE + e.ee_origin +
            !SO_EE_OFFENDER(&e);],
    [#include <time.h>
     #include <linux/errqueue.h>])
  dnl Windows' values are others.
  SOCKET6_PROBE([ip_mtu_discover], [IP_MTU_DISCOVER with the modes of Linux],
    [Linux 2.2], [IP_DONTFRAG],
    [int names@<:@IP_PMTUDISC_DO == 2 ? 1 : -1@:>@ = {
        IP_MTU_DISCOVER + IPV6_MTU_DISCOVER };
     return names@<:@0@:>@;])
  SOCKET6_NAMES([ip_dontfrag], [IP_DONTFRAG],
    [FreeBSD, macOS 11], [IP_DONTFRAGMENT])
  SOCKET6_NAMES([ip_dontfragment], [IP_DONTFRAGMENT],
    [Windows], [ENOPROTOOPT])
  SOCKET6_NAMES([ipv6_dontfrag], [IPV6_DONTFRAG], [RFC 3542], [ENOPROTOOPT])
  SOCKET6_NAMES([ip_mtu], [IP_MTU], [Linux 2.2, Windows], [ENOPROTOOPT])
  SOCKET6_NAMES([ipv6_mtu], [IPV6_MTU], [Linux 2.2, Windows], [IPV6_PATHMTU])
  SOCKET6_PROBE([ipv6_pathmtu], [IPV6_PATHMTU],
    [RFC 3542], [ENOPROTOOPT],
    [struct ip6_mtuinfo m; (void)m; return IPV6_PATHMTU;])

  dnl ---- threads and time ----
  SOCKET6_PROBE([thread_local], [_Thread_local],
    [C11], [lib/sys/thread_buffer.c, pthread_getspecific],
    [static _Thread_local int one; return one;])
  dnl Without it glibc's dynamic loader becomes a dependency. musl has no loader
  dnl besides, and cannot dlopen a library with it.
  SOCKET6_PROBE([tls_model], [initial-exec thread-local storage],
    [glibc with gcc or clang], [the compiler's model],
    [static _Thread_local int one __attribute__((tls_model("initial-exec")));
#ifndef __GLIBC__
     return no_glibc;
#endif
     return one;])
  SOCKET6_PROBE([atomic], [atomic builtins],
    [gcc 4.7, clang], [volatile],
    [static int n; __atomic_store_n(&n, 1, __ATOMIC_RELAXED);
     return __atomic_load_n(&n, __ATOMIC_RELAXED);])
  SOCKET6_PROBE([clock_monotonic], [CLOCK_MONOTONIC],
    [POSIX.1-2001], [lib/sys/clock.c, gettimeofday],
    [struct timespec t; return clock_gettime(CLOCK_MONOTONIC, &t);],
    [#include <time.h>])

  SOCKET6_PROBE([timerfd], [timerfd],
    [Linux 2.6.25, FreeBSD 14, illumos], [kqueue],
    [struct itimerspec t = { { 0 } };
     int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
     return timerfd_settime(fd, 0, &t, 0);],
    [#include <sys/timerfd.h>])
  SOCKET6_PROBE([kqueue], [kqueue],
    [the BSDs, macOS], [lib/sys/waker.c, a datagram],
    [struct kevent e; EV_SET(&e, 1, EVFILT_TIMER, EV_ADD, 0, 1, 0);
     return kevent(kqueue(), &e, 1, 0, 0, 0);],
    [#include <sys/event.h>
     #include <sys/time.h>])
  SOCKET6_PROBE([epoll], [epoll],
    [Linux 2.6.27], [kqueue],
    [struct epoll_event e = { 0 };
     return epoll_ctl(epoll_create1(EPOLL_CLOEXEC), EPOLL_CTL_ADD, 0, &e);],
    [#include <sys/epoll.h>])
  dnl The macro says that more than one thread may call the C library.
  SOCKET6_PROBE([threads], [threads],
    [POSIX.1-2001], [look-ups that block],
    [int threads@<:@_POSIX_THREADS > 0 ? 1 : -1@:>@ = { 0 };
     return threads@<:@0@:>@;],
    [#include <unistd.h>])
  AS_IF([test "$socket6_cv_threads:$socket6_cv_posix_sockets" = yes:yes],
    [AC_SEARCH_LIBS([pthread_create], [pthread])])
  SOCKET6_PROBE([pthread_setname_np], [names of threads],
    [glibc 2.12, musl, FreeBSD 12], [threads without a name],
    [return pthread_setname_np(pthread_self(), "name");],
    [#include <pthread.h>])

  dnl Files that are only there where they are of use.
  AS_IF([test "$socket6_cv_if_indextoname" = no],
    [AC_LIBOBJ([if_indextoname])])
  AS_IF([test "$socket6_cv_af_netlink" = yes],
      [AC_LIBOBJ([netlink])
       AC_LIBOBJ([rtmessage])],
    [test "$socket6_cv_posix_sockets" = yes], [AC_LIBOBJ([ifaddrs])])
  AS_IF([test "$socket6_cv_msg_nosignal" = no],
    [AC_LIBOBJ([sendto])
     AC_SEARCH_LIBS([pthread_sigmask], [pthread])])
  AS_IF([test "$socket6_cv_thread_local" = no],
    [AC_SEARCH_LIBS([pthread_once], [pthread])])
])

# SOCKET6_IPV6
# ------------
# The first row. With --disable-ipv6 the system is not asked, so that a cache
# remembers its answer and not the option.
AC_DEFUN([SOCKET6_IPV6], [
  AC_ARG_ENABLE([ipv6], [AS_HELP_STRING([--disable-ipv6],
    [build for IPv4 alone, with every symbol present])])
  AS_IF([test "x$enable_ipv6" = xno],
    [SOCKET6_SUMMARY([struct sockaddr_in6],
      [replacement: lib/sys/sockaddr.h, IPv4 alone, by --disable-ipv6])],
    [SOCKET6_PROBE([struct_sockaddr_in6], [struct sockaddr_in6],
      [RFC 3493], [lib/sys/sockaddr.h, IPv4 alone],
      [struct sockaddr_in6 a; struct ipv6_mreq m;
       (void)m; a.sin6_family = AF_INET6; return a.sin6_family;])])
])
