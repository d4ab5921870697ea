#!/bin/sh
# SPDX-License-Identifier: ISC
# ffi.sh - the clients and dials of examples/ffi, each in its language.
#
# usage: make check-ffi [FFI='LANGUAGE...']
#
# Koffi, for Node, comes from npm. A language that is not there is a failure.
. "${srcdir:-.}/tests/support/tap.sh"

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
	node) cp "$ffi"/*.mjs "$tmp" &&
		npm install --loglevel=error --prefix "$tmp" koffi@2 ;;
	rust) for name in client dial; do
		rustc -L lib/.libs -o "$tmp/$name" "$ffi/$name.rs" || return
	done ;;
	esac
}

# run LANGUAGE NAME ARGUMENT...: the example of that name; with become=exec in
# place of this shell.
run()
{
	language=$1
	name=$2
	shift 2
	case $language in
	python) set -- python3 "$ffi/$name.py" "$@" ;;
	lua) set -- luajit "$ffi/$name.lua" "$@" ;;
	ruby) set -- ruby "$ffi/$name.rb" "$@" ;;
	perl) set -- perl "$ffi/$name.pl" "$@" ;;
	node) set -- node "$tmp/$name.mjs" "$@" ;;
	rust) set -- "$tmp/$name" "$@" ;;
	c) set -- "examples/$name" "$@" ;;
	esac
	# shellcheck disable=SC2086 # words, and none is no argument
	${become-} ${inside-} timeout 20 "$@" 2>&1
}

# says STATUS PATTERN LANGUAGE NAME ARGUMENT...
says()
{
	wanted=$1
	pattern=$2
	shift 2
	said=$(run "$@")
	status=$?
	echo "$said, exit $status"
	test "$status" -eq 0 && status=0 || status=1
	# shellcheck disable=SC2254 # it is a pattern
	case $status$said in
	$wanted$pattern) ;;
	*) return 1 ;;
	esac
}

# Each example says so by itself; for Rust's the loader does.
without_the_library()
{
	said='libsocket6 is not found: *'
	test "$1" != rust || said='*: libsocket6.so.0: cannot open *'
	for name in client dial; do
		(LD_LIBRARY_PATH='' && says 1 "$said" "$1" $name) || return
	done
}

# asked COMMAND...: in a network of its own, whose name server is the tests'.
asked()
{
	unshare --net --map-root-user sh -c 'ip link set lo up && exec "$@"' \
		sh tests/support/name_server -o /dev/null "$@"
}

knows_no_such_name()
{
	(inside=asked && says 1 'nx.test: unknown host' "$1" dial 1 nx.test)
}

# Asks the server at a port, at two addresses over both families: what it
# answers, and from which address. The last question's answer ends that.
ask()
{
	timeout 20 python3 - "$1" <<-'END'
		import socket, sys
		name = b"\4name\4test\0"
		head = b"\x12\x34\1\0\0\1\0\0\0\0\0\0"
		questions = [
		    b"", head[:11], head, head + name, head + name + b"\0\1\0\1",
		    head + name + b"\0\x1c\0\1", head + name + b"\0\x0f\0\1",
		    b"\0\0\x81" + head[3:] + name + b"\0\1\0\1",
		    head[:5] + b"\2" + head[6:] + name + b"\0\1\0\1",
		    head + b"\x3f" * 20, head + name + b"\0\1\0\1" + b"more",
		    b"\xff\xff" + head[2:] + name + b"\0\1\0\1"]
		for at, any in (("127.0.0.5", "127.0.0.1"), ("::1", "::1")):
		    family = socket.AF_INET6 if ":" in at else socket.AF_INET
		    s = socket.socket(family, socket.SOCK_DGRAM)
		    s.settimeout(10)
		    s.bind((any, 0))
		    for question in questions:
		        s.sendto(question, (at, int(sys.argv[1])))
		    said = b""
		    while said[:2] != b"\xff\xff":
		        said, address = s.recvfrom(2048)
		        print(address[0], said.hex())
	END
}

# answers LANGUAGE: what its server answers.
answers()
{
	mkfifo "$tmp/serves" || return
	(become='exec' && run "$1" dns_server 0) >"$tmp/serves" &
	server=$!
	read -r _ at <"$tmp/serves"
	rm "$tmp/serves"
	ask "$at"
	kill "$server"
	wait "$server"
	return 0
}

answers_as_the_one_in_c()
{
	answers c >"$tmp/c"
	answers "$1" >"$tmp/$1"
	grep -q '^127.0.0.5 ' "$tmp/c" && grep -q '^::1 ' "$tmp/c" &&
		diff "$tmp/c" "$tmp/$1"
}

# Listens at a port of [::1], for localhost at that of 127.0.0.1 too, and at one
# of 127.0.0.2, which is refused at [::1]; prints both ports, and ends with its
# input.
listen()
{
	timeout 300 python3 -c '
import socket, sys
while True:
    try:
        s = socket.create_server(("::1", 0), family=socket.AF_INET6)
        local = socket.create_server(("127.0.0.1", s.getsockname()[1]))
        break
    except OSError: # another listens at that port of 127.0.0.1
        pass
while True:
    s4 = socket.create_server(("127.0.0.2", 0))
    if s4.getsockname()[1] != s.getsockname()[1]:
        break
print(s.getsockname()[1], s4.getsockname()[1], flush=True)
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
		says 0 "?::1?:$port: connected" "$1" client "[::1]:$port"
	ok "$1 is told why not" \
		says 1 '?::1?:1: refused' "$1" client '[::1]:1'
	ok "$1 reads and writes a zone" \
		says 1 '?fe80::1%lo?:1: *' "$1" client '[fe80::1%1]:1'
	ok "$1 refuses what is no address" \
		says 1 'usage: *' "$1" client '::1'
	ok "$1 says it where there is no library" \
		without_the_library "$1"
	ok "$1 dials one address after the other" \
		says 0 "?::1?:$port4: refused
127.0.0.2:$port4: connected" "$1" dial "$port4" ::1 127.0.0.2
	ok "$1 is told why each attempt failed" \
		says 1 '?::1?:1: refused
127.0.0.2:1: refused' "$1" dial 1 ::1 127.0.0.2
	ok "$1 dials a name" \
		says 0 "*:$port: connected*" "$1" dial "$port" localhost
	ok "$1 is told why a name has no address" \
		says 1 '127.0.0.256: invalid argument' "$1" dial 1 127.0.0.256
	ok "$1 says that it does not know a host" \
		says 1 'a..b: unknown host' "$1" dial 1 a..b
	ok "$1 is told so by a name server" \
		knows_no_such_name "$1"
	case $1 in
	python | lua | node)
		ok "$1 answers from the address that was asked" \
			answers_as_the_one_in_c "$1"
		;;
	esac
}

languages >"$tmp/languages"
for language; do
	grep -q "^$language " "$tmp/languages" ||
		{ echo "no such language: $language" >&2 && exit 2; }
done
needs python3 python3 >&2 || exit # it listens for all
mkfifo "$tmp/port" "$tmp/hold" || exit
listen <"$tmp/hold" >"$tmp/port" &
exec 8>"$tmp/hold"
read -r port port4 <"$tmp/port"
while read -r language command package; do
	case " ${*:-$language} " in
	*" $language "*) try "$language" "$command" "$package" </dev/null ;;
	esac
done <"$tmp/languages"
done_testing
