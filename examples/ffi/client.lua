#!/usr/bin/env luajit
-- SPDX-License-Identifier: ISC
-- client.lua - connects without blocking, by LuaJIT: client.lua '[::1]:80'
local ffi = require("ffi")

ffi.cdef [[
size_t scan_ip6ifport(const char *, char[16], uint16_t *, uint32_t *);
size_t fmt_ip6ifport(char *, const char[16], uint16_t, uint32_t);
int socket_tcp6(void);
int socket_connect6(int, const char[16], uint16_t, uint32_t);
int socket_connected(int);
int socket_close(int);
const char *socket_error(int);

struct pollfd { int fd; short events, revents; };
int poll(struct pollfd *, unsigned long, int);
]]

local found, lib = pcall(ffi.load, "libsocket6.so.0")
if not found then
	io.stderr:write("libsocket6 is not found: ", lib, "\n")
	os.exit(1)
end

local EINPROGRESS, EWOULDBLOCK, POLLOUT = 115, 11, 4 -- Linux's numbers
local ip, port, scope_id =
	ffi.new("char[16]"), ffi.new("uint16_t[1]"), ffi.new("uint32_t[1]")

local function written()
	local out = ffi.new("char[80]") -- IP6IFPORT_FMT
	return ffi.string(out,
		lib.fmt_ip6ifport(out, ip, port[0], scope_id[0]))
end

-- 0 when connected, else the errno that says why not. ffi.errno is read at
-- once after each call: the next one may change it.
local function reason(s)
	if lib.socket_connect6(s, ip, port[0], scope_id[0]) == 0 then
		return 0
	end
	local error = ffi.errno()
	if error ~= EINPROGRESS and error ~= EWOULDBLOCK then return error end
	ffi.C.poll(ffi.new("struct pollfd[1]", {{s, POLLOUT, 0}}), 1, 5000)
	return lib.socket_connected(s) == 1 and 0 or ffi.errno()
end

if #arg ~= 1 or #arg[1] == 0 or
	lib.scan_ip6ifport(arg[1], ip, port, scope_id) ~= #arg[1] then
	io.stderr:write("usage: client.lua ADDRESS:PORT\n")
	os.exit(2)
end
local s = lib.socket_tcp6()
local why = s ~= -1 and reason(s) or ffi.errno()
lib.socket_close(s)
print(written() .. ": " ..
	(why == 0 and "connected" or ffi.string(lib.socket_error(why))))
os.exit(why == 0 and 0 or 1)
