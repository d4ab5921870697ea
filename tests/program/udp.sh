#!/bin/sh
# SPDX-License-Identifier: ISC
# udp.sh - socket6 dial -u and listen -u: datagrams as lines.
. "${srcdir:-.}/tests/program/program.sh"

# asks ADDRESS LINE...: what an echo of these lines gives.
asks()
{
	at=$1
	shift
	printf '%s\n' "$@" | socket6 dial -qu -T 1 "$at" "$port"
}

a_line_is_a_datagram()
{
	serve -eu 0
	asks 127.0.0.1 one two '' three >"$tmp/echoed"
	printf '%s\n' one two '' three | diff "$tmp/echoed" -
}

both_families_are_answered()
{
	serve -eu 0
	gives six asks ::1 six && gives four asks 127.0.0.1 four
}

# By another address than the system would choose.
the_answer_comes_from_the_address_that_was_asked()
{
	serve -eu 0
	gives here asks 127.0.0.5 here
}

what_a_line_cannot_have_is_escaped()
{
	serve -eu 0
	gives 'a\nb\\c' asks 127.0.0.1 'a\nb\\c' || return
	printf '%s\n' 'a\nb\\c' |
		socket6 dial -uj -T 1 127.0.0.1 "$port" 2>"$tmp/json"
	grep -qF '"text":"a\u000ab\\c"' "$tmp/json"
}

# A line of 70000 bytes is no datagram; what comes after it is one.
a_line_that_is_too_long_is_left_out()
{
	serve -eu 127.0.0.1 0
	{
		head -c 70000 /dev/zero | tr '\0' x
		printf '\nshort\n'
	} | ends 1 socket6 dial -qu -T 1 127.0.0.1 "$port" >"$tmp/echoed" \
		2>"$tmp/errors" &&
		gives short cat "$tmp/echoed" &&
		says 'too long$' cat "$tmp/errors"
}

json_has_every_byte()
{
	serve -eu 127.0.0.1 0
	printf 'a\0b\n' | socket6 dial -uj -T 1 127.0.0.1 "$port" 2>"$tmp/json"
	grep -qF '"text":"a\u0000b"' "$tmp/json"
}

# Its input goes on for two seconds, and its time for a minute.
it_ends_with_its_reader()
{
	serve -eu 127.0.0.1 0
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		echo x
		sleep 0.2
	done | {
		socket6 dial -qu -T 60 127.0.0.1 "$port"
		echo $? >"$tmp/status"
	} | head -n 1 >"$tmp/first"
	gives 0 cat "$tmp/status"
}

listen_writes_what_comes()
{
	serve -u -T 2 127.0.0.1 0
	echo hello | socket6 dial -qu -T 1 127.0.0.1 "$port"
	wait "$server"
	gives hello cat "$tmp/output"
}

# The program waits for an answer, so that is what ends it.
listen_answers_whom_it_heard_last()
{
	mkfifo "$tmp/says"
	exec 7<>"$tmp/says"
	input=$tmp/says
	serve -u 127.0.0.1 0
	{
		echo question
		for _ in $(seq 600); do # a minute
			grep -q question "$tmp/output" && break
			sleep 0.1
		done
		echo answer >&7
	} | socket6 dial -qu -T 2 127.0.0.1 "$port" >"$tmp/answered"
	exec 7>&-
	gives answer cat "$tmp/answered"
}

it_tells_hops_and_ecn()
{
	serve -euv 127.0.0.1 0
	echo x | socket6 dial -u -v -T 1 127.0.0.1 "$port" 2>"$tmp/dialled"
	grep -q "^1 bytes from 127.0.0.1:$port at 127.0.0.1:[1-9][0-9]*, hops [0-9]*, not-ect$" \
		"$tmp/dialled"
}

nobody_there_is_refused()
{
	refusing_udp
	echo x | ends 1 socket6 dial -u 127.0.0.1 "$port" 2>"$tmp/said" &&
		grep -q 'refused$' "$tmp/said"
}

# The first of these goes; the error that it brings is the second's.
a_refusal_that_a_line_meets_is_the_end()
{
	refusing_udp
	printf 'x\ny\n' | ends 1 socket6 dial -u -T 1 127.0.0.1 "$port" \
		2>"$tmp/said" &&
		grep -q 'refused$' "$tmp/said"
}

without_a_datagram_the_time_is_up()
{
	ends 3 socket6 listen -u -w 0.2 127.0.0.1 0
}

first_data_is_a_datagram()
{
	serve -eu 127.0.0.1 0
	gives data socket6 dial -qu -r -F data -T 1 127.0.0.1 "$port"
}

no_race_is_left()
{
	for option in -a '-f x' -o; do
		# shellcheck disable=SC2086 # words
		ends 2 socket6 dial -u $option 127.0.0.1 1 || return
	done
	ends 2 socket6 listen -uk 0
}

ok "a line is a datagram, an empty one too" a_line_is_a_datagram
with_hosts "both families are answered" both_families_are_answered
with_hosts "the answer comes from the address that was asked" \
	the_answer_comes_from_the_address_that_was_asked
ok "a newline and a backslash are escaped" what_a_line_cannot_have_is_escaped
ok "a line that is too long is left out" a_line_that_is_too_long_is_left_out
ok "JSON has every byte" json_has_every_byte
ok "it ends with its reader" it_ends_with_its_reader
ok "listen writes what comes" listen_writes_what_comes
ok "it answers whom it heard last" listen_answers_whom_it_heard_last
ok "-v tells hops and ECN" it_tells_hops_and_ecn
ok "nobody there is refused" nobody_there_is_refused
ok "a refusal that a line meets is the end" \
	a_refusal_that_a_line_meets_is_the_end
ok "without a datagram the time is up" without_a_datagram_the_time_is_up
ok "-F is the first datagram" first_data_is_a_datagram
ok "options of the race are refused" no_race_is_left
done_testing
