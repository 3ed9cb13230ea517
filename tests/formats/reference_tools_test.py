#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files written by datumaro, pycocotools and labelme are read here, and ours are read back by them.

usage: reference_tools_test.py --build DIR     makes an environment with the pinned tools below the cache when there is none;
                                               exit code 77 (skipped) when it cannot be made
"""
import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SKIPPED = 77


def environment():
    """The interpreter of the environment with the tools, or None and why."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", "/"), ".cache")
    folder = Path(home) / "patchbay" / "venv-formats"
    pins = HERE / "requirements.txt"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    marker = folder / "patchbay-pins"
    python = folder / "bin" / "python"
    if marker.exists() and marker.read_text() == wanted:
        return python, ""
    base = next((p for p in ("/usr/bin/python3", shutil.which("python3.11"), sys.executable)
                 if p and subprocess.run([p, "-c", "import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))"], capture_output=True).returncode == 0), None)
    if base is None:
        return None, "the tools are pinned for Python 3.11 with venv, and there is none"
    shutil.rmtree(folder, ignore_errors=True)
    for command in ([base, "-m", "venv", folder],
                    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps",
                     "--only-binary=:all:", "-r", pins]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            return None, f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr.strip()[-600:]}"
    marker.write_text(wanted)
    return python, ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=Path)
    words = parser.parse_args()
    python, why = environment()
    if python is None:
        print(f"SKIPPED: the environment of the reference tools could not be made: {why}", flush=True)
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="pb-formats-") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        child = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "XDG_CACHE_HOME": str(Path(folder) / "cache"), "QT_QPA_PLATFORM": "offscreen"}
        sys.exit(subprocess.run([python, HERE / "with_tools.py", words.build.resolve() / "bin" / "patchbay", folder], env=child).returncode)


if __name__ == "__main__":
    main()
