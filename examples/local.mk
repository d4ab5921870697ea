# SPDX-License-Identifier: ISC
# examples/local.mk - programs to copy. Nothing here is installed.

# They wait by poll(2), which Windows has not.
if !WINSOCK
check_PROGRAMS += examples/client
endif
examples_client_LDADD = lib/libsocket6.la

# What datagrams are for, a program each.
if !WINSOCK
check_PROGRAMS += \
	examples/dns_server \
	examples/mdns_responder \
	examples/mtu_probe \
	examples/ntp_server \
	examples/segments_receive \
	examples/segments_send
endif
examples_dns_server_LDADD = lib/libsocket6.la
examples_mdns_responder_LDADD = lib/libsocket6.la
examples_mtu_probe_LDADD = lib/libsocket6.la
examples_ntp_server_LDADD = lib/libsocket6.la
examples_segments_receive_LDADD = lib/libsocket6.la
examples_segments_send_LDADD = lib/libsocket6.la

# Servers for TCP.
if !WINSOCK
check_PROGRAMS += examples/access_list examples/proxy_server
endif
if HAVE_PACKED_EVENTS
check_PROGRAMS += examples/echo_server
endif
examples_access_list_LDADD = lib/libsocket6.la
examples_echo_server_LDADD = lib/libsocket6.la
examples_proxy_server_LDADD = lib/libsocket6.la

# Many dials at once, by a loop each. The tests look at what they leave open.
if !WINSOCK
check_PROGRAMS += examples/dial_poll
endif
if HAVE_PACKED_EVENTS
check_PROGRAMS += examples/dial_epoll
endif
if HAVE_LIBEVENT
check_PROGRAMS += examples/dial_event
endif
if HAVE_GLIB
check_PROGRAMS += examples/dial_glib
endif
if HAVE_LIBUV
check_PROGRAMS += examples/dial_uv
endif
examples_dial_poll_SOURCES = examples/dial_poll.c tests/support/left_open.c
examples_dial_poll_LDADD = lib/libsocket6.la
examples_dial_epoll_SOURCES = examples/dial_epoll.c tests/support/left_open.c
examples_dial_epoll_LDADD = lib/libsocket6.la
examples_dial_event_SOURCES = examples/dial_event.c tests/support/left_open.c
examples_dial_event_CPPFLAGS = $(AM_CPPFLAGS) $(LIBEVENT_CFLAGS)
examples_dial_event_LDADD = lib/libsocket6.la $(LIBEVENT_LIBS)
examples_dial_glib_SOURCES = examples/dial_glib.c tests/support/left_open.c
examples_dial_glib_CPPFLAGS = $(AM_CPPFLAGS) $(GLIB_CFLAGS)
examples_dial_glib_LDADD = lib/libsocket6.la $(GLIB_LIBS)
examples_dial_uv_SOURCES = examples/dial_uv.c tests/support/left_open.c
examples_dial_uv_CPPFLAGS = $(AM_CPPFLAGS) $(LIBUV_CFLAGS)
examples_dial_uv_LDADD = lib/libsocket6.la $(LIBUV_LIBS)
