# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# qemu.sh - for the scripts of processors that qemu-user plays, which source
# it, say what kind they are, and end with emulate.
: "${CK_TIMEOUT_MULTIPLIER:=10}" "${at_once:=${jobs:-1}}"
. "${platforms:?}/common.sh"

# What it does not pass on to the kernel; emulator.c knows these too.
may_skip 'qemu-user: (IP|IPV6)_MULTICAST_IF is ENOPROTOOPT' \
	'qemu-user: IPV6_MULTICAST_ALL is ENOPROTOOPT' \
	'qemu-user: IP_BIND_ADDRESS_NO_PORT is ENOPROTOOPT' \
	'qemu-user: (SO_MARK|MCAST_JOIN_SOURCE_GROUP) is ENOPROTOOPT' \
	'qemu-user: (SO_TIMESTAMPNS|SO_RXQ_OVFL) is ENOPROTOOPT' \
	'qemu-user: (IPV6_DONTFRAG|IP_MTU) is ENOPROTOOPT' \
	'qemu-user: SO_EE_OFFENDER is lost' \
	'qemu-user: SIOCETHTOOL is ENOSYS' \
	'qemu-user: TCP_(INFO|CONGESTION) is cut to an int' \
	"the process is the emulator's" \
	'qemu-user: control messages are translated' \
	'no libowfat' \
	'this compiler makes none here'

is_big_endian()
{
	may_skip 'qemu-user: a received IPV6_TCLASS is not swapped' \
		'qemu-user: UDP_(SEGMENT|GRO) is not swapped' \
		'qemu-user: (IP|IPV6_RECV)_?PKTINFO is not swapped' \
		'no C.UTF-8'
}

has_64_bits()
{
	may_skip 'qemu-user: struct ip_mreqn has no index'
}

# Where an error has not the number that it has on this machine.
has_own_errors()
{
	may_skip 'qemu-user: SO_ERROR is numbered as on x86'
}

# emulate NAME TRIPLET QEMU: checks on Debian's architecture NAME. Check is
# not available for it, and this machine's must not be found.
emulate()
{
	packages qemu-user-static "gcc-$2" "g++-$2" "libc6-dev-$1-cross"
	configure --host="$2" PKG_CONFIG_LIBDIR="/usr/$2/lib/pkgconfig"
	check LOG_COMPILER="qemu-$3-static -L /usr/$2"
}
