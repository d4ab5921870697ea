# SPDX-License-Identifier: ISC
# datagram.awk - how fast each way is, and what is asked of the library's.
#
# usage: awk -f datagram.awk FACTS
#
# Facts are lines "PATH BYTES WAY NANOSECONDS". Writes TAP: of each path and
# size the ratio of a way to the one by hand, and how often the way goes into
# the time of one datagram by sendto and recvfrom.

{ time[$1 " " $2, $3] = $4 }
!seen[$1 " " $2]++ { place[++places] = $1 " " $2 }

# judge WAY BY_HAND LEAST
function judge(way, hand, least,    ratio) {
	if (!((at, way) in time) || !((at, hand) in time))
		return
	ratio = time[at, hand] / time[at, way]
	if (ratio < least) {
		printf "not "
		failed++
	}
	printf "ok %d - %s: %s is %.2f of %s, at least %.2f; %.1f by one\n", \
		++n, at, way, ratio, hand, least, \
		time[at, "one-by-one"] / time[at, way]
}

END {
	for (i = 1; i <= places; i++) {
		at = place[i]
		split(at, part, " ")
		judge("one-record", "hand-message", 0.95)
		judge("batch", "hand-batch", 0.95)
		judge("batch-with-fields", "batch", 0.90)
		judge("merged", "hand-gso", 0.90)
		judge("segments", "hand-gso-gro", 0.95)
		judge("segments-8", "hand-gso-gro-8", 0.95)
		judge("merged-gro", "hand-gso-gro", part[2] < 1000 ? 0.80 : 0.65)
	}
	printf "1..%d\n", n
	exit failed > 0 || n == 0
}
