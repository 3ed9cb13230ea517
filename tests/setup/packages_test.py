#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Everything the programs are built from comes from a package that app/setup/install asks for.

A machine with the packages of the tests on it builds what a user's machine does not: this looks at which file of the
system each step reads, and asks Debian whose it is."""
import argparse
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = None


def base_packages():
    names, group = [], None
    for line in (ROOT / "app/setup/debian-packages.txt").read_text().splitlines():
        if line in ("# base", "# tests"):
            group = line[2:]
        elif group == "base" and line and not line.startswith("#"):
            names.append(line.split()[0])
    return names


def with_what_they_need(names):
    """`names` and everything Debian installs with them, recommendations left out."""
    options = ["--recurse", "--installed", *(f"--no-{kind}" for kind in ("recommends", "suggests", "enhances", "breaks", "conflicts", "replaces"))]
    output = subprocess.run(["apt-cache", "depends", *options, *names], capture_output=True, text=True, check=True).stdout
    return {line.split(":")[0] for line in output.splitlines() if re.match(r"[a-z0-9]", line)}


def owners(files):
    """Path -> the package it belongs to; files that belong to none are left out."""
    found, files = {}, sorted(files)
    for start in range(0, len(files), 500):
        output = subprocess.run(["dpkg-query", "-S", *files[start:start + 500]], capture_output=True, text=True, check=False).stdout
        for line in output.splitlines():
            packages, _, path = line.partition(": ")
            found[path] = packages.split(",")[0].split(":")[0]
    return found


class PackagesTest(unittest.TestCase):
    def check_all_from(self, files, what):
        self.assertGreater(len(files), 20, f"{what}: too few files of the system to be all of them")
        allowed = with_what_they_need(base_packages())
        owned = owners(files)
        strangers = sorted({(package, path) for path, package in owned.items() if package not in allowed})
        self.assertEqual(strangers, [], f"{what} out of packages that the group base of debian-packages.txt does not bring")
        self.assertGreater(len(owned), 20)

    def test_configuring_and_linking(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DPATCHBAY_TESTS=OFF"],
                           capture_output=True, check=True)
            text = (Path(folder) / "build.ninja").read_text()
        paths = {Path(path) for path in re.findall(r"(?<![\w.])/usr/[^\s:;|\"$()]+", text)}
        # A link's own package is the one that matters: libx.so belongs to libx-dev, what it points at to libx1.
        self.check_all_from({str(path) for path in paths if path.is_file()}, "read when configuring or linking")

    def test_headers(self):
        text = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], capture_output=True, text=True, check=True).stdout
        files, ours = set(), False
        for line in text.splitlines():
            if line and not line.startswith(" "):
                ours = not line.startswith("tests/")
            elif ours and line.strip().startswith("/usr/"):
                files.add(str(Path(line.strip()).resolve()))
        self.check_all_from(files, "included")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    known, rest = parser.parse_known_args()
    BUILD = known.build
    unittest.main(argv=[sys.argv[0], *rest])
