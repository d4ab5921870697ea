/* SPDX-License-Identifier: ISC */
/*
 * check_dial_engine.c - Happy Eyeballs step by step, on a clock that the tests
 * turn.
 *
 * A table below is one behaviour. A row is a time in milliseconds, what happens
 * then, and what the engine makes of it: the attempts that it starts, each with
 * its error if it fails at once, and then
 *
 *	until 250	without an event, it has nothing to do before 250
 *	wait		only an event can bring it on
 *	connected 6a	that one has won
 *	failed ERROR	there is no address left, or no time
 *
 * 6a, 6b, ... are IPv6 addresses, 4a, 4b, ... IPv4 ones. A row that expects
 * nothing is an event after which nobody has asked the engine yet.
 */
#include "dial/engine.h"

#include "suite.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum event {
	NO_MORE,
	DO_NOTHING,
	DO_ADD,
	DO_END,
	DO_CONNECT,
	DO_FAIL,
	DO_LACK,
	DO_FAIL_AT_ONCE,
	DO_LACK_AT_ONCE,
	DO_STAND,
	DO_SLOW,
	DO_SET,
	DO_TELL_DUE,
	DO_TELL_ATTEMPTS,
	DO_TELL_VERDICTS,
};

/* Nothing but the time. */
#define TIME			DO_NOTHING, "", 0
/* The resolver gives addresses; there are no more. */
#define ADD(list)		DO_ADD, list, 0
#define END			DO_END, "", 0
/* How an attempt goes. */
#define CONNECTS(name)		DO_CONNECT, name, 0
#define FAILS(name, error)	DO_FAIL, name, error
#define LACKS(name, error)	DO_LACK, name, error
#define STANDS(name)		DO_STAND, name, 0
/* How attempts will go, once each, while they are begun. */
#define WILL_CONNECT(names)	DO_FAIL_AT_ONCE, names, 0
#define WILL_FAIL(names, error) DO_FAIL_AT_ONCE, names, error
#define WILL_LACK(names, error) DO_LACK_AT_ONCE, names, error
/* The history knows these as silent. */
#define SLOW(names)		DO_SLOW, names, 0
/* A setting in milliseconds; max is a number. */
#define SET(setting, value)	DO_SET, setting, value
/* What the engine says without a step: when it is due; the list of attempts. */
#define DUE			DO_TELL_DUE, "", 0
#define ATTEMPTS		DO_TELL_ATTEMPTS, "", 0
/* What a history is told of each attempt. */
#define VERDICTS		DO_TELL_VERDICTS, "", 0

struct row {
	int64_t milliseconds;
	enum event event;
	const char *what;
	int value;
	const char *expected;
};

struct table {
	const char *behaviour;
	struct row rows[12];
};

