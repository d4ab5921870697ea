# SPDX-License-Identifier: ISC
# tests/consumers.mk - the library as others use it.

# The clients in examples/ffi; tests/ffi.sh says what FFI can be.
FFI =
check-ffi: lib/libsocket6.la
	@srcdir='$(srcdir)' CC='$(CC)' $(SHELL) $(srcdir)/tests/ffi.sh $(FFI)
EXTRA_DIST += tests/ffi.sh examples/ffi

.PHONY: check-ffi
