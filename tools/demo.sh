#!/bin/sh
# SPDX-License-Identifier: ISC
# demo.sh - the races that socket6 draws; ./bootstrap demo runs it.
#
# usage: demo.sh [HOST PORT]
#
# Without arguments it dials the hosts of world.sh, or over loopback without
# these. The status is 0 if every step gave what it should.
set -eu
world=$(dirname "$0")/world.sh
program=tools/socket6
servers=
wrong=0

# serve ADDRESS PORT: an echo in the background, from now on; $port is its.
serve()
{
	mkfifo "$tmp/fifo"
	"$program" listen -ek "$1" "$2" >"$tmp/fifo" 2>/dev/null &
	servers="$servers $!"
	read -r listening <"$tmp/fifo" || listening=
	rm "$tmp/fifo"
	port=${listening##*:}
}

# scene TITLE STATUS ARGUMENT...: runs the program, which is to end so.
scene()
{
	wanted=$2
	printf '\n%s\n' "$1"
	shift 2
	printf '$ socket6 %s\n' "$*"
	status=0
	"$program" "$@" || status=$?
	[ "$status" -eq "$wanted" ] || wrong=1
}

among_hosts()
{
	serve 2001:db8::80 7
	serve 192.0.2.80 7
	cd "$tmp" # where the history is
	scene 'Both families work:' 0 dial -z both.example 7
	scene 'IPv6 refuses:' 0 dial -z refusing.example 7
	scene 'IPv6 is silent:' 0 dial -z -f history silent.example 7
	scene 'and it is remembered:' 0 dial -z -f history silent.example 7
	scene 'A little time is shared:' 0 dial -z -w 0.4 silent.example 7
	scene 'There is too little time:' 3 dial -6zw 0.1 silent.example 7
	scene 'Which addresses work:' 4 dial -aw 1 mixed.example 7
}

# dash ends at once where kill gets no number.
# shellcheck disable=SC2086 # the servers are words
stop_serving()
{
	[ -z "$servers" ] || kill $servers
	servers=
}

over_loopback()
{
	serve 127.0.0.1 0
	scene 'Over loopback:' 0 dial -z 127.0.0.1 "$port"
	stop_serving
	wait
	scene 'and nobody listens:' 1 dial -z 127.0.0.1 "$port"
}

inside=
case $#,${1-} in
0,) ! sh "$world" true || exec sh "$world" sh "$0" --inside ;;
1,--inside) inside=yes ;;
*) exec "$program" dial -z "$@" ;;
esac

tmp=$(mktemp -d)
trap 'stop_serving; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
program=$PWD/$program
if [ "$inside" ]; then among_hosts; else over_loopback; fi
exit "$wrong"
