#!/bin/sh
# SPDX-License-Identifier: ISC
# windows64-dll.sh - Windows, 64 bits, the suites on the DLL
# set: whole, at most 1200 seconds
. "${platforms:?}/windows.sh"
packages gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 wine wine64
may_skip 'no stand-ins: a DLL calls what it was linked to' \
	'built with --disable-static'
windows x86_64-w64-mingw32 --disable-static
