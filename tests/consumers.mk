# SPDX-License-Identifier: ISC
# tests/consumers.mk - the library as others use it.

# The clients in examples/ffi; tests/ffi.sh says what FFI can be.
FFI =
check-ffi: lib/libsocket6.la
	@srcdir='$(srcdir)' CC='$(CC)' $(SHELL) $(srcdir)/tests/ffi.sh $(FFI)
EXTRA_DIST += tests/ffi.sh examples/ffi

# An installed copy, by every kind of build.
check-consumers:
	@srcdir='$(srcdir)' CC='$(CC)' $(SHELL) $(srcdir)/tests/every_consumer.sh
EXTRA_DIST += tests/every_consumer.sh tests/consumers

# What a program that was built before relies on, and one for libowfat.
SETTINGS = srcdir='$(srcdir)' CC='$(CC)' EXECUTE='$(EXECUTE)' host='$(host)'
check-abi: lib/libsocket6.la
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/abi.sh
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/opentracker.sh
# HACKING says when one may.
abi-baseline:
	@$(SETTINGS) $(SHELL) $(srcdir)/tests/abi.sh --baseline
# File by file: make would take the directory for a program, to be made from
# abi.sh by a rule of its own.
EXTRA_DIST += tests/abi.sh tests/abi/declared.awk tests/abi/headers.txt \
	tests/abi/layout.awk tests/abi/x86_64-linux-gnu.abi \
	tests/opentracker.sh tests/announce.py

.PHONY: abi-baseline check-abi check-consumers check-ffi
