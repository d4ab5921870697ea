# SPDX-License-Identifier: ISC
# source.awk - a file's C in colours.
#
# usage: awk -f code.awk -f source.awk NAMES FILE

FNR == NR { home[$1] = $2 ".html"; next }
{ text = text $0 "\n" }

END { printf "<pre tabindex=\"0\">%s</pre>\n", coloured(escaped(text)) }
