#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""patchbay-studio as a program: what it loads, what it says without a display, that one project has one window.

usage: program_test.py PATCHBAY-STUDIO
"""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

STUDIO = sys.argv.pop(1)


class Studio:
    """A running window, off screen, and its test port."""

    def __init__(self, home, *arguments):
        self.socket = str(Path(home) / f"port-{time.monotonic_ns()}")
        self.process = subprocess.Popen([STUDIO, "--language", "en", "--test-port", self.socket, *arguments], env=environment(home))

    def ask(self, question):
        deadline = time.monotonic() + 40
        while True:
            try:
                with socket.socket(socket.AF_UNIX) as s:
                    s.settimeout(20)
                    s.connect(self.socket)
                    s.sendall(question.encode() + b"\n")
                    return json.loads(s.makefile().readline())
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def wait(self, question, wanted):
        deadline = time.monotonic() + 60
        while not wanted(answer := self.ask(question)):
            if time.monotonic() > deadline:
                raise AssertionError(f"{question}: {answer}")
            time.sleep(0.2)
        return answer

    def end(self):
        self.process.kill()
        self.process.wait()


def environment(home, **more):
    env = {"PATH": os.environ["PATH"], "HOME": home, "XDG_RUNTIME_DIR": home, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", **more}
    return {key: value for key, value in env.items() if value is not None}


class StudioProgram(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.home = self.folder.name
        os.chmod(self.home, 0o700)

    def start(self, *arguments):
        studio = Studio(self.home, *arguments)
        self.addCleanup(studio.end)
        return studio

    def test_loads_no_learning_library(self):
        studio = self.start("--template", "classify-folder")
        studio.wait("file", lambda answer: answer.get("engine", 0) > 0)
        maps = Path(f"/proc/{studio.process.pid}/maps").read_text()
        self.assertIn("libQt6Widgets", maps)
        self.assertEqual(re.findall(r"\S*(?:libtorch|libc10|libopenvino|libopencv)\S*", maps), [])

    def test_says_where_to_go_without_a_display(self):
        run = subprocess.run([STUDIO], env=environment(self.home, QT_QPA_PLATFORM=None), capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(run.returncode, 6)
        self.assertIn("no display", run.stderr)
        self.assertIn("patchbay run", run.stderr)

    def test_one_window_a_project(self):
        pipelines = Path(self.home) / "project" / "pipelines"
        pipelines.mkdir(parents=True)
        (pipelines / "a.json").write_text('{"id": "a", "version": 1, "title": "A", "nodes": [], "links": []}')
        first = self.start(str(pipelines / "a.json"))
        first.wait("file", lambda answer: "file" in answer)
        second = self.start(str(pipelines / "a.json"))
        said = second.wait("widget message-text.open", lambda answer: answer.get("visible"))
        self.assertIn("another window", said["text"])
        self.assertEqual(second.ask("file"), {"error": "no pipeline is open"})

    def test_a_template_opens_as_a_project_of_its_own(self):
        studio = self.start("--template", "classify-folder")
        where = studio.wait("file", lambda answer: "file" in answer)
        self.assertTrue(Path(where["file"]).is_file())
        self.assertFalse(where["modified"])
        names = {node["name"] for node in studio.ask("document")["nodes"]}
        self.assertIn("evaluate", names)
        block = studio.wait("block evaluate", lambda answer: answer.get("visible"))
        self.assertGreater(block["width"], 20)
        self.assertTrue((Path(self.home) / ".local/share/applications/patchbay-studio.desktop").is_file())

    def test_port_never_acts(self):
        studio = self.start()
        self.assertEqual(studio.ask("click welcome.new"), {"error": "no pipeline is open"})
        self.assertTrue(studio.ask("widget welcome.new")["visible"])


if __name__ == "__main__":
    unittest.main()