/* clang-format off */
static const struct table tables[] = {

/* RFC 8305 section 3: the addresses come in any order. */

{"IPv6 addresses that come first are tried without waiting for IPv4", {
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{10, ADD("4a"), "until 250"},
	{250, TIME, "start 4a, until 500"},
}},
{"IPv4 addresses wait the resolution delay for IPv6", {
	{0, ADD("4a"), "until 50"},
	{49, TIME, "until 50"},
	{50, TIME, "start 4a, wait"},
}},
{"the resolution delay begins with the first address", {
	{0, TIME, "wait"},
	{70, ADD("4a"), "until 120"},
	{100, ADD("4b"), "until 120"},
	{120, TIME, "start 4a, until 370"},
}},
{"IPv6 that comes within the resolution delay goes first, at once", {
	{0, ADD("4a 4b"), "until 50"},
	{30, ADD("6a"), "start 6a, until 280"},
	{280, TIME, "start 4a, until 530"},
}},
{"IPv6 that comes after the resolution delay is next", {
	{0, ADD("4a 4b"), "until 50"},
	{50, TIME, "start 4a, until 300"},
	{100, ADD("6a"), "until 300"},
	{300, TIME, "start 6a, until 550"},
	{550, TIME, "start 4b, wait"},
}},
{"late IPv6 finds IPv4 connected, and is not tried", {
	{0, ADD("4a"), "until 50"},
	{50, TIME, "start 4a, wait"},
	{60, CONNECTS("4a"), "connected 4a"},
	{70, ADD("6a"), "connected 4a"},
	{99, ATTEMPTS, "4a connected 50-60, 6a waiting"},
}},
{"IPv4 need not wait when there is no IPv6", {
	{0, ADD("4a"), "until 50"},
	{20, END, "start 4a, wait"},
}},
{"one answer with both families is as the resolver ordered it", {
	{0, ADD("4a 6a"), NULL},
	{0, ADD("6b"), "start 4a, until 250"},
	{250, TIME, "start 6a, until 500"},
}},
{"an answer without an address changes nothing", {
	{0, ADD(""), "wait"},
	{10, ADD("4a"), "until 60"},
	{20, ADD(""), "until 60"},
}},
{"the resolution delay can be none", {
	{0, SET("resolution delay", 0), NULL},
	{0, ADD("4a"), "start 4a, wait"},
}},
{"what came before the first step has waited already", {
	{0, ADD("4a"), NULL},
	{0, DUE, "until 0"},
	{60, TIME, "start 4a, wait"},
	{60, ATTEMPTS, "4a pending 0-"},
}},

/* Section 4: the families take turns, see the order below. */

{"the families take turns", {
	{0, ADD("6a 6b 4a 4b"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{500, TIME, "start 6b, until 750"},
	{750, TIME, "start 4b, wait"},
}},
{"one family alone is tried in its order", {
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "start 6b, wait"},
}},
{"an address that is known is passed over", {
	{0, ADD("6a 6a 4a"), "start 6a, until 250"},
	{9, ADD("6a 4a"), "until 250"},
	{250, TIME, "start 4a, wait"},
	{260, FAILS("6a", ECONNREFUSED), "wait"},
	{270, ADD("6a"), "wait"},
}},

/* Section 5: the attempts. */

{"an attempt has a quarter of a second to itself", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{249, TIME, "until 250"},
	{250, TIME, "start 4a, until 500"},
	{500, TIME, "start 6b, wait"},
}},
{"that time can be set", {
	{0, SET("attempt delay", 10), NULL},
	{0, ADD("6a 4a 6b"), "start 6a, until 10"},
	{10, TIME, "start 4a, until 20"},
}},
{"it is counted from the attempt, not from when that was due", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{300, TIME, "start 4a, until 550"},
}},
{"the first that connects wins, and all others are cancelled", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{270, CONNECTS("4a"), "connected 4a"},
	{280, DUE, "wait"},
	{280, ATTEMPTS, "6a cancelled 0-270, 4a connected 250-270, 6b waiting"},
}},
{"the first address wins over a later attempt", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{250, TIME, "start 4a, wait"},
	{260, CONNECTS("6a"), "connected 6a"},
	{260, ATTEMPTS, "6a connected 0-260, 4a cancelled 250-260"},
}},
{"an attempt that fails is followed at once", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{20, FAILS("6a", ECONNREFUSED), "start 4a, until 270"},
	{270, TIME, "start 6b, wait"},
}},
{"one failure hurries one attempt", {
	{0, ADD("6a 4a 6b 4b"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{260, FAILS("6a", EHOSTUNREACH), "start 6b, until 510"},
	{270, TIME, "until 510"},
}},
{"attempts that fail at once leave no time between them", {
	{0, WILL_FAIL("6a 6b", ENETUNREACH), NULL},
	{0, ADD("6a 6b 4a"), "start 6a ENETUNREACH, start 4a, until 250"},
	{250, TIME, "start 6b ENETUNREACH, wait"},
	{300, CONNECTS("4a"), "connected 4a"},
}},
{"an address that comes after a failure is tried at once", {
	{0, ADD("6a"), "start 6a, wait"},
	{20, FAILS("6a", ECONNREFUSED), "wait"},
	{90, ADD("4a"), "start 4a, wait"},
}},
{"and also beside an attempt that goes on", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{20, FAILS("6a", ECONNREFUSED), "start 4a, wait"},
	{30, FAILS("4a", ECONNREFUSED), "wait"},
	{40, ADD("4b 4c"), "start 4b, until 290"},
}},
{"an address that comes beside an attempt waits its turn", {
	{0, ADD("6a"), "start 6a, wait"},
	{90, ADD("4a"), "until 250"},
	{250, TIME, "start 4a, wait"},
}},
{"an address that comes late need not wait again", {
	{0, ADD("6a"), "start 6a, wait"},
	{900, ADD("4a"), "start 4a, wait"},
}},
{"when all have failed and more may come, it waits", {
	{0, ADD("6a"), "start 6a, wait"},
	{20, FAILS("6a", ECONNREFUSED), "wait"},
	{30, END, NULL},
	{30, DUE, "until 20"},
	{30, TIME, "failed ECONNREFUSED"},
}},
{"when all have failed, the dial has", {
	{0, ADD("6a 4a"), NULL},
	{0, END, "start 6a, until 250"},
	{20, FAILS("6a", ECONNREFUSED), "start 4a, wait"},
	{40, FAILS("4a", ECONNREFUSED), "failed ECONNREFUSED"},
	{50, TIME, "failed ECONNREFUSED"},
	{50, DUE, "wait"},
	{50, ATTEMPTS, "6a ECONNREFUSED 0-20, 4a ECONNREFUSED 20-40"},
}},
{"all may fail at once", {
	{0, WILL_FAIL("6a 4a", ENETUNREACH), NULL},
	{0, ADD("6a 4a"), NULL},
	{0, END, "start 6a ENETUNREACH, start 4a ENETUNREACH,"
		 " failed ENETUNREACH"},
}},
{"there may be no address at all", {
	{0, END, "failed EDESTADDRREQ"},
	{0, ATTEMPTS, ""},
}},
{"an attempt may connect while it is begun", {
	{0, WILL_CONNECT("6a"), NULL},
	{0, ADD("6a 4a"), "start 6a, connected 6a"},
	{0, ATTEMPTS, "6a connected 0-0, 4a waiting"},
}},

/* Section 8: what can be set, and the end of the time. */

{"the deadline ends what goes on", {
	{0, SET("deadline", 400), NULL},
	{0, ADD("6a 4a"), "start 6a, until 200"},
	{200, TIME, "start 4a, until 400"},
	{399, TIME, "until 400"},
	{400, TIME, "failed ETIMEDOUT"},
	{400, ATTEMPTS, "6a ETIMEDOUT 0-400, 4a ETIMEDOUT 200-400"},
}},
{"an attempt leaves the next one half of the time that is left", {
	{0, SET("deadline", 1000), NULL},
	{0, ADD("6a 4a 6b 4b 6c"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{500, TIME, "start 6b, until 750"},
	{750, TIME, "start 4b, until 875"},
	{875, TIME, "start 6c, until 1000"},
}},
{"but has ten milliseconds for itself", {
	{0, SET("deadline", 24), NULL},
	{0, ADD("6a 4a 6b"), "start 6a, until 12"},
	{12, TIME, "start 4a, until 22"},
	{22, TIME, "start 6b, until 24"},
}},
{"a late deadline changes nothing before its last half second", {
	{0, SET("deadline", 5000), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{4400, FAILS("6a", ECONNREFUSED), "start 4a, until 5000"},
	{4500, ADD("6b"), "until 4650"},
	{4650, TIME, "start 6b, until 5000"},
	{4700, ADD("6c"), "until 4825"},
}},
{"the deadline is counted from the first step", {
	{0, SET("deadline", 100), NULL},
	{0, ADD("6a"), NULL},
	{60, TIME, "start 6a, until 160"},
	{160, TIME, "failed ETIMEDOUT"},
}},
{"the deadline may come before the first answer", {
	{0, SET("deadline", 100), NULL},
	{0, TIME, "until 100"},
	{100, TIME, "failed ETIMEDOUT"},
	{110, ADD("6a"), "failed ETIMEDOUT"},
}},
{"the resolution delay leaves half of the time before the deadline", {
	{0, SET("deadline", 30), NULL},
	{0, ADD("4a"), "until 15"},
	{15, TIME, "start 4a, until 30"},
	{30, TIME, "failed ETIMEDOUT"},
}},
{"of the time that is left when the address comes", {
	{0, SET("deadline", 100), NULL},
	{0, TIME, "until 100"},
	{80, ADD("4a"), "until 90"},
	{90, TIME, "start 4a, until 100"},
}},
{"a later deadline leaves the resolution delay as it is", {
	{0, SET("deadline", 101), NULL},
	{0, ADD("4a"), "until 50"},
}},
{"an attempt that has won by the deadline has won", {
	{0, SET("deadline", 100), NULL},
	{0, ADD("6a"), "start 6a, until 100"},
	{100, CONNECTS("6a"), "connected 6a"},
}},
{"a deadline of 0 lets begin what can, and asks once", {
	{0, SET("deadline", 0), NULL},
	{0, WILL_FAIL("6a", ENETUNREACH), NULL},
	{0, ADD("6a 4a 6b"), "start 6a ENETUNREACH, start 4a,"
			     " failed ETIMEDOUT"},
}},
{"however long it takes to begin", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{20, SET("deadline", 0), NULL},
	{20, FAILS("6a", ECONNREFUSED), "start 4a, failed ECONNREFUSED"},
}},
{"a deadline of 0 may connect", {
	{0, SET("deadline", 0), NULL},
	{0, WILL_CONNECT("6a"), NULL},
	{0, ADD("6a 4a"), "start 6a, connected 6a"},
}},
{"a deadline of 0 waits for no resolution", {
	{0, SET("deadline", 0), NULL},
	{0, ADD("4a"), "start 4a, failed ETIMEDOUT"},
}},
{"nor for an address", {
	{0, SET("deadline", 0), NULL},
	{0, TIME, "failed ETIMEDOUT"},
}},
{"after the deadline nothing begins", {
	{0, SET("deadline", 100), NULL},
	{0, ADD("6a 4a"), "start 6a, until 50"},
	{100, FAILS("6a", ENETUNREACH), "failed ETIMEDOUT"},
}},
{"a deadline may be set while the dial goes on", {
	{0, ADD("6a"), "start 6a, wait"},
	{90, SET("deadline", 100), NULL},
	{90, DUE, "until 100"},
	{100, TIME, "failed ETIMEDOUT"},
}},
{"the last wait ends all, so long after the last attempt", {
	{0, SET("last wait", 300), NULL},
	{0, ADD("6a 4a"), NULL},
	{0, END, "start 6a, until 250"},
	{250, TIME, "start 4a, until 550"},
	{550, TIME, "failed ETIMEDOUT"},
	{550, ATTEMPTS, "6a ETIMEDOUT 0-550, 4a ETIMEDOUT 250-550"},
}},
{"no attempt is the last while more addresses may come", {
	{0, SET("last wait", 300), NULL},
	{0, ADD("6a"), "start 6a, wait"},
	{400, TIME, "wait"},
	{400, END, "failed ETIMEDOUT"},
}},
{"the sooner of last wait and deadline holds", {
	{0, SET("last wait", 300), NULL},
	{0, SET("deadline", 200), NULL},
	{0, ADD("6a"), NULL},
	{0, END, "start 6a, until 200"},
	{0, SET("deadline", 900), NULL},
	{0, DUE, "until 300"},
}},

/* More addresses than there is room for. */

{"one more than max is ENOBUFS, and the first are tried", {
	{0, SET("max", 2), NULL},
	{0, ADD("6a 4a 6b"), "ENOBUFS, start 6a, until 250"},
	{9, ADD("4a 6a"), "until 250"},
	{9, ADD("4b"), "ENOBUFS, until 250"},
	{9, END, "until 250"},
	{250, TIME, "start 4a, wait"},
}},
{"there may be room for none", {
	{0, SET("max", 0), NULL},
	{0, ADD("6a"), "ENOBUFS, wait"},
	{0, END, "failed EDESTADDRREQ"},
}},

{"if there are more the families take turns, and the first of each stay", {
	{0, SET("max", 4), NULL},
	{0, ADD("6a 6b 6c 6d 6e 4a"), "ENOBUFS, start 6a, until 250"},
	{0, ADD("4b 4c"), "ENOBUFS, until 250"},
	{250, TIME, "start 4a, until 500"},
	{500, TIME, "start 6b, until 750"},
	{750, TIME, "start 4b, wait"},
}},
{"what was tried stays", {
	{0, SET("max", 2), NULL},
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "start 6b, wait"},
	{260, ADD("4a"), "ENOBUFS, wait"},
}},
{"what was silent of late has its place as the others", {
	{0, SET("max", 3), NULL},
	{0, SLOW("6b"), NULL},
	{0, ADD("6a 6b 6c"), "start 6a, until 250"},
	{9, ADD("4a"), "ENOBUFS, until 250"},
	{9, ATTEMPTS, "6a pending 0-, 6b waiting, 4a waiting"},
}},

/* What this host lacks may come back. */

{"where no descriptor is left the longest attempt gives its own away, once", {
	{0, WILL_LACK("4a", EMFILE), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{250, TIME, "start 4a EMFILE, drop 6a, start 4a, until 500"},
	{260, ATTEMPTS, "4a pending 250-, 6a waiting"},
	{260, WILL_LACK("6a", EMFILE), NULL},
	{500, TIME, "start 6a EMFILE, drop 4a, start 6a, until 750"},
	{510, WILL_LACK("4a", EMFILE), NULL},
	{750, TIME, "start 4a EMFILE, until 1000"},
	{750, ATTEMPTS, "6a pending 500-, 4a waiting EMFILE"},
	{1000, TIME, "start 4a, wait"},
}},
{"and another attempt that failed has left its own", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{250, WILL_LACK("4a", EMFILE), "start 4a EMFILE, drop 6a, start 4a, until 500"},
	{300, FAILS("4a", ECONNREFUSED), "start 6b, until 550"},
	{550, WILL_LACK("6a", EMFILE), "start 6a EMFILE, drop 6b, start 6a, until 800"},
	{560, WILL_LACK("6b", EMFILE), NULL},
	{800, TIME, "start 6b EMFILE, until 1050"},
	{900, FAILS("6a", ECONNREFUSED), "start 6b, wait"},
}},
{"with no other attempt it has failed", {
	{0, WILL_LACK("6a 4a", EMFILE), NULL},
	{0, ADD("6a 4a"), NULL},
	{0, END, "start 6a EMFILE, start 4a EMFILE, failed EMFILE"},
}},
{"an attempt that lacks something later has failed", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{250, TIME, "start 4a, wait"},
	{260, LACKS("6a", ENOBUFS), "wait"},
	{270, LACKS("4a", ENOBUFS), "wait"},
	{270, END, "failed ENOBUFS"},
}},
{"what was lacking is told when the time is over", {
	{0, SET("deadline", 300), NULL},
	{0, ADD("6a 4a"), "start 6a, until 150"},
	{150, WILL_LACK("4a", EMFILE), "start 4a EMFILE, drop 6a, start 4a, until 225"},
	{160, WILL_LACK("6a", EMFILE), NULL},
	{225, TIME, "start 6a EMFILE, drop 4a, start 6a, until 263"},
	{230, WILL_LACK("4a", EMFILE), NULL},
	{263, TIME, "start 4a EMFILE, until 282"},
	{270, SET("attempt delay", 2000), NULL},
	{300, TIME, "failed EMFILE"},
}},

/* So many at once. */

{"there may be a limit to attempts at once", {
	{0, SET("most", 2), NULL},
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{300, FAILS("6a", ECONNREFUSED), "start 6b, wait"},
}},
{"then too the longest gives way, once", {
	{0, SET("most", 1), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{250, TIME, "drop 6a, start 4a, until 500"},
	{500, TIME, "drop 4a, start 6a, wait"},
	{900, FAILS("6a", ETIMEDOUT), "start 4a, wait"},
}},

{"who gave way goes after all others, of both families", {
	{0, SET("most", 1), NULL},
	{0, ADD("6a 4a 6b 6c"), "start 6a, until 250"},
	{250, TIME, "drop 6a, start 4a, until 500"},
	{500, TIME, "drop 4a, start 6b, until 750"},
	{750, TIME, "drop 6b, start 6c, until 1000"},
	{1000, TIME, "drop 6c, start 4a, wait"},
}},
{"and after those that were silent", {
	{0, SET("most", 1), NULL},
	{0, SLOW("6b"), NULL},
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "drop 6a, start 6b, until 350"},
	{350, TIME, "drop 6b, start 6a, wait"},
}},
{"what was silent waits no longer because an attempt gives way", {
	{0, SET("most", 1), NULL},
	{0, SLOW("6b"), NULL},
	{0, ADD("6a 6b 6c 6d"), "start 6a, until 250"},
	{250, TIME, "drop 6a, start 6c, until 500"},
	{500, TIME, "drop 6c, start 6b, until 600"},
	{600, TIME, "drop 6b, start 6d, until 850"},
}},
{"what gave way is asked about again if the history has changed", {
	{0, SET("most", 1), NULL},
	{0, SLOW("6b"), NULL},
	{0, ADD("6a 6b 6c 6d"), "start 6a, until 250"},
	{250, TIME, "drop 6a, start 6c, until 500"},
	{500, TIME, "drop 6c, start 6b, until 600"},
	{550, SLOW(""), NULL},
	{600, TIME, "drop 6b, start 6d, until 850"},
	{850, TIME, "drop 6d, start 6a, wait"},
}},
{"one does not give way before it had its time", {
	{0, SET("most", 1), NULL},
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a 4b"), "start 4a, until 250"},
	{20, FAILS("4a", ECONNREFUSED), "start 4b, until 270"},
	{270, TIME, "drop 4b, start 6a, until 370"},
}},

/* Connections that are to be confirmed. */

{"a connection that stands leaves the race to go on", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{20, STANDS("6a"), "until 270"},
	{20, ATTEMPTS, "6a unconfirmed 0-20, 4a waiting, 6b waiting"},
	{270, TIME, "start 4a, until 520"},
	{290, CONNECTS("6a"), "connected 6a"},
	{290, ATTEMPTS, "6a connected 0-290, 4a cancelled 270-290, 6b waiting"},
}},
{"one that is rejected is followed at once", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{20, STANDS("6a"), "until 270"},
	{30, FAILS("6a", ECONNRESET), "start 4a, wait"},
}},
{"one that is not confirmed in time was silent", {
	{0, SET("deadline", 400), NULL},
	{0, ADD("6a"), NULL},
	{0, END, "start 6a, until 400"},
	{20, STANDS("6a"), "until 400"},
	{400, TIME, "failed ETIMEDOUT"},
	{400, VERDICTS, "6a silent"},
}},
{"nor does one that stands give way", {
	{0, SET("most", 1), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{20, STANDS("6a"), "wait"},
	{400, FAILS("6a", ECONNRESET), "start 4a, wait"},
}},

/* Addresses that were silent of late. */

{"a silent address goes after the first, whatever its family's turn", {
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a 4b"), "start 4a, until 250"},
	{250, TIME, "start 4b, until 260"},
	{260, TIME, "start 6a, wait"},
}},
{"it does not delay the others", {
	{0, SLOW("6a 6b"), NULL},
	{0, ADD("6a 6b 4a 4b 4c"), "start 4a, until 250"},
	{250, TIME, "start 4b, until 260"},
	{260, TIME, "start 6a, until 360"},
	{360, TIME, "start 6b, until 500"},
	{500, TIME, "start 4c, wait"},
}},
{"one that is found to be silent late does not begin together with another", {
	{0, SLOW("6b"), NULL},
	{0, SET("deadline", 1000), NULL},
	{0, ADD("6a 4a 6c 6b"), "start 6a, until 250"},
	{250, TIME, "start 4a, until 500"},
	{500, TIME, "start 6c, until 510"},
	{510, TIME, "start 6b, until 1000"},
}},
{"nor is it delayed by them for more than a twentieth of the time", {
	{0, SET("deadline", 600), NULL},
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a 4b"), "start 4a, until 30"},
	{30, TIME, "start 6a, until 250"},
	{250, TIME, "start 4b, until 600"},
}},
{"where all begin at once it does too", {
	{0, SET("deadline", 0), NULL},
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a"), "start 4a, start 6a, failed ETIMEDOUT"},
}},
{"the last wait gives it the time that the others have had", {
	{0, SET("last wait", 300), NULL},
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a"), NULL},
	{0, END, "start 4a, until 250"},
	{10, FAILS("4a", ECONNREFUSED), "start 6a, until 820"},
}},
{"a failure hurries both lanes", {
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 4a 4b 4c"), "start 4a, until 250"},
	{20, FAILS("4a", ECONNREFUSED), "start 4b, start 6a, until 270"},
}},
{"of those that were silent too the families take turns", {
	{0, SLOW("6a 6b 6c 4c"), NULL},
	{0, ADD("6a 6b 6c 4a 4b 4c"), "start 4a, until 250"},
	{20, FAILS("4a", ECONNREFUSED), "start 4b, start 6a, until 120"},
	{120, TIME, "start 6b, until 220"},
	{220, TIME, "start 6c, until 320"},
	{320, TIME, "start 4c, wait"},
}},
{"and where it is the turn of both, what was there sooner begins", {
	{0, SLOW("4a 4b 6a 6b"), NULL},
	{0, SET("resolution delay", 0), NULL},
	{0, ADD("4a 4b"), "start 4a, until 100"},
	{10, ADD("6a 6b"), "until 100"},
	{100, TIME, "start 6a, until 200"},
	{200, TIME, "start 4b, until 300"},
	{300, TIME, "start 6b, wait"},
}},
{"it is waited for less: not below what RFC 8305 recommends", {
	{0, SLOW("6a 4a 6b"), NULL},
	{0, ADD("6a 4a 6b"), "start 6a, until 100"},
	{100, TIME, "start 4a, until 200"},
}},
{"nor ever below what it demands", {
	{0, SET("attempt delay", 20), NULL},
	{0, SLOW("6a 4a"), NULL},
	{0, ADD("6a 4a"), "start 6a, until 10"},
}},
{"it is tried at once when it is all there is", {
	{0, SLOW("6a"), NULL},
	{0, ADD("6a"), "start 6a, wait"},
	{20, CONNECTS("6a"), "connected 6a"},
}},
{"what comes later and was not silent need not wait for it", {
	{0, SLOW("6a 6b"), NULL},
	{0, ADD("6a 6b"), "start 6a, until 100"},
	{90, ADD("4a"), "start 4a, until 100"},
	{100, TIME, "start 6b, wait"},
}},
{"what the history says may change until it is tried", {
	{0, SLOW("6a"), NULL},
	{0, ADD("6a 6b 4a"), "start 4a, until 250"},
	{100, SLOW("6b"), NULL},
	{250, TIME, "start 6a, until 260"},
	{260, TIME, "start 6b, wait"},
}},

/* The clock. */

{"a clock that leaps ahead is taken at its word, one attempt at a time", {
	{0, ADD("6a 4a 6b"), "start 6a, until 250"},
	{3600000, TIME, "start 4a, until 3600250"},
}},
{"a clock that leaps past the deadline ends the dial", {
	{0, SET("deadline", 1000), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{3600000, TIME, "failed ETIMEDOUT"},
}},
{"a clock that runs back stands still", {
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{200, TIME, "until 250"},
	{-3600000, TIME, "until 250"},
	{100, ADD("6b"), "until 250"},
	{-1, FAILS("6a", ECONNREFUSED), "start 4a, until 450"},
	{150, CONNECTS("4a"), "connected 4a"},
	{0, ATTEMPTS, "6a ECONNREFUSED 0-200, 4a connected 200-200,"
		      " 6b waiting"},
}},

/* What a dial has learnt when it is over. */

{"only silence is silence", {
	{0, SET("attempt delay", 1000), NULL},
	{0, ADD("6a 6b 6c 6d 6e 6f 6g"), "start 6a, until 1000"},
	{1000, FAILS("6a", ECONNREFUSED), "start 6b, until 2000"},
	{2000, FAILS("6b", ECONNRESET), "start 6c, until 3000"},
	{3000, FAILS("6c", ETIMEDOUT), "start 6d, until 4000"},
	{4000, FAILS("6d", EHOSTUNREACH), "start 6e, until 5000"},
	{5000, FAILS("6e", ENETUNREACH), "start 6f, until 6000"},
	{6000, FAILS("6f", EMFILE), "start 6g, wait"},
	{6500, CONNECTS("6g"), "connected 6g"},
	{6500, VERDICTS, "6a answered, 6b answered, 6c silent, 6d -, 6e -, 6f -,"
			 " 6g answered"},
}},
{"a deadline sooner than the attempt delay shows no silence", {
	{0, SET("deadline", 249), NULL},
	{0, ADD("6a"), "start 6a, until 249"},
	{249, TIME, "failed ETIMEDOUT"},
	{249, VERDICTS, "6a -"},
}},
{"one at its end does", {
	{0, SET("deadline", 250), NULL},
	{0, ADD("6a"), NULL},
	{0, END, "start 6a, until 250"},
	{250, TIME, "failed ETIMEDOUT"},
	{250, VERDICTS, "6a silent"},
}},
{"an attempt that was overtaken was silent", {
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "start 6b, wait"},
	{270, CONNECTS("6b"), "connected 6b"},
	{270, VERDICTS, "6a silent, 6b answered"},
}},
{"so it was with the least delay there is", {
	{0, SET("attempt delay", 10), NULL},
	{0, ADD("6a 6b"), "start 6a, until 10"},
	{10, TIME, "start 6b, wait"},
	{19, CONNECTS("6b"), "connected 6b"},
	{19, VERDICTS, "6a silent, 6b answered"},
}},
{"not if it had less time than an attempt is given", {
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "start 6b, wait"},
	{260, CONNECTS("6a"), "connected 6a"},
	{260, VERDICTS, "6a answered, 6b -"},
}},
{"nor if it had less time than the other one needed", {
	{0, ADD("6a 6b"), "start 6a, until 250"},
	{250, TIME, "start 6b, wait"},
	{600, CONNECTS("6a"), "connected 6a"},
	{600, VERDICTS, "6a answered, 6b -"},
}},
{"nor if it had as much", {
	{0, ADD("6a 6b 6c 6d"), "start 6a, until 250"},
	{250, TIME, "start 6b, until 500"},
	{300, FAILS("6a", EHOSTUNREACH), "start 6c, until 550"},
	{300, FAILS("6b", EHOSTUNREACH), "start 6d, wait"},
	{700, CONNECTS("6c"), "connected 6c"},
	{700, VERDICTS, "6a -, 6b -, 6c answered, 6d -"},
}},
{"an attempt that did not begin was not silent", {
	{0, SET("attempt delay", 2000), NULL},
	{0, SET("deadline", 1000), NULL},
	{0, ADD("6a 6b"), "start 6a, until 500"},
	{1000, TIME, "failed ETIMEDOUT"},
	{1000, VERDICTS, "6a -"},
}},

