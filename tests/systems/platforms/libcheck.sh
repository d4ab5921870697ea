# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# libcheck.sh - for the scripts of platforms that have Check built for them:
#
#	. "${platforms:?}/libcheck.sh"
#	libcheck musl CC=musl-gcc
. "${platforms:?}/common.sh"

# Debian's source package, by apt directories of its own: the system's may
# have no deb-src line.
fetch_check()
{
	test ! -d "$cache/check" || return 0
	rm -rf "$cache/check-apt"
	mkdir -p "$cache/check-apt/lists/partial"
	cd "$cache/check-apt" || return
	# shellcheck disable=SC2016 # apt-get's variables
	apt-get indextargets --format \
		'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Identifier: Packages' | sort -u >sources.list
	set -- -o Dir::Etc::SourceList="$PWD/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null -o Dir::Cache="$PWD" \
		-o Dir::State::Lists="$PWD/lists" -o APT::Sandbox::User=root
	apt-get "$@" update && apt-get "$@" source check && mv check-*/ ../check
}

# build_check DIRECTORY ARGUMENT...: what is linked to. Debian's check.pc names
# a library that its rules make by renaming this one.
build_check()
{
	prefix=$1
	shift
	mkdir -p "$prefix/build" && cd "$prefix/build" &&
		"$cache/check/configure" --quiet --prefix="$prefix" \
			--disable-subunit --disable-build-docs \
			--disable-shared "$@" &&
		make -s -j "$jobs" SUBDIRS='lib src .' install &&
		ln -sf libcheck.a "$prefix/lib/libcheck_pic.a"
}

# libcheck NAME ARGUMENT...: once, and kept; pkg-config finds nothing else.
libcheck()
{
	PKG_CONFIG_LIBDIR=$cache/check-$1/lib/pkgconfig
	export PKG_CONFIG_LIBDIR
	test ! -f "$cache/check-$1/lib/libcheck_pic.a" || return 0
	packages dpkg-dev
	(flock 9 && fetch_check) 9>"$cache/check.lock" ||
		end missing 0 0 0 "cannot fetch: check;"
	name=$1
	shift
	(
		flock 9
		test -f "$cache/check-$name/lib/libcheck_pic.a" ||
			build_check "$cache/check-$name" "$@"
	) 9>"$cache/check.lock"
}
