#!/bin/sh
# SPDX-License-Identifier: ISC
# names.sh - socket6 dial of names that a name server answers late, or never.

# In the world once more from the start, as what a name server is run for. It
# gives each name the addresses where serve_hosts listens, and logs to $asked.
server="${EXECUTE-} tests/support/name_server -a 192.0.2.80 -a 2001:db8::80"
case ${in_world-},${asked-} in
yes,)
	asked=$(mktemp)
	export asked
	# shellcheck disable=SC2086 # words
	if $server -p 0 -o /dev/null true; then
		exec $server -r timeout:9 -o "$asked" sh "$0"
	fi
	rm "$asked"
	asked=none
	;;
esac
. "${srcdir:-.}/tests/program/program.sh"
# shellcheck disable=SC2154 # of program.sh
test "$asked" = none || trap 'kill $servers; rm -rf "$tmp" "$asked"' EXIT

# with_names NAME COMMAND...: a test that takes a name server.
with_names()
{
	if test "$asked" = none; then
		skip "$1" "no name server"
	else
		with_terminal "$@"
	fi
}

# with_threads OK... NAME COMMAND: a test of a name that is never answered.
with_threads()
{
	if configured HAVE_THREADS; then
		"$@"
	else
		shift $(($# - 2))
		skip "$1" "no THREADS"
	fi
}

dial()
{
	: >"$asked"
	socket6 dial "$@"
}

# What was asked for.
types()
{
	cut -d ' ' -f 2 "$asked"
}

# On a busy machine each family may be asked for as well.
a_name_is_a_bar_above_the_addresses()
{
	dial -z now.test 7 >"$tmp/drawn" && cat "$tmp/drawn"
	says '^now.test .*: *[12] address[es]* [0-9.]* ms$' cat "$tmp/drawn" &&
		sed '/^2001:db8::80  /q' "$tmp/drawn" >"$tmp/above" &&
		grep -q '^now.test ' "$tmp/above" &&
		! grep -q '^192' "$tmp/above"
}

each_question_is_a_bar()
{
	dial -z aaaa-never.test 7 >"$tmp/drawn" && cat "$tmp/drawn"
	says '^aaaa-never.test IPv6  *\.*|  *cancelled$' cat "$tmp/drawn" &&
		says '^aaaa-never.test IPv4  *\.*:  *1 address [0-9.]* ms$' \
			cat "$tmp/drawn" &&
		says '^192.0.2.80  .* won [0-9.]* ms$' cat "$tmp/drawn"
}

# IPv4 alone is asked for after 50 ms.
what_the_name_took_is_told()
{
	says '^connected .* (name \([5-9][0-9]\.[0-9] ms\|[1-9][0-9]* ms\|.* s\))$' \
		dial -z aaaa-never.test 7
}

an_address_has_no_bar_of_a_name()
{
	says '^connected to 192.0.2.80:7 from .* in [0-9.]* ms$' \
		dial -z 192.0.2.80 7 && gives 3 grep -c . "$tmp/said" &&
		gives '' types
}

# Its limit is short: whatever follows it begins late.
a_silent_name_server_takes_no_longer_than_asked()
{
	ends 3 dial -z -w 0.2 never.test 7 >"$tmp/shown" 2>&1 &&
		says '^never.test[ IPv46]* .*| *no answer$' cat "$tmp/shown" &&
		says '^socket6: timed out: no answer from a name server$' \
			cat "$tmp/shown"
}

a_silent_name_server_is_told_as_json()
{
	ends 3 dial -jzw 0.2 never.test 7 >"$tmp/shown" 2>/dev/null &&
		cp "$tmp/shown" "$tmp/said" &&
		failed_alone 'timed out: no answer from a name server' &&
		says '"type":"failed","error":"ETIMEDOUT","host":"never.test",' \
			cat "$tmp/shown"
}

# One family was told and is connected, the other never is.
a_knows_that_not_all_was_told()
{
	ends 4 dial -azw 0.5 aaaa-never.test 7 >"$tmp/drawn" 2>&1
	failed=$?
	cat "$tmp/drawn"
	test $failed -eq 0 &&
		says '^aaaa-never.test IPv6  .*|  *no answer$' cat "$tmp/drawn" &&
		says '^192.0.2.80  .* connected ' cat "$tmp/drawn" &&
		says '^socket6: timed out: no answer from a name server$' \
			cat "$tmp/drawn" &&
		ends 3 dial -aqw 0.1 never.test 7 2>/dev/null
}

an_unknown_name_is_bad_input()
{
	ends 2 dial -z nx.test 7 >"$tmp/shown" 2>&1 &&
		says '^nx.test .*x  *[a-z ]* [0-9.]* ms$' cat "$tmp/shown" &&
		says '^socket6: unknown host: nx.test$' cat "$tmp/shown" &&
		says '^socket6: no IPv6 address: nx.test$' \
			dial -6z nx.test 7 &&
		says '^socket6: unknown host: nx.test$' dial -z nx.test:7
}

# Nothing was dialled.
an_unknown_name_leaves_no_history()
{
	ends 2 dial -qzf "$tmp/new" nx.test 7 && ! test -e "$tmp/new"
}

a_name_may_be_before_its_port()
{
	says '^now.test .* address' dial -z now.test:7 &&
		says '^now.test .* address' dial -z echo://now.test
}

one_family_asks_for_nothing_else()
{
	dial -4qz now.test 7 && gives A types &&
		dial -6qz now.test 7 && gives AAAA types
}

info_asks_for_a_name()
{
	: >"$asked"
	gives '2001:db8::80  from 2001:db8::80 on lo
192.0.2.80    from 192.0.2.80 on lo' socket6 info now.test || return
	: >"$asked"
	gives '192.0.2.80  from 192.0.2.80 on lo' socket6 info -4 now.test &&
		gives A types &&
		refuses 'unknown host: nx.test' info nx.test
}

# lookups: prints of each lookup object in $tmp/said what does not vary.
lookups()
{
	python3 - "$tmp/said" <<-'END'
		import json, sys
		for line in open(sys.argv[1]):
		    o = json.loads(line)
		    if o["type"] == "lookup":
		        assert list(o) == ["type", "name", "family", "state",
		            "error", "start_us", "end_us", "count"], o
		        assert 0 <= o["start_us"] <= o["end_us"], o
		        print(o["name"], o["family"], o["state"], o["error"],
		              o["count"])
	END
}

a_question_is_an_object()
{
	dial -jz now.test:7 >"$tmp/said"
	lookups | grep '^now.test .* answered None [12]$' &&
		ends 2 dial -jz nx.test 7 >"$tmp/said" 2>/dev/null &&
		lookups | grep '^nx.test .* failed ENOENT 0$' &&
		failed_alone 'unknown host: nx.test'
}

each_question_is_an_object()
{
	dial -jz aaaa-never.test 7 >"$tmp/said"
	lookups >"$tmp/lookups"
	says '^aaaa-never.test 6 cancelled None 0$' cat "$tmp/lookups" &&
		says '^aaaa-never.test 4 answered None 1$' cat "$tmp/lookups"
}

# A label is no longer, so that there is room for bars.
a_long_name_is_cut_off()
{
	dial -z aaaa-never.now.now.now.now.now.test 7 >"$tmp/drawn"
	says '^aaaa-never.now.now.no.. IPv6  ' cat "$tmp/drawn"
}

# musl takes no more than fit into a datagram of 512 bytes.
# Without -6 the answer for IPv4 may end the dial before they are told.
every_one_of_many_addresses_is_told_once()
{
	dial -6jz aaaa-70x.test 7 >"$tmp/said"
	count=$(sed -n 's/.*"type":"lookup".*"count":\([0-9]*\)}$/\1/p' \
		"$tmp/said" | sort -n | tail -n 1)
	test "$count" -gt 15 &&
		test "$(grep -c '"type":"attempt"' "$tmp/said")" -ge "$count" &&
		sort "$tmp/said" | uniq -d | nothing
}

# On a terminal, of a name that is never answered.
an_interrupt_ends_the_look_up()
{
	# shellcheck disable=SC2086 # words
	ends 130 on_terminal 80 'in progress' interrupt \
		$EXECUTE tests/program/socket6 dial -z never.test 7 >"$tmp/shown" &&
		says '^never.test[ IPv46]* .*> *interrupted' cat "$tmp/shown"
}

with_names "a name is a bar above the addresses" \
	a_name_is_a_bar_above_the_addresses
with_threads with_names "each question is a bar" each_question_is_a_bar
with_threads with_names "what the name took is told" what_the_name_took_is_told
with_names "an address has no bar of a name" an_address_has_no_bar_of_a_name
with_threads with_names "a silent name server takes no longer than asked" \
	a_silent_name_server_takes_no_longer_than_asked
with_threads with_names "a silent name server is told as JSON" \
	a_silent_name_server_is_told_as_json
with_threads with_names "dial -a knows that not all was told" \
	a_knows_that_not_all_was_told
with_names "an unknown name is bad input" an_unknown_name_is_bad_input
with_names "an unknown name leaves no history" an_unknown_name_leaves_no_history
with_names "a name may be before its port" a_name_may_be_before_its_port
with_names "one family asks for nothing else" one_family_asks_for_nothing_else
with_lists with_names "info asks for a name" info_asks_for_a_name
with_names "a question is an object" a_question_is_an_object
with_threads with_names "each question is an object" each_question_is_an_object
with_threads with_names "a long name is cut off" a_long_name_is_cut_off
with_names "every one of many addresses is told once" \
	every_one_of_many_addresses_is_told_once
with_threads with_names "an interrupt ends the look-up" \
	an_interrupt_ends_the_look_up
done_testing
