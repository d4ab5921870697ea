# SPDX-License-Identifier: ISC
# text.awk - a section of README, NEWS or HACKING as a part of a page.
#
# usage: awk -v section=TITLE -f code.awk -f text.awk NAMES FILE
#
# Two empty lines and a title begin a section; without a title the file is
# taken whole, and its versions are the headings. Blocks are parted by empty
# lines: what a tab begins is code, what a dash or star begins an item.

FNR == NR {
	if ($1 == "-")
		exists[$2] = 1
	else
		home[$1] = $2 ".html"
	next
}

section != "" && /^[^ \t]/ && empty > 1 { on = $0 == section; empty = 0; next }
section != "" && !on { empty = $0 == "" ? empty + 1 : 0; next }
/^$/ { empty++; next }
FNR == 1 && section == "" { next }

function close_block() {
	if (kind == "code")
		print "<pre tabindex=\"0\">" escaped(aligned(block)) "</pre>"
	else if (kind == "item")
		print "<li>" linked(escaped(block)) "</li>"
	else if (kind == "heading")
		print "<h2>" escaped(block) "</h2>"
	else if (kind != "")
		print "<p>" linked(escaped(block)) "</p>"
}

# Two columns, parted by tabs, below each other.
function aligned(s,    lines, row, n, width, done) {
	lines = split(s, row, "\n")
	for (n = 1; n <= lines; n++)
		if (index(row[n], "\t") > width)
			width = index(row[n], "\t")
	for (n = 1; n <= lines; n++) {
		if (match(row[n], /\t+/))
			row[n] = sprintf("%-" width "s", \
				substr(row[n], 1, RSTART - 1)) \
				substr(row[n], RSTART + RLENGTH)
		done = done row[n] (n < lines ? "\n" : "")
	}
	return done
}

function open_block(next_kind) {
	close_block()
	if (kind == "item" && next_kind != "item")
		print "</ul>"
	if (kind != "item" && next_kind == "item")
		print "<ul>"
	kind = next_kind
	block = ""
}

# Names of functions, pages, and pages with their section.
function linked(s,    done, name, page, after) {
	while (match(s, /[A-Za-z_][A-Za-z_0-9-]*/)) {
		name = substr(s, RSTART, RLENGTH)
		done = done substr(s, 1, RSTART - 1)
		s = substr(s, RSTART + RLENGTH)
		after = match(s, /^\([137]\)/) ? substr(s, 1, 3) : ""
		page = name "." substr(after, 2, 1)
		if (after != "" && page in exists) {
			done = done "<a href=\"" page ".html\">" name after "</a>"
			s = substr(s, 4)
		} else if (name in home)
			done = done "<a href=\"" home[name] "#p-" name \
				"\"><code>" name "</code></a>"
		else
			done = done name
	}
	return done s
}

{
	starts = empty || block == ""
	line = $0
}
/^\t/ {
	sub(/^\t/, "", line)
	if (kind != "code")
		open_block("code")
	else if (empty)
		block = block "\n"
}
/^  [-*] / {
	sub(/^  [-*] /, "", line)
	open_block("item")
}
section == "" && /^[0-9][0-9.]* \(/ { open_block("heading"); starts = 0 }
/^[^\t]/ && !/^  [-*] / && starts && !(kind == "item" && /^    /) {
	open_block("text")
}
{
	if (kind != "code")
		sub(/^ */, "", line)
	block = block (block == "" ? "" : "\n") line
	empty = 0
}

END { open_block("") }
