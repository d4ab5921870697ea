# SPDX-License-Identifier: ISC
# tests/program/local.mk - the program socket6.
AM_CPPFLAGS += -I$(top_builddir)/tests/program

if PROGRAM
# First, for it is the longest and waits for most of that.
TESTS += tests/program/tool.sh
SUITES += tests/program/check_draw tests/program/check_program
endif
EXTRA_DIST += tests/program/tool.sh tests/program/terminal.py

tests_program_check_draw_SOURCES = tests/program/check_draw.c \
	tools/draw.c tools/draw.h tools/error.c tools/socket6.h
# All but main.
tests_program_check_program_SOURCES = tests/program/check_program.c \
	$(SOCKET6_VERBS)
