#!/bin/sh
# SPDX-License-Identifier: ISC
# terminal.sh - how a race looks on a terminal as it runs.
. "${srcdir:-.}/tests/program/program.sh"

dial_silent="$EXECUTE tests/program/socket6 dial -z silent.example 7"
# Long enough for a busy machine to do something meanwhile.
dial_slowly="$dial_silent -d 1000"

a_terminal_shows_one_drawing_at_last()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 $dial_silent >"$tmp/shown"
	gives 1 grep -c '^192.0.2.80 ' "$tmp/shown" && says 'cancelled$' cat "$tmp/shown"
}

a_terminal_sees_the_race_run()
{
	# shellcheck disable=SC2086 # words
	says 'in progress' on_terminal --raw 80 $dial_silent
}

# Its last frame is for the new width, and nothing of the old is left.
a_terminal_may_be_resized()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 'in progress' resize 40 $dial_slowly >"$tmp/shown" ||
		return
	cat "$tmp/shown"
	gives 1 grep -c '^192.0.2.80$' "$tmp/shown" &&
		gives 1 grep -c ' won ' "$tmp/shown" &&
		gives '' grep 'in progress' "$tmp/shown"
}

# What the shell has written stays, below the drawing of before.
a_race_goes_on_below_what_came_meanwhile()
{
	# shellcheck disable=SC2086 # words
	on_terminal 80 waiting suspend $dial_slowly >"$tmp/shown"
	cat "$tmp/shown"
	gives '192.0.2.80
suspended
192.0.2.80' sed -n -e 's/^\(192.0.2.80\) .*/\1/p' -e '/^suspended$/p' \
		"$tmp/shown"
}

an_interrupt_leaves_the_drawing()
{
	# shellcheck disable=SC2086 # words
	ends 130 on_terminal 80 'in progress' interrupt $dial_slowly \
		>"$tmp/shown" && says 'interrupted' cat "$tmp/shown"
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
		has_no "$escape" on_terminal --raw 80 $dial_silent || return
	done
}

drawing_of_40_columns()
{
	# shellcheck disable=SC2086 # words
	on_terminal 40 $dial_silent >"$tmp/shown" &&
		sed '/^connected/d' "$tmp/shown"
}

a_dumb_terminal_has_its_width()
{
	TERM=dumb
	has_no '.{41}' drawing_of_40_columns
}

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
done_testing
