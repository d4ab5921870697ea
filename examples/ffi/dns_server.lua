#!/usr/bin/env luajit
-- SPDX-License-Identifier: ISC
-- dns_server.lua - answers each question with the address it came from, by
-- LuaJIT: dns_server.lua PORT. dns_server.c says more.
local ffi, bit = require("ffi"), require("bit")

ffi.cdef [[
struct addr6 { uint8_t ip[16]; uint32_t scope_id; uint16_t port, reserved; };
typedef struct {
	struct addr6 peer, own; /* "local" is a word of Lua's */
	int64_t time;
	uint32_t offset, len, ifindex, drops;
	uint16_t segment, flags;
	int16_t hops, tclass;
} socket_datagram6;
int socket_udp6(void);
int socket_recvinfo6(int, int);
int socket_bind6(int, const char *, uint16_t, uint32_t);
int socket_local6(int, char *, uint16_t *, uint32_t *);
ssize_t socket_recvmany6(int, uint8_t *, size_t, socket_datagram6 *, size_t);
ssize_t socket_sendmany6(int, uint8_t *, size_t, socket_datagram6 *, size_t);
struct pollfd { int fd; short events, revents; };
int poll(struct pollfd *, unsigned long, int);
]]

local found, lib = pcall(ffi.load, "libsocket6.so.0")
if not found then
	io.stderr:write("libsocket6 is not found: ", lib, "\n")
	os.exit(1)
end
local BATCH, PART, HEADER, LOCAL, POLLIN = 32, 512, 12, 1, 1
local buf = ffi.new("uint8_t[?]", BATCH * PART)
local grams = ffi.new("socket_datagram6[?]", BATCH)
local mapped = string.rep("\0", 10) .. "\255\255"

-- Where the first question ends; 0 if there is not just one.
local function question_end(m, len)
	if len < HEADER or m[2] >= 128 or m[4] ~= 0 or m[5] ~= 1 then return 0 end
	local at = HEADER
	while at < len and m[at] > 0 and m[at] < 64 do at = at + 1 + m[at] end
	return at + 5 <= len and m[at] == 0 and at + 5 or 0
end

-- Turns a question into its answer, in place; false if it is none.
local function answer(m, g)
	local stop, ip = question_end(m, g.len), ffi.string(g.peer.ip, 16)
	if stop == 0 or stop + 28 > PART then return false end
	if ip:sub(1, 12) == mapped then ip = ip:sub(13) end
	local kind, data = #ip == 4 and 1 or 28, ""
	if m[stop - 4] == 0 and m[stop - 3] == kind then
		data = "\192\12\0" .. string.char(kind) .. "\0\1\0\0\0\0\0" ..
			string.char(#ip) .. ip
	end
	m[2], m[3] = bit.bor(m[2], 0x84), 0
	ffi.fill(m + 6, 6)
	m[7] = #data > 0 and 1 or 0
	ffi.copy(m + stop, data, #data)
	g.len = stop + #data
	return true
end

local s, port = lib.socket_udp6(), ffi.new("uint16_t[1]")
if #arg ~= 1 or lib.socket_recvinfo6(s, LOCAL) == -1 or
	lib.socket_bind6(s, nil, tonumber(arg[1]), 0) == -1 or
	lib.socket_local6(s, nil, port, nil) == -1 then
	io.stderr:write("usage: dns_server.lua PORT\n")
	os.exit(2)
end
print("port " .. port[0])
io.stdout:flush()
while true do
	ffi.C.poll(ffi.new("struct pollfd[1]", {{s, POLLIN, 0}}), 1, -1)
	local n = tonumber(lib.socket_recvmany6(s, buf, BATCH * PART, grams, BATCH))
	for i = 0, n - 1 do
		if answer(buf + grams[i].offset, grams[i]) then
			lib.socket_sendmany6(s, buf, BATCH * PART, grams + i, 1)
		end
	end
end
