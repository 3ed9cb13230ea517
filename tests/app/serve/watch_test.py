# SPDX-License-Identifier: Apache-2.0
"""`patchbay predict --watch`: every picture once, whatever happens meanwhile."""
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from serve_support import ServeTest, noise, until
import cli_support
from cli_support import draw, main


class WatchTest(ServeTest):
    def watch(self, folder, *words):
        return subprocess.Popen([cli_support.programs / "patchbay", "predict", self.export, "--watch", folder, "--settle", "0.2", *words],
                                stdout=subprocess.DEVNULL, stderr=open(self.folder / "watch.log", "ab"), env=self.environment, cwd=self.folder)

    def finish(self, folder, *words):
        answer = self.patchbay("predict", self.export, "--watch", folder, "--settle", "0.2", "--once", *words, code=0, timeout=1200)
        return answer.out

    def lines(self, out):
        return [json.loads(line) for line in (out / "predictions.jsonl").read_text().splitlines()]

    def assertOnce(self, out, names):
        counted = Counter(line["picture"] for line in self.lines(out))
        self.assertEqual(counted, Counter(names))
        with open(out / "predictions.csv", newline="") as file:
            self.assertEqual(Counter(row["picture"] for row in csv.DictReader(file)), Counter(names))

    def dropped_while_killed(self, count, kills):
        """Files come in while the watcher is killed at any moment and started again."""
        r = random.Random(5)
        source = self.folder / "source"
        source.mkdir()
        for i in range(40):
            draw(source / f"{i}.png", i % 3, i)
        folder, out = self.folder / "in", self.folder / "out"
        (folder / "sub").mkdir(parents=True)
        names, words = [], ("--out", out, "--format", "csv", "--sort", "copy", "--sidecars", "--unsure", "99.9", "--ignore-unlike")
        watcher = self.watch(folder, *words)
        for k in range(kills):
            before = (out / "predictions.jsonl").stat().st_size if (out / "predictions.jsonl").exists() else 0
            for i in range(count * k // kills, count * (k + 1) // kills):
                names.append(f"{'sub/' if i % 3 == 0 else ''}p{i:05}.png")
                # Slowly written, copied under another name first, or put there at once.
                bytes_ = (source / f"{i % 40}.png").read_bytes()
                if i % 3 == 0:
                    with open(folder / names[-1], "wb") as file:
                        file.write(bytes_[:20])
                        file.flush()
                        file.write(bytes_[20:])
                else:
                    (folder / (names[-1] + ".part")).write_bytes(bytes_)
                    os.rename(folder / (names[-1] + ".part"), folder / names[-1])
            # Somewhere in the middle of its work, wherever that is.
            until(lambda: (out / "predictions.jsonl").exists() and (out / "predictions.jsonl").stat().st_size > before, 120)
            time.sleep(r.uniform(0, .3))
            watcher.kill()
            watcher.wait()
            watcher = self.watch(folder, *words)
        watcher.send_signal(signal.SIGTERM)
        self.assertIn(watcher.wait(60), (0, -signal.SIGTERM))  # It may not have come to listen yet.
        self.finish(folder, *words)
        self.assertOnce(out, names)
        for line in self.lines(out):
            self.assertEqual((out / line["sorted"]).read_bytes(), (folder / line["picture"]).read_bytes())
            self.assertTrue((out / "sidecars" / (line["picture"] + ".json")).exists())
            self.assertEqual("look_at_me" in line, line["probability"] < .999)
        self.assertEqual(len([p for p in (out / "sorted").rglob("*") if p.is_file()]), count)
        before = self.lines(out)
        self.assertIn("0 predicted", self.finish(folder, *words))
        self.assertEqual(self.lines(out), before)


class Watch(WatchTest):
    def test_every_picture_once_whenever_it_is_killed(self):
        self.dropped_while_killed(120, 3)

    def test_what_is_made_of_pictures(self):
        folder, out = self.folder / "mixed", self.folder / "mixed.results"
        shutil.copytree(self.shown, folder)
        (folder / "broken.png").write_bytes(b"no picture")
        (folder / ".hidden.png").write_bytes(b"x")
        (folder / "coming.png.part").write_bytes(b"x")
        said = self.finish(folder, "--format", "coco", "--unsure", "100", "--sort", "move")
        self.assertRegex(said, r"12 predicted, 1 could not be read, \d+ unsure")
        lines = {line["picture"]: line for line in self.lines(out)}
        self.assertEqual(len(lines), 13)
        self.assertIn("error", lines["broken.png"])
        for line in lines.values():
            if "error" not in line:
                self.assertFalse((folder / line["picture"]).exists())
                self.assertTrue((out / line["sorted"]).exists())
                self.assertEqual(Path(line["sorted"]).parts[:2], ("sorted", line["class"]))
        coco = json.loads((out / "predictions.coco.json").read_text())
        self.assertEqual((len(coco["images"]), len(coco["annotations"]), [c["name"] for c in coco["categories"]]), (13, 12, ["disc", "square"]))
        # The same answers as without watching.
        shown = [json.loads(x) for x in self.patchbay("predict", self.export, self.shown, "--format", "json", code=0).out.splitlines()]
        for line in shown:
            self.assertEqual(lines[str(Path(line["picture"]).relative_to(self.shown))]["class"], line["class"])
        # A picture of the same name that changed is another picture.
        shutil.copy(self.picture, folder / "broken.png")
        self.assertRegex(self.finish(folder, "--format", "coco"), "^broken.png: .*\n1 predicted")

    def test_unsure_pictures_come_back_as_suggestions(self):
        folder, out = self.folder / "loop", self.folder / "loop.results"
        shutil.copytree(self.shown, folder)
        self.finish(folder, "--unsure", "100", "--ignore-unlike")
        look = out / "look-at-me"
        tasks = json.loads((look / "suggestions.json").read_text())
        certain = sum(line["probability"] >= 1 for line in self.lines(out))
        self.assertEqual(len(tasks), 12 - certain)
        project = self.folder / "suggested"
        self.patchbay("import", look / "suggestions.json", "--project", project, "--copy", code=0)
        state = json.loads(self.patchbay("data", "state", "--project", project, "--json", code=0).out)
        self.assertEqual((state["items"], state["suggested"], state["unlabelled"]), (len(tasks), len(tasks), len(tasks)))

    def test_unlike_pictures_are_put_aside(self):
        folder, out = self.folder / "odd", self.folder / "odd.results"
        shutil.copytree(self.shown, folder)
        noise(folder / "strange.png")
        said = self.finish(folder, "--format", "csv")
        lines = {line["picture"]: line for line in self.lines(out)}
        odd = {name for name, line in lines.items() if line["unlike"]["warning"]}
        self.assertIn("strange.png", odd)
        self.assertIn(f"0 unsure, {len(odd)} unlike the training pictures", said)
        self.assertRegex(said, r"strange.png: .* \([0-9.]+ %\), unlike the training pictures")
        for name, line in lines.items():
            self.assertEqual(line.get("reason"), "unlike" if name in odd else None)
            self.assertEqual("look_at_me" in line, name in odd)
        self.assertEqual((out / lines["strange.png"]["look_at_me"]).read_bytes(), (folder / "strange.png").read_bytes())
        (task,) = [t for t in json.loads((out / "look-at-me" / "suggestions.json").read_text()) if t["data"]["image"] == "strange.png"]
        self.assertEqual(task["meta"]["reason"], "unlike")
        project = self.folder / "strange"
        self.patchbay("import", out / "look-at-me" / "suggestions.json", "--project", project, "--copy", code=0)
        self.assertEqual(json.loads(self.patchbay("data", "state", "--project", project, "--json", code=0).out)["suggested"], len(odd))
        with open(out / "predictions.csv", newline="") as file:
            self.assertEqual({row["picture"] for row in csv.DictReader(file) if row["note"] == "unlike"}, odd)

    def test_only_one_watches(self):
        folder = self.folder / "busy"
        folder.mkdir()
        first = self.watch(folder)
        self.addCleanup(first.wait)
        self.addCleanup(first.kill)
        until(lambda: (self.folder / "busy.results" / "predictions.jsonl").exists())
        self.says(self.patchbay("predict", self.export, "--watch", folder, "--once", code=5), "Another process")

    def test_wrong_words(self):
        self.says(self.patchbay("predict", self.export, "--watch", self.folder / "nowhere", code=2), "no folder")
        self.says(self.patchbay("predict", self.export, self.shown, "--watch", self.folder, code=2), "one or the other")
        self.says(self.patchbay("predict", self.export, self.shown, "--format", "coco", code=2), "--once")
        self.patchbay("predict", self.export, self.shown, "--once", code=2)


class Many(WatchTest):
    def test_ten_thousand_files_and_twenty_kills(self):
        self.dropped_while_killed(10_000, 20)


if __name__ == "__main__":
    main([Watch, Many])
