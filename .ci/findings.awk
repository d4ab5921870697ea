# SPDX-License-Identifier: ISC
# findings.awk - prints what Valgrind found, and fails if there is anything.
#
# Not findings are descriptors that were inherited and, with suite=1, those
# that a test got from the library to close itself, what the C library has of a
# question that still runs when the test ends, and the clients of a server that
# a test killed: only the kernel has their addresses (epoll_event.data).

{ sub(/^==[0-9]+== ?/, "") }
/^FILE DESCRIPTORS/ { next }
/./ { block = block "\n" $0; next }
block { judge() }
END {
	if (block)
		judge()
	exit found
}

function judge()
{
	if (!rightly_open(block)) {
		print block
		found = 1
	}
	block = ""
}

function rightly_open(text)
{
	if (text !~ /^\nOpen /)
		return suite && text ~ /: (getaddrinfo \(getaddrinfo|add_client \(echo_server)\.c/
	if (text ~ /<inherited from parent>/)
		return 1
	gsub(/: socket_(accept[46]|(tcp|udp|sctp)[46]|listener6|ifwatch)/, "", text)
	return suite && text !~ /: (socket_|ndelay_|scan_|fmt_)/
}
