# SPDX-License-Identifier: Apache-2.0
"""`patchbay run --on NAME`: the same pipeline here, behind a real sshd and on a real cluster, and under random kills."""
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli_support  # noqa: E402
from cli_support import CliTest, main, pictures, tuning_pipeline  # noqa: E402
from servers import Slurm, Ssh, kill, kill_all_in, processes_in  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


class Machines(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ssh = cls.slurm = None
        cls.box, cls.shared = cls.folder / "box", cls.folder / "shared"
        try:
            cls.ssh = Ssh(cls.folder / "ssh")
            cls.slurm = Slurm(cls.folder / "slurm")
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
                    if "slurm" in words:
                        words.remove("login")
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
        self.assertIn("partition", tests[1])
        # The heavy part ran over there.
        self.assertTrue(list((self.box / "objects").glob("*/*")))
        self.assertTrue(list((self.shared / "objects").glob("*/*")))
        here = self.patchbay("run", "classify-folder", "--on", "local", "--project", self.folder / "project-local", "--set",
                             f"pictures.folder={self.pictures}", "--set", "fine_tune.epochs=1", "--json", code=0, timeout=600).last()
        runs = [answer.last() for line, answer in said.items() if line.startswith("patchbay run")] + [here]
        weights = [hashlib.sha256((Path(run["exports"][0]) / "model.safetensors").read_bytes()).hexdigest() for run in runs]
        self.assertEqual(len(weights), 3)
        self.assertEqual(len(set(weights)), 1, "byte-equal weights in three places")


class Chaos(Machines):
    def test_random_kills_end_with_the_same_objects(self):
        kills = int(os.environ.get("PATCHBAY_CHAOS_KILLS", "6"))
        seed = int(os.environ.get("PATCHBAY_CHAOS_SEED", str(random.randrange(10**6))))
        print("seed", seed)
        draw = random.Random(seed)
        self.add_both()
        pipeline = self.folder / "tuning.json"
        # Long enough that a kill meets it; what was trained is kept by its checkpoint.
        pipeline.write_text(json.dumps(tuning_pipeline(self.pictures, 6)))
        want = self.objects_of(self.run_on("local", pipeline, "calm"))
        done = 0
        for round_number in range(1000):
            if done >= kills:
                break
            place = draw.choice(["gpu-box", "cluster"])
            project = f"storm{round_number}"
            finished = threading.Event()
            result = {}

            def work():
                for _ in range(8):
                    answer = self.patchbay("run", pipeline, "--project", self.folder / project, "--on", place, "--json", timeout=600)
                    if answer.code == 0:
                        result["last"] = answer.last()
                        break
                    result["said"] = answer.err
                finished.set()

            thread = threading.Thread(target=work)
            thread.start()
            struck = 0
            while not finished.wait(draw.uniform(.2, 2.5)) and struck < 3 and done < kills:
                victim = draw.choice(["engine", "channel", "supervisor", "worker"] + (["slurmctld", "slurmd"] if place == "cluster" else []))
                if self.strike(victim, place, self.folder / project):
                    struck += 1
                    done += 1
            thread.join()
            self.assertIn("last", result, f"seed {seed}, {place}: {result.get('said')}")
            self.assertEqual(self.objects_of(project), want, f"seed {seed}, {place}")
            shutil.rmtree(self.folder / project, ignore_errors=True)
        for pid in self.engines():
            kill(pid, 15)
        left = [line for folder in (self.box, self.shared) for line in processes_in(folder).values() if "supervise" not in line and "zygote" not in line]
        for _ in range(100):
            left = [line for folder in (self.box, self.shared) for line in processes_in(folder).values() if "patchbay-job" in line or " job " in line]
            if not left:
                break
            time.sleep(.2)
        self.assertEqual(left, [], "nothing runs on")

    def run_on(self, place, pipeline, project):
        self.patchbay("run", pipeline, "--project", self.folder / project, "--on", place, "--json", code=0, timeout=600)
        return project

    def objects_of(self, project):
        """What the trained model is, by digest."""
        shown = json.loads(self.patchbay("show", "--project", self.folder / project, "--json", code=0).out.splitlines()[-1])
        return sorted((s["name"], json.dumps(s.get("outputs", s.get("key")))) for s in shown["steps"])

    def strike(self, victim, place, project):
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
            pids = [json.loads(claim.read_text())["pid"] for claim in (far / "attempts").glob("*/claim")]
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
        for pid in pids[:1]:
            kill(pid)
        return bool(pids)


if __name__ == "__main__":
    main([ThreePlaces, Chaos])
