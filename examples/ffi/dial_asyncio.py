#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""dial_asyncio.py - many dials by asyncio: dial_asyncio.py COUNT HOST:PORT..."""
import asyncio
import ctypes
import errno
import socket
import sys
from ctypes import c_char_p, c_int, c_size_t, c_void_p

MOST = 16  # addresses of a host
LAST_WAIT, DEADLINE = 3, 4

try:
    # use_errno: else Python's own calls overwrite errno before we read it.
    lib = ctypes.CDLL("libsocket6.so.0", use_errno=True)
except OSError as error:
    sys.exit(f"libsocket6 is not found: {error}")

lib.socket_dial_new.restype = c_void_p
lib.socket_error.restype = c_char_p
lib.socket_dial_new.argtypes = [c_size_t]
lib.socket_dial_set.argtypes = [c_void_p, c_int, c_int]
lib.socket_dial_name.argtypes = [c_void_p, c_char_p, c_char_p, c_int]
for name in "fd", "step", "free":
    getattr(lib, f"socket_dial_{name}").argtypes = [c_void_p]


def check(result):
    """Raises the errno of a call that has failed."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, lib.socket_error(number).decode())
    return result


async def finish(d, due):
    """Steps a dial whenever it is due, until it has ended."""
    while ((s := lib.socket_dial_step(d)) == -1
           and ctypes.get_errno() == errno.EINPROGRESS):
        due.clear()
        await due.wait()
    return check(s)


async def dial(host):
    """Returns a socket that is connected to HOST:PORT, or raises OSError."""
    loop, due = asyncio.get_running_loop(), asyncio.Event()
    d = lib.socket_dial_new(MOST)
    try:
        lib.socket_dial_set(d, LAST_WAIT, 2000)
        lib.socket_dial_set(d, DEADLINE, 10000)
        check(lib.socket_dial_name(d, host.encode(), None, 0))
        fd = check(lib.socket_dial_fd(d))  # one for the whole dial
        loop.add_reader(fd, due.set)
        try:
            return socket.socket(fileno=await finish(d, due))
        finally:
            loop.remove_reader(fd)
    finally:
        lib.socket_dial_free(d)


async def try_one(host):
    try:
        (await dial(host)).close()  # a client would talk here
        return True
    except OSError as error:
        print(f"{host}: {error.strerror}", file=sys.stderr)
        return False


async def main(count, hosts):
    connected = sum(await asyncio.gather(
        *(try_one(hosts[i % len(hosts)]) for i in range(count))))
    print(f"{connected} connected, {count - connected} failed")


if len(sys.argv) < 3:
    sys.exit("usage: dial_asyncio.py COUNT HOST:PORT...")
asyncio.run(main(int(sys.argv[1]), sys.argv[2:]))