/* The reason that says most, of those in the order below. */

{"a refusal says more than the attempts that came after it", {
	{0, SET("deadline", 500), NULL},
	{0, ADD("6a 4a"), "start 6a, until 250"},
	{20, FAILS("6a", ECONNREFUSED), "start 4a, until 500"},
	{500, TIME, "failed ECONNREFUSED"},
}},
{"the end of the time says more than a missing route", {
	{0, SET("deadline", 300), NULL},
	{0, ADD("6a"), "start 6a, until 300"},
	{20, FAILS("6a", ENETUNREACH), "until 300"},
	{300, TIME, "failed ETIMEDOUT"},
}},
{"a missing route says more than nothing", {
	{0, WILL_FAIL("6a", ENETUNREACH), NULL},
	{0, ADD("6a"), NULL},
	{0, END, "start 6a ENETUNREACH, failed ENETUNREACH"},
}},
};
/* clang-format on */

/* ---- what runs them ---- */

enum { MAX = 8, START = 1000000 };

/* How attempts will go while they are begun; a name is used up. */
struct omen {
	char names[16];
	int error; /* 0: it connects */
	int lacks;
};

struct race {
	struct dial_engine engine;
	struct dial_entry entries[MAX];
	size_t buckets[MAX + 1], tried[MAX];
	char slow[32]; /* what the history knows as silent */
	struct omen omen;
	int64_t now;
	char said[256];
};

