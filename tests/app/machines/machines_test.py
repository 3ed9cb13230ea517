# SPDX-License-Identifier: Apache-2.0
"""`patchbay run --on NAME`: the same pipeline here, behind a real sshd and on a real cluster, and under random kills."""
import hashlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli_support  # noqa: E402
from cli_support import CliTest, document, main, pictures  # noqa: E402
from servers import Net, Slurm, Ssh, kill, kill_all_in, processes_in, wait_for  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


class Machines(CliTest):
    @classmethod
    def start_servers(cls):
        cls.slurm = Slurm(cls.folder / "slurm")
        cls.ssh = Ssh(cls.folder / "ssh", {"SLURM_CONF": cls.slurm.env["SLURM_CONF"], "PATCHBAY_SQUEUE_SECONDS": "5"})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ssh = cls.slurm = None
        cls.box, cls.shared = cls.folder / "box", cls.folder / "shared"
        try:
            cls.start_servers()
        except BaseException:
            cls.tearDownClass()
            raise
        if cls.ssh:
            cls.environment.update(PATCHBAY_SSH_CONFIG=str(cls.ssh.config))
        if cls.slurm:
            cls.environment.update(SLURM_CONF=cls.slurm.env["SLURM_CONF"], PATCHBAY_SQUEUE_SECONDS="5")
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

    def add(self, *places):
        if "gpu-box" in places:
            self.patchbay("machines", "add", "gpu-box", "box", "--folder", self.box, code=0)
            # Hundreds of megabytes, packed and unpacked here.
            self.patchbay("machines", "install", "gpu-box", "--yes", code=0, timeout=800)
        if "cluster" in places:
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


def digests(run):
    """Of everything that a run exported but what tells of the time and place it was made in."""
    folder = Path(run["exports"][0])
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix in (".safetensors", ".onnx")}


