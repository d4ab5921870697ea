# SPDX-License-Identifier: ISC
# bench/local.mk - what a call costs, by hand, here and in other libraries.
#
# make bench		a table, and the same in bench/results; one minute
# make check-bench	the yardstick alone, without clocks, as TAP; it judges a
#			build without hardening, and tells what that costs
# make bench-dial	who connects first; two minutes, ROUNDS=3 takes less
# make bench-datagram	datagrams by the batch, beside code written by hand
# make bench-names	what looking names up costs, and many dials by name
# make bench-text	addresses read and written, beside five other libraries;
#			it judges what is said of the C library for glibc
#
# The first two want the -O2 that configure chooses, strace and valgrind, the
# others root, iproute2 and util-linux; bench-dial TUN, and curl, Python, Node and
# Go if they are here.

BENCHES = bench/socket6
if HAVE_LIBOWFAT
BENCHES += bench/libowfat
endif
if HAVE_SKALIBS
BENCHES += bench/skalibs
endif
EXTRA_PROGRAMS += bench/socket6 bench/libowfat bench/skalibs bench/datagram \
	bench/delay bench/dial bench/names bench/text-libc bench/text-libowfat \
	bench/text-skalibs bench/text-socket6

# As a user's program, through the PLT.
BENCH_CFLAGS = $(SOCKET6_CFLAGS) -fplt
BENCH_LINK = $(SOCKET6_LDFLAGS) $(AM_LDFLAGS)
BENCH_SOURCES = bench/bench.c bench/bench.h bench/calls.c bench/common.h \
	bench/raw.c bench/scene.c bench/shapes.h

bench_socket6_SOURCES = $(BENCH_SOURCES)
bench_socket6_CFLAGS = $(BENCH_CFLAGS)
bench_socket6_LDFLAGS = $(BENCH_LINK)
bench_socket6_LDADD = lib/libsocket6.la

bench_libowfat_SOURCES = $(BENCH_SOURCES)
bench_libowfat_CPPFLAGS = -DBENCH_LIBOWFAT -I$(top_builddir)
bench_libowfat_CFLAGS = $(BENCH_CFLAGS)
bench_libowfat_LDFLAGS = $(BENCH_LINK)
bench_libowfat_LDADD = -lowfat

bench_skalibs_SOURCES = $(BENCH_SOURCES)
bench_skalibs_CPPFLAGS = -DBENCH_SKALIBS -I$(top_builddir)
bench_skalibs_CFLAGS = $(BENCH_CFLAGS)
bench_skalibs_LDFLAGS = $(BENCH_LINK)
bench_skalibs_LDADD = -lskarnet

bench_datagram_SOURCES = bench/common.h bench/datagram.c
bench_datagram_LDFLAGS = $(BENCH_LINK)
bench_datagram_LDADD = lib/libsocket6.la
bench_delay_SOURCES = bench/common.h bench/delay.c
bench_delay_LDADD =
bench_dial_SOURCES = bench/common.h bench/dial.c
bench_dial_LDFLAGS = $(BENCH_LINK)
bench_dial_LDADD = lib/libsocket6.la
bench_names_SOURCES = bench/common.h bench/names.c
bench_names_LDFLAGS = $(BENCH_LINK)
bench_names_LDADD = lib/libsocket6.la


TEXT_FILES = bench/common.h bench/text.c
bench_text_libc_SOURCES = $(TEXT_FILES)
bench_text_libc_CPPFLAGS = -DBENCH_LIBC
bench_text_libc_CFLAGS = $(BENCH_CFLAGS)
bench_text_libc_LDADD =
bench_text_libowfat_SOURCES = $(TEXT_FILES)
bench_text_libowfat_CPPFLAGS = -DBENCH_LIBOWFAT -I$(top_builddir)
bench_text_libowfat_CFLAGS = $(BENCH_CFLAGS)
bench_text_libowfat_LDADD = -lowfat
bench_text_skalibs_SOURCES = $(TEXT_FILES)
bench_text_skalibs_CPPFLAGS = -DBENCH_SKALIBS -I$(top_builddir)
bench_text_skalibs_CFLAGS = $(BENCH_CFLAGS)
bench_text_skalibs_LDADD = -lskarnet
bench_text_socket6_SOURCES = $(TEXT_FILES)
bench_text_socket6_CFLAGS = $(BENCH_CFLAGS)
bench_text_socket6_LDFLAGS = $(BENCH_LINK)
bench_text_socket6_LDADD = lib/libsocket6.la

