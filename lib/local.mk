# SPDX-License-Identifier: ISC
# lib/local.mk - the library.

lib_LTLIBRARIES = lib/libsocket6.la

lib_libsocket6_la_SOURCES = \
	lib/accept.c \
	lib/addr.c lib/addr.h \
	lib/bind.c \
	lib/connect.c \
	lib/both.h \
	lib/disconnect.c \
	lib/endpoint.c \
	lib/error.c \
	lib/fastopen.c \
	lib/inherited.c \
	lib/interface.c \
	lib/interfaces.c \
	lib/listen.c \
	lib/multicast.c \
	lib/ndelay.c \
	lib/open.c \
	lib/option.c \
	lib/public.h \
	lib/resolve.c \
	lib/second_try.c \
	lib/sockaddr.c \
	lib/stream.c \
	lib/tcpinfo.c \
	lib/timeout.c \
	lib/datagram/control.c lib/datagram/control.h \
	lib/datagram/error.c \
	lib/datagram/group.c lib/datagram/group.h \
	lib/datagram/info.c \
	lib/datagram/mtu.c \
	lib/datagram/parts.h \
	lib/datagram/receive.c \
	lib/datagram/send.c \
	lib/datagram/single.c \
	lib/name/ask.c \
	lib/name/lookup.c lib/name/lookup.h \
	lib/name/name.c lib/name/name.h \
	lib/name/nat64.c lib/name/nat64.h \
	lib/name/plan.c lib/name/plan.h \
	lib/name/query.c lib/name/query.h \
	lib/dial/attempt.c \
	lib/dial/dial.c lib/dial/dial.h \
	lib/dial/engine.c lib/dial/engine.h \
	lib/dial/history.c lib/dial/history.h \
	lib/dial/history_text.c \
	lib/dial/names.c \
	lib/dial/order.c \
	lib/dial/room.c lib/dial/room.h \
	lib/dial/settings.c \
	lib/dial/socket_dial.c \
	lib/dial/source.c lib/dial/source.h \
	lib/dial/translate.c \
	lib/dial/wait.c \
	lib/sys/accept4.c \
	lib/sys/bind_interface.c \
	lib/sys/clock.c \
	lib/sys/defer_accept.c \
	lib/sys/compiler.h \
	lib/sys/connection.h \
	lib/sys/control.h \
	lib/sys/descriptor.h \
	lib/sys/fail.c \
	lib/sys/fastopen.c \
	lib/sys/iflist.h \
	lib/sys/ifreq.h \
	lib/sys/ifwatch.c \
	lib/sys/interface.h \
	lib/sys/known.c \
	lib/sys/message.c lib/sys/message.h \
	lib/sys/modes.c \
	lib/sys/mtu.c \
	lib/sys/multicast.c \
	lib/sys/eai.h \
	lib/sys/names.h \
	lib/sys/netlink.h \
	lib/sys/no_interface.c \
	lib/sys/option.h \
	lib/sys/pending.c \
	lib/sys/report.c \
	lib/sys/rtmessage.h \
	lib/sys/sockaddr.h \
	lib/sys/socket.c \
	lib/sys/sys.h \
	lib/sys/tcp_info.c lib/sys/tcp_info.h \
	lib/sys/tcp_state.c \
	lib/sys/thread.c lib/sys/thread.h \
	lib/sys/thread_buffer.c lib/sys/thread_buffer.h \
	lib/sys/waker.c \
	lib/sys/watch.c lib/sys/watch.h \
	lib/sys/winsock.h \
	lib/sys/wrong_family.c \
	lib/text/ip4.c \
	lib/text/ip6.c \
	lib/text/number.c \
	lib/text/prefix.c \
	lib/text/proxy.c \
	lib/text/text.h \
	lib/text/zone.c

# POSIX's socket calls, where there is Winsock instead.
if WINSOCK
WINSOCK_SOURCES = \
	lib/sys/winsock/adapters.c \
	lib/sys/winsock/data.c \
	lib/sys/winsock/errors.c \
	lib/sys/winsock/messages.c \
	lib/sys/winsock/names.c \
	lib/sys/winsock/options.c \
	lib/sys/winsock/own.h \
	lib/sys/winsock/poll.c \
	lib/sys/winsock/sockets.c \
	lib/sys/winsock/state.c
endif
lib_libsocket6_la_SOURCES += $(WINSOCK_SOURCES)

# Files that configure adds where the system lacks what they supply.
lib_libsocket6_la_LIBADD = $(LTLIBOBJS)

# current:revision:age, by libtool's rules. At each release:
# - nothing but the code changed: revision + 1
# - anything was added, removed or changed: current + 1, revision 0
#   - and nothing was removed or changed: age + 1, else age 0
# The soname is libsocket6.so.(current - age). While 1.0.0 is not released it
# stays 0:0:0.
lib_libsocket6_la_LDFLAGS = -version-info 0:0:0 -no-undefined \
	$(SOCKET6_LDFLAGS)
EXTRA_lib_libsocket6_la_DEPENDENCIES = lib/libsocket6.map
if MODULE_DEFINITION
lib_libsocket6_la_LDFLAGS += -export-symbols lib/libsocket6.def \
	-Wc,-static-libgcc
EXTRA_lib_libsocket6_la_DEPENDENCIES += lib/libsocket6.def
endif
if VERSION_SCRIPT
lib_libsocket6_la_LDFLAGS += \
	-Wl,--version-script=$(top_srcdir)/lib/libsocket6.map
endif
if EXPORT_LIST
lib_libsocket6_la_LDFLAGS += \
	-Wl,-exported_symbols_list,lib/libsocket6.exports
EXTRA_lib_libsocket6_la_DEPENDENCIES += lib/libsocket6.exports
endif

# The map as macOS's linker reads it: a name a line, with its underscore.
lib/libsocket6.exports: lib/libsocket6.map
	$(AM_V_GEN)sed -n '/^global:/,/^local:/s/^	\(.*\);$$/_\1/p' \
		$(srcdir)/lib/libsocket6.map >$@
CLEANFILES += lib/libsocket6.exports
EXTRA_DIST += lib/libsocket6.map

# What a DLL exports. Names without a function's prefix are data, for which
# the import library must make no stub that jumps to it.
lib/libsocket6.def: lib/libsocket6.map
	$(AM_V_GEN)$(AWK) ' \
		BEGIN { print "EXPORTS" } \
		/^local:/ { exit } \
		/^\t/ { \
			sub(";", ""); \
			print $$1 (/^\t(fmt|ndelay|scan|socket)_/ ? "" : " DATA") \
		}' '$(srcdir)/lib/libsocket6.map' >$@
CLEANFILES += lib/libsocket6.def
