# SPDX-License-Identifier: ISC
# table.awk - what the runs in the log add up to, beside the aims.
#
# Lines "aim HARNESS MILLIONS", then the log's: see note.awk.

$1 == "aim" {
	aim[$2] = $3 * 1000000
	order[++n] = $2
	next
}
{
	if ($6)
		edge[$1] = runs[$1] + $6
	if ($7)
		feature[$1] = runs[$1] + $7
	runs[$1] += $2
	seconds[$1] += $3
	edges[$1] = $4
	features[$1] = $5
}
END {
	print "harness      executions  of aim      /s  edges  features" \
		"   last new edge     and feature"
	for (i = 1; i <= n; i++) {
		x = order[i]
		printf "%-10s %12d  %4d %% %7d %6d %9d %15d %15d\n", x, runs[x],
			100 * runs[x] / aim[x],
			runs[x] / (seconds[x] ? seconds[x] : 1), edges[x],
			features[x], edge[x], feature[x]
		all += runs[x]
	}
	printf "%-10s %12d\n", "all", all
}
