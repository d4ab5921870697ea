#!/bin/sh
# SPDX-License-Identifier: ISC
# documents.sh - what README shows is what is there.
. "${srcdir:-.}/tests/support/tap.sh"

# Prints the block of README that begins so, without its indent.
block()
{
	awk -v first="	$1" '
		index($0, first) == 1 { on = 1 }
		on && /^[^\t]/ { exit }
		on { sub(/^\t/, ""); print }' "$srcdir/README"
}

readme_shows_the_client()
{
	block '/* client.c' >"$tmp/shown"
	sed 1d "$srcdir/examples/client.c" | diff -B - "$tmp/shown"
}

# Those of kqueue are no part of it.
the_chapter_on_servers_shows_the_server()
{
	awk '
		FNR == NR { source = source $0 "\n"; next }
		/^\.Sh EXAMPLES/ { exit }
		/^\.Ed/ {
			on = 0
			shown++
			if (block !~ /kevent/ && !index(source, block))
				print block
		}
		on { gsub(/\\e/, "\\"); block = block $0 "\n" }
		/^\.Bd/ { on = 1; block = "" }
		END { if (shown < 5) print shown + 0 " parts" }' \
		"$srcdir/examples/echo_server.c" \
		"$srcdir/doc/libsocket6-servers.7" | nothing
}

the_quick_start_is_two_commands()
{
	test "$(block ./bootstrap)" = './bootstrap demo
./bootstrap check'
}

# words FILE: prints the words of a drawing, each once. A v is an arrow.
words()
{
	tr -cs 'A-Za-z0-9_' '\n' <"$1" | grep -Evx 'v?' | sort -u
}

# A label's \n and \l end a line.
the_drawn_diagram_says_what_the_page_says()
{
	sed -n 's/.*label="\([^"]*\)".*/\1/p' "$srcdir/doc/connect.dot" |
		sed 's/\\[ln]/ /g' >"$tmp/drawn"
	sed -n '/^\.Ss How a connection/,/^\.Ed/p' "$srcdir/doc/libsocket6.7" |
		sed '1,/^\.Bd/d; /^\.Ed/d' >"$tmp/paged"
	words "$tmp/paged" >"$tmp/paged.words"
	words "$tmp/drawn" | diff "$tmp/paged.words" -
}

# What the headers declare, a line each.
declared=$srcdir/tests/shape/abi/headers.txt

# Reads types, and prints each once: without a name, an array's length, and the
# const of a struct.
types()
{
	sed 's/^ *//; s/^\(const \)*struct //; s/\[[0-9]*\]/[]/
		s/[a-z0-9_]*\(\[\]\)*$/\1/; s/ $//; /^$/d' | sort -u
}

# rows FILTER...: prints the types in the rows of libsocket6-ffi(7)'s table.
rows()
{
	sed -n 's/^\.It Vt \([^T]*\) Ta .* Ta .*/\1/p' \
		"$srcdir/doc/libsocket6-ffi.7" | "$@" | sed 's/No result//'
}

# An enum of djb's is an int.
the_ffi_table_has_every_argument()
{
	sed -n 's/^[a-z].*(\(.*\));$/\1/p' "$declared" | tr , '\n' |
		grep -v ' enum ' | types >"$tmp/arguments"
	rows grep -v 'No result' | types | diff "$tmp/arguments" -
}

the_ffi_table_has_every_result()
{
	sed -n 's/^\([a-z].*\)(.*);$/\1/p' "$declared" | types |
		grep -vx void >"$tmp/results"
	rows grep 'No result' | types | diff "$tmp/results" -
}

# A macro without a value is a guard.
the_ffi_page_shows_every_constant()
{
	sed -n 's/^#define \(SOCKET_[A-Z0-9_]*\)[ (].*/\1/p' "$declared" |
		sort >"$tmp/constants"
	sed -n 's/^	SHOW(\(SOCKET_[A-Z0-9_]*\).*/\1/p' \
		"$srcdir/doc/libsocket6-ffi.7" | sort | diff "$tmp/constants" -
}

# Prints errnos and their words.
rows_of_errors()
{
	sed -n 's/^	{\(E[A-Z]*\), "\(.*\)"},$/\1 \2/p' "$srcdir/lib/error.c"
}

socket_error_lists_its_words()
{
	rows_of_errors >"$tmp/rows"
	test -s "$tmp/rows" &&
		sed -n 's/^\.It Er \(E[A-Z]*\) Ta /\1 /p' \
			"$srcdir/doc/socket_error.3" | diff "$tmp/rows" -
}

every_errno_of_a_page_has_words()
{
	rows_of_errors | sed 's/ .*//' | sort >"$tmp/errnos"
	grep -hw '^\..*Er' "$srcdir"/doc/*.[37] |
		grep -Eo '\<E[A-Z]{2,}\>' | sort -u |
		comm -13 "$tmp/errnos" - | nothing
}

# A word in capitals stands for any name.
hacking_names_files_that_exist()
{
	grep -Eo '\b(bench|doc|examples|include|lib|m4|tests|tools)/[a-zA-Z0-9_./]*' \
		"$srcdir/HACKING" | sed 's/\.$//' | grep -v '[A-Z]' |
		while read -r file; do
			ls -d "$srcdir/$file"* >/dev/null 2>&1 || echo "$file"
		done | nothing
}

# In the call that it follows, each line ends with the function's file.
hacking_names_the_file_of_each_function()
{
	sed -n 's,^	 *\([a-z0-9_]*\)\>.*	\(lib/[^	]*\)$,\1 \2,p' \
		"$srcdir/HACKING" >"$tmp/functions"
	test -s "$tmp/functions" && while read -r name file; do
		grep -q "\<$name(" "$srcdir/$file" || echo "$name"
	done <"$tmp/functions" | nothing
}

ok "README's example is examples/client.c" readme_shows_the_client
ok "libsocket6-servers(7) shows examples/echo_server.c" \
	the_chapter_on_servers_shows_the_server
ok "README's quick start is two commands" the_quick_start_is_two_commands
ok "the drawn diagram says what libsocket6(7) says" \
	the_drawn_diagram_says_what_the_page_says
ok "libsocket6-ffi(7) has every type of an argument" \
	the_ffi_table_has_every_argument
ok "libsocket6-ffi(7) has every type of a result" \
	the_ffi_table_has_every_result
ok "libsocket6-ffi(7) shows every constant" the_ffi_page_shows_every_constant
ok "socket_error(3) lists its words" socket_error_lists_its_words
ok "every errno that a page names has words" every_errno_of_a_page_has_words
ok "HACKING names files that exist" hacking_names_files_that_exist
ok "HACKING names the file of each function" \
	hacking_names_the_file_of_each_function

done_testing
