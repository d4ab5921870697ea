# SPDX-License-Identifier: ISC
# tests/proofs/local.mk - what holds whatever happens, and for every input.
#
# make check		every sequence of up to 4 events of a dial, in a second,
#			and every one of a look-up
# make check-engine	of up to 8, in a quarter of an hour and half a gigabyte;
#			first it finds the faults that faults.sh plants
# make check-engine ENGINE_EVENTS=6	fewer
#
# make check-proofs	what CBMC proves of files of lib/, by tests/proofs/table,
#			in 17 minutes of the processor
# make check-proofs PROOFS=quick	what takes two minutes together
# make check-proofs PROOFS='scan_ip4 fmt_*'	these
#
# CBMC comes from Debian trixie's packages into proofs/ of the build; cadical
# and GNU time must be installed.

# Not on Windows, which ends the lines of TAP with CRLF; they are pure.
if !WINSOCK
check_PROGRAMS += tests/proofs/engine tests/proofs/plan
TESTS += tests/proofs/engine tests/proofs/plan
endif
EXTRA_DIST += tests/proofs/faults.sh

tests_proofs_engine_SOURCES = \
	tests/proofs/engine.c \
	tests/proofs/engine_print.c \
	tests/proofs/engine_rules.c \
	tests/proofs/engine_world.c tests/proofs/engine_world.h \
	lib/dial/engine.c lib/dial/engine.h \
	lib/dial/order.c \
	lib/dial/room.c lib/dial/room.h \
	lib/name/nat64.c lib/name/nat64.h
# Its own names for the library's objects; and nothing else of that.
tests_proofs_engine_CPPFLAGS = $(AM_CPPFLAGS)
tests_proofs_engine_LDADD =

tests_proofs_plan_SOURCES = tests/proofs/plan.c \
	lib/name/plan.c lib/name/plan.h
tests_proofs_plan_CPPFLAGS = $(AM_CPPFLAGS)
tests_proofs_plan_LDADD =

ENGINE_EVENTS = 8
check-engine: tests/proofs/engine
	@srcdir='$(srcdir)' CC='$(CC)' \
		$(SHELL) $(srcdir)/tests/proofs/faults.sh
	@tests/proofs/engine $(ENGINE_EVENTS)

PROOFS = all
check-proofs:
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/proofs/proofs.sh '$(PROOFS)'
EXTRA_DIST += \
	tests/proofs/addr.c \
	tests/proofs/any_entry.h \
	tests/proofs/any_field.h \
	tests/proofs/any_fmt.c \
	tests/proofs/any_group.c \
	tests/proofs/any_message.h \
	tests/proofs/any_quad.c \
	tests/proofs/control.c \
	tests/proofs/control_step.c \
	tests/proofs/control_walk.c \
	tests/proofs/fetch.sh \
	tests/proofs/fmt_flat.c \
	tests/proofs/fmt_ip4.c \
	tests/proofs/fmt_ip6.c \
	tests/proofs/fmt_ip6c.c \
	tests/proofs/fmt_prefix.c \
	tests/proofs/fmt_proxy.c \
	tests/proofs/group_ip6.c \
	tests/proofs/history.c \
	tests/proofs/history_entry.c \
	tests/proofs/history_line.c \
	tests/proofs/match.c \
	tests/proofs/prefix.c \
	tests/proofs/proofs.sh \
	tests/proofs/prove.h \
	tests/proofs/proxy1.c \
	tests/proofs/proxy1_field.c \
	tests/proofs/proxy1_read.c \
	tests/proofs/proxy2.c \
	tests/proofs/round_ip6.c \
	tests/proofs/round_mapped.c \
	tests/proofs/run_ip6.c \
	tests/proofs/runs.h \
	tests/proofs/scan_any.c \
	tests/proofs/scan_flat.c \
	tests/proofs/scan_ip4.c \
	tests/proofs/scan_ip6.c \
	tests/proofs/sockaddr.c \
	tests/proofs/table

clean-local: clean-proofs
clean-proofs:
	rm -rf proofs

.PHONY: check-engine check-proofs clean-proofs
