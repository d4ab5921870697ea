# SPDX-License-Identifier: ISC
# text.awk - addresses for the text benchmark, and what it found.
#
# usage: awk -v addresses=N -f text.awk	writes so many, each on a line
#	 awk -f text.awk FACTS		writes TAP
#
# Facts are lines "LIBRARY read|write NANOSECONDS"; the least one counts.

# The same addresses with every awk (Lehmer's generator, modulus 2^31 - 1).
function random(below) {
	seed = seed * 16807 % 2147483647
	return int(seed / 2147483647 * below)
}

# Not 0; as many bits as it has.
function group(bits) {
	return sprintf("%x", 1 + random(2 ^ bits - 1))
}

# One to four digits, each as often.
function short_group() {
	return group(4 * (1 + random(4)))
}

function full(    i, text) {
	text = group(16)
	for (i = 1; i < 8; i++)
		text = text ":" group(16)
	return text
}

function compressed(    kind) {
	kind = random(4)
	if (kind == 0)
		return "2001:db8::" short_group()
	if (kind == 1)
		return "2001:db8:" short_group() "::" short_group() ":" \
			short_group() ":" short_group()
	return "2001:db8:" short_group() ":" short_group() "::" short_group()
}

function v4mapped() {
	return "::ffff:" random(256) "." random(256) "." random(256) "." \
		random(256)
}

# Made from an Ethernet address (RFC 4291, appendix A).
function link_local() {
	return sprintf("fe80::%x:%xff:fe%02x:%x", 512 + random(65024), \
		1 + random(255), random(256), 1 + random(65535))
}

function address(    percent) {
	percent = random(100)
	if (percent < 25)
		return full()
	if (percent < 65)
		return compressed()
	return percent < 80 ? v4mapped() : link_local()
}

BEGIN {
	seed = 1
	for (n = 0; n < addresses; n++)
		print address()
	if (addresses)
		exit
	who[++libraries] = "libc"
	who[++libraries] = "musl"
	who[++libraries] = "libowfat"
	who[++libraries] = "skalibs"
	who[++libraries] = "rust"
	least["libc", "read"] = 3.2
	least["libc", "write"] = 10
	least["libowfat", "read"] = 4
	least["libowfat", "write"] = 2.7
}

!(($1, $2) in time) || $3 < time[$1, $2] { time[$1, $2] = $3 }

function judge(library, what,    ratio, wanted) {
	if (!((library, what) in time))
		return
	ratio = time[library, what] / time["socket6", what]
	wanted = (library, what) in least ? least[library, what] : 0
	if (ratio < wanted) {
		printf "not "
		failed++
	}
	printf "ok %d - %s: %.1f ns, %s %.1f, %.2f times%s\n", ++n, what, \
		time["socket6", what], library, time[library, what], ratio, \
		wanted ? ", at least " wanted : ""
}

END {
	if (addresses)
		exit
	for (i = 1; i <= libraries; i++) {
		judge(who[i], "read")
		judge(who[i], "write")
	}
	printf "1..%d\n", n
	exit failed > 0 || n == 0
}
