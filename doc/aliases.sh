#!/bin/sh
# SPDX-License-Identifier: ISC
# aliases.sh DIR PAGE... - writes into DIR an alias page for each name in the
# NAME lists of the pages in section 3 that is not the page's own.
set -e
dir=$1
shift
awk '
	FNR == 1 { page = FILENAME; sub(/.*\//, "", page) }
	/^\.Sh/ { in_name = $2 == "NAME" }
	in_name && $1 == ".Nm" && $2 ".3" != page { print $2, page }
' "$@" |
while read -r name page; do
	echo ".so man3/$page" >"$dir/$name.3"
done
