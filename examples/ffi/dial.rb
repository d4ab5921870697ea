#!/usr/bin/env ruby
# SPDX-License-Identifier: ISC
# dial.rb - connects to the fastest, by Fiddle: dial.rb 443 HOST...
require "fiddle"

module Socket6
  include Fiddle
  INT = TYPE_INT
  SIZE = TYPE_SIZE_T
  VOIDP = TYPE_VOIDP
  MAX = 16
  ADDR6 = "a16LSS" # struct socket_addr6: ip, scope id, port, reserved
  ATTEMPT6 = "#{ADDR6}llqq" # and state, error, start, end
  STATES = %w[waiting pending connected failed cancelled]

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
  define "fmt_ip6ifport", SIZE, VOIDP, VOIDP, -TYPE_SHORT, -INT
  define "socket_dial_new", VOIDP, SIZE
  define "socket_dial_name", INT, VOIDP, VOIDP, VOIDP, INT
  define "socket_dial_fd", INT, VOIDP
  define "socket_dial_step", INT, VOIDP
  define "socket_dial_attempts", SIZE, VOIDP, VOIDP, SIZE
  define "socket_error", VOIDP, INT
  define "socket_dial_free", TYPE_VOID, VOIDP

  def self.message(error) = socket_error(error).to_s

  def self.check(result, what)
    abort "#{what}: #{message(Fiddle.last_error)}" if result == -1
    result
  end

  def self.attempts(d)
    out, text = "\0" * 48 * MAX, "\0" * 80 # IP6IFPORT_FMT
    count = [socket_dial_attempts(d, out, MAX), MAX].min
    Array.new(count) do |i|
      ip, scope_id, port, _, state, error =
        out.unpack(ATTEMPT6, offset: 48 * i)
      "#{text[0, fmt_ip6ifport(text, ip, port, scope_id)]}: " +
        (error.zero? ? STATES[state] : message(error))
    end
  end
end

abort "usage: dial.rb SERVICE HOST..." if ARGV.size < 2
service, *hosts = ARGV
d = Socket6.socket_dial_new(Socket6::MAX)
hosts.each do |host|
  Socket6.check(Socket6.socket_dial_name(d, host, service, 0), host)
end
fd = Socket6.check(Socket6.socket_dial_fd(d), "descriptor")
due = IO.for_fd(fd, autoclose: false) # for the whole dial
while (s = Socket6.socket_dial_step(d)) == -1 &&
    (error = Fiddle.last_error) == Errno::EINPROGRESS::Errno
  IO.select([due])
end
attempts = Socket6.attempts(d)
puts attempts.empty? ? "#{hosts[0]}: #{Socket6.message(error)}" : attempts
Socket6.socket_dial_free(d)
exit s != -1
