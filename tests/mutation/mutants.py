# SPDX-License-Identifier: ISC
"""mutants.py - the mutants of a source file, from clang's syntax tree.

A mutant is an edit of the text: bytes from begin to end become new. Numbers of
lines stay as they are, so that a mutant which changes nothing in the object
is the same object.
"""
import bisect
import json
import os
import re
import subprocess
from collections import namedtuple

Mutant = namedtuple("Mutant", "file line kind begin end new function")

COMPARISONS = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="),
               ">=": (">", "<"), "==": ("!=",), "!=": ("==",)}
OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<<": ">>",
             ">>": "<<", "&": "|", "|": "&", "^": "&", "&&": "||", "||": "&&"}
ASSIGNMENTS = {op + "=": new + "=" for op, new in OPERATORS.items()
               if op not in ("&&", "||")}
UNARY = {"!": "", "-": "", "~": "", "++": "--", "--": "++"}
LOOPS = ("ForStmt", "WhileStmt", "DoStmt")
DELETED = ("CallExpr", "BinaryOperator", "CompoundAssignOperator",
           "UnaryOperator", "ReturnStmt", "BreakStmt", "ContinueStmt",
           "GotoStmt")


def syntax_tree(command, source, cwd):
    """What clang reads; each place gets its file."""
    flags = [word for word in command if re.match("-[DIUs]", word)]
    # ccache keeps what is written to standard output under a wrong key.
    text = subprocess.run(
        ["clang", "-w", "-fsyntax-only", "-Xclang", "-ast-dump=json", *flags,
         source], cwd=cwd, env=dict(os.environ, CCACHE_DISABLE="1"),
        check=True, stdout=subprocess.PIPE).stdout
    last = None

    def name_file(part):
        """Clang leaves out the file of a place that is the last one's."""
        nonlocal last
        if "offset" in part:
            last = part.setdefault("file", last)
        return part

    return json.loads(text, object_hook=name_file)


