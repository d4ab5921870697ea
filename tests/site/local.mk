# SPDX-License-Identifier: ISC
# tests/site/local.mk - the web site, looked at in Chromium; asks npm's registry.

# PICTURES=DIR leaves pictures of each page there.
PICTURES =
check-html: html
	@srcdir=$(srcdir) $(SHELL) $(srcdir)/tests/site/html.sh html $(PICTURES)
EXTRA_DIST += tests/site/html.mjs tests/site/html.sh

clean-local: clean-site
clean-site:
	rm -rf html-check

.PHONY: check-html clean-site
