# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# debian.sh - for the scripts of Debian's releases: the suite, as root, in a
# tree of the release's own packages.
. "${platforms:?}/common.sh"

wanted=gcc,g++,libc6-dev,make,pkgconf,check,mandoc,iproute2,libc-ares-dev
wanted=$wanted,libevent-dev,libglib2.0-dev,libowfat-dev,libuv1-dev
wanted=$wanted,manpages-dev,python3,fish,zsh

# Anew where other packages are in it. The smallest tree knows no name.
make_tree()
{
	echo "$wanted" | cmp -s - "$tree.done" 2>/dev/null && return
	rm -rf "$tree" "$tree.done"
	bootstrap "$1" "$tree" --variant=minbase --include="$wanted" ||
		return
	printf '%s\tlocalhost\n' 127.0.0.1 ::1 >"$tree/etc/hosts"
	echo "$wanted" >"$tree.done"
}

# Runs a script in the tree; what it mounts goes with its namespace. A root that
# is no mount cannot be made private, which unshare(1) wants of it.
inside()
{
	# shellcheck disable=SC2016 # the inner shell's
	unshare --mount --propagation private sh -euc '
		mount --bind "$1" "$1"
		mount -t proc proc "$1/proc"
		mount -t sysfs sysfs "$1/sys"
		mount --rbind /dev "$1/dev"
		mkdir -p "$1/source" "$1/build"
		mount --bind "$2" "$1/source"
		mount --bind "$3" "$1/build"
		exec chroot "$1" sh -euc "$4"
	' sh "$tree" "$source" "$PWD/build" "$1"
}

# debian RELEASE
debian()
{
	tree=$cache/debian-$1
	packages mmdebstrap
	make_tree "$1" || end missing 0 0 0 "cannot make: $1;"
	rm -rf build
	mkdir build
	inside 'cd build && /source/configure --quiet'
	status=0
	inside "make -s -C build -j $jobs check VERBOSE=1 \
		CFLAGS='-O2 -Werror'" >check.log 2>&1 || status=$?
	judge
}
