# SPDX-License-Identifier: ISC
"""terminal.py - runs a program on a terminal, and prints what it shows at last.

usage: terminal.py [--raw] COLUMNS [TEXT ACTION] COMMAND...

When TEXT has come, the action is done: resize COLUMNS folds the terminal's
lines anew, interrupt types ^C, suspend stops the program, writes a line as a
shell would, and lets it go on. With --raw all that was written is printed as
it is. The exit status is the program's, and 128 more than the number of a
signal that has ended it.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios


class Screen:
    """What a terminal makes of lines, colours, cursor up and clearing."""

    def __init__(self, columns):
        self.columns = columns
        self.folds_to = columns
        self.lines = [""]  # as they were written, before they are folded
        self.line = 0
        self.column = 0
        self.history = []  # what was cleared as a whole, which tmux keeps

    def height(self, line):
        return max(1, -(-len(line) // self.columns))

    def up(self, rows):
        # The terminal folds after the drawings that did not know of it: then
        # the program goes up farther than by the lines that it wrote.
        if rows > self.line:
            self.columns = self.folds_to
        while rows > 0 and self.line > 0:
            self.line -= 1
            rows -= self.height(self.lines[self.line])

    def put(self, text):
        for part in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|[^\x1b]", text):
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.line += 1
                if self.line == len(self.lines):
                    self.lines.append("")
            elif part.endswith("A") and len(part) > 1:
                self.up(int(part[2:-1]))
            elif part.endswith("J") and len(part) > 1:
                if self.line == self.column == 0:
                    self.history += self.lines
                del self.lines[self.line + 1:]
                self.lines[self.line] = self.lines[self.line][:self.column]
            elif part.endswith("K") and len(part) > 1:
                self.lines[self.line] = self.lines[self.line][:self.column]
            elif len(part) == 1:
                line = self.lines[self.line].ljust(self.column)
                self.lines[self.line] = (line[:self.column] + part +
                                         line[self.column + 1:])
                self.column += 1


def resize(fd, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))


def read(fd):
    try:
        return os.read(fd, 4096)
    except OSError:  # EIO: the program has ended
        return b""


def again():
    os.execv(sys.executable, [sys.executable] + sys.argv)


def suspend(pid, fd, screen, everything):
    os.kill(pid, signal.SIGSTOP)
    os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    while select.select([fd], [], [], 0)[0]:
        some = read(fd)
        if not some:
            break
        everything += some
        screen.put(some.decode(errors="replace"))
    if not everything.endswith(b"\33[J"):  # stopped within a drawing
        os.kill(pid, signal.SIGKILL)
        again()
    screen.put("suspended\r\n")
    os.kill(pid, signal.SIGCONT)


def act(pid, fd, screen, action, everything):
    if action[0] == "interrupt":
        os.write(fd, b"\x03")
    elif action[0] == "suspend":
        suspend(pid, fd, screen, everything)
    else:
        screen.folds_to = int(action[1])
        resize(fd, screen.folds_to)


def main(words):
    raw = words[0] == "--raw"
    words = words[raw:]
    screen = Screen(int(words.pop(0)))
    when, action = None, []
    if words[1] in ("interrupt", "suspend"):
        when, action, words = words[0], words[1:2], words[2:]
    elif words[1] == "resize":
        when, action, words = words[0], words[1:3], words[3:]
    pid, fd = pty.fork()
    if pid == 0:
        resize(1, screen.columns)
        os.execvp(words[0], words)
    everything = b""
    while True:
        some = read(fd)
        if not some:
            break
        everything += some
        screen.put(some.decode(errors="replace"))
        if when and when.encode() in everything:
            act(pid, fd, screen, action, everything)
            when = None
    if screen.columns != screen.folds_to:
        sys.exit("nothing was drawn for the new width")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(everything.decode() if raw else "\n".join(screen.history + screen.lines))
    return status if status >= 0 else 128 - status


sys.exit(main(sys.argv[1:]))
