# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# autopkgtest.sh - the packages, installed in a fresh Debian, used and tested.

. "$top/tests/packaging/deb.sh"
. "$top/tests/packaging/chroot.sh"

# In a copy, for what it installs stays there.
tested()
{
	made_debs && made_chroot && cp -a "$chroot" "$tmp/testbed" &&
		autopkgtest -U "$debs"/*.deb "$debs"/*.dsc -- chroot "$tmp/testbed"
}

part_autopkgtest()
{
	needs_root && tools autopkgtest autopkgtest mmdebstrap mmdebstrap \
		dpkg-buildpackage dpkg-dev dh debhelper || return
	ok "a client, the suite and libowfat, in a fresh Debian" \
		logged autopkgtest tested
}
