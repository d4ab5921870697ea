# SPDX-License-Identifier: ISC
# tests/packaging.mk - the release, as those take it who make packages.

# tests/run_packaging.sh says what PACKAGING can be.
PACKAGING =
check-packaging:
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/run_packaging.sh $(PACKAGING)
EXTRA_DIST += tests/run_packaging.sh tests/packaging packaging

# One after the other, for some pack this directory's tarball.
RELEASE_CHECKS = check check-abi check-consumers check-ffi check-html \
	check-packaging
release-check:
	@for check in $(RELEASE_CHECKS); do \
		$(MAKE) $(AM_MAKEFLAGS) $$check || exit; \
	done

clean-local: clean-packaging
clean-packaging:
	rm -rf check-packaging

.PHONY: check-packaging clean-packaging release-check
