# SPDX-License-Identifier: Apache-2.0
"""What the experiments share: their throw-away environment, and what a run left in its project."""
import hashlib
import json
import shutil
import sqlite3
import struct
from pathlib import Path

from harness import Bench, Refused, meets

HERE = Path(__file__).resolve().parent


class Experiment(Bench):
    def __init__(self, build, quick):
        super().__init__(build, quick, False)

    def _environment(self, torch):
        folder, pins = self.cache / "venv-experiments", HERE / "requirements.txt"
        wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
        marker = folder / "patchbay-pins"
        if not marker.exists() or marker.read_text() != wanted:
            self.say(f"Installing the peers in {folder}")
            shutil.rmtree(folder, ignore_errors=True)
            self.output([self._python311(), "-m", "venv", folder])
            self.output([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                         "--no-deps", "--only-binary=:all:", "-r", pins])
            marker.write_text(wanted)
        return str(folder / "bin" / "python")

    def fashion(self):
        folder = Path("/usr/share/datasets/fashion-mnist")
        if not folder.is_dir():
            raise Refused("Fashion-MNIST is not installed. Run app/setup/install --tests.")
        return folder


class Project:
    """Reads what blocks put out, by the exact layout of engine/README.md."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def blob(self, digest):
        return (self.folder / "objects" / digest[:2] / digest[2:]).read_bytes()

    def output(self, block, port):
        """The manifest of the newest run's output."""
        with sqlite3.connect(f"file:{self.folder}/project.db?mode=ro", uri=True) as database:
            found = database.execute("select a.outputs from steps s join actions a on a.key = s.key where s.name = ? order by s.run desc limit 1",
                                     (block,)).fetchone()
        return json.loads(self.blob(json.loads(found[0])[port]))

    def report(self, block):
        return json.loads(self.blob(self.output(block, "report")["parts"]["report.json"]))

    def predictions(self, block):
        """(ids, truth, probabilities) as NumPy arrays."""
        import numpy as np
        data = self.blob(self.output(block, "predictions")["parts"]["rows"])
        count, classes = struct.unpack_from("<II", data, 4)
        kind = np.dtype([("id", "S32"), ("truth", "<i4"), ("split", "u1"), ("p", "<f4", (classes,))])
        rows = np.frombuffer(data, kind, count, 12)
        return [i.decode() for i in rows["id"]], rows["truth"].astype(int), rows["p"].astype(np.float64)


def item_id(path, content):
    """The id of a picture of a table or folder, as engine/data/dataset.h has it."""
    return hashlib.sha256(path.encode() + b"\0" + hashlib.sha256(content).digest()).hexdigest()[:32]


def figure(name, value, target=None):
    """`target` is ">= 0.95"."""
    out = {"name": name, "value": value}
    if target:
        out |= {"target": target, "met": meets(f"value {target}", value, None)}
    return out
