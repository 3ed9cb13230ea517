# SPDX-License-Identifier: Apache-2.0
"""Every template, on a few drawn pictures instead of the sample or the user's own."""
import csv
import json
import shutil
from pathlib import Path

from cli_support import CliTest, main, pictures

# The side of the pictures that a network sees: an export takes a sixth of the time it takes at 224.
small = "backbone.size=96"


class Templates(CliTest):
    with_compilers = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pictures = pictures(cls.folder / "drawn", 10, ("disc", "square", "triangle"))
        # A table like that of the solar cells: picture, probability of a defect, kind.
        cells = pictures(cls.folder / "cells", 14)
        cls.cells = cells / "labels.csv"
        cls.cells.write_text("".join(f"{p.relative_to(cells)} {0.0 if p.parent.name == 'disc' else 1.0} mono\n" for p in sorted(cells.rglob("*.png"))))

    def run_template(self, name, *settings, code=0):
        words = [w for s in settings for w in ("--set", s)]
        answer = self.patchbay("run", name, "--project", self.folder / name, "--json", *words, code=code, timeout=500)
        last = answer.last()
        self.assertEqual(last["status"], "done")
        self.assertNotIn("failed", answer.states().values())
        return last


class Classifying(Templates):
    def test_classify_folder_then_predict_folder(self):
        last = self.run_template("classify-folder", f"pictures.folder={self.pictures}", "fine_tune.epochs=2", small)
        self.assertGreater(last["metrics"]["evaluate.accuracy"], .3)
        (exported,) = map(Path, last["exports"])
        for name in ("model.onnx", "model.safetensors", "net.json", "model_card.md", "pipeline.json", "demo", "test_vectors"):
            self.assertTrue((exported / name).exists(), name)
        predicted = self.run_template("predict-folder", f"pictures.folder={self.pictures}", f"model.folder={exported}")
        with open(Path(predicted["exports"][0]) / "predictions.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 30)
        picture = sorted((self.pictures / "disc").iterdir())[0]
        lines = [json.loads(line) for line in self.patchbay("predict", exported, self.pictures / "disc", "--format", "json", code=0).out.splitlines()]
        self.assertEqual(len(lines), 10)
        same = next(r for r in rows if r["picture"].endswith(picture.name))
        self.assertEqual(same["class"], next(line["class"] for line in lines if line["picture"].endswith(picture.name)))

    def test_solar_cells(self):
        last = self.run_template("solar-cells", f"pictures.file={self.cells}", "fine_tune.epochs=1", small)
        self.assertEqual(len(last["exports"]), 1)
        self.assertIsNotNone(last["metrics"]["evaluate.auroc"])


class Evidence(Templates):
    def test_few_labels(self):
        self.assertEqual(len(self.run_template("few-labels", f"pictures.file={self.cells}", "few_labels.shots=4", small)["exports"]), 1)

    def test_several_labels(self):
        # A triangle has corners and is neither disc nor square; a disc has no label but its own.
        table = self.pictures / "labels.csv"
        flags = {"disc": "1,0,0", "square": "0,1,1", "triangle": "0,1,0"}
        table.write_text("picture,disc,corners,square\n" + "".join(
            f"{p.relative_to(self.pictures)},{flags[p.parent.name]}\n" for p in sorted(self.pictures.rglob("*.png"))))
        last = self.run_template("several-labels", f"pictures.file={table}", f"pictures.folder={self.pictures}",
                                 'pictures.label_columns=["disc", "corners", "square"]', small)
        metrics = last["metrics"]
        self.assertGreaterEqual(metrics["evaluate.pictures"], 4)
        for name in ("mean_average_precision", "micro_f1", "subset_accuracy", "auroc"):
            self.assertTrue(0 <= metrics[f"evaluate.{name}"] <= 1, metrics)
        self.assertGreater(metrics["evaluate.mean_average_precision"], .5)
        (exported,) = map(Path, last["exports"])
        self.assertIn("Labels, any number of them a picture: disc, corners, square", (exported / "model_card.md").read_text())
        # Each label by itself, from its own threshold on.
        lines = [json.loads(line) for line in self.patchbay("predict", exported, self.pictures / "square", "--format", "json", code=0).out.splitlines()]
        self.assertGreater(sum("corners" in line["labels"] for line in lines), 7, lines[:2])

    def test_compare_backbones(self):
        last = self.run_template("compare-backbones", f"pictures.folder={self.pictures}", 'networks.network=["efficientnet_lite0", "efficientnet_lite1"]')
        self.assertEqual(sum(b["name"].startswith("probe") for b in last["blocks"]), 2)

    def test_solar_cells_evidence(self):
        last = self.run_template("solar-cells-evidence", f"pictures.file={self.cells}", "probe-loop.seed=[0, 1]", "probe-loop.fold=2", "split.folds=2",
                                 "tuned-loop.seed=[0]", "tuned-loop.fold=2", "split_tuned.folds=2", "fine_tune.epochs=1", small)
        metrics = last["metrics"]
        for name in ("summary_probe", "summary_levels", "summary_tuned"):
            self.assertTrue(any(key.startswith(name + ".") and value is not None for key, value in metrics.items()), metrics)


class Quality(Templates):
    def test_find_label_errors(self):
        # Two labels are wrong, one picture is there twice; drawn discs may look alike by themselves.
        faulty = pictures(self.folder / "faulty", 30, ("disc", "square"))
        discs, squares = sorted((faulty / "disc").iterdir()), sorted((faulty / "square").iterdir())
        discs[3].rename(faulty / "square" / f"moved-{discs[3].name}")
        squares[4].rename(faulty / "disc" / f"moved-{squares[4].name}")
        shutil.copy(discs[0], faulty / "disc" / "copy.png")
        last = self.run_template("find-label-errors", f"pictures.folder={faulty}", small)
        metrics = last["metrics"]
        self.assertIn(metrics["findings.duplicates"], range(1, 6))
        self.assertGreaterEqual(metrics["findings.suspects"], 2)
        self.assertEqual(metrics["suspects.labels"], 61)
        for name in ("conflicts", "leaks", "outliers", "imbalances"):
            self.assertIn(f"findings.{name}", metrics)


if __name__ == "__main__":
    main([Classifying, Evidence, Quality])
