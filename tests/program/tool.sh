#!/bin/sh
# SPDX-License-Identifier: ISC
# tool.sh - the program socket6, as those use it who type and who script.

# Once more from the start, where hosts of two families are to be had.
world=${srcdir:-.}/tools/world.sh
case ${in_world-} in
'')
	in_world=no
	! sh "$world" true 2>/dev/null || in_world=yes
	export in_world
	test "$in_world" = no || exec sh "$world" sh "$0"
	;;
esac
. "${srcdir:-.}/tests/support/tap.sh"

page=$srcdir/doc/socket6.1
completions=$srcdir/tools/completions
LC_ALL=C
TERM=xterm
export LC_ALL TERM
unset NO_COLOR LISTEN_PID LISTEN_FDS
build=$PWD
servers=
trap 'kill $servers 2>/dev/null; rm -rf "$tmp"' EXIT

# The program. What tests type is socket6, too.
socket6()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit $EXECUTE tools/socket6 "$@"
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

# serve OPTION... [ADDRESS] PORT: a server in the background until the test
# ends, at $port. Its input is $input; what it gives out, unless that is what it
# tells, is in $tmp/output, or goes to break_pipe's if $broken is set. told prints
# what else it tells until it has ended.
serve()
{
	rm -f "$tmp/fifo" && mkfifo "$tmp/fifo"
	case $1 in
	-*e*) set -- 1 "$@" ;;
	*) set -- 2 "$@" ;;
	esac
	serve_in_background "$@" <"${input:-/dev/null}" &
	server=$!
	# shellcheck disable=SC2064 # of now
	trap "kill $server 2>/dev/null" EXIT
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
	exec $limit $EXECUTE tools/socket6 listen "$@"
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

# A port at which nobody listens any more. The server ends by itself: timeout
# that is killed before its fork has returned leaves it behind.
refusing()
{
	serve 127.0.0.1 0
	socket6 dial -qz 127.0.0.1 "$port"
	wait
}

# At both addresses of world.sh, for all tests.
serve_hosts()
{
	for address in 2001:db8::80 192.0.2.80; do
		mkfifo "$tmp/ready"
		# shellcheck disable=SC2086 # commands of several words
		$EXECUTE tools/socket6 listen -ek $address 7 >"$tmp/ready" &
		servers="$servers $!"
		read -r listening <"$tmp/ready"
		rm "$tmp/ready"
	done
}

# text

texts_are_as_rfc_5952_says()
{
	while read -r input output; do
		gives "$output" socket6 text "$input" || return
	done <<-'END'
		2001:DB8:0:0:0:0:0:1 2001:db8::1
		192.0.2.1 192.0.2.1
		::ffff:192.0.2.1 ::ffff:192.0.2.1
		[0:0:0:0:0:0:0:1]:53 [::1]:53
		192.0.2.1:80 192.0.2.1:80
		20010db8000000000000000000000001 2001:db8::1
		fe80::1%1 fe80::1%lo
	END
}

lines_are_read_without_the_blanks_round_them()
{
	printf '\n ::1\t\r\n127.0.0.1' >"$tmp/lines"
	gives '::1
127.0.0.1' socket6 text <"$tmp/lines"
}

# shellcheck disable=SC3045 # dash and busybox have soft limits, too
a_line_without_memory_is_told()
{
	ulimit -S -v 50000
	{
		head -c 64000000 /dev/zero | tr '\0' 1
		printf '\n::1\n'
	} | says '^socket6: standard input: out of memory$' socket6 text
}

a_line_with_a_nul_is_no_text()
{
	printf '::1\0junk\n::2\n' >"$tmp/lines"
	gives '::2' socket6 text <"$tmp/lines" 2>/dev/null &&
		ends 2 socket6 text <"$tmp/lines"
}

the_other_texts_are_told()
{
	gives '::1
::2' socket6 text ::1 1.2.3.456 ::2 2>/dev/null &&
		ends 2 socket6 text ::1 1.2.3.456 ::2
}

text_v_tells_what_an_address_is_for()
{
	while read -r address kind; do
		says "	IPv[46] $kind	" socket6 text -v "$address" || return
	done <<-'END'
		:: unspecified
		::1 loopback
		fe80::1 link-local
		fd00::1 unique local
		ff02::1 multicast
		2001:db8::1 documentation
		3fff::1 documentation
		64:ff9b::1 NAT64
		2002::1 6to4
		2001::1 Teredo
		2a00::1 global
		0.0.0.0 unspecified
		127.0.0.1 loopback
		172.31.0.1 private
		172.32.0.1 global
		169.254.1.1 link-local
		100.127.0.1 shared
		203.0.113.1 documentation
		224.0.0.1 multicast
		255.255.255.255 broadcast
		240.0.0.1 reserved
	END
}

# Elsewhere it is as it was, for it may be read again.
a_terminal_is_shown_no_control_character_of_a_zone()
{
	ip link add "$(printf 'z\302\2331m')" type veth peer name z1
	index=$(socket6 info | awk '$2 == "z??1m" { print $1 }')
	# shellcheck disable=SC2086 # words
	on_terminal --raw 80 $EXECUTE tools/socket6 text "fe80::1%$index" \
		>"$tmp/shown"
	says '^fe80::1%' cat "$tmp/shown" &&
		gives 0 grep -c "$(printf '\302\233')" "$tmp/shown"
}

# info

info_lists_interfaces_with_their_index()
{
	says '^ *1  lo ' socket6 info
}

info_tells_names_without_control_characters()
{
	ip link add "$(printf 'q\033[31m')" type veth peer \
		name "$(printf 'q\233\302\2331m')"
	says ' q?\[31m ' socket6 info && says ' q???1m ' socket6 info
}

# The program is loaded by way of the only descriptor, which then becomes its
# standard input. The reason is not EMFILE with musl.
info_goes_on_without_a_socket()
{
	# shellcheck disable=SC2016,SC2086 # the inner shell expands it; words
	says '^socket6: interfaces: ' \
		$limit ./libtool --mode=execute sh -c \
		'exec <&-; ulimit -n 3; exec "$0" info' tools/socket6
}

