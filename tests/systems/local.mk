# SPDX-License-Identifier: ISC
# tests/systems/local.mk - the suite as it would go on other systems.

# What runs it elsewhere is tested here.
TESTS += tests/systems/runner.sh
EXTRA_DIST += tests/systems/runner.sh

# Every replacement; fallbacks.sh says what FALLBACKS can be.
FALLBACKS =
check-fallbacks:
	@srcdir='$(srcdir)' CC='$(CC)' MAKE='$(MAKE)' \
		SUITES='$(PURE_SUITES) $(SYSTEM_SUITES)' \
		$(SHELL) $(srcdir)/tests/systems/fallbacks.sh $(FALLBACKS)
EXTRA_DIST += tests/systems/fallbacks.sh

# Older kernels than the headers.
if HAVE_SECCOMP
check_PROGRAMS += tests/systems/old_kernel
endif
tests_systems_old_kernel_CPPFLAGS = $(SECCOMP_CFLAGS)
tests_systems_old_kernel_LDADD = $(SECCOMP_LIBS)
check-kernels: $(check_PROGRAMS)
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/systems/kernels.sh \
		$(SYSTEM_SUITES)
EXTRA_DIST += tests/systems/kernels.sh tests/systems/simulation.sh

# The ways of systems that cannot be had; quirks.sh makes these.
AM_CPPFLAGS += -I$(top_builddir)/tests/systems
EXTRA_PROGRAMS += tests/systems/check_ways
BUILT_SOURCES += tests/systems/check_ways.list
CLEANFILES += tests/systems/check_ways.list
EXTRA_LTLIBRARIES = tests/systems/quirk.la
tests_systems_quirk_la_SOURCES = tests/systems/quirk.c tests/systems/quirk.h \
	tests/systems/quirk_datagram.c tests/systems/quirk_route.c \
	tests/systems/in6_var.h tests/systems/route.h
tests_systems_quirk_la_LDFLAGS = -module -avoid-version -rpath /nowhere
tests_systems_quirk_la_LIBADD =
check-quirks:
	@srcdir='$(srcdir)' CC='$(CC)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/systems/quirks.sh $(SYSTEM_SUITES)
EXTRA_DIST += tests/systems/quirks.sh tests/systems/kqueue.c \
	tests/systems/kqueue.h

# Other systems; run_platforms.sh says what PLATFORMS can be.
PLATFORMS =
check-platforms:
	@srcdir='$(srcdir)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/systems/run_platforms.sh $(PLATFORMS)
EXTRA_DIST += tests/systems/run_platforms.sh tests/systems/platforms

clean-local: clean-systems
clean-systems:
	rm -rf fallbacks kernels platforms quirks

.PHONY: check-fallbacks check-kernels check-platforms check-quirks \
	clean-systems
