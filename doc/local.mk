# SPDX-License-Identifier: ISC
# doc/local.mk - the manual pages, and an alias page for each function.

dist_man3_MANS = \
	doc/ndelay_on.3 \
	doc/scan_ip4.3 \
	doc/scan_ip6.3 \
	doc/scan_ip6if.3 \
	doc/scan_ip6prefix.3 \
	doc/scan_proxy.3 \
	doc/socket_accept6.3 \
	doc/socket_bind6.3 \
	doc/socket_connect6.3 \
	doc/socket_connect6_timeout.3 \
	doc/socket_dial.3 \
	doc/socket_dial_attempts.3 \
	doc/socket_dial_confirm.3 \
	doc/socket_dial_new.3 \
	doc/socket_error.3 \
	doc/socket_fastopen.3 \
	doc/socket_from_sockaddr.3 \
	doc/socket_getifname.3 \
	doc/socket_history_new.3 \
	doc/socket_inherited.3 \
	doc/socket_interfaces.3 \
	doc/socket_listen.3 \
	doc/socket_listener6.3 \
	doc/socket_lookup_new.3 \
	doc/socket_local6.3 \
	doc/socket_mcjoin6.3 \
	doc/socket_nodelay.3 \
	doc/socket_read.3 \
	doc/socket_recv6.3 \
	doc/socket_recverror6.3 \
	doc/socket_recvmany6.3 \
	doc/socket_resolve6.3 \
	doc/socket_tcp6.3 \
	doc/socket_tcpinfo.3 \
	doc/socket_v6only.3
dist_man7_MANS = \
	doc/libsocket6.7 \
	doc/libsocket6-blocking.7 \
	doc/libsocket6-datagrams.7 \
	doc/libsocket6-dial.7 \
	doc/libsocket6-epoll.7 \
	doc/libsocket6-ffi.7 \
	doc/libsocket6-from-libowfat.7 \
	doc/libsocket6-from-sockets.7 \
	doc/libsocket6-nonblocking.7 \
	doc/libsocket6-reliability.7 \
	doc/libsocket6-servers.7 \
	doc/libsocket6-zones.7
EXTRA_DIST += doc/aliases.sh doc/text.sh

# Their names stand in the pages' NAME lists alone: a stamp stands for all.
doc/aliases.stamp: doc/aliases.sh $(dist_man3_MANS)
	$(AM_V_GEN)rm -rf doc/aliases && $(MKDIR_P) doc/aliases
	$(AM_V_at)$(SHELL) $(srcdir)/doc/aliases.sh doc/aliases \
		$(srcdir)/doc/*.3
	$(AM_V_at)echo >$@

all-local: doc/aliases.stamp

install-data-hook: doc/aliases.stamp
	$(MKDIR_P) "$(DESTDIR)$(man3dir)"
	$(INSTALL_DATA) doc/aliases/*.3 "$(DESTDIR)$(man3dir)"

uninstall-hook: doc/aliases.stamp
	cd doc/aliases && for page in *.3; do \
		rm -f "$(DESTDIR)$(man3dir)/$$page"; \
	done

# make html: the documentation as a web site, html/index.html
SITE = \
	doc/connect.dot \
	doc/html/addresses.awk \
	doc/html/bar.awk \
	doc/html/bench.awk \
	doc/html/code.awk \
	doc/html/compare.awk \
	doc/html/compare.txt \
	doc/html/datagram.awk \
	doc/html/functions.awk \
	doc/html/manual.awk \
	doc/html/race.awk \
	doc/html/race.txt \
	doc/html/site.sh \
	doc/html/source.awk \
	doc/html/style.css \
	doc/html/svg.sed \
	doc/html/text.awk \
	doc/html/toc.awk
EXTRA_DIST += $(SITE)

html-local:
	$(AM_V_GEN)$(SHELL) $(srcdir)/doc/html/site.sh $(srcdir) html

install-html-local: html-local
	$(MKDIR_P) "$(DESTDIR)$(htmldir)"
	$(INSTALL_DATA) html/* "$(DESTDIR)$(htmldir)"

# What make install-html has put there, if it was run here.
uninstall-local:
	for file in html/*; do \
		rm -f "$(DESTDIR)$(htmldir)/$${file##*/}"; \
	done

# The site as a tarball beside the release's, packed like it.
dist-html: html
	$(AM_V_GEN)rm -rf $(distdir)-html && cp -R html $(distdir)-html
	$(AM_V_at)tardir=$(distdir)-html && $(am__tar) | \
		XZ_OPT=$${XZ_OPT--e} xz -c >$(distdir)-html.tar.xz
	$(AM_V_at)rm -rf $(distdir)-html

# The text of each page. A tarball has it, so that packing it again takes no
# mandoc and gives the same.
dist-hook:
	if test -d $(srcdir)/doc/text; then \
		cp -R $(srcdir)/doc/text $(distdir)/doc; \
	else \
		$(SHELL) $(srcdir)/doc/text.sh $(srcdir) $(distdir)/doc/text; \
	fi

clean-local:
	rm -rf doc/aliases doc/aliases.stamp html

.PHONY: dist-html
