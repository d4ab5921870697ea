#!/bin/sh
# SPDX-License-Identifier: ISC
# mutate.sh - builds the suites twice, then runs mutate.py.
#
# usage: mutate.sh TOP MAKE SAMPLE SEED MINUTES JOBS FILES SUITE...
#
# Under mutation/ in the build folder: plain/ has the commands that mutants are
# built with, counted/ says which suite runs which function. Both are kept, and
# made again as far as sources have changed.
set -eu

top=$(cd -- "$1" && pwd -P)
make=$2
shift 2
work=$PWD/mutation

# built DIRECTORY CFLAGS: no shared library, which a mutant would be linked to.
built()
{
	mkdir -p "$work/$1"
	cd "$work/$1"
	[ -e Makefile ] || "$top/configure" --quiet --disable-shared \
		--disable-hardening CFLAGS="$2" >configure.log
	# Every command stays in the log, which mutate.py reads.
	"$make" V=1 check TESTS= >>log 2>&1 || {
		tail -20 log
		exit 1
	}
}

for tool in clang gcov python3; do
	command -v "$tool" >/dev/null || {
		echo "mutate: no $tool" >&2
		exit 77
	}
done
# Those that run programs have the library as it is.
for argument; do
	shift
	case $argument in
	*/check_examples | */check_*servers | */check_name_server) ;;
	tests/program/*) ;;
	*) set -- "$@" "$argument" ;;
	esac
done
built plain -O2
built counted '-O0 --coverage'
cd "$work/.."
exec nice -n 10 python3 -B "$top/tests/mutation/mutate.py" "$top" "$work" "$@"
