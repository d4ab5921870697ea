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

.PHONY: check-consumers check-ffi
