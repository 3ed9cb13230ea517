# SPDX-License-Identifier: Apache-2.0
"""What the tests of the command line share: drawn pictures, small pipelines, the real programs in an environment of their own."""
import argparse
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib
from pathlib import Path

programs = Path()


def main(suites):
    """Runs the suites named on the command line (all when none is); --build DIR says where the programs are."""
    global programs
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=Path)
    parser.add_argument("suite", nargs="*")
    words = parser.parse_args()
    programs = words.build.resolve() / "bin"
    loader = unittest.TestLoader()
    chosen = [s for s in suites if not words.suite or s.__name__ in words.suite]
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(s) for s in chosen)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    # 77: ctest shows it as skipped, with what was said of it.
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 77 if result.wasSuccessful() and result.skipped else 1)


def png(path, width, height, rows, header=None):
    """Writes an RGB PNG; `header` replaces width and height in its header alone."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + bytes(r) for r in rows)
    size = struct.pack(">IIBBBBB", *(header or (width, height)), 8, 2, 0, 0, 0)
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b""))


def draw(path, shape, seed, size=40):
    """A disc (0), a square (1) or a triangle (2) in some place and colour."""
    r = random.Random(seed)
    ground, colour = r.randint(150, 230), [r.randint(0, 140) for _ in range(3)]
    x, y, w = r.randint(4, 14), r.randint(4, 14), r.randint(14, 22)
    rows = []
    for j in range(size):
        row = []
        for i in range(size):
            u, v = (i - x) / w, (j - y) / w
            inside = 0 <= u <= 1 and 0 <= v <= 1 and ((u - .5) ** 2 + (v - .5) ** 2 <= .25, True, abs(u - .5) <= v / 2)[shape]
            row += colour if inside else [ground] * 3
        rows.append(row)
    png(path, size, size, rows)


def pictures(folder, each, classes=("disc", "square"), seed=0):
    for k, name in enumerate(classes):
        Path(folder, name).mkdir(parents=True, exist_ok=True)
        for i in range(each):
            draw(Path(folder, name, f"{name}{seed}_{i:03}.png"), k % 3, 7919 * seed + 1000 * k + i)
    return Path(folder)


def node(name, kind, params=None, x=0):
    return {"id": name, "name": name, "type": "patchbay." + kind, "type_version": 1, "params": params or {}, "pos": [x, 0], "mode": "normal"}


def document(nodes, links):
    ends = [[end.split(".") for end in link.split(" -> ")] for link in links]
    return {"version": 1, "id": "test", "title": "Test", "nodes": nodes, "groups": [], "notes": [],
            "links": [{"from": a, "to": b} for a, b in ends]}


def probe_pipeline(folder):
    """Folder, split, backbone, embed, probe, evaluate: a second or two, as the pictures are seen small."""
    return document(
        [node("pictures", "data.picture_folder", {"folder": str(folder)}), node("split", "data.split", {"test": 30, "validation": 0}),
         node("backbone", "backbone.pretrained", {"size": 96}), node("embed", "backbone.embed"), node("probe", "train.linear_probe", {"strength": "fixed"}),
         node("evaluate", "evaluate.evaluate")],
        ["pictures.data -> split.data", "pictures.data -> embed.data", "backbone.model -> embed.model", "embed.embedding -> probe.embedding",
         "split.data -> probe.data", "probe.predictions -> evaluate.predictions", "split.data -> evaluate.data"])


def tuning_pipeline(folder, epochs):
    """Folder, split, backbone, fine-tune: as long as the epochs make it."""
    return document(
        [node("pictures", "data.picture_folder", {"folder": str(folder)}), node("split", "data.split", {"test": 20, "validation": 20}),
         node("backbone", "backbone.pretrained"), node("fine_tune", "train.fine_tune", {"epochs": epochs, "batch": 8})],
        ["pictures.data -> split.data", "split.data -> fine_tune.data", "backbone.model -> fine_tune.model"])


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def lines(self):
        return [json.loads(line, parse_constant=self._refuse) for line in self.out.splitlines()]

    @staticmethod
    def _refuse(word):
        raise ValueError(word + " is no JSON")

    def last(self):
        lines = self.lines()
        if not lines:
            raise AssertionError(f"nothing was printed, exit code {self.code}: {self.err}")
        return lines[-1]

    def states(self):
        return {b["name"]: b["state"] for b in self.last()["blocks"]}

    def items(self, name):
        """(computed, from the cache) of a block, from its last step event."""
        steps = [e for e in self.lines() if e.get("event") == "step" and e["name"] == name]
        return steps[-1].get("items_computed", 0), steps[-1].get("items_cached", 0)


class CliTest(unittest.TestCase):
    """Every suite has a folder, a runtime folder and user folders of its own."""
    maxDiff = None
    # Without them exports skip the trial of their demos, which takes longer than all else of a small one; tests of the block do it.
    with_compilers = True

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="patchbay-cli-"))
        for name in ("runtime", "data", "config"):
            (cls.folder / name).mkdir(mode=0o700)
        cls.environment = dict(os.environ, XDG_RUNTIME_DIR=str(cls.folder / "runtime"), XDG_DATA_HOME=str(cls.folder / "data"),
                               XDG_CONFIG_HOME=str(cls.folder / "config"))
        if not cls.with_compilers:
            cls.environment.update(CXX="none", PATCHBAY_PYTHON="none")
        cls.environment.pop("PATCHBAY_RESOURCES", None)

    @classmethod
    def tearDownClass(cls):
        for pid in cls.engines():
            os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            if not cls.engines():
                break
            time.sleep(.05)
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def engines(cls, project=None):
        """Process ids of the engines below this suite's folder, or of one project."""
        return [pid for pid, words in processes() if words[0].endswith(b"patchbay-engine") and words[-1].startswith(os.fsencode(cls.folder)) and
                (project is None or words[-1] == os.fsencode(project))]

    def patchbay(self, *words, code=None, environment=None, cwd=None, timeout=120):
        done = subprocess.run([programs / "patchbay", *map(os.fspath, words)], capture_output=True, env={**self.environment, **(environment or {})},
                              cwd=cwd or self.folder, timeout=timeout)
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        if code is not None:
            self.assertEqual(answer.code, code, f"{words}\n{answer.out}\n{answer.err}")
        self.assertNotIn("terminate called", answer.err)
        return answer

    def start(self, *words):
        return subprocess.Popen([programs / "patchbay", *map(os.fspath, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                                cwd=self.folder)

    def write(self, name, value):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
        return path

    def says(self, answer, *words):
        """Standard error has a cause and a next action, and the words."""
        for word in words:
            self.assertRegex(answer.err, word)
        self.assertRegex(answer.err, r"(?m)^(patchbay|error): .+\n +\S", "cause, then what to do on a line of its own")
        # No sentence of a program for programmers.
        self.assertNotRegex(answer.err, r"std::|basic_string|errno|exception|\bNULL\b|\{[a-z]+\}")


def processes():
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                words = Path("/proc", entry, "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
            except OSError:
                continue
            yield int(entry), words


def descendants(pid):
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue
            parents[int(entry)] = int(stat.rsplit(")", 1)[1].split()[1])
    out, found = set(), {pid}
    while found:
        found = {child for child, parent in parents.items() if parent in found}
        out |= found
    return out
