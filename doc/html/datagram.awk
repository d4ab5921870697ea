# SPDX-License-Identifier: ISC
# datagram.awk - what make bench-datagram left, drawn: a figure for each path
# and size, where by hand and the library stand beside each other.
#
# usage: awk -f bar.awk -f datagram.awk bench/datagram.facts
#
# Facts are lines "PATH BYTES WAY NANOSECONDS".

BEGIN {
	row_named("one-by-one", "raw", "sendto, recvfrom")
	row_named("hand-message", "raw", "sendmsg, recvmsg")
	row_named("one-record", "socket6", "one record")
	row_named("hand-batch", "raw", "32 in a call, by hand")
	row_named("batch", "socket6", "32 records")
	row_named("batch-with-fields", "socket6", "32 with all fields")
	row_named("hand-gso", "raw", "segments sent, by hand")
	row_named("merged", "socket6", "64 records, joined")
	row_named("hand-gso-gro", "raw", "segments, by hand")
	row_named("segments", "socket6", "one record of segments")
	row_named("merged-gro", "socket6", "64 joined, segments received")
	row_named("hand-gso-gro-8", "raw", "8 times segments, by hand")
	row_named("segments-8", "socket6", "8 records of segments")
	path["lo"] = "loopback"
	path["link"] = "a veth link"
	path["split"] = "a veth link, segments split"
	print "<h2 id=\"datagrams\">Datagrams</h2>"
	print "<p>How many are sent and received in the time of one by sendto" \
		" and recvfrom, as <code>make bench-datagram</code> measured" \
		" it on the machine of this build.</p>"
	print "<div class=\"bench\">"
}

!(($1, $2) in seen) {
	seen[$1, $2] = 1
	place[++places] = $1 " " $2
	most[$1 " " $2] = 1
}

$3 == "one-by-one" { one[$1 " " $2] = $4 }

{
	at = $1 " " $2
	times[at, $3] = one[at] / $4
	if (times[at, $3] > most[at])
		most[at] = times[at, $3]
}

function row(at, name) {
	printf "<tr><th scope=\"row\">%s</th><td>%.1f</td><td>%s</td></tr>\n", \
		title[name], times[at, name], \
		bar(class[name], times[at, name], most[at])
}

END {
	for (p = 1; p <= places; p++) {
		split(place[p], part, " ")
		print "<table class=\"bars\">\n<caption>" path[part[1]] ", " \
			part[2] " bytes</caption>"
		print "<tr><th scope=\"col\">how</th>" \
			"<th scope=\"col\" colspan=\"2\">times</th></tr>"
		for (w = 1; w <= rows; w++)
			if ((place[p], names[w]) in times)
				row(place[p], names[w])
		print "</table>"
	}
	print "</div>"
}
