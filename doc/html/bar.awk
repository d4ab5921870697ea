# SPDX-License-Identifier: ISC
# bar.awk - a bar of a figure, as wide as its share of the longest; for the
# scripts that draw figures.

function bar(who, value, most) {
	return "<svg class=\"bar " who "\" viewBox=\"0 0 100 1\"" \
		" preserveAspectRatio=\"none\" aria-hidden=\"true\">" \
		"<rect width=\"" sprintf("%.1f", 100 * value / most) \
		"\" height=\"1\"/></svg>"
}
