# SPDX-License-Identifier: ISC
# tests/systems.mk - the suite as it would go on other systems.

# Every replacement; tests/fallbacks.sh says what FALLBACKS can be.
FALLBACKS =
check-fallbacks:
	@srcdir='$(srcdir)' CC='$(CC)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/fallbacks.sh $(FALLBACKS)
EXTRA_DIST += tests/fallbacks.sh

# Older kernels than the headers.
if HAVE_SECCOMP
check_PROGRAMS += tests/old_kernel
endif
tests_old_kernel_CPPFLAGS = $(SECCOMP_CFLAGS)
tests_old_kernel_LDADD = $(SECCOMP_LIBS)
check-kernels: $(check_PROGRAMS)
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/kernels.sh $(SUITES)
EXTRA_DIST += tests/kernels.sh tests/simulation.sh

# The ways of systems that cannot be had.
EXTRA_LTLIBRARIES = tests/quirk.la
tests_quirk_la_SOURCES = tests/quirk.c
tests_quirk_la_LDFLAGS = -module -avoid-version -rpath /nowhere
tests_quirk_la_LIBADD =
check-quirks:
	@srcdir='$(srcdir)' CC='$(CC)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/quirks.sh $(SUITES)
EXTRA_DIST += tests/quirks.sh

# Other systems; tests/run_platforms.sh says what PLATFORMS can be.
PLATFORMS =
check-platforms:
	@srcdir='$(srcdir)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/run_platforms.sh $(PLATFORMS)
EXTRA_DIST += tests/run_platforms.sh tests/platforms

clean-local: clean-systems
clean-systems:
	rm -rf fallbacks kernels platforms quirks
.PHONY: check-fallbacks check-kernels check-platforms check-quirks \
	clean-systems
