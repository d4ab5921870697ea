# SPDX-License-Identifier: ISC
# list.awk - the end of a suite: main, with the tests in the order they stand.
#
# usage: awk -f list.awk check_NAME.c >check_NAME.list
#
# A test is declared where it stands, by TEST or a macro whose name ends so, and
# belongs to the CASE before it; see suite.h.

function quoted(line) {
	sub(/^[^"]*"/, "", line)
	sub(/".*/, "", line)
	return line
}

BEGIN { tcase = "tests" }

/^CASE\("/ { tcase = quoted($0) }

/^([A-Z_]*TEST|SETUP)\(/ {
	kind = $0
	sub(/\(.*/, "", kind)
	name = $0
	sub(/^[A-Z_]*\(/, "", name)
	sub(/[,)].*/, "", name)
	rows = rows sprintf("\t\t%s(\"%s\", %s),\n",
		kind == "SETUP" ? "SETUP_ROW" : "TEST_ROW", tcase, name)
}

END {
	suite = FILENAME
	sub(/.*check_/, "", suite)
	sub(/\.c$/, "", suite)
	print "/* Made by tests/support/list.awk. */"
	print "int main(void)\n{"
	printf "\tconst struct listed listed_tests[] = {\n%s\t};\n\n", rows
	printf "\treturn run(\"%s\", listed_tests, LENGTH(listed_tests));\n}\n", \
		suite
}
