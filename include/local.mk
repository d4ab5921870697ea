# SPDX-License-Identifier: ISC
# include/local.mk - the installed headers.

include_HEADERS = include/socket6.h

socket6dir = $(includedir)/socket6
socket6_HEADERS = \
	include/socket6/accept.h \
	include/socket6/addr.h \
	include/socket6/bind.h \
	include/socket6/connect.h \
	include/socket6/datagram.h \
	include/socket6/dial.h \
	include/socket6/endpoint.h \
	include/socket6/error.h \
	include/socket6/fastopen.h \
	include/socket6/flags.h \
	include/socket6/history.h \
	include/socket6/inherited.h \
	include/socket6/interface.h \
	include/socket6/interfaces.h \
	include/socket6/ip4.h \
	include/socket6/ip6.h \
	include/socket6/listen.h \
	include/socket6/lookup.h \
	include/socket6/multicast.h \
	include/socket6/ndelay.h \
	include/socket6/open.h \
	include/socket6/option.h \
	include/socket6/prefix.h \
	include/socket6/proxy.h \
	include/socket6/record.h \
	include/socket6/resolve.h \
	include/socket6/sockaddr.h \
	include/socket6/stream.h \
	include/socket6/tcpinfo.h \
	include/socket6/timeout.h \
	include/socket6/zone.h

# Beside and never over an installed libowfat's own.
libowfatdir = $(includedir)/libsocket6/libowfat
libowfat_HEADERS = \
	include/libowfat/error.h \
	include/libowfat/ip4.h \
	include/libowfat/ip6.h \
	include/libowfat/ndelay.h \
	include/libowfat/socket.h \
	include/libowfat/uint16.h \
	include/libowfat/uint32.h

# Our own directories go too, unless someone else put a file there.
uninstall-hook: remove-directories
remove-directories:
	-cd "$(DESTDIR)$(includedir)" && \
		rmdir libsocket6/libowfat libsocket6 socket6
.PHONY: remove-directories
