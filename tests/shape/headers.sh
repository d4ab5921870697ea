#!/bin/sh
# SPDX-License-Identifier: ISC
# headers.sh - the installed headers: alone, together, beside libowfat's own.
. "${srcdir:-.}/tests/support/tap.sh"

include=$(cd "$srcdir/include" && pwd) || exit
native=$(cd "$include" && echo socket6.h socket6/*.h)
shims=$(cd "$include" && echo libowfat/*.h)
# As they lie in the system's directory; ip4.h wants <stddef.h> first.
theirs="stddef.h ip4.h ip6.h ndelay.h socket.h uint16.h uint32.h"
languages=
ln -s "$include" "$tmp/include" || exit

# including KIND HEADER...: writes a file that includes them, $source. A C file
# must declare something, and flags.h does not.
sources=0
including()
{
	sources=$((sources + 1))
	source=$tmp/$1-$sources.c
	shift
	printf '#include <%s>\n' "$@" >"$source"
	echo 'extern int declared;' >>"$source"
}

reversed()
{
	printf '%s\n' "$@" | sed -n '1!G; h; $p'
}

# Adds to $source what a program does with the shims.
use_shims()
{
	cat >>"$source" <<-'END'
		int use(int s);
		static void (*setter)(int, enum defermode) = socket_deferaccept;
		int use(int s)
		{
			char ip[16];
			uint16 port;
			uint32 scope_id;
			enum defermode mode = DATAIN;

			setter(s, mode);
			noipv6 = socket_v6only(s, error_again);
			return socket_accept6(s, ip, &port, &scope_id) +
				ndelay_off(s) + socket_tcp() +
				ip6_isv4mapped(V6any) + (int)ip4_fmt(0, ip);
		}
	END
}

# Adds to $source the layout of each struct that is not opaque.
use_layout()
{
	cat >>"$source" <<-'END'
		#define AT(type, field, n) \
			char field[offsetof(struct type, field) == n ? 1 : -1]
		struct layout {
			AT(socket_addr6, ip, 0);
			AT(socket_addr6, scope_id, 16);
			AT(socket_addr6, port, 20);
			AT(socket_addr6, reserved, 22);
			char all[sizeof(struct socket_addr6) == 24 ? 1 : -1];
		};
		struct attempt_layout {
			AT(socket_attempt6, addr, 0);
			AT(socket_attempt6, state, 24);
			AT(socket_attempt6, error, 28);
			AT(socket_attempt6, start, 32);
			AT(socket_attempt6, end, 40);
			char all[sizeof(struct socket_attempt6) == 48 ? 1 : -1];
		};
		struct question_layout {
			AT(socket_question, name, 0);
			AT(socket_question, family, 4);
			AT(socket_question, state, 8);
			AT(socket_question, error, 12);
			AT(socket_question, count, 16);
			AT(socket_question, start, 24);
			AT(socket_question, end, 32);
			char all[sizeof(struct socket_question) == 40 ? 1 : -1];
		};
		struct datagram_layout {
			AT(socket_datagram6, peer, 0);
			AT(socket_datagram6, local, 24);
			AT(socket_datagram6, time, 48);
			AT(socket_datagram6, offset, 56);
			AT(socket_datagram6, len, 60);
			AT(socket_datagram6, ifindex, 64);
			AT(socket_datagram6, drops, 68);
			AT(socket_datagram6, segment, 72);
			AT(socket_datagram6, flags, 74);
			AT(socket_datagram6, hops, 76);
			AT(socket_datagram6, tclass, 78);
			char all[sizeof(struct socket_datagram6) == 80 ? 1 : -1];
		};
		struct interface_layout {
			AT(socket_interface6, ifindex, 0);
			AT(socket_interface6, flags, 4);
			AT(socket_interface6, mtu, 8);
			AT(socket_interface6, name, 12);
			char all[sizeof(struct socket_interface6) == 64 ? 1 : -1];
		};
		struct ifaddr_layout {
			AT(socket_ifaddr6, ip, 0);
			AT(socket_ifaddr6, ifindex, 16);
			AT(socket_ifaddr6, prefix, 20);
			AT(socket_ifaddr6, flags, 22);
			char all[sizeof(struct socket_ifaddr6) == 24 ? 1 : -1];
		};
		struct report_layout {
			AT(socket_report6, gram, 0);
			AT(socket_report6, sender, 80);
			AT(socket_report6, error, 104);
			AT(socket_report6, mtu, 108);
			AT(socket_report6, icmp, 112);
			AT(socket_report6, icmp_type, 113);
			AT(socket_report6, icmp_code, 114);
			AT(socket_report6, reserved, 115);
			char all[sizeof(struct socket_report6) == 120 ? 1 : -1];
		};
	END
}

# shellcheck disable=SC2046,SC2086 # lists of headers are words
write_sources()
{
	for header in $native $shims; do
		including alone "$header"
	done

	including orders $native $shims
	including orders $shims $native
	including orders $(reversed $native $shims)
	including orders $(reversed $shims $native)
	including shims $shims
	use_shims

	including layout stddef.h socket6.h
	use_layout

	including libowfat $theirs $shims
	use_shims
	for header in $theirs; do
		including libowfat stddef.h "$header" $shims
		use_shims
	done
	for shim in $shims; do
		including libowfat "$shim" $theirs
	done
	including libowfat $shims $theirs
	use_shims
}

# compile LANGUAGE FILE...: in $tmp, one at a time and by names that are the same
# in every run, so that ccache can answer.
compile()
{
	language=$1
	shift
	cd "$tmp" && for file; do
		$CC -x "${language%%[0-9]*}" -std="$language" -Wall -Wextra \
			-Wpedantic -Werror -Iinclude -c "${file##*/}" || return
	done
}