EXTRA_DIST += bench/datagram.awk bench/datagram.sh bench/text.awk bench/text.rs \
	bench/text.sh
EXTRA_DIST += bench/dial.awk bench/dial.go bench/dial.mjs bench/dial.py bench/dial.sh \
	bench/measure.sh bench/report.awk bench/verdict.awk
CLEANFILES += $(EXTRA_PROGRAMS) bench/datagram.facts bench/dial-go bench/dial.facts \
	bench/dial.names bench/names.log bench/text.addresses bench/text.facts \
	bench/text-musl bench/text-rust bench/facts bench/facts.yardstick bench/results \
	bench/*.strace bench/*.callgrind bench/*.valgrind

clean-local: clean-plain
clean-plain:
	-chmod -R u+w bench/go 2>/dev/null
	-rm -rf bench/go bench/plain

.PHONY: bench bench-datagram bench-dial bench-names bench-text check-bench clean-plain
bench: $(BENCHES)
	@$(SHELL) $(srcdir)/bench/measure.sh time $(BENCHES) \
		>bench/facts
	@$(AWK) -v results=bench/results -f $(srcdir)/bench/report.awk \
		$(srcdir)/bench/shapes.h bench/facts

bench/facts.yardstick: bench/socket6
	@$(SHELL) $(srcdir)/bench/measure.sh bench/socket6 >$@

BENCH_FACTS = bench/facts.yardstick
if HARDENING
BENCH_FACTS += bench/plain/bench/facts.yardstick
bench/plain/bench/facts.yardstick: bench/plain/Makefile FORCE
	@cd bench/plain && $(MAKE) -s bench/facts.yardstick
bench/plain/Makefile: Makefile
	@$(MKDIR_P) bench/plain
	@cd bench/plain && '$(abs_top_srcdir)/configure' --quiet \
		--disable-hardening CC='$(CC)' CFLAGS='$(CFLAGS)' >/dev/null
FORCE:
endif
check-bench: $(BENCH_FACTS)
	@$(AWK) -v limit=15 -f $(srcdir)/bench/verdict.awk \
		$(srcdir)/bench/shapes.h $(BENCH_FACTS)

ROUNDS = 11
bench-dial: bench/delay bench/dial tests/support/name_server tools/socket6
	@! command -v go >/dev/null || GOCACHE=$(abs_builddir)/bench/go \
		go build -o bench/dial-go $(srcdir)/bench/dial.go
	@$(SHELL) $(srcdir)/bench/dial.sh $(ROUNDS) >bench/dial.facts
	@$(AWK) -f $(srcdir)/bench/dial.awk bench/dial.facts

DATAGRAM_ROUNDS = 31
bench-datagram: bench/datagram
	@unshare --net $(SHELL) $(srcdir)/bench/datagram.sh \
		$(DATAGRAM_ROUNDS) >bench/datagram.facts
	@$(AWK) -f $(srcdir)/bench/datagram.awk bench/datagram.facts

DIALS = 10000
bench-names: bench/names tests/support/name_server
	@rm -f bench/names.log
	@unshare -n sh -c "ip link set lo up && exec tests/support/name_server \
		-o bench/names.log -r '' bench/names bench/names.log $(DIALS)"

TEXT_BENCHES = bench/text-libc bench/text-socket6
if HAVE_LIBOWFAT
TEXT_BENCHES += bench/text-libowfat
endif
if HAVE_SKALIBS
TEXT_BENCHES += bench/text-skalibs
endif
TEXT_ROUNDS = 11
bench-text: $(TEXT_BENCHES)
	@programs='$(TEXT_BENCHES)'; \
	if command -v musl-gcc >/dev/null && musl-gcc -O2 -static -DBENCH_LIBC \
		-o bench/text-musl $(srcdir)/bench/text.c; then \
		programs="$$programs bench/text-musl"; \
	fi; \
	if command -v rustc >/dev/null && \
		rustc -O -o bench/text-rust $(srcdir)/bench/text.rs; then \
		programs="$$programs bench/text-rust"; \
	fi; \
	$(AWK) -v addresses=65536 -f $(srcdir)/bench/text.awk \
		>bench/text.addresses && \
	$(SHELL) $(srcdir)/bench/text.sh $(TEXT_ROUNDS) bench/text.addresses \
		$$programs >bench/text.facts
	@$(AWK) -f $(srcdir)/bench/text.awk bench/text.facts
