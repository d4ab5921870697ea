# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# daemon.sh - Debian's packages and the suite, as a build daemon has it: not
# root, no user namespaces, no network, and lo has no IPv6.

. "$top/tests/packaging/deb.sh"

# as_daemon COMMAND...: in a network of its own, which root makes.
as_daemon()
{
	# shellcheck disable=SC2016 # the inner shell's
	unshare --net sh -c '
		ip link set lo up &&
			echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6 &&
			exec "$@"' sh \
		setpriv --reuid=nobody --regid=nogroup --clear-groups \
		bwrap --unshare-user --disable-userns --bind / / \
		--dev-bind /dev /dev --proc /proc "$@"
}

it_is_as_said()
{
	! as_daemon unshare --user true && ! as_daemon test -w /etc/passwd &&
		gives "1: lo: 127.0.0.1/8" addresses
}

addresses()
{
	as_daemon ip -o addr | awk '{ print $1, $2 ":", $4 }'
}

build_as_daemon()
{
	debian_source "$tmp/daemon" && cd "$tmp/daemon/$name" &&
		DEB_BUILD_OPTIONS=parallel=$jobs \
			HOME=/nonexistent as_daemon dpkg-buildpackage -b -us -uc
}

# Prints the reasons of the skips that are none of what is taken away here.
other_reasons()
{
	sed -n 's/^SKIP: .*# SKIP //p' "$logs/daemon.log" | sort -u |
		grep -vxE 'no (network namespaces|IPv6|::1 on this machine)'
}

no_other_reason()
{
	other_reasons | nothing
}

part_daemon()
{
	needs_root && tools dpkg-buildpackage dpkg-dev dh debhelper \
		bwrap bubblewrap ip iproute2 || return
	ok "a build daemon is what it is said to be" it_is_as_said
	ok "Debian's packages build there, and pass the suite" \
		logged daemon build_as_daemon
	ok "each skip names what is missing there" no_other_reason
}
