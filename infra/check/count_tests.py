#!/usr/bin/env python3
"""Passes `cargo test` output through and ends with one line that counts it: `N passed, N failed`.

Reads standard input. With `--quiet` only the last line is printed. Exits with 1 when a test failed
or when no test ran at all: a suite that vanished is no success.
"""

import re
import sys

RESULT = re.compile(r"^test result: \w+\. (\d+) passed; (\d+) failed;")


def main() -> int:
    quiet = "--quiet" in sys.argv[1:]
    passed = failed = 0
    for line in sys.stdin:
        if not quiet:
            print(line, end="", flush=True)
        if found := RESULT.match(line):
            passed += int(found[1])
            failed += int(found[2])
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
