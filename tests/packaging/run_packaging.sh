#!/bin/sh
# SPDX-License-Identifier: ISC
# run_packaging.sh - the release, as those take it who make packages.
#
# usage: make check-packaging				every part
#        make check-packaging PACKAGING='deb dist'	these
#
# A part is tests/packaging/NAME.sh, and its function part_NAME. A tool that
# is not there is a failure that names the package. What takes long writes
# check-packaging/NAME.log.
# shellcheck disable=SC2034 # the parts use it
. "${srcdir:-.}/tests/support/tap.sh"
unset MAKEFLAGS MAKELEVEL MFLAGS # of the make that runs this

top=$(cd "$srcdir" && pwd) || exit
packaging=$top/packaging
version=$(sed -n 's/^VERSION = //p' Makefile)
name=libsocket6-$version
jobs=$(getconf _NPROCESSORS_ONLN)
logs=$PWD/check-packaging
mkdir -p "$logs"
chmod 755 "$tmp" # for other users than root

# tools TOOL PACKAGE...: whether all are there. If not, a test has failed.
tools()
{
	packages=
	while [ $# -gt 1 ]; do
		command -v "$1" >/dev/null || packages="$packages $2"
		shift 2
	done
	test -z "$packages" && return
	ok "the tools of $part" lacks "$packages"
	return 1
}

lacks()
{
	echo "install$1"
	return 1
}

needs_root()
{
	test "$(id -u)" -eq 0 && return
	ok "$part" lacks " nothing, but run this as root"
	return 1
}

# logged LOG COMMAND...: the output goes there, and its end is shown on failure.
logged()
{
	log=$logs/$1.log
	shift
	"$@" >"$log" 2>&1 && return
	tail -n 30 "$log"
	return 1
}

# as_user COMMAND...: as one who is not root, and cannot use root's ccache.
as_user()
{
	if [ "$(id -u)" -eq 0 ]; then
		set -- setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	fi
	HOME=/nonexistent CCACHE_DISABLE=1 "$@"
}

# give DIRECTORY: to whom as_user runs.
give()
{
	[ "$(id -u)" -ne 0 ] || chown -R nobody:nogroup "$1"
}

# dist DIRECTORY: moves there what make dist makes.
dist()
{
	make -s dist && mkdir -p "$1" && mv "$name".tar.* "$1"
}

# The tarball, made once.
tarball=$tmp/dist/$name.tar.xz
made_tarball()
{
	test -f "$tarball" || dist "$tmp/dist"
}

test $# -gt 0 || set -- dist install deb daemon rpm arch autopkgtest \
	piuparts reprotest
for part; do
	# shellcheck source=/dev/null # each is checked by itself
	. "$top/tests/packaging/$part.sh" || exit
	"part_$part"
done
done_testing
