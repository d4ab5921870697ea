#!/usr/bin/env node
// SPDX-License-Identifier: ISC
// client.mjs - connects without blocking, by koffi: client.mjs '[::1]:80'
import koffi from "koffi";

let lib;
try {
  lib = koffi.load("libsocket6.so.0");
} catch (error) {
  console.error(`libsocket6 is not found: ${error.message}`);
  process.exit(1);
}
const libc = koffi.load(null); // what the process has
koffi.struct("pollfd", { fd: "int", events: "short", revents: "short" });
const scan = lib.func("size_t scan_ip6ifport(const char *, _Out_ uint8_t *, "
  + "_Out_ uint16_t *, _Out_ uint32_t *)");
const fmt = lib.func("size_t fmt_ip6ifport(_Out_ uint8_t *, uint8_t *, "
  + "uint16_t, uint32_t)");
const tcp6 = lib.func("int socket_tcp6()");
const connect6 = lib.func(
  "int socket_connect6(int, uint8_t *, uint16_t, uint32_t)");
const connected = lib.func("int socket_connected(int)");
const close = lib.func("int socket_close(int)");
const words = lib.func("const char *socket_error(int)");
const poll = libc.func("int poll(_Inout_ pollfd *, unsigned long, int)");
const { EINPROGRESS } = koffi.os.errno;

function read(text) {
  const [ip, port, scope] = [Buffer.alloc(16), [0], [0]];
  const n = scan(text, ip, port, scope);
  return n > 0 && n === text.length && [ip, port[0], scope[0]];
}

function written(address) {
  const out = Buffer.alloc(80); // IP6IFPORT_FMT
  return out.toString("latin1", 0, fmt(out, ...address));
}

// 0 when connected, else the errno that says why not.
function reason(s, address) {
  if (connect6(s, ...address) === 0) return 0;
  const error = koffi.errno();
  if (error !== EINPROGRESS) return error;
  poll([{ fd: s, events: 4, revents: 0 }], 1, 5000); // POLLOUT
  return connected(s) ? 0 : koffi.errno();
}

const address = process.argv.length === 3 && read(process.argv[2]);
if (!address) {
  console.error("usage: client.mjs ADDRESS:PORT");
  process.exit(2);
}
const s = tcp6();
const why = s === -1 ? koffi.errno() : reason(s, address);
close(s);
console.log(`${written(address)}: ${why ? words(why) : "connected"}`);
process.exit(why ? 1 : 0);
