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
	EXEEXT='$(EXEEXT)'; CK_DEFAULT_TIMEOUT=20; \
	export CC CFLAGS LDFLAGS LIB_LDFLAGS EXECUTE EXEEXT CK_DEFAULT_TIMEOUT;

# What runs a program that is not for this machine: make check LOG_COMPILER=...
EXECUTE = $(LOG_COMPILER)

SUITES = \
	tests/check_accept \
	tests/check_bind \
	tests/check_connect \
	tests/check_datagram \
	tests/check_dial \
	tests/check_dial_engine \
	tests/check_dial_sim \
	tests/check_endpoint \
	tests/check_examples \
	tests/check_fastopen \
	tests/check_family \
	tests/check_faults \
	tests/check_history \
	tests/check_interface \
	tests/check_ip4 \
	tests/check_ip6 \
	tests/check_listen \
	tests/check_multicast \
	tests/check_ndelay \
	tests/check_open \
	tests/check_option \
	tests/check_protocols \
	tests/check_resolve \
	tests/check_robust \
	tests/check_stream \
	tests/check_sys \
	tests/check_threads \
	tests/check_timeout \
	tests/check_zone

if WINSOCK
SUITES += tests/check_winsock
endif
if PROGRAM
SUITES += tests/check_draw tests/check_program
# First, for it is the longest and waits for most of that.
TESTS += tests/tool.sh
endif
check_PROGRAMS += $(SUITES)
TESTS += $(SUITES)
check_LTLIBRARIES += tests/libsuite.la

# The end of each suite, made of the tests that stand in it.
SUFFIXES = .list
.c.list:
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(AWK) -f $(srcdir)/tests/list.awk $< >$@
BUILT_SOURCES += $(SUITES:=.list)
CLEANFILES += $(SUITES:=.list)
EXTRA_DIST += tests/list.awk
AM_CPPFLAGS += -I$(top_builddir)/tests

# Check, or what runs the suites where it is not to be had.
AM_CPPFLAGS += $(CHECK_CFLAGS) $(STAND_IN_CPPFLAGS)
if HAVE_CHECK
CHECK = $(CHECK_LIBS)
else
CHECK = tests/libharness.la
check_LTLIBRARIES += tests/libharness.la
endif
tests_libharness_la_SOURCES = tests/harness/harness.c tests/harness/check.h

tests_libsuite_la_SOURCES = \
	tests/emulator.c tests/emulator.h \
	tests/fixture.c tests/fixture.h \
	tests/net.c tests/net.h \
	tests/platform.h tests/platform_windows.h \
	tests/stand_in.h \
	tests/suite.c tests/suite.h \
	tests/text.c tests/text.h \
	tests/wire.c tests/wire.h
if NO_STAND_IN
tests_libsuite_la_SOURCES += tests/no_stand_in.c
else
tests_libsuite_la_SOURCES += tests/stand_in.c
if !WRAP
tests_libsuite_la_SOURCES += tests/next.c
endif
endif
# The suites' own socket calls, which no DLL exports.
if WINSOCK
tests_libsuite_la_SOURCES += lib/sys/modes.c lib/sys/winsock.c \
	tests/platform_windows.c
endif
tests_check_robust_CPPFLAGS = $(AM_CPPFLAGS) \
	-DMAP='"$(abs_top_srcdir)/lib/libsocket6.map"'
tests_libsuite_la_CPPFLAGS = $(AM_CPPFLAGS)
LDADD = tests/libsuite.la lib/libsocket6.la $(CHECK) $(STAND_IN_LDFLAGS) \
	$(TEST_LIBS)

# What no library exports: the engine of a dial, and what a history is told.
check_LTLIBRARIES += tests/libdial.la
tests_libdial_la_SOURCES = \
	lib/dial/engine.c lib/dial/engine.h \
	lib/dial/history.c lib/dial/history.h \
	lib/dial/order.c
tests_libdial_la_CPPFLAGS = $(AM_CPPFLAGS)
tests_check_dial_engine_LDADD = tests/libdial.la $(LDADD)
tests_check_dial_sim_LDADD = tests/libdial.la $(LDADD)
tests_check_history_LDADD = tests/libdial.la $(LDADD)

tests_check_draw_SOURCES = tests/check_draw.c \
	tools/draw.c tools/draw.h tools/error.c tools/socket6.h
# All but main.
tests_check_program_SOURCES = tests/check_program.c $(SOCKET6_VERBS)

# Without the stand-ins, whose counters would race.
tests_check_threads_SOURCES = tests/check_threads.c tests/suite.c tests/suite.h
if WINSOCK
tests_check_threads_SOURCES += lib/sys/modes.c lib/sys/winsock.c \
	tests/platform_windows.c
endif
# Its own name for objects that libsuite has too.
tests_check_threads_CPPFLAGS = $(AM_CPPFLAGS)
tests_check_threads_LDADD = lib/libsocket6.la $(CHECK) $(TEST_LIBS)

# What the product is made of: exports, headers, installed files.
SHAPE = \
	tests/documents.sh \
	tests/elf.sh \
	tests/exports.sh \
	tests/headers.sh \
	tests/installed.sh \
	tests/noipv6.sh \
	tests/objects.sh \
	tests/pages.sh \
	tests/runner.sh
TESTS += $(SHAPE)
EXTRA_DIST += $(SHAPE) tests/tap.sh tests/noipv6.c tests/tool.sh \
	tests/terminal.py

# make coverage: what the tests run of lib/, in a build made for it.
coverage:
	$(MKDIR_P) coverage
	cd coverage && $(abs_top_srcdir)/configure --quiet --disable-shared \
		CFLAGS='-O0 -g --coverage'
	find coverage -name '*.gcda' -exec rm -f {} +
	cd coverage && $(MAKE) $(AM_MAKEFLAGS) check
	gcovr --root '$(top_srcdir)' --filter '$(top_srcdir)/lib/' \
		--print-summary --fail-under-line 95 --fail-under-branch 90 \
		coverage/lib

clean-local: clean-coverage
clean-coverage:
	rm -rf coverage

.PHONY: coverage clean-coverage
