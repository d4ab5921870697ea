# SPDX-License-Identifier: ISC
# functions.awk - the functions of a manual page, each with its sentence.
#
# usage: mandoc -T ascii -O width=999 PAGE.3, without overstrikes |
#	awk -v page=PAGE.3 -v about=TEXT -f code.awk -f functions.awk \
#		NAMES HEADER... -
#
# A function's sentence is the first of the page's description that begins with
# it. Where there is none it is the first one of the comment before its
# prototype, and else the first one of the page that names it.

FILENAME == ARGV[1] {
	if ($2 == page && $1 != "-")
		name[++names] = $1
	next
}

FILENAME != "-" { header(); next }

# There a paragraph is one line, in which two spaces part sentences.
/^[A-Z]/ { on = $1 == "DESCRIPTION" }
on {
	sub(/^ +/, "")
	parts = split($0, part, /  +/)
	for (i = 1; i <= parts; i++)
		sentence[++sentences] = part[i]
}

# A comment counts for the declarations that follow it without an empty line.
function header(    line, declared) {
	line = $0
	if (line ~ /^\/\*/) {
		comment = ""
		paragraphs = 0
		inside = 1
	}
	if (inside) {
		inside = line !~ /\*\//
		sub(/^ ?\/?\*+\/? ?/, "", line)
		sub(/ *\*\/$/, "", line)
		if (line == "" && comment != "")
			paragraphs++
		if (!paragraphs)
			comment = comment (comment == "" ? "" : " ") line
	} else if (line == "")
		comment = ""
	else if (line ~ /^[a-z].*[(;]/) {
		declared = line
		sub(/[([;].*/, "", declared)
		sub(/.*[ *]/, "", declared)
		said[declared] = comment
	}
}

function first_sentence(s) {
	if (match(s, /\. [A-Z0-9a-z]/))
		s = substr(s, 1, RSTART)
	return s
}

function capital(s) {
	return toupper(substr(s, 1, 1)) substr(s, 2)
}

function about_it(n,    i, s) {
	for (i = 1; i <= sentences; i++) {
		s = sentence[i]
		if (sub("^" n "\\(\\) ", "", s))
			return capital(s ~ /^is the same/ ? substr(s, 4) : s)
		if (match(s, "^([a-z0-9_]+\\(\\)(,| and) )*" n "\\(\\)"))
			return s
	}
	if (said[n] != "")
		return first_sentence(said[n])
	for (i = 1; i <= sentences; i++)
		if (match(sentence[i], "(^|[^A-Za-z0-9_])" n \
			"($|[^A-Za-z0-9_])"))
			return sentence[i]
	return ""
}

END {
	title = page
	sub(/\.3$/, "", title)
	print "<h2 class=\"page\" id=\"" title "\"><a href=\"" page ".html\">" \
		title "(3)</a> <span class=\"about\">" escaped(about) \
		"</span></h2>"
	print "<dl class=\"names\">"
	for (n = 1; n <= names; n++) {
		s = about_it(name[n])
		sub(/[:;,]$/, ".", s)
		if (!(s in group))
			order[++groups] = s
		group[s] = group[s] "<dt><a href=\"" page ".html#p-" name[n] \
			"\"><code>" name[n] "</code></a></dt>\n"
	}
	for (n = 1; n <= groups; n++)
		print group[order[n]] "<dd>" escaped(order[n]) "</dd>"
	print "</dl>"
}
