# SPDX-License-Identifier: Apache-2.0
"""The command line as a user meets it: the real program, engine and worker on small drawn pictures."""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import cli_support
from cli_support import CliTest, descendants, document, draw, main, node, pictures, png, probe_pipeline, tuning_pipeline

COMMANDS = ("run", "plan", "check", "templates", "new", "blocks", "block", "predict", "convert", "runs", "show", "gc", "data", "doctor", "version",
            "completion", "manual")


class Usage(CliTest):
    def test_every_command_explains_itself(self):
        everything = self.patchbay("--help", code=0).out
        for command in COMMANDS:
            self.assertIn(command, everything)
            text = self.patchbay(command, "--help", code=0).out
            self.assertIn("patchbay " + command, text)
            self.assertIn("--help", text)
            self.assertNotRegex(text, r"NONNEGATIVE|POSITIVE|\[b, kb")
        self.assertRegex(everything, "130 cancelled")

    def test_what_is_misspelt_is_named_with_what_was_probably_meant(self):
        folder = pictures(self.folder / "few", 2)
        run = ("run", "classify-folder", "--project", self.folder / "usage", "--set", f"pictures.folder={folder}")
        for words, meant in ((("rnu", "classify-folder"), '"run"'), (("run", "classify-folder", "--projct", "x"), '"--project"'),
                             (("run", "clasify-folder"), '"classify-folder"'), (("block", "linear_prob"), "linear_probe"),
                             ((*run, "--set", "fine_tun.epochs=2"), '"fine_tune"'), ((*run, "--set", "fine_tune.epoch=2"), '"epochs"'),
                             ((*run, "--set", "fine_tune.method=fulll"), '"full"'), ((*run, "--to", "evaluat"), '"evaluate"'),
                             (("plan", *run[1:], "--to", "evaluat"), '"evaluate"'), (("check", *run[1:], "--set", "fine_tun.epochs=2"), '"fine_tune"')):
            answer = self.patchbay(*words, code=2)
            self.says(answer, "Did you mean .*" + meant)
            self.assertEqual(answer.out, "")

    def test_words_that_cannot_be_are_refused_before_anything_runs(self):
        for words in ((), ("run",), ("run", "solar-cells", "--device", "gpu"), ("run", "solar-cells", "--seed", "-1"),
                      ("run", "solar-cells", "--progress", "loud"), ("run", "missing.json"), ("new", "solar-cells"), ("gc", "--budget", "much"),
                      ("show",), ("run", "solar-cells", "more"), ("run", "solar-cells", "--set", "fine_tune.epochs"), ("runs", "--project", "nowhere")):
            self.says(self.patchbay(*words, code=2))

    def test_machine_and_catalogue(self):
        self.assertRegex(self.patchbay("version", code=0).out, r"^patchbay \d+\.\d+\.\d+\n$")
        self.assertEqual(self.patchbay("--version", code=0).out, self.patchbay("version").out)
        doctor = self.patchbay("doctor", code=0).out
        self.assertRegex(doctor, r"LibTorch \d+\.\d+.*OpenVINO 20\d\d\.\d.*OpenCV \d+\.\d+")
        self.assertNotRegex(doctor, r"[0-9a-f]{32}")
        self.assertRegex(doctor, "(?m)^speed ")
        self.assertTrue(json.loads(self.patchbay("doctor", "--json", code=0).out)["findings"])
        names = {t["name"] for t in json.loads(self.patchbay("templates", "--json", code=0).out)}
        self.assertEqual(names, {"solar-cells", "solar-cells-evidence", "classify-folder", "few-labels", "compare-backbones", "predict-folder",
                                 "find-label-errors", "several-labels"})
        for schema in json.loads(self.patchbay("blocks", "--json", code=0).out):
            self.assertIn("Parameters", self.patchbay("block", schema["id"], code=0).out)

    def test_new_pipeline_never_overwrites(self):
        file = self.folder / "mine.json"
        self.assertIn("patchbay run", self.patchbay("new", "classify-folder", file, code=0).out)
        before = file.read_bytes()
        self.says(self.patchbay("new", "few-labels", file, code=2), "exists already")
        self.assertEqual(file.read_bytes(), before)

    def test_completion_and_manual(self):
        script = self.patchbay("completion", "bash", code=0).out
        asked = script + '\nCOMP_WORDS=(patchbay run --pro); COMP_CWORD=2; _patchbay; printf "%s\\n" "${COMPREPLY[@]}"' + \
            '\nCOMP_WORDS=(patchbay ru); COMP_CWORD=1; _patchbay; printf "%s\\n" "${COMPREPLY[@]}"'
        words = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(sorted(words), ["--progress", "--project", "run", "runs"])
        page = self.patchbay("manual", code=0).out
        if shutil.which("groff"):
            shown = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True)
            text = re.sub(".\b", "", shown.stdout)
            self.assertEqual(shown.stderr, "")
            for command in COMMANDS:
                self.assertIn(command, text)


