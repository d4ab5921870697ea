# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# piuparts.sh - the packages are installed, upgraded and removed without trace.

. "$top/tests/packaging/deb.sh"
. "$top/tests/packaging/chroot.sh"

# An archive with a build of an older version, for lack of a release. In a
# subshell, for piuparts finds who stays there.
made_archive()
(
	debian_source "$tmp/older" && cd "$tmp/older/$name" &&
		sed -i '1s/-1)/-0.1)/' debian/changelog &&
		as_user env DEB_BUILD_OPTIONS="nocheck parallel=$jobs" \
			dpkg-buildpackage -b -us -uc &&
		cd .. && dpkg-scanpackages . >Packages
)

comes_and_goes()
{
	made_debs && made_archive && made_chroot &&
		piuparts --existing-chroot "$chroot" --distribution "$codename" \
			--bindmount "$tmp/older" --no-eatmydata \
			--extra-repo "deb [trusted=yes] file:$tmp/older ./" \
			"$debs"/*.changes
}

part_piuparts()
{
	needs_root && tools piuparts piuparts mmdebstrap mmdebstrap \
		dpkg-buildpackage dpkg-dev dh debhelper || return
	ok "installed, upgraded, removed" logged piuparts comes_and_goes
	ok "the upgrade was one from the older build" \
		grep -q "libsocket6-0.*$version-0\.1" "$logs/piuparts.log"
}
