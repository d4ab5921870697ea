# SPDX-License-Identifier: ISC
# tests/support/local.mk - what the tests share.
AM_CPPFLAGS += -I$(top_srcdir)/tests/support

# The end of each suite, made of the tests that stand in it.
SUFFIXES = .list
.c.list:
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		$(AWK) -f $(srcdir)/tests/support/list.awk $< >$@
EXTRA_DIST += tests/support/list.awk tests/support/tap.sh \
	tests/support/leaks.supp

# Check, or what runs the suites without it.
AM_CPPFLAGS += $(CHECK_CFLAGS) $(STAND_IN_CPPFLAGS)
if HAVE_CHECK
CHECK = $(CHECK_LIBS)
else
CHECK = tests/support/libharness.a
check_LIBRARIES += tests/support/libharness.a
endif
tests_support_libharness_a_SOURCES = \
	tests/support/harness/check.h \
	tests/support/harness/harness.c

check_LIBRARIES += tests/support/libsuite.a
tests_support_libsuite_a_SOURCES = \
	tests/support/dials.c tests/support/dials.h \
	tests/support/emulator.c tests/support/emulator.h \
	tests/support/fixture.c tests/support/fixture.h \
	tests/support/functions.h \
	tests/support/net.c tests/support/net.h \
	tests/support/platform.h tests/support/platform_windows.h \
	tests/support/programs.c tests/support/programs.h \
	tests/support/resolver.c tests/support/resolver.h \
	tests/support/stand_in.h \
	tests/support/suite.c tests/support/suite.h \
	tests/support/text.c tests/support/text.h \
	tests/support/wire.c tests/support/wire.h
# A name server, which is a process of its own.
NAME_SERVER = \
	tests/support/etc.c tests/support/etc.h \
	tests/support/name_server.c tests/support/name_server.h \
	tests/support/platform_mount.h
if WINSOCK
tests_support_libsuite_a_SOURCES += tests/support/no_names.c \
	tests/support/names.h
else
tests_support_libsuite_a_SOURCES += tests/support/names.c \
	tests/support/names.h $(NAME_SERVER)
check_PROGRAMS += tests/support/name_server
endif
tests_support_name_server_SOURCES = tests/support/name_server_main.c \
	$(NAME_SERVER)
tests_support_name_server_LDADD = lib/libsocket6.la

if NO_STAND_IN
tests_support_libsuite_a_SOURCES += tests/support/no_stand_in.c
else
tests_support_libsuite_a_SOURCES += tests/support/stand_in.c
if !WRAP
tests_support_libsuite_a_SOURCES += tests/support/next.c
endif
endif
# Configure reads the list of the calls.
CONFIG_STATUS_DEPENDENCIES = $(top_srcdir)/tests/support/stand_in.h
# The suites' own socket calls, which no DLL exports.
if WINSOCK
OWN_CALLS = lib/sys/fail.c lib/sys/modes.c $(WINSOCK_SOURCES) \
	tests/support/platform_windows.c
endif
tests_support_libsuite_a_SOURCES += $(OWN_CALLS)
tests_support_libsuite_a_CPPFLAGS = $(AM_CPPFLAGS)
LDADD = tests/support/libsuite.a lib/libsocket6.la $(CHECK) \
	$(STAND_IN_LDFLAGS) $(TEST_LIBS)

# Not exported: the engine of a dial, and the inside of a history.
check_LIBRARIES += tests/support/libdial.a
tests_support_libdial_a_SOURCES = \
	lib/dial/engine.c lib/dial/engine.h \
	lib/dial/history.c lib/dial/history.h \
	lib/dial/history_text.c \
	lib/dial/order.c \
	lib/dial/room.c lib/dial/room.h \
	lib/dial/source.c lib/dial/source.h \
	lib/name/nat64.c lib/name/nat64.h \
	lib/name/plan.c lib/name/plan.h \
	lib/sys/fail.c
tests_support_libdial_a_CPPFLAGS = $(AM_CPPFLAGS)

# Nor is what stands between records and messages.
check_LIBRARIES += tests/support/libdatagram.a
tests_support_libdatagram_a_SOURCES = \
	lib/datagram/control.c lib/datagram/control.h \
	lib/datagram/group.c lib/datagram/group.h \
	lib/sys/report.c
tests_support_libdatagram_a_CPPFLAGS = $(AM_CPPFLAGS)

# Nor what reads lists of interfaces; given_ifaddrs is the suite's.
check_LIBRARIES += tests/support/libifaddrs.a
tests_support_libifaddrs_a_SOURCES = \
	lib/sys/fail.c \
	lib/sys/ifaddrs.c \
	lib/sys/iflist.h \
	lib/sys/modes.c \
	lib/sys/rtmessage.c lib/sys/rtmessage.h \
	lib/sys/socket.c
tests_support_libifaddrs_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-Dgetifaddrs=given_ifaddrs -Dfreeifaddrs=free_given \
	-Dsocket6_interfaces=given_interfaces \
	-Dsocket6_ifaddrs=given_addresses

# Nor is the line of look-ups, whose threads, lock and clock are the suite's.
check_LIBRARIES += tests/support/libquery.a
tests_support_libquery_a_SOURCES = lib/name/query.c lib/name/query.h
tests_support_libquery_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-Dsocket6_thread=given_thread -Dsocket6_wake=given_wake \
	-Dsocket6_lock=given_lock -Dsocket6_unlock=given_unlock \
	-Dsocket6_microseconds=given_microseconds \
	-Dsocket6_name_ask=given_answer \
	-Dsocket6_name_addresses=given_addresses -Dfreeaddrinfo=free_given
