# SPDX-License-Identifier: ISC
# tools/local.mk - the program socket6, where the system has what it takes.

SOCKET6_VERBS = \
	tools/command.c tools/command.h \
	tools/destination.c \
	tools/dial.c \
	tools/draw.c tools/draw.h \
	tools/error.c \
	tools/header.c tools/header.h \
	tools/info.c \
	tools/join.c tools/join.h \
	tools/json.c tools/json.h \
	tools/listen.c \
	tools/listeners.c tools/listeners.h \
	tools/mtu.c \
	tools/ping.c \
	tools/race.c tools/race.h \
	tools/remember.c tools/remember.h \
	tools/resolve.c \
	tools/reverse.c tools/reverse.h \
	tools/screen.c tools/screen.h \
	tools/socket6.h \
	tools/tell.c tools/tell.h \
	tools/text.c \
	tools/udp.c tools/udp.h \
	tools/url.c tools/url.h \
	tools/utf8.c tools/utf8.h \
	tools/zone.c tools/zone.h
if PROGRAM
bin_PROGRAMS = tools/socket6
dist_man1_MANS = doc/socket6.1
endif
tools_socket6_SOURCES = tools/socket6.c $(SOCKET6_VERBS)
tools_socket6_LDADD = lib/libsocket6.la $(LIBM)
# It is installed, which AM_LDFLAGS forbids.
tools_socket6_LDFLAGS =

if BASH_COMPLETION
bashcompletion_DATA = tools/completions/socket6.bash
endif
if ZSH_COMPLETION
zshcompletion_DATA = tools/completions/_socket6
endif
if FISH_COMPLETION
fishcompletion_DATA = tools/completions/socket6.fish
endif
EXTRA_DIST += doc/socket6.1 tools/completions tools/demo.sh tools/world.sh
