#!/usr/bin/env node
// SPDX-License-Identifier: ISC
// dns_server.mjs - answers each question with the address it came from, by
// koffi: dns_server.mjs PORT. dns_server.c says more.
import koffi from "koffi";

let lib;
try {
  lib = koffi.load("libsocket6.so.0");
} catch (error) {
  console.error(`libsocket6 is not found: ${error.message}`);
  process.exit(1);
}
koffi.struct("pollfd", { fd: "int", events: "short", revents: "short" });
const poll = koffi.load(null).func(
  "int poll(_Inout_ pollfd *, unsigned long, int)");
const udp6 = lib.func("int socket_udp6()");
const recvinfo6 = lib.func("int socket_recvinfo6(int, int)");
const bind6 = lib.func("int socket_bind6(int, void *, uint16_t, uint32_t)");
const local6 = lib.func(
  "int socket_local6(int, void *, _Out_ uint16_t *, void *)");
const many = "(int, uint8_t *, size_t, uint8_t *, size_t)";
const recvmany6 = lib.func(`int64 socket_recvmany6${many}`);
const sendmany6 = lib.func(`int64 socket_sendmany6${many}`);

const [BATCH, PART, HEADER, LOCAL, POLLIN] = [32, 512, 12, 1, 1];
// A record is 80 bytes: libsocket6-ffi(7) has the offsets. One buffer and a
// view of it, for koffi would copy structs both ways at every call.
const [GRAM, PEER, OFFSET, LEN] = [80, 0, 56, 60];
const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const buf = Buffer.alloc(BATCH * PART);
const grams = Buffer.alloc(BATCH * GRAM);
const view = new DataView(grams.buffer, grams.byteOffset, grams.length);
const mapped = Buffer.from("00000000000000000000ffff", "hex");

// Where the first question ends; 0 if there is not just one.
function questionEnd(m) {
  if (m.length < HEADER || m[2] & 0x80 || m.readUInt16BE(4) !== 1) return 0;
  let at = HEADER;
  while (at < m.length && m[at] > 0 && m[at] < 64) at += 1 + m[at];
  return at + 5 <= m.length && m[at] === 0 ? at + 5 : 0;
}

// Turns the question of a record into its answer; false if it is none.
function answer(g) {
  const offset = view.getUint32(g + OFFSET, little);
  const m = buf.subarray(offset, offset + view.getUint32(g + LEN, little));
  const end = questionEnd(m);
  if (end === 0 || end + 28 > PART) return false;
  let ip = grams.subarray(g + PEER, g + PEER + 16);
  if (ip.subarray(0, 12).equals(mapped)) ip = ip.subarray(12);
  const type = ip.length === 4 ? 1 : 28;
  const data = m.readUInt16BE(end - 4) !== type ? Buffer.alloc(0)
    : Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, ip.length, ...ip]);
  m.set([m[2] | 0x84, 0, 0, 1, 0, data.length ? 1 : 0, 0, 0, 0, 0], 2);
  buf.set(data, offset + end);
  view.setUint32(g + LEN, end + data.length, little);
  return true;
}

const [s, port] = [udp6(), [0]];
if (process.argv.length !== 3 || recvinfo6(s, LOCAL) === -1
  || bind6(s, null, Number(process.argv[2]), 0) === -1
  || local6(s, null, port, null) === -1) {
  console.error("usage: dns_server.mjs PORT");
  process.exit(2);
}
console.log(`port ${port[0]}`);
for (;;) {
  poll([{ fd: s, events: POLLIN, revents: 0 }], 1, -1);
  const n = Number(recvmany6(s, buf, buf.length, grams, BATCH));
  for (let g = 0; g < n * GRAM; g += GRAM)
    if (answer(g)) sendmany6(s, buf, buf.length, grams.subarray(g), 1);
}
