#!/bin/sh
# SPDX-License-Identifier: ISC
# macos-x86_64.sh - macOS on x86-64, which is built and not run
# set: whole, at most 1200 seconds
. "${platforms:?}/macos.sh"
macos x86_64 x86_64
