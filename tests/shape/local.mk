# SPDX-License-Identifier: ISC
# tests/shape/local.mk - what the product is made of.

# Exports, headers, pages, installed files.
SHAPE = \
	tests/shape/documents.sh \
	tests/shape/elf.sh \
	tests/shape/exports.sh \
	tests/shape/headers.sh \
	tests/shape/installed.sh \
	tests/shape/noipv6.sh \
	tests/shape/objects.sh \
	tests/shape/pages.sh
EXTRA_DIST += $(SHAPE) tests/shape/noipv6.c

# What a program that was built before relies on. HACKING says when a new
# baseline is made.
SETTINGS = srcdir='$(srcdir)' CC='$(CC)' EXECUTE='$(EXECUTE)' host='$(host)'
check-abi: lib/libsocket6.la
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/shape/abi.sh
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/consumers/opentracker.sh
abi-baseline:
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/shape/abi.sh --baseline
# File by file: make would take the directory for a program, to be made from
# abi.sh by a rule of its own.
EXTRA_DIST += tests/shape/abi.sh \
	tests/shape/abi/declared.awk \
	tests/shape/abi/headers.txt \
	tests/shape/abi/layout.awk \
	tests/shape/abi/x86_64-linux-gnu.abi

.PHONY: abi-baseline check-abi