/* 6a is 2001:db8::a, 4a is 192.0.2.10. */
static struct socket_addr6 address(const char *name)
{
	static const char v6[16] = "\x20\x01\x0d\xb8";
	static const char v4[16] = "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2";
	struct socket_addr6 a = {.port = 80};

	memcpy(a.ip, *name == '6' ? v6 : v4, 16);
	a.ip[15] = (char)(name[1] - 'a' + 10);
	return a;
}

static const char *name_of(const struct socket_addr6 *a)
{
	static char name[3];

	name[0] = ip6_isv4mapped(a->ip) ? '4' : '6';
	name[1] = (char)(a->ip[15] - 10 + 'a');
	return name;
}

/* The name after this one and a space, or the end of them all. */
static const char *next_name(const char *name)
{
	return name + (name[2] ? 3 : 2);
}

/* The addresses of these names; how many. */
static size_t addresses(const char *names, struct socket_addr6 *addrs)
{
	size_t n = 0;

	for (; *names; names = next_name(names))
		addrs[n++] = address(names);
	return n;
}

/* Where that address has its entry. */
static size_t entry_of(const struct dial_engine *e, const char *name)
{
	for (size_t i = 0; i < e->room.count; i++)
		if (strncmp(name_of(&e->room.entries[i].a.addr), name, 2) == 0)
			return i;
	ck_abort_msg("%s is not among the addresses", name);
	return 0;
}

