#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy on the sources named on standard input, one a line, for tests/format --tidy.

A file takes three seconds and all of them ten minutes, so what was found clean is not looked at again while it, the project's
headers that it includes, the rules and the program are the same; which headers these are Ninja knows from the last build."""
import concurrent.futures
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
KNOWN = ROOT / "build/tidy"
TIDY = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "patchbay/deps/clang-tidy-23.1.4/clang_tidy/data/bin/clang-tidy"


def included():
    """Source -> the files of the project that its compilation read, itself among them; all as paths relative to the root."""
    out, current, listed = {}, None, subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        if not line.startswith(" "):
            current = None
            continue
        path = os.path.relpath(os.path.join(BUILD, line.strip()), ROOT)
        if current is None:
            current = out.setdefault(path, set())  # the first is the source itself
        if not path.startswith(("..", "build/")):
            current.add(path)
    return out


class Keys:
    def __init__(self):
        version = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
        self.start = version + (ROOT / ".clang-tidy").read_bytes()
        self.included, self.digests = included(), {}

    def digest(self, path):
        if path not in self.digests:
            self.digests[path] = hashlib.sha256((ROOT / path).read_bytes()).digest()
        return self.digests[path]

    def of(self, source):
        """None when it was not built yet, or out of files that are no longer there."""
        try:
            files = sorted(self.included[source])
            return hashlib.sha256(self.start + b"".join(path.encode() + self.digest(path) for path in files)).hexdigest()
        except (KeyError, FileNotFoundError):
            return None


def look(source):
    done = subprocess.run([TIDY, "--quiet", "-p", BUILD, source], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False)
    return source, done.returncode, done.stdout


def main():
    if not TIDY.exists():
        print(f"tidy: {TIDY} is missing.\n      Run app/setup/install --tests.", file=sys.stderr)
        return 1
    keys, known = Keys(), set(KNOWN.read_text().split()) if KNOWN.exists() else set()
    sources = [line.strip() for line in sys.stdin if line.strip()]
    new = [source for source in sources if keys.of(source) not in known]
    print(f"clang-tidy on {len(new)} files, {len(sources) - len(new)} are as they were when they were clean", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, KNOWN.open("a") as clean:
        for source, code, said in pool.map(look, new):
            if code == 0 and keys.of(source):
                print(keys.of(source), file=clean, flush=True)
            elif code != 0:
                failed += 1
                print(said or f"{source}: clang-tidy ended with {code}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
