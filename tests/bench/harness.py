# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: where things lie, starting programs, peers' environment, results."""
import contextlib
import hashlib
import json
import operator
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}


class Refused(Exception):
    """A benchmark cannot run; the text says why and what to do."""


def meets(target, value, ratio):
    """`target` is "ratio >= 1.25" or "value < 1"; None where there is no target or nothing to compare."""
    if target is None:
        return None
    what, how, bound = target.split()
    measured = {"ratio": ratio, "value": value}[what]
    return None if measured is None else COMPARE[how](measured, float(bound))


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores"


class Bench:
    def __init__(self, build, quick, with_torch):
        self.build, self.quick, self.with_torch = Path(build).resolve(), quick, with_torch
        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", "/"), ".cache")
        self.cache = Path(home) / "patchbay"
        self.data = self.cache / "bench"  # what is drawn once and read again
        self.deps = self.cache / "deps"
        self.cells = self.deps / "elpv" / "elpv_dataset" / "data"
        self.results = []
        self._ready = {}

    # ---- Results ------------------------------------------------------------------------------------------------

    def add(self, name, value, unit, peer=None, peer_value=None, target=None, larger_is_better=False):
        """`ratio` says how many times better than the peer; for costs that have a bound beside a peer, give it as value."""
        ratio = None
        if peer_value is not None:
            ratio = value / peer_value if larger_is_better else peer_value / value
        self.add_ratio(name, value, unit, peer, peer_value, ratio, target)

    def add_ratio(self, name, value, unit, peer, peer_value, ratio, target):
        met = meets(target, value, ratio)
        self.results.append({"name": name, "value": value, "unit": unit, "peer": peer, "peer_value": peer_value, "ratio": ratio,
                             "target": target, "met": met})
        note = "" if ratio is None else f", {peer} {peer_value:.4g}, ratio {ratio:.3g}"
        self.say(f"  {name}: {value:.4g} {unit}{note}" + ("" if target is None else f" ({target}: {'yes' if met else 'NO'})"))

    @staticmethod
    def say(text):
        print(text, file=sys.stderr, flush=True)

    def remember(self, key, make):
        if key not in self._ready:
            self._ready[key] = make()
        return self._ready[key]

    def size(self, usual, quick):
        return quick if self.quick else usual

    def in_turn(self, repeats, *works):
        """Medians of what the works return, done in turn, so that a machine that changes its pace does so for all."""
        got = [[] for _ in works]
        for _ in range(repeats):
            for values, work in zip(got, works):
                values.append(work())
        return [statistics.median(values) for values in got]

    # ---- Programs -----------------------------------------------------------------------------------------------

    def program(self, name):
        for folder in ("bin", "bench"):
            path = self.build / folder / name
            if path.exists():
                return str(path)
        raise Refused(f"{self.build} holds no program {name}; build the target patchbay-bench.")

    def output(self, command, **environment):
        environment = {**os.environ, **getattr(self, "environment", {}), **environment}
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
            raise Refused(f"{' '.join(str(word) for word in command)[:300]} ended with {done.returncode}:\n{last}")
        return done.stdout

    def seconds(self, command, **environment):
        begin = time.perf_counter()
        self.output(command, **environment)
        return time.perf_counter() - begin

    def figures(self, command, **environment):
        """The JSON lines {name, value} of a benchmark program as a map."""
        lines = [json.loads(line) for line in self.output(command, **environment).splitlines() if line.startswith("{")]
        return {line["name"]: line["value"] for line in lines}

    @contextlib.contextmanager
    def scratch(self):
        """A folder with a runtime folder of its own, so that no engine of the user's is met; what we start ends with it."""
        with tempfile.TemporaryDirectory(prefix="pb-bench-") as folder:
            runtime = Path(folder) / "run"
            runtime.mkdir(mode=0o700)
            self.environment = {"XDG_RUNTIME_DIR": str(runtime), "PATCHBAY_BENCH": folder}
            try:
                yield Path(folder)
            finally:
                self.wait_for_end()
                self.environment = {}

    def ours(self):
        """Processes that were started inside scratch(), the peers' included."""
        mark = f"PATCHBAY_BENCH={self.environment['PATCHBAY_BENCH']}".encode()
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit() and int(entry) != os.getpid():
                with contextlib.suppress(OSError):
                    if mark in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                        found.append(int(entry))
        return found

    def wait_for_end(self, patience=30):
        """Engines end by themselves a moment after their last client; what does not is asked to."""
        end = time.monotonic() + patience
        while self.ours() and time.monotonic() < end:
            time.sleep(0.02)
        for pid in self.ours():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM)

    def run(self, pipeline, project, *arguments):
        """Runs a pipeline file; (seconds of the whole process, last line of its JSON)."""
        command = [self.program("patchbay"), "run", pipeline, "--project", project, "--json", "--progress", "none", *arguments]
        begin = time.perf_counter()
        text = self.output(command)
        seconds = time.perf_counter() - begin
        self.wait_for_end()
        return seconds, json.loads(text.splitlines()[-1])

    # ---- Things to work on --------------------------------------------------------------------------------------

    def once(self, name, make):
        """A folder below the cache that `make` fills; the same in every later run."""
        folder = self.data / name
        if not folder.is_dir():
            self.data.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(prefix=".part-", dir=self.data))
            make(part)
            part.rename(folder)
        return folder

    def weights(self):
        found = sorted((self.deps / "efficientnet_lite0").rglob("*.pth"))
        if not found:
            raise Refused("The weights of EfficientNet-Lite0 are not installed. Run app/setup/install.")
        return found[0]

    def cell_table(self, folder, count):
        """A table of the first `count` solar cells."""
        if not (self.cells / "labels.csv").exists():
            raise Refused("The solar cells are not installed. Run app/setup/install.")
        table = Path(folder) / f"cells-{count}.csv"
        table.write_text("".join((self.cells / "labels.csv").read_text().splitlines(keepends=True)[:count]))
        return table

    # ---- Peers --------------------------------------------------------------------------------------------------

    def python(self, torch=False):
        """Python of the throw-away environment in which the peers live, made when it is missing or its pins changed."""
        return self.remember(("python", torch), lambda: self._environment(torch))

    def _environment(self, torch):
        folder = self.cache / ("venv-bench-torch" if torch else "venv-bench")
        pins = [HERE / "requirements.txt"] + ([HERE / "requirements-torch.txt"] if torch else [])
        installed = sorted(self.deps.glob("torch-*"))
        if torch and not installed:
            raise Refused("PyTorch is not installed. Run app/setup/install.")
        wanted = hashlib.sha256(b"".join(pin.read_bytes() for pin in pins) + str(installed if torch else "").encode()).hexdigest()
        marker = folder / "patchbay-pins"
        if not marker.exists() or marker.read_text() != wanted:
            self.say(f"Installing the peers in {folder}")
            shutil.rmtree(folder, ignore_errors=True)
            self.output([self._python311(), "-m", "venv", folder])
            pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                   "--no-deps", "--only-binary=:all:"]
            self.output(pip + [word for pin in pins for word in ("-r", pin)])
            if torch:  # the wheel that app/setup/install has unpacked
                next((folder / "lib").glob("python3*/site-packages")).joinpath("patchbay-torch.pth").write_text(f"{installed[-1]}\n")
            marker.write_text(wanted)
        return str(folder / "bin" / "python")

    @staticmethod
    def _python311():
        for python in ("/usr/bin/python3", "python3.11", "python3"):
            found = shutil.which(python)
            if found and subprocess.run([found, "-c", "import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))"],
                                        capture_output=True).returncode == 0:
                return found
        raise Refused("The peers are pinned for Python 3.11 with venv. Install Debian 12's python3 and python3-venv.")