class Finder:
    """Walks the tree and collects the mutants of one file."""

    def __init__(self, path, name):
        self.path = path
        self.name = name
        with open(path, encoding="ascii") as file:
            self.text = file.read()
        self.lines = [0, *(match.end() for match in
                           re.finditer("\n", self.text))]
        self.found = {}

    def at(self, place):
        """Where a place is in the file, or None: a macro's, another file's."""
        for spot in (place, place.get("spellingLoc", {}),
                     place.get("expansionLoc", {})):
            if spot.get("file") == self.path and "offset" in spot:
                return spot["offset"]
        return None

    def begin(self, node):
        return self.at(node.get("range", {}).get("begin", {}))

    def add(self, kind, begin, end, new, function):
        old = self.text[begin:end]
        new += "\n" * old.count("\n")
        line = bisect.bisect(self.lines, begin)
        self.found.setdefault((begin, end, new), Mutant(
            self.name, line, kind, begin, end, new, function))

    def operator_before(self, node, operator):
        """Where the operator is that is followed by this operand, or None."""
        begin = self.begin(node)
        if begin is None:
            return None
        while begin > 0 and self.text[begin - 1] in " \t\n(":
            begin -= 1
        begin -= len(operator)
        return begin if self.text.startswith(operator, begin) else None

    def closing(self, begin):
        """Where the bracket that opens here is closed."""
        depth = 0
        for match in re.compile(r"'.'|\"(\\.|[^\"\\])*\"|[(){}]").finditer(
                self.text, begin):
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(match.group(), 0)
            if depth == 0:
                return match.start()
        return None

    def binary(self, node, function):
        operator = node["opcode"]
        at = self.operator_before(node["inner"][1], operator)
        if at is None:
            return
        if operator in COMPARISONS:
            for new in COMPARISONS[operator]:
                self.add("comparison", at, at + len(operator), new, function)
        new = OPERATORS.get(operator) or ASSIGNMENTS.get(operator)
        if new:
            kind = "logic" if operator in ("&&", "||") else "arithmetic"
            self.add(kind, at, at + len(operator), new, function)

    def unary(self, node, function):
        operator = node["opcode"]
        at = self.begin(node)
        if node.get("isPostfix"):
            at = self.at(node["range"]["end"])
        if at is None or operator not in UNARY:
            return
        if self.text.startswith(operator, at):
            kind = "logic" if operator == "!" else "arithmetic"
            self.add(kind, at, at + len(operator), UNARY[operator], function)

    def constant(self, node, counts, function):
        """One more and one less; no 2 for 1 where both mean true."""
        at = self.begin(node)
        match = at is not None and re.compile(
            r"(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)\b|'[^\\]'").match(self.text, at)
        if not match:
            return
        if match.group(1):
            value, suffix = int(match.group(1), 0), match.group(2)
            # Octal digits alone are a mode or 0; the house writes no others.
            news = [f"{value + 1}{suffix}"] if value != 1 or counts else []
            if value > 0:
                news.append(f"{value - 1}{suffix}")
        else:
            news = [f"{ord(match.group()[1]) + 1}"]
        for new in news:
            self.add("constant", at, match.end(), new, function)

    def branch(self, node, function):
        """The condition always holds, or never does; no loop without end."""
        kind = node["kind"]
        if kind == "ConditionalOperator":
            begin = self.begin(node)
            at = self.operator_before(node["inner"][1], "?")
            if begin is None or at is None or begin > at:
                return
            end = at
        elif kind == "ForStmt":
            begin = self.begin(node["inner"][2]) if node["inner"][2] else None
            end = begin and self.text.find(";", begin)
        else:
            begin = self.begin(node)
            if begin is None:
                return
            if kind == "DoStmt":
                begin = self.begin(node["inner"][1])
                begin = begin and self.text.rfind("while", 0, begin)
            begin = self.text.index("(", begin) + 1
            end = self.closing(begin - 1)
        if begin is None or end is None:
            return
        space = len(self.text[begin:end]) - len(self.text[begin:end].rstrip())
        for value in ("0",) if kind in LOOPS else ("0", "1"):
            self.add("branch", begin, end - space, value, function)

    def delete(self, node, function):
        begin = self.at(node["range"]["begin"].get("expansionLoc") or
                        node["range"]["begin"])
        if begin is None:
            return
        at = begin
        while self.text[at] != ";":
            if self.text[at] in ")}":
                return
            at = 1 + (self.closing(at) if self.text[at] in "({" else at)
        self.add("deleted", begin, at, "", function)

    def walk(self, node, function=None, counts=False):
        kind = node.get("kind")
        inner = node.get("inner", [])
        if kind == "FunctionDecl":
            function = node["name"]
        if kind == "StaticAssertDecl":
            return
        if kind in ("BinaryOperator", "CompoundAssignOperator"):
            self.binary(node, function)
        elif kind == "UnaryOperator":
            self.unary(node, function)
        elif kind in ("IntegerLiteral", "CharacterLiteral"):
            self.constant(node, counts, function)
        elif kind in ("IfStmt", "ConditionalOperator", *LOOPS):
            self.branch(node, function)
        if kind != "ImplicitCastExpr":
            counts = kind == "BinaryOperator" and node["opcode"] != "="
        for part in self.statements(kind, inner):
            if part.get("kind") in DELETED:
                self.delete(part, function)
        for part in inner:
            if isinstance(part, dict):
                self.walk(part, function, counts)

    @staticmethod
    def statements(kind, inner):
        """The parts of this node that are statements, not values."""
        if kind == "CompoundStmt":
            return inner
        if kind == "IfStmt":
            return inner[1:]
        if kind in ("CaseStmt", "DefaultStmt", "LabelStmt", "ForStmt",
                    "WhileStmt"):
            return inner[-1:]
        if kind == "DoStmt":
            return inner[:1]
        return []


def mutants(tree, path, name):
    """The mutants of a file in its tree; of a header, those of functions."""
    finder = Finder(path, name)
    for node in tree["inner"]:
        place = node.get("loc", {})
        if finder.at(place) is None:
            continue
        if path.endswith(".h") and node["kind"] != "FunctionDecl":
            continue
        finder.walk(node)
    return list(finder.found.values())