# The sysctls' lines are the longest.
info_fits_80_columns()
{
	socket6 info | awk 'length($0) > 80 && !/^ *[0-9]/' | nothing
}

info_lists_what_sockets_can()
{
	says '^  IPv6  *\(yes\|no: \)' socket6 info &&
		says 'socket_usertimeout' socket6 info -v
}

info_lists_the_kernels_settings()
{
	says "net.core.somaxconn  *$(cat /proc/sys/net/core/somaxconn) " \
		socket6 info
}

# dial

z_only_connects()
{
	serve 127.0.0.1 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" >"$tmp/said" &&
		grep -q "^connected to 127.0.0.1:$port from 127.0.0.1:" \
			"$tmp/said"
}

a_refusal_is_status_1()
{
	refusing
	ends 1 socket6 dial -z 127.0.0.1 "$port" &&
		says "^socket6: 127.0.0.1 $port: refused$" \
			socket6 dial -z 127.0.0.1 "$port"
}

host_and_port_can_be_one_word()
{
	serve 127.0.0.1 0
	ends 0 socket6 dial -z "127.0.0.1:$port"
}

# Linux says EINVAL of it.
a_zone_that_is_missing_is_told()
{
	says '^fe80::1  .*x  .*the zone is missing ' \
		socket6 dial -z fe80::1 7 &&
		says '^socket6: fe80::1 7: the zone is missing$' \
			socket6 dial -z fe80::1 7 &&
		says '^socket6: \[fe80::1]:7: the zone is missing$' \
			socket6 listen fe80::1 7
}

echo_comes_back()
{
	serve -e 127.0.0.1 0
	printf 'one\ntwo\n' >"$tmp/in"
	gives 'one
two' socket6 dial -q 127.0.0.1 "$port" <"$tmp/in"
}

much_comes_back()
{
	serve -e 127.0.0.1 0
	awk 'BEGIN { for (i = 0; i < 200000; i++) print i }' >"$tmp/in"
	socket6 dial -q 127.0.0.1 "$port" <"$tmp/in" >"$tmp/out"
	cmp "$tmp/in" "$tmp/out"
}

the_end_of_input_is_told_and_the_answer_awaited()
{
	echo answer >"$tmp/answer"
	input=$tmp/answer serve 127.0.0.1 0
	gives answer socket6 dial -q 127.0.0.1 "$port" </dev/null
}

# Its output has ended before it is given what it is to send.
input_goes_on_after_the_peers_end()
{
	serve 127.0.0.1 0
	mkfifo "$tmp/ended" "$tmp/late"
	# shellcheck disable=SC2016 # it is the shell within the limit's
	$limit sh -c '
		{ cat && echo late; } <"$1/ended" >"$1/late" &
		exec $EXECUTE tools/socket6 dial -q 127.0.0.1 "$2" \
			>"$1/ended" <"$1/late"' - "$tmp" "$port" &&
		wait "$server" && gives late cat "$tmp/output"
}

# shellcheck disable=SC2086 # words
dial_ends_with_the_peer_on_a_terminal()
{
	serve 127.0.0.1 0
	ends 0 on_terminal 80 $EXECUTE tools/socket6 dial -q 127.0.0.1 "$port"
}

first_data_comes_first()
{
	serve -e 127.0.0.1 0
	echo second | gives 'first second' \
		socket6 dial -q -F 'first ' 127.0.0.1 "$port"
}

q_says_nothing()
{
	serve 127.0.0.1 0
	gives '' socket6 dial -qz 127.0.0.1 "$port" 2>&1
}

v_counts_bytes()
{
	serve -e 127.0.0.1 0
	echo hello >"$tmp/in"
	says '^6 bytes sent, 6 received$' \
		socket6 dial -v 127.0.0.1 "$port" <"$tmp/in"
}

a_family_can_be_chosen()
{
	says '^192.0.2.80 .* won ' socket6 dial -4z both.example 7 &&
		says '^2001:db8::80 .* won ' socket6 dial -6z both.example 7
}

# Those of the other family alone are as many as are dialled.
a_family_can_be_chosen_of_many_addresses()
{
	ends 0 socket6 dial -4z many.example 7
}

a_local_address_can_be_chosen()
{
	says 'from 192.0.2.80:' socket6 dial -4z -b 192.0.2.80 both.example 7 &&
		says 'no such local address' \
			socket6 dial -4z -b 192.0.2.99 both.example 7
}

# drawn HOST ROW...: whether the lines of its race are like these, in order.
drawn()
{
	socket6 dial -z "$1" 7 >"$tmp/drawn" || return
	shift
	for row; do
		sed 1q "$tmp/drawn" | grep -- "$row" || return
		sed -i 1d "$tmp/drawn"
	done
}

a_race_is_drawn()
{
	drawn both.example '^2001:db8::80 .*=\**  .*won [0-9.]* ms$' \
		'^192.0.2.80 .* not tried$' '^ *0  *[0-9.]* ms$' \
		'^connected to \[2001:db8::80\]:7 from .* in [0-9.]* ms$'
}

a_refusal_is_drawn()
{
	drawn refusing.example '^2001:db8::81 .*x  .*refused [0-9.]* ms$' \
		'^192.0.2.80 .*won'
}

silence_is_drawn()
{
	drawn silent.example '^2001:db8:1::1  -*|  *cancelled$' \
		'^192.0.2.80  *=*\*  *won'
}

the_attempt_delay_can_be_chosen()
{
	socket6 dial -jz -d 20 silent.example 7 |
		grep '"192.0.2.80"' | grep -q '"start_us":\([2-9]\|1.\)[0-9]\{4\},'
}

time_can_be_up()
{
	set -- socket6 dial -z -d 2000 -w 0.5 silent.example 7
	ends 3 "$@" && says '^socket6: silent.example 7: timed out$' "$@"
}

