#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Without a GPU, tests/gpu/run says so loudly and ends with its own exit code; with one it is not run twice here."""
import argparse
import json
import subprocess
import sys
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--build", type=Path, required=True)
build = parser.parse_args().build
found = json.loads(subprocess.run([build / "bin" / "patchbay-worker", "gpu"], capture_output=True, text=True, timeout=120, check=True).stdout)
if "error" not in found:
    sys.exit(0)
done = subprocess.run([Path(__file__).parent / "run", "--build", build], capture_output=True, text=True, timeout=200)
print(done.stdout, done.stderr)
assert done.returncode == 77, done.returncode
for word in ("SKIPPED", "GPU", "patchbay doctor"):
    assert word in done.stdout, word
assert "{" not in done.stdout
nothing = subprocess.run([Path(__file__).parent / "run", "--build", "/nonexistent"], capture_output=True, text=True, timeout=60)
assert nothing.returncode not in (0, 77), nothing.returncode
