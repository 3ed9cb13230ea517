# SPDX-License-Identifier: Apache-2.0
"""The demos of an export on a machine that has nothing: copied elsewhere, an empty environment, and the one line each that they name."""
import json
import math
import re
import shutil
import subprocess
import sys
import venv

from serve_support import ServeTest
from cli_support import main


class Demos(ServeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.away = cls.folder / "another machine" / "模型"
        cls.away.parent.mkdir()
        shutil.copytree(cls.export, cls.away)
        home = cls.folder / "empty home"
        home.mkdir()
        cls.bare = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
        cls.vectors = json.loads((cls.away / "test_vectors" / "expected.json").read_text())["vectors"]

    def check(self, command):
        """Its answers for the test vectors are the model's."""
        files = [self.away / "test_vectors" / v["file"] for v in self.vectors]
        done = subprocess.run([*command, "--json", *files], capture_output=True, text=True, env=self.bare, cwd=self.bare["HOME"], timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        for line, vector in zip(done.stdout.splitlines(), self.vectors, strict=True):
            got, want = json.loads(line)["logits"], vector["logits"]
            self.assertGreater(sum(a * b for a, b in zip(got, want, strict=True)) / math.hypot(*got) / math.hypot(*want), .9995, vector["file"])
        plain = subprocess.run([*command, files[0]], capture_output=True, text=True, env=self.bare, cwd=self.bare["HOME"], timeout=120)
        self.assertEqual(plain.returncode, 0, plain.stderr)
        self.assertIn(self.vectors[0]["class"], plain.stdout)

    def test_python_with_its_one_line(self):
        demo = self.away / "demo" / "predict.py"
        packages = re.search(r"^ +pip install (.+)$", demo.read_text(), re.M)[1].split()
        folder = self.folder / "throw-away"
        venv.create(folder, with_pip=True)
        # Where packages come from is the machine's affair, and the only thing taken over from it.
        installed = subprocess.run([folder / "bin" / "pip", "install", "--quiet", *packages], capture_output=True, text=True, timeout=600)
        if installed.returncode != 0:
            self.skipTest("pip reaches no packages here: " + installed.stderr[-300:])
        self.check([folder / "bin" / "python", demo])

    def test_cpp_with_its_one_line(self):
        source = self.away / "demo" / "cpp"
        line = re.search(r"^# (cmake .+) && build/predict PICTURE", (source / "CMakeLists.txt").read_text(), re.M)[1]
        before = {p.name for p in source.iterdir()}
        built = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=self.bare, cwd=source, timeout=300)
        self.assertEqual(built.returncode, 0, built.stdout + built.stderr)
        self.check([source / "build" / "predict"])
        self.assertEqual({p.name for p in source.iterdir()} - before, {"build"})


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main([Demos])
