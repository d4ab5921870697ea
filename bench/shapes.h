/* SPDX-License-Identifier: ISC */
/*
 * shapes.h - what is measured: one call of each kind.
 *
 * The comment above a call names the others of its kind.
 *
 *	SHAPE(name, scene, peers, call, by hand)
 *
 * The scene opens the socket s (scene.c). The call is libsocket6's; peers says
 * which of libowfat and skalibs have it, too (calls.c). By hand is what a
 * careful program would write itself, for the same promise (raw.c).
 */

/* udp4, and all 4 forms that end in b. */
SHAPE(tcp4, nothing, BOTH, socket_tcp4(),
      socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0))
/* udp6, and all 6 forms that end in b. */
SHAPE(tcp6, nothing, BOTH, socket_tcp6(), open6(SOCK_STREAM | SOCK_NONBLOCK))
/* All that take flags, SOCKET_V6ONLY too, and check them. */
SHAPE(tcp6_cloexec, nothing, BOTH,
      socket_tcp6_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC),
      open6(SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC))

/* All that are given an IPv4 address: bind4, send4. */
SHAPE(connect4, udp4, BOTH, socket_connect4(s, to4, to_port), dial4(s, to4))
/* To UDP, too: that connects at once. */
SHAPE(connect6, tcp6, BOTH, socket_connect6(s, to6, to_port, to_scope_id),
      dial6(s, to6))
/* An IPv4 socket's second try, also of bind6, send6, fastopen_connect6. */
SHAPE(connect6_inet, udp4, NEITHER,
      socket_connect6(s, mapped6, to_port, to_scope_id), dial6_inet(s, mapped6))
/* wait_connected, which is its second half. */
SHAPE(connect6_timeout, blocking, NEITHER,
      socket_connect6_timeout(s, to6, to_port, to_scope_id, milliseconds),
      dial6_within(s))
SHAPE(connected, paired, BOTH, socket_connected(s), is_connected(s))
SHAPE(connected_pending, pending, BOTH, socket_connected(s), is_connected(s))
SHAPE(connected_refused, refused, BOTH, socket_connected(s), is_connected(s))

SHAPE(disconnect, udp6, NEITHER, socket_disconnect(s), forget_peer(s))

SHAPE(bind6, tcp6, BOTH, socket_bind6(s, to6, 0, to_scope_id),
      bind(s, AT6(to6, 0, to_scope_id)))
/* Two options first. */
SHAPE(bind6_shared, udp6, NEITHER, socket_bind6_shared(s, to6, 0, to_scope_id),
      THEN(SET(s, SOL_SOCKET, SO_REUSEADDR, int, 1),
	   THEN(SET(s, SOL_SOCKET, SO_REUSEPORT, int, 1),
		bind(s, AT6(to6, 0, to_scope_id)))))
/* An option first: bind6_reuseport, bind6_noport. */
SHAPE(bind6_reuse, tcp6, BOTH, socket_bind6_reuse(s, to6, 0, to_scope_id),
      THEN(SET(s, SOL_SOCKET, SO_REUSEADDR, int, 1),
	   bind(s, AT6(to6, 0, to_scope_id))))
/* Those whose names say the modes. */
SHAPE(accept6, accepting, BOTH, socket_accept6(s, ip, port, scope_id),
      take_call(s, 0))
/* accept4_flags, too, checks the modes. */
SHAPE(accept6_nonblock_cloexec, accepting, BOTH,
      socket_accept6_flags(s, ip, port, scope_id,
			   SOCKET_NONBLOCK | SOCKET_CLOEXEC),
      take_call(s, SOCK_NONBLOCK | SOCK_CLOEXEC))

/* All that give an IPv4 address: accept4, local4, remote4. */
SHAPE(recv4, receiving4, BOTH, socket_recv4(s, buf, sizeof buf, ip, port),
      receive(s, take4))
/* recv6_flag. */
SHAPE(recv6, receiving6, BOTH,
      socket_recv6(s, buf, sizeof buf, ip, port, scope_id), receive(s, take6))
