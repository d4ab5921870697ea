# SPDX-License-Identifier: ISC
# bench.awk - the table that make bench left, drawn: a figure for each call
# that another library has too.
#
# usage: awk -F '\t' -f bar.awk -f bench.awk bench/results

BEGIN {
	count = split("raw socket6 libowfat skalibs", who, " ")
	title["raw"] = "by hand"
	title["socket6"] = "libsocket6"
	title["libowfat"] = "libowfat"
	title["skalibs"] = "skalibs"
	print "<p>What one call costs: system calls, counted by strace, and" \
		" instructions of the program and its libraries, counted by" \
		" callgrind. By hand is what a program would write itself," \
		" with inet_pton and inet_ntop for text." \
		" The figures are those that <code>make bench</code> left in" \
		" this build; a bar is a share of the longest beside it." \
		" Times, which depend on what else the machine does, are" \
		" not drawn. Some calls of the others promise less:" \
		" <a href=\"compare.html\">the comparison</a> has" \
		" examples.</p>"
	print "<div class=\"bench\">"
}

NR == 1 {
	for (n = 1; n <= NF; n++)
		column[$n] = n
	next
}

function value(kind, w) {
	return $(column[kind "_" w])
}

value("instructions", "libowfat") == "-" && \
	value("instructions", "skalibs") == "-" { next }

{
	most = 1
	for (n = 1; n <= count; n++)
		if (value("instructions", who[n]) + 0 > most)
			most = value("instructions", who[n]) + 0
	print "<table class=\"bars\">\n<caption>" $1 "</caption>"
	print "<tr><th scope=\"col\">who</th><th scope=\"col\">calls</th>" \
		"<th scope=\"col\" colspan=\"2\">instructions</th></tr>"
	for (n = 1; n <= count; n++) {
		instructions = value("instructions", who[n])
		if (instructions == "-")
			continue
		print "<tr><th scope=\"row\">" title[who[n]] "</th><td>" \
			value("calls", who[n]) "</td><td>" instructions \
			"</td><td>" bar(who[n], instructions, most) \
			"</td></tr>"
	}
	print "</table>"
}

END { print "</div>" }
