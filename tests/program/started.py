# SPDX-License-Identifier: ISC
"""started.py - runs a program with signals as its parent may have them.

usage: started.py HANDLER MASK COMMAND...

HANDLER is SIG_DFL or SIG_IGN, for SIGPIPE and SIGCHLD; MASK is a signal that is
blocked, or -. The program itself is run, not libtool's wrapper of it: a shell
changes what there is for SIGCHLD, bash the mask and dash the handler.
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
folder, name = os.path.split(command[0])
program = os.path.join(folder, ".libs", name)
if os.path.exists(program):
    os.environ["LD_LIBRARY_PATH"] = "lib/.libs"
else:
    program = command[0]
os.execv(program, command)
