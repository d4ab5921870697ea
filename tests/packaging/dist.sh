# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154 # run_packaging.sh has the variables
# dist.sh - the tarballs.

# The first version in NEWS.
newest()
{
	sed -n 's/^\([0-9][0-9.]*\) (.*)$/\1/p' "$top/NEWS" | head -n 1
}

both_are_there()
{
	test -f "$tarball" && test -f "${tarball%.xz}.gz"
}

both_hold_the_same()
{
	gzip -dc "${tarball%.xz}.gz" >"$tmp/from-gz.tar" &&
		xz -dc "$tarball" | cmp - "$tmp/from-gz.tar"
}

# Prints what the autotools make or bring.
brought()
{
	printf 'build-aux/%s\n' ar-lib compile config.guess config.sub \
		depcomp install-sh ltmain.sh missing tap-driver.sh
	printf 'm4/%s.m4\n' libtool ltoptions ltsugar ltversion lt~obsolete
	printf '%s\n' Makefile.in aclocal.m4 config.h.in configure
}

# Prints the texts that are made of the manual pages.
page_texts()
{
	git -C "$top" ls-files 'doc/*.[137]' | sed 's,doc/,&text/,; s/$/.txt/'
}

# What serves those who change the library, in git alone, begins with a dot.
every_file_of_git_is_there()
{
	{
		git -C "$top" ls-files | grep -v '^\.' &&
			git -C "$top" ls-files .reuse && page_texts && brought
	} | sort >"$tmp/expected"
	tar tJf "$tarball" | sed 's,^[^/]*/,,; /\/$/d; /^$/d' | sort |
		diff "$tmp/expected" -
}

# from_tarball FILE: prints that file of the tarball.
from_tarball()
{
	tar xJf "$tarball" -O "$name/$1"
}

# A page begins with its name, and printers' backspaces are gone.
texts_are_pages()
{
	page_texts | while read -r text; do
		page=${text##*/}
		from_tarball "$text" >"$tmp/text"
		grep -q "^     ${page%.*.txt}" "$tmp/text" &&
			grep -q '^SEE ALSO$' "$tmp/text" &&
			! grep -q "$(printf '\b')" "$tmp/text" || echo "$text"
	done | nothing
}

# The licence is named for every file that git has not.
licences_are_told()
{
	from_tarball .reuse/dep5 | sed -n 's/^Files: //p' | tr ' ' '\n' \
		>"$tmp/patterns"
	brought | while read -r file; do
		while read -r pattern; do
			# shellcheck disable=SC2254 # a pattern
			case $file in
			'') ;;
			$pattern) [ "$pattern" = '*' ] || continue 2 ;;
			esac
		done <"$tmp/patterns"
		echo "$file"
	done | nothing &&
		from_tarball LICENSES/ISC.txt | cmp - "$top/COPYING"
}

# The tarball without what git has, packed again with no mandoc in the way.
packed_again_from_the_tarball()
{
	mkdir "$tmp/unpacked" && cd "$tmp/unpacked" &&
		tar xJf "$tarball" --strip-components=1 &&
		printf '#!/bin/sh\nexit 1\n' >"$tmp/mandoc" &&
		chmod +x "$tmp/mandoc" && ./configure --quiet &&
		PATH=$tmp:$PATH make -s dist-xz &&
		tar xJf "$name.tar.xz" &&
		diff -r "$name/doc/text" doc/text
}

the_site_is_packed_twice_the_same()
{
	make -s dist-html && mv "$name-html.tar.xz" "$tmp/site.tar.xz" &&
		TZ=Asia/Tokyo make -s dist-html &&
		cmp "$name-html.tar.xz" "$tmp/site.tar.xz" &&
		rm "$name-html.tar.xz" &&
		tar tJf "$tmp/site.tar.xz" | grep -qx "$name-html/index.html"
}

# Prints how many owners and times there are.
origins()
{
	tar tvJf "$tarball" --numeric-owner --full-time |
		awk '{ print $2, $4, $5 }' | sort -u | wc -l
}

# A directory comes before the files that only begin with its name.
names_are_in_order()
{
	tar tJf "$tarball" | tr / '\001' | sort -c
}

# RFC 1952, section 2.3: flags, one of them for a name, and the time.
gzip_tells_nothing()
{
	gives ' 00 00 00 00 00' od -A n -t x1 -j 3 -N 5 "${tarball%.xz}.gz"
}

# Packed by someone else, later, elsewhere. What was touched is compiled nowhere:
# others build from this tree at the same time.
a_second_run_is_identical()
{
	umask 077
	touch "$top/NEWS" "$top/README"
	TZ=Asia/Tokyo dist "$tmp/again" &&
		cmp "$tarball" "$tmp/again/$name.tar.xz" &&
		cmp "${tarball%.xz}.gz" "$tmp/again/$name.tar.gz"
}

part_dist()
{
	tools git git xz xz-utils tar tar mandoc mandoc dot graphviz || return
	ok "make dist" logged dist made_tarball
	ok "it makes a .tar.gz and a .tar.xz" both_are_there
	ok "both hold the same" both_hold_the_same
	ok "their version is NEWS'" gives "$version" newest
	ok "they have every file of git, and what the autotools make" \
		every_file_of_git_is_there
	ok "the text of each page is there" texts_are_pages
	ok "the licence of what the autotools make is told" licences_are_told
	ok "names are in order" names_are_in_order
	ok "all files have one owner and one time" gives 1 origins
	ok "gzip tells neither a name nor a time" gzip_tells_nothing
	ok "a second run makes the same bytes" \
		logged again a_second_run_is_identical
	ok "packed again, it has the same texts, without mandoc" \
		logged packed packed_again_from_the_tarball
	ok "make dist-html makes the same bytes twice" \
		logged site the_site_is_packed_twice_the_same
}
