#!/bin/sh
# SPDX-License-Identifier: ISC
# site.sh SRCDIR OUT - writes the documentation into OUT as a web site, from
# the manual pages, README and the example. It has no scripts and asks for
# nothing from elsewhere, so it works from a file: URL.
#
# In the build directory; what make bench, make bench-datagram and make
# bench-text have left there is drawn too.
set -eu
srcdir=$1
out=$2
here=$srcdir/doc/html
LC_ALL=C
export LC_ALL

# need COMMAND PACKAGE
need()
{
	command -v "$1" >/dev/null && return
	echo "make html: there is no $1: install $2" >&2
	exit 1
}

# Text as HTML.
escape()
{
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'
}

# listed TITLE: prints the names of the pages in that list of libsocket6(7).
listed()
{
	awk -v title=".Ss $1" '/^\.Ss/ { on = $0 == title }
		on && /^\.It Xr/ { print $3 }' "$srcdir/doc/libsocket6.7"
}

# Prints the names of the guide's chapters, in order.
chapters()
{
	listed 'The guide'
}

# Prints the pages of functions, in the order of libsocket6(7).
function_pages()
{
	for name in $(listed Families); do
		echo "$srcdir/doc/$name.3"
	done
}

is_chapter()
{
	name=${1##*/}
	chapters | grep -qx "${name%.7}"
}

# about PAGE: prints what the manual page is about.
about()
{
	sed -n 's/^\.Nd //p' "$1"
}

# names PAGE: prints the names in the manual page's NAME list.
names()
{
	awk '/^\.Sh/ { in_name = $2 == "NAME" }
		in_name && $1 == ".Nm" { print $2 }' "$1"
}

# begin TITLE: prints what stands above the text of a page.
begin()
{
	cat <<-END
		<!DOCTYPE html>
		<html lang="en">
		<head>
		<meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<meta name="color-scheme" content="light dark">
		<title>$1</title>
		<link rel="stylesheet" href="style.css">
		</head>
		<body>
		<a class="skip" href="#main-text">Skip to the text</a>
		<header>
		<a class="name" href="index.html">libsocket6</a>
		<nav aria-label="Site">
		<a href="index.html#guide">Guide</a>
		<a href="functions.html">Functions</a>
		<a href="connect.html">Connecting</a>
		<a href="compare.html">Comparison</a>
		<a href="news.html">News</a>
		<a href="source.html">Source</a>
		$bench_link
		</nav>
		</header>
		<main id="main-text">
	END
}

end()
{
	cat <<-END
		</main>
		<footer>
		<p>libsocket6 $version, under the ISC licence.
		<a href="libsocket6.7.html">libsocket6(7)</a> is the overview.</p>
		</footer>
		</body>
		</html>
	END
}

# with_contents PAGE: writes standard input there, with a table of contents if
# it is long.
with_contents()
{
	awk -f "$here/toc.awk" >"$out/$1.html"
}

# code FILE: prints that file's C in colours, without its licence.
code()
{
	sed 1d "$srcdir/$1" | awk -f "$here/code.awk" -f "$here/source.awk" \
		"$out/names" -
}

# text FILE [SECTION]: prints that section of a document, or all of it.
text()
{
	awk -v section="${2-}" -f "$here/code.awk" -f "$here/text.awk" \
		"$out/names" "$srcdir/$1"
}

# manual PAGE KIND: prints the manual page's text; KIND is chapter or page.
manual()
{
	mandoc -T html -O fragment,man=%N.%S.html "$1" |
		awk -v kind="$2" -v page="${1##*/}" -f "$here/code.awk" \
			-f "$here/manual.awk" "$out/names" -
}

# A manual page by itself.
write_page()
{
	name=${1##*/}
	title="${name%.*}(${name##*.})"
	{
		begin "$title - libsocket6"
		echo "<h1>$title</h1>"
		echo "<p class=\"about\">$(about "$1")</p>"
		echo '<!--contents-->'
		manual "$1" page
		end
	} | with_contents "$name"
}

# beside WORD NAME: a link to the chapter before or after, if there is one.
beside()
{
	test -n "$2" || return 0
	echo "<a rel=\"$1\" href=\"$2.7.html\"><span>$3</span>" \
		"$(about "$srcdir/doc/$2.7")</a>"
}

# write_chapter NUMBER BEFORE NAME AFTER
write_chapter()
{
	page=$srcdir/doc/$3.7
	{
		begin "$(about "$page") - libsocket6"
		echo "<p class=\"chapter\"><a href=\"index.html#guide\">The guide</a>," \
			"chapter $1</p>"
		echo "<h1 class=\"sentence\">$(about "$page")</h1>"
		echo '<!--contents-->'
		manual "$page" chapter
		echo '<nav class="beside" aria-label="Chapters">'
		beside prev "$2" Before:
		beside next "$4" Next:
		echo '</nav>'
		end
	} | with_contents "$3.7"
}

write_chapters()
{
	chapters | awk '{ name[NR] = $1 }
		END { for (n = 1; n <= NR; n++)
			print n, (n > 1 ? name[n - 1] : "-"), name[n],
				(n < NR ? name[n + 1] : "-") }' |
	while read -r number before name after; do
		write_chapter "$number" "${before#-}" "$name" "${after#-}"
	done
}

# Every name that a page of section 3 has, and the page.
list_names()
{
	for page in "$srcdir"/doc/*.3; do
		names "$page" | sed "s/$/ ${page##*/}/"
	done >"$out/names"
	for page in "$srcdir"/doc/*.[137]; do
		echo "- ${page##*/}"
	done >>"$out/names"
}

