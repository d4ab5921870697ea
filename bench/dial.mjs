// SPDX-License-Identifier: ISC
// dial.mjs ROUNDS PORT ROW ADDRESS... - what bench/dial.c does, by Node.
import { once } from "node:events";
import net from "node:net";

const [rounds, port, row, ...addresses] = process.argv.slice(2);
const found = addresses.map((address) => ({
  address,
  family: net.isIP(address),
}));

async function dial() {
  const began = performance.now();
  const socket = net.connect({
    host: "name.example",
    port,
    autoSelectFamily: true,
    lookup: (host, options, done) => done(null, found),
  });
  await once(socket, "connect");
  if (row === "answer") {
    socket.write("x");
    await once(socket, "data");
  }
  console.log(`node ${row} ${(performance.now() - began).toFixed(3)}`);
  socket.destroy();
}

for (let i = 0; i < rounds; i++) await dial();
