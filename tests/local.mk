# SPDX-License-Identifier: ISC
# tests/local.mk - the tests. Each is a program or a script that writes TAP.

TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_COMPILER = $(SHELL)
TEST_EXTENSIONS = .sh
AM_TESTS_ENVIRONMENT = CC='$(CC)'; CFLAGS='$(CFLAGS)'; LDFLAGS='$(LDFLAGS)'; \
	LIB_LDFLAGS='$(lib_libsocket6_la_LDFLAGS)'; EXECUTE='$(EXECUTE)'; \
	EXEEXT='$(EXEEXT)'; CK_DEFAULT_TIMEOUT=60; \
	LSAN_OPTIONS=print_suppressions=0:suppressions=$(abs_top_srcdir)/tests/support/leaks.supp; \
	export CC CFLAGS LDFLAGS LIB_LDFLAGS EXECUTE EXEEXT CK_DEFAULT_TIMEOUT \
		LSAN_OPTIONS;

# What runs a program that is not for this machine: make check LOG_COMPILER=...
EXECUTE = $(LOG_COMPILER)

# The programs of Check among the tests.
PURE_SUITES =
SYSTEM_SUITES =
NEWEST_SUITES =
EXAMPLE_SUITES =
SUITES = $(PURE_SUITES) $(SYSTEM_SUITES) $(NEWEST_SUITES) $(EXAMPLE_SUITES)

include tests/support/local.mk
include tests/program/local.mk
include tests/suites/local.mk
include tests/shape/local.mk
include tests/proofs/local.mk
include tests/systems/local.mk
include tests/consumers/local.mk
include tests/packaging/local.mk
include tests/soak/local.mk
include tests/site/local.mk
include tests/fuzz/local.mk
include tests/mutation/local.mk

check_PROGRAMS += $(SUITES)
TESTS += $(SUITES) $(SHAPE)
BUILT_SOURCES += $(SUITES:=.list)
CLEANFILES += $(SUITES:=.list)

# make coverage: what the tests run of lib/, in a build made for it. There gcov
# itself allocates and writes as a process ends, which check_faults would count.
coverage:
	$(MKDIR_P) coverage
	cd coverage && $(abs_top_srcdir)/configure --quiet --disable-shared \
		CFLAGS='-O0 -g --coverage'
	find coverage -name '*.gcda' -exec rm -f {} +
	cd coverage && $(MAKE) $(AM_MAKEFLAGS) check \
		TESTS="`echo '$(TESTS)' | \
			sed 's,$(NEWEST_SUITES),,; s,tests/shape/[^ ]*,,g'`"
	gcovr --root '$(top_srcdir)' --filter '$(top_srcdir)/lib/' \
		--print-summary --fail-under-line 95 --fail-under-branch 90 \
		coverage/lib

clean-local: clean-coverage
clean-coverage:
	rm -rf coverage

.PHONY: coverage clean-coverage
