# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# windows.sh - for the scripts of Windows, which source it:
#
#	. "${platforms:?}/windows.sh"
#	windows x86_64-w64-mingw32 --disable-static
#
# The suites run under wine: on the static library, where stand-ins come
# between it and winsock.h's names, or with --disable-static on the DLL.
: "${at_once:=${jobs:-1}}"
. "${platforms:?}/libcheck.sh"

WINEDEBUG=-all
WINEPREFIX=$PWD/wine
WINEDLLOVERRIDES='mscoree,mshtml='
export WINEDEBUG WINEPREFIX WINEDLLOVERRIDES
: "${wine:=/usr/lib/wine/wine64}"

# The facilities that Windows has not, with mingw's headers of Debian 12.
windows_lacks='af_netlink getifaddrs pf_route siocgifaflag_in6 siocgifmtu
	clock_monotonic ip_bind_address_no_port ipproto_mptcp
	msg_fastopen posix_sockets program siocgifname so_bindtodevice
	so_bindtoifindex so_reuseport struct_ip_mreqn tcp_defer_accept
	tcp_fastopen tcp_fastopen_connect tcp_info tcp_keepidle tcp_keepintvl
	tcp_quickack tcp_states tcp_user_timeout connectx ip_bound_if sa_len
	so_linger_sec so_acceptfilter so_nosigpipe so_reuseport_lb kqueue
	epoll pthread_setname_np so_mark timerfd tls_model
	tcp_connection_info tcp_keepalive sendmmsg ipi_spec_dst ip_recvpktinfo
	ip_recvdstaddr so_timestampns so_ts_clock so_timestamp so_rxq_ovfl
	udp_segment udp_send_msg_size udp_gro ip_recverr ip_mtu_discover
	ip_dontfrag ipv6_pathmtu ip_freebind so_bindany ip_bindany
	ip_multicast_all ipv6_multicast_all so_rcvbufforce tcp_congestion tcp_maxseg
	tcpi_snd_rexmitpack'

# The DLL needs Windows' own libraries alone.
judge_dll()
{
	"$host-objdump" -p build/lib/.libs/libsocket6-0.dll |
		sed -n 's/.*DLL Name: \(.*\)\.dll/\1/Ip' |
		tr '[:upper:]' '[:lower:]' | sort >needed
	printf '%s\n' iphlpapi kernel32 msvcrt ws2_32 | cmp -s - needed ||
		complain "the DLL needs $(paste -s -d ' ' needed)"
}

# windows HOST [ARGUMENT...]: configures for it, and checks.
windows()
{
	host=$1
	shift
	libcheck "$host" --host="$host"
	"$wine" wineboot -i
	lacking=$windows_lacks
	may_skip 'no network namespaces' 'no name server' \
		'no signals that interrupt' 'no limit of sockets' \
		'no (socketpair|dup|RECVMSG|POSIX)' \
		'no (FCNTL|GETTIMEOFDAY|SIGPIPE|MSG_DONTWAIT|MSG_TRUNC)' \
		'no (UNIX_SOCKETS|FREEADDRINFO|EAI_OVERFLOW)' \
		'no Multipath TCP' \
		'a full queue refuses on Windows' \
		'connect begins anew on Windows' \
		'a socket whose connection failed is of no use' \
		'the examples wait by poll\(2\)' \
		'wine takes other handles for sockets' \
		'wine reads a reset as the end' \
		'wine hides that a datagram was refused' \
		'wine drops what a datagram is sent with' \
		'wine knows no MTU' 'no 127\.0\.0\.5' \
		'wine lets IPv4 have V6ONLY' 'wine binds to any address' \
		'wine: (IPV6_TCLASS|MCAST_JOIN_SOURCE_GROUP) is ENOPROTOOPT' \
		'no ELF' 'no libowfat' 'no <([a-z]*/)?[a-z]*\.h>.*'
	configure --host="$host" "$@" \
		CHECK_CFLAGS="-isystem $cache/check-$host/include \
			-Wno-format -Wno-format-extra-args" \
		CHECK_LIBS="$cache/check-$host/lib/libcheck.a \
			/usr/$host/lib/libwinpthread.a"
	make -s -C build -j "$jobs" CFLAGS='-O2 -Werror' && judge_dll
	WINEPATH="Z:$PWD/build/lib/.libs;Z:/usr/$host/lib"
	export WINEPATH
	check LOG_COMPILER="./libtool --mode=execute $wine"
}