# knows LANGUAGE: whether the compiler accepts it and does not ignore it.
knows()
{
	case $1 in
	c++*) echo 'class declared;' ;;
	*) echo 'extern int declared;' ;;
	esac >"$tmp/$1.c"
	(compile "$1" "$tmp/$1.c") 2>/dev/null
}

# test_kind NAME KIND: a test for each language.
test_kind()
{
	for language in $languages; do
		ok "$1 in $language" compile "$language" "$tmp/$2"-*.c
	done
}

# Their ip6_isv4mapped is not ours: most compilers say so of our headers alone.
quiet_about_theirs()
{
	{
		echo '#define ip6_isv4mapped(ip) 0'
		cat "$source"
	} >"$tmp/quiet.c"
	(compile c99 "$tmp/quiet.c") 2>/dev/null
}

# Prints the lines that come from our own headers.
ours()
{
	awk '/^# *[0-9]/ { ours = $3 ~ /include.socket6/; next } ours'
}

# Prints the macros that native headers define, but for those promised.
stray_macros()
{
	$CC -E -dD -I"$include" "$source" | ours |
		sed -n 's/^#define \([A-Za-z0-9_]*\).*/\1/p' |
		grep -Ev '^(socket|SOCKET)_|^(IP4|IP6|IP6IF|IP6IFPORT)_FMT$' |
		grep -Evx 'FMT_IP[46]|ip4_(scan|fmt)|ip6_isv4mapped|HAVE_SOCKET_FASTOPEN'
}

# Prints the tags and types of native headers, each once.
types()
{
	$CC -E -I"$include" "$source" | ours |
		grep -Eo '(struct|union|enum|typedef) +[A-Za-z0-9_]*' | sort -u
}