class Cache(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pictures = pictures(cls.folder / "pictures", 12)

    def project(self, name):
        """A fresh project with the probe pipeline, run once."""
        file = self.write(name + "/test.json", probe_pipeline(self.pictures))
        project = self.folder / name / "project"
        first = self.patchbay("run", file, "--project", project, "--json", code=0)
        return file, project, first

    def run_again(self, file, project, *words, code=0):
        return self.patchbay("run", file, "--project", project, "--json", *words, code=code)

    def test_json_lines_and_a_second_run_without_workers(self):
        file, project, first = self.project("second")
        last = first.last()
        self.assertEqual(last["status"], "done")
        self.assertEqual(set(first.states().values()), {"ran"})
        for block in last["blocks"]:
            self.assertEqual(set(block) & {"id", "name", "state", "seconds", "reason"}, {"id", "name", "state", "seconds", "reason"})
            self.assertIsInstance(block["reason"], str)
        self.assertEqual(last["exports"], [])
        self.assertTrue(0 <= last["metrics"]["evaluate.accuracy"] <= 1)
        for name, value in last["metrics"].items():
            self.assertIn(".", name)
            self.assertTrue(value is None or isinstance(value, (int, float)), name)
        self.assertEqual(first.items("embed"), (24, 0))
        # A fresh engine, so that any worker or zygote would be one this run started.
        (engine,) = self.engines(project)
        os.kill(engine, signal.SIGTERM)
        while self.engines(project):
            time.sleep(.02)
        began = time.monotonic()
        second = self.run_again(file, project)
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(set(second.states().values()), {"cached"})
        self.assertEqual(second.last()["metrics"], last["metrics"])
        (engine,) = self.engines(project)
        self.assertEqual(descendants(engine), set(), "no worker is started when everything is cached")

    def test_a_changed_parameter_is_named_and_nothing_before_it_runs(self):
        file, project, _ = self.project("parameter")
        plan = self.patchbay("plan", file, "--project", project, "--explain", "--set", "probe.c=0.5", code=0).out
        self.assertRegex(plan, r"(?m)^embed +cached$")
        self.assertRegex(plan, r"(?m)^probe +runs +.*from 0\.01 to 0\.5")
        self.assertRegex(plan, r"(?m)^evaluate +waits +it runs if probe gives another result$")
        again = self.run_again(file, project, "--set", "probe.c=0.5")
        self.assertEqual([again.states()[n] for n in ("pictures", "split", "embed", "probe")], ["cached", "cached", "cached", "ran"])
        self.assertRegex(next(b["reason"] for b in again.last()["blocks"] if b["name"] == "probe"), r"from 0\.01 to 0\.5")
        plain = self.patchbay("run", file, "--project", project, "--set", "probe.c=0.25")
        self.assertRegex(plain.err, r"probe: runs again: .*from 0\.5 to 0\.25")

    def test_titles_and_positions_run_nothing(self):
        file, project, _ = self.project("title")
        changed = json.loads(file.read_text())
        changed["title"] = "Another title"
        for n in changed["nodes"]:
            n["title"], n["pos"] = "Another", [500, 500]
        file.write_text(json.dumps(changed))
        self.assertEqual(set(self.run_again(file, project).states().values()), {"cached"})

    def test_added_moved_and_changed_pictures(self):
        folder = pictures(self.folder / "growing", 12)
        file = self.write("growing.json", probe_pipeline(folder))
        project = self.folder / "growing-project"
        self.run_again(file, project)
        pictures(folder, 5, seed=1)
        plan = self.patchbay("plan", file, "--project", project, "--explain", code=0).out
        self.assertRegex(plan, r"(?m)^pictures +runs .*\b10\b.* added")
        added = self.run_again(file, project)
        self.assertEqual(added.items("embed"), (10, 24))
        self.assertEqual(added.states()["backbone"], "cached")
        # Relabelling: the same bytes under another class.
        moved = sorted((folder / "disc").iterdir())[0]
        moved.rename(folder / "square" / moved.name)
        relabelled = self.run_again(file, project)
        self.assertEqual(relabelled.states()["pictures"], "ran")
        self.assertEqual(relabelled.items("embed")[0], 0)
        self.assertEqual(relabelled.states()["probe"], "ran")
        draw(folder / "square" / moved.name, 1, 4711, size=44)
        plan = self.patchbay("plan", file, "--project", project, "--explain", code=0).out
        self.assertRegex(plan, rf"(?m)^pictures +runs .*{moved.name}.* changed")
        self.assertEqual(self.run_again(file, project).items("embed"), (1, 33))

    def test_a_finished_export_is_not_written_again(self):
        pipeline = probe_pipeline(self.pictures)
        pipeline["nodes"].append(node("table", "deploy.write_predictions"))
        pipeline["links"] += [{"from": ["probe", "predictions"], "to": ["table", "predictions"]}, {"from": ["pictures", "data"], "to": ["table", "data"]}]
        file, project = self.write("export.json", pipeline), self.folder / "export-project"
        (exported,) = self.run_again(file, project).last()["exports"]
        self.assertTrue((Path(exported) / "predictions.csv").read_text().startswith("picture,"))
        second = self.run_again(file, project)
        self.assertEqual((second.states()["table"], second.last()["exports"]), ("cached", [exported]))
        # Another run replaces the folder: the first result is then no longer what lies there.
        one = (Path(exported) / "predictions.csv").read_text()
        self.run_again(file, project, "--set", "probe.c=0.001")
        back = self.run_again(file, project)
        self.assertEqual((back.states()["probe"], back.states()["table"]), ("cached", "ran"))
        self.assertEqual((Path(exported) / "predictions.csv").read_text(), one)
        shutil.rmtree(exported)
        self.assertIn("no longer there", self.patchbay("plan", file, "--project", project, "--explain").out)

    def test_two_clients_share_the_work_and_see_the_same(self):
        file, project = self.write("two.json", probe_pipeline(self.pictures)), self.folder / "two-project"
        answers = []
        clients = [threading.Thread(target=lambda: answers.append(self.run_again(file, project))) for _ in range(2)]
        for c in clients:
            c.start()
        for c in clients:
            c.join()
        self.assertEqual(sum(a.items("embed")[0] for a in answers if a.states()["embed"] == "ran"), 24)
        self.assertEqual(answers[0].last()["metrics"], answers[1].last()["metrics"])
        runs = json.loads(self.patchbay("runs", "--project", project, "--json", code=0).out)
        self.assertEqual({r["run"] for r in runs}, {a.last()["run"] for a in answers})
        shown = self.patchbay("show", answers[0].last()["run"], "--project", project, code=0).out
        self.assertIn("accuracy", shown)
        self.assertIn("0 objects", self.patchbay("gc", "--dry-run", "--project", project, code=0).out)


class Stopping(CliTest):
    def test_stopped_killed_and_resumed(self):
        file, project = self.write("long.json", tuning_pipeline(pictures(self.folder / "pictures", 10), 3000)), self.folder / "project"

        def until_training(run):
            for line in run.stdout:
                event = json.loads(line)
                if event.get("event") == "progress" and event["phase"]["source"].startswith("Training") and event["done"] > 3:
                    return
            self.fail(run.stderr.read().decode())

        run = self.start("run", file, "--project", project, "--json")
        until_training(run)
        # A second client sees the run of the first.
        (seen,) = json.loads(self.patchbay("runs", "--project", project, "--json", code=0).out)
        self.assertEqual(seen["state"], "running")
        self.assertIn("fine_tune: running", self.patchbay("show", "--project", project, code=0).out)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
        self.assertEqual(run.returncode, 130, err)
        self.assertIn(b"Stopping", err)
        self.assertEqual(json.loads(out.splitlines()[-1])["status"], "cancelled")

        run = self.start("run", file, "--project", project, "--json")
        until_training(run)
        began = time.monotonic()
        run.send_signal(signal.SIGINT)
        time.sleep(.3)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=30)
        self.assertEqual(run.returncode, 130)
        self.assertLess(time.monotonic() - began, 5)

        # The engine dies in the middle: the client says so, and the next run takes up what is left.
        run = self.start("run", file, "--project", project, "--json")
        until_training(run)
        (engine,) = self.engines(project)
        os.kill(engine, signal.SIGKILL)
        out, err = run.communicate(timeout=30)
        self.assertEqual(run.returncode, 4, err)
        self.assertEqual(json.loads(out.splitlines()[-1])["status"], "error")
        again = self.patchbay("run", file, "--project", project, "--json", "--set", "fine_tune.epochs=2", code=0)
        self.assertEqual([again.states()[n] for n in ("pictures", "split", "backbone", "fine_tune")], ["cached", "cached", "cached", "ran"])
        states = [r["state"] for r in json.loads(self.patchbay("runs", "--project", project, "--json", code=0).out)]
        self.assertEqual(states, ["done", "interrupted", "cancelled", "cancelled"])


