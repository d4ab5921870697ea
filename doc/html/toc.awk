# SPDX-License-Identifier: ISC
# toc.awk - a page that is long gets a table of its contents, where it says
# <!--contents-->.

{ text = text $0 "\n" }

function entries(s,    list, heading, id) {
	while (match(s, /<h[23][^>]* id="[^"]*"[^>]*>/)) {
		heading = substr(s, RSTART, RLENGTH)
		s = substr(s, RSTART + RLENGTH)
		id = heading
		sub(/.* id="/, "", id)
		sub(/".*/, "", id)
		title = substr(s, 1, match(s, /<\/h[23]>/) - 1)
		sub(/ *<span class="about">.*/, "", title)
		gsub(/<[^>]*>/, "", title)
		list = list "<li class=\"" substr(heading, 2, 2) "\"><a" \
			(heading ~ /class="Sh"/ ? " class=\"Sh\"" : "") \
			" href=\"#" id "\">" title "</a></li>\n"
		count++
	}
	return list
}

END {
	at = index(text, "<!--contents-->\n")
	list = at ? entries(substr(text, at)) : ""
	if (at) {
		printf "%s", substr(text, 1, at - 1)
		text = substr(text, at + length("<!--contents-->\n"))
	}
	if (length(text) > 9000 && count > 5)
		printf "<nav class=\"toc\" aria-label=\"On this page\">\n" \
			"<ul>\n%s</ul>\n</nav>\n", list
	printf "%s", text
}