a_failure_has_its_reason_though_it_is_remembered()
{
	refusing
	says "^socket6: 127.0.0.1 $port: refused$" \
		socket6 dial -z -f "$tmp/new" 127.0.0.1 "$port" &&
		test -s "$tmp/new"
}

silence_is_remembered()
{
	socket6 dial -qz -f "$tmp/history" silent.example 7 &&
		says '^192.0.2.80 ' socket6 dial -z -f "$tmp/history" \
			silent.example 7 &&
		head -n 1 "$tmp/said" | grep -q '^192.0.2.80 .*won'
}

# It says where one has been.
a_history_is_its_owners_alone()
{
	refusing
	socket6 dial -qzf "$tmp/new" 127.0.0.1 "$port"
	gives "$tmp/new" find "$tmp/new" -perm 600
}

# As long as a path can be, so that the name of a new file would be longer.
a_history_with_a_long_name_stays()
{
	refusing
	most=$(getconf PATH_MAX /)
	slashes=$(printf "%$((most - 8 - ${#tmp}))s" | tr ' ' /)
	echo 'socket6-history 1' >"$tmp/history"
	ends 1 socket6 dial -qzf "$tmp${slashes}history" 127.0.0.1 "$port" &&
		test -s "$tmp/history"
}

# The new file cannot grow: SIGXFSZ ends it in the middle.
an_ended_program_leaves_no_file()
{
	serve -ek 127.0.0.1 0
	echo 'socket6-history 1' >"$tmp/history"
	(
		ulimit -f 0
		socket6 dial -qzf "$tmp/history" 127.0.0.1 "$port"
	) && return 1
	gives "$tmp/history" find "$tmp" -name 'history*' &&
		gives 'socket6-history 1' cat "$tmp/history"
}

an_empty_file_is_a_new_history()
{
	serve -ek 127.0.0.1 0
	: >"$tmp/history"
	ends 0 socket6 dial -qzf "$tmp/history" 127.0.0.1 "$port" &&
		test -s "$tmp/history"
}

# To a file and to none, each by a link to a link, relative and absolute.
a_link_to_a_history_stays_one()
{
	serve -ek 127.0.0.1 0
	mkdir "$tmp/a" "$tmp/b"
	: >"$tmp/b/old"
	for name in old new; do
		ln -s "../b/$name" "$tmp/a/$name"
		ln -s "$tmp/a/$name" "$tmp/$name-link"
		ends 0 socket6 dial -qzf "$tmp/$name-link" 127.0.0.1 "$port" &&
			test -h "$tmp/$name-link" && test -h "$tmp/a/$name" &&
			test -s "$tmp/b/$name" || return
	done
}

a_link_to_itself_is_told()
{
	ln -s loop "$tmp/loop"
	refuses "$tmp/loop: too many symbolic links" \
		dial -f "$tmp/loop" ::1 1
}

a_drawing_for_a_file_has_no_escape()
{
	socket6 dial -z both.example 7 | tr '\33' E | grep E | nothing
}

# on_terminal ARGUMENT...: by terminal.py; with COLUMNS and what happens.
on_terminal()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit python3 "$srcdir/tests/program/terminal.py" "$@"
}

dial_silent="$EXECUTE tools/socket6 dial -z silent.example 7"
# Long enough for a busy machine to do something meanwhile.
dial_slowly="$dial_silent -d 1000"

a_terminal_shows_one_drawing_at_last()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 $dial_silent >"$tmp/shown"
	gives 4 grep -c . "$tmp/shown" && says 'cancelled$' cat "$tmp/shown"
}

a_terminal_sees_the_race_run()
{
	# shellcheck disable=SC2086 # words
	says 'in progress' on_terminal --raw 80 $dial_silent
}

# Its last frame is for the new width, and nothing of the old is left.
is_drawn_anew()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 'in progress' resize 40 $dial_slowly >"$tmp/shown"
	cat "$tmp/shown"
	gives 6 grep -c . "$tmp/shown" &&
		gives '' grep 'in progress' "$tmp/shown"
}

# What was on its way as the terminal changed is as wide as before, and the
# program cannot know: such a drawing may stay, and is not met twice in a row.
a_terminal_may_be_resized()
{
	is_drawn_anew || is_drawn_anew
}

# What the shell has written stays, below the drawing of before.
a_race_goes_on_below_what_came_meanwhile()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 ' ms' suspend $dial_slowly >"$tmp/shown"
	cat "$tmp/shown"
	gives suspended sed -n 4p "$tmp/shown" && gives 8 grep -c . "$tmp/shown"
}

an_interrupt_leaves_the_drawing()
{
	# shellcheck disable=SC2086 # words
	ends 130 on_terminal 80 'in progress' interrupt $dial_slowly \
		>"$tmp/shown" && says 'broken off' cat "$tmp/shown"
}

# Under nohup(1), and of what a script has put into the background.
an_ignored_interrupt_ends_nothing()
{
	on_terminal 80 'in progress' interrupt \
		sh -c "trap '' INT && exec $dial_slowly"
}

# has_colours COMMAND...: whether it colours a terminal.
has_colours()
{
	# shellcheck disable=SC2086 # words
	"$@" on_terminal --raw 80 $dial_silent | tr '\33' E | grep -q 'E\[32m'
}

colours_are_for_a_terminal_without_no_color()
{
	has_colours eval && ! (NO_COLOR=1 && export NO_COLOR && has_colours eval)
}

# Nor does one of which nothing is known.
a_dumb_terminal_gets_no_escape()
{
	for TERM in dumb ''; do
		# shellcheck disable=SC2086 # words
		on_terminal --raw 80 $dial_silent | tr '\33' E | grep E |
			nothing || return
	done
}

a_dumb_terminal_has_its_width()
{
	# shellcheck disable=SC2086 # words
	TERM=dumb on_terminal 40 $dial_silent >"$tmp/shown"
	sed '/^connected/d' "$tmp/shown" | grep '.\{41\}' | nothing
}

# listen

listen_takes_both_families()
{
	serve -ek 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" &&
		ends 0 socket6 dial -z ::1 "$port"
}

