#!/usr/bin/env perl
# SPDX-License-Identifier: ISC
# dial.pl - connects to the fastest, by FFI::Platypus: dial.pl 443 HOST...
use v5.24;
use warnings;
use Errno qw(EINPROGRESS);
use FFI::CheckLib qw(find_lib);
use FFI::Platypus 1.00;
use FFI::Platypus::Buffer qw(scalar_to_buffer);
use List::Util qw(min);

my $path = find_lib(lib => 'socket6')
    or die "libsocket6 is not found: install it, or set LD_LIBRARY_PATH\n";
my $ffi = FFI::Platypus->new(api => 1, lib => $path);

# Bytes go as an opaque pointer: a string would end at the first NUL.
$ffi->attach(fmt_ip6ifport =>
    ['opaque', 'opaque', 'uint16', 'uint32'] => 'size_t');
$ffi->attach(socket_resolve6 =>
    ['string', 'string', 'int', 'opaque', 'size_t'] => 'int');
$ffi->attach(socket_dial_new => ['size_t'] => 'opaque');
$ffi->attach(socket_dial_add => ['opaque', 'opaque', 'size_t'] => 'int');
$ffi->attach(socket_dial_end => ['opaque'] => 'int');
$ffi->attach(socket_dial_step => ['opaque'] => 'int');
$ffi->attach(socket_dial_pollfds =>
    ['opaque', 'opaque', 'opaque', 'size_t', 'int*'] => 'size_t');
$ffi->attach(socket_dial_attempts =>
    ['opaque', 'opaque', 'size_t'] => 'size_t');
$ffi->attach(socket_error => ['int'] => 'string');
$ffi->attach(socket_dial_free => ['opaque'] => 'void');

my $max = 16;
my $addr6 = 'a16 L S S';           # struct socket_addr6
my $attempt6 = "$addr6 l l q q";   # struct socket_attempt6
my @states = qw(waiting pending connected failed cancelled);

sub add {
    my ($d, $host, $service) = @_;
    my $bytes = "\0" x (24 * $max);
    my ($addrs) = scalar_to_buffer($bytes);
    my $n = socket_resolve6($host, $service, 0, $addrs, $max);
    die "$host: ", socket_error($! + 0), "\n" if $n == -1;
    socket_dial_add($d, $addrs, min($n, $max));
}

sub wait_for {
    my ($d) = @_;
    my $bytes = "\0" x (4 * $max);
    my ($fds) = scalar_to_buffer($bytes);
    my $n = socket_dial_pollfds($d, $fds, undef, $max, \my $milliseconds);
    my $writable = '';
    vec($writable, $_, 1) = 1 for unpack "i$n", $bytes;
    select(undef, $writable, undef,
        $milliseconds < 0 ? undef : $milliseconds / 1000);
}

sub show {
    my ($d) = @_;
    my ($bytes, $text) = ("\0" x (48 * $max), "\0" x 80);    # IP6IFPORT_FMT
    my ($attempts, $out) = map { (scalar_to_buffer($_))[0] } $bytes, $text;
    for my $i (1 .. socket_dial_attempts($d, $attempts, $max)) {
        my ($ip, $scope_id, $port, undef, $state, $error) =
            unpack $attempt6, substr($bytes, 48 * ($i - 1), 48);
        my $n = fmt_ip6ifport($out, (scalar_to_buffer($ip))[0], $port,
            $scope_id);
        say substr($text, 0, $n), ': ',
            $error ? socket_error($error) : $states[$state];
    }
}

my ($service, @hosts) = @ARGV;
die "usage: dial.pl SERVICE HOST...\n" unless @hosts;
my $d = socket_dial_new($max);
add($d, $_, $service) for @hosts;
socket_dial_end($d);
my $s;
wait_for($d) while ($s = socket_dial_step($d)) == -1 && $! == EINPROGRESS;
show($d);
socket_dial_free($d);
exit($s == -1 ? 1 : 0);