class SolarCells(Machines):
    """The whole of it: minutes in each place; PATCHBAY_SOLAR_EPOCHS and PATCHBAY_SOLAR_PICTURES make it shorter."""

    def test_three_projects_that_know_nothing_of_each_other_export_the_same(self):
        self.add("gpu-box", "cluster")
        made, seconds = {}, {}
        epochs = os.environ.get("PATCHBAY_SOLAR_EPOCHS")
        shorter = ["--set", f"fine_tune.epochs={epochs}"] if epochs else []
        if wanted := int(os.environ.get("PATCHBAY_SOLAR_PICTURES", "0")):
            cells = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "patchbay/deps/elpv/elpv_dataset/data"
            rows = (cells / "labels.csv").read_text().splitlines()
            (self.folder / "images").symlink_to(cells / "images")
            (self.folder / "labels.csv").write_text("\n".join(rows[::-(-len(rows) // wanted)]) + "\n")
            shorter += ["--set", f"pictures.file={self.folder}/labels.csv"]
        for place in ("local", "gpu-box", "cluster"):
            begin = time.monotonic()
            run = self.patchbay("run", "solar-cells", "--on", place, "--project", self.folder / f"solar-{place}", *shorter, "--json", code=0, timeout=3000).last()
            self.assertEqual({b["state"] for b in run["blocks"]} - {"ran"}, set(), "nothing was known before")
            seconds[place] = round(time.monotonic() - begin)
            made[place] = digests(run)
            print(place, seconds[place], "s", made[place].get("model.safetensors"), flush=True)
        self.assertIn("model.safetensors", made["local"])
        self.assertEqual(made["gpu-box"], made["local"])
        self.assertEqual(made["cluster"], made["local"])


class OlderDebian(Machines):
    """The box is a real Debian 11, whose C library is older than the worker's."""

    @classmethod
    def start_servers(cls):
        made = subprocess.run([ROOT / "tests/support/older_debian"], capture_output=True, text=True)
        if made.returncode == 77:
            raise unittest.SkipTest("NOT TESTED: a box with an older C library; " + made.stderr.strip())
        tree = made.stdout.strip()
        # Everything below the root is that system's; processes are seen by all, as on any machine.
        words = ["bwrap", "--ro-bind", tree + "/usr", "/usr", "--ro-bind", tree + "/etc", "/etc", "--ro-bind", tree + "/var", "/var"]
        for name in ("bin", "sbin", "lib", "lib64"):
            words += ["--symlink", "usr/" + name, "/" + name] if os.path.islink(f"{tree}/{name}") else ["--ro-bind", f"{tree}/{name}", "/" + name]
        words += ["--dev-bind", "/dev", "/dev", "--bind", "/proc", "/proc", "--tmpfs", "/tmp", "--bind", cls.box, cls.box, "--chdir", "/"]
        cls.box.mkdir()
        cls.inside = [str(word) for word in words]
        login = cls.folder / "login"
        login.write_text(f"#!/bin/sh\nexec {shlex.join(cls.inside)} /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n")
        login.chmod(0o755)
        if subprocess.run(cls.inside + ["/bin/true"]).returncode != 0:
            raise unittest.SkipTest("NOT TESTED: a box with an older C library; bwrap may make no namespaces here")
        cls.ssh = Ssh(cls.folder / "ssh", login=login)

    def test_the_worker_brings_its_own_c_library(self):
        self.patchbay("machines", "add", "old", "box", "--folder", self.box, code=0)
        answer = self.patchbay("machines", "test", "old")
        self.assertNotEqual(answer.code, 0)
        self.says(answer, "is not on old yet", "patchbay machines install old")
        asked = self.patchbay("machines", "install", "old")
        self.assertNotEqual(asked.code, 0)
        self.assertRegex(asked.err, r"MB, a C library for its older system included, would be sent to old")
        self.patchbay("machines", "install", "old", "--yes", code=0, timeout=800)
        said = self.patchbay("machines", "test", "old", code=0).out
        self.assertRegex(said, r"Debian GNU/Linux 11.*, glibc 2\.31")
        self.assertRegex(said, r"has brought glibc 2\.")
        self.assertIn("Ready:", said)
        # Without it nothing would start.
        worker = next((self.box / "bin").glob("*/bin/patchbay-worker"))
        alone = subprocess.run(self.inside + ["/usr/bin/env", f"LD_LIBRARY_PATH={worker.parents[1]}/lib/patchbay", worker, "--help"],
                               capture_output=True, text=True)
        self.assertIn("GLIBC_2.", alone.stderr)
        runs = [self.patchbay("run", "classify-folder", "--on", place, "--project", self.folder / ("project-" + place), "--set",
                              f"pictures.folder={self.pictures}", "--set", "fine_tune.epochs=1", "--json", code=0, timeout=600).last()
                for place in ("old", "local")]
        self.assertTrue(digests(runs[0]))
        self.assertEqual(digests(runs[0]), digests(runs[1]))


class TwoNodes(Machines):
    """A cluster of two nodes with one core each, and an address of its own each where that can be had: their names, which stand for
    the loopback as on many clusters, then lead nowhere."""

    @classmethod
    def start_servers(cls):
        net = Net(2)
        if not net.made:
            net.remove()
            print("NOT TESTED: nodes with addresses of their own; no namespaces may be made here", flush=True)
        cls.slurm = Slurm(cls.folder / "slurm", nodes=2, net=net if net.made else None)

    def run_on(self, place, *more):
        return self.patchbay("run", "classify-folder", "--on", place, "--project", self.folder / ("project-" + place), "--set",
                             f"pictures.folder={self.pictures}", "--set", "fine_tune.epochs=1", *more, "--json", code=0, timeout=600)

    def test_two_processes_on_two_nodes_train_as_two_here(self):
        self.add("cluster")
        there = self.run_on("cluster", "--set", "fine_tune.ranks=2")
        spread = [line for line in self.slurm.ask("scontrol", "show", "job", "-o").splitlines() if "NumTasks=2" in line]
        self.assertEqual(len(spread), 1, spread)
        self.assertIn("NodeList=n[1-2]", spread[0])
        here = self.run_on("local", "--set", "fine_tune.ranks=2")
        self.assertTrue(digests(here.last()))
        self.assertEqual(digests(there.last()), digests(here.last()), "each process has one core in both places")


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
        self.add("gpu-box")
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


class NodeFails(Patient):
    @classmethod
    def start_servers(cls):
        cls.slurm = Slurm(cls.folder / "slurm", nodes=2)

    def state(self, node, state):
        self.slurm.ask("scontrol", "update", f"nodename={node}", f"state={state}", "reason=test")

    def working(self):
        """{pid of a worker: its job's number}"""
        out = {}
        for pid in claimed_in(self.shared / "attempts"):
            try:
                environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            except OSError:
                continue
            out.update({pid: word.split(b"=")[1].decode() for word in environment if word.startswith(b"SLURM_JOB_ID=")})
        return out

    def hold(self, held):
        """Stops a worker, so that it does not end while one looks where it is."""
        for pid, job in self.working().items():
            kill(pid, signal.SIGSTOP)
            nodes = dict(line.split() for line in self.slurm.ask("squeue", "-h", "-o", "%A %N", "-t", "RUNNING").splitlines() if " " in line.strip())
            if job in nodes:
                held.extend((pid, job, nodes[job]))
                return True
            kill(pid, signal.SIGCONT)
        return False

    def test_jobs_wait_for_drained_nodes_and_outlive_the_death_of_one(self):
        self.patchbay("machines", "add", "cluster", "--kind", "slurm", "--folder", self.shared, "--memory", "500", code=0)
        for node in self.slurm.nodes:
            self.state(node, "drain")
        client = self.start("run", self.pipeline, "--project", self.folder / "nodes", "--on", "cluster", "--json")
        lines, said = [], []

        def collect(pipe, into):
            for line in pipe:
                into.append(line)

        readers = [threading.Thread(target=collect, args=pair) for pair in ((client.stdout, lines), (client.stderr, said))]
        for reader in readers:
            reader.start()
        self.assertTrue(wait_for(lambda: any(b"NodeNotAvail" in line or b"DOWN" in line for line in list(lines))), "the reason of the queue is told")
        for node in self.slurm.nodes:
            self.state(node, "resume")
        held = []
        self.assertTrue(wait_for(lambda: held or self.hold(held)), "a job runs")
        pid, job, node = held
        # As when its power goes: nothing of it says a word any more.
        self.slurm.kill_node(node)
        for step, line in processes_in(self.slurm.folder).items():
            if line.startswith(f"slurmstepd: [{job}."):
                kill(step)
        kill(pid)
        self.state(node, "down")
        self.assertEqual(client.wait(timeout=300), 0, b"".join(said).decode())
        for reader in readers:
            reader.join()
        self.assertEqual({b["state"] for b in json.loads(lines[-1])["blocks"]}, {"ran"})
        self.assertRegex(self.slurm.ask("scontrol", "show", "job", "-o"), "JobState=NODE_FAIL")


class Chaos(Patient):
    """Kills at random; PATCHBAY_CHAOS_PLACE is gpu-box or cluster."""
    over = threading.Event()

    @classmethod
    def tearDownClass(cls):
        cls.over.set()
        super().tearDownClass()

    def test_random_kills_end_with_the_same_objects(self):
        place = os.environ.get("PATCHBAY_CHAOS_PLACE", "gpu-box")
        kills = int(os.environ.get("PATCHBAY_CHAOS_KILLS", "6"))
        seed = int(os.environ.get("PATCHBAY_CHAOS_SEED", str(random.randrange(10**6))))
        print("seed", seed, place, flush=True)
        draw = random.Random(seed)
        # How long jobs wait for what may follow, and how long the cluster may show what nobody has or what never begins: only time passes.
        self.environment["PATCHBAY_LINGER_SECONDS"] = "5"
        self.environment["PATCHBAY_SQUEUE_SECONDS"] = "2"
        self.environment["PATCHBAY_BEGIN_SECONDS"] = "30"
        self.add(place)
        self.patchbay("run", self.pipeline, "--project", self.folder / "calm", "--on", "local", "--json", code=0, timeout=120)
        want = self.objects_of("calm")
        victims = ["engine", "channel", "supervisor", "worker"] + (["slurmctld", "slurmd", "slurmstepd"] if place == "cluster" else [])
        struck = dict.fromkeys(victims, 0)
        begin = time.monotonic()
        if place == "cluster":
            threading.Thread(target=self.administer, daemon=True).start()
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
                # A worker lives for two seconds, and on a cluster that is shaken none does most of the time.
                if wait_for(lambda: finished.is_set() or self.strike(victim, place, self.folder / project, draw), 10) and not finished.is_set():
                    struck[victim] += 1
                    mine += 1
            thread.join()
            self.assertIn("last", result, f"seed {seed}, {place}: {result.get('said')}")
            self.assertEqual(self.objects_of(project), want, f"seed {seed}, {place}")
            shutil.rmtree(self.folder / project, ignore_errors=True)
            print(f"{time.monotonic() - begin:.0f} s, struck {struck}", flush=True)
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

    def administer(self):
        """What those who keep a cluster do: Slurm takes a node out of service that has a job which its killed controller started again."""
        while not self.over.wait(3):
            states = dict(line.split() for line in self.slurm.ask("sinfo", "-h", "-N", "-o", "%N %T").splitlines() if len(line.split()) == 2)
            for node in [node for node, state in states.items() if state.startswith("drain")]:
                self.slurm.ask("scontrol", "update", f"NodeName={node}", "State=RESUME")

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
            self.slurm.kill_node()
            self.slurm.start_node()
            return True
        if pids:
            kill(draw.choice(sorted(pids)))
        return bool(pids)


if __name__ == "__main__":
    main([ThreePlaces, SolarCells, OlderDebian, TwoNodes, Stopped, NodeFails, Chaos])
