# SPDX-License-Identifier: ISC
# manual.awk - mandoc's HTML of a page as a part of the site.
#
# usage: awk -v kind=KIND -v page=PAGE -f code.awk -f manual.awk NAMES -
#
# NAMES says "NAME PAGE" of each function, and "- PAGE" of each page. The site
# has a heading and a frame of its own, so mandoc's heading, NAME and frame are
# left out. A chapter's first paragraph, which says what is beside it, and its
# DESCRIPTION are too.

FNR == NR {
	if ($1 == "-")
		exists[$2 ".html"] = 1
	else
		home[$1] = $2 ".html"
	next
}

/^<table class="(head|foot)">/ { framed = 1 }
!framed { text = text $0 "\n" }
/^<\/table>/ { framed = 0 }

# Cuts what lies from one text to the end of another.
function cut(from, to,    a, b) {
	a = index(text, from)
	if (a == 0)
		return
	b = index(substr(text, a), to)
	text = substr(text, 1, a - 1) substr(text, a + b - 1 + length(to))
}

# Replaces each match by what change() makes of it.
function each(pattern, how,    done, found) {
	done = ""
	while (match(text, pattern)) {
		found = substr(text, RSTART, RLENGTH)
		done = done substr(text, 1, RSTART - 1)
		text = substr(text, RSTART + RLENGTH)
		done = done change(how, found)
	}
	text = done text
}

function change(how, found) {
	if (how == "plain")
		return plain(found)
	if (how == "reference")
		return reference(found)
	if (how == "code")
		return colours(found)
	if (how == "prototype")
		return prototype(found)
	return linked(found)
}

# The text alone of what the first tag encloses.
function inner(found) {
	sub(/^<[^>]*>/, "", found)
	sub(/<\/[a-z0-9]*>$/, "", found)
	return found
}

# Only a heading links to itself.
function plain(found) {
	return found ~ /^<h[1-6]/ ? found : inner(found)
}

# The system's pages are not here.
function reference(found,    target) {
	target = found
	sub(/.*href="/, "", target)
	sub(/".*/, "", target)
	return target in exists ? found : \
		"<span class=\"Xr\">" inner(found) "</span>"
}

# In a synopsis: something for the index of functions to point to.
function prototype(found,    name) {
	name = found
	sub(/^<[^>]*>/, "", name)
	sub(/[<[].*/, "", name)
	sub(/.*[ \n]/, "", name)
	sub(/ /, " id=\"p-" name "\" ", found)
	return found
}

# What has marks of its own is no code.
function colours(found,    at) {
	at = index(found, ">")
	found = substr(found, at + 1)
	sub(/<\/pre>$/, "", found)
	return "<pre tabindex=\"0\">" (is_code(found) ? coloured(found) : found) \
		"</pre>"
}

# A function that another page describes.
function linked(found,    name) {
	name = inner(found)
	if (!(name in home) || home[name] == page ".html")
		return found
	return "<a href=\"" home[name] "#p-" name "\">" found "</a>"
}

END {
	cut("<div class=\"manual-text\">\n", "")
	sub(/<\/div>\n*$/, "", text)
	cut("<section class=\"Sh\">\n<h1 class=\"Sh\" id=\"NAME\">", \
		"</section>\n")
	if (kind == "chapter") {
		cut("<h1 class=\"Sh\" id=\"DESCRIPTION\">", "</p>\n")
		gsub(/<h1 /, "<h2 ", text)
		gsub(/<\/h1>/, "</h2>", text)
	} else {
		gsub(/<h2 /, "<h3 ", text)
		gsub(/<\/h2>/, "</h3>", text)
		gsub(/<h1 /, "<h2 ", text)
		gsub(/<\/h1>/, "</h2>", text)
	}
	each("<pre>[^<]*<\\/pre>", "code")
	gsub(/<pre>/, "<pre tabindex=\"0\">", text)
	each("(<h[1-6][^>]*>)?<a class=\"permalink\"[^>]*>(<[^a\\/][^>]*>|<\\/[^a][^>]*>|[^<])*<\\/a>", \
		"plain")
	each("<a class=\"Xr\"[^>]*>[^<]*<\\/a>", "reference")
	each("<code class=\"Fn\">[^<]*<\\/code>\\(<", "prototype")
	each("<var class=\"Vt\">extern[ \n][^<]*<", "prototype")
	each("<code class=\"Fn\"[^>]*>[^<]*<\\/code>", "linked")
	printf "%s", text
}
