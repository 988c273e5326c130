#!/usr/bin/env python3
"""Checks which crate may know which: the arrows of ARCHITECTURE.md, and what stands below them.

Reads `cargo metadata` for the arrows between our own crates and `cargo tree` for what a crate links
in the end, with the features it really gets. Prints every rule it checked.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
LAMBDA = "aarch64-unknown-linux-gnu"

DOMAIN, PROVIDERS, STORE, RUNTIME = (f"bellhop-{name}" for name in ("domain", "providers", "store", "runtime"))
SHARED = {DOMAIN, PROVIDERS, STORE, RUNTIME}
TOOLS = {"bellhop-simulators", "bellhop-local", "bellhop-demo"}

# Which of our crates each crate may use; `functions/*` stands for every crate in that folder.
ARROWS = {
    DOMAIN: set(),
    PROVIDERS: {DOMAIN},
    STORE: {DOMAIN},
    RUNTIME: {DOMAIN, PROVIDERS, STORE},
    "functions/*": {DOMAIN, RUNTIME},
    "bellhop-cli": {DOMAIN, RUNTIME, STORE},
    # What plays AWS, the providers and the booking site must not share a mistake with what it is to catch out.
    "bellhop-simulators": set(),
    "bellhop-demo": set(),
    "bellhop-local": TOOLS - {"bellhop-local"},
    "bellhop-it": SHARED | TOOLS,
}
# Tests may start the tools, and nothing else that the code itself may not use.
FOR_TESTS = {crate: TOOLS for crate in ARROWS}

# Domain decides; it does no input or output, on any runtime.
NOT_IN_DOMAIN = re.compile(
    r"^(aws[-_].*|lambda_.*|reqwest|hyper.*|h2|tokio.*|async-std|smol|axum.*|tower.*|rustls.*|ring-.*|ureq|isahc|curl|mio|socket2)$"
)

# One TLS stack and one source of cryptography: rustls on ring.
CRYPTOGRAPHY = {"ring", "aws-lc-rs", "aws-lc-sys", "aws-lc-fips-sys", "openssl", "openssl-sys", "boring", "s2n-tls", "mbedtls", "graviola"}
NOT_IN_FUNCTIONS = {"native-tls", "rsa", "schannel", "security-framework"} | (CRYPTOGRAPHY - {"ring"})
# Readers of the system's root certificates. Their crates come with others and cannot be left out; the linker drops
# what is not called, and house.py sees to it that nothing calls them.
COMES_ALONG = {
    "rustls-native-certs": "aws-smithy-http-client names it in every build with TLS",
    "openssl-probe": "with rustls-native-certs",
    "rustls-platform-verifier": "reqwest names it in every build with rustls",
}
problems = []


def cargo(*arguments):
    """Runs cargo in the workspace and returns what it printed."""
    done = subprocess.run(["cargo", *arguments, "--locked"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"dependencies: cargo {arguments[0]} failed:\n{done.stderr}")
    return done.stdout


def tree(crate):
    """Returns {name: versions} of everything the crate links on Lambda, its own name left out."""
    text = cargo("tree", "-p", crate, "-e", "normal", "--target", LAMBDA, "--prefix", "none", "--format", "{p}")
    linked = {}
    for line in text.splitlines():
        name, version = line.split()[:2]
        linked.setdefault(name, set()).add(version)
    linked.pop(crate, None)
    return linked


def rule(title, found):
    """Prints one rule and keeps what breaks it."""
    print(f"  {'ok  ' if not found else 'FAIL'} {title}")
    problems.extend(found)


def workspace():
    """Returns {crate: {"key", "normal", "dev"}} of our crates, with the names of our crates each uses."""
    packages = json.loads(cargo("metadata", "--no-deps", "--format-version", "1"))["packages"]
    ours = {package["name"] for package in packages}
    crates = {}
    for package in packages:
        folder = Path(package["manifest_path"]).relative_to(ROOT).parts[0]
        uses = {"key": "functions/*" if folder == "functions" else package["name"], "normal": set(), "dev": set()}
        for dependency in package["dependencies"]:
            if dependency["name"] in ours - {package["name"]}:
                uses["dev" if dependency["kind"] == "dev" else "normal"].add(dependency["name"])
        crates[package["name"]] = uses
    return crates


def check_arrows(crates):
    """Direct arrows between our crates, for the code and for its tests."""
    for name, uses in sorted(crates.items()):
        if uses["key"] not in ARROWS:
            rule(f"{name} has a rule", [f"{name}: not listed in ARROWS of infra/check/dependencies.py"])
            continue
        may = ARROWS[uses["key"]]
        found = [f"{name} must not use {other}" for other in sorted(uses["normal"] - may)]
        found += [f"the tests of {name} must not use {other}" for other in sorted(uses["dev"] - may - FOR_TESTS[uses["key"]])]
        rule(f"{name} uses only {', '.join(sorted(may))}" if may else f"{name} uses none of our crates", found)


def check_domain():
    """What domain links, through however many others."""
    linked = tree(DOMAIN)
    found = [f"{DOMAIN} links {name}: it must stay pure" for name in sorted(linked) if NOT_IN_DOMAIN.match(name)]
    rule(f"{DOMAIN} links no AWS crate, HTTP client or runtime ({len(linked)} crates)", found)


def check_function(name):
    """One TLS stack in a function's tree, and nothing that starts slowly or verifies by itself."""
    linked = tree(name)
    found = [f"{name} links {other}" for other in sorted(NOT_IN_FUNCTIONS & linked.keys())]
    for single in ("rustls", "ring", "hyper-rustls", "tokio-rustls", "reqwest", "webpki-roots"):
        if len(linked.get(single, ())) > 1:
            found.append(f"{name} links {single} more than once: {', '.join(sorted(linked[single]))}")
    stack = ", ".join(f"{other} {min(linked[other])}" for other in sorted((CRYPTOGRAPHY | {"rustls"}) & linked.keys())) or "none"
    along = sorted(COMES_ALONG.keys() & linked.keys())
    note = f"; unused: {', '.join(along)}" if along else ""
    rule(f"{name} has one TLS stack: {stack} ({len(linked)} crates{note})", found)


def main() -> int:
    print("dependencies:")
    crates = workspace()
    check_arrows(crates)
    check_domain()
    for name in sorted(name for name, uses in crates.items() if uses["key"] == "functions/*"):
        check_function(name)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
