# SPDX-License-Identifier: ISC
# declared.awk - what the headers in a directory declare and define.
#
# usage: cc -E -dD FILE | awk -v include=DIRECTORY -f declared.awk
#
# A declaration or a macro a line, as it is written. A macro that stands for
# a macro of ours is not followed: that one has its own line.
/^# [0-9]/ {
	ours = index($3, "\"" include "/") == 1
	next
}

# Guards, and macros that only the headers use, do not count.
!ours || NF == 0 || /^#(define|undef) SOCKET_6_/ { next }

/^#/ {
	sub(/ +$/, "")
	print
	next
}

{
	text = text " " $0
	depth += gsub(/{/, "{") - gsub(/}/, "}")
}

depth == 0 && /;[ \t]*$/ {
	gsub(/[ \t]+/, " ", text)
	sub(/^ /, "", text)
	print text
	text = ""
}
