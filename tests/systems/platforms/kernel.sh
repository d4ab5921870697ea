# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# kernel.sh - for the scripts of the kernels, which source it:
#
#	. "${platforms:?}/kernel.sh"
#	kernel bookworm amd64 linux-image-cloud-amd64
#
# The suites, linked statically, run under a kernel of Debian's in an emulated
# machine; once more with ipv6.disable=1, where AF_INET6 is EAFNOSUPPORT.
: "${CK_TIMEOUT_MULTIPLIER:=30}"
. "${platforms:?}/common.sh"
packages busybox-static cpio gcc kmod libc6-dev mmdebstrap qemu-system-x86

# tree SUITE ARCHITECTURE PACKAGE: the kernel, its modules, and what the tests
# run besides, unpacked and not installed, for this machine need not run it;
# libc-bin has C.UTF-8.
# Of what makes an initramfs, which a kernel wants, the smallest.
tree()
{
	tree=$cache/kernel-$1-$2
	test ! -d "$tree" || return 0
	rm -rf "$tree.new"
	bootstrap "$1" "$tree.new" --quiet --variant=extract \
		--architectures="$2" \
		--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
		--include="$3,tiny-initramfs,busybox-static,dash,kmod" \
		--include=iproute2,nftables,libc-bin ||
		end missing 0 0 0 "cannot download $3 of $1;"
	depmod -b "$tree.new" "$(ls "$tree.new/lib/modules")"
	mv "$tree.new" "$tree"
}

# What the kernel starts: runs the suites, and begins each line that one
# writes with its name. Of root the kernel takes the name of an interface that
# there is not for a module's, and starts modprobe, which takes its time: what
# is needed is loaded first, and then nothing more.
init()
{
	cat <<END
#!/bin/busybox sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin CK_DEFAULT_TIMEOUT=20
export CK_TIMEOUT_MULTIPLIER=$CK_TIMEOUT_MULTIPLIER
busybox mount -t proc proc /proc
/bin/busybox --install -s /bin 2>/dev/null
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
ln -sf dash /bin/sh
modprobe -aq af_packet nf_tables nft_reject_inet sch_netem sch_tbf sctp tun veth \
	vrf
echo >/proc/sys/kernel/modprobe
ip link set lo up
ulimit -n 20000
uname -a
cd "$PWD/build"
for suite in tests/*/check_*; do
	\$suite 2>&1 | sed "s|^|\$suite: |"
done
poweroff -f
END
}

archive()
{
	cpio --quiet -o -H newc
}

# What the tests take from the build and the source lies where it does here.
initramfs()
{
	rm -rf root
	mkdir -p root/dev root/etc root/proc root/sys "root$source/lib"
	init >root/init
	chmod +x root/init
	for programs in build/tests/suites/check_ build/tests/program/check_ \
		build/examples/ build/tests/program/socket6; do
		mkdir -p "root$PWD/${programs%/*}"
		find "$programs"* -type f -perm -u+x \
			-exec cp {} "root$PWD/${programs%/*}" \;
	done
	cp "$source/lib/libsocket6.map" "root$source/lib"
	printf 'domain 53/%s\n' tcp udp >root/etc/services
	(cd root && find . | archive) >initramfs
	(
		cd "$tree"
		find . -path ./usr/share -prune -o -path ./var -prune -o \
			-path ./boot -prune -o \
			-path './usr/lib/modules/*/drivers/*' -type f \
			! -name 'tun.ko*' ! -name 'veth.ko*' ! -name 'vrf.ko*' -o \
			-path './usr/lib/modules/*/fs/*' -type f -o -print |
			archive
	) >>initramfs
}

# boot NAME [PARAMETER...]: writes what the machine says to NAME.console. Never
# by KVM, which not every machine has; without what a real processor needs
# against its faults, and without waiting for RCU to free a namespace.
boot()
{
	name=$1
	shift
	set -- quiet panic=-1 mitigations=off rcupdate.rcu_expedited=1 "$@"
	# In boot, or since 2026 beside its modules.
	vmlinuz=$(find "$tree" -name 'vmlinuz*' -type f)
	# shellcheck disable=SC2086 # words
	timeout --foreground 3000 $machine -accel tcg -m 2G -smp 2 -nic none \
		-nographic -no-reboot -kernel "$vmlinuz" \
		-initrd initramfs -append "$console $*" </dev/null |
		tr -d '\r' >"$name.console"
}

# The tests of SCTP, the second pair, are there only where the kernel has it.
have_sctp()
{
	grep -q 'check_protocols: ok .* a_refusal_is_told_once \[3\]' "$1"
}

# Those of VRF too.
have_vrf()
{
	grep -q 'check_record_net: ok .* a_server_outside_of_a_vrf_.* \[1\]' "$1"
}

# replay NAME: the results of the suites in NAME.console, for automake's
# drivers to count.
replay()
{
	cat >replay <<'END'
sed -n "s|^${2#./}: ||p" "$1"
END
	# shellcheck disable=SC2016 # make's variable
	make -s -C build check TESTS='$(SUITES)' \
		LDFLAGS=-all-static CFLAGS='-O2 -Werror' \
		LOG_COMPILER="sh $PWD/replay $PWD/$1.console" \
		>>check.log 2>&1 || status=$?
}

# kernel SUITE ARCHITECTURE PACKAGE [CONFIGURE'S ARGUMENT...]
kernel()
{
	tree "$1" "$2" "$3"
	shift 3
	# No Check: it cannot be linked statically for another architecture.
	configure --disable-shared PKG_CONFIG_LIBDIR=/nonexistent "$@"
	make -s -C build -j "$jobs" check TESTS= LDFLAGS=-all-static \
		CFLAGS='-O2 -Werror'
	initramfs
	boot ipv6
	boot noipv6 ipv6.disable=1
	status=0
	have_sctp ipv6.console || status=1
	have_vrf ipv6.console || status=1
	rm -f check.log
	replay ipv6
	missing >lacked
	judge_skips
	may_skip 'no IPv6' 'no IPV6_V6ONLY'
	replay noipv6
	judge
}

machine='qemu-system-x86_64 -cpu max'
console=console=ttyS0
