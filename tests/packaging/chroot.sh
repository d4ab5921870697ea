# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# chroot.sh - a fresh Debian of this machine's release, for more than one part.

chroot=$tmp/chroot
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")

# It is made once, as tests/systems/platforms make theirs.
made_chroot()
{
	test ! -f "$tmp/made_chroot" || return 0
	# shellcheck disable=SC2016 # the inner shell's
	work=$tmp sh -c '. "$0"; bootstrap "$@"' \
		"$top/tests/systems/platforms/common.sh" "$codename" "$chroot" \
		--variant=minbase && touch "$tmp/made_chroot"
}