SHAPE(send6, sending6, BOTH, socket_send6(s, buf, 8, to6, to_port, to_scope_id),
      sendto(s, buf, 8, MSG_NOSIGNAL, AT6(to6, to_port, to_scope_id)))
SHAPE(send6_flag, sending6, LIBOWFAT,
      socket_send6_flag(s, buf, 8, to6, to_port, to_scope_id, flags),
      sendto(s, buf, 8, flags | MSG_NOSIGNAL, AT6(to6, to_port, to_scope_id)))
/* One record, and as many as one system call takes. */
SHAPE(recvmany6, receiving6, NEITHER,
      socket_recvmany6(s, many, sizeof many, grams, 1), take_batch(s, 1))
SHAPE(recvmany6_32, receiving32, NEITHER,
      socket_recvmany6(s, many, sizeof many, grams, RECORDS),
      take_batch(s, RECORDS))
SHAPE(sendmany6, sending32, NEITHER,
      socket_sendmany6(s, many, sizeof many, grams, 1), send_batch(s, 1))
SHAPE(sendmany6_32, sending32, NEITHER,
      socket_sendmany6(s, many, sizeof many, grams, RECORDS),
      send_batch(s, RECORDS))
/* What is passed on: read, close, listen, shutdown. */
SHAPE(write, paired, NEITHER, socket_write(s, buf, 1),
      send(s, buf, 1, MSG_NOSIGNAL))
SHAPE(writev, paired, NEITHER, socket_writev(s, pieces, 2), write_pieces(s))
SHAPE(wait, paired, NEITHER,
      socket_wait(s, SOCKET_READABLE | SOCKET_WRITABLE, milliseconds),
      wait_for_both(s))
/* remote6. */
SHAPE(local6, paired, BOTH, socket_local6(s, ip, port, scope_id), local6(s))

SHAPE(family, paired, NEITHER, socket_family(s), family_of(s))
SHAPE(type, paired, NEITHER, socket_type(s), type_of(s))

/* ndelay_off. */
SHAPE(ndelay_on, blocking, BOTH, ndelay_on(s), set_nonblock(s))
/*
 * An int: broadcast, quickack, deferaccept, fastopen, freebind, mark, maxseg,
 * congestion, usertimeout, and tryreservein, which tries less if that fails.
 */
SHAPE(nodelay, tcp6, SKALIBS, socket_nodelay(s, 1),
      SET(s, IPPROTO_TCP, TCP_NODELAY, int, 1))
/* A value that is checked: v6only, tos4, ttl4. */
SHAPE(linger, tcp6, NEITHER, socket_linger(s, 0),
      SET(s, SOL_SOCKET, SO_LINGER, struct linger, 1, 0))
/* What was granted is asked for: sendbuffer. */
SHAPE(recvbuffer, tcp6, NEITHER, socket_recvbuffer(s, 10000),
      THEN(SET(s, SOL_SOCKET, SO_RCVBUF, int, 10000), granted(s)))
/* Of Linux, which finds the interface itself. */
SHAPE(bindtoname, tcp6, NEITHER, socket_bindtoname(s, lo_name),
      bind_to_name(s, lo_name))
/* The same for IPv4: tclass6. */
SHAPE(hoplimit6, tcp6, NEITHER, socket_hoplimit6(s, 32),
      THEN(SET(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, int, 32),
	   SET(s, IPPROTO_IP, IP_TTL, int, 32), 0))
SHAPE(keepalive, tcp6, NEITHER,
      socket_keepalive(s, idle_seconds, interval_seconds, probes),
      THEN(SET_UNLESS_0(s, TCP_KEEPIDLE, idle_seconds),
	   THEN(SET_UNLESS_0(s, TCP_KEEPINTVL, interval_seconds),
		THEN(SET_UNLESS_0(s, TCP_KEEPCNT, probes),
		     SET(s, SOL_SOCKET, SO_KEEPALIVE, int, idle_seconds > 0)))))
SHAPE(fastopen_connect6, tcp6, LIBOWFAT,
      socket_fastopen_connect6(s, to6, to_port, to_scope_id, buf, 8),
      fastopen6(s))

