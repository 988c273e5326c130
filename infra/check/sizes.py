#!/usr/bin/env python3
"""Holds Rust files to 250 lines and functions to 45.

`sizes.allow` beside this file lists what may be longer, each with its own bound and a reason.
An entry that is no longer needed fails too, so that the list only holds what is true.
Relies on rustfmt: a function ends at the first `}` as deep as its `fn`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
FOLDERS = ("functions", "shared", "tests", "infra")
FILE_LINES, FUNCTION_LINES = 250, 45
FUNCTION = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))?\s+)?(?:(?:const|async|unsafe|extern(?:\s+\"\w+\")?)\s+)*fn\s+(\w+)")


def functions(lines):
    """Yields (name, first line, length) of every function that spans lines."""
    opened = None
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if opened is None:
            found = FUNCTION.match(line)
            if found and not text.endswith((";", "}")):
                opened = (found[2], number, len(found[1]))
        elif text and len(line) - len(line.lstrip()) == opened[2]:
            if text == "}":
                yield opened[0], opened[1], number - opened[1] + 1
            # A signature over several lines may end without a body, or with an empty one.
            if text.endswith((";", "}")):
                opened = None


def allowed():
    """Reads `path[::function]  bound  reason` lines."""
    listed = {}
    for line in (Path(__file__).parent / "sizes.allow").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            what, bound, reason = line.split(maxsplit=2)
            listed[what] = (int(bound), reason)
    return listed


def measure():
    """Returns what was looked at, and {what: lines} of everything over its ordinary bound."""
    files = count = 0
    over = {}
    for path in sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*.rs")):
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text().splitlines()
        files += 1
        if len(lines) > FILE_LINES:
            over[name] = (len(lines), f"{name}:1")
        for function, first, length in functions(lines):
            count += 1
            if length > max(FUNCTION_LINES, over.get(f"{name}::{function}", (0,))[0]):
                over[f"{name}::{function}"] = (length, f"{name}:{first}")
    return files, count, over


def main() -> int:
    files, count, over = measure()
    listed = allowed()
    problems = []
    for what, (lines, place) in over.items():
        bound = listed.get(what, (FUNCTION_LINES if "::" in what else FILE_LINES, ""))[0]
        if lines > bound:
            problems.append(f"{place}: {what.split('::')[-1]} has {lines} lines, {bound} at most")
    problems += [f"sizes.allow: {what} is not over the ordinary bound, remove it" for what in listed if what not in over]
    print(f"sizes: {files} files (at most {FILE_LINES} lines), {count} functions (at most {FUNCTION_LINES}), {len(listed)} allowed")
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
