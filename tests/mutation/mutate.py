# SPDX-License-Identifier: ISC
"""mutate.py - makes mutants of lib/, and looks which the suites kill.

usage: mutate.py TOP WORK SAMPLE SEED MINUTES JOBS FILES SUITE...

FILES is a space-separated list of beginnings of names, such as lib/text. WORK
has the builds that mutate.sh made; the table goes to standard output and to
WORK/table, each mutant that survived to WORK/survivors.
"""
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections import Counter, defaultdict

import builds
import mutants

ENGINE = tuple("lib/dial/" + name for name in (
    "engine.", "history", "order.", "room."))
GROUPS = (("engine", ENGINE), ("dial", ("lib/dial/",)),
          ("text", ("lib/text/",)), ("datagram", ("lib/datagram/",)),
          ("name", ("lib/name/",)), ("sys", ("lib/sys/",)),
          ("rest", ("lib/",)))
OUTCOMES = ("killed", "timeout", "survived", "listed", "same", "refused")
# A mutant that survives costs the time of its suites, in seconds.
BUDGET = 40


def group_of(name):
    return next(group for group, starts in GROUPS if name.startswith(starts))


class Tree:
    """The mutants, the objects of each file, and the suites of each file."""

    def __init__(self, top, work, suites):
        self.top, self.work = top, work
        self.build = builds.Build(os.path.join(work, "plain"), top)
        self.map = builds.map_suites(suites, work, top)
        self.objects = defaultdict(list)
        for obj in sorted(self.build.compiles):
            for name in self.build.files(obj):
                self.objects[name].append(obj)

    def found(self, obj, names):
        """The mutants of these files, by the tree of an object's source."""
        kept = os.path.join(self.work, "found-" + obj.replace("/", "-"))
        paths = [os.path.join(self.top, name) for name in names]
        made = max(os.path.getmtime(path)
                   for path in [*paths, mutants.__file__])
        if not os.path.exists(kept) or os.path.getmtime(kept) < made:
            tree = mutants.syntax_tree(
                self.build.compiles[obj],
                os.path.join(self.top, self.build.source(obj)),
                self.build.directory)
            found = [mutant for name, path in zip(names, paths)
                     for mutant in mutants.mutants(tree, path, name)]
            with open(kept, "w", encoding="ascii") as file:
                json.dump(found, file)
        with open(kept, encoding="ascii") as file:
            return [mutants.Mutant(*row) for row in json.load(file)]

    def mutants(self, starts):
        """Every mutant of the files whose names begin so."""
        names = defaultdict(list)
        for name, objects in self.objects.items():
            names[objects[0]].append(name)
        return sorted(mutant for obj in names
                      if any(name.startswith(starts) for name in names[obj])
                      for mutant in self.found(obj, sorted(names[obj]))
                      if mutant.file.startswith(starts))

    def suites(self, mutant):
        """Those that run the file: first who runs the line, then who runs the
        function, each time who runs little else. A child that _exit ends or a
        signal is not counted, so that neither is asked for."""
        ranked = []
        for suite, entry in self.map.items():
            functions, lines = entry["ran"].get(mutant.file, ((), ()))
            if lines:
                every = sum(len(part[1]) for part in entry["ran"].values())
                ranked.append((mutant.line not in lines,
                               mutant.function not in functions,
                               -len(lines) / every, suite))
        chosen, seconds = [], 0
        for *_, suite in sorted(ranked):
            seconds += self.map[suite]["seconds"]
            if chosen and seconds > BUDGET:
                break
            chosen.append(suite)
        return chosen


class Worker:
    """A private copy of what changes: lib/'s sources, objects, archives."""

    def __init__(self, tree, number):
        self.tree = tree
        self.folder = os.path.join(tree.work, f"worker{number}")
        self.lib = os.path.join(self.folder, "lib")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(os.path.join(tree.top, "lib"), self.lib)
        self.sums = {}

    def path(self, name):
        return os.path.join(self.folder, name.replace("/", "-"))

    def compiled(self, obj):
        """The sum of an object of the sources as they are here, or None."""
        out = self.path(obj)
        if not self.tree.build.compile(obj, self.lib, out):
            return None
        with open(out, "rb") as file:
            return hashlib.sha256(file.read()).digest()

    def original(self, obj):
        if obj not in self.sums:
            self.sums[obj] = self.compiled(obj)
        return self.sums[obj]

    def archives(self, objects):
        """Archives like the build's, with these objects of the mutant."""
        build = self.tree.build
        members = defaultdict(list)
        for obj in build.compiles:
            members[build.archive(obj)].append(
                self.path(obj) if obj in objects
                else os.path.join(build.directory, obj))
        made = {}
        for name in {build.archive(obj) for obj in objects}:
            made[name] = self.path(name)
            if os.path.exists(made[name]):
                os.remove(made[name])
            builds.subprocess.run(["ar", "qcsT", made[name], *members[name]],
                                  check=True)
        return made

    def killed(self, mutant, objects):
        """Whether a suite kills the mutant, and which."""
        archives = self.archives(objects)
        for suite in self.tree.suites(mutant):
            entry = self.tree.map[suite]
            program = self.path(suite)
            self.tree.build.link(suite, archives, program)
            status, skips = builds.run_suite(
                program, self.tree.build.directory,
                10 + 5 * entry["seconds"], self.tree.top)
            if status == "timeout":
                return "timeout", suite
            if status != 0 or skips != entry["skips"]:
                return "killed", suite
        return "survived", ""

    def judge(self, mutant):
        objects = self.tree.objects[mutant.file]
        originals = [self.original(obj) for obj in objects]
        path = os.path.join(self.lib, mutant.file[len("lib/"):])
        with open(path, encoding="ascii") as file:
            text = file.read()
        try:
            with open(path, "w", encoding="ascii") as file:
                file.write(text[:mutant.begin] + mutant.new +
                           text[mutant.end:])
            sums = [self.compiled(obj) for obj in objects]
            if None in sums:
                return "refused", ""
            if sums == originals:
                return "same", ""
            return self.killed(mutant, objects)
        finally:
            with open(path, "w", encoding="ascii") as file:
                file.write(text)


