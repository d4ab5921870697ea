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
struct socket_dial *socket_dial_new(size_t);
int socket_dial_name(struct socket_dial *, const char *, const char *, int);
int socket_dial_fd(struct socket_dial *);
int socket_dial_step(struct socket_dial *);
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

local EINPROGRESS, POLLIN, MAX = 115, 1, 16 -- Linux's numbers
local states = {"waiting", "pending", "connected", "failed", "cancelled"}

local function message(error) return ffi.string(lib.socket_error(error)) end

local function check(result, what)
	if result ~= -1 then return result end
	io.stderr:write(what, ": ", message(ffi.errno()), "\n")
	os.exit(1)
end

local function show(d)
	local attempts = ffi.new("struct socket_attempt6[?]", MAX)
	local out = ffi.new("char[80]") -- IP6IFPORT_FMT
	local count = tonumber(lib.socket_dial_attempts(d, attempts, MAX))
	count = math.min(count, MAX)
	for i = 0, count - 1 do
		local a = attempts[i]
		local n = lib.fmt_ip6ifport(out, a.addr.ip, a.addr.port,
			a.addr.scope_id)
		print(ffi.string(out, n) .. ": " .. (a.error ~= 0 and
			message(a.error) or states[a.state + 1]))
	end
	return count
end

if #arg < 2 then
	io.stderr:write("usage: dial.lua SERVICE HOST...\n")
	os.exit(2)
end
local d = lib.socket_dial_new(MAX)
for i = 2, #arg do check(lib.socket_dial_name(d, arg[i], arg[1], 0), arg[i]) end
-- One descriptor for the whole dial.
local p = ffi.new("struct pollfd", check(lib.socket_dial_fd(d), "fd"), POLLIN)
local s = lib.socket_dial_step(d)
while s == -1 and ffi.errno() == EINPROGRESS do
	ffi.C.poll(p, 1, -1)
	s = lib.socket_dial_step(d)
end
local error = ffi.errno()
if show(d) == 0 then print(arg[2] .. ": " .. message(error)) end
lib.socket_dial_free(d)
os.exit(s == -1 and 1 or 0)
