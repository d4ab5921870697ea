#!/bin/sh
# SPDX-License-Identifier: ISC
# abi.sh - a program that was built before runs and compiles as it did.
#
# usage: make check-abi         compares with what tests/shape/abi/ has
#        make abi-baseline      writes that anew
#
# The types of all that is exported are compared by abidiff, from the debugging
# information, for each system that abi/ has a baseline of. What it does not
# see stands in abi/headers.txt, for every system: macros, array bounds, and the
# layout of a type that no function takes.
#
# Then a copy of the sources is broken, a way at a time, and each must be seen.
. "${srcdir:-.}/tests/support/tap.sh"
unset MAKEFLAGS MAKELEVEL MFLAGS # of the make that runs this

abi=$(cd "$srcdir/tests/shape/abi" && pwd) || exit
baseline=$abi/$(echo "${host:?}" | sed 's/-[^-]*-/-/').abi
source=$tmp/source
prefix=$tmp/prefix

# In its own tree: so no path of this machine gets into the baseline.
copy()
{
	unpack "$source" && cp -R "$source" "$tmp/whole" && cd "$source" &&
		./configure --quiet --host="$host" --prefix="$prefix" \
			--disable-static CC="$CC" CFLAGS='-O0 -g -w'
}

# install_again WHAT: data are the headers, libLTLIBRARIES the library.
install_again()
{
	make -s -C "$source" "install-$1" >"$tmp/install.log" 2>&1 ||
		{ cat "$tmp/install.log" && return 1; }
}

# Prints what the headers that are installed declare: the native ones alone,
# and the shims, which say some things in another way.
declared()
{
	for headers in socket6.h \
		"$(cd "$prefix/include/libsocket6" && echo libowfat/*.h)"; do
		# shellcheck disable=SC2086 # words
		printf '#include <%s>\n' $headers >"$tmp/declared.c"
		$CC -E -dD -I"$prefix/include" \
			-I"$prefix/include/libsocket6" "$tmp/declared.c" |
			awk -v include="$prefix/include" \
				-f "$abi/declared.awk"
	done | sort -u
}

# layout DECLARATIONS: prints the sizes and offsets of the types there.
layout()
{
	awk -f "$abi/layout.awk" "$1" >"$tmp/layout.c" &&
		$CC -I"$prefix/include" -I"$prefix/include/libsocket6" \
			-o "$tmp/layout$EXEEXT" "$tmp/layout.c" &&
		execute . "$tmp/layout"
}

table()
{
	# Not whole, for reuse lint would take it for this file's own.
	printf '# %s: ISC\n' SPDX-License-Identifier
	echo "# Made by make abi-baseline: what the headers say."
	declared >"$tmp/declared" && cat "$tmp/declared" && layout "$tmp/declared"
}

# A program has only pointers to types that the headers do not define.
types()
{
	abidw --exported-interfaces-only --no-corpus-path --no-comp-dir-path \
		--no-elf-needed --no-parameter-names --no-show-locs \
		--headers-dir "$prefix/include" --drop-private-types \
		--type-id-style hash "$prefix/lib/libsocket6.so"
}

the_headers_are_as_they_were()
{
	install_again data && table >"$tmp/headers.txt" &&
		diff "$abi/headers.txt" "$tmp/headers.txt"
}

compare_types()
{
	abidiff --no-default-suppression --fail-no-debug-info \
		--headers-dir2 "$prefix/include" --drop-private-types \
		"$baseline" "$prefix/lib/libsocket6.so"
}

the_types_are_as_they_were()
{
	install_again libLTLIBRARIES && compare_types
}

the_baseline_has_no_path()
{
	! grep "='/" "$baseline"
}

# says PATTERN: whether a line of what was found has it.
says()
{
	grep -e "$1" "$tmp/found" || { cat "$tmp/found" && return 1; }
}

headers_differ()
{
	install_again data && table >"$tmp/broken.txt" || return
	diff "$abi/headers.txt" "$tmp/broken.txt" >"$tmp/found"
	test $? -eq 1 && says "$1"
}

# The status of abidiff has 1 or 2 for an error and 4 for a difference.
types_differ()
{
	install_again libLTLIBRARIES || return
	compare_types >"$tmp/found"
	test $(($? & 7)) -eq 4 && says "$1"
}

# edit SCRIPT FILE...: by sed, which must change each.
edit()
{
	script=$1
	shift
	for file; do
		sed "$script" "$tmp/whole/$file" >"$source/$file"
		! cmp -s "$tmp/whole/$file" "$source/$file" || return
	done
}

