# SPDX-License-Identifier: ISC
# tests/packaging/local.mk - the release, as those take it who make packages.

# run_packaging.sh says what PACKAGING can be.
PACKAGING =
check-packaging:
	@srcdir='$(srcdir)' \
		$(SHELL) $(srcdir)/tests/packaging/run_packaging.sh $(PACKAGING)
EXTRA_DIST += tests/packaging packaging

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
