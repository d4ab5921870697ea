# SPDX-License-Identifier: ISC
# code.awk - C in colours, whose functions lead to their pages.
#
# usage: awk -f code.awk -f ...		home[NAME] is the page of a function

BEGIN {
	count = split("break case char const continue default do double else" \
		" enum extern for goto if int long return short signed sizeof" \
		" static struct switch typedef union unsigned void while" \
		" size_t ssize_t uint8_t uint16_t uint32_t uint64_t int64_t",
		words, " ")
	for (n = 1; n <= count; n++)
		keyword[words[n]] = 1
}

function escaped(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

# A drawing, or what to type at a shell, has no such lines.
function is_code(s) {
	return s ~ /[;{]\n|;$|#include/
}

function span(kind, s) {
	return "<span class=\"" kind "\">" s "</span>"
}

function identifier(s, after) {
	if (s in keyword)
		return span("keyword", s)
	if (s in home && after == "(")
		return "<a href=\"" home[s] "#p-" s "\">" s "</a>"
	return s
}

# The text is escaped; what is found first at its beginning is taken off.
function coloured(s,    done, end) {
	while (s != "") {
		if (match(s, /^\/\*/)) {
			end = index(s, "*/")
			RLENGTH = end ? end + 1 : length(s)
			done = done span("comment", substr(s, 1, RLENGTH))
		} else if (match(s, /^#[a-z][^\n]*/) && done ~ /(^|\n)$/) {
			done = done span("directive", substr(s, 1, RLENGTH))
		} else if (match(s, /^&quot;([^&\\\n]|&[^q\n]|\\[^&]|\\&quot;)*&quot;/) ||
			match(s, /^'([^'\\\n]|\\[^\n])[^'\n]*'/)) {
			done = done span("string", substr(s, 1, RLENGTH))
		} else if (match(s, /^[A-Za-z_][A-Za-z_0-9]*/)) {
			done = done identifier(substr(s, 1, RLENGTH), \
				substr(s, RLENGTH + 1, 1))
		} else {
			if (!match(s, /^(&[a-z]*;|[0-9][0-9A-Za-z]*|[ \t\n(),;]+)/))
				RLENGTH = 1
			done = done substr(s, 1, RLENGTH)
		}
		s = substr(s, RLENGTH + 1)
	}
	return done
}
