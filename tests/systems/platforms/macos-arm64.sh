#!/bin/sh
# SPDX-License-Identifier: ISC
# macos-arm64.sh - macOS on arm64, which is built and not run
# set: whole, at most 1200 seconds
. "${platforms:?}/macos.sh"
macos arm64 aarch64
