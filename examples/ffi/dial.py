#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""dial.py - connects to the fastest, by ctypes: dial.py 443 HOST..."""
import ctypes
import errno
import select
import sys
from ctypes import (c_char_p, c_int, c_int32, c_int64, c_size_t, c_ubyte,
                    c_uint16, c_uint32, c_void_p)


class Addr6(ctypes.Structure):
    _fields_ = [("ip", c_ubyte * 16), ("scope_id", c_uint32),
                ("port", c_uint16), ("reserved", c_uint16)]


class Attempt6(ctypes.Structure):
    _fields_ = [("addr", Addr6), ("state", c_int32), ("error", c_int32),
                ("start", c_int64), ("end", c_int64)]


STATES = ["waiting", "pending", "connected", "failed", "cancelled"]
MAX = 16

try:
    # use_errno: else Python's own calls overwrite errno before we read it.
    lib = ctypes.CDLL("libsocket6.so.0", use_errno=True)
except OSError as error:
    sys.exit(f"libsocket6 is not found: {error}")

lib.fmt_ip6ifport.restype = lib.socket_dial_attempts.restype = c_size_t
lib.socket_dial_new.restype = c_void_p
lib.socket_error.restype = c_char_p
lib.fmt_ip6ifport.argtypes = [c_char_p, c_void_p, c_uint16, c_uint32]
lib.socket_dial_new.argtypes = [c_size_t]
lib.socket_dial_name.argtypes = [c_void_p, c_char_p, c_char_p, c_int]
lib.socket_dial_attempts.argtypes = [c_void_p, c_void_p, c_size_t]
for name in "fd", "step", "free":
    getattr(lib, f"socket_dial_{name}").argtypes = [c_void_p]


def message(error):
    return lib.socket_error(error).decode()


def check(result, what):
    if result == -1:
        sys.exit(f"{what}: {message(ctypes.get_errno())}")
    return result


def attempts(d):
    out, text = (Attempt6 * MAX)(), ctypes.create_string_buffer(80)
    for a in out[:lib.socket_dial_attempts(d, out, MAX)]:
        n = lib.fmt_ip6ifport(text, a.addr.ip, a.addr.port, a.addr.scope_id)
        why = message(a.error) if a.error else STATES[a.state]
        yield f"{text.raw[:n].decode()}: {why}"


if len(sys.argv) < 3:
    sys.exit("usage: dial.py SERVICE HOST...")
service, *hosts = sys.argv[1:]
d = lib.socket_dial_new(MAX)
for host in hosts:
    check(lib.socket_dial_name(d, host.encode(), service.encode(), 0), host)
fd = check(lib.socket_dial_fd(d), "descriptor")  # one for the whole dial
while ((s := lib.socket_dial_step(d)) == -1
       and (error := ctypes.get_errno()) == errno.EINPROGRESS):
    select.select([fd], [], [])
print("\n".join(attempts(d)) or f"{hosts[0]}: {message(error)}")
lib.socket_dial_free(d)
sys.exit(s == -1)