write_functions()
{
	{
		begin 'Functions - libsocket6'
		echo '<h1>Functions</h1>'
		echo '<!--contents-->'
		for page in $(function_pages); do
			mandoc -T ascii -O width=999 "$page" |
				sed "s/.$(printf '\b')//g" |
				awk -v page="${page##*/}" \
					-v about="$(about "$page")" \
					-f "$here/code.awk" \
					-f "$here/functions.awk" "$out/names" \
					"$srcdir/include/libowfat/socket.h" \
					"$srcdir"/include/socket6/*.h -
		done
		end
	} | with_contents functions
}

# The diagram of libsocket6(7), as text.
diagram()
{
	sed -n '/^\.Ss How a connection/,/^\.Ed/p' "$srcdir/doc/libsocket6.7" |
		sed '1,/^\.Bd/d; /^\.Ed/d'
}

write_connect()
{
	{
		begin 'How a connection is made - libsocket6'
		cat <<-'END'
			<h1>How a connection is made</h1>
			<p>What
			<a href="socket_connect6.3.html"><code>socket_connect6</code></a>
			returns stands beside an arrow, and what
			<a href="socket_connect6.3.html"><code>socket_connected</code></a>
			then says in each state stands in the box: its result, and
			<code>errno</code> if that is 0.</p>
			<figure>
		END
		dot -Tsvg "$srcdir/doc/connect.dot" | sed -f "$here/svg.sed"
		cat <<-'END'
			<figcaption>The states of a connection. <a
			href="#as-text">The same as text.</a></figcaption>
			</figure>
			<h2 id="as-text">As text</h2>
		END
		echo '<pre tabindex="0">'
		diagram | escape
		echo '</pre>'
		end
	} >"$out/connect.html"
}

write_compare()
{
	{
		begin 'Comparison - libsocket6'
		awk -f "$here/compare.awk" "$here/compare.txt"
		end
	} >"$out/compare.html"
}

write_bench()
{
	{
		begin 'Benchmarks - libsocket6'
		echo '<h1>Benchmarks</h1>'
		test ! -f bench/results ||
			awk -F '\t' -f "$here/bar.awk" -f "$here/bench.awk" \
				bench/results
		test ! -f bench/datagram.facts ||
			awk -f "$here/bar.awk" -f "$here/datagram.awk" \
				bench/datagram.facts
		test ! -f bench/text.facts ||
			awk -f "$here/bar.awk" -f "$here/addresses.awk" \
				bench/text.facts
		end
	} >"$out/bench.html"
}

write_news()
{
	{
		begin 'News - libsocket6'
		echo '<h1>News</h1>'
		echo '<!--contents-->'
		text NEWS
		end
	} | with_contents news
}

source_files()
{
	(cd "$srcdir" && printf '%s\n' examples/*.c include/socket6.h \
		include/socket6/*.h)
}

# The headers, the examples, and where the rest is.
write_source()
{
	{
		begin 'Source - libsocket6'
		cat <<-'END'
			<h1>Source</h1>
			<p>The interface and the examples, whole. The rest is in the
			tarball that this site was made from; HACKING, in it, says
			how to change it.</p>
			<!--contents-->
			<h2 id="folders">Where things are</h2>
		END
		text HACKING '7  Where things are'
		for file in $(source_files); do
			title=${file#include/}
			echo "<h2 id=\"$(echo "$title" | tr / -)\">$title</h2>"
			code "$file"
		done
		end
	} | with_contents source
}

# The rest of the start page: where everything else is.
contents()
{
	echo '<h2 id="guide">Guide</h2>'
	echo '<ol class="chapters">'
	for name in $(chapters); do
		echo "<li><a href=\"$name.7.html\">$(about \
			"$srcdir/doc/$name.7")</a></li>"
	done
	echo '</ol>'
	echo '<h2 id="functions">Functions</h2>'
	echo '<p><a href="functions.html">Each with a sentence.</a> By page:</p>'
	echo '<ul class="pages">'
	for page in $(function_pages); do
		name=${page##*/}
		echo "<li><a href=\"$name.html\">${name%.3}(3)</a>" \
			"$(about "$page")</li>"
	done
	echo '</ul>'
	cat <<-END
		<h2 id="rest">Besides</h2>
		<ul>
		<li><a href="libsocket6.7.html">libsocket6(7)</a>, the overview:
		conventions, threads and signals, compiling and linking</li>
		<li><a href="socket6.1.html">socket6(1)</a>, the program</li>
		<li><a href="libsocket6-ffi.7.html">libsocket6-ffi(7)</a>, from
		other languages</li>
		<li><a href="connect.html">how a connection is made</a>,
		drawn</li>
		<li><a href="compare.html">comparison</a> with plain sockets,
		libowfat, skalibs and libuv</li>
		<li><a href="news.html">news</a> of each version</li>
		<li><a href="source.html">source</a>: headers, examples and where
		the rest is</li>
		<li>$bench_line</li>
		</ul>
	END
}

