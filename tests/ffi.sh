#!/bin/sh
# SPDX-License-Identifier: ISC
# ffi.sh - the clients of examples/ffi, each in its language.
#
# usage: make check-ffi [FFI='LANGUAGE...']
#
# Koffi, for Node, comes from npm. A language that is not there is a failure.
. "${srcdir:-.}/tests/tap.sh"

ffi=$(cd "$srcdir/examples/ffi" && pwd) || exit
LD_LIBRARY_PATH=$PWD/lib/.libs
export LD_LIBRARY_PATH
test -f "$shared" || skip_all "built with --disable-shared"

# Language, the command that it needs, and Debian's package.
languages()
{
	cat <<-'END'
		python python3 python3
		lua luajit luajit
		ruby ruby ruby
		perl perl perl
		node npm npm
		rust rustc rustc
	END
}

# prepare LANGUAGE: what must be built or fetched first.
prepare()
{
	case $1 in
	perl) perl -MFFI::Platypus -e 1 ||
		{ echo "install libffi-platypus-perl" && return 1; } ;;
	node) cp "$ffi/client.mjs" "$tmp" &&
		npm install --silent --prefix "$tmp" koffi@2 ;;
	rust) rustc -L lib/.libs -o "$tmp/client" "$ffi/client.rs" ;;
	esac
}

# client LANGUAGE ADDRESS
client()
{
	case $1 in
	python) set -- python3 "$ffi/client.py" "$2" ;;
	lua) set -- luajit "$ffi/client.lua" "$2" ;;
	ruby) set -- ruby "$ffi/client.rb" "$2" ;;
	perl) set -- perl "$ffi/client.pl" "$2" ;;
	node) set -- node "$tmp/client.mjs" "$2" ;;
	rust) set -- "$tmp/client" "$2" ;;
	esac
	timeout 20 "$@" 2>&1
}

# says STATUS PATTERN LANGUAGE ADDRESS
says()
{
	wanted=$1
	pattern=$2
	shift 2
	said=$(client "$@")
	status=$?
	echo "$said, exit $status"
	test "$status" -eq 0 && status=0 || status=1
	# shellcheck disable=SC2254 # it is a pattern
	case $status$said in
	$wanted$pattern) ;;
	*) return 1 ;;
	esac
}

without_the_library()
{
	(LD_LIBRARY_PATH='' && says 1 '*libsocket6*' "$@")
}

# Listens at a port of [::1], which it prints, until its input ends.
listen()
{
	timeout 300 python3 -c '
import socket, sys
s = socket.create_server(("::1", 0), family=socket.AF_INET6)
print(s.getsockname()[1], flush=True)
sys.stdin.read()'
}

# try LANGUAGE COMMAND PACKAGE
try()
{
	if ! command -v "$2" >/dev/null; then
		ok "$1: install $3" false
		return
	fi
	ok "$1 is ready" prepare "$1"
	ok "$1 connects without blocking" \
		says 0 "?::1?:$port: connected" "$1" "[::1]:$port"
	ok "$1 is told why not" \
		says 1 '?::1?:1: Connection refused*' "$1" '[::1]:1'
	ok "$1 reads and writes a zone" \
		says 1 '?fe80::1%lo?:1: *' "$1" '[fe80::1%1]:1'
	ok "$1 refuses what is no address" says 1 'usage: *' "$1" '::1'
	ok "$1 says it where there is no library" \
		without_the_library "$1" '[::1]:1'
}

mkfifo "$tmp/port" "$tmp/hold" || exit
listen <"$tmp/hold" >"$tmp/port" &
exec 8>"$tmp/hold"
read -r port <"$tmp/port"
languages >"$tmp/languages"
while read -r language command package; do
	case " ${*:-$language} " in
	*" $language "*) try "$language" "$command" "$package" </dev/null ;;
	esac
done <"$tmp/languages"
done_testing
