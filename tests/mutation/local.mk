# SPDX-License-Identifier: ISC
# tests/mutation/local.mk - whether the suites can fail: mutants of lib/.
#
# make mutate		changes lib/ in one place a time, and says which changes
#			no suite sees; at most an hour, then a table
#
#	make mutate SAMPLE=200 SEED=7 MINUTES=10 FILES='lib/text lib/dial'
#
# Comparisons, constants, branches and operators are changed and statements left
# out, by clang's syntax tree. A sample is drawn by SEED, which is printed.
# A mutant runs the suites that run its file, until one fails: first those that
# run its line, as gcov says, and for 40 seconds in all.
#
#	killed		a suite failed
#	timeout		a suite did not end in five times its time and 10 seconds
#	survived	no suite failed: mutation/survivors has the change
#	listed		the same, and equivalent.txt says why nothing can see it
#	same		the compiler makes the same object of it
#	refused		it does not compile
#
# The share is of those that were killed or survived. mutation/results has a
# line for every mutant, mutation/table the table. It needs Linux, clang,
# Python and gcov, and runs at nice 10.
SAMPLE = 1000
SEED = $$(date +%s)
MINUTES = 60
JOBS = 2
FILES = lib/

EXTRA_DIST += tests/mutation/builds.py tests/mutation/equivalent.txt \
	tests/mutation/mutants.py tests/mutation/mutate.py \
	tests/mutation/mutate.sh

mutate:
	@$(SHELL) $(srcdir)/tests/mutation/mutate.sh '$(abs_top_srcdir)' \
		'$(MAKE)' '$(SAMPLE)' "$(SEED)" '$(MINUTES)' '$(JOBS)' \
		'$(FILES)' $(SUITES)

clean-local: clean-mutation
clean-mutation:
	rm -rf mutation

.PHONY: clean-mutation mutate
