# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# program.sh - for the tests of the program socket6, which source it.

# Once more from the start, where hosts of two families are to be had.
world=${srcdir:-.}/tools/world.sh
case ${in_world-} in
'')
	status=0
	in_world=yes sh "$world" sh "$0" || status=$?
	test "$status" -eq 77 || exit "$status"
	in_world=no
	;;
esac
. "${srcdir:-.}/tests/support/tap.sh"

LC_ALL=C
TERM=xterm
export LC_ALL TERM
unset NO_COLOR LISTEN_PID LISTEN_FDS
servers=
# shellcheck disable=SC2034 # the tests use it
escape=$(printf '\33')
trap 'kill $servers 2>/dev/null; rm -rf "$tmp"' EXIT

# What a test types.
socket6()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit $EXECUTE tests/program/socket6 "$@"
}

# with_hosts NAME COMMAND...: a test that takes those of world.sh.
with_hosts()
{
	if ! has_ipv6; then
		skip "$1" "no IPv6"
	elif test "$in_world" = no; then
		skip "$1" "no network namespaces"
	else
		ok "$@"
	fi
}

# Whether the library was built with IPv6; the world has it.
has_ipv6()
{
	configured HAVE_STRUCT_SOCKADDR_IN6
}

# with_v6only NAME COMMAND...: the same, of a socket that takes IPv6 alone.
with_v6only()
{
	if configured HAVE_IPV6_V6ONLY; then
		with_hosts "$@"
	else
		skip "$1" "no IPV6_V6ONLY"
	fi
}

# with_loopback6 NAME COMMAND...: a test that connects to ::1, for which the
# library takes 127.0.0.1 where there is no IPv6 at all.
with_loopback6()
{
	addresses=/proc/net/if_inet6
	if has_ipv6 && test -e $addresses && ! grep -q '^0*1 ' $addresses; then
		skip "$1" "no ::1 on this machine"
	else
		ok "$@"
	fi
}

# with TOOL NAME COMMAND...
with()
{
	with_tool=$1
	shift
	if command -v "$with_tool" >/dev/null; then
		ok "$@"
	else
		skip "$1" "no $with_tool"
	fi
}

