# SPDX-License-Identifier: ISC
# tests/soak/local.mk - very many connections, on demand.
#
# make soak		ten million connections in every way, a quarter of which
#			fail; 100,000 with AddressSanitizer and as many with
#			ThreadSanitizer; ten thousand look-ups and dials at once
# make soak SOAK=1000000	fewer
#
# As root, with iproute2, nftables and util-linux. It prints what came of them,
# and which descriptors, threads and bytes were held before and after.

EXTRA_PROGRAMS += tests/soak/many tests/soak/soak
EXTRA_DIST += tests/soak/soak.sh
CLEANFILES += tests/soak/many tests/soak/soak

tests_soak_many_SOURCES = tests/soak/many.c
tests_soak_many_CFLAGS = $(SOCKET6_CFLAGS)
tests_soak_many_LDFLAGS = $(SOCKET6_LDFLAGS) $(AM_LDFLAGS)
tests_soak_many_LDADD = lib/libsocket6.la
tests_soak_soak_SOURCES = tests/soak/soak.c
tests_soak_soak_CFLAGS = $(SOCKET6_CFLAGS)
tests_soak_soak_LDFLAGS = $(SOCKET6_LDFLAGS) $(AM_LDFLAGS)
tests_soak_soak_LDADD = lib/libsocket6.la -lpthread

SOAK = 10000000
SOAK_CHECKED = 100000
soak_sh = $(SHELL) $(abs_top_srcdir)/tests/soak/soak.sh

.PHONY: clean-soak soak soak-checked soak-many
soak: tests/soak/soak soak-many soak-checked
	@echo "$(SOAK) connections:"
	@$(soak_sh) tests/soak/soak $(SOAK)

soak-many: tests/soak/many
	@$(soak_sh) tests/soak/many 10000 localhost

# Builds of their own. Addresses are not random, which the thread sanitizer of
# GCC 12 cannot bear.
soak-checked:
	@for sanitizer in address thread; do \
		$(MKDIR_P) soak/$$sanitizer && (cd soak/$$sanitizer && \
		'$(abs_top_srcdir)/configure' --quiet --disable-shared \
			CC='$(CC)' CFLAGS="-O1 -g -fsanitize=$$sanitizer" \
			>/dev/null && \
		$(MAKE) -s tests/soak/soak && \
		echo "$(SOAK_CHECKED) connections, $$sanitizer sanitizer:" && \
		setarch -R $(soak_sh) tests/soak/soak $(SOAK_CHECKED)) || \
			exit 1; \
	done

clean-local: clean-soak
clean-soak:
	-rm -rf soak
