# SPDX-License-Identifier: ISC
"""dial.py ROUNDS PORT ROW NAME - what bench/dial.c does, by asyncio."""
import asyncio
import os
import sys
import time

rounds, port, row, name = sys.argv[1:]


async def connect():
    return await asyncio.open_connection(name, port, happy_eyeballs_delay=0.25)


async def dial():
    began = time.monotonic()
    try:
        reader, writer = await asyncio.wait_for(
            connect(), 1 if row == "silent" else None)
        if row == "answer":
            writer.write(b"x")
            await reader.read(1)
    except asyncio.TimeoutError:
        writer = None
    print(f"python {row} {(time.monotonic() - began) * 1e3:.3f}", flush=True)
    if writer:
        writer.close()
        await writer.wait_closed()


async def main():
    for _ in range(int(rounds)):
        await dial()
    # A thread may still ask for the name.
    os._exit(0)

asyncio.run(main())
