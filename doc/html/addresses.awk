# SPDX-License-Identifier: ISC
# addresses.awk - what make bench-text left, drawn: reading and writing.
#
# usage: awk -f bar.awk -f addresses.awk bench/text.facts
#
# Facts are lines "LIBRARY read|write NANOSECONDS"; the least one counts.

BEGIN {
	row_named("socket6", "socket6", "libsocket6")
	row_named("libowfat", "libowfat", "libowfat")
	row_named("skalibs", "skalibs", "skalibs")
	row_named("libc", "raw", "this C library")
	row_named("musl", "raw", "musl")
	row_named("rust", "raw", "Rust's std")
	print "<h2 id=\"addresses\">Addresses as text</h2>"
	print "<p>The nanoseconds of one of 65,536 IPv6 addresses: a quarter has" \
		" all eight groups, two fifths leave zeroes out, the rest are" \
		" v4-mapped and link-local. <code>make bench-text</code>" \
		" measured it on the machine of this build.</p>"
	print "<div class=\"bench\">"
}

!(($1, $2) in time) || $3 < time[$1, $2] { time[$1, $2] = $3 }

function figure(what, caption,    i, most) {
	most = 0
	for (i = 1; i <= rows; i++)
		if (time[names[i], what] + 0 > most)
			most = time[names[i], what] + 0
	print "<table class=\"bars\">\n<caption>" caption "</caption>"
	print "<tr><th scope=\"col\">who</th>" \
		"<th scope=\"col\" colspan=\"2\">ns</th></tr>"
	for (i = 1; i <= rows; i++)
		if (time[names[i], what])
			printf "<tr><th scope=\"row\">%s</th><td>%.0f</td>" \
				"<td>%s</td></tr>\n", title[names[i]], \
				time[names[i], what], \
				bar(class[names[i]], time[names[i], what], \
				    most)
	print "</table>"
}

END {
	figure("read", "reading")
	figure("write", "writing")
	print "</div>"
}
