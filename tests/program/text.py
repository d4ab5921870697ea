# SPDX-License-Identifier: ISC
"""text.py - compares socket6 text with Python's ipaddress.

usage: text.py COUNT SOCKET6...

It takes COUNT random addresses, and as many prefixes. SOCKET6 are the words
that run the program.
"""
import random
import subprocess
import sys
from ipaddress import ip_address, ip_network

count, socket6 = int(sys.argv[1]), sys.argv[2:]
seed = random.randrange(1 << 32)
print("seed", seed)
random.seed(seed)


def run(lines, *options):
    """What socket6 text writes, a text for each line."""
    done = subprocess.run(
        socket6 + ["text", *options],
        input="".join("%s\n" % line for line in lines),
        stdout=subprocess.PIPE, universal_newlines=True, check=True)
    return done.stdout.splitlines()


def names(lines):
    return [line.split("\t")[4] for line in run(lines, "-v")]


def address(number, bits):
    return ip_address(number.to_bytes(bits // 8, "big"))


def any_address():
    bits = random.choice([32, 128])
    return address(random.getrandbits(bits), bits)


def any_net(near):
    return ip_network((near, random.randint(0, near.max_prefixlen)),
                      strict=False)


def zone_name(net):
    """Without the labels of an address that a prefix does not have."""
    width = 4 if net.version == 6 else 8
    if net.prefixlen % width:
        return "-"
    labels = net.network_address.reverse_pointer.split(".")
    return ".".join(labels[(net.max_prefixlen - net.prefixlen) // width:])


def address_near(net):
    """In it, but for one bit that may be another."""
    host = net.max_prefixlen - net.prefixlen
    number = int(net.network_address) + random.randrange(1 << host)
    bit = random.choice([0, 1]) << random.randrange(net.max_prefixlen)
    return address(number ^ bit, net.max_prefixlen)


def mapped(net):
    """As one of IPv6: IPv4 is v4-mapped."""
    if net.version == 6:
        return net
    return ip_network("::ffff:%s/%d" % (net.network_address,
                                        net.prefixlen + 96))


def is_in(net, other):
    return mapped(net).subnet_of(mapped(other))


addresses = [any_address() for _ in range(count)]
nets = [any_net(a) for a in addresses]

pointers = [a.reverse_pointer for a in addresses]
assert names(addresses) == pointers
assert run(pointers) == [str(a) for a in addresses]

zones = [zone_name(net) for net in nets]
assert names(nets) == zones
with_name = [(name, str(net)) for name, net in zip(zones, nets)
             if name != "-" and net.prefixlen < net.max_prefixlen]
assert run(name for name, _ in with_name) == [net for _, net in with_name]

FILTERS = 20
part = count // FILTERS
for i, net in enumerate(nets[:FILTERS]):
    some = addresses[i * part:][:part] + [address_near(net)
                                          for _ in range(part)]
    assert run(some, "-m", str(net)) == [
        str(a) for a in some if is_in(ip_network(a), net)], net
    some = nets[i * part:][:part] + [any_net(address_near(net))
                                     for _ in range(part)] + [net]
    assert run(some, "-m", str(net)) == [
        str(n) for n in some if is_in(n, net)], net
