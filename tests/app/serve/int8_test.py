# SPDX-License-Identifier: Apache-2.0
"""int8 from the pipeline to the answer: calibrated and measured at export, the same in OpenVINO and ONNX Runtime."""
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from serve_support import ServeTest, export_pipeline, pictures
from cli_support import main


class Int8(ServeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        pipeline = export_pipeline(pictures(cls.folder / "many", 20), {"int8": True, "int8_drop": 100.0})
        next(n for n in pipeline["nodes"] if n["name"] == "split")["params"] = {"test": 20, "validation": 20}
        # At its own size: here the network's numbers are compared, and at 96 pixels its head is so steep that eight bits move them by far.
        next(n for n in pipeline["nodes"] if n["name"] == "backbone")["params"] = {}
        file = cls.folder / "int8.json"
        file.write_text(json.dumps(pipeline))
        cls.small = Path(cls.patchbay(cls(), "run", file, "--project", cls.folder / "int8", "--json", code=0, timeout=400).last()["exports"][0])
        cls.figures = json.loads((cls.small / "measurements.json").read_text())

    def runTest(self):
        """Only so that setUpClass can use the programs."""

    def test_it_is_small_and_its_cost_is_told(self):
        sizes = {m["precision"]: m["bytes"] for m in self.figures["models"]}
        self.assertEqual(sizes["int8"], (self.small / "model_int8.onnx").stat().st_size)
        self.assertLess(sizes["int8"], .27 * sizes["fp32"])
        told = self.figures["int8"]
        self.assertEqual((told["saved"], told["validation_pictures"]), (True, 8))
        self.assertGreaterEqual(told["calibration_pictures"], 20)
        self.assertAlmostEqual(told["drop_points"], 100 * (told["accuracy_fp32"] - told["accuracy_int8"]))
        card = (self.small / "model_card.md").read_text()
        self.assertIn("validation pictures fp32 is right on", card)
        self.assertIn("| int8 | 1 |", card)

    def test_both_runtimes_give_the_same_class(self):
        files = sorted(self.shown.rglob("*.png"))
        server = self.serve("--precision", "int8", exports=[f"shapes={self.small}"])
        self.assertEqual(server.ask("GET", "/v1/models/shapes")[1]["precision"], "int8")
        ours = [server.predict(f.read_bytes())[1]["results"][0] for f in files]
        # The demo in ONNX Runtime, with the int8 model in the place of the other.
        copy = self.folder / "copy"
        shutil.copytree(self.small, copy)
        os.replace(copy / "model_int8.onnx", copy / "model.onnx")
        deps = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "patchbay" / "deps" / "demo-python"
        done = subprocess.run(["python3", copy / "demo" / "predict.py", "--json", *files], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "PYTHONPATH": str(deps)})
        self.assertEqual(done.returncode, 0, done.stderr)
        theirs = [json.loads(line) for line in done.stdout.splitlines()]
        for a, b in zip(ours, theirs, strict=True):
            top = max(a["logits"]) - min(a["logits"])
            for x, y in zip(a["logits"], b["logits"], strict=True):
                # Two runtimes may round a value to different neighbours.
                self.assertLess(abs(x - y), .1 * (1 + top))
            if top > .5:
                self.assertEqual(a["class"], b["class"])

    def test_exports_without_it_say_so(self):
        self.says(self.patchbay("serve", self.export, "--port", "0", "--precision", "int8", code=2), "no int8 model", "Export block")

    def test_more_loss_than_allowed_is_not_saved(self):
        """No loss at all may happen by chance; then it is saved, and told."""
        pipeline = json.loads((self.folder / "int8.json").read_text())
        next(n for n in pipeline["nodes"] if n["name"] == "export")["params"].update(int8_drop=0.0, name="strict")
        answer = self.patchbay("run", self.write("strict.json", pipeline), "--project", self.folder / "int8", "--json", code=0, timeout=400)
        folder = Path(answer.last()["exports"][0])
        told = json.loads((folder / "measurements.json").read_text())["int8"]
        self.assertEqual(told["saved"], told["drop_points"] <= 0)
        self.assertEqual((folder / "model_int8.onnx").exists(), told["saved"])

    def test_the_report_names_its_files(self):
        self.patchbay("report", self.small, code=0)
        page = (self.small / "report.html").read_text()
        report = json.loads((self.small / "report.json").read_text())
        self.assertIn(f"<td>{report['accuracy']['value']:.3f}</td>", page)
        for file in ("model.onnx", "model_int8.onnx", "net.json", "measurements.json"):
            digest = subprocess.run(["sha256sum", self.small / file], capture_output=True, text=True, check=True).stdout.split()[0]
            self.assertIn(f"<td>{file}</td>", page)
            self.assertIn(digest, page)
        self.assertNotRegex(page, r"<script|src=\"(?!data:)|href=")
        self.assertFalse((self.small / "report.pdf").exists())
        self.assertEqual("Parts of the pictures" in page, bool(report["slices"]))
        marked = self.folder / "<b>marked"
        shutil.copytree(self.small, marked)
        (marked / "net.json").write_text((marked / "net.json").read_text().replace('"disc"', '"<u>q"'))
        report["slices"] = [{"by": "brightness", "name": "<i>dark", "pictures": 20, "right": 15, "accuracy": {**report["accuracy"], "value": .75}}]
        (marked / "report.json").write_text(json.dumps(report))
        self.patchbay("report", marked, "--out", self.folder / "marked.html", code=0)
        page = (self.folder / "marked.html").read_text()
        self.assertIn("<td>&lt;i&gt;dark</td><td>20</td><td>15</td><td>0.750</td>", page)
        self.assertIn("&lt;u&gt;q", page)
        self.assertNotRegex(page, "<u>|<b>")
        self.says(self.patchbay("report", self.folder, code=2), "not an exported model")

    def test_the_report_in_chinese(self):
        out = self.folder / "zh.html"
        self.patchbay("report", self.small, "--language", "zh_CN", "--pdf", "--out", out, code=0)
        page = out.read_text()
        self.assertIn('<html lang="zh-CN">', page)
        for text in ("模型概况", "准确率", "使用限制", "训练部分"):
            self.assertIn(text, page)
        for text in ("What it is", "Limits of use", ">Accuracy<", "percentile bootstrap", "score interval"):
            self.assertNotIn(text, page)
        self.assertTrue((self.folder / "zh.pdf").read_bytes().startswith(b"%PDF-"))
        self.says(self.patchbay("report", self.small, "--language", "../en", code=2), "no texts in")

    def test_the_report_as_pdf(self):
        odd = self.folder / "名字 <b>"
        shutil.copytree(self.small, odd)
        (odd / "net.json").write_text((odd / "net.json").read_text().replace('"disc"', '"圆盘 \\u202e<u>"'))
        (odd / "roc.svg").write_text("<svg viewBox='0 0 1e9 -1'><rect fill='#zz'/><text>\x01</text><image href='file:///etc/passwd'/>")
        (odd / "confusion_matrix.svg").write_bytes(b"\xff" * 1000)
        self.patchbay("report", odd, "--pdf", "--out", self.folder / "proof.html", code=0)
        pdf = (self.folder / "proof.pdf").read_bytes()
        self.assertTrue(pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF"))
        self.assertGreaterEqual(len(re.findall(rb"/Type /Page\b", pdf)), 3)
        self.assertIn(b"/FontFile", pdf, "its fonts are inside")
        self.assertNotIn(b"passwd", pdf)
        self.assertFalse((self.folder / "proof.pdf.part").exists())
        self.patchbay("report", self.small, "--pdf", "--out", self.folder / "small.html", code=0)
        self.assertGreater((self.folder / "small.pdf").stat().st_size, 20_000)
        self.says(self.patchbay("report", self.small, "--pdf", "--out", self.folder / "nowhere" / "x.html", code=2))

    def test_measure_with_decoding(self):
        picture = next((self.small / "test_vectors").glob("*.png"))
        told = json.loads(self.patchbay("measure", self.small, "--seconds", "0.05", "--batch", "1", "--picture", picture, "--json", code=0).out)
        self.assertTrue(told["decoding"])
        self.assertGreater(told["models"][0]["ms"], 0)
        self.says(self.patchbay("measure", self.small, "--picture", self.small / "net.json", code=1), "picture")

    def test_measure_compares_and_picks(self):
        measured = json.loads(self.patchbay("measure", self.small, "--seconds", "0.05", "--batch", "1", "--batch", "2", "--json", "--limit", "100000", code=0).out)
        self.assertEqual([m["precision"] for m in measured["models"]], ["fp32", "int8"])
        for model in measured["models"]:
            self.assertEqual({r["batch"] for r in model["latency"]}, {1, 2})
            for row in model["latency"]:
                self.assertLessEqual(row["p50_ms"], row["p95_ms"])
                self.assertGreaterEqual(row["runs"], 10)
        best = max(m["accuracy"] for m in measured["models"])
        self.assertEqual(measured["models"][measured["pick"]]["accuracy"], best)
        self.assertTrue(measured["models"][1]["front"], "nothing is smaller")
        table = self.patchbay("measure", self.small, "--seconds", "0.05", "--batch", "1", "--threads", "1", "--limit", "0.001", code=0).out
        self.assertIn("pictures/s", table)
        self.assertIn("None takes at most", table)
        self.says(self.patchbay("measure", self.folder, code=2), "not an exported model")


class Reproduce(ServeTest):
    def test_the_same_bytes_here_and_a_change_explained(self):
        data = self.folder / "data"
        pictures(data, 20)
        pipeline = self.write("again.json", export_pipeline(data))
        made = Path(self.patchbay("run", pipeline, "--project", self.folder / "first", "--json", code=0, timeout=400).last()["exports"][0])
        answer = self.patchbay("reproduce", made, "--data", data, code=0, timeout=400)
        self.assertIn("Model:   the same bytes", answer.out)
        self.assertIn("the same pictures and labels", answer.out)
        self.assertIn("Figures: all the same", answer.out)
        # One picture less: other data, and it is named.
        next((data / "disc").iterdir()).unlink()
        changed = json.loads(self.patchbay("reproduce", made, "--data", data, "--json", code=1, timeout=400).out)
        self.assertEqual((changed["same_data"], changed["same_bytes"]), (False, False))
        self.assertIn("Not the same: the data.", changed["reasons"])
        self.assertTrue(any(r.startswith("data.pictures: 40 then, 39 now") for r in changed["reasons"]), changed["reasons"])

    def test_what_cannot_be_repeated(self):
        self.says(self.patchbay("reproduce", self.folder, code=2), "not an exported model")
        lost = self.folder / "lost"
        shutil.copytree(self.export, lost)
        pipeline = json.loads((lost / "pipeline.json").read_text())
        next(n for n in pipeline["nodes"] if n["name"] == "pictures")["params"]["folder"] = str(self.folder / "gone")
        (lost / "pipeline.json").write_text(json.dumps(pipeline))
        self.says(self.patchbay("reproduce", lost, code=1, timeout=400), "does not run here", "--data")


if __name__ == "__main__":
    main([Int8, Reproduce])
