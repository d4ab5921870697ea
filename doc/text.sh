#!/bin/sh
# SPDX-License-Identifier: ISC
# text.sh SRCDIR OUT - writes each manual page as text into OUT. make dist has
# them in the tarball, for readers without man.
set -eu
LC_ALL=C
export LC_ALL

command -v mandoc >/dev/null || {
	echo "make dist: there is no mandoc: install mandoc" >&2
	exit 1
}
mkdir -p "$2"
back=$(printf '\b')
for page in "$1"/doc/*.[137]; do
	mandoc -T ascii -I os=libsocket6 "$page" | sed "s/.$back//g" \
		>"$2/${page##*/}.txt"
done
