#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""dns_server.py - answers each question with the address it came from, by
ctypes: dns_server.py PORT. dns_server.c says more."""
import ctypes
import select
import struct
import sys
from ctypes import c_int, c_int16, c_int64, c_size_t, c_uint16, c_uint32

BATCH, PART, HEADER, LOCAL = 32, 512, 12, 1  # LOCAL: SOCKET_INFO_LOCAL
MAPPED = bytes(10) + b"\xff\xff"


class Addr(ctypes.Structure):
    _fields_ = [("ip", ctypes.c_ubyte * 16), ("scope_id", c_uint32),
                ("port", c_uint16), ("reserved", c_uint16)]


class Gram(ctypes.Structure):
    _fields_ = [("peer", Addr), ("local", Addr), ("time", c_int64),
                ("offset", c_uint32), ("len", c_uint32),
                ("ifindex", c_uint32), ("drops", c_uint32),
                ("segment", c_uint16), ("flags", c_uint16),
                ("hops", c_int16), ("tclass", c_int16)]


try:
    lib = ctypes.CDLL("libsocket6.so.0")
except OSError as error:
    sys.exit(f"libsocket6 is not found: {error}")
lib.socket_recvmany6.restype = lib.socket_sendmany6.restype = c_int64
lib.socket_recvmany6.argtypes = lib.socket_sendmany6.argtypes = [
    c_int, ctypes.c_void_p, c_size_t, ctypes.c_void_p, c_size_t]

buf = bytearray(BATCH * PART)
raw = (ctypes.c_char * len(buf)).from_buffer(buf)
grams = (Gram * BATCH)()


def question_end(m):
    """Where the first question ends; 0 if there is not just one."""
    if len(m) < HEADER or m[2] & 0x80 or m[4:6] != b"\0\1":
        return 0
    at = HEADER
    while at < len(m) and 0 < m[at] < 64:
        at += 1 + m[at]
    return at + 5 if at + 5 <= len(m) and m[at] == 0 else 0


def answer(g):
    """Turns a question into its answer, in buf; False if it is none."""
    m, ip = bytes(buf[g.offset:g.offset + g.len]), bytes(g.peer.ip)
    end = question_end(m)
    if end == 0 or end + 28 > PART:
        return False
    if ip.startswith(MAPPED):
        ip = ip[12:]
    kind, data = b"\0\1" if len(ip) == 4 else b"\0\x1c", b""
    if m[end - 4:end - 2] == kind:
        data = b"\xc0\x0c" + kind + struct.pack("!HIH", 1, 0, len(ip)) + ip
    out = m[:2] + bytes([m[2] | 0x84, 0, 0, 1, 0, bool(data), 0, 0, 0, 0])
    out += m[HEADER:end] + data
    buf[g.offset:g.offset + len(out)] = out
    g.len = len(out)
    return True


s, port = lib.socket_udp6(), c_uint16()
if (len(sys.argv) != 2 or lib.socket_recvinfo6(s, LOCAL) == -1
        or lib.socket_bind6(s, None, int(sys.argv[1]), 0) == -1
        or lib.socket_local6(s, None, ctypes.byref(port), None) == -1):
    sys.exit("usage: dns_server.py PORT")
print("port", port.value, flush=True)
while True:
    select.select([s], [], [])
    for g in grams[:max(0, lib.socket_recvmany6(s, raw, len(buf), grams, BATCH))]:
        if answer(g):
            lib.socket_sendmany6(s, raw, len(buf), ctypes.byref(g), 1)