static const char *error_name(int error)
{
	static const struct {
		int error;
		const char *name;
	} errors[] = {
#define NAMED(name) {name, #name}
		NAMED(EADDRNOTAVAIL), NAMED(ECONNREFUSED), NAMED(EDESTADDRREQ),
		NAMED(EHOSTUNREACH),  NAMED(EMFILE),	   NAMED(ENETUNREACH),
		NAMED(ENOBUFS),	      NAMED(ETIMEDOUT),
#undef NAMED
	};

	for (size_t i = 0; i < LENGTH(errors); i++)
		if (errors[i].error == error)
			return errors[i].name;
	return "another error";
}

/* Adds to what was said, after a comma. */
__attribute__((format(printf, 2, 3))) static void say(struct race *r,
						      const char *format, ...)
{
	size_t len = strlen(r->said);
	va_list args;

	va_start(args, format);
	if (len)
		len += (size_t)sprintf(r->said + len, ", ");
	vsnprintf(r->said + len, sizeof r->said - len, format, args);
	va_end(args);
}

/* A time of the engine's clock in the table's milliseconds, rounded up. */
static long table_time(int64_t microseconds)
{
	return (long)((microseconds - START + 999) / 1000);
}

static void say_due(struct race *r)
{
	int64_t due = socket6_dial_due(&r->engine);

	if (due == -1)
		say(r, "wait");
	else
		say(r, "until %ld", table_time(due));
}

