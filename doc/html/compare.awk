# SPDX-License-Identifier: ISC
# compare.awk - compare.txt as a table, whose rows are cards on a narrow page.

function escape(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	return s
}

BEGIN {
	count = split("libsocket6 sockets libowfat skalibs libuv seen", who, " ")
	title["sockets"] = "plain sockets"
	title["seen"] = "seen in"
	print "<h1>Comparison</h1>"
	print "<p>libsocket6 is a thin layer; the others do more, and the" \
		" rows say so too. The last column says where each answer" \
		" was seen: in this tree's tests and benchmarks, in Linux's" \
		" manual, or in the source of libowfat 0.32, skalibs" \
		" 2.13.1.1 and libuv 1.44.2, as Debian 12 has them.</p>"
	print "<table class=\"compare\">"
	print "<thead>\n<tr><th scope=\"col\">question</th>"
	for (n = 1; n <= count; n++)
		print "<th scope=\"col\">" heading(who[n]) "</th>"
	print "</tr>\n</thead>\n<tbody>"
}

function heading(w) {
	return w in title ? title[w] : w
}

function write_row(    n) {
	if (question == "")
		return
	print "<tr><th scope=\"row\">" escape(question) "</th>"
	for (n = 1; n <= count; n++)
		print "<td data-who=\"" heading(who[n]) "\">" \
			escape(answer[who[n]]) "</td>"
	print "</tr>"
	question = ""
}

/^#/ { next }
/^$/ { write_row(); next }
question == "" { question = $0; next }
{
	name = $0
	sub(/:.*/, "", name)
	sub(/^[a-z0-9]*: */, "")
	answer[name] = $0
}

END {
	write_row()
	print "</tbody>\n</table>"
}
