#!/bin/sh
# SPDX-License-Identifier: ISC
# text.sh - every library reads and writes the same addresses, in turns, so that
# a slow moment of the machine hits all.
#
# usage: text.sh ROUNDS ADDRESSES PROGRAM...
#
# Writes lines "LIBRARY read|write NANOSECONDS".
set -e
rounds=$1
addresses=$2
shift 2
while [ "$rounds" -gt 0 ]; do
	for program; do
		"$program" 5 <"$addresses" | sed "s/^/${program##*-} /"
	done
	rounds=$((rounds - 1))
done