listen_can_take_one_family()
{
	serve -ek6 0
	ends 1 socket6 dial -z 127.0.0.1 "$port" &&
		ends 0 socket6 dial -z ::1 "$port" || return
	kill "$server"
	serve -ek4 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" &&
		ends 1 socket6 dial -z ::1 "$port"
}

listen_ends_after_one_connection()
{
	serve -e 127.0.0.1 0
	socket6 dial -qz 127.0.0.1 "$port" && wait "$server"
}

listen_gives_out_what_comes()
{
	serve 127.0.0.1 0
	echo hello | socket6 dial -q 127.0.0.1 "$port" && wait "$server" &&
		gives hello cat "$tmp/output"
}

listen_tells_who_comes()
{
	serve -v 127.0.0.1 0
	echo hello | socket6 dial -q 127.0.0.1 "$port" && told >"$tmp/told"
	says '^connection from 127.0.0.1:' cat "$tmp/told" &&
		says '^0 bytes sent, 6 received$' cat "$tmp/told"
}

k_goes_on()
{
	serve -kv 127.0.0.1 0
	for word in one two; do
		echo $word | socket6 dial -q 127.0.0.1 "$port" &&
			until_told '*received' || return
	done
	gives 'one
two' cat "$tmp/output"
}

# Some programs give their children a socket where others give a pipe.
# shellcheck disable=SC2086 # commands of several words
k_goes_on_where_its_output_is_a_socket()
{
	$limit python3 - $EXECUTE tools/socket6 listen -k 127.0.0.1 0 <<-'END'
		import socket, subprocess, sys
		ours, its = socket.socketpair()
		server = subprocess.Popen(sys.argv[1:], stdout=its,
		                          stdin=subprocess.DEVNULL,
		                          stderr=subprocess.PIPE, text=True)
		its.close()
		port = server.stderr.readline().rsplit(":", 1)[1]
		for word in b"one", b"two":
		    s = socket.create_connection(("127.0.0.1", int(port)))
		    s.sendall(word)
		    s.close()
		    came = ours.recv(9)
		    if came != word:
		        break
		server.kill()
		sys.exit(came != word)
	END
}

# One waits while the other is served.
an_echo_serves_many_at_once()
{
	serve -ek 127.0.0.1 0
	mkfifo "$tmp/open"
	exec 4<>"$tmp/open"
	socket6 dial -q 127.0.0.1 "$port" <"$tmp/open" 4<&- &
	echo hello | gives hello socket6 dial -q 127.0.0.1 "$port"
}

# Of thirty that have connected each is served, once there is a descriptor.
# shellcheck disable=SC3045 # dash and busybox have soft limits, too
an_echo_without_descriptors_waits_for_one()
{
	ulimit -S -n 20
	serve -ek 127.0.0.1 0
	ulimit -S -n "$(ulimit -H -n)"
	$limit python3 - "$port" <<-'END'
		import socket, sys
		for s in [socket.create_connection(("127.0.0.1", sys.argv[1]))
		          for _ in range(30)]:
		    s.sendall(b"hello")
		    assert s.recv(9) == b"hello"
		    s.close()
	END
}

a_name_has_addresses_of_both_families()
{
	ends 3 socket6 listen -4qw 0.05 both.example 0 &&
		ends 3 socket6 listen -6qw 0.05 both.example 0
}

an_address_in_use_is_status_1()
{
	serve -ek 127.0.0.1 0
	ends 1 socket6 listen -q 127.0.0.1 "$port" &&
		says "^socket6: 127.0.0.1:$port: address in use$" \
			socket6 listen -q 127.0.0.1 "$port"
}

nobody_may_come()
{
	ends 3 socket6 listen -qw 0.05 127.0.0.1 0 &&
		says '^socket6: timed out: no connection$' \
			socket6 listen -w 0.05 127.0.0.1 0
}

# passed COUNT COMMAND...: with so many listeners as systemd passes them; prints
# what comes from one of them.
passed()
{
	$limit python3 - "$@" <<-'END'
		import os, socket, subprocess, sys
		count = int(sys.argv[1])
		ls = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
		def pass_on():
		    fds = [os.dup(l.fileno()) for l in ls]
		    for i, fd in enumerate(fds):
		        os.dup2(os.dup(fd), 20 + i)
		    for i in range(count):
		        os.dup2(20 + i, 3 + i)
		    os.environ["LISTEN_FDS"] = str(count)
		    os.environ["LISTEN_PID"] = str(os.getpid())
		    os.execvp(sys.argv[2], sys.argv[2:])
		child = os.fork()
		if child == 0:
		    pass_on()
		s = socket.create_connection(ls[-1].getsockname())
		s.sendall(b"hello")
		s.shutdown(socket.SHUT_WR)
		print(s.makefile().read())
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
	END
}

# shellcheck disable=SC2086 # commands of several words
passed_listeners_are_taken()
{
	gives hello passed 1 $EXECUTE tools/socket6 listen -eq &&
		gives hello passed 2 $EXECUTE tools/socket6 listen -eq
}

# shellcheck disable=SC2086 # commands of several words
what_does_not_listen_is_not_taken()
{
	says '^socket6: descriptor 3: not listening$' \
		$limit python3 - $EXECUTE tools/socket6 listen -e <<-'END'
		import os, socket, sys
		s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		s.bind(("127.0.0.1", 0))
		os.dup2(os.dup(s.fileno()), 3)
		os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
		os.execvp(sys.argv[1], sys.argv[1:])
	END
}

those_for_another_process_are_not()
{
	LISTEN_FDS=1 LISTEN_PID=1 ends 2 socket6 listen
}

