#!/bin/sh
# SPDX-License-Identifier: ISC
# exports.sh - lib/libsocket6.map is the one list of what the library exports.
. "${srcdir:-.}/tests/support/tap.sh"
need_plain

# Prints the names that a DLL exports.
exported_by_dll()
{
	objdump -p "$shared" | awk '
		/Ordinal\/Name Pointer/ { names = 1; next }
		names && NF < 3 { exit }
		names && $NF != "Table" { print $NF }'
}

# Prints the names that the shared library exports, with their versions. On
# POWER there is a function's local entry in brackets among the columns.
exported()
{
	readelf -W --dyn-syms "$shared" | sed 's/ \[<[^]]*\]//' |
		awk '$5 ~ /GLOBAL|WEAK/ && $7 !~ /UND|ABS/ { print $NF }'
}

# Prints the functions and data that the installed headers declare.
declared()
{
	cat >"$tmp/all.c" <<-'END'
		#include <socket6.h>
		#include <libowfat/error.h>
		#include <libowfat/ip4.h>
		#include <libowfat/ip6.h>
		#include <libowfat/ndelay.h>
		#include <libowfat/socket.h>
		#include <libowfat/uint16.h>
		#include <libowfat/uint32.h>
	END
	$CC -E -I"$srcdir/include" "$tmp/all.c" |
		awk '/^#/ { ours = $3 ~ /include.(socket6|libowfat)/; next } ours' |
		tr '\n;' ' \n' |
		awk '/[(]/ || /extern/ { sub(/ *[[(].*/, ""); print $NF }' |
		tr -d '*'
}

# Prints the names that the static library defines for other files, without
# the underscore that some systems put before each.
defined()
{
	underscore=$($CC -E -dM -x c /dev/null |
		sed -n 's/^#define __USER_LABEL_PREFIX__ //p')
	nm -g --defined-only "$static" |
		sed -n "s/^[0-9a-f]* [A-Z] $underscore//p"
}

the_library_exports_the_map()
{
	mapped | sed 's/$/@@LIBSOCKET6_1.0/' | sort >"$tmp/mapped"
	exported | sort | diff "$tmp/mapped" -
}

the_dll_exports_the_map()
{
	mapped | sort >"$tmp/mapped"
	exported_by_dll | sort | diff "$tmp/mapped" -
}

the_headers_declare_the_map()
{
	mapped | sort >"$tmp/mapped"
	declared | sort -u | diff "$tmp/mapped" -
}

the_map_is_sorted()
{
	mapped | sort -c -u
}

no_name_has_a_foreign_prefix()
{
	mapped | grep -Ev '^(socket|scan|fmt|ndelay)_' |
		grep -Evx 'ip4loopback|V4mappedprefix|V6loopback|V6any|noipv6' |
		nothing
}

the_static_library_defines_the_map()
{
	mapped | sort >"$tmp/mapped"
	defined | grep -Ev '^(socket6_|__|\.refptr\.)' | sort | diff "$tmp/mapped" -
}

ok "the headers declare what the map names" the_headers_declare_the_map
ok "the map is sorted and names nothing twice" the_map_is_sorted
ok "no name has a foreign prefix" no_name_has_a_foreign_prefix

name="the shared library exports the map and nothing else"
if ! test -f "$shared"; then
	skip "$name" "built with --disable-shared"
elif test "$EXEEXT" = .exe; then
	ok "$name" the_dll_exports_the_map
elif ! command -v readelf >/dev/null; then
	skip "$name" "no readelf"
else
	linked_test -Wl,--version-script "$name" the_library_exports_the_map
fi

name="the static library defines the map and private socket6_ names"
if ! test -f "$static"; then
	skip "$name" "built with --disable-static"
elif ! command -v nm >/dev/null; then
	skip "$name" "no nm"
else
	ok "$name" the_static_library_defines_the_map
fi

done_testing
