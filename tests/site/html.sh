#!/bin/sh
# SPDX-License-Identifier: ISC
# html.sh DIR [PICTURES] - the site in DIR as its readers find it: make
# check-html. What npm installs goes into html-check in the build directory.
. "${srcdir:-.}/tests/support/tap.sh"

site=$(cd "$1" && pwd) || exit
modules=html-check

# want COMMAND PACKAGE: unlike other tests, this one was asked for.
want()
{
	command -v "$1" >/dev/null && return
	echo "Bail out! there is no $1: install $2"
	exit 1
}

# Without a browser of their own: Debian's serves.
install_modules()
{
	mkdir -p "$modules"
	echo '{"private": true}' >"$modules/package.json"
	PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$modules" --no-audit \
		--no-fund --loglevel=error playwright-core@1 pa11y@9
}

# A broken anchor is a warning there, and a warning a failure.
every_link_and_anchor_is_there()
{
	echo '[AnchorCheck]' >"$tmp/linkcheckerrc"
	linkchecker -f "$tmp/linkcheckerrc" --no-status \
		"file://$site/index.html"
}

# Prints the pages to which nothing leads.
every_page_is_led_to()
{
	for page in "$site"/*.html; do
		name=${page##*/}
		grep -q "href=\"${name}[\"#]" "$site"/*.html || echo "$name"
	done | nothing
}

nothing_is_asked_for_from_elsewhere()
{
	grep -En '(src|href)="(//|[a-z]+:)|<script|@import|url\(' "$site"/* |
		nothing
}

# README's sections, found by their titles.
the_start_page_says_how_to_install()
{
	for words in './configure &amp;&amp; make' dpkg-buildpackage \
		'pkg-config --cflags' PKG_CHECK_MODULES find_package; do
		grep -q -- "$words" "$site/index.html" || echo "$words"
	done | nothing &&
		grep -q '^lib/sys/' "$site/source.html"
}

# Without times, ports, and the length of bars, which depend on the machine.
steady()
{
	sed 's/[0-9.]* ms$//; s/:[0-9]* in .*//; s/─//g; s/·//g; s/  */ /g; s/ $//'
}

# Prints what socket6 draws in a terminal of this width.
drawn()
{
	echo '$ socket6 dial mixed.example 7'
	# shellcheck disable=SC2016 # for the shell in there
	LC_ALL=C.UTF-8 COLUMNS=$1 sh "$srcdir/tools/world.sh" sh -c '
		mkfifo "$0/up"
		tools/socket6 listen -e 192.0.2.80 7 >"$0/up" 2>&1 &
		read -r up <"$0/up" && rm "$0/up" &&
			tools/socket6 dial -z mixed.example 7 2>&1' "$tmp"
	echo
}

the_race_is_what_the_program_draws()
{
	{
		drawn 80
		drawn 46
	} | steady >"$tmp/drawn"
	sed -e '1,/^$/d' -e \$G "$srcdir/doc/html/race.txt" | steady |
		diff - "$tmp/drawn"
}

# The names of the map, a page's below it, pages as libsocket6(7) has them.
every_function_is_in_the_index()
{
	mapped | sort >"$tmp/exported"
	sed -n 's,^<dt><a [^>]*><code>\(.*\)</code></a></dt>,\1,p' \
		"$site/functions.html" | sort | diff "$tmp/exported" - &&
		! grep '<dd></dd>' "$site/functions.html"
}

pages_have_the_overview_order()
{
	awk '/^\.Ss/ { on = $2 == "Families" } on && /^\.It Xr/ { print $3 }' \
		"$srcdir/doc/libsocket6.7" >"$tmp/order"
	sed -n 's,^<h2 class="page" id="\(.*\)"><a .*,\1,p' \
		"$site/functions.html" | diff "$tmp/order" -
}

# plain_code PAGE: prints the first code of a page that has C, without colours.
plain_code()
{
	awk '/<pre/ && !on { on = 1 } on { print } on && /<\/pre>/ { exit }' |
		sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g
			s/&amp;/\&/g; $d'
}

colours_change_no_code()
{
	sed '1,/id="example"/d' "$site/index.html" | plain_code >"$tmp/code"
	sed 1d "$srcdir/examples/client.c" | diff - "$tmp/code" &&
		grep -q '<span class="keyword">return</span>' "$site/index.html"
}

# Prints the pages with many headings that do not list them.
long_pages_list_their_headings()
{
	for page in "$site"/*.html; do
		[ "$(grep -c '<h[23]' "$page")" -le 10 ] ||
			grep -q 'class="toc"' "$page" || echo "${page##*/}"
	done | nothing
}

every_question_is_answered()
{
	grep -E '<td data-who="[^"]*">-?</td>' "$site/compare.html" | nothing
}

# Writes what it finds to $tmp/faults.
chromium_shows_every_page()
{
	printf '%s\n' "$site"/*.html |
		node "$srcdir/tests/site/html.mjs" "$modules" ${2+"$2"} \
			>"$tmp/faults"
}

without_fault()
{
	grep "^$1: " "$tmp/faults" | nothing
}

want linkchecker linkchecker
want npm npm
want chromium chromium
ok "every link and anchor is there" every_link_and_anchor_is_there
ok "every page is led to" every_page_is_led_to
ok "nothing is asked for from elsewhere" nothing_is_asked_for_from_elsewhere
ok "the start page says how to install and link" \
	the_start_page_says_how_to_install
ok "the race is what the program draws" the_race_is_what_the_program_draws
ok "every exported name is in the index, with a sentence" \
	every_function_is_in_the_index
ok "the index has libsocket6(7)'s order" pages_have_the_overview_order
ok "colours change no code" colours_change_no_code
ok "a long page lists its headings" long_pages_list_their_headings
ok "the comparison answers every question" every_question_is_answered
ok "npm installs playwright-core and pa11y" install_modules
ok "Chromium shows every page" chromium_shows_every_page "$@"
for page in "$site"/*.html; do
	page=${page##*/}
	ok "$page fits its window and can be read by everyone" \
		without_fault "$page"
done
done_testing
