# SPDX-License-Identifier: ISC
# layout.awk - from declarations, a line each, a program that prints the size
# of every type and where its members lie.
BEGIN {
	print "#include <stddef.h>"
	print "#include <stdio.h>"
	print "#include <libowfat/socket.h>"
	print "#define ROW(x) printf(\"%s %u\\n\", #x, (unsigned int)(x))"
	print "int main(void)\n{"
}

/^typedef / {
	sub(/;$/, "")
	print "\tROW(sizeof(" $NF "));"
}

/^(enum|struct|union) [A-Za-z0-9_]+ [{]/ {
	type = $1 " " $2
	print "\tROW(sizeof(" type "));"
}

/^(struct|union) [A-Za-z0-9_]+ [{]/ {
	gsub(/^[^{]*[{]|[}][^}]*$|\[[^]]*\]/, "")
	members = split($0, member, ";")
	for (i = 1; i < members; i++) {
		sub(/.*[ *]/, "", member[i])
		print "\tROW(offsetof(" type ", " member[i] "));"
	}
}

END {
	print "\treturn 0;\n}"
}
