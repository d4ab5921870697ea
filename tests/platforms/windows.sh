# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# windows.sh - for the scripts of Windows, which source it:
#
#	. "${platforms:?}/windows.sh"
#	windows x86_64-w64-mingw32
#
# The suites run under wine, twice: on the static library, where stand-ins
# come between, and on the DLL. Wine starts in a tenth of a second, but once
# for each program; its server is started first, and left to end by itself.
. "${platforms:?}/libcheck.sh"

WINEDEBUG=-all
WINEPREFIX=$PWD/wine
WINEDLLOVERRIDES='mscoree,mshtml='
export WINEDEBUG WINEPREFIX WINEDLLOVERRIDES
wine=/usr/lib/wine/wine64

# What Windows lacks of the facilities, as mingw's headers have them.
windows_lacks='clock_monotonic ip_bind_address_no_port ipproto_mptcp
	msg_fastopen posix_sockets siocgifname so_bindtodevice
	so_bindtoifindex so_reuseport struct_ip_mreqn tcp_defer_accept
	tcp_fastopen_connect tcp_quickack tcp_user_timeout'

# windows HOST [ARGUMENT...]: configures for it, and checks.
windows()
{
	host=$1
	shift
	libcheck "$host" --host="$host" CFLAGS='-O1 -Wno-error'
	$wine wineboot -i
	lacks "$windows_lacks"
	may_skip 'no .*' 'wine .*'
	configure --host="$host" --disable-shared "$@" \
		CHECK_CFLAGS="-isystem $cache/check-$host/include \
			-Wno-format -Wno-format-extra-args" \
		CHECK_LIBS="$cache/check-$host/lib/libcheck.a \
			/usr/$host/lib/libwinpthread.a"
	check LOG_COMPILER="$wine"
}
