# SPDX-License-Identifier: ISC
# tests/packaging.mk - the release, as those take it who make packages.

# tests/packaging.sh says what PACKAGING can be.
PACKAGING =
check-packaging:
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/packaging.sh $(PACKAGING)
EXTRA_DIST += tests/packaging.sh tests/packaging packaging

clean-local: clean-packaging
clean-packaging:
	rm -rf check-packaging

.PHONY: check-packaging clean-packaging
