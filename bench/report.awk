# SPDX-License-Identifier: ISC
# report.awk - the facts that measure.sh found, as a table.
#
# usage: awk -v results=FILE -f report.awk shapes.h FACTS
#
# Writes a table for people to standard output, and the same rows separated by
# tabs to FILE. System calls and instructions are those of one call. The time
# of a call by hand is in nanoseconds, that of a library a multiple of it.

BEGIN {
	split("raw socket6 libowfat skalibs", who, " ")
	split("raw ours owfat ska", short, " ")
	split("calls instructions time", kind, " ")
	package["libowfat"] = "libowfat-dev"
	package["skalibs"] = "skalibs-dev"
}

/^SHAPE\(/ { split($0, part, /[(,]/); name[++names] = part[2] }

FNR == NR { next }

{ seen[$1] = 1 }

# Each program has its own run by hand: the first one's is shown.
function keep(kind, who, call, x) {
	if (!((kind, who, call) in value))
		value[kind, who, call] = x
}

$2 == "time" {
	keep("time", "raw", $3, sprintf("%.0f", $4))
	keep("time", $1, $3, sprintf("%.2f", $6))
}

$2 != "time" {
	by_hand = $3 ~ /^raw_/
	sub(/^(raw|call)_/, "", $3)
	keep($2, by_hand ? "raw" : $1, $3, sprintf("%.0f", $4))
}

function write_head(    k, w) {
	print "\t\t\t  system calls\t\t   instructions" \
		"\t\t     nanoseconds, then times"
	printf "%-24s", "call"
	printf "call" >results
	for (k = 1; k <= 3; k++)
		for (w = 1; w <= 4; w++) {
			printf "%*s", w == 1 ? k + 4 : 6, short[w]
			printf "\t%s_%s", kind[k], who[w] >results
		}
	print ""
	print "" >results
}

function write_row(call,    k, w, x) {
	printf "%-24s", call
	printf "%s", call >results
	for (k = 1; k <= 3; k++)
		for (w = 1; w <= 4; w++) {
			x = kind[k] SUBSEP who[w] SUBSEP call
			x = x in value ? value[x] : "-"
			printf "%*s", w == 1 ? k + 4 : 6, x
			printf "\t%s", x >results
		}
	print ""
	print "" >results
}

END {
	write_head()
	for (n = 1; n <= names; n++)
		write_row(name[n])
	print "raw: by hand; owfat: libowfat; ska: skalibs"
	for (p in package)
		if (!(p in seen))
			print p " is not here: install " package[p]
}
