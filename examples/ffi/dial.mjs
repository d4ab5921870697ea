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
const create = lib.func("socket_dial *socket_dial_new(size_t)");
const name = lib.func("int socket_dial_name(socket_dial *, const char *, "
  + "const char *, int)");
const descriptor = lib.func("int socket_dial_fd(socket_dial *)");
const step = lib.func("int socket_dial_step(socket_dial *)");
const attempts = lib.func("size_t socket_dial_attempts(socket_dial *, "
  + "_Out_ uint8_t *, size_t)");
const free = lib.func("void socket_dial_free(socket_dial *)");
const words = lib.func("const char *socket_error(int)");
const poll = libc.func("int poll(_Inout_ pollfd *, unsigned long, int)");
const { EINPROGRESS } = koffi.os.errno;
const MAX = 16;
const STATES = ["waiting", "pending", "connected", "failed", "cancelled"];

function check(result, what) {
  if (result !== -1) return result;
  console.error(`${what}: ${words(koffi.errno())}`);
  process.exit(1);
}

// Node cannot watch a descriptor of others: a thread of koffi's waits.
function readable(fd) {
  const events = 1; // POLLIN
  return new Promise((resolve) => {
    poll.async([{ fd, events, revents: 0 }], 1, -1, resolve);
  });
}

function shown(d) {
  const bytes = Buffer.alloc(MAX * koffi.sizeof(Attempt6)); // 48 bytes each
  const out = Buffer.alloc(80); // IP6IFPORT_FMT
  const n = attempts(d, bytes, MAX);
  const all = koffi.decode(bytes, koffi.array(Attempt6, MAX));
  return all.slice(0, n).map((a) => {
    const text = out.toString("latin1", 0,
      fmt(out, a.addr.ip, a.addr.port, a.addr.scope_id));
    return `${text}: ${a.error ? words(a.error) : STATES[a.state]}`;
  });
}

const [service, ...hosts] = process.argv.slice(2);
if (!hosts.length) {
  console.error("usage: dial.mjs SERVICE HOST...");
  process.exit(2);
}
const d = create(MAX);
for (const host of hosts) check(name(d, host, service, 0), host);
const fd = check(descriptor(d), "descriptor"); // one for the whole dial
let s = step(d);
while (s === -1 && koffi.errno() === EINPROGRESS) {
  await readable(fd);
  s = step(d);
}
const error = koffi.errno();
console.log(shown(d).join("\n") || `${hosts[0]}: ${words(error)}`);
free(d);
process.exit(s === -1 ? 1 : 0);