/* Begins an attempt, which goes as the omen has it. */
static void begin(struct race *r, size_t i)
{
	const char *name = name_of(&r->entries[i].a.addr);
	const struct omen *omen = &r->omen;
	char *at = strstr(r->omen.names, name);

	say(r, "start %s", name);
	if (!at)
		return;
	*at = '-';
	if (!omen->error) {
		socket6_dial_connected(&r->engine, r->now, i);
		return;
	}
	sprintf(r->said + strlen(r->said), " %s", error_name(omen->error));
	(omen->lacks ? socket6_dial_lacking
		     : socket6_dial_failed)(&r->engine, r->now, i, omen->error);
}

static void obey(struct race *r, enum dial_action action, size_t i)
{
	const char *name = name_of(&r->entries[i].a.addr);

	if (action == DIAL_START)
		begin(r, i);
	else if (action == DIAL_DROP)
		say(r, "drop %s", name);
	else
		socket6_dial_is(&r->engine, i, strstr(r->slow, name) != NULL);
}

/* What the driver's step does, and what it would wait for then. */
static void step(struct race *r)
{
	enum dial_action action;
	size_t i;

	while ((action = socket6_dial_next(&r->engine, r->now, &i)) < DIAL_WAIT)
		obey(r, action, i);
	if (action == DIAL_WAIT)
		say_due(r);
	else if (action == DIAL_CONNECTED)
		say(r, "connected %s", name_of(&r->entries[i].a.addr));
	else
		say(r, "failed %s",
		    error_name(socket6_dial_reason(&r->engine)));
}