# Bad input: the arguments, and what is told.
bad_input()
{
	cat <<-'END'
		|no verb: see socket6 --help
		nosuch|no verb nosuch: see socket6 --help
		dial|dial lacks HOST and PORT
		dial -z|dial lacks HOST and PORT
		dial ::1|::1: the port is missing
		dial [::1]|[::1]: the port is missing
		dial 127.0.0.1|127.0.0.1: the port is missing
		dial localhost|localhost: the port is missing
		dial localhost:80|no address or port: localhost:80
		dial ::1 1 2|dial takes no more words: 2
		dial -y ::1 1|dial has no option -y
		dial -e ::1 1|dial has no option -e
		dial -F --x -yq ::1 1|dial has no option -y
		dial --nosuch ::1 1|unknown option: --nosuch
		dial --help=x ::1 1|unknown option: --help=x
		dial -w|-w lacks its value
		dial -w 0 ::1 1|-w takes seconds, above 0: 0
		dial -w -1 ::1 1|-w takes seconds, above 0: -1
		dial -w 1s ::1 1|-w takes seconds, above 0: 1s
		dial -w nan ::1 1|-w takes seconds, above 0: nan
		dial -w 1e9 ::1 1|-w takes seconds, above 0: 1e9
		dial -d 9 ::1 1|-d takes 10 to 2000 milliseconds: 9
		dial -d 2001 ::1 1|-d takes 10 to 2000 milliseconds: 2001
		dial -b nosuch ::1 1|no local address: nosuch
		dial -b fe80::1 ::1 1|fe80::1: the zone is missing
		dial -zF x ::1 1|-z sends nothing: -F
		dial -f / ::1 1|/: not a file
		dial -f Makefile ::1 1|Makefile: no history of socket6
		dial -6 127.0.0.1 1|no IPv6 address: 127.0.0.1
		dial -4 ::1 1|no IPv4 address: ::1
		dial 1.2.3.456 1|no address or port: 1.2.3.456 1
		dial fe80::1%nosuch 1|no such interface: fe80::1%nosuch
		dial ::1 nosuch|unknown service: nosuch
		dial ::1 0|no port: 0
		dial ::1 65536|no port: 65536
		dial ::1 99999999999|no port: 99999999999
		dial ::1 -- -1|no address or port: ::1 -1
		listen|listen lacks PORT
		listen nosuch|unknown service: nosuch
		listen 127.0.0.1|127.0.0.1: the port is missing
		listen 65536|no port: 65536
		listen ::1 1 2|listen takes no more words: 2
		listen -w 0 1|-w takes seconds, above 0: 0
		listen -z 1|listen has no option -z
		info lo|info takes no more words: lo
		info -z|info has no option -z
		text nosuch|no address: nosuch
		text fe80::1%nosuch|no such interface: fe80::1%nosuch
		text fe80::1%lo/64|no address: fe80::1%lo/64
	END
}

bad_input_is_status_2_and_one_line()
{
	bad_input >"$tmp/bad"
	while IFS='|' read -r arguments words; do
		# shellcheck disable=SC2086 # words
		refuses "$words" $arguments </dev/null || return
	done <"$tmp/bad"
}

# refuses WORDS ARGUMENT...
refuses()
{
	refused="socket6: $1"
	shift
	echo "socket6 $*"
	ends 2 socket6 "$@" >"$tmp/said" 2>&1 &&
		gives "$refused" cat "$tmp/said"
}

an_error_is_one_line_without_control_characters()
{
	refuses 'no address: ::x??[31m' text "$(printf '::x\n\033[31m')" &&
		refuses 'no address: ??31m' text "$(printf '\302\23331m')" &&
		refuses 'no address: ?31m' text "$(printf '\23331m')" &&
		refuses 'no address: a???b' text "$(printf 'a\342\200\256b')"
}

# A label of 65 letters, for which no name server is asked.
an_unknown_host_is_status_2()
{
	host=$(printf '%065d.example' 0)
	refuses "unknown host: $host" dial "$host" 1
}

# Standard output

a_full_disk_is_told()
{
	says '^socket6: standard output: no space left$' to_full text ::1 &&
		ends 1 to_full text ::1
}

to_full()
{
	socket6 "$@" >/dev/full
}

closed_output_is_told()
{
	says '^socket6: standard output: closed$' to_closed info &&
		ends 1 to_closed info
}

to_closed()
{
	socket6 "$@" >&-
}

# What reads has ended before anything is written.
break_pipe()
{
	rm -f "$tmp/pipe" && mkfifo "$tmp/pipe"
	: <"$tmp/pipe" &
	exec 4>"$tmp/pipe"
	wait
}

# What ends early has been told all that it wanted, as head(1).
ends_quietly()
{
	ends 0 to_pipe "$@" 2>"$tmp/said" && nothing <"$tmp/said"
}

an_ended_reader_is_no_failure()
{
	break_pipe
	serve -ek 127.0.0.1 0
	for arguments in -h --version info 'info -j' 'text ::1' \
		"dial -z 127.0.0.1 $port"; do
		# shellcheck disable=SC2086 # words
		ends_quietly $arguments || return
	done
}

an_ended_reader_leaves_the_status()
{
	break_pipe
	ends 2 to_pipe text nosuch
}

to_pipe()
{
	socket6 "$@" >&4
}

# Without an end of its input.
an_ended_reader_ends_the_reading_of_lines()
{
	break_pipe
	yes ::1 | ends_quietly text
}

an_ended_reader_ends_a_connection()
{
	break_pipe
	serve -e 127.0.0.1 0
	echo hello >"$tmp/in"
	ends_quietly dial -q 127.0.0.1 "$port" <"$tmp/in"
}

# Even with -k: what came later would be lost.
an_ended_reader_ends_listen()
{
	break_pipe
	broken=yes serve -k 127.0.0.1 0
	echo hello | socket6 dial -q 127.0.0.1 "$port" && wait "$server" &&
		told | grep '^socket6:' | nothing
}

# JSON

# has MEMBERS TYPE: whether the objects of this type have just these members.
has()
{
	python3 - "$tmp/objects" "$2" "$1" <<-'END'
		import json, sys
		found = False
		for line in open(sys.argv[1]):
		    o = json.loads(line)
		    if o["type"] == sys.argv[2]:
		        found = True
		        if " ".join(o) != "type " + sys.argv[3]:
		            sys.exit(sys.argv[2] + " has " + " ".join(o))
		sys.exit(not found and "no " + sys.argv[2])
	END
}

