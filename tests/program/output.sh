#!/bin/sh
# SPDX-License-Identifier: ISC
# output.sh - an output that is full, closed or no longer read.
. "${srcdir:-.}/tests/program/program.sh"

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

ok "a full disk is told" a_full_disk_is_told
ok "closed output is told" closed_output_is_told
ok "an ended reader is no failure" an_ended_reader_is_no_failure
ok "an ended reader leaves the status" an_ended_reader_leaves_the_status
ok "an ended reader ends the reading of lines" \
	an_ended_reader_ends_the_reading_of_lines
ok "an ended reader ends a connection" an_ended_reader_ends_a_connection
ok "an ended reader ends listen" an_ended_reader_ends_listen
done_testing
