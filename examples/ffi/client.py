#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""client.py - connects without blocking, by ctypes: client.py '[::1]:80'"""
import ctypes
import errno
import select
import sys
from ctypes import byref, c_char_p, c_int, c_size_t, c_uint16, c_uint32

try:
    # use_errno: else Python's own calls overwrite errno before we read it.
    lib = ctypes.CDLL("libsocket6.so.0", use_errno=True)
except OSError as error:
    sys.exit(f"libsocket6 is not found: {error}")

lib.scan_ip6ifport.restype = lib.fmt_ip6ifport.restype = c_size_t
lib.scan_ip6ifport.argtypes = [c_char_p, c_char_p, ctypes.POINTER(c_uint16),
                               ctypes.POINTER(c_uint32)]
lib.fmt_ip6ifport.argtypes = [c_char_p, c_char_p, c_uint16, c_uint32]
lib.socket_error.restype = c_char_p
lib.socket_connect6.argtypes = [c_int, c_char_p, c_uint16, c_uint32]


def read(text):
    ip, port, scope_id = ctypes.create_string_buffer(16), c_uint16(), c_uint32()
    n = lib.scan_ip6ifport(text.encode(), ip, byref(port), byref(scope_id))
    return n > 0 and n == len(text) and (ip.raw, port.value, scope_id.value)


def written(ip, port, scope_id):
    out = ctypes.create_string_buffer(80)  # IP6IFPORT_FMT
    n = lib.fmt_ip6ifport(out, ip, port, scope_id)
    return out.raw[:n].decode()


def reason(s, address):
    """0 when connected, else the errno that says why not."""
    if lib.socket_connect6(s, *address) == 0:
        return 0
    if ctypes.get_errno() not in (errno.EINPROGRESS, errno.EWOULDBLOCK):
        return ctypes.get_errno()
    poll = select.poll()
    poll.register(s, select.POLLOUT)
    poll.poll(5000)
    return 0 if lib.socket_connected(s) else ctypes.get_errno()


address = read(sys.argv[1]) if len(sys.argv) == 2 else None
if not address:
    sys.exit("usage: client.py ADDRESS:PORT")
s = lib.socket_tcp6()
why = reason(s, address) if s != -1 else ctypes.get_errno()
lib.socket_close(s)
words = lib.socket_error(why).decode() if why else "connected"
print(f"{written(*address)}: {words}")
sys.exit(why != 0)
