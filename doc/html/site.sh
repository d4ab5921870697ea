#!/bin/sh
# SPDX-License-Identifier: ISC
# site.sh SRCDIR OUT - writes the documentation into OUT as a web site, from
# the manual pages, README and the example. It has no scripts and asks for
# nothing from elsewhere, so it works from a file: URL.
#
# In the build directory; bench/results, if make bench has left it there, is
# drawn too.
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
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
}

# Prints the names of the guide's chapters, in order.
chapters()
{
	awk '/^\.Ss/ { on = $0 == ".Ss The guide" }
		on && /^\.It Xr/ { print $3 }' "$srcdir/doc/libsocket6.7"
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

# manual PAGE KIND: prints the manual page's text; KIND is chapter or page.
manual()
{
	mandoc -T html -O fragment,man=%N.%S.html "$1" |
		awk -v kind="$2" -v page="${1##*/}" -f "$here/manual.awk" \
			"$out/names" -
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
		manual "$1" page
		end
	} >"$out/$name.html"
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
		manual "$page" chapter
		echo '<nav class="beside" aria-label="Chapters">'
		beside prev "$2" Before:
		beside next "$4" Next:
		echo '</nav>'
		end
	} >"$out/$3.7.html"
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
		for page in "$srcdir"/doc/*.3; do
			awk -v page="${page##*/}" -v about="$(about "$page")" \
				-f "$here/functions.awk" "$out/names"
		done
		end
	} >"$out/functions.html"
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
		begin 'How a connection comes about - libsocket6'
		cat <<-'END'
			<h1>How a connection comes about</h1>
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
		awk -F '\t' -f "$here/bench.awk" bench/results
		end
	} >"$out/bench.html"
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
	echo '<p>By name: <a href="functions.html">all of them</a>. By page:</p>'
	echo '<ul class="pages">'
	for page in "$srcdir"/doc/*.3; do
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
		<li><a href="connect.html">how a connection comes about</a>,
		drawn</li>
		<li><a href="compare.html">comparison</a> with plain sockets,
		libowfat, skalibs and libuv</li>
		<li>$bench_line</li>
		</ul>
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
		echo '<h2 id="example">Example</h2>'
		echo '<pre tabindex="0">'
		sed 1d "$srcdir/examples/client.c" | escape
		echo '</pre>'
		echo '<pre tabindex="0">'
		sed -n 's/^	\(cc client.c .*\)/\1/p' "$srcdir/README" | escape
		echo '</pre>'
		contents
		end
	} >"$out/index.html"
}

need mandoc mandoc
need dot graphviz
version=$(sed -n 's/^AC_INIT(\[libsocket6\], \[\(.*\)\])/\1/p' \
	"$srcdir/configure.ac")
if test -f bench/results; then
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
write_compare
test -z "$bench_link" || write_bench
write_index
rm "$out/names"