# What would disappoint those who expect it.
limits()
{
	cat <<-'END'
		<h2 id="not">What it is not</h2>
		<ul>
		<li>An event loop: it has no loop, no timers, no threads and no
		callbacks. Your loop watches its descriptors; <a
		href="libsocket6-epoll.7.html">the guide</a> shows epoll and
		kqueue.</li>
		<li>TLS: give the connected descriptor to a TLS library.</li>
		<li>A resolver: <a
		href="socket_resolve6.3.html"><code>socket_resolve6</code></a> asks
		the system's, and waits for it. A dial also accepts addresses from
		an asynchronous one.</li>
		<li>For Unix domain sockets, raw sockets or packets.</li>
		<li>Finished: until 1.0.0 its interface can change, and it was
		not tested on real BSD, macOS, illumos or Windows.</li>
		</ul>
		<p><a href="compare.html">The comparison</a> says what others do
		instead.</p>
	END
}

write_index()
{
	{
		begin 'libsocket6 - TCP and UDP over IPv6 and IPv4'
		echo '<h1>libsocket6</h1>'
		echo '<p class="pitch">'
		awk -v RS= 'NR == 2' "$srcdir/README" | escape
		echo '</p>'
		echo '<!--contents-->'
		echo '<figure>'
		awk -f "$here/code.awk" -f "$here/race.awk" "$here/race.txt"
		cat <<-'END'
			<figcaption>A dial, drawn by the program <a
			href="socket6.1.html#THE_DRAWING">socket6</a>: IPv6 was
			silent, so a quarter of a second later IPv4 had its turn. Its
			first address refused, its second one won.</figcaption>
			</figure>
			<h2 id="example">Example</h2>
		END
		code examples/client.c
		echo '<h2 id="install">Install</h2>'
		text README Installing
		echo '<h2 id="link">Link</h2>'
		text README Linking
		limits
		contents
		end
	} | with_contents index
}

need mandoc mandoc
need dot graphviz
version=$(sed -n 's/^AC_INIT(\[libsocket6\], \[\(.*\)\])/\1/p' \
	"$srcdir/configure.ac")
if test -f bench/results || test -f bench/datagram.facts ||
	test -f bench/text.facts; then
	bench_link='<a href="bench.html">Benchmarks</a>'
	bench_line='<a href="bench.html">benchmarks</a>: what a call costs'
else
	bench_link=
	bench_line='benchmarks, once <code>make bench</code> was run before
		<code>make html</code>'
fi

rm -rf "$out"
mkdir -p "$out"
cp "$here/style.css" "$out"
list_names
for page in "$srcdir"/doc/*.[137]; do
	is_chapter "$page" || write_page "$page"
done
write_chapters
write_functions
write_connect
write_news
write_source
write_compare
test -z "$bench_link" || write_bench
write_index
rm "$out/names"
