# SPDX-License-Identifier: ISC
# examples/local.mk - programs to copy. Nothing here is installed.

# They wait by poll(2), which Windows has not.
if !WINSOCK
check_PROGRAMS += examples/client examples/demo
endif
examples_client_LDADD = lib/libsocket6.la
examples_client_LDFLAGS = -no-install
examples_demo_LDADD = lib/libsocket6.la
examples_demo_LDFLAGS = -no-install
