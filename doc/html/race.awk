# SPDX-License-Identifier: ISC
# race.awk - race.txt in a terminal's colours, wide and narrow.
#
# usage: awk -f code.awk -f race.awk race.txt

/^#/ { next }
/^$/ { close_race(); next }

{
	line = escaped($0)
	if (/^\$/)
		line = span("keyword", "$") substr(line, 2)
	else if (/ address(es)? /)
		line = outcome("keyword")
	else if (/ won /)
		line = outcome("won")
	else if (/ refused /)
		line = outcome("failed")
	else if (/ cancelled/)
		line = outcome("cancelled")
	race = race line "\n"
}

# The name or address keeps its colour.
function outcome(kind) {
	match(line, /^[^ ]* */)
	return substr(line, 1, RLENGTH) span(kind, substr(line, RLENGTH + 1))
}

function close_race() {
	if (race != "")
		printf "<pre class=\"race %s\" tabindex=\"0\">%s</pre>\n", \
			races++ ? "narrow" : "wide", race
	race = ""
}

END { close_race() }
