# SPDX-License-Identifier: ISC
# note.awk - one run of libFuzzer as a line of the log: -v name=HARNESS.
#
# Harness, executions, seconds, edges, features, and the executions with which
# the last new edge and the last new feature came; 0: none was new.

/^#[0-9]+\t/ {
	n = substr($1, 2)
	for (i = 2; i < NF; i++) {
		if ($i == "cov:")
			cov = $(i + 1)
		if ($i == "ft:")
			ft = $(i + 1)
	}
	if ($2 == "INITED")
		begun = 1
	else if (begun && cov > edges)
		edge = n
	if (begun && $2 != "INITED" && ft > features)
		feature = n
	edges = cov
	features = ft
}
/^stat::number_of_executed_units:/ { runs = $2 }
/^stat::average_exec_per_sec:/ { rate = $2 }
/^Done [0-9]+ runs in/ { runs = $2; seconds = $5 }
END {
	# One that was interrupted does not say how long it took.
	if (!seconds && rate)
		seconds = int(runs / rate)
	print name, runs + 0, seconds + 0, edges + 0, features + 0, edge + 0,
		feature + 0
}
