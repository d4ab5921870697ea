// SPDX-License-Identifier: ISC
// dial.mjs ROUNDS PORT ROW NAME - what bench/dial.c does, by Node.
import { once } from "node:events";
import net from "node:net";

const [rounds, port, row, host] = process.argv.slice(2);

async function dial() {
  const began = performance.now();
  const socket = net.connect({
    host,
    port,
    autoSelectFamily: true,
    signal: row === "silent" ? AbortSignal.timeout(1000) : undefined,
  });
  try {
    await once(socket, "connect");
    if (row === "answer") {
      socket.write("x");
      await once(socket, "data");
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
  console.log(`node ${row} ${(performance.now() - began).toFixed(3)}`);
  socket.destroy();
}

for (let i = 0; i < rounds; i++) await dial();
// A thread may still ask for the name.
process.exit();
