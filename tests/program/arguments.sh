#!/bin/sh
# SPDX-License-Identifier: ISC
# arguments.sh - arguments that are wrong.
. "${srcdir:-.}/tests/program/program.sh"

# Bad input: the arguments, and what is told.
bad_input()
{
	cat <<-'END'
		|no command: see socket6 --help
		nosuch|unknown command nosuch: see socket6 --help
		dial|dial needs HOST and PORT
		dial -z|dial needs HOST and PORT
		dial ::1|::1: the port is missing
		dial [::1]|[::1]: the port is missing
		dial 127.0.0.1|127.0.0.1: the port is missing
		dial localhost|localhost: the port is missing
		dial localhost:https|not an address or port: localhost:https
		dial ::1 1 2|dial: too many arguments: 2
		dial -y ::1 1|dial has no option -y
		dial -e ::1 1|dial has no option -e
		dial -F --x -yq ::1 1|dial has no option -y
		dial --nosuch ::1 1|unknown option: --nosuch
		dial --help=x ::1 1|unknown option: --help=x
		dial -w|-w needs a value
		dial -w 0 ::1 1|-w needs seconds, above 0: 0
		dial -w -1 ::1 1|-w needs seconds, above 0: -1
		dial -w 1s ::1 1|-w needs seconds, above 0: 1s
		dial -w nan ::1 1|-w needs seconds, above 0: nan
		dial -w 1e9 ::1 1|-w needs seconds, above 0: 1e9
		dial -d 9 ::1 1|-d needs 10 to 2000 milliseconds: 9
		dial -d 2001 ::1 1|-d needs 10 to 2000 milliseconds: 2001
		dial -b nosuch ::1 1|not a local address: nosuch
		dial -b fe80::1 ::1 1|fe80::1: the zone is missing
		dial -T 0 ::1 1|-T needs seconds, above 0: 0
		dial -zF x ::1 1|-F does not work with -z
		dial -zo ::1 1|-o does not work with -z
		dial -zr ::1 1|-r does not work with -z
		dial -zT 1 ::1 1|-T does not work with -z
		dial -aF x ::1 1|-F does not work with -a
		dial -af x ::1 1|-f does not work with -a
		dial -ao ::1 1|-o does not work with -a
		dial -ar ::1 1|-r does not work with -a
		dial -aT 1 ::1 1|-T does not work with -a
		dial -f / ::1 1|/: not a regular file
		dial -f Makefile ::1 1|Makefile: not a socket6 history
		dial -6 127.0.0.1 1|no IPv6 address: 127.0.0.1
		dial -4 ::1 1|no IPv4 address: ::1
		dial 1.2.3.456 1|not an address or port: 1.2.3.456 1
		dial fe80::1%nosuch 1|no such interface: fe80::1%nosuch
		dial ::1 nosuch|unknown service: nosuch
		dial ::1 0|not a port: 0
		dial 127.0.0.1:0|not a port: 0
		dial localhost:00|not a port: 00
		dial localhost:65536|not a port: 65536
		dial fe80::0|fe80::0: the port is missing
		dial ::1 65536|not a port: 65536
		dial ::1 99999999999|not a port: 99999999999
		dial ::1 -- -1|::1: the port is missing
		dial ::1 1 --|dial needs COMMAND after --
		dial -- true|dial needs HOST and PORT
		dial -F -- ::1 1|-F needs a value
		dial -z ::1 1 -- true|-z does not work with COMMAND
		dial -a ::1 1 -- true|-a does not work with COMMAND
		dial -o ::1 1 -- true|-o does not work with COMMAND
		dial -r ::1 1 -- true|-r does not work with COMMAND
		dial -u ::1 1 -- true|-u does not work with COMMAND
		dial -T 1 ::1 1 -- true|-T does not work with COMMAND
		dial -p ::1 1|dial has no option -p
		dial file:///etc|not a URL of a host: file:///etc
		dial http://:80|not a URL of a host: http://:80
		dial http://[::1]:x|not a URL of a host: http://[::1]:x
		dial http://[::1] 81|a URL has its port: 81
		dial nosuch://[::1]|unknown service: nosuch
		dial http://[::1]:0/|not a port: 0
		dial http://[::1]:65536|not a port: 65536
		dial http://1.2.3.456|not an address or port: 1.2.3.456 http
		ping|ping needs HOST and PORT
		ping ::1|::1: the port is missing
		ping ::1 1 2|ping: too many arguments: 2
		ping -z ::1 1|ping has no option -z
		ping -c|-c needs a value
		ping -c 0 ::1 1|-c needs a number above 0: 0
		ping -c -1 ::1 1|-c needs a number above 0: -1
		ping -c 1.5 ::1 1|-c needs a number above 0: 1.5
		ping -c 9999999999 ::1 1|-c needs a number above 0: 9999999999
		ping -i 0 ::1 1|-i needs seconds, at least 0.2: 0
		ping -i 0.199 ::1 1|-i needs seconds, at least 0.2: 0.199
		ping -i -1 ::1 1|-i needs seconds, at least 0.2: -1
		ping -i nan ::1 1|-i needs seconds, at least 0.2: nan
		ping -w 0 ::1 1|-w needs seconds, above 0: 0
		ping -b nosuch ::1 1|not a local address: nosuch
		ping -b fe80::1 ::1 1|fe80::1: the zone is missing
		ping -6 127.0.0.1 1|no IPv6 address: 127.0.0.1
		ping fe80::1%nosuch 1|no such interface: fe80::1%nosuch
		ping ::1 nosuch|unknown service: nosuch
		ping ::1 0|not a port: 0
		ping http://[::1]:0/|not a port: 0
		ping http://[::1] 81|a URL has its port: 81
		ping ::1 65536|not a port: 65536
		listen|listen needs PORT
		listen nosuch|unknown service: nosuch
		listen 127.0.0.1|127.0.0.1: the port is missing
		listen 65536|not a port: 65536
		listen ::1 1 2|::1: the port is missing
		listen 1 ::1|::1: the port is missing
		listen [::1] 0 0|[::1]: the port is missing
		listen localhost 0 0|unknown service: localhost
		listen 0 [::1]:nosuch|not an address or port: [::1]:nosuch
		listen *:65536|not a port: 65536
		listen -6 0 127.0.0.1:0|no IPv6 address: 127.0.0.1
		listen -u 0 0|listen -u: too many arguments: 0
		listen -u ::1 0 0|listen -u: too many arguments: 0
		listen -w 0 1|-w needs seconds, above 0: 0
		listen -z 1|listen has no option -z
		listen -- 7|listen needs PORT
		listen 0 --|listen needs COMMAND after --
		listen -w -- 0|-w needs a value
		listen -c 0 0 -- true|-c needs a number above 0: 0
		listen -c 1 0|-c needs -- COMMAND
		listen -e 0 -- true|-e does not work with COMMAND
		listen -o 0 -- true|-o does not work with COMMAND
		listen -r 0 -- true|-r does not work with COMMAND
		listen -u 0 -- true|-u does not work with COMMAND
		listen -T 1 0 -- true|-T does not work with COMMAND
		listen -up 0|-u does not work with -p
		listen -eo 1|-o does not work with -e
		listen -er 1|-r does not work with -e
		info ::1 ::2|info: too many arguments: ::2
		info -4|-4 needs HOST
		info -4 ::1|no IPv4 address: ::1
		info -6 127.0.0.1|no IPv6 address: 127.0.0.1
		info 1.2.3.456|not an address or name: 1.2.3.456
		info ::1:x|not an address or name: ::1:x
		info localhost:nosuch|not an address or name: localhost:nosuch
		info fe80::1%nosuch|no such interface: fe80::1%nosuch
		info http://[::1|not a URL of a host: http://[::1
		info -z|info has no option -z
		text nosuch|not an address: nosuch
		text -m|-m needs a value
		text -m nosuch|-m needs a prefix: nosuch
		text -m 10.0.0.1/8 ::1|-m needs a prefix: 10.0.0.1/8
		text -m ::/129 ::1|-m needs a prefix: ::/129
		text -m [::1]:53 ::1|-m needs a prefix: [::1]:53
		text -m fe80::1%1 ::1|-m needs a prefix: fe80::1%1
		text fe80::1%nosuch|no such interface: fe80::1%nosuch
		text fe80::1%lo/64|not an address: fe80::1%lo/64
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

an_error_is_one_line_without_control_characters()
{
	refuses 'not an address: ::x??[31m' text "$(printf '::x\n\033[31m')" &&
		refuses 'not an address: ??31m' text "$(printf '\302\23331m')" &&
		refuses 'not an address: ?31m' text "$(printf '\23331m')" &&
		refuses 'not an address: a???b' text "$(printf 'a\342\200\256b')"
}

# A label of 65 letters, for which no name server is asked.
an_unknown_host_is_status_2()
{
	host=$(printf '%065d.example' 0)
	refuses "unknown host: $host" dial -q "$host" 1 &&
		refuses "unknown host: $host" dial -q "$host:1" &&
		refuses "unknown host: $host" ping "$host" 1 &&
		refuses "unknown host: $host" ping "$host:1" &&
		refuses "unknown host: $host" info "$host"
}

bad_input_is_told_as_json()
{
	bad_input | grep '^[dilpt]' >"$tmp/bad"
	while IFS='|' read -r arguments words; do
		# shellcheck disable=SC2086 # words
		set -- $arguments
		verb=$1
		shift
		echo "$words" >>"$tmp/words"
		ends 2 socket6 "$verb" -j "$@" </dev/null >>"$tmp/said" 2>&1 ||
			return
	done <"$tmp/bad"
	failed "$tmp/words"
}

ok "bad input is status 2 and one line" bad_input_is_status_2_and_one_line
ok "an error is one line without control characters" \
	an_error_is_one_line_without_control_characters
ok "an unknown host is status 2" an_unknown_host_is_status_2
with python3 "bad input is told as JSON" bad_input_is_told_as_json
done_testing
