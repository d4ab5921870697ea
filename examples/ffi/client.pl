#!/usr/bin/env perl
# SPDX-License-Identifier: ISC
# client.pl - connects without blocking, by FFI::Platypus: client.pl '[::1]:80'
use v5.24;
use warnings;
use Errno qw(EINPROGRESS EWOULDBLOCK);
use FFI::CheckLib qw(find_lib);
use FFI::Platypus 1.00;
use FFI::Platypus::Buffer qw(scalar_to_buffer);

my $path = find_lib(lib => 'socket6')
    or die "libsocket6 is not found: install it, or set LD_LIBRARY_PATH\n";
my $ffi = FFI::Platypus->new(api => 1, lib => $path);

# Bytes go as an opaque pointer: a string would end at the first NUL.
$ffi->attach(scan_ip6ifport =>
    ['string', 'opaque', 'uint16*', 'uint32*'] => 'size_t');
$ffi->attach(fmt_ip6ifport =>
    ['opaque', 'opaque', 'uint16', 'uint32'] => 'size_t');
$ffi->attach(socket_tcp6 => [] => 'int');
$ffi->attach(socket_connect6 =>
    ['int', 'opaque', 'uint16', 'uint32'] => 'int');
$ffi->attach(socket_connected => ['int'] => 'int');
$ffi->attach(socket_close => ['int'] => 'int');
$ffi->attach(socket_error => ['int'] => 'string');

my ($bytes, $port, $scope_id) = ("\0" x 16, 0, 0);
my ($ip) = scalar_to_buffer($bytes);

sub written {
    my $text = "\0" x 80;    # IP6IFPORT_FMT
    my ($out) = scalar_to_buffer($text);
    my $n = fmt_ip6ifport($out, $ip, $port, $scope_id);
    return substr($text, 0, $n);
}

# 0 when connected, else the errno that says why not: $! is the C library's.
sub reason {
    my ($s) = @_;
    return 0 if socket_connect6($s, $ip, $port, $scope_id) == 0;
    return $! + 0 if $! != EINPROGRESS && $! != EWOULDBLOCK;
    vec(my $writable = '', $s, 1) = 1;
    select(undef, $writable, undef, 5);
    return socket_connected($s) ? 0 : $! + 0;
}

my $n = @ARGV == 1 ? scan_ip6ifport($ARGV[0], $ip, \$port, \$scope_id) : 0;
die "usage: client.pl ADDRESS:PORT\n" unless $n && $n == length $ARGV[0];
my $s = socket_tcp6();
my $why = $s == -1 ? $! + 0 : reason($s);
socket_close($s);
say written(), ': ', $why ? socket_error($why) : 'connected';
exit($why ? 1 : 0);
