# SPDX-License-Identifier: Apache-2.0
"""What the tests of `patchbay serve` and `predict --watch` share: a real export, a running server, clients of their own."""
import fcntl
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli_support  # noqa: E402
from cli_support import CliTest, node, pictures, png, probe_pipeline  # noqa: E402, F401


def export_pipeline(folder, more=None):
    value = probe_pipeline(folder)
    value["nodes"].append(node("export", "deploy.export", {"name": "shapes", **(more or {})}))
    value["links"] += [{"from": ["probe", "model"], "to": ["export", "model"]}, {"from": ["evaluate", "report"], "to": ["export", "report"]},
                       {"from": ["split", "data"], "to": ["export", "data"]}]
    return value


def noise(path):
    """A picture of nothing that was ever drawn for training."""
    r = random.Random(3)
    png(path, 64, 64, [[r.randrange(256) for _ in range(64 * 3)] for _ in range(64)])


class ServeTest(CliTest):
    """Has an export of drawn discs and squares; the suites of one build share it, as long as the programs are the same."""
    with_compilers = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shown = pictures(cls.folder / "shown", 6, seed=9)
        cls.picture = sorted((cls.shown / "disc").iterdir())[0]
        shared = cli_support.programs.parent / "tests" / "serve-export"
        shared.mkdir(exist_ok=True)
        with open(shared / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            programs = cli_support.programs
            newest = max(f.stat().st_mtime for f in [programs / "patchbay-worker", *(programs.parent / "lib" / "patchbay" / "packs").iterdir()])
            if not (shared / "done").exists() or (shared / "done").stat().st_mtime < newest:
                shutil.rmtree(shared / "shapes", ignore_errors=True)
                file = cls.folder / "export.json"
                file.write_text(json.dumps(export_pipeline(pictures(cls.folder / "drawn", 20))))
                done = subprocess.run([programs / "patchbay", "run", file, "--project", cls.folder / "export", "--json"], capture_output=True,
                                      env=cls.environment, cwd=cls.folder, timeout=400)
                (made,) = json.loads(done.stdout.splitlines()[-1])["exports"]
                shutil.copytree(made, shared / "shapes")
                (shared / "done").touch()
        cls.export = cls.folder / "shapes"
        shutil.copytree(shared / "shapes", cls.export)
        cls.servers = []

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers:
            server.end()
        super().tearDownClass()

    def serve(self, *words, exports=None, environment=None):
        server = Server(self, [*(exports or [self.export]), "--port", "0", "--threads", "2", *words], environment)
        self.servers.append(server)
        return server


class Server:
    def __init__(self, test, words, environment=None):
        self.process = subprocess.Popen([cli_support.programs / "patchbay", "serve", *map(os.fspath, words)], stdout=subprocess.PIPE,
                                        stderr=open(test.folder / "serve.log", "ab"), env={**test.environment, **(environment or {})},
                                        cwd=test.folder)
        line = self.process.stdout.readline().decode()
        if " at http://" not in line:
            raise AssertionError("the server did not start: " + (test.folder / "serve.log").read_text()[-2000:])
        self.url = line.split()[-1]
        self.host, port = self.url.removeprefix("http://").rsplit(":", 1)
        self.port = int(port)

    def connect(self, timeout=60):
        return http.client.HTTPConnection(self.host.strip("[]"), self.port, timeout=timeout)

    def ask(self, method, path, body=None, headers=None, connection=None):
        """(status, body, headers); the body is JSON where it says so."""
        mine = connection or self.connect()
        mine.request(method, path, body, headers or {})
        answer = mine.getresponse()
        text = answer.read()
        if not connection:
            mine.close()
        if (answer.headers["Content-Type"] or "").startswith("application/json") and text:
            text = json.loads(text)
        return answer.status, text, answer.headers

    def predict(self, body, headers=None, model="shapes", query="", connection=None):
        return self.ask("POST", f"/v1/models/{model}/predict{query}", body, headers, connection)

    def metric(self, name):
        """The sum of a metric over its labels."""
        _, text, _ = self.ask("GET", "/metrics")
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.decode().splitlines() if line.split("{")[0].split(" ")[0] == name)

    def end(self, code=None, timeout=60):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def until(condition, seconds=60):
    """Polls until the condition holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(.05)
    raise AssertionError("it did not come about in time")
