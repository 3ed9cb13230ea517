#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""That tests/bench/run works: the form of its JSON and of its table, what its targets mean. Never how fast anything is."""
import argparse
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from harness import Bench, meets  # noqa: E402

KEYS = {"name", "value", "unit", "peer", "peer_value", "ratio", "target", "met"}
BUILD = None


def start(*words):
    return subprocess.run([sys.executable, str(HERE / "run"), *words], capture_output=True, text=True)


class Runner(unittest.TestCase):
    def test_writes_what_it_promises(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "figures.json"
            done = start("--quick", "--no-build", "--build", BUILD, "--only", "cli-help,plan-1000", "--json", str(file), "--markdown")
            self.assertEqual(done.returncode, 0, done.stderr)
            figures = json.loads(file.read_text())
        self.assertEqual([f["name"] for f in figures], ["plan-1000", "plan-1000-command", "cli-help"])
        for figure in figures:
            self.assertEqual(set(figure), KEYS)
            self.assertGreater(figure["value"], 0)
            self.assertIn(figure["met"], (True, False, None))
            self.assertEqual(figure["met"] is None, figure["target"] is None)
        self.assertIn("| cli-help |", done.stdout)

    def test_unknown_names_are_refused_before_anything_is_built(self):
        done = start("--only", "cli-help,nothing-like-it")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing-like-it", done.stderr)

    def test_the_list_names_every_benchmark_with_its_purpose(self):
        lines = start("--list").stdout.splitlines()
        self.assertGreaterEqual(len(lines), 16)
        self.assertTrue(all(len(line.split(None, 1)) == 2 for line in lines), lines)

    def test_a_benchmark_that_cannot_run_is_said_and_the_others_go_on(self):
        with tempfile.TemporaryDirectory() as folder:
            done = start("--quick", "--no-build", "--build", folder, "--only", "cli-help")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cli-help could not run", done.stderr)
        self.assertIn("figure", done.stdout)


class Targets(unittest.TestCase):
    def test_bounds(self):
        self.assertIs(meets("ratio >= 1.25", 7, 1.25), True)
        self.assertIs(meets("ratio >= 1.25", 7, 1.2), False)
        self.assertIs(meets("value < 30", 30, None), False)
        self.assertIsNone(meets("ratio >= 2", 7, None))
        self.assertIsNone(meets(None, 7, 3))

    def test_ratio_says_how_many_times_better(self):
        bench = Bench(BUILD, True, False)
        bench.say = lambda text: None
        bench.add("time", 2, "s", "peer", 5, "ratio >= 2")
        bench.add("rate", 30, "images/s", "peer", 20, "ratio >= 2", larger_is_better=True)
        self.assertEqual([(r["ratio"], r["met"]) for r in bench.results], [(2.5, True), (1.5, False)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    args, rest = parser.parse_known_args()
    BUILD = args.build
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
