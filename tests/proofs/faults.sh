#!/bin/sh
# SPDX-License-Identifier: ISC
# faults.sh - the walks of a dial's engine and of a look-up's plan find every
# fault that is planted there.
#
#	tests/proofs/faults.sh [NAME]
#
# A line of the table below is a fault: its name, the file (of lib/dial/, or
# plan), what sed makes of a copy, with how many events it must be found, and in
# which setting if not in each. In the build directory; $CC compiles. NAME shows
# what the walk says of one.

. "${srcdir:-.}/tests/support/tap.sh"

only=${1-}
objects="$tmp/walk.o $tmp/world.o $tmp/rules.o $tmp/print.o $tmp/nat64.o"

# compile SOURCE OBJECT
compile()
{
	# shellcheck disable=SC2086 # words
	$CC -O2 -I. -I"$srcdir/include" -I"$srcdir/lib" -I"$srcdir/lib/dial" \
		-I"$srcdir/lib/name" -I"$srcdir/tests/proofs" -c "$1" -o "$2"
}

compile_walk()
{
	compile "$srcdir/tests/proofs/engine.c" "$tmp/walk.o" &&
		compile "$srcdir/tests/proofs/plan.c" "$tmp/plan.o" &&
		compile "$srcdir/lib/name/nat64.c" "$tmp/nat64.o" || return
	for name in world rules print; do
		compile "$srcdir/tests/proofs/engine_$name.c" \
			"$tmp/$name.o" || return
	done
	for name in engine order room; do
		compile "$srcdir/lib/dial/$name.c" "$tmp/whole_$name.o" ||
			return
	done
}

# plant FILE SED: the program $tmp/fault
plant()
{
	source=$srcdir/lib/dial/$1.c
	test "$1" != plan || source=$srcdir/lib/name/plan.c
	sed "$2" "$source" >"$tmp/$1.c" || return
	if cmp -s "$source" "$tmp/$1.c"; then
		echo "$source has changed: nothing is planted"
		return 1
	fi
	compile "$tmp/$1.c" "$tmp/fault_$1.o" || return
	planted=$1
	set -- "$tmp/fault_$1.o"
	if test "$planted" = plan; then
		$CC "$1" "$tmp/plan.o" -o "$tmp/fault"
		return
	fi
	for name in engine order room; do
		test "$name" = "$planted" || set -- "$@" "$tmp/whole_$name.o"
	done
	# shellcheck disable=SC2086 # words
	$CC "$@" $objects -o "$tmp/fault"
}

# found FILE SED EVENTS [SETTING]: in the way that the walk says so
found()
{
	plant "$1" "$2" || return
	! timeout 60 "$tmp/fault" "$3" ${4:+"$4"} >"$tmp/said" || return
	test -z "$only" || cat "$tmp/said" >&2
	grep '^not ok' "$tmp/said"
}

ok "the walk can be built" compile_walk
while IFS=@ read -r name file change events setting; do
	case $only in '' | "$name") ;; *) continue ;; esac
	ok "$name" found "$file" "$change" "$events" \
		"$setting"
