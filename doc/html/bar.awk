# SPDX-License-Identifier: ISC
# bar.awk - for the scripts that draw figures: a bar, as wide as its share of
# the longest, and the rows that a figure may have.

function bar(who, value, most) {
	return "<svg class=\"bar " who "\" viewBox=\"0 0 100 1\"" \
		" preserveAspectRatio=\"none\" aria-hidden=\"true\">" \
		"<rect width=\"" sprintf("%.1f", 100 * value / most) \
		"\" height=\"1\"/></svg>"
}

# A row, the class of its bar, and its title, in the order of the figure.
function row_named(name, who, words) {
	names[++rows] = name
	class[name] = who
	title[name] = words
}
