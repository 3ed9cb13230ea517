# SPDX-License-Identifier: Apache-2.0
"""`patchbay run --on NAME`: the same pipeline here, behind a real sshd and on a real cluster, and under random kills."""
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli_support  # noqa: E402
from cli_support import CliTest, document, main, pictures  # noqa: E402
from servers import Slurm, Ssh, kill, kill_all_in, processes_in, wait_for  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


class Machines(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ssh = cls.slurm = None
        cls.box, cls.shared = cls.folder / "box", cls.folder / "shared"
        try:
            cls.slurm = Slurm(cls.folder / "slurm")
            cls.ssh = Ssh(cls.folder / "ssh", {"SLURM_CONF": cls.slurm.env["SLURM_CONF"], "PATCHBAY_SQUEUE_SECONDS": "5"})
        except BaseException:
            cls.tearDownClass()
            raise
        cls.environment.update(PATCHBAY_SSH_CONFIG=str(cls.ssh.config), SLURM_CONF=cls.slurm.env["SLURM_CONF"], PATCHBAY_SQUEUE_SECONDS="5")
        cls.pictures = pictures(cls.folder / "drawn", 8, ("disc", "square", "triangle"))

    @classmethod
    def tearDownClass(cls):
        for pid in cls.engines():
            kill(pid)
        for server in (cls.slurm, cls.ssh):
            if server:
                server.stop()
        for folder in (cls.box, cls.shared):
            kill_all_in(folder)
        super().tearDownClass()

    def add_both(self):
        self.patchbay("machines", "add", "gpu-box", "box", "--folder", self.box, code=0)
        self.patchbay("machines", "install", "gpu-box", "--yes", code=0, timeout=300)
        self.patchbay("machines", "add", "cluster", "--kind", "slurm", "--folder", self.shared, "--memory", "2500", code=0)


class ThreePlaces(Machines):
    def test_everything_as_the_readme_says(self):
        readme = (ROOT / "README.md").read_text()
        box = re.search(r"## Use a GPU box\n(.*?)\n## ", readme, re.S).group(1)
        cluster = re.search(r"## Use a cluster\n(.*?)\n## ", readme, re.S).group(1)
        said = {}
        for section in (box, cluster):
            self.assertLess(len(section.splitlines()), 15)
            for line in re.search(r"```\n(.*?)```", section, re.S).group(1).splitlines():
                words = line.split("#")[0].split()
                self.assertEqual(words[0], "patchbay")
                # The host and the folder are the reader's; everything else is as written.
                if words[1:3] == ["machines", "add"]:
                    words += ["--folder", str(self.box if "slurm" not in words else self.shared)]
                if "install" in words:
                    words.append("--yes")
                if words[1] == "run":
                    words += ["--project", str(self.folder / ("project-" + words[-1])), "--set", f"pictures.folder={self.pictures}", "--set",
                              "fine_tune.epochs=1", "--json"]
                answer = self.patchbay(*words[1:], code=0, timeout=600)
                said[line.split("#")[0].strip()] = answer
        tests = [answer.out for line, answer in said.items() if line.startswith("patchbay machines test")]
        self.assertIn("cores", tests[0])
        self.assertIn("Ready:", tests[0])
        self.assertRegex(tests[1], r"partition +main \(up\): 1 node")
        self.assertIn("Ready:", tests[1])
        # The heavy part ran over there.
        self.assertTrue(list((self.box / "objects").glob("*/*")))
        self.assertTrue(list((self.shared / "objects").glob("*/*")))
        here = self.patchbay("run", "classify-folder", "--on", "local", "--project", self.folder / "project-local", "--set",
                             f"pictures.folder={self.pictures}", "--set", "fine_tune.epochs=1", "--json", code=0, timeout=600).last()
        runs = [answer.last() for line, answer in said.items() if line.startswith("patchbay run")] + [here]
        weights = [hashlib.sha256((Path(run["exports"][0]) / "model.safetensors").read_bytes()).hexdigest() for run in runs]
        self.assertEqual(len(weights), 3)
        self.assertEqual(len(set(weights)), 1, "byte-equal weights in three places")


def patient_pipeline():
    """Three passes of two steps that want a whole machine and mostly sleep; the last one, here, joins them."""
    pause = {"sleep_ms": 40}
    nodes = [{"id": name, "name": name, "type": f"toy.{kind}", "type_version": 1, "params": params, "pos": [0, 0], "mode": "normal"}
             for name, kind, params in (("first", "patient", {**pause, "steps": 40}), ("second", "patient", {**pause, "steps": 30}), ("all", "join", {}))]
    out = document(nodes, ["first.chain -> second.before", "second.chain -> all.texts"])
    out["groups"] = [{"id": "passes", "title": "Passes", "kind": "for-each", "nodes": ["first", "second"],
                      "axes": [{"name": "steps", "bind": ["first.steps"], "values": [38, 40, 42]}]}]
    return out


def claimed_in(attempts):
    """Processes that have an attempt; folders come and go meanwhile."""
    out = set()
    for claim in attempts.glob("*/claim"):
        try:
            out.add(json.loads(claim.read_text())["pid"])
        except OSError:
            pass
    return out


class Patient(Machines):
    """With the blocks that want a whole machine and mostly sleep."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        toy = cli_support.programs.parent / "tests" / "packs" / "toy.so"
        packs = cls.folder / "packs.json"
        packs.write_text(json.dumps([{"path": str(toy), "digest": hashlib.sha256(toy.read_bytes()).hexdigest()}]))
        cls.environment.update(PATCHBAY_PACKS=str(packs))
        cls.pipeline = cls.folder / "patient.json"
        cls.pipeline.write_text(json.dumps(patient_pipeline()))

    def objects_of(self, project):
        """What was made, by digest."""
        shown = json.loads(self.patchbay("show", "--project", self.folder / project, "--json", code=0).out.splitlines()[-1])
        return sorted((s["name"], json.dumps(s.get("outputs", s.get("key")))) for s in shown["steps"])


class Stopped(Patient):
    def test_an_engine_that_stands_still_finds_everything_done(self):
        self.add_both()
        project = self.folder / "stopped"
        client = self.start("run", self.pipeline, "--project", project, "--on", "gpu-box", "--json")
        self.assertTrue(wait_for(lambda: claimed_in(self.box / "attempts")), "a job runs over there")
        for pid in self.engines(project):
            kill(pid, signal.SIGSTOP)
        first = next((self.box / "attempts").glob("*/claim")).parent / "result.json"
        self.assertTrue(wait_for(first.exists), "the job needs no engine")
        # All that is said meanwhile waits. That the engine does not take its own sleep for the silence of jobs is tried in engine/run.
        time.sleep(20)
        for pid in self.engines(project):
            kill(pid, signal.SIGCONT)
        out, said = client.communicate(timeout=300)
        self.assertEqual(client.returncode, 0, said)
        states = {b["name"]: b["state"] for b in json.loads(out.decode().splitlines()[-1])["blocks"]}
        self.assertEqual(set(states.values()), {"ran"}, states)
        events = [json.loads(line) for line in out.decode().splitlines()]
        for name in states:
            ran = [e for e in events if e.get("event") == "step" and e["name"] == name and e["state"] == "ran"]
            self.assertEqual(len(ran), 1, f"{name} is published once")


class Chaos(Patient):
    """Kills at random; PATCHBAY_CHAOS_PLACE is gpu-box or cluster."""

    def test_random_kills_end_with_the_same_objects(self):
        place = os.environ.get("PATCHBAY_CHAOS_PLACE", "gpu-box")
        kills = int(os.environ.get("PATCHBAY_CHAOS_KILLS", "6"))
        seed = int(os.environ.get("PATCHBAY_CHAOS_SEED", str(random.randrange(10**6))))
        print("seed", seed, place)
        draw = random.Random(seed)
        self.add_both()
        self.patchbay("run", self.pipeline, "--project", self.folder / "calm", "--on", "local", "--json", code=0, timeout=120)
        want = self.objects_of("calm")
        victims = ["engine", "channel", "supervisor", "worker"] + (["slurmctld", "slurmd", "slurmstepd"] if place == "cluster" else [])
        struck = dict.fromkeys(victims, 0)
        for round_number in range(1000):
            if sum(struck.values()) >= kills:
                break
            project = f"storm{round_number}"
            finished = threading.Event()
            result = {}

            def work():
                for _ in range(8):
                    answer = self.patchbay("run", self.pipeline, "--project", self.folder / project, "--on", place, "--json", timeout=600)
                    if answer.code == 0:
                        result["last"] = answer.last()
                        break
                    result["said"] = answer.err
                finished.set()

            thread = threading.Thread(target=work)
            thread.start()
            mine = 0
            while not finished.wait(draw.uniform(.3, 2)) and mine < 6 and sum(struck.values()) < kills:
                victim = draw.choice(victims)
                if self.strike(victim, place, self.folder / project, draw):
                    struck[victim] += 1
                    mine += 1
            thread.join()
            self.assertIn("last", result, f"seed {seed}, {place}: {result.get('said')}")
            self.assertEqual(self.objects_of(project), want, f"seed {seed}, {place}")
            shutil.rmtree(self.folder / project, ignore_errors=True)
        print("struck", struck)
        for pid in self.engines():
            kill(pid, 15)
        left = []
        for _ in range(300):
            left = [line for folder in (self.box, self.shared) for line in processes_in(folder).values() if "patchbay-job" in line or " job " in line]
            if not left:
                break
            time.sleep(.2)
        self.assertEqual(left, [], "nothing runs on")
        if place == "cluster":
            self.assertTrue(wait_for(lambda: self.slurm.ask("squeue", "-h", "-a", "-t", "PENDING,RUNNING", "-o", "%i") == "", 120), "no job is left in the queue")

    def strike(self, victim, place, project, draw):
        far = self.box if place == "gpu-box" else self.shared
        lines = processes_in(far)
        if victim == "engine":
            pids = [pid for pid, line in processes_in(project).items() if "patchbay-engine" in line]
        elif victim == "channel":
            pids = [pid for pid, line in processes_in(self.ssh.folder).items() if line.startswith("ssh ")] if place == "gpu-box" else \
                   [pid for pid, line in lines.items() if " agent " in line]
        elif victim == "supervisor":
            pids = [pid for pid, line in lines.items() if " supervise " in line]
        elif victim == "worker":
            pids = [pid for pid in lines if pid in claimed_in(far / "attempts")]
        elif victim == "slurmstepd":
            pids = [pid for pid, line in processes_in(self.slurm.folder).items() if line.startswith("slurmstepd: [")]
        elif victim == "slurmctld":
            self.slurm.controller.kill()
            self.slurm.controller.wait()
            self.slurm.start_controller()
            return True
        else:
            self.slurm.slurmd.kill()
            self.slurm.slurmd.wait()
            self.slurm.start_node()
            return True
        if pids:
            kill(draw.choice(sorted(pids)))
        return bool(pids)


if __name__ == "__main__":
    main([ThreePlaces, Stopped, Chaos])