class BadInput(CliTest):
    def run_folder(self, folder, *words, code=1, name="project"):
        return self.patchbay("run", self.write(name + ".json", probe_pipeline(folder)), "--project", self.folder / name, *words, code=code)

    def test_all_problems_of_a_pipeline_at_once(self):
        pipeline = probe_pipeline("x")
        pipeline["nodes"].append(node("odd", "nobody.knows"))
        pipeline["nodes"][4]["params"] = {"c": -1, "strenght": "fixed"}
        pipeline["links"].pop(0)
        file = self.write("wrong.json", pipeline)
        before = file.read_bytes()
        for command in ("check", "run", "plan"):
            answer = self.patchbay(command, file, "--project", self.folder / "wrong", code=3)
            self.says(answer, "odd: .*not installed", r"probe\.c: ", "split.data")
            self.assertIn("strenght", answer.err)
        self.assertEqual(file.read_bytes(), before)
        last = self.patchbay("run", file, "--project", self.folder / "wrong", "--json", code=3).last()
        self.assertEqual((last["status"], last["metrics"], last["exports"]), ("invalid", {}, []))
        self.assertGreaterEqual(len(last["problems"]), 3)
        file.write_text('{"version": 1, "nodes": [')
        self.says(self.patchbay("check", file, "--project", self.folder / "wrong", code=3))

    def test_folders_that_cannot_be_learned_from(self):
        (self.folder / "empty").mkdir()
        for name, words in (("missing", r"pictures\.folder: The folder .* does not exist"), ("empty", r"pictures\.folder: .*is empty")):
            # Known before anything runs, and by `check` as well.
            self.says(self.run_folder(self.folder / name, name="p-" + name, code=3), words)
            file, project = self.folder / f"p-{name}.json", self.folder / f"p-{name}"
            self.says(self.patchbay("check", file, "--project", project, code=3), words)
            problems = self.patchbay("check", file, "--project", project, "--json", code=3).last()["problems"]
            self.assertEqual([(p["code"], p["name"], p["param"]) for p in problems], [(f"path.{name}", "pictures", "folder")])
        self.says(self.run_folder(pictures(self.folder / "one", 4, ("disc",)), name="p-one"), "class")
        lonely = pictures(self.folder / "lonely", 5)
        for extra in sorted((lonely / "square").iterdir())[1:]:
            extra.unlink()
        answer = self.run_folder(lonely, name="p-lonely", code=None)
        if answer.code != 0:
            self.says(answer, "square")

    def test_odd_names_and_unreadable_pictures(self):
        folder = pictures(self.folder / "odd", 8)
        odd = [b"\xff\xfe raw.png", "\u592a\u9633\u80fd 'q\" \n*?.png".encode(), b"-rf $(touch x).png", "\u00e9" .encode() * 100 + b".png"]
        for i, name in enumerate(odd):
            draw(self.folder / "tmp.png", 0, 50 + i)
            os.rename(self.folder / "tmp.png", os.path.join(os.fsencode(folder / "disc"), name))
        png(folder / "disc" / "huge.png", 1, 1, [[0, 0, 0]], header=(60000, 60000))
        png(folder / "disc" / "bomb.png", 20000, 20000, [b"\0" * 60000] * 50)
        whole = sorted((folder / "square").iterdir())[0].read_bytes()
        (folder / "square" / "cut.png").write_bytes(whole[: len(whole) // 2])
        (folder / "square" / "text.jpg").write_text("no picture")
        (folder / "loop").symlink_to(folder)
        answer = self.run_folder(folder, "--json", name="p-odd", code=0)
        self.assertEqual(answer.last()["status"], "done")
        self.assertEqual(answer.items("embed")[0], 16 + len(odd))

    def test_weights_that_are_no_weights(self):
        folder = pictures(self.folder / "fine", 3)
        pickled = b"\x80\x02cos\nsystem\nq\x00X\x0c\x00\x00\x00touch hackedq\x01\x85q\x02Rq\x03."
        header = json.dumps({n: {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]} for n in ("a", "b")}).encode()
        for name, content in (("evil.pth", pickled), ("overlap.safetensors", len(header).to_bytes(8, "little") + header + b"\0" * 16), ("empty.pth", b"")):
            (self.folder / name).write_bytes(content)
            # That a file is empty is known before anything runs.
            self.says(self.run_folder(folder, "--set", f"backbone.weights={self.folder / name}", name="p-weights",
                                      code=1 if content else 3), "backbone")
            self.says(self.patchbay("convert", self.folder / name, self.folder / "out.safetensors", code=1))
        self.assertFalse((self.folder / "out.safetensors").exists())
        self.assertEqual(list(self.folder.rglob("hacked")), [])
        self.says(self.patchbay("predict", self.folder / "fine", folder / "disc", code=2), "not an exported model")

    def test_a_model_that_points_outside_its_folder(self):
        def field(number, content):  # Protocol buffers: a number, or bytes with their length.
            if isinstance(content, int):
                return bytes([number << 3, content])
            return bytes([number << 3 | 2, len(content)]) + content

        location = field(13, field(1, b"location") + field(2, b"../../secret"))
        tensor = field(1, 4) + field(2, 1) + field(8, b"w") + location + field(14, 1)
        exported = self.folder / "outside" / "model"
        exported.mkdir(parents=True)
        (exported / "model.onnx").write_bytes(field(1, 8) + field(7, field(2, b"g") + field(5, tensor)) + field(8, field(2, 17)))
        (self.folder / "secret").write_bytes(b"\0" * 16)
        picture = self.folder / "picture.png"
        draw(picture, 0, 1)
        answer = self.patchbay("predict", exported, picture, code=1)
        self.says(answer, "(?i)outside|beside|external|another file|not an exported model")

    def test_projects_that_cannot_be_used(self):
        folder = pictures(self.folder / "some", 4)
        file, project = self.write("use.json", probe_pipeline(folder)), self.folder / "use"
        told, tells = os.pipe()
        staying = subprocess.Popen([cli_support.programs / "patchbay-engine", "--status-fd", str(tells), "--stay", project], env=self.environment,
                                   pass_fds=(tells,))
        self.addCleanup(staying.wait)
        self.addCleanup(staying.terminate)  # before it is waited for
        os.close(tells)
        with os.fdopen(told) as status:
            self.assertEqual(json.loads(status.readline()), {"ready": True})  # or the run below would start another engine
        self.patchbay("run", file, "--project", project, "--to", "split", code=0)
        # Another engine owns it, on a socket this client cannot see.
        elsewhere = self.folder / "r"  # as short as may be, or the socket goes to the same place as the other one
        elsewhere.mkdir(mode=0o700)
        busy = self.patchbay("run", file, "--project", project, "--json", code=5, environment={"XDG_RUNTIME_DIR": str(elsewhere)})
        self.says(busy, "(?i)another|engine")
        self.assertEqual(busy.last()["status"], "error")
        # An engine that hangs.
        while len(self.engines(project)) > 1:  # The refused one says so before it is gone.
            time.sleep(.02)
        (engine,) = self.engines(project)
        os.kill(engine, signal.SIGSTOP)
        try:
            self.says(self.patchbay("runs", "--project", project, code=4), "does not answer")
        finally:
            os.kill(engine, signal.SIGCONT)
        os.kill(engine, signal.SIGTERM)
        while self.engines(project):
            time.sleep(.02)
        with sqlite3.connect(project / "project.db") as db:
            db.execute("PRAGMA user_version = 9999")
        db.close()
        before = (project / "project.db").read_bytes()
        self.says(self.patchbay("run", file, "--project", project, code=5), "(?i)newer")
        self.assertEqual((project / "project.db").read_bytes(), before)

    def test_a_run_that_finds_the_disk_full_waits_and_goes_on(self):
        small = self.folder / "tight"
        small.mkdir()
        folder = pictures(self.folder / "some", 10)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small], capture_output=True).returncode != 0:
            self.skipTest("NOT TESTED: a disk that fills up; mounting a tmpfs is not allowed here")
        project = small / "project"
        try:
            file = self.write("tight.json", probe_pipeline(folder))

            def paused():
                run = self.start("run", file, "--project", project, "--json")
                for line in run.stdout:
                    event = json.loads(line)
                    if event.get("event") == "paused":
                        return run, event
                self.fail(run.stderr.read().decode())

            # The network has 13 MB: it never fits. Ctrl+C works while nothing does.
            run, _ = paused()
            run.send_signal(signal.SIGINT)
            out, err = run.communicate(timeout=30)
            self.assertEqual(run.returncode, 130, err)
            self.assertEqual(json.loads(out.splitlines()[-1])["status"], "cancelled")
            # With a larger disk it goes on by itself.
            run, event = paused()
            self.assertEqual(event["folder"], str(project))
            self.assertLess(event["free_bytes"], event["wanted_bytes"])
            self.assertIn("goes on by itself", event["hint"]["source"])
            subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
            out, err = run.communicate(timeout=60)
            self.assertEqual(run.returncode, 0, err)
            self.assertIn('"resumed"', out.decode())
            self.assertEqual({b["state"] for b in json.loads(out.splitlines()[-1])["blocks"]}, {"ran", "cached"})
        finally:
            for pid in self.engines(project):
                os.kill(pid, signal.SIGTERM)
            while self.engines(project):
                time.sleep(.02)
            subprocess.run(["umount", "-l", small], check=True)

    def test_a_full_disk_and_a_read_only_project(self):
        small = self.folder / "small"
        small.mkdir()
        folder = pictures(self.folder / "many", 20)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small], capture_output=True).returncode != 0:
            self.skipTest("NOT TESTED: a full disk; mounting a tmpfs is not allowed here")
        try:
            file = self.write("full.json", probe_pipeline(folder))
            self.patchbay("run", file, "--project", small / "project", "--to", "split", code=0)
            free = os.statvfs(small).f_bavail * os.statvfs(small).f_frsize
            (small / "fill").write_bytes(b"\0" * (free - 200_000))
            self.says(self.patchbay("run", file, "--project", small / "project", code=1), "(?i)full|space")
            (small / "fill").unlink()
            self.patchbay("run", file, "--project", small / "project", "--to", "split", code=0)
            subprocess.run(["mount", "-o", "remount,ro", small], capture_output=True)
            for pid in self.engines(small / "project"):
                os.kill(pid, signal.SIGTERM)
            while self.engines(small / "project"):
                time.sleep(.02)
            subprocess.run(["mount", "-o", "remount,ro", small], check=True)
            self.says(self.patchbay("run", file, "--project", small / "project", code=1), "read-only")
        finally:
            for pid in self.engines(small / "project"):
                os.kill(pid, signal.SIGKILL)
            time.sleep(.2)
            subprocess.run(["umount", "-l", small], check=False)


if __name__ == "__main__":
    main([Usage, Cache, Stopping, BadInput])