/* Any number of bits; and a header of version 2. */
SHAPE(match6, nothing, NEITHER, socket_match6(to6, source6, prefix_bits),
      is_in_net())
SHAPE(scan_proxy, nothing, NEITHER,
      scan_proxy(proxied, sizeof proxied, &ends[0], &ends[1]), take_proxied())

/* IPv4 addresses: mcleave4, mcinterface4. */
SHAPE(mcjoin4, udp4, LIBOWFAT, socket_mcjoin4(s, group4, to4),
      SET(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, struct ip_mreq, in4(group4),
	  in4(to4)))
SHAPE(mcjoin4_index, udp4, NEITHER, socket_mcjoin4_index(s, group4, lo),
      SET(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, struct ip_mreqn, in4(group4),
	  .imr_ifindex = (int)lo))
/* mcleave6, mcjoin6_if. */
SHAPE(mcjoin6, udp6, LIBOWFAT, socket_mcjoin6(s, group6, (int)lo),
      SET(s, IPPROTO_IPV6, IPV6_JOIN_GROUP, struct ipv6_mreq, in6(group6), lo))
SHAPE(mcjoin6_mapped, udp6, LIBOWFAT, socket_mcjoin6(s, mapped_group6, (int)lo),
      join6_mapped(s))
SHAPE(mcjoin6_source, udp6, NEITHER,
      socket_mcjoin6_source(s, group6, source6, lo), join6_source(s))
/* One interface, or any: bindtodevice. */
SHAPE(mcinterface6, udp6, NEITHER, socket_mcinterface6(s, lo),
      THEN(SET(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, int, (int)lo),
	   SET(s, IPPROTO_IP, IP_MULTICAST_IF, struct ip_mreqn,
	       .imr_ifindex = (int)lo),
	   0))
/* mchopcount6, mcloop6, mcall, and their halves mcttl4, mcloop4. */
SHAPE(mchops6, udp6, LIBOWFAT, socket_mchops6(s, 5),
      THEN(SET(s, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, int, 5),
	   SET(s, IPPROTO_IP, IP_MULTICAST_TTL, unsigned char, 5), 0))

SHAPE(getifname, nothing, LIBOWFAT, socket_getifname(lo) != NULL,
      if_indextoname(lo, buf) != NULL)
SHAPE(getifname_r, nothing, NEITHER, socket_getifname_r(lo, buf, room) != NULL,
      copy_name())
SHAPE(getifidx, nothing, LIBOWFAT, socket_getifidx("lo"), if_nametoindex("lo"))
/* Where nothing has changed. */
SHAPE(ifchanged, udp4, NEITHER, socket_ifchanged(s),
      recv(s, buf, 8, MSG_DONTWAIT) != -1 || errno != EAGAIN)

SHAPE(scan_ip4, text, BOTH, scan_ip4(texts[i % TEXTS][0], ip),
      inet_pton(AF_INET, texts[i % TEXTS][0], ip))
SHAPE(fmt_ip4, text, BOTH, fmt_ip4(buf, bytes4[i % TEXTS]),
      inet_ntop(AF_INET, bytes4[i % TEXTS], buf, sizeof buf) != NULL)
SHAPE(scan_ip6, text, BOTH, scan_ip6(texts[i % TEXTS][1], ip),
      inet_pton(AF_INET6, texts[i % TEXTS][1], ip))
SHAPE(fmt_ip6, text, BOTH, fmt_ip6(buf, bytes6[i % TEXTS]),
      inet_ntop(AF_INET6, bytes6[i % TEXTS], buf, sizeof buf) != NULL)
/* With a zone, which the system is asked for. */
SHAPE(scan_ip6if, text, LIBOWFAT, scan_ip6if("fe80::1%lo", ip, scope_id),
      scan_zone("fe80::1%lo"))
SHAPE(fmt_ip6if, text, LIBOWFAT, fmt_ip6if(buf, link_local, lo),
      getnameinfo(AT6(link_local, 0, lo), buf, sizeof buf, NULL, 0,
		  NI_NUMERICHOST) == 0)
