#!/bin/sh
# SPDX-License-Identifier: ISC
# windows64.sh - Windows, 64 bits, under wine, with gcc
# set: ci, at most 1500 seconds
. "${platforms:?}/windows.sh"
packages gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 wine wine64
windows x86_64-w64-mingw32
