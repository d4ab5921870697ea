# SPDX-License-Identifier: ISC
# tests/consumers/local.mk - the library as others use it.

# The clients in examples/ffi; ffi.sh says what FFI can be.
FFI =
check-ffi: lib/libsocket6.la tests/support/name_server examples/dns_server
	@srcdir='$(srcdir)' CC='$(CC)' \
		$(SHELL) $(srcdir)/tests/consumers/ffi.sh $(FFI)
EXTRA_DIST += examples/ffi

# Others' programs ask the servers in examples/, and are beside socket6.
check-peers: examples/dns_server examples/echo_server \
		examples/mdns_responder examples/ntp_server \
		examples/proxy_server tools/socket6
	@status=0; for script in peers ucspi; do \
		srcdir='$(srcdir)' SHELL='$(SHELL)' $(SHELL) \
			$(srcdir)/tests/consumers/$$script.sh || status=1; \
	done; exit $$status

# An installed copy, by every kind of build.
check-consumers:
	@srcdir='$(srcdir)' CC='$(CC)' \
		$(SHELL) $(srcdir)/tests/consumers/every_consumer.sh
EXTRA_DIST += tests/consumers

.PHONY: check-consumers check-ffi check-peers
