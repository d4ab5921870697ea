#!/usr/bin/env ruby
# SPDX-License-Identifier: ISC
# client.rb - connects without blocking, by Fiddle: client.rb '[::1]:80'
require "fiddle"

module Socket6
  include Fiddle
  INT = TYPE_INT
  VOIDP = TYPE_VOIDP

  LIB = begin
    Fiddle.dlopen("libsocket6.so.0")
  rescue DLError => e
    abort "libsocket6 is not found: #{e}"
  end

  def self.define(name, result, *arguments)
    function = Function.new(LIB[name], arguments, result)
    define_singleton_method(name) { |*values| function.call(*values) }
  end

  # Fiddle writes a type that has no sign with a minus.
  define "scan_ip6ifport", TYPE_SIZE_T, VOIDP, VOIDP, VOIDP, VOIDP
  define "fmt_ip6ifport", TYPE_SIZE_T, VOIDP, VOIDP, -TYPE_SHORT, -TYPE_INT
  define "socket_tcp6", INT
  define "socket_connect6", INT, INT, VOIDP, -TYPE_SHORT, -INT
  define "socket_connected", INT, INT
  define "socket_close", INT, INT
  define "socket_error", VOIDP, INT

  def self.read(text)
    ip, port, scope_id = "\0" * 16, "\0" * 2, "\0" * 4
    n = scan_ip6ifport(text, ip, port, scope_id)
    [ip, port.unpack1("S"), scope_id.unpack1("L")] if n > 0 && n == text.size
  end

  def self.written(address)
    out = "\0" * 80 # IP6IFPORT_FMT
    out[0, fmt_ip6ifport(out, *address)]
  end

  # 0 when connected, else the errno that says why not: Fiddle keeps it for
  # the thread after each call.
  def self.reason(s, address)
    return 0 if socket_connect6(s, *address) == 0
    error = Fiddle.last_error
    return error unless error == Errno::EINPROGRESS::Errno
    IO.select(nil, [IO.for_fd(s, autoclose: false)], nil, 5)
    socket_connected(s) == 1 ? 0 : Fiddle.last_error
  end
end

address = ARGV.size == 1 && Socket6.read(ARGV[0])
abort "usage: client.rb ADDRESS:PORT" unless address
s = Socket6.socket_tcp6
why = s == -1 ? Fiddle.last_error : Socket6.reason(s, address)
Socket6.socket_close(s)
message = why.zero? ? "connected" : Socket6.socket_error(why).to_s
puts "#{Socket6.written(address)}: #{message}"
exit why.zero?
