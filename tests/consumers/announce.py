# SPDX-License-Identifier: ISC
"""announce.py - announces a peer to a BitTorrent tracker, and prints the peers.

usage: announce.py http|udp TRACKER PORT TORRENT PEER-PORT

TORRENT is 40 hexadecimal digits. The answers are those of BEP 23 (HTTP),
BEP 7 (HTTP over IPv6) and BEP 15 (UDP). What the tracker says instead of
peers is printed as it is.
"""
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request

PEER_ID = b"-XX0000-%012d"


def peers(data, size):
    """The ports in records of an address of that size and a port."""
    for at in range(0, len(data), size + 2):
        ip, port = data[at:at + size], data[at + size:at + size + 2]
        family = socket.AF_INET if size == 4 else socket.AF_INET6
        yield (socket.inet_ntop(family, ip), *struct.unpack(">H", port))


def http(tracker, port, torrent, peer_port):
    host = f"[{tracker}]" if ":" in tracker else tracker
    query = urllib.parse.urlencode({
        "info_hash": torrent, "peer_id": PEER_ID % peer_port,
        "port": peer_port, "uploaded": 0, "downloaded": 0, "left": 1,
        "compact": 1, "event": "started"})
    url = f"http://{host}:{port}/announce?{query}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        said = answer.read()
    for key, size in ((b"5:peers", 4), (b"6:peers6", 16)):
        _, found, value = said.partition(key)
        if found:
            length, _, data = value.partition(b":")
            return peers(data[:int(length)], size)
    sys.exit(said.decode("ascii"))


def udp(tracker, port, torrent, peer_port):
    family = socket.AF_INET6 if ":" in tracker else socket.AF_INET
    size = 4 if family == socket.AF_INET else 16
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(10)
        s.connect((tracker, port))
        s.send(struct.pack(">QII", 0x41727101980, 0, 1))
        action, echo, connection = struct.unpack(">IIQ", s.recv(2048))
        assert (action, echo) == (0, 1)
        s.send(struct.pack(">QII20s20sQQQIIIiH", connection, 1, 2, torrent,
                           PEER_ID % peer_port, 0, 1, 0, 2, 0, 0, -1,
                           peer_port))
        answer = s.recv(2048)
    assert struct.unpack(">II", answer[:8]) == (1, 2), answer
    return peers(answer[20:], size)


def wait_for(tracker, port):
    """A tracker does not say when it listens."""
    end = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection((tracker, port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


how, tracker, port, torrent, peer_port = sys.argv[1:]
wait_for(tracker, int(port))
found = {"http": http, "udp": udp}[how](
    tracker, int(port), bytes.fromhex(torrent), int(peer_port))
for ip, number in sorted(found):
    print(ip, number)
