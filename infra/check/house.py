#!/usr/bin/env python3
"""The rules of the house that a search can see. Each prints how many files it looked at.

Comments and tests are left out: a file under `tests/`, one named `tests.rs` or `*_tests.rs`, and
everything from `#[cfg(test)]` before an inline module to the end of its file.
"""

import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
FOLDERS = ("functions", "shared", "tests", "infra")
PRODUCT = ("functions/*/src", "shared/*/src")
ROOMS = {"shared/runtime/src/clock.rs", "shared/runtime/src/config.rs"}
CLOCK_AND_ENVIRONMENT = re.compile(r"\b(SystemTime|Instant|Timestamp|Zoned)::now\(|\benv::vars?(_os)?\(|disallowed_methods")
SYSTEM_ROOTS = re.compile(r"rustls_native_certs|platform_verifier|with_native_roots\(true\)|TrustStore::default\(")
PROVIDERS = re.compile(r"mews|frontgo|gov_?uk|powens|bank_?131", re.IGNORECASE)
PRINTS = re.compile(r"\be?print(ln)?!")
NAMES = {"utils.rs", "util.rs", "common.rs", "helpers.rs", "types.rs", "misc.rs"}
INLINE_TESTS = re.compile(r"^\s*#\[cfg\(test\)\]\s*\n\s*mod \w+ \{", re.MULTILINE)
problems = []


def is_test(path):
    """Tells whether the whole file is test code."""
    return "tests" in path.parent.parts or path.name == "tests.rs" or path.stem.endswith("_tests")


def code(path):
    """Returns the lines of a file that are code: (number, text) without comments and inline tests."""
    text = path.read_text()
    if tests := INLINE_TESTS.search(text):
        text = text[: tests.start()]
    for number, line in enumerate(text.splitlines(), 1):
        # `//` after a colon is an address in a string, not a comment.
        yield number, re.sub(r"(^|[^:])//.*", r"\1", line)


def rust(*patterns):
    """Returns the Rust files of folders that are not tests, as paths below the root."""
    found = (p for pattern in patterns for folder in ROOT.glob(pattern) for p in folder.rglob("*.rs"))
    return sorted(path.relative_to(ROOT) for path in found if not is_test(path.relative_to(ROOT)))


def rule(title, files, pattern, say):
    """Checks one pattern in files and prints the rule."""
    found = [
        f"{path}:{number}: {say}: {line.strip()}"
        for path in files
        for number, line in code(ROOT / path)
        if pattern.search(line)
    ]
    report(title, len(files), found)


def report(title, looked_at, found):
    """Prints one rule and keeps what breaks it."""
    print(f"  {'ok  ' if not found else 'FAIL'} {title} ({looked_at} files)")
    problems.extend(found)


def main() -> int:
    print("house:")
    product = rust(*PRODUCT)
    rule("functions name no provider", rust("functions/*/src"), PROVIDERS, "only ProviderSet knows the providers")
    rule("nothing is printed outside the tools", product, PRINTS, "write a log line with tracing")
    rule(
        "time and environment are read in runtime's clock and config alone",
        [path for path in product if path.as_posix() not in ROOMS],
        CLOCK_AND_ENVIRONMENT,
        "take `now` or the setting as an argument",
    )
    rule("roots are compiled in, never the system's", product, SYSTEM_ROOTS, "trust the compiled-in roots")
    every = [path.relative_to(ROOT) for folder in FOLDERS for path in (ROOT / folder).rglob("*.rs")]
    report("no drawer for odds and ends", len(every), [f"{path}: name it for what it holds" for path in every if path.name in NAMES])
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
