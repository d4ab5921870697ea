#!/bin/sh
# SPDX-License-Identifier: ISC
# tcc.sh - glibc with tcc, a compiler without C11's threads and atomics
# set: ci, at most 800 seconds
. "${platforms:?}/common.sh"
packages tcc libc6-dev
configure CC=tcc
lacks atomic thread_local tls_model
may_skip 'no -z,relro' 'no GNU_STACK' \
	'no -Bsymbolic-functions' 'no --version-script' 'no -pie' \
	'this compiler makes none here' 'tcc has no c\+\+..' \
	'warnings of system headers' 'no __has_include_next' \
	'no static C library' 'no linker map' \
	'no -z,nodelete' 'not hardened'
check
