# SPDX-License-Identifier: ISC
"""builds.py - how the suites were built, and what each of them runs.

Two builds without the shared library, made by mutate.sh: plain, whose commands
are used for the mutants, and counted, whose suites say what they run of lib/.
"""
import ctypes
import glob
import json
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
import time

# A mutant that writes or allocates without end must not take the machine.
LIMITS = ((resource.RLIMIT_FSIZE, 1 << 28), (resource.RLIMIT_AS, 1 << 32),
          (resource.RLIMIT_CORE, 0))


def inherit_orphans():
    """Linux: what a suite leaves behind becomes a child of this process."""
    ctypes.CDLL(None).prctl(36, 1)


def end_children():
    """Ends the suite and whatever it left, as long as there is any."""
    path = f"/proc/self/task/{os.getpid()}/children"
    while True:
        with open(path, encoding="ascii") as file:
            children = file.read().split()
        if not children:
            return
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
                os.waitpid(int(child), 0)
            except (ChildProcessError, ProcessLookupError):
                pass


def limit():
    os.setsid()
    for what, value in LIMITS:
        resource.setrlimit(what, (value, value))


def run_suite(program, cwd, seconds, top):
    """How a suite ended (0 for well, "timeout") and its skipped tests."""
    environment = dict(os.environ, srcdir=top, CK_DEFAULT_TIMEOUT="60",
                       CC="gcc", EXEEXT="", EXECUTE="")
    with open(program + ".tap", "w+", encoding="utf-8",
              errors="replace") as tap:
        suite = subprocess.Popen([program], cwd=cwd, env=environment,
                                 stdin=subprocess.DEVNULL, stdout=tap,
                                 stderr=tap, preexec_fn=limit)
        try:
            status = suite.wait(seconds)
        except subprocess.TimeoutExpired:
            status = "timeout"
        end_children()
        tap.seek(0)
        return status, tap.read().count(" # SKIP ")


class Build:
    """The commands of a build, from its log."""

    def __init__(self, directory, top):
        self.directory, self.top = directory, top
        self.compiles, self.links = {}, {}
        with open(os.path.join(directory, "log"), encoding="utf-8",
                  errors="replace") as file:
            for line in file:
                if " -o lib/" in line and " -c " in line:
                    self.add_compile(line)
                elif " -o tests/" in line and line.startswith("libtool: link"):
                    words = shlex.split(line.split(":", 2)[2])
                    self.links[words[words.index("-o") + 1]] = words

    def add_compile(self, line):
        """libtool's own line, or make's: -o OBJECT `test -f X || ...`X."""
        if line.startswith("libtool: compile: "):
            words = shlex.split(line.split(":", 2)[2])
        elif "`" in line:
            command, _, source = line.strip().split("`")
            words = [*shlex.split(command), os.path.join(self.top, source)]
        else:
            return
        obj = words[words.index("-o") + 1]
        if self.archive(obj):
            self.compiles[obj] = words

    @staticmethod
    def archive(obj):
        """The archive of an object of lib/, or None for other programs."""
        owner, dash, _ = os.path.basename(obj).rpartition("-")
        if not dash:
            return "lib/.libs/libsocket6.a"
        if owner.startswith(("tests_fuzz_", "tests_proofs_")):
            return None
        match = re.fullmatch(r"tests_support_(\w+)_a", owner)
        if not match:
            sys.exit(f"mutate: nobody said whose {obj} is")
        return f"tests/support/{match.group(1)}.a"

    def source(self, obj):
        return next(os.path.relpath(word, self.top)
                    for word in self.compiles[obj] if word.endswith(".c"))

    def files(self, obj):
        """The files of lib/ that an object is made of."""
        folder, name = os.path.split(obj)
        kind = ".Po" if "-" in name else ".Plo" # made without libtool, or by it
        path = os.path.join(self.directory, folder, ".deps", name[:-2] + kind)
        with open(path, encoding="utf-8") as file:
            names = re.findall(re.escape(self.top) + r"/(lib/[^\s:\\]+)",
                               file.read())
        return {os.path.normpath(name) for name in names}

    def compile(self, obj, lib, out):
        """Compiles an object of the sources in this copy of lib/."""
        words, skip = [], False
        for word in self.compiles[obj]:
            if skip or word in ("-MT", "-MF", "-MD", "-MP", "-o"):
                skip = not skip and word in ("-MT", "-MF", "-o")
                continue
            if not word.startswith("-W"):
                words.append(word.replace(self.top + "/lib", lib))
        return subprocess.run(
            [*words, "-Werror=return-type", "-o", out],
            cwd=self.directory, stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=False).returncode == 0

    def link(self, suite, archives, out):
        """Links a suite with other archives instead of its own."""
        words = [archives.get(word.removeprefix("./"), word)
                 for word in self.links[suite]]
        words[words.index("-o") + 1] = out
        words.insert(1, "-fuse-ld=gold")
        subprocess.run(words, cwd=self.directory, check=True)


def counted(directory, top):
    """What was run of lib/: functions and lines of each file."""
    ran = {}
    notes = glob.glob(directory + "/lib/**/*.gcda", recursive=True)
    if not notes:
        return ran
    text = subprocess.run(["gcov", "--json-format", "--stdout", *notes],
                          cwd=directory, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout
    for line in text.splitlines():
        for file in json.loads(line)["files"]:
            name = os.path.relpath(os.path.join(directory, file["file"]), top)
            if not name.startswith("lib/"):
                continue
            functions, lines = ran.setdefault(name, (set(), set()))
            functions.update(f["name"] for f in file["functions"]
                             if f["execution_count"])
            lines.update(l["line_number"] for l in file["lines"]
                         if l["count"])
    return ran


def map_suite(suite, plain, count, top):
    """Runs a suite in both builds."""
    for note in glob.glob(count + "/**/*.gcda", recursive=True):
        os.remove(note)
    run_suite(os.path.join(count, suite), count, 300, top)
    ran = counted(count, top)
    start = time.monotonic()
    status, skips = run_suite(os.path.join(plain, suite), plain, 300, top)
    return {"seconds": time.monotonic() - start, "status": status,
            "skips": skips,
            "ran": {name: [sorted(part) for part in parts]
                    for name, parts in ran.items()}}


def map_suites(suites, work, top):
    """What each suite runs: kept until its program is linked again."""
    plain, count = os.path.join(work, "plain"), os.path.join(work, "counted")
    result = {}
    os.makedirs(os.path.join(work, "map"), exist_ok=True)
    for suite in suites:
        kept = os.path.join(work, "map", os.path.basename(suite))
        built = os.path.getmtime(os.path.join(count, suite))
        if not os.path.exists(kept) or os.path.getmtime(kept) < built:
            entry = map_suite(suite, plain, count, top)
            with open(kept, "w", encoding="ascii") as file:
                json.dump(entry, file)
        with open(kept, encoding="ascii") as file:
            result[suite] = json.load(file)
        if result[suite]["status"] != 0:
            print(f"# {suite} fails without a mutant: it is left out",
                  file=sys.stderr)
            os.remove(kept)
            del result[suite]
    return result