# Prints what is declared right below a comment, or beside one, but for types.
# The first two lines of a header are about the whole of it.
explained()
{
	cd "$include" && awk '
		FNR < 3 { next }
		/\*\/$/ { below = 1 }
		/^$/ { below = 0 }
		/^extern "C"|^struct [a-z0-9_]*;/ { next }
		below && /^(extern )?[a-z].*[[(;]/ {
			sub(/ *[[(;].*/, ""); sub(/.*[ *]/, ""); print
		}' socket6/*.h libowfat/socket.h | sort -u
}

# Prints the headers that have it and do not tell its order.
untold()
{
	cd "$include" || return
	grep -l "$2" socket6/*.h >"$tmp/told"
	grep -l "$1" socket6/*.h | comm -23 - "$tmp/told"
}

orders_of_bytes_are_told()
{
	gives '' untold 'uint16_t \**port' 'host order' &&
		gives '' untold 'char [a-z]*\[[0-9]*\]' 'network order'
}

every_function_is_explained()
{
	mapped | sort >"$tmp/mapped"
	explained | diff "$tmp/mapped" -
}

# A flat name finds the shim, and the system's error() is still there.
flat_names_find_the_shims()
{
	cat >"$tmp/flat.c" <<-'END'
		#include "socket.h"
		#include "ip4.h"
		#include "ip6.h"
		#include "ndelay.h"
		#include "uint16.h"
		#include "uint32.h"
		#include <error.h>
		int main(void)
		{
			error(IP6IFPORT_FMT, error_inprogress, "connect");
			return 0;
		}
	END
	$CC -Wall -Wextra -Wpedantic -Werror -I"$include" \
		-I"$include/libowfat" -o "$tmp/flat$EXEEXT" "$tmp/flat.c" || return
	execute . "$tmp/flat"
	test $? -eq 80
}

write_sources
for language in c99 c11 c2x c++98 c++20; do
	if knows "$language"; then
		languages="$languages $language"
	else
		skip "headers compile in $language" "$CC has no $language"
	fi
done
test_kind "each header compiles alone" alone
test_kind "headers compile in any order" orders
test_kind "djb's names are all there" shims
test_kind "an address is laid out in 24 bytes, an attempt in 48" layout

including system stddef.h ip4.h ip6.h socket.h
name="each shim compiles beside libowfat's own headers"
if $CC -E "$source" >"$source.i" 2>/dev/null; then
	if quiet_about_theirs; then
		test_kind "$name" libowfat
	else
		skip "$name" "warnings of system headers"
	fi
else
	skip "$name" "no libowfat"
fi

ok "every function is declared below a comment" every_function_is_explained
ok "the order of a port's bytes, and of an address's, is told" \
	orders_of_bytes_are_told

including native socket6.h
ok "native headers define no macro but those promised" gives "" stray_macros
ok "native headers define no type but those promised" \
	gives "struct socket_addr6
struct socket_attempt6
struct socket_buffer
struct socket_datagram6
struct socket_dial
struct socket_history
struct socket_ifaddr6
struct socket_interface6
struct socket_lookup
struct socket_question
struct socket_report6
struct socket_tcpinfo" types

# What socket_getifidx returns is what every other function is given.
an_index_has_one_type()
{
	including index socket6.h
	cat >>"$source" <<-'END'
		int join(int s, const char *group, const char *name);
		int join(int s, const char *group, const char *name)
		{
			uint32_t index = socket_getifidx(name);

			return socket_mcjoin6_if(s, group, index) +
				socket_mcleave6_if(s, group, index) +
				socket_mcjoin4_index(s, group, index) +
				socket_mcleave4_index(s, group, index) +
				socket_mcinterface6(s, index) +
				socket_bindtodevice(s, index);
		}
	END
	$CC -I"$include" -Wall -Wextra -Wconversion -Wsign-conversion -Werror \
		-c -o "$tmp/index.o" "$source"
}

ok "an interface's index has one type" an_index_has_one_type

name="flat names find the shims, and error.h the system's too"
if ! printf '#include <error.h>\n%s\n' \
	'void (*f)(int, int, const char *, ...) = error;' |
	$CC -c -o "$tmp/error.o" -x c - 2>/dev/null; then
	skip "$name" "no <error.h> on this system"
elif ! echo '#if __has_include_next(<error.h>)
	#endif' | $CC -E - >"$source.i" 2>/dev/null; then
	skip "$name" "no __has_include_next"
else
	ok "$name" flat_names_find_the_shims
fi
done_testing