# broken HOW PATTERN SCRIPT FILE...: whether HOW finds what the script breaks
# in the files of the copy, and says so.
broken()
{
	how=$1
	pattern=$2
	shift 2
	edit "$@" && "$how" "$pattern"
	status=$?
	shift
	for file; do
		cp "$tmp/whole/$file" "$source/$file"
	done
	return $status
}

# header NAME PATTERN SCRIPT FILE...
header()
{
	name=$1
	shift
	ok "$name is seen in the headers" broken headers_differ "$@"
}

# library NAME PATTERN SCRIPT FILE...
library()
{
	name=$1
	shift
	if test -f "$baseline"; then
		ok "$name is seen in the library" broken types_differ "$@"
	else
		skip "$name is seen in the library" "$no_baseline"
	fi
}

write_baseline()
{
	{ copy && install_again data && install_again libLTLIBRARIES; } || exit
	table >"$abi/headers.txt" && types >"$baseline"
	exit
}

for tool in abidw abidiff; do
	needs $tool abigail-tools >&2 || exit
done
test "$1" != --baseline || write_baseline

ok "a copy is configured" copy
ok "the headers are as they were" the_headers_are_as_they_were
name="the types in the library are as they were"
no_baseline="tests/shape/abi has none for $host"
if test -f "$baseline"; then
	ok "$name" the_types_are_as_they_were
	ok "the baseline has no path of a machine" the_baseline_has_no_path
else
	skip "$name" "$no_baseline"
fi

header "a constant" '> #define SOCKET_CLOEXEC 4' \
	'/SOCKET_CLOEXEC/s/2/4/' include/socket6/flags.h
header "a value of an enum" '> enum defermode .*DATAIN = 1' \
	's/DATAIN = SOCKET_DATAIN/DATAIN = 1/' include/libowfat/socket.h
header "a macro that is gone" '< #define IP6IF_FMT 72' \
	'/define IP6IF_FMT/d' include/socket6/zone.h
header "an array bound" '> int socket_remote6(int s, char ip\[4\]' \
	'/socket_remote6/s/16/4/' include/socket6/endpoint.h
header "a const" '> int socket_bind4(int s, char ip' \
	'/socket_bind4(/s/const //' include/socket6/bind.h
header "the size of a struct" '> sizeof(struct socket_addr6) 32' \
	's/uint16_t reserved/uint32_t reserved[2]/' include/socket6/addr.h
header "the type of a struct's field" \
	'> struct socket_attempt6 .* uint64_t end' \
	's/int64_t end;/uint64_t end;/' include/socket6/dial.h
header "the order of a struct's fields" \
	'> offsetof(struct socket_addr6, port) 22' \
	's/port;/x;/; s/reserved;/port;/; s/x;/reserved;/' \
	include/socket6/addr.h
header "a type of djb's" '> sizeof(uint32) 8' \
	's/uint32_t uint32;/uint64_t uint32;/' include/libowfat/uint32.h
library "an argument's type" "from 'unsigned int' to 'unsigned long int'" \
	'/socket_usertimeout/s/unsigned int/unsigned long/' \
	include/socket6/option.h lib/option.c
library "an argument more" "parameter 3 of type 'int' was added" \
	'/socket_linger(/s/)/, int more)/' include/socket6/option.h lib/option.c
library "a result's type" "return type changed" \
	'/^int socket_nodelay(/s/int/void */' \
	include/socket6/option.h lib/option.c
library "the size of a constant" "size changed from 128 to 256" \
	'/V6loopback\[/s/16/32/' include/socket6/ip6.h lib/text/ip6.c
library "a symbol that is gone" "\[D\] .*socket_linger@@" \
	'/socket_linger;/d' lib/libsocket6.map
library "a symbol's version" "\\[D\\] .*socket_linger@@LIBSOCKET6_1.0" \
	's/LIBSOCKET6_1.0/LIBSOCKET6_2.0/' lib/libsocket6.map
library "the soname" "SONAME changed" \
	's/version-info 0:0:0/version-info 1:0:0/' lib/local.mk
name="what only the library knows of a dial is no break"
if test -f "$baseline"; then
	ok "$name" broken the_types_are_as_they_were '' \
		's/^	int concluded;/	int concluded, another;/' lib/dial/dial.h
else
	skip "$name" "$no_baseline"
fi
done_testing