class PeakMemory(threading.Thread):
    """Follows the processes that a bench started: their highest resident memory, added up (shared pages count for each)."""

    def __init__(self, bench):
        super().__init__(daemon=True)
        self.bench, self.peaks, self.finished = bench, {}, threading.Event()

    def run(self):
        while not self.finished.wait(0.05):
            for pid in self.bench.ours():
                with contextlib.suppress(OSError):
                    name = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
                    for line in open(f"/proc/{pid}/status"):
                        if line.startswith("VmHWM:"):
                            key = (pid, name)
                            self.peaks[key] = max(self.peaks.get(key, 0), int(line.split()[1]) * 1024)

    def megabytes(self):
        """(all processes together, the largest one)"""
        self.finished.set()
        self.join()
        mine = [peak for (_, name), peak in self.peaks.items() if name.startswith("patchbay")]
        if not mine:
            raise Refused("No process of Patchbay was seen running.")
        return sum(mine) / 1e6, max(mine) / 1e6


# ---- Pipelines ------------------------------------------------------------------------------------------------------


def node(name, kind, /, **params):
    return {"id": name, "name": name, "type": "patchbay." + kind, "type_version": 1, "params": params}


def pipeline(file, nodes, links):
    """Links are "from.port to.port"."""
    ends = [[end.split(".") for end in link.split()] for link in links]
    document = {"version": 1, "id": "bench", "title": "Bench", "groups": [], "nodes": nodes,
                "links": [{"from": begin, "to": end} for begin, end in ends]}
    Path(file).write_text(json.dumps(document))
    return Path(file)


def cells_node(table, folder):
    return node("pictures", "data.picture_table", file=str(table), folder=str(folder), header="no", label_columns=["2"], labels="probability",
                classes=["functional", "defective"])
