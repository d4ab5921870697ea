# SPDX-License-Identifier: ISC
# svg.sed - graphviz's SVG as a part of a page: it takes the page's colours,
# and no tooltips.
1,/^<svg/{
	/^<svg/!d
}
s/^<svg .*/<svg class="diagram" role="img"/
s/^ viewBox=\(.*\) xmlns.*/ aria-label="The states of a connection" viewBox=\1>/
/^<title>/d
/^<!--/d
s/ stroke="black"/ stroke="currentColor"/g
s/ fill="black"/ fill="currentColor"/g
s/<text /<text fill="currentColor" /