def work(tree, number, sample, taken, deadline, results):
    """Takes one mutant after another until there is none, or no time."""
    builds.inherit_orphans()
    worker = Worker(tree, number)
    while time.monotonic() < deadline:
        with taken:
            index, taken.value = taken.value, taken.value + 1
        if index >= len(sample):
            break
        results.put((sample[index], *worker.judge(sample[index])))
    results.put(None)


def change(top, mutant):
    """The line as it is, and as it becomes."""
    with open(os.path.join(top, mutant.file), encoding="ascii") as file:
        text = file.read()
    new = text[:mutant.begin] + mutant.new + text[mutant.end:]
    return tuple(" ".join(lines.split("\n")[mutant.line - 1].split())
                 for lines in (text, new))


def listed(top):
    """The equivalents of equivalent.txt: file, function, line, changed line."""
    path = os.path.join(top, "tests/mutation/equivalent.txt")
    with open(path, encoding="ascii") as file:
        rows = [line.rstrip("\n").split("\t") for line in file
                if line.strip() and not line.startswith("#")]
    return {tuple(row[:4]) for row in rows if len(row) == 5}


def table(counts):
    """What became of the mutants, a row for each group, and two sums."""
    lines = [f"{'':10}" + "".join(f"{name:>10}" for name in OUTCOMES) +
             f"{'share':>9}"]
    names = [name for name, _ in GROUPS]
    rows = [(name, (name,)) for name in names]
    rows += [("but sys", [name for name in names if name != "sys"]),
             ("all", names)]
    for label, members in rows:
        total = sum((counts[name] for name in members), Counter())
        killed = total["killed"] + total["timeout"]
        rest = killed + total["survived"]
        share = f"{100 * killed / rest:8.1f}%" if rest else f"{'-':>9}"
        lines.append(f"{label:10}" + "".join(
            f"{total[name]:10}" for name in OUTCOMES) + share)
    return "\n".join(lines)


def run(tree, sample, jobs, minutes):
    deadline = time.monotonic() + 60 * minutes
    taken = multiprocessing.Value("i", 0)
    results = multiprocessing.Queue()
    workers = [multiprocessing.Process(
        target=work, args=(tree, n, sample, taken, deadline, results))
        for n in range(jobs)]
    for worker in workers:
        worker.start()
    ended = 0
    while ended < jobs:
        result = results.get()
        ended += result is None
        if result:
            yield result
    for worker in workers:
        worker.join()


def main():
    top, folder, sample, seed, minutes, jobs, files, *suites = sys.argv[1:]
    tree = Tree(top, folder, suites)
    every = tree.mutants(tuple(files.split()))
    sample = random.Random(int(seed)).sample(
        every, min(int(sample), len(every)))
    print(f"{len(every)} mutants; a sample of {len(sample)} by SEED={seed}",
          flush=True)
    equivalents = listed(top)
    counts = defaultdict(Counter)
    with open(os.path.join(folder, "survivors"), "w",
              encoding="ascii") as survivors, \
            open(os.path.join(folder, "results"), "w",
                 encoding="ascii") as log:
        for mutant, outcome, suite in run(tree, sample, int(jobs),
                                          float(minutes)):
            row = (mutant.file, mutant.function or "-", *change(top, mutant))
            if outcome == "survived" and row in equivalents:
                outcome = "listed"
            counts[group_of(mutant.file)][outcome] += 1
            print(outcome, f"{mutant.file}:{mutant.line}", suite, mutant.kind,
                  *row[1:], sep="\t", file=log, flush=True)
            if outcome == "survived":
                print(f"{mutant.file}:{mutant.line}", *row[1:], sep="\t",
                      file=survivors, flush=True)
    done = sum(sum(count.values()) for count in counts.values())
    text = f"{done} of {len(sample)} mutants, SEED={seed}\n{table(counts)}"
    print(text)
    with open(os.path.join(folder, "table"), "w", encoding="ascii") as file:
        print(text, file=file)


if __name__ == "__main__":
    main()