# with_lists OK... NAME COMMAND: a test of lists of interfaces, and with_netlink
# of what getifaddrs does not tell.
with_lists()
{
	if configured HAVE_AF_NETLINK || configured HAVE_GETIFADDRS; then
		"$@"
	else
		shift $(($# - 2))
		skip "$1" "no AF_NETLINK"
	fi
}

with_netlink()
{
	if configured HAVE_AF_NETLINK; then
		"$@"
	else
		shift $(($# - 2))
		skip "$1" "no AF_NETLINK"
	fi
}

# with_errors OK... NAME COMMAND: a test that reads what SO_ERROR says, which
# qemu-user passes on with this machine's numbers.
with_errors()
{
	if emulated && ! errors_are_ours; then
		shift $(($# - 2))
		skip "$1" "qemu-user: SO_ERROR is numbered as on x86"
	else
		"$@"
	fi
}

# natively OK... NAME COMMAND: a test of the process, which $EXECUTE would be.
natively()
{
	if test -z "$EXECUTE"; then
		"$@"
	else
		shift $(($# - 2))
		skip "$1" "the process is the emulator's"
	fi
}

# plainly OK... NAME COMMAND: the same, of one without instruments.
plainly()
{
	if is_plain; then
		natively "$@"
	else
		shift $(($# - 2))
		skip "$1" "the compiler's instruments are in the library"
	fi
}

errors_are_ours()
{
	printf '#include <errno.h>\nECONNREFUSED\n' | $CC -E - | grep -qx 111
}

# with_terminal NAME COMMAND...: a test of how a race looks as it runs.
with_terminal()
{
	if command -v python3 >/dev/null; then
		with_hosts "$@"
	else
		skip "$1" "no python3"
	fi
}

# ends STATUS COMMAND...: whether it ends so.
ends()
{
	ends_so=$1
	shift
	ended=0
	"$@" || ended=$?
	test "$ended" -eq "$ends_so" || {
		echo "status $ended, not $ends_so"
		return 1
	}
}

# says TEXT COMMAND...: whether its output, errors too, has a line with that.
says()
{
	says_text=$1
	shift
	"$@" >"$tmp/said" 2>&1 || :
	grep -q -- "$says_text" "$tmp/said" && return
	echo "no $says_text in:"
	cat "$tmp/said"
	return 1
}

# serve OPTION... [ADDRESS] PORT [-- COMMAND]: a server in the background until
# the test ends, at $port. Its input is $input; what it gives out, unless that is
# what it tells, is in $tmp/output, or goes to break_pipe's if $broken is set. told prints
# what else it tells until it has ended.
serve()
{
	rm -f "$tmp/fifo" && mkfifo "$tmp/fifo"
	case $1,' '$*' ' in
	-*e*,' '* | *' -- '*) set -- 1 "$@" ;;
	*) set -- 2 "$@" ;;
	esac
	serve_in_background "$@" <"${input:-/dev/null}" &
	server=$!
	served="${served-} $server"
	# shellcheck disable=SC2064 # of now
	trap "kill $served 2>/dev/null" EXIT
	exec 3<"$tmp/fifo"
	read -r listening <&3
	port=${listening##*:}
}

serve_in_background()
{
	if test "$1" -eq 1; then
		shift
		exec >"$tmp/fifo"
	else
		shift
		test -n "${broken-}" || exec 4>"$tmp/output"
		exec 2>"$tmp/fifo" >&4 4>&-
	fi
	# shellcheck disable=SC2086 # commands of several words
	exec $limit $EXECUTE tests/program/socket6 listen "$@"
}

told()
{
	cat <&3
}

# until_told PATTERN: reads what it tells as far as a line like that.
until_told()
{
	while read -r line <&3; do
		# shellcheck disable=SC2254 # a pattern
		case $line in
		$1) return ;;
		esac
	done
	return 1
}

# The variables of somebody else's connection, and one that is nobody's.
forge()
{
	for forged in PROTO TCPREMOTEIP TCPREMOTEPORT TCPREMOTEHOST \
		TCPREMOTEINFO TCPLOCALIP TCPLOCALPORT TCPLOCALHOST \
		TCP6REMOTEIP TCP6REMOTEPORT TCP6REMOTEHOST TCP6REMOTEINFO \
		TCP6LOCALIP TCP6LOCALPORT TCP6LOCALHOST TCP6INTERFACE TCPOTHER; do
		export "$forged=forged"
	done
}

# started HANDLER MASK COMMAND...: as started.py has it.
started()
{
	$limit python3 "$srcdir/tests/program/started.py" "$@"
}

# In Python, with what it was started: whether each descriptor is blocking, how
# SIGCHLD is treated, and the signals that are blocked.
# shellcheck disable=SC2034 # the tests use it
state='
import os, signal, sys
mask = signal.pthread_sigmask(signal.SIG_BLOCK, [])
print(*[os.get_blocking(int(fd)) for fd in sys.argv[1:]],
      signal.getsignal(signal.SIGCHLD).name,
      *sorted(signal.Signals(s).name for s in mask))'

# And whether SIGPIPE is ignored, as it always is in Python.
# shellcheck disable=SC2034,SC2016 # the same, by a shell of their own
try_pipe='kill -PIPE $$; echo ignored'

# ucspi PROTO REMOTE LOCAL [PREFIX [PORT PORT]]: the variables that a command
# has for these addresses, of which PREFIX makes IPv6, sorted; a port not given
# is #.
ucspi()
{
	sort <<-END
		PROTO=$1
		TCP6LOCALIP=${4-}$3
		TCP6LOCALPORT=${6-#}
		TCP6REMOTEIP=${4-}$2
		TCP6REMOTEPORT=${5-#}
		TCPLOCALIP=$3
		TCPLOCALPORT=${6-#}
		TCPOTHER=forged
		TCPREMOTEIP=$2
		TCPREMOTEPORT=${5-#}
	END
}

# What env printed of these, without the numbers of the ports.
without_ports()
{
	sed 's/\(PORT=\)[1-9][0-9]*$/\1#/'
}

# A port at which nobody listens any more. The server ends by itself: timeout
# that is killed before its fork has returned leaves it behind.
refusing()
{
	serve 127.0.0.1 0
	socket6 dial -qz 127.0.0.1 "$port"
	wait "$server"
}

refusing_udp()
{
	serve -u -w 0.1 127.0.0.1 0
	wait "$server" || :
}

# At both addresses of world.sh, for all tests.
serve_hosts()
{
	for address in 2001:db8::80 192.0.2.80; do
		mkfifo "$tmp/ready"
		# shellcheck disable=SC2086 # commands of several words
		$EXECUTE tests/program/socket6 listen -ek $address 7 >"$tmp/ready" &
		servers="$servers $!"
		read -r listening <"$tmp/ready"
		rm "$tmp/ready"
	done
}

# on_terminal ARGUMENT...: by terminal.py; with COLUMNS and what happens.
on_terminal()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit python3 "$srcdir/tests/program/terminal.py" "$@"
}

# refuses WORDS ARGUMENT...: whether it ends with status 2 and these words.
refuses()
{
	refused="socket6: $1"
	shift
	echo "socket6 $*"
	gives "$refused" with_its_errors ends 2 socket6 "$@"
}

with_its_errors()
{
	"$@" 2>&1
}

# What reads has ended before anything is written.
break_pipe()
{
	rm -f "$tmp/pipe" && mkfifo "$tmp/pipe"
	: <"$tmp/pipe" &
	exec 4>"$tmp/pipe"
	wait
}

# failed FILE: whether the failures in $tmp/said are these, a line each.
failed()
{
	python3 - "$tmp/said" <<-'END' | diff "$1" -
		import json, sys
		for line in open(sys.argv[1]):
		    if line.startswith('{"type":"failed"'):
		        print(json.loads(line)["message"])
	END
}

# failed_alone MESSAGE: whether the only failure in $tmp/said is this.
failed_alone()
{
	echo "$1" >"$tmp/message"
	failed "$tmp/message"
}

! has_ipv6 || test "$in_world" = no || serve_hosts
