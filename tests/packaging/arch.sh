# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# arch.sh - Arch Linux's package. Its check() runs the suite.

build_arch()
{
	made_tarball && mkdir -p "$tmp/arch" && cp "$tarball" "$tmp/arch" &&
		cp "$packaging/arch/PKGBUILD" "$tmp/arch" &&
		give "$tmp/arch" && cd "$tmp/arch" &&
		as_user env PKGEXT=.pkg.tar.zst makepkg -d
}

# Prints what is in the package, manual pages and headers aside.
packaged()
{
	bsdtar tf "$tmp/arch/$name-1-x86_64.pkg.tar.zst" |
		grep -Ev '^\.|/$|/man[37]/|/include/'
}

part_arch()
{
	tools makepkg makepkg pacman pacman-package-manager \
		bsdtar libarchive-tools zstd zstd || return
	ok "Arch Linux's package builds, and passes the suite" \
		logged arch build_arch
	ok "it has the program, the libraries and the licence" gives \
		"usr/bin/socket6
usr/lib/cmake/libsocket6/libsocket6Config.cmake
usr/lib/cmake/libsocket6/libsocket6ConfigVersion.cmake
usr/lib/libsocket6.a
usr/lib/libsocket6.so
usr/lib/libsocket6.so.0
usr/lib/libsocket6.so.0.0.0
usr/lib/pkgconfig/libsocket6.pc
usr/share/bash-completion/completions/socket6.bash
usr/share/fish/vendor_completions.d/socket6.fish
usr/share/licenses/libsocket6/COPYING
usr/share/man/man1/socket6.1.gz
usr/share/zsh/site-functions/_socket6" packaged
}
