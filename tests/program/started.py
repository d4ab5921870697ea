# SPDX-License-Identifier: ISC
"""started.py - runs a program with signals as its parent may have them.

usage: started.py HANDLER MASK COMMAND...

HANDLER is SIG_DFL or SIG_IGN, for SIGPIPE and SIGCHLD; MASK is a signal that is
blocked, or -.
"""
import os
import signal
import sys

handler, mask, *command = sys.argv[1:]
for sig in signal.SIGPIPE, signal.SIGCHLD:
    signal.signal(sig, signal.Handlers[handler])
signal.pthread_sigmask(
    signal.SIG_SETMASK, set() if mask == "-" else {signal.Signals[mask]}
)
os.execvp(command[0], command)
