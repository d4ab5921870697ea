# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# deb.sh - Debian's packages, and lintian of them. The suite does not run here;
# it does when daemon.sh builds them.

# debian_source DIRECTORY: the tarball, and its tree with debian/, a user's.
debian_source()
{
	made_tarball && mkdir -p "$1" &&
		cp "$tarball" "$1/libsocket6_$version.orig.tar.xz" &&
		tar xJf "$tarball" -C "$1" &&
		cp -R "$packaging/debian" "$1/$name" && give "$1"
}

# The packages, built once.
debs=$tmp/deb
made_debs()
{
	test ! -f "$debs/built" || return 0
	debian_source "$debs" && cd "$debs/$name" &&
		as_user env DEB_BUILD_OPTIONS="nocheck parallel=$jobs" \
			dpkg-buildpackage -us -uc &&
		touch "$debs/built"
}

# lintian gives 0 for what it only hints at, so its output is looked at too;
# its status says whether it looked.
lintian_is_silent()
{
	lintian --allow-root --pedantic \
		--fail-on error,warning,info,pedantic "$debs"/*.changes \
		>"$tmp/lintian" 2>&1
	status=$?
	nothing <"$tmp/lintian" && return $status
}

symbols_are_the_maps()
{
	mapped | sort >"$tmp/mapped"
	dpkg-deb -e "$debs"/libsocket6-0_*.deb "$tmp/control" &&
		sed -n 's/^ \(.*\)@LIBSOCKET6_1\.0 0\.1\.0.*/\1/p' \
			"$tmp/control/symbols" |
		grep -v '^LIBSOCKET6_' | sort | diff "$tmp/mapped" -
}

version_of_the_changelog()
{
	dpkg-parsechangelog -l "$packaging/debian/changelog" -S Version |
		sed 's/-[^-]*$//'
}

part_deb()
{
	tools dpkg-buildpackage dpkg-dev dh debhelper lintian lintian || return
	ok "its changelog is of this version" \
		gives "$version" version_of_the_changelog
	ok "Debian's packages build" logged deb made_debs
	ok "its symbols are the map's" symbols_are_the_maps
	ok "lintian has nothing to say of them" lintian_is_silent
}
