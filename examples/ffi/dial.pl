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
$ffi->attach(socket_dial_new => ['size_t'] => 'opaque');
$ffi->attach(socket_dial_name =>
    ['opaque', 'string', 'string', 'int'] => 'int');
$ffi->attach(socket_dial_fd => ['opaque'] => 'int');
$ffi->attach(socket_dial_step => ['opaque'] => 'int');
$ffi->attach(socket_dial_attempts =>
    ['opaque', 'opaque', 'size_t'] => 'size_t');
$ffi->attach(socket_error => ['int'] => 'string');
$ffi->attach(socket_dial_free => ['opaque'] => 'void');

my $max = 16;
my $addr6 = 'a16 L S S';           # struct socket_addr6
my $attempt6 = "$addr6 l l q q";   # struct socket_attempt6
my @states = qw(waiting pending connected failed cancelled);

sub check {
    my ($result, $what) = @_;
    die "$what: ", socket_error($! + 0), "\n" if $result == -1;
    return $result;
}

sub attempts {
    my ($d) = @_;
    my ($bytes, $text) = ("\0" x (48 * $max), "\0" x 80);    # IP6IFPORT_FMT
    my ($attempts, $out) = map { (scalar_to_buffer($_))[0] } $bytes, $text;
    my $count = socket_dial_attempts($d, $attempts, $max);
    return map {
        my ($ip, $scope_id, $port, undef, $state, $error) =
            unpack $attempt6, substr($bytes, 48 * $_, 48);
        my $n = fmt_ip6ifport($out, (scalar_to_buffer($ip))[0], $port,
            $scope_id);
        substr($text, 0, $n) . ': '
            . ($error ? socket_error($error) : $states[$state]);
    } 0 .. min($count, $max) - 1;
}

my ($service, @hosts) = @ARGV;
die "usage: dial.pl SERVICE HOST...\n" unless @hosts;
my $d = socket_dial_new($max);
check(socket_dial_name($d, $_, $service, 0), $_) for @hosts;
vec(my $due = '', check(socket_dial_fd($d), 'descriptor'), 1) = 1;
my ($s, $error);
select(my $ready = $due, undef, undef, undef)
    while ($s = socket_dial_step($d)) == -1
    && ($error = $! + 0) == EINPROGRESS;
my @attempts = attempts($d);
say for @attempts ? @attempts : "$hosts[0]: " . socket_error($error);
socket_dial_free($d);
exit($s == -1 ? 1 : 0);
