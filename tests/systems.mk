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
	@$(SHELL) $(srcdir)/tests/kernels.sh $(SUITES)
EXTRA_DIST += tests/kernels.sh

# Other systems; tests/platforms.sh says what PLATFORMS can be.
PLATFORMS =
check-platforms:
	@srcdir='$(srcdir)' MAKE='$(MAKE)' \
		$(SHELL) $(srcdir)/tests/platforms.sh $(PLATFORMS)
EXTRA_DIST += tests/platforms.sh tests/platforms

clean-local: clean-systems
clean-systems:
	rm -rf fallbacks kernels platforms
.PHONY: check-fallbacks check-kernels check-platforms clean-systems
