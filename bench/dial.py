# SPDX-License-Identifier: ISC
"""dial.py ROUNDS PORT ROW ADDRESS... - what bench/dial.c does, by asyncio."""
import asyncio
import socket
import sys
import time

rounds, port, row, *addresses = sys.argv[1:]
found = [(socket.AF_INET6 if ":" in address else socket.AF_INET,
          socket.SOCK_STREAM, 0, "", (address, int(port)))
         for address in addresses]


async def resolve(*_, **__):
    return found


async def dial():
    began = time.monotonic()
    reader, writer = await asyncio.open_connection(
        "name.example", port, happy_eyeballs_delay=0.25)
    if row == "answer":
        writer.write(b"x")
        await reader.read(1)
    print(f"python {row} {(time.monotonic() - began) * 1e3:.3f}")
    writer.close()
    await writer.wait_closed()


async def main():
    asyncio.get_running_loop().getaddrinfo = resolve
    for _ in range(int(rounds)):
        await dial()

asyncio.run(main())
