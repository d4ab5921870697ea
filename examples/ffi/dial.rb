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
  define "socket_resolve6", INT, VOIDP, VOIDP, INT, VOIDP, SIZE
  define "socket_dial_new", VOIDP, SIZE
  define "socket_dial_add", INT, VOIDP, VOIDP, SIZE
  define "socket_dial_end", INT, VOIDP
  define "socket_dial_step", INT, VOIDP
  define "socket_dial_pollfds", SIZE, VOIDP, VOIDP, VOIDP, SIZE, VOIDP
  define "socket_dial_attempts", SIZE, VOIDP, VOIDP, SIZE
  define "socket_error", VOIDP, INT
  define "socket_dial_free", TYPE_VOID, VOIDP

  def self.message(error) = socket_error(error).to_s

  def self.add(d, host, service)
    addrs = "\0" * 24 * MAX
    n = socket_resolve6(host, service, 0, addrs, MAX)
    abort "#{host}: #{message(Fiddle.last_error)}" if n == -1
    socket_dial_add(d, addrs, [n, MAX].min)
  end

  def self.wait(d)
    fds, milliseconds = "\0" * 4 * MAX, "\0" * 4
    n = socket_dial_pollfds(d, fds, nil, MAX, milliseconds)
    sockets = fds.unpack("i#{n}").map { |s| IO.for_fd(s, autoclose: false) }
    most = milliseconds.unpack1("i")
    IO.select(nil, sockets, nil, most < 0 ? nil : most / 1000.0)
  end

  def self.show(d)
    attempts, out = "\0" * 48 * MAX, "\0" * 80 # IP6IFPORT_FMT
    socket_dial_attempts(d, attempts, MAX).times do |i|
      ip, scope_id, port, _, state, error =
        attempts.unpack(ATTEMPT6, offset: 48 * i)
      text = out[0, fmt_ip6ifport(out, ip, port, scope_id)]
      puts "#{text}: #{error.zero? ? STATES[state] : message(error)}"
    end
  end
end

abort "usage: dial.rb SERVICE HOST..." if ARGV.size < 2
service, *hosts = ARGV
d = Socket6.socket_dial_new(Socket6::MAX)
hosts.each { |host| Socket6.add(d, host, service) }
Socket6.socket_dial_end(d)
while (s = Socket6.socket_dial_step(d)) == -1 &&
    Fiddle.last_error == Errno::EINPROGRESS::Errno
  Socket6.wait(d)
end
Socket6.show(d)
Socket6.socket_dial_free(d)
exit s != -1
