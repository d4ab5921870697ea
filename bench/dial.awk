# SPDX-License-Identifier: ISC
# dial.awk - the times that dial.sh took, as a table with the yardstick.
#
# usage: awk -f dial.awk FACTS
#
# Medians in milliseconds. A row's limit is a multiple of the round trip that
# was measured between its times, and what must be waited for besides: a busy
# machine makes both longer. Exit status 1 if this library misses one.

function add(name, text, wait_for, times) {
	rows++
	id[rows] = name
	title[rows] = text
	wait[rows] = wait_for
	trips[rows] = times
}

BEGIN {
	delay = 250
	resolution = 50
	add("both", "both families work", 0, 1.05)
	add("refused", "IPv6 refused", 0, 2.1)
	add("unreachable", "IPv6 unreachable, by ICMP", 0, 2.1)
	add("dropped", "IPv6 silent", delay, 1.1)
	add("again", "IPv6 silent, next time", 0, 1.1)
	add("two", "two silent, one answers", delay, 1.1)
	add("two_again", "two silent, next time", 0, 1.1)
	add("answer", "first byte answered", 0, 1.1)
	add("aaaa_never", "AAAA never answered", 2 * resolution, 1.1)
	add("aaaa_never_again", "the same, next time", resolution, 1.1)
	add("aaaa_late", "AAAA 400 ms late", 2 * resolution, 1.1)
	add("a_never", "A never answered", resolution, 1.1)
	add("silent", "neither, a second asked", 1005, 0)
	peers = split("curl python node go loop", peer, " ")
}

$1 == "skipped" {
	print "bench-dial: skipped, for there is no such network"
	skipped = 1
	exit
}

$3 == "none" {
	none[$1, $2] = 1
	next
}

# In order.
{
	for (i = n[$1, $2]++; i > 0 && time[$1, $2, i - 1] > $3; i--)
		time[$1, $2, i] = time[$1, $2, i - 1]
	time[$1, $2, i] = $3 + 0
	seen[$1] = 1
}

function median(who, row) {
	return time[who, row, int(n[who, row] / 2)]
}

function shown(who, row) {
	if (none[who, row])
		return "none"
	return n[who, row] ? sprintf("%.1f", median(who, row)) : "-"
}

function range(who, row) {
	if (!n[who, row])
		return "-"
	return sprintf("%.1f-%.1f", time[who, row, 0], \
		time[who, row, n[who, row] - 1])
}

function passes(r, limit) {
	return n["socket6", id[r]] && !none["socket6", id[r]] && \
		median("socket6", id[r]) <= limit
}

function write_row(r,    limit, p) {
	limit = wait[r] + trips[r] * median("rtt", id[r])
	printf "%-26s%6s %8s %13s %7.1f %s", title[r], shown("rtt", id[r]), \
		shown("socket6", id[r]), range("socket6", id[r]), limit, \
		passes(r, limit) ? "PASS" : "FAIL"
	missed += !passes(r, limit)
	for (p = 1; p <= peers; p++)
		printf "%8s", shown(peer[p], id[r])
	print ""
}

function write_head(    p) {
	printf "%-26s%6s %8s %13s %7s     ", "milliseconds", "rtt", \
		"socket6", "from-to", "limit"
	for (p = 1; p <= peers; p++)
		printf "%8s", peer[p]
	print ""
}

END {
	if (skipped)
		exit 0
	write_head()
	for (r = 1; r <= rows; r++)
		write_row(r)
	print "loop: two seconds an address, after getaddrinfo; " \
		"attempt delay: curl 200, Go 300"
	exit missed > 0
}
