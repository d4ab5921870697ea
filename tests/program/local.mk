# SPDX-License-Identifier: ISC
# tests/program/local.mk - the program socket6.
AM_CPPFLAGS += -I$(top_builddir)/tests/program

# Those first that take longest and wait for most of that.
VERBS = \
	tests/program/dial.sh \
	tests/program/json.sh \
	tests/program/listen.sh \
	tests/program/names.sh \
	tests/program/ping.sh \
	tests/program/terminal.sh \
	tests/program/arguments.sh \
	tests/program/help.sh \
	tests/program/info.sh \
	tests/program/output.sh \
	tests/program/text.sh \
	tests/program/udp.sh
EXTRA_DIST += $(VERBS) tests/program/program.sh tests/program/started.py \
	tests/program/terminal.py tests/program/text.py
if PROGRAM
TESTS += $(VERBS)
check_PROGRAMS += tests/program/socket6
PURE_SUITES += tests/program/check_draw
SYSTEM_SUITES += tests/program/check_program
endif

# The program, as it is started a thousand times.
tests_program_socket6_SOURCES = $(tools_socket6_SOURCES)
tests_program_socket6_LDADD = $(tools_socket6_LDADD)

tests_program_check_draw_SOURCES = tests/program/check_draw.c \
	tools/draw.c tools/draw.h tools/error.c tools/socket6.h
# All but main.
tests_program_check_program_SOURCES = tests/program/check_program.c \
	$(SOCKET6_VERBS)
tests_program_check_program_LDADD = $(LDADD) $(LIBM)
