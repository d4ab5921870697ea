#!/bin/sh
# SPDX-License-Identifier: ISC
# windows32.sh - Windows, 32 bits, under wine in a tree of i386's packages
# set: whole, at most 1800 seconds
. "${platforms:?}/windows.sh"
packages arch-test gcc-mingw-w64-i686 g++-mingw-w64-i686 mmdebstrap

tree=$cache/wine32
if ! test -f "$tree.done"; then
	rm -rf "$tree"
	bootstrap bookworm "$tree" --variant=minbase --architectures=i386 \
		--include=wine,wine32 ||
		end missing 0 0 0 "cannot make: i386;"
	touch "$tree.done"
fi
# The smallest tree knows no name.
printf '%s\tlocalhost\n' 127.0.0.1 ::1 >"$tree/etc/hosts"

# What the tests build lies where it does here; mounts end with the program.
wine=$PWD/wine32
cat >"$wine" <<END
#!/bin/sh
exec unshare --mount --propagation private sh -euc '
	mount -t proc proc "\$1/proc"
	mount --rbind /dev "\$1/dev"
	for place in /tmp "\$2" /usr/i686-w64-mingw32; do
		mkdir -p "\$1\$place"
		mount --bind "\$place" "\$1\$place"
	done
	tree=\$1 && shift 2 && exec chroot "\$tree" "\$@"
' sh '$tree' '$work' sh -c 'cd "\$1" && shift && exec /usr/lib/wine/wine "\$@"' \\
	sh "\$PWD" "\$@"
END
chmod +x "$wine"
windows i686-w64-mingw32
