# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# install.sh - the directories that a packager chooses. shape/installed.sh has
# those of this build.

install_into()
{
	mkdir -p "$tmp/build" && cd "$tmp/build" || return
	"$top/configure" --quiet --prefix=/opt/p --libdir=/opt/l \
		--includedir=/opt/i --mandir=/opt/m --htmldir=/opt/h \
		--program-prefix=x- \
		--with-zsh-completion-dir=/opt/z \
		--without-fish-completion-dir &&
		make -s -j "$jobs" && make -s install DESTDIR="$tmp/root" &&
		make -s install-html DESTDIR="$tmp/root"
}

# Prints the directories that got files.
places()
{
	find "$tmp/root" ! -type d | sed "s,^$tmp/root,,; s,/[^/]*\$,," |
		sort -u | paste -s -d ' '
}

told_by_pkg_config()
{
	PKG_CONFIG_PATH=$tmp/root/opt/l/pkgconfig pkg-config \
		--variable="$1" libsocket6
}

the_site_is_whole()
{
	diff -r "$tmp/build/html" "$tmp/root/opt/h"
}

destdir_is_in_no_file()
{
	grep -rlF "$tmp/root" "$tmp/root" | nothing
}

# Prints what has the prefix.
prefixed()
{
	find "$tmp/root" -name 'x-*' | sed "s,^$tmp/root,," | sort |
		paste -s -d ' '
}

nothing_is_left()
{
	make -s -C "$tmp/build" uninstall DESTDIR="$tmp/root" &&
		find "$tmp/root" ! -type d -o -path '*/opt/i/*' | nothing
}

part_install()
{
	tools pkg-config pkgconf mandoc mandoc dot graphviz || return
	ok "make install and install-html, with directories of one's own" \
		logged install install_into
	ok "every file is in one of them" gives "/opt/h /opt/i /opt/i/libsocket6/libowfat \
/opt/i/socket6 /opt/l /opt/l/cmake/libsocket6 /opt/l/pkgconfig /opt/m/man1 /opt/m/man3 /opt/m/man7 \
/opt/p/bin /opt/p/share/bash-completion/completions /opt/z" places
	ok "pkg-config tells libdir" gives /opt/l told_by_pkg_config libdir
	ok "pkg-config tells includedir" \
		gives /opt/i told_by_pkg_config includedir
	ok "a program's prefix is its page's, and no function's page's" \
		gives "/opt/m/man1/x-socket6.1 /opt/p/bin/x-socket6" prefixed
	ok "htmldir has the site" the_site_is_whole
	ok "DESTDIR is in no file" destdir_is_in_no_file
	ok "make uninstall leaves nothing" logged uninstall nothing_is_left
}
