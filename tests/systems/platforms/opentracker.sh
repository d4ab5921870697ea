#!/bin/sh
# SPDX-License-Identifier: ISC
# opentracker.sh - Debian 13's opentracker, for IPv6 and libowfat 0.34
# set: whole, at most 1200 seconds
. "${platforms:?}/common.sh"
packages binutils iproute2 mmdebstrap python3
tree=$cache/opentracker
if test ! -f "$tree.done"; then
	rm -rf "$tree"
	bootstrap trixie "$tree" --variant=minbase --include=opentracker ||
		end missing 0 0 0 "cannot make: a tree of trixie;"
	touch "$tree.done"
fi

configure --disable-static
make -s -C build -j "$jobs" lib/libsocket6.la
(cd build && tree=$tree address=::1 srcdir=$source \
	sh "$source/tests/consumers/opentracker.sh") >check.log 2>&1 || :
cat check.log
passed=$(grep -c '^ok' check.log) || :
failed=$(grep -c '^not ok' check.log) || :
grep -qx "1\.\.$passed" check.log || failed=$((failed + 1))
test "$failed" -eq 0 || end failed "$passed" "$failed" 0
end ran "$passed" 0 0
