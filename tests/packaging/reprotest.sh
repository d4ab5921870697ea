# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# reprotest.sh - the packages are the same bytes, wherever and whenever they
# are built.

. "$top/tests/packaging/deb.sh"

# A user can change neither the machine's name nor who builds, nor the kernel's
# word; a file system in disorder takes FUSE.
fixed=-domain_host,-fileordering,-kernel,-user_group

the_same()
{
	debian_source "$tmp/reprotest" && cd "$tmp/reprotest/$name" &&
		as_user env DEB_BUILD_OPTIONS=nocheck reprotest \
			--verbosity 1 --variations="+all,$fixed" \
			-c 'dpkg-buildpackage -b -us -uc' . '../*.deb'
}

part_reprotest()
{
	tools reprotest reprotest faketime faketime \
		diffoscope diffoscope-minimal \
		dpkg-buildpackage dpkg-dev dh debhelper || return
	ok "two builds, in different surroundings, are the same bytes" \
		logged reprotest the_same
}
