# SPDX-License-Identifier: ISC
# tests/fuzz/local.mk - any bytes for what reads bytes, and for the pure cores.
#
#	make check TESTS=tests/fuzz/replay	every input of the corpus
#	make fuzz				each harness for ten seconds
#	make fuzz HARNESS='ip6 proxy' RUNS=1000000
#	make fuzz HARNESS=engine SECONDS=600
#	make fuzz GUARD=1			without AddressSanitizer
#	make fuzz-table				all runs so far
#	make fuzz-merge				what was found, into the tree
#	make fuzz-coverage			lines and branches of each file
#	make fuzz-afl				the harnesses by AFL++
#
# All but the first need clang, in a build of their own, fuzz/ of this one,
# which keeps what was found: a run goes on where the last one ended.

HARNESSES = \
	tests/fuzz/fuzz_control \
	tests/fuzz/fuzz_engine \
	tests/fuzz/fuzz_fmt \
	tests/fuzz/fuzz_group \
	tests/fuzz/fuzz_history \
	tests/fuzz/fuzz_ip4 \
	tests/fuzz/fuzz_ip6 \
	tests/fuzz/fuzz_name \
	tests/fuzz/fuzz_nat64 \
	tests/fuzz/fuzz_plan \
	tests/fuzz/fuzz_prefix \
	tests/fuzz/fuzz_proxy \
	tests/fuzz/fuzz_rtmessage \
	tests/fuzz/fuzz_zone
if PROGRAM
HARNESSES += tests/fuzz/fuzz_program tests/fuzz/fuzz_words
endif
FUZZERS = $(HARNESSES:=.fuzz)

# POSIX's names have others on Windows: the suites have the readers there.
if !WINSOCK
check_LIBRARIES += tests/fuzz/libfuzz.a
check_PROGRAMS += tests/fuzz/replay
TESTS += tests/fuzz/replay
endif
tests_fuzz_libfuzz_a_SOURCES = \
	tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
	tests/fuzz/reference.c tests/fuzz/reference.h \
	tests/fuzz/stand_in.c \
	lib/addr.c \
	lib/datagram/control.c \
	lib/datagram/group.c \
	lib/dial/engine.c \
	lib/dial/history.c \
	lib/dial/history_text.c \
	lib/dial/order.c \
	lib/dial/room.c \
	lib/name/ask.c \
	lib/name/name.c \
	lib/name/nat64.c \
	lib/name/plan.c \
	lib/sys/fail.c \
	lib/sys/report.c \
	lib/sys/rtmessage.c \
	lib/text/ip4.c \
	lib/text/ip6.c \
	lib/text/number.c \
	lib/text/prefix.c \
	lib/text/proxy.c \
	lib/text/zone.c
if PROGRAM
tests_fuzz_libfuzz_a_SOURCES += \
	tests/fuzz/verbs.c tests/fuzz/verbs.h \
	tools/error.c \
	tools/json.c \
	tools/reverse.c \
	tools/socket6.c \
	tools/text.c \
	tools/url.c \
	tools/utf8.c \
	tools/zone.c
endif
tests_fuzz_libfuzz_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-Dgetaddrinfo=fuzz_getaddrinfo -Dfreeaddrinfo=fuzz_freeaddrinfo \
	-Dmain=socket6_main -include '$(srcdir)/tests/fuzz/verbs.h'

tests_fuzz_replay_SOURCES = tests/fuzz/replay.c \
	tests/fuzz/packed.c tests/fuzz/packed.h $(HARNESSES:=.c)
tests_fuzz_replay_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_REPLAY \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus"'
if PROGRAM
tests_fuzz_replay_CPPFLAGS += -DFUZZ_PROGRAM=1
endif
tests_fuzz_replay_LDADD = tests/fuzz/libfuzz.a

EXTRA_PROGRAMS += tests/fuzz/packer
tests_fuzz_packer_SOURCES = tests/fuzz/packer.c \
	tests/fuzz/packed.c tests/fuzz/packed.h
tests_fuzz_packer_LDADD =

EXTRA_DIST += tests/fuzz/corpus tests/fuzz/fuzz.sh \
	tests/fuzz/coverage.awk tests/fuzz/note.awk tests/fuzz/table.awk \
	tests/fuzz/oss-fuzz.sh

# A harness with what runs it; CC and CFLAGS are the build's.
LIB_FUZZING_ENGINE = -fsanitize=fuzzer
SUFFIXES += .fuzz
.c.fuzz:
	$(AM_V_CC)$(COMPILE) -c -o $@.o $<
	$(AM_V_CCLD)$(LINK) $@.o tests/fuzz/libfuzz.a $(LIB_FUZZING_ENGINE)
$(FUZZERS): tests/fuzz/libfuzz.a
fuzzers: $(FUZZERS)
CLEANFILES += $(FUZZERS) $(FUZZERS:=.o)

fuzz fuzz-table fuzz-merge fuzz-coverage fuzz-afl:
	@HARNESS='$(HARNESS)'; RUNS='$(RUNS)'; FUZZ_SECONDS='$(SECONDS)'; \
	GUARD='$(GUARD)'; AWK='$(AWK)'; \
	export HARNESS RUNS FUZZ_SECONDS GUARD AWK; \
	command=`echo $@ | sed 's/^fuzz-//; s/^fuzz$$/run/'`; \
	$(SHELL) '$(srcdir)/tests/fuzz/fuzz.sh' '$(srcdir)' $$command

# What was found, and how much was tried, outlives make clean.
clean-local: clean-fuzz
clean-fuzz:
	rm -rf fuzz/clang fuzz/guard fuzz/coverage fuzz/afl
distclean-local:
	rm -rf fuzz

.PHONY: fuzzers fuzz fuzz-table fuzz-merge fuzz-coverage fuzz-afl clean-fuzz