static void say_attempt(struct race *r, const struct socket_attempt6 *a)
{
	static const char *const states[] = {"waiting",	  "pending",
					     "connected", "",
					     "cancelled", "unconfirmed"};
	const char *error = a->error ? error_name(a->error) : "";
	char times[48] = "";

	if (a->state == SOCKET_ATTEMPT_PENDING)
		sprintf(times, " %ld-", (long)(a->start / 1000));
	else if (a->state != SOCKET_ATTEMPT_WAITING)
		sprintf(times, " %ld-%ld", (long)(a->start / 1000),
			(long)(a->end / 1000));
	say(r, "%s %s%s%s%s", name_of(&a->addr), states[a->state],
	    *states[a->state] && *error ? " " : "", error, times);
}

/* Those that were tried, then those that wait. */
static void say_attempts(struct race *r)
{
	const struct dial_room *room = &r->engine.room;

	for (size_t k = 0; k < room->started; k++)
		say_attempt(r, &r->entries[r->tried[k]].a);
	for (size_t i = 0; i < room->count; i++)
		if (r->entries[i].a.state == SOCKET_ATTEMPT_WAITING)
			say_attempt(r, &r->entries[i].a);
}

/* Of those that began. */
static void say_verdicts(struct race *r)
{
	static const char *const verdicts[] = {"-", "answered", "silent"};

	for (size_t k = 0; k < r->engine.room.started; k++) {
		size_t i = r->tried[k];

		say(r, "%s %s", name_of(&r->entries[i].a.addr),
		    verdicts[socket6_dial_verdict(&r->engine, i)]);
	}
}

static void add(struct race *r, const char *names)
{
	struct socket_addr6 addrs[MAX];
	size_t n = addresses(names, addrs);

	errno = 0;
	if (socket6_dial_add(&r->engine, r->now, addrs, n) == -1)
		say(r, "%s", error_name(errno));
}

static void set(struct dial_engine *e, const char *setting, int value)
{
	int64_t microseconds = (int64_t)value * 1000;

	if (strcmp(setting, "max") == 0)
		e->room.max = (size_t)value;
	else if (strcmp(setting, "most") == 0)
		e->most = (size_t)value;
	else if (strcmp(setting, "attempt delay") == 0)
		e->attempt_delay = microseconds;
	else if (strcmp(setting, "resolution delay") == 0)
		e->resolution_delay = microseconds;
	else if (strcmp(setting, "last wait") == 0)
		e->last_wait = microseconds;
	else
		e->deadline = microseconds;
}

static void init(struct race *r)
{
	socket6_dial_init(&r->engine);
	r->engine.room.entries = r->entries;
	r->engine.room.buckets = r->buckets;
	r->engine.room.tried = r->tried;
	socket6_room_rehash(&r->engine.room, MAX);
}

/* What happens to an attempt or to an address. */
static void happen_to(struct race *r, const struct row *row)
{
	struct dial_engine *e = &r->engine;
	size_t i = entry_of(e, row->what);

	if (row->event == DO_CONNECT)
		socket6_dial_connected(e, r->now, i);
	else if (row->event == DO_STAND)
		socket6_dial_stands(e, r->now, i);
	else if (row->event == DO_FAIL)
		socket6_dial_failed(e, r->now, i, row->value);
	else
		socket6_dial_lacking(e, r->now, i, row->value);
}

/* Those that wait are to be asked about again. */
static void mark_slow(struct race *r, const char *names)
{
	strcpy(r->slow, names);
	r->engine.asks = 1;
	socket6_dial_ask_again(&r->engine);
}

static void happen(struct race *r, const struct row *row)
{
	switch (row->event) {
	case DO_ADD:
		add(r, row->what);
		break;
	case DO_END:
		r->engine.ended = 1;
		break;
	case DO_CONNECT:
	case DO_FAIL:
	case DO_LACK:
	case DO_STAND:
		happen_to(r, row);
		break;
	case DO_FAIL_AT_ONCE:
	case DO_LACK_AT_ONCE:
		strcpy(r->omen.names, row->what);
		r->omen.error = row->value;
		r->omen.lacks = row->event == DO_LACK_AT_ONCE;
		break;
	case DO_SLOW:
		mark_slow(r, row->what);
		break;
	case DO_SET:
		set(&r->engine, row->what, row->value);
		break;
	default:
		break;
	}
}

static void run_row(struct race *r, const struct row *row)
{
	r->now = START + row->milliseconds * 1000;
	r->said[0] = '\0';
	happen(r, row);
	if (!row->expected)
		return;
	if (row->event == DO_TELL_DUE)
		say_due(r);
	else if (row->event == DO_TELL_ATTEMPTS)
		say_attempts(r);
	else if (row->event == DO_TELL_VERDICTS)
		say_verdicts(r);
	else
		step(r);
}

CASE("engine")

LOOP_TEST(the_engine_does_as_the_table_says, LENGTH(tables))
{
	const struct table *table = &tables[_i];
	struct race r = {.now = START};

	init(&r);
	for (const struct row *row = table->rows; row->event; row++) {
		run_row(&r, row);
		if (row->expected)
			ck_assert_msg(strcmp(r.said, row->expected) == 0,
				      "%s, row %d: \"%s\", not \"%s\"",
				      table->behaviour,
				      (int)(row - table->rows) + 1, r.said,
				      row->expected);
	}
}

/* ---- the order ---- */

/* Addresses, which of them are silent, and the order of their attempts. */
static const struct {
	const char *addrs, *silent, *order;
} orders[] = {
	{"6a", "", "6a"},
	{"6a 6b 6c", "", "6a 6b 6c"},
	{"4a 4b", "", "4a 4b"},
	/* RFC 8305 section 4: the families take turns. */
	{"6a 6b 4a 4b", "", "6a 4a 6b 4b"},
	{"6a 4a 6b 4b", "", "6a 4a 6b 4b"},
	{"4a 6a 6b 6c", "", "4a 6a 6b 6c"},
	/* The resolver's first address says which is first (RFC 6724). */
	{"4a 4b 6a 6b", "", "4a 6a 4b 6b"},
	{"6a 4a 4b 4c", "", "6a 4a 4b 4c"},
	/* One that comes twice is tried once, in its first place. */
	{"6a 6b 6a 4a 4a", "", "6a 4a 6b"},
	/* What is silent comes last, the families taking turns there too. */
	{"6a 4a", "6a", "4a 6a"},
	{"6a 4a", "6a 4a", "6a 4a"},
	{"6a 6b 4a 4b", "6a 6b", "4a 4b 6a 6b"},
	{"6a 6b 4a 4b", "6b", "6a 4a 4b 6b"},
	/* Its family not first, for the rest of it may be silent too. */
	{"6a 6b 4a 4b", "6a", "4a 6b 4b 6a"},
	{"4a 4b 6a 6b", "4a", "6a 4b 6b 4a"},
	{"6a 6b 4a", "6a 4a", "6b 6a 4a"},
	{"6a 6b 4a 4b 4c", "6a 6b 4c", "4a 4b 6a 6b 4c"},
};