dial_tells_json()
{
	serve -e 127.0.0.1 0
	socket6 dial -j 127.0.0.1 "$port" 2>"$tmp/objects" </dev/null &&
		has 'address port state error start_us end_us' attempt &&
		has 'address port local host service time_us' connected &&
		has 'sent received error' closed || return
	refusing
	ends 1 socket6 dial -jz 127.0.0.1 "$port" >"$tmp/objects" &&
		has 'error host service time_us message' failed &&
		says '"error":"ECONNREFUSED"' cat "$tmp/objects"
}

# failed_alone MESSAGE: whether the only failure in $tmp/said is this.
failed_alone()
{
	python3 - "$tmp/said" "$1" <<-'END'
		import json, sys
		said = [json.loads(line)["message"] for line in open(sys.argv[1])
		        if line.startswith('{"type":"failed"')]
		sys.exit(said != [sys.argv[2]] and "told: %s" % said)
	END
}

bad_input_is_told_as_json()
{
	bad_input | grep '^[dilt]' >"$tmp/bad"
	while IFS='|' read -r arguments words; do
		# shellcheck disable=SC2086 # words
		set -- $arguments
		verb=$1
		shift
		ends 2 socket6 "$verb" -j "$@" </dev/null >"$tmp/said" 2>&1 &&
			failed_alone "$words" || return
	done <"$tmp/bad"
}

# Wherever it stands, and where it is told.
an_option_that_is_wrong_is_told_as_json()
{
	ends 2 socket6 dial -yzj ::1 1 2>/dev/null >"$tmp/said" &&
		failed_alone 'dial has no option -y' &&
		ends 2 socket6 dial -yj ::1 1 2>"$tmp/said" >/dev/null &&
		failed_alone 'dial has no option -y'
}

time_that_is_up_is_told_as_json()
{
	ends 3 socket6 listen -ejw 0.05 127.0.0.1 0 >"$tmp/said" &&
		failed_alone 'timed out: no connection' &&
		ends 3 socket6 dial -jzd 2000 -w 0.3 silent.example 7 \
			>"$tmp/said" &&
		failed_alone 'silent.example 7: timed out'
}

# A history that cannot be written, beside a connection.
a_history_that_fails_is_told_as_json()
{
	serve -ek 127.0.0.1 0
	file=$tmp/nosuch/history
	ends 1 socket6 dial -jzf "$file" 127.0.0.1 "$port" >"$tmp/said" &&
		failed_alone "$file: not there" &&
		grep -q '"type":"connected"' "$tmp/said"
}

what_broke_a_connection_has_its_name()
{
	serve -e 127.0.0.1 0
	ends 1 socket6 dial -j 127.0.0.1 "$port" </ 2>"$tmp/objects" &&
		says '"type":"closed".*"error":"EISDIR"' \
			cat "$tmp/objects" &&
		says '"type":"failed","error":"EISDIR"' cat "$tmp/objects" &&
		says '^socket6: standard input: a directory$' \
			cat "$tmp/objects"
}

# Nobody else answers, so that the race lasts for longer than it takes to begin.
# interrupted_by STATUS SIGNAL OPTION...
interrupted_by()
{
	status=$1 signal=$2
	shift 2
	# shellcheck disable=SC2086 # words
	ends "$status" timeout --preserve-status -s "$signal" \
		$((2 * ${CK_TIMEOUT_MULTIPLIER:-1})) \
		$EXECUTE tools/socket6 dial -jz "$@" 2001:db8:1::1 7 \
		>"$tmp/objects" &&
		has 'address port state error start_us end_us' attempt &&
		says '"state":"pending"' cat "$tmp/objects" &&
		says '"type":"failed","error":"EINTR"' cat "$tmp/objects"
}

an_interrupt_leaves_the_attempts_as_json()
{
	interrupted_by 130 INT && interrupted_by 129 HUP
}

# Its time was up for a name server, and is no more.
an_alarm_during_a_race_is_an_interrupt()
{
	interrupted_by 142 ALRM -w 60
}

# Its output is full when the first comes, and is read after the last.
a_second_signal_cuts_nothing_short()
{
	$limit python3 - tools/socket6 dial -jz 2001:db8:1::1 7 <<-'END'
		import os, re, subprocess, sys, time
		def catches_sigterm(pid):
		    status = open("/proc/%d/status" % pid).read()
		    caught = re.search("SigCgt:\\s*(.*)", status).group(1)
		    return int(caught, 16) >> 14 & 1
		ours, its = os.pipe()
		os.set_blocking(its, False)
		try:
		    while True:
		        os.write(its, b"\n" * 4096)
		except BlockingIOError:
		    os.set_blocking(its, True)
		dial = subprocess.Popen(sys.argv[1:], stdout=its)
		os.close(its)
		while not catches_sigterm(dial.pid):
		    time.sleep(.001)
		for _ in range(100):
		    dial.terminate()
		    time.sleep(.001)
		sys.exit("pending" not in open(ours).read())
	END
}

listen_tells_json()
{
	serve -ej 127.0.0.1 0
	echo "$listening" >"$tmp/objects"
	port=$(echo "$listening" | sed 's/.*"port":\([0-9]*\).*/\1/')
	socket6 dial -qz 127.0.0.1 "$port" && told >>"$tmp/objects" &&
		has 'address port' listening &&
		has 'address port' accepted &&
		has 'sent received error' closed
}

info_tells_json()
{
	socket6 info -j >"$tmp/objects" &&
		has 'name function error' facility &&
		has 'name from error' route &&
		has 'index name link_local' interface &&
		has 'name value' sysctl
}

text_tells_json()
{
	socket6 text -j ::1 192.0.2.1:80 >"$tmp/objects" &&
		has 'input text family kind bytes scope_id port' text &&
		says '"family":4,.*"port":80}' cat "$tmp/objects"
}

