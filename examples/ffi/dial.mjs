#!/usr/bin/env node
// SPDX-License-Identifier: ISC
// dial.mjs - connects to the fastest, by koffi: dial.mjs 443 HOST...
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
koffi.opaque("socket_dial");
const Addr6 = koffi.struct("socket_addr6", {
  ip: koffi.array("uint8_t", 16, "Typed"),
  scope_id: "uint32_t",
  port: "uint16_t",
  reserved: "uint16_t",
});
const Attempt6 = koffi.struct("socket_attempt6", {
  addr: Addr6,
  state: "int32_t",
  error: "int32_t",
  start: "int64_t",
  end: "int64_t",
});
const fmt = lib.func("size_t fmt_ip6ifport(_Out_ uint8_t *, uint8_t *, "
  + "uint16_t, uint32_t)");
const resolve6 = lib.func("int socket_resolve6(const char *, const char *, "
  + "int, _Out_ uint8_t *, size_t)");
const create = lib.func("socket_dial *socket_dial_new(size_t)");
const addTo = lib.func("int socket_dial_add(socket_dial *, uint8_t *, size_t)");
const end = lib.func("int socket_dial_end(socket_dial *)");
const step = lib.func("int socket_dial_step(socket_dial *)");
const pollfds = lib.func("size_t socket_dial_pollfds(socket_dial *, "
  + "_Out_ int *, int *, size_t, _Out_ int *)");
const attempts = lib.func("size_t socket_dial_attempts(socket_dial *, "
  + "_Out_ uint8_t *, size_t)");
const free = lib.func("void socket_dial_free(socket_dial *)");
const words = lib.func("const char *socket_error(int)");
const poll = libc.func("int poll(_Inout_ pollfd *, unsigned long, int)");
const { EINPROGRESS } = koffi.os.errno;
const MAX = 16;
const STATES = ["waiting", "pending", "connected", "failed", "cancelled"];

function add(d, host, service) {
  const addrs = Buffer.alloc(MAX * koffi.sizeof(Addr6)); // 24 bytes each
  const n = resolve6(host, service, 0, addrs, MAX);
  if (n === -1) {
    console.error(`${host}: ${words(koffi.errno())}`);
    process.exit(1);
  }
  addTo(d, addrs, Math.min(n, MAX));
}

function wait(d) {
  const [fds, milliseconds] = [new Int32Array(MAX), [0]];
  const n = pollfds(d, fds, null, MAX, milliseconds);
  const events = 4; // POLLOUT
  poll(Array.from(fds.subarray(0, n), (fd) => ({ fd, events, revents: 0 })),
    n, milliseconds[0]);
}

function show(d) {
  const bytes = Buffer.alloc(MAX * koffi.sizeof(Attempt6)); // 48 bytes each
  const out = Buffer.alloc(80); // IP6IFPORT_FMT
  const n = attempts(d, bytes, MAX);
  for (const a of koffi.decode(bytes, koffi.array(Attempt6, n))) {
    const text = out.toString("latin1", 0,
      fmt(out, a.addr.ip, a.addr.port, a.addr.scope_id));
    console.log(`${text}: ${a.error ? words(a.error) : STATES[a.state]}`);
  }
}

const [service, ...hosts] = process.argv.slice(2);
if (!hosts.length) {
  console.error("usage: dial.mjs SERVICE HOST...");
  process.exit(2);
}
const d = create(MAX);
for (const host of hosts) add(d, host, service);
end(d);
let s = step(d);
while (s === -1 && koffi.errno() === EINPROGRESS) {
  wait(d);
  s = step(d);
}
show(d);
free(d);
process.exit(s === -1 ? 1 : 0);