CASE("order")

LOOP_TEST(addresses_are_tried_in_order, LENGTH(orders))
{
	struct race r = {.now = START};
	char order[64] = "";
	enum dial_action action;
	size_t i;

	init(&r);
	add(&r, orders[_i].addrs);
	mark_slow(&r, orders[_i].silent);
	r.engine.ended = 1;
	while ((action = socket6_dial_next(&r.engine, r.now, &i)) < DIAL_WAIT) {
		if (action == DIAL_ASK) {
			obey(&r, action, i);
			continue;
		}
		sprintf(order + strlen(order), "%s%s", *order ? " " : "",
			name_of(&r.entries[i].a.addr));
		socket6_dial_failed(&r.engine, r.now, i, ECONNREFUSED);
	}
	ck_assert_str_eq(order, orders[_i].order);
}

/* Section 8, in microseconds. */
TEST(the_delays_are_those_of_rfc_8305_unless_set)
{
	struct dial_engine e;

	socket6_dial_init(&e);
	ck_assert_int_eq(e.resolution_delay, 50000);
	ck_assert_int_eq(e.attempt_delay, 250000);
}

TEST(another_port_or_scope_is_another_address)
{
	struct race r = {.now = START};
	struct socket_addr6 a[3];

	a[0] = a[1] = a[2] = address("6a");
	a[1].port++;
	a[2].scope_id++;
	init(&r);
	assert_gives(0, socket6_dial_add(&r.engine, START, a, 3));
	ck_assert_uint_eq(r.engine.room.count, 3);
	assert_gives(0, socket6_dial_add(&r.engine, START, a, 3));
	ck_assert_uint_eq(r.engine.room.count, 3);
}

/* To ask may take longer than the time that is left, of many addresses. */
TEST(no_history_is_asked_after_the_deadline)
{
	struct race r = {.now = START};
	size_t i;

	init(&r);
	add(&r, "6a 6b");
	mark_slow(&r, "6a 6b");
	r.engine.deadline = 1000;
	ck_assert_int_eq(socket6_dial_next(&r.engine, START, &i), DIAL_ASK);
	obey(&r, DIAL_ASK, i);
	ck_assert_int_eq(socket6_dial_next(&r.engine, START + 1000, &i),
			 DIAL_FAILED);
	ck_assert_int_eq(socket6_dial_reason(&r.engine), ETIMEDOUT);
}

/* RFC 8305 section 7: the local NAT64 has 2001:db8::/96. */
static void find_nat64(struct race *r)
{
	struct nat64 nat64 = {.n = 1, .prefixes = {{.bits = 96}}};
	struct socket_addr6 behind = address("6a");

	memcpy(nat64.prefixes[0].ip, behind.ip, 12);
	socket6_dial_set_nat64(&r->engine, &nat64);
}

TEST(what_gave_way_before_its_prefix_was_known_is_ipv4_when_it_waits_again)
{
	struct race r = {.now = START};

	init(&r);
	r.engine.most = 1;
	add(&r, "6a 4a");
	step(&r);
	find_nat64(&r);
	ck_assert_int_eq(r.entries[0].a.state, SOCKET_ATTEMPT_PENDING);
	r.now += 250000;
	step(&r);
	ck_assert_int_eq(r.entries[0].a.state, SOCKET_ATTEMPT_WAITING);
	ck_assert_int_eq(r.entries[0].v4, 1);
	ck_assert_uint_eq(r.engine.room.of[0], 0);
	ck_assert_uint_eq(r.engine.room.of[1], 2);
}

TEST(so_is_what_there_was_no_descriptor_for)
{
	struct race r = {.now = START};
	size_t i;

	init(&r);
	add(&r, "6a 6b");
	step(&r);
	r.now += 250000;
	ck_assert_int_eq(socket6_dial_next(&r.engine, r.now, &i), DIAL_START);
	find_nat64(&r);
	socket6_dial_lacking(&r.engine, r.now, i, EMFILE);
	ck_assert_int_eq(r.entries[i].a.state, SOCKET_ATTEMPT_WAITING);
	ck_assert_int_eq(r.entries[i].v4, 1);
}

/* ---- the reason ---- */

/* In each row, up to a 0, one says as much as another, and more than below. */
static const int reasons[][5] = {
	{ECONNREFUSED},
	{ECONNRESET},
	{EHOSTUNREACH, EACCES, EPERM},
	{EMFILE, EADDRINUSE, EINVAL, ENOBUFS},
	{ETIMEDOUT},
	{ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT},
};

/* The reason when two attempts have failed so. */
static int reason_of(int first, int second)
{
	struct race r = {.now = START};
	size_t i;

	init(&r);
	add(&r, "6a 4a");
	r.engine.ended = 1;
	socket6_dial_next(&r.engine, START, &i);
	socket6_dial_failed(&r.engine, START, i, first);
	socket6_dial_next(&r.engine, START, &i);
	socket6_dial_failed(&r.engine, START, i, second);
	ck_assert_int_eq(socket6_dial_next(&r.engine, START, &i), DIAL_FAILED);
	return socket6_dial_reason(&r.engine);
}

CASE("reason")

LOOP_TEST(the_reason_that_says_most_is_told_in_either_order, LENGTH(reasons))
{
	for (const int *more = reasons[_i]; *more; more++)
		for (size_t i = (size_t)_i + 1; i < LENGTH(reasons); i++)
			for (const int *less = reasons[i]; *less; less++) {
				assert_gives(*more, reason_of(*more, *less));
				assert_gives(*more, reason_of(*less, *more));
			}
}

LOOP_TEST(of_reasons_that_say_as_much_the_first_attempts_is_told,
	  LENGTH(reasons))
{
	int first = reasons[_i][0];

	for (const int *second = reasons[_i]; *second; second++)
		assert_gives(first, reason_of(first, *second));
}

#include "check_dial_engine.list"