# An interface may have any name; what is not UTF-8 has no place in JSON.
json_escapes_what_it_must()
{
	ip link set void down
	ip link set void name "$(printf 'q"\\\001\303\251\377')"
	socket6 info -j >"$tmp/objects" &&
		grep -q '"q\\"\\\\\\u0001'"$(printf '\303\251')"'\\ufffd"' \
			"$tmp/objects" && has 'index name link_local' interface
}

# Help

help_fits_a_screen()
{
	socket6 --help >"$tmp/help" &&
		test "$(wc -l <"$tmp/help")" -le 24 &&
		grep -E '.{80}' "$tmp/help" | nothing
}

help_is_the_same_for_each_verb()
{
	socket6 --help >"$tmp/help"
	for verb in dial listen info text; do
		for option in --help -h; do
			socket6 "$verb" $option | diff "$tmp/help" - || return
		done
	done
	socket6 -h | diff "$tmp/help" -
}

# Prints the verbs and options that the help names, a line each.
helped()
{
	socket6 --help | awk '
		!NF { exit }
		match($0, /socket6 [a-z]+/) {
			verb = substr($0, RSTART + 8, RLENGTH - 8)
		}
		{ while (match($0, /-[A-Za-z0-9]+/)) {
			for (i = 1; i < RLENGTH; i++)
				print verb, substr($0, RSTART + i, 1)
			$0 = substr($0, RSTART + RLENGTH)
		} }'
}

the_page_names_every_option()
{
	helped | sed 's/.* //' | sort -u | while read -r option; do
		grep -Eq "^\.It Fl (. , Fl )?$option\b" "$page" || echo "$option"
	done | nothing
}

the_page_has_the_helps_synopsis()
{
	helped | sort >"$tmp/helped"
	awk '/^\.Sh DESC/ { exit }
		/^\.Cm/ { verb = $2 }
		/^\.Op Fl/ { for (i = 1; i <= length($3); i++)
			print verb, substr($3, i, 1) }' "$page" | sort |
		diff "$tmp/helped" -
}

version_is_the_packages()
{
	gives "libsocket6 $(sed -n 's/^VERSION = //p' Makefile)" \
		socket6 --version
}

the_pages_examples_work()
{
	PATH=$tmp/bin:$PATH
	mkdir "$tmp/bin"
	cat >"$tmp/bin/socket6" <<-END
		#!/bin/sh
		cd '$build' && exec $EXECUTE tools/socket6 "\$@"
	END
	chmod +x "$tmp/bin/socket6"
	sed -n 's/^\.Dl \$ //p' "$page" |
		sed 's/\\(dq/"/g; s/\\e/\\/g; s/\\&//g' >"$tmp/examples"
	test -s "$tmp/examples" || return
	while IFS= read -r example; do
		eval "$example" >/dev/null || {
			echo "failed: $example"
			return 1
		}
	done <"$tmp/examples"
}

# With an ip(8) that fails.
a_world_is_whole_or_none()
{
	mkdir "$tmp/fails"
	printf '#!/bin/sh\nexit 1\n' >"$tmp/fails/ip"
	chmod +x "$tmp/fails/ip"
	ends 77 env PATH="$tmp/fails:$PATH" sh "$world" true
}

the_demo_goes_as_it_should()
{
	$limit sh "$srcdir/tools/demo.sh"
}

# Completion

# shellcheck disable=SC2016 # it is bash that expands this
bash_completes()
{
	: >"$tmp/remembered"
	gives 'dial
remembered

.' bash -c '
		. "$1" && cd "$2"
		for COMP_WORDS in "socket6 di" "socket6 dial -zf rememb" \
			"socket6 dial -zw 1"; do
			read -ra COMP_WORDS <<<"$COMP_WORDS"
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
			_socket6
			echo "${COMPREPLY[*]}"
		done
		echo .' - "$completions/socket6.bash" "$tmp"
}

# completed SHELL PATTERN FILE: every option of a verb is in the file.
completes_every_option()
{
	helped | sort -u | while read -r verb option; do
		grep -q -- "-$option\|-s $option " "$1" ||
			echo "$verb -$option"
	done | nothing
}

! has_ipv6 || test "$in_world" = no || serve_hosts

ok "texts are as RFC 5952 says" texts_are_as_rfc_5952_says
ok "lines are read without the blanks round them" \
	lines_are_read_without_the_blanks_round_them
ok "a line with a NUL is no text" a_line_with_a_nul_is_no_text
if is_plain && test -z "$EXECUTE"; then
	ok "a line without memory is told" a_line_without_memory_is_told
fi
ok "what is no text is told, and the rest goes on" the_other_texts_are_told
ok "text -v tells what an address is for" text_v_tells_what_an_address_is_for
with_terminal "a terminal is shown no control character of a zone" \
	a_terminal_is_shown_no_control_character_of_a_zone

ok "info lists interfaces with their index" \
	info_lists_interfaces_with_their_index
with_hosts "info tells names without control characters" \
	info_tells_names_without_control_characters
ok "info lists what sockets can" info_lists_what_sockets_can
ok "info fits 80 columns" info_fits_80_columns
if is_plain && test -z "$EXECUTE"; then
	ok "info goes on without a socket" info_goes_on_without_a_socket
fi
if test -e /proc/sys/net/core/somaxconn; then
	ok "info lists the kernel's settings" info_lists_the_kernels_settings
else
	skip "info lists the kernel's settings" "no sysctls"
fi

ok "dial -z only connects" z_only_connects
with_errors ok "a refusal is status 1" a_refusal_is_status_1
ok "host and port can be one word" host_and_port_can_be_one_word
with_hosts "a zone that is missing is told" a_zone_that_is_missing_is_told
ok "an echo comes back" echo_comes_back
ok "much comes back" much_comes_back
ok "the end of input is told, and the answer awaited" \
	the_end_of_input_is_told_and_the_answer_awaited
ok "input goes on after the peer's end" input_goes_on_after_the_peers_end
with python3 "dial ends with the peer, on a terminal" \
	dial_ends_with_the_peer_on_a_terminal
