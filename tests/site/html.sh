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
ok "npm installs playwright-core and pa11y" install_modules
ok "Chromium shows every page" chromium_shows_every_page "$@"
for page in "$site"/*.html; do
	page=${page##*/}
	ok "$page fits its window and can be read by everyone" \
		without_fault "$page"
done
done_testing
