#!/usr/bin/env luajit
-- SPDX-License-Identifier: ISC
-- dial.lua - connects to the fastest, by LuaJIT: dial.lua 443 HOST...
local ffi = require("ffi")

ffi.cdef [[
struct socket_addr6 {
	char ip[16]; uint32_t scope_id; uint16_t port, reserved;
};
struct socket_attempt6 {
	struct socket_addr6 addr; int32_t state, error; int64_t start, end_;
};
size_t fmt_ip6ifport(char *, const char[16], uint16_t, uint32_t);
int socket_resolve6(const char *, const char *, int, struct socket_addr6 *, size_t);
struct socket_dial *socket_dial_new(size_t);
int socket_dial_add(struct socket_dial *, const struct socket_addr6 *, size_t);
int socket_dial_end(struct socket_dial *);
int socket_dial_step(struct socket_dial *);
size_t socket_dial_pollfds(const struct socket_dial *, int *, int *, size_t, int *);
size_t socket_dial_attempts(const struct socket_dial *,
	struct socket_attempt6 *, size_t);
const char *socket_error(int);
void socket_dial_free(struct socket_dial *);

struct pollfd { int fd; short events, revents; };
int poll(struct pollfd *, unsigned long, int);
]]

local found, lib = pcall(ffi.load, "libsocket6.so.0")
if not found then
	io.stderr:write("libsocket6 is not found: ", lib, "\n")
	os.exit(1)
end

local EINPROGRESS, POLLOUT, MAX = 115, 4, 16 -- Linux's numbers
local states = {"waiting", "pending", "connected", "failed", "cancelled"}

local function message(error) return ffi.string(lib.socket_error(error)) end

local function add(d, host, service)
	local addrs = ffi.new("struct socket_addr6[?]", MAX)
	local n = lib.socket_resolve6(host, service, 0, addrs, MAX)
	if n == -1 then
		io.stderr:write(host, ": ", message(ffi.errno()), "\n")
		os.exit(1)
	end
	lib.socket_dial_add(d, addrs, math.min(n, MAX))
end

local function wait(d)
	local fds, milliseconds = ffi.new("int[?]", MAX), ffi.new("int[1]")
	local n = tonumber(lib.socket_dial_pollfds(d, fds, nil, MAX, milliseconds))
	local p = ffi.new("struct pollfd[?]", MAX)
	for i = 0, n - 1 do p[i].fd, p[i].events = fds[i], POLLOUT end
	ffi.C.poll(p, n, milliseconds[0])
end

local function show(d)
	local attempts = ffi.new("struct socket_attempt6[?]", MAX)
	local out = ffi.new("char[80]") -- IP6IFPORT_FMT
	for i = 0, tonumber(lib.socket_dial_attempts(d, attempts, MAX)) - 1 do
		local a = attempts[i]
		local n = lib.fmt_ip6ifport(out, a.addr.ip, a.addr.port,
			a.addr.scope_id)
		print(ffi.string(out, n) .. ": " .. (a.error ~= 0 and
			message(a.error) or states[a.state + 1]))
	end
end

if #arg < 2 then
	io.stderr:write("usage: dial.lua SERVICE HOST...\n")
	os.exit(2)
end
local d = lib.socket_dial_new(MAX)
for i = 2, #arg do add(d, arg[i], arg[1]) end
lib.socket_dial_end(d)
local s = lib.socket_dial_step(d)
while s == -1 and ffi.errno() == EINPROGRESS do
	wait(d)
	s = lib.socket_dial_step(d)
end
show(d)
lib.socket_dial_free(d)
os.exit(s == -1 and 1 or 0)