ok "the first data comes first" first_data_comes_first
ok "-q says nothing" q_says_nothing
ok "-v counts bytes" v_counts_bytes
with_hosts "a family can be chosen" a_family_can_be_chosen
with_hosts "a family can be chosen of many addresses" \
	a_family_can_be_chosen_of_many_addresses
with_hosts "a local address can be chosen" a_local_address_can_be_chosen
with_hosts "a race is drawn" a_race_is_drawn
with_errors with_hosts "a refusal is drawn" a_refusal_is_drawn
with_hosts "silence is drawn" silence_is_drawn
with_hosts "the attempt delay can be chosen" the_attempt_delay_can_be_chosen
with_hosts "time can be up" time_can_be_up
with_errors ok "a failure has its reason, though it is remembered" \
	a_failure_has_its_reason_though_it_is_remembered
with_hosts "silence is remembered" silence_is_remembered
ok "a history is its owner's alone" a_history_is_its_owners_alone
ok "a history with a long name stays" a_history_with_a_long_name_stays
ok "an ended program leaves no file" an_ended_program_leaves_no_file
ok "an empty file is a new history" an_empty_file_is_a_new_history
ok "a link to a history stays one" a_link_to_a_history_stays_one
ok "a link to itself is told" a_link_to_itself_is_told
with_hosts "a drawing for a file has no escape" \
	a_drawing_for_a_file_has_no_escape

with_terminal "a terminal shows one drawing at last" \
	a_terminal_shows_one_drawing_at_last
with_terminal "a terminal sees the race run" a_terminal_sees_the_race_run
with_terminal "a terminal may be resized" a_terminal_may_be_resized
with_terminal "a race goes on below what came meanwhile" \
	a_race_goes_on_below_what_came_meanwhile
with_terminal "an interrupt leaves the drawing" an_interrupt_leaves_the_drawing
with_terminal "an ignored interrupt ends nothing" \
	an_ignored_interrupt_ends_nothing
with_terminal "colours are for a terminal without NO_COLOR" \
	colours_are_for_a_terminal_without_no_color
with_terminal "a dumb terminal gets no escape" a_dumb_terminal_gets_no_escape
with_terminal "a dumb terminal has its width" a_dumb_terminal_has_its_width

with_loopback6 "listen takes both families" listen_takes_both_families
with_v6only "listen can take one family" listen_can_take_one_family
ok "listen ends after one connection" listen_ends_after_one_connection
ok "listen gives out what comes" listen_gives_out_what_comes
ok "listen tells who comes" listen_tells_who_comes
ok "listen -k goes on" k_goes_on
with python3 "listen -k goes on where its output is a socket" \
	k_goes_on_where_its_output_is_a_socket
ok "an echo serves many at once" an_echo_serves_many_at_once
with python3 "an echo without descriptors waits for one" \
	an_echo_without_descriptors_waits_for_one
with_v6only "a name has addresses of both families" \
	a_name_has_addresses_of_both_families
ok "an address in use is status 1" an_address_in_use_is_status_1
ok "nobody may come" nobody_may_come
with python3 "passed listeners are taken" passed_listeners_are_taken
with python3 "what does not listen is not taken" \
	what_does_not_listen_is_not_taken
ok "those for another process are not" those_for_another_process_are_not

ok "bad input is status 2 and one line" bad_input_is_status_2_and_one_line
ok "an error is one line without control characters" \
	an_error_is_one_line_without_control_characters
ok "an unknown host is status 2" an_unknown_host_is_status_2
ok "a full disk is told" a_full_disk_is_told
ok "closed output is told" closed_output_is_told
ok "an ended reader is no failure" an_ended_reader_is_no_failure
ok "an ended reader leaves the status" an_ended_reader_leaves_the_status
ok "an ended reader ends the reading of lines" \
	an_ended_reader_ends_the_reading_of_lines
ok "an ended reader ends a connection" an_ended_reader_ends_a_connection
ok "an ended reader ends listen" an_ended_reader_ends_listen

with_errors with python3 "dial tells JSON" dial_tells_json
with python3 "bad input is told as JSON" bad_input_is_told_as_json
with python3 "an option that is wrong is told as JSON" \
	an_option_that_is_wrong_is_told_as_json
with_terminal "time that is up is told as JSON" time_that_is_up_is_told_as_json
with python3 "a history that fails is told as JSON" \
	a_history_that_fails_is_told_as_json
with_terminal "an interrupt leaves the attempts as JSON" \
	an_interrupt_leaves_the_attempts_as_json
with_terminal "an alarm during a race is an interrupt" \
	an_alarm_during_a_race_is_an_interrupt
if test -z "$EXECUTE"; then
	with_terminal "a second signal cuts nothing short" \
		a_second_signal_cuts_nothing_short
fi
ok "what broke a connection has its name" what_broke_a_connection_has_its_name
with python3 "listen tells JSON" listen_tells_json
with python3 "info tells JSON" info_tells_json
with python3 "text tells JSON" text_tells_json
with_hosts "JSON escapes what it must" json_escapes_what_it_must

ok "the help fits a screen" help_fits_a_screen
ok "the help is the same for each verb" help_is_the_same_for_each_verb
ok "the page names every option" the_page_names_every_option
ok "the page has the help's synopsis" the_page_has_the_helps_synopsis
ok "the version is the package's" version_is_the_packages
with_hosts "the page's examples work" the_pages_examples_work
with_hosts "a world is whole, or none" a_world_is_whole_or_none
name="the demo goes as it should"
if ! has_ipv6; then
	skip "$name" "no IPv6"
elif test -z "$EXECUTE"; then
	ok "$name" the_demo_goes_as_it_should
fi

for file in "$completions"/*; do
	ok "${file##*/} has every option" completes_every_option "$file"
done
with bash "socket6.bash completes" bash_completes
with zsh "_socket6 is well formed" zsh -n "$completions/_socket6"
with fish "socket6.fish is well formed" fish -n "$completions/socket6.fish"
done_testing
