# SPDX-License-Identifier: ISC
# functions.awk - a manual page's functions, with links to their prototypes.
#
# usage: awk -v page=PAGE -v about=TEXT -f functions.awk NAMES

BEGIN {
	title = page
	sub(/\.3$/, "(3)", title)
	print "<h2 class=\"page\"><a href=\"" page ".html\">" title "</a>" \
		" <span class=\"about\">" about "</span></h2>"
	print "<ul class=\"names\">"
}

$2 == page && $1 != "-" {
	print "<li><a href=\"" page ".html#p-" $1 "\"><code>" $1 \
		"</code></a></li>"
}

END { print "</ul>" }