done <<'TABLE'
the attempt delay is another one@engine@s/ATTEMPT_DELAY = 250000/ATTEMPT_DELAY = 200000/@1
IPv4 does not wait for IPv6@engine@s/first_added + least(e->resolution_delay/first_added + 0 * least(e->resolution_delay/@2
IPv4 waits for IPv6 too long@engine@s/first_added + least(e->resolution_delay/first_added + 2 * least(e->resolution_delay/@2
a silent address has less time@engine@s,attempt_delay \* 2 / 5,attempt_delay / 5,@4
an attempt has a quarter of the time left@engine@s,(deadline_of(e) - began) / 2,(deadline_of(e) - began) / 4,@4
the least delay is less@engine@s/LEAST_DELAY = 10000/LEAST_DELAY = 5000/@4
the clock runs back@engine@s/if (now > e->now)/if (now != e->now)/@2
a failure hurries nobody@engine@/^static void hurry/,/^}/s/hurried = 1/hurried = 0/@4
one failure hurries all that follow@engine@/^static enum dial_action start/,/^}/s/hurried = 0/hurried += 0/@4
a NAT64 is not awaited@engine@s/is_idle(e) && !e->awaited/is_idle(e)/@4
an attempt gives way again and again@engine@s/gave_way = 1/gave_way = 0/@4
a connection gives way@engine@s/a.state != SOCKET_ATTEMPT_PENDING/a.state == SOCKET_ATTEMPT_WAITING/@6@all of it
others stay open@engine@/^	end_all(e, SOCKET_ATTEMPT_CANCELLED/d@4
the time is over, and it does not say so@engine@s/e->late = late/e->late = 0/@4
the last wait is not made up for@engine@s/last_wait + compensation(e)/last_wait/@6@a history, a last wait
lanes do not keep apart@engine@s/least(e->last_started, start) + gap/least(e->last_started, start)/@4
what was silent loses a tenth@engine@s/HEAD_START = 20/HEAD_START = 10/@6@a history, a deadline
a connection that stands delays nobody@engine@/^void socket6_dial_stands/,/^}/s/->last = e->now/->last += 0/@4
a place too many@engine@s/pending_count < e->most/pending_count <= e->most/@4
a place is not given back@engine@/^static void end(/,/^}/s/pending_count--/pending_count -= state != SOCKET_ATTEMPT_WAITING/@4
due is not the deadline@engine@s/(last != -1 \&\& last < next) ? last : next/0 ? last : next/@2
no deadline of 0@engine@s/(e->deadline != 0 ||/(e->deadline == -7 ||/@4
no attempt without a wait where there is no time@engine@s/e->deadline != 0 ||/1 ||/@4
late IPv6 is not first@engine@s/} else if (v6 && !e->mixed) {/} else if (0) {/@4
two answers count as one with both families@engine@s/} else if (v6 && !e->mixed) {/} else if (v6) {/@4
the families are not counted anew@engine@/^static void recount/,/^}/s/room->of\[0\]--/room->of[0] -= 0/@3
the family is that of long ago@engine@s/entry->v4 = socket6_room_is_v4(room, .entry->a.addr)/entry->v4 += 0/@6@a NAT64, one at once
what was tried stays in the list@engine@/^static void take_back/,/^}/s/room->started--/room->started -= 0/@4
no attempt makes room@engine@s/e->crowded = longest_pending(e) != NO_ENTRY/e->crowded = 0/@6@few descriptors
room is made for ever@engine@/^static enum dial_action give_way/,/^}/s/e->crowded = 0/e->crowded += 0/@6@few descriptors
all is asked once@engine@s/^	e->asked++;/	e->asked += 0;/@6@a history that changes
the last of the other family stays@engine@s/<= room->of\[v4\] + 1/<= room->of[v4] + 9/@2
what was tried makes room@engine@s/^	return last != NO_ENTRY ? last : e->lanes/	return e->pending.last != NO_ENTRY ? e->pending.last : e->lanes/@4
the families do not take turns@order@s/is_begun ? !lane->was_v4/is_begun ? lane->was_v4/@4
the other family is first@order@s/int v4 = e->first_is_v4;/int v4 = !e->first_is_v4;/@2
a refusal explains little@order@/case ECONNREFUSED/,/return/s/return 6/return 0/@5@each reason
the last of two reasons is told@order@s/> socket6_dial_rank(\*reason)/>= socket6_dial_rank(*reason)/@6@each reason
no reason is told of what had no descriptor@order@s/state == SOCKET_ATTEMPT_WAITING)/state == 99)/@6@no time
what won was silent@order@s/a->state == SOCKET_ATTEMPT_CONNECTED/a->state == 99/@4
silence needs no time@order@s/waited >= e->attempt_delay \&\& //@4
silence is not compared@order@s/ && waited > best(e)//@4
a list is not mended@room@/^void socket6_list_remove/,/^}/s/: &e\[next\].before) = before/: \&e[next].before) = next/@4
an address is not found@room@s/^	\*bucket = i;/	*bucket = *bucket;/@1
a place is not forgotten@room@s/^	\*at = entry->same;/	*at = *at;/@3
no delay@plan@s/p->begun + p->delay/p->begun/@0
the families are asked alone for ever@plan@s/hurried ? ALONE : BOTH/hurried ? BOTH : ALONE/@0
the other family is asked@plan@s/v4 ? 1 << ASK_V4 : 1 << ASK_V6/v4 ? 1 << ASK_V6 : 1 << ASK_V4/@0
a whole answer is not all@plan@s/found & BOTH ? BOTH : found/found/@0
no such name is not the last word@plan@s/p->error\[ASK_BOTH\] == ENOENT/0/@0
both families do not end it@plan@s/(p->answered & ALONE) == ALONE/0/@0
what was told is told again@plan@s/ & ~p->told//@0
no such name wins@plan@s/& 1u << i && p->error\[i\] != ENOENT/\& 1u << i/@0
an answer is told before it is there@plan@s/p->answered & 1u << i && !p->error/p->asked \& 1u << i \&\& !p->error/@0
TABLE
done_testing
