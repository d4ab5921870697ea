# SPDX-License-Identifier: ISC
# examples/local.mk - programs to copy. Nothing here is installed.

check_PROGRAMS += examples/client examples/demo
examples_client_LDADD = lib/libsocket6.la
examples_client_LDFLAGS = -no-install
examples_demo_LDADD = lib/libsocket6.la
examples_demo_LDFLAGS = -no-install
