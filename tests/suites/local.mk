# SPDX-License-Identifier: ISC
# tests/suites/local.mk - the suites of the library, by Check.
AM_CPPFLAGS += -I$(top_builddir)/tests/suites

# Those that ask nothing of the system are the same on a simulated one.
PURE_SUITES += \
	tests/suites/check_control \
	tests/suites/check_dial_engine \
	tests/suites/check_dial_sim \
	tests/suites/check_error \
	tests/suites/check_group \
	tests/suites/check_history \
	tests/suites/check_ip4 \
	tests/suites/check_ip6 \
	tests/suites/check_plan \
	tests/suites/check_prefix \
	tests/suites/check_proxy \
	tests/suites/check_rtmessage
SYSTEM_SUITES += \
	tests/suites/check_accept \
	tests/suites/check_bind \
	tests/suites/check_connect \
	tests/suites/check_datagram \
	tests/suites/check_descriptors \
	tests/suites/check_dial \
	tests/suites/check_dial_loop \
	tests/suites/check_dial_name \
	tests/suites/check_endpoint \
	tests/suites/check_family \
	tests/suites/check_fastopen \
	tests/suites/check_inherited \
	tests/suites/check_ifaddrs \
	tests/suites/check_interface \
	tests/suites/check_interfaces \
	tests/suites/check_listen \
	tests/suites/check_lookup \
	tests/suites/check_multicast \
	tests/suites/check_nat64 \
	tests/suites/check_ndelay \
	tests/suites/check_open \
	tests/suites/check_option \
	tests/suites/check_protocols \
	tests/suites/check_record \
	tests/suites/check_record_net \
	tests/suites/check_resolve \
	tests/suites/check_robust \
	tests/suites/check_sockaddr \
	tests/suites/check_stream \
	tests/suites/check_sys \
	tests/suites/check_tcpinfo \
	tests/suites/check_threads \
	tests/suites/check_timeout \
	tests/suites/check_zone
# What it knows is how a system with the newest calls answers.
NEWEST_SUITES += tests/suites/check_faults
# It starts programs, thousands of connections in all, and calls little itself.
EXAMPLE_SUITES += tests/suites/check_examples
if WINSOCK
SYSTEM_SUITES += tests/suites/check_winsock
else
PURE_SUITES += tests/suites/check_query
SYSTEM_SUITES += tests/suites/check_name_server tests/suites/check_servers \
	tests/suites/check_tcp_servers
endif

tests_suites_check_control_LDADD = tests/support/libdatagram.a $(LDADD)
tests_suites_check_group_LDADD = tests/support/libdatagram.a $(LDADD)
tests_suites_check_dial_engine_LDADD = tests/support/libdial.a $(LDADD)
tests_suites_check_dial_sim_LDADD = tests/support/libdial.a $(LDADD)
tests_suites_check_ifaddrs_LDADD = tests/support/libifaddrs.a $(LDADD)
tests_suites_check_rtmessage_LDADD = tests/support/libifaddrs.a $(LDADD)
tests_suites_check_nat64_LDADD = tests/support/libdial.a $(LDADD)
tests_suites_check_plan_LDADD = tests/support/libdial.a $(LDADD)
tests_suites_check_history_LDADD = tests/support/libdial.a $(LDADD)
tests_suites_check_query_LDADD = tests/support/libquery.a $(LDADD)
EXPORTS = -DMAP='"$(abs_top_srcdir)/lib/libsocket6.map"'
tests_suites_check_faults_CPPFLAGS = $(AM_CPPFLAGS) $(EXPORTS)
tests_suites_check_robust_CPPFLAGS = $(AM_CPPFLAGS) $(EXPORTS)

# The one suite whose allocations fail.
tests_suites_check_faults_SOURCES = tests/suites/check_faults.c
tests_suites_check_faults_LDFLAGS = $(AM_LDFLAGS)
if !NO_STAND_IN
tests_suites_check_faults_SOURCES += \
	tests/support/memory.c tests/support/memory.h
if WRAP
tests_suites_check_faults_LDFLAGS += -Wl,--wrap=malloc -Wl,--wrap=calloc \
	-Wl,--wrap=realloc -Wl,--wrap=free -Wl,--wrap=strdup
endif
endif

# Without the stand-ins, whose counters would race.
tests_suites_check_threads_SOURCES = tests/suites/check_threads.c \
	tests/support/suite.c tests/support/suite.h $(OWN_CALLS)
# Its own name for objects that libsuite has too.
tests_suites_check_threads_CPPFLAGS = $(AM_CPPFLAGS)
tests_suites_check_threads_LDADD = lib/libsocket6.la $(CHECK) $(TEST_LIBS)
