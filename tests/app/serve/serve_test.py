# SPDX-License-Identifier: Apache-2.0
"""`patchbay serve` as a whole: the real program, an export made by it, and clients that behave and that do not."""
import base64
import json
import os
import re
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

from browser import Browser
from serve_support import ServeTest, noise, until
from cli_support import main, png


class Answers(ServeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bytes = cls.picture.read_bytes()

    def setUp(self):
        self.server = type(self).server = getattr(type(self), "server", None) or self.serve()

    def expected(self, folder="shapes"):
        """What the command line says of the pictures: the server must say the same."""
        lines = [json.loads(line) for line in self.patchbay("predict", self.export, self.shown, "--format", "json", code=0).out.splitlines()]
        return {Path(line["picture"]): line for line in lines}

    def assertSame(self, result, line):
        self.assertEqual(result["class"], line["class"])
        for a, b in zip(result["logits"], line["logits"]):
            self.assertAlmostEqual(a, b, delta=1e-4 * (1 + abs(b)))

    def test_every_way_to_send_pictures(self):
        expected = self.expected()
        status, answer, _ = self.server.predict(self.bytes, {"Content-Type": "image/png"})
        self.assertEqual((status, answer["model"], len(answer["results"])), (200, "shapes", 1))
        self.assertSame(answer["results"][0], expected[self.picture])
        self.assertAlmostEqual(sum(answer["results"][0]["scores"].values()), 1, places=5)
        # A batch in JSON, of all pictures, in order.
        files = sorted(expected)
        body = json.dumps({"pictures": [base64.b64encode(f.read_bytes()).decode() for f in files]})
        status, answer, _ = self.server.predict(body, {"Content-Type": "application/json"})
        self.assertEqual(status, 200)
        for file, result in zip(files, answer["results"], strict=True):
            self.assertSame(result, expected[file])
        # curl, as people will: raw, and a form with two files.
        url = f"{self.server.url}/v1/models/shapes/predict"
        for words in (["--data-binary", f"@{files[0]}"], ["-F", f"a=@{files[0]}", "-F", f"b=@{files[1]}"]):
            done = subprocess.run(["curl", "-sS", "--fail", *words, url], capture_output=True, check=True, timeout=60)
            for file, result in zip(files, json.loads(done.stdout)["results"]):
                self.assertSame(result, expected[file])
        self.assertEqual(len(json.loads(done.stdout)["results"]), 2)

    def test_chunked_and_kept_alive(self):
        connection = self.server.connect()
        for _ in range(3):
            status, answer, headers = self.server.predict(iter([self.bytes[:100], self.bytes[100:]]), connection=connection)
            self.assertEqual((status, len(answer["results"])), (200, 1))
            self.assertNotEqual(headers["Connection"], "close")

    def test_heat_map(self):
        status, answer, _ = self.server.predict(self.bytes, query="?heat_map=1&class=square")
        self.assertEqual(status, 200)
        map_ = answer["results"][0]["heat_map"]
        self.assertEqual(map_["class"], "square")
        self.assertEqual(len(base64.b64decode(map_["values"])), map_["width"] * map_["height"])
        self.assertEqual(self.server.predict(self.bytes, query="?heat_map=1&class=ghost")[0], 422)

    def test_pictures_unlike_the_training_pictures_are_marked(self):
        strange = self.folder / "strange.png"
        noise(strange)
        expected = json.loads(self.patchbay("predict", self.export, strange, "--format", "json", code=0).out)["unlike"]
        self.assertTrue(expected["warning"])
        marked = self.server.predict(strange.read_bytes())[1]["results"][0]["unlike"]
        self.assertAlmostEqual(marked["score"], expected["score"], places=5)
        self.assertEqual((marked["warning"], marked["percentile"]), (True, 100))
        familiar = [self.server.predict(f.read_bytes())[1]["results"][0]["unlike"]["warning"] for f in sorted(self.shown.rglob("*.png"))]
        self.assertLessEqual(sum(familiar), 2, familiar)
        self.assertIn("unlike the training pictures", self.patchbay("predict", self.export, strange, code=0).out)
        self.assertEqual(self.patchbay("predict", self.export, strange, "--format", "csv", code=0).out.splitlines()[1].rsplit(",", 1)[1], "yes")

    def test_an_export_that_does_not_know_its_pictures_goes_on_working(self):
        older = self.folder / "older"
        shutil.copytree(self.export, older)
        (older / "familiarity.safetensors").unlink()
        self.says(self.patchbay("serve", older, "--port", "0", code=1), "do not belong together")
        net = json.loads((older / "net.json").read_text())
        known = net["metadata"].pop("unlike")
        self.assertEqual((known["held_out"], known["held_out_pictures"], known["share"]), ("training", known["reference_pictures"], .99))
        (older / "net.json").write_text(json.dumps(net))
        server = self.serve(exports=[older])
        status, answer, _ = server.predict(self.bytes, model="older")
        self.assertEqual((status, "unlike" in answer["results"][0]), (200, False))
        self.assertFalse(server.ask("GET", "/v1/models")[1]["models"][0]["knows_its_pictures"])
        self.assertIn("knows nothing of the pictures", (self.folder / "serve.log").read_text())
        self.assertIn("knows nothing of the pictures", self.patchbay("predict", older, self.picture, code=0).err)
        self.assertEqual(server.end(), 0)

    def test_what_there_is(self):
        status, answer, _ = self.server.ask("GET", "/v1/models")
        self.assertEqual((status, answer["models"][0]["name"], answer["models"][0]["classes"]), (200, "shapes", ["disc", "square"]))
        self.assertEqual(self.server.ask("GET", "/v1/models/shapes")[1]["precision"], "fp32")
        self.assertEqual(self.server.ask("GET", "/health")[:2], (200, {"status": "ok"}))
        description = self.server.ask("GET", "/openapi.json")[1]
        self.assertTrue(description["openapi"].startswith("3.0"))
        self.assertIn("/v1/models/{name}/predict", description["paths"])
        references = set()

        def walk(value):
            if isinstance(value, dict):
                references.update(v for k, v in value.items() if k == "$ref")
                list(map(walk, value.values()))
            elif isinstance(value, list):
                list(map(walk, value))

        walk(description)
        for reference in references:
            self.assertIn(reference.rsplit("/", 1)[1], description["components"]["schemas"])
        self.assertEqual(self.server.ask("HEAD", "/v1/models")[:2], (200, b""))

    def test_metrics(self):
        before = self.server.metric("patchbay_pictures_total")
        self.server.predict(self.bytes)
        self.assertEqual(self.server.metric("patchbay_pictures_total"), before + 1)
        text = self.server.ask("GET", "/metrics")[1].decode()
        self.assertIn('patchbay_request_seconds_bucket{model="shapes",le="+Inf"}', text)
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) patchbay_\w+ .+|patchbay_\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)$')

    def test_a_crowd_is_computed_together_and_told_when_it_is_too_many(self):
        server = self.serve("--max-queue", "8")
        statuses, wrong = [], []
        expected = self.expected()[self.picture]
        start = threading.Barrier(40)

        def client():
            start.wait()
            for _ in range(5):
                status, answer, headers = server.predict(self.bytes)
                statuses.append(status)
                if status == 200:
                    if any(abs(a - b) > 1e-3 * (1 + abs(b)) for a, b in zip(answer["results"][0]["logits"], expected["logits"])):
                        wrong.append(answer)
                elif status != 429 or not headers["Retry-After"]:
                    wrong.append((status, answer))

        threads = [threading.Thread(target=client) for _ in range(40)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        self.assertEqual(wrong, [])
        self.assertEqual(set(statuses), {200, 429})
        self.assertEqual(server.metric("patchbay_pictures_total"), statuses.count(200))
        self.assertLess(server.metric("patchbay_batches_total"), server.metric("patchbay_batched_pictures_total"))
        self.assertEqual(server.end(), 0)

    def test_requests_under_way_are_answered_before_it_ends(self):
        server = self.serve()
        slow = socket.create_connection((server.host, server.port), 60)
        idle = socket.create_connection((server.host, server.port), 60)
        slow.sendall(b"POST /v1/models/shapes/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(self.bytes))
        until(lambda: server.metric("patchbay_connections") >= 3)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(idle.recv(1), b"")  # Nothing was asked there.
        self.assertIsNone(server.process.poll())
        slow.sendall(self.bytes)
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
        self.assertIn(b" 200 ", answer.split(b"\r\n")[0])
        self.assertEqual(server.process.wait(60), 0)


def words_image(folder):
    """Name of the image for a folder: names of images have small letters."""
    return "patchbay-" + re.sub(r"[^a-z0-9_-]", "-", folder.lower())


class Strangers(ServeTest):
    """Who may ask."""

    def test_a_token_is_asked_for(self):
        token = self.folder / "token"
        token.write_text("0123456789abcdef0123\n")
        token.chmod(0o600)
        server = self.serve("--token-file", token)
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer 0123456789abcdef012"}, {"Authorization": "0123456789abcdef0123"}):
            for method, path in (("GET", "/v1/models"), ("POST", "/v1/models/shapes/predict"), ("GET", "/metrics"), ("GET", "/v1/models/none")):
                status, _, answer = server.ask(method, path, headers=headers)
                self.assertEqual((status, answer["WWW-Authenticate"]), (401, "Bearer"), (headers, path))
        self.assertEqual(server.ask("GET", "/v1/models", headers={"Authorization": "Bearer 0123456789abcdef0123"})[0], 200)
        # The page and the health have nothing to hide.
        self.assertEqual([server.ask("GET", p)[0] for p in ("/", "/page.js", "/health")], [200, 200, 200])

    def test_off_loopback_there_is_no_way_without_one(self):
        for host in ("0.0.0.0", "::"):
            self.says(self.patchbay("serve", self.export, "--host", host, code=2), "without a token", "--token-file")
        self.says(self.patchbay("serve", self.export, "--host", "somewhere", code=2), "no address")
        short = self.folder / "short"
        short.write_text("secret")
        self.says(self.patchbay("serve", self.export, "--token-file", short, code=2), "no token", "openssl rand")

    def test_hosts_and_origins_of_others(self):
        server = self.serve("--allow-host", "models.example")
        port = server.port
        for host in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", "[::1]", "models.example"):
            self.assertEqual(server.ask("GET", "/v1/models", headers={"Host": host})[0], 200, host)
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "", "local host", "localhost:x"):
            self.assertEqual(server.ask("GET", "/v1/models", headers={"Host": host})[0], 403, host)
        self.assertEqual(server.ask("GET", "/v1/models", headers={"Origin": f"http://127.0.0.1:{port}"})[0], 200)
        for origin in ("http://evil.example", "null", f"http://localhost:{port}", "http://127.0.0.1"):
            self.assertEqual(server.ask("POST", "/v1/models/shapes/predict", b"x", {"Origin": origin})[0], 403, origin)

    def test_no_second_server_on_a_port(self):
        server = self.serve()
        self.says(self.patchbay("serve", self.export, "--port", str(server.port), code=5), "cannot be opened", "--port 0")

    def test_service_files(self):
        odd = self.folder / 'odd "50%" $name'
        shutil.copytree(self.export, odd)
        for words in ([], ["--host", "0.0.0.0", "--port", "9000"]):
            self.patchbay("serve", odd, "--write-service", *words, code=0)
            (unit,) = (odd / "service").glob("*.service")
            if shutil.which("systemd-analyze"):
                done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
                self.assertNotRegex(done.stderr, unit.name + r":\d+")
            self.assertIn('serve "model=' + str(self.folder) + '/odd \\"50%%\\" $$name"', unit.read_text())
        self.assertIn("LoadCredential=token:", unit.read_text())
        container = (odd / "service" / "Containerfile").read_text()
        self.assertIn("9000", container)
        (entry,) = re.findall(r"^ENTRYPOINT (.*)$", container, re.M)
        words = json.loads(entry)
        self.assertEqual(words[:3], ["/opt/patchbay/bin/patchbay", "serve", "model=/model"])
        self.assertEqual(words[words.index("--token-file") + 1], "/run/token")
        # The commands in it are one shell's words, whatever the folder is called.
        build = re.search(r"^#   (docker build .*)$", container, re.M)[1]
        self.assertEqual(shlex.split(build), ["docker", "build", "-f", odd.name + "/service/Containerfile", "-t", words_image(odd.name), "--build-arg",
                                              "EXPORT=" + odd.name, "."])
        # What it starts, started as it says, with the archive's program in the place of this build's.
        token = self.folder / "container-token"
        token.write_text("0123456789abcdef0123\n")
        token.chmod(0o600)
        here = [w.replace("/run/token", str(token)).replace("model=/model", f"model={odd}") for w in words[2:]]
        at = here.index("--port")
        del here[at:at + 2]
        server = self.serve(*here[1:], exports=[here[0]])
        self.assertEqual(server.ask("GET", "/v1/models")[0], 401)
        self.assertEqual(server.ask("GET", "/v1/models", headers={"Authorization": "Bearer 0123456789abcdef0123"})[1]["models"][0]["name"], "model")
        self.assertEqual(server.end(), 0)
        self.says(self.patchbay("serve", self.folder, "--write-service", code=2), "not an exported model")

    def test_exports_that_cannot_be_served(self):
        self.says(self.patchbay("serve", self.folder / "nowhere", "--port", "0", code=2), "not an exported model")
        self.says(self.patchbay("serve", self.export, f"{self.export}/", code=2), "Two models")
        self.says(self.patchbay("serve", f"a\nb={self.export}", code=2), "cannot be the name")
        for name, change in {"cut": lambda b: b[:len(b) // 2], "empty": lambda b: b"", "other": lambda b: b.replace(b'"disc"', b'"disk"')}.items():
            broken = self.folder / ("broken-" + name)
            shutil.copytree(self.export, broken)
            (broken / "model.onnx").write_bytes(change((broken / "model.onnx").read_bytes()))
            self.says(self.patchbay("serve", broken, "--port", "0", code=1))


class BadRequests(ServeTest):
    """Whatever comes, it is answered clearly or closed, and the next client is served."""

    def setUp(self):
        kind = type(self)
        if not hasattr(kind, "server"):
            kind.server = self.serve("--header-time", "2", "--body-time", "2", "--idle-time", "30", "--max-body", "2", "--max-connections", "200",
                                     "--max-pixels", "1")
        self.server, self.bytes = kind.server, self.picture.read_bytes()

    def tearDown(self):
        status, answer, _ = self.server.predict(self.bytes)
        self.assertEqual((status, answer["results"][0].keys() >= {"class", "scores"}), (200, True))

    def raw(self, *parts, pause=0.0):
        """Sends bytes as they are; what comes back until the end."""
        with socket.create_connection((self.server.host, self.server.port), 60) as client:
            try:
                for part in parts:
                    client.sendall(part)
                    time.sleep(pause)
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = b""
            try:
                while more := client.recv(65536):
                    answer += more
            except ConnectionResetError:
                pass
            return answer

    def status(self, *parts, **more):
        answer = self.raw(*parts, **more)
        return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None

    def post(self, length, body=b"", more=b""):
        return b"POST /v1/models/shapes/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + \
            (b"Content-Length: %s\r\n" % str(length).encode() if length is not None else b"") + b"\r\n" + body

    def test_what_is_no_http(self):
        for text in (b"\0" * 100 + b"\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n"):
            self.assertIn(self.status(text), (400, None), text)

    def test_huge_headers(self):
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"), 431)
        self.assertEqual(self.status(b"GET /" + b"a" * 50_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431)
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"), 431)

    def test_wrong_lengths(self):
        self.assertEqual(self.status(self.post(10_000_000)), 413)
        self.assertEqual(self.status(self.post("many")), 400)
        self.assertEqual(self.status(self.post("-5")), 400)
        self.assertEqual(self.status(self.post("99999999999999999999999")), 400)
        self.assertEqual(self.status(self.post(len(self.bytes) + 1000, self.bytes)), 408)
        self.assertEqual(self.status(self.post(100, self.bytes)), 422)
        self.assertEqual(self.status(self.post(0)), 400)
        self.assertEqual(self.status(self.post(None)), 400)
        self.assertEqual(self.status(self.post(5, b"0\r\n\r\n", b"Transfer-Encoding: chunked\r\n")), 400)
        self.assertEqual(self.status(self.post(None, b"ZZ\r\nxx\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\n")), 400)
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        self.assertEqual(self.status(self.post(None, b"", b"Transfer-Encoding: chunked\r\n"), chunk, chunk, chunk), 413)

    def test_half_requests_and_slow_clients(self):
        self.assertEqual(self.status(b"GET /health HTTP/1.1\r\nHo"), 408)
        self.assertEqual(self.status(*(bytes([b]) for b in b"GET /health HTTP/1.1\r\nHost"), pause=.15), 408)
        self.assertEqual(self.status(self.post(len(self.bytes), self.bytes[:50])), 408)
        # Gone before the answer.
        for _ in range(20):
            client = socket.create_connection((self.server.host, self.server.port), 60)
            client.sendall(self.post(len(self.bytes), self.bytes))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()

    def test_path_tricks(self):
        for path in ("/../etc/passwd", "/v1/models/../../etc/passwd", "/v1/models/%2e%2e/predict", "/v1/models/..%2f..%2fetc/predict", "//etc/passwd",
                     "/v1/models/shapes%00/predict", "/%252e%252e/x", "/v1/models/shapes/predict/../../x", "/page.js%00.html", "/v1/models/%zz", "/..\\x",
                     "/v1/models/%5c..%5c/predict", "http://evil.example/v1/models", "*"):
            answer = self.raw(b"POST " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.assertIn(answer.split(b" ", 2)[1], (b"400", b"404"), path)
            self.assertNotIn(b"root:", answer)

    def test_methods_and_encodings(self):
        for method, path, status in (("DELETE", "/v1/models/shapes", 405), ("GET", "/v1/models/shapes/predict", 405), ("POST", "/health", 405),
                                     ("PUT", "/", 405), ("GET", "/v1/nothing", 404), ("GET", "/nothing", 404)):
            self.assertEqual(self.server.ask(method, path)[0], status, (method, path))
        self.assertEqual(self.server.predict(b"x", {"Content-Encoding": "gzip"})[0], 415)

    def test_forms_and_json_that_are_none(self):
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        for body in (b"", b"--b", b"--b\r\n", b"--b\r\nA: b\r\n\r\nno end", b"no boundary", b"--b--", b"--b\r\n\r\n--b--"):
            self.assertEqual(self.server.predict(body, form)[0], 400, body)
        self.assertEqual(self.server.predict(b"--b\r\n\r\nx\r\n--b--", {"Content-Type": "multipart/form-data"})[0], 400)
        self.assertEqual(self.server.predict(b"".join(b"--b\r\n\r\nx\r\n" for _ in range(1000)) + b"--b--", form)[0], 400)
        for body in ("", "{", "[]", "1", '{"pictures": "x"}', '{"pictures": [1]}', '{"pictures": ["!"]}', '{"pictures": []}', "[" * 100_000,
                     '{"pictures": ["AAAA"], "pictures": ["AAAA"]}', '{"pictures": [' + '"",' * 1000 + '""]}'):
            self.assertEqual(self.server.predict(body, {"Content-Type": "application/json"})[0], 400, body[:50])

    def test_pictures_that_are_none(self):
        bomb = self.folder / "bomb.png"
        png(bomb, 40, 40, [[0] * 120] * 40, header=(60_000, 60_000))
        status, answer, _ = self.server.predict(bomb.read_bytes())
        self.assertEqual((status, answer["error"]["code"]), (413, "picture.too-large"))
        for body in (b"x", b"GIF89a" + b"\0" * 100, b"<svg xmlns='http://www.w3.org/2000/svg'/>", self.bytes[:200], b"\xff\xd8\xff" + b"\0" * 1000):
            status, answer, _ = self.server.predict(body)
            self.assertEqual(status, 422, body[:20])
            self.assertTrue(answer["error"]["message"] and answer["error"]["hint"])
        # In a batch the others are answered.
        pictures = [base64.b64encode(b).decode() for b in (self.bytes, b"x", self.bytes)]
        status, answer, _ = self.server.predict(json.dumps({"pictures": pictures}), {"Content-Type": "application/json"})
        self.assertEqual((status, ["error" in r for r in answer["results"]]), (200, [False, True, False]))

    def test_thousands_of_connections(self):
        """More than may be open, each with half a header: a newcomer is served at once."""
        crowd = []
        try:
            for _ in range(1500):
                client = socket.create_connection((self.server.host, self.server.port), 60)
                crowd.append(client)
                client.sendall(b"GET / HT")
            self.assertEqual(self.server.predict(self.bytes)[0], 200)
            self.assertLessEqual(self.server.metric("patchbay_connections"), 210)
            self.assertGreater(self.server.metric("patchbay_refused_connections_total"), 1000)
        finally:
            for client in crowd:
                client.close()
        self.assertIsNone(self.server.process.poll())


class Reload(ServeTest):
    def test_a_changed_export_is_taken_up_and_no_request_lost(self):
        renamed = self.folder / "renamed"
        shutil.copytree(self.export, renamed)
        for name in ("model.onnx", "net.json"):
            text = (renamed / name).read_bytes()
            (renamed / name).write_bytes(text.replace(b'"disc"', b'"disk"').replace(b'"square"', b'"sqware"'))
        served = self.folder / "changing"
        shutil.copytree(self.export, served)
        server = self.serve("--look-time", "0.1", exports=[served])
        picture, seen, stop = self.picture.read_bytes(), [], threading.Event()

        def client():
            connection = server.connect()
            while not stop.is_set():
                status, answer, _ = server.predict(picture, model="changing", connection=connection)
                seen.append((status, tuple(sorted(answer["results"][0]["scores"])) if status == 200 else answer))

        threads = [threading.Thread(target=client) for _ in range(3)]
        [t.start() for t in threads]
        new = (200, ("disk", "sqware"))
        try:
            for name in ("net.json", "model.onnx"):
                shutil.copy(renamed / name, served / (name + ".new"))
                os.replace(served / (name + ".new"), served / name)
            until(lambda: seen and seen[-1] == new)
            # A truncated file leaves the model before it in use, and says so.
            whole = (served / "model.onnx").read_bytes()
            (served / "model.onnx").write_bytes(whole[:1000])
            until(lambda: "problem" in server.ask("GET", "/v1/models")[1]["models"][0])
            mark = len(seen)
            until(lambda: len(seen) > mark + 5)
            self.assertEqual(seen[-1], new)
            (served / "model.onnx").write_bytes(whole)
            until(lambda: "problem" not in server.ask("GET", "/v1/models")[1]["models"][0])
        finally:
            stop.set()
            [t.join() for t in threads]
        self.assertEqual({s for s, _ in seen}, {200})
        self.assertEqual({names for _, names in seen}, {("disc", "square"), ("disk", "sqware")})
        self.assertGreaterEqual(server.metric("patchbay_reloads_total"), 2)
        self.assertEqual(server.end(), 0)


class Page(ServeTest):
    """The test page in Chromium. PATCHBAY_SCREENSHOTS names a folder that keeps what it looked like."""

    def browser(self, name, **more):
        folder = self.folder / ("browser-" + name)
        folder.mkdir()
        browser = Browser(folder, **more)
        self.addCleanup(browser.close)
        return browser

    def keep(self, browser, name):
        folder = os.environ.get("PATCHBAY_SCREENSHOTS")
        path = Path(folder or self.folder, name + ".png")
        browser.screenshot(path)
        self.assertGreater(path.stat().st_size, 5000)

    def test_a_picture_is_answered_in_both_languages(self):
        server = self.serve()
        picture = sorted((self.shown / "square").iterdir())[0]
        result = server.predict(picture.read_bytes())[1]["results"][0]
        browser = self.browser("both")
        browser.open(server.url + "/")
        browser.until("document.getElementById('model').value === 'shapes'")
        self.assertIn("Drop a picture here", browser.evaluate("document.body.innerText"))
        browser.choose("#file", picture)
        browser.until("!document.getElementById('answer').hidden")
        self.assertEqual(browser.evaluate("document.getElementById('label').textContent"), result["class"])
        self.assertEqual(browser.evaluate("[...document.querySelectorAll('#scores tr')].map(r => r.cells[0].textContent).sort().join()"), "disc,square")
        self.assertEqual(browser.evaluate("[...document.querySelectorAll('#scores meter')].map(m => m.value.toFixed(4)).join()"),
                         ",".join(f"{v:.4f}" for v in sorted(result["scores"].values(), reverse=True)))
        # The heat map colours the grey ground or the shape: without it the picture has other pixels.
        pixels = "document.getElementById('picture').toDataURL()"
        with_map = browser.evaluate(pixels)
        self.keep(browser, "page-en")
        browser.evaluate("document.getElementById('heat').click()")
        browser.until(f"document.getElementById('status').textContent === '' && {pixels} !== {json.dumps(with_map)}")
        browser.evaluate("document.getElementById('heat').click()")
        browser.until(f"{pixels} === {json.dumps(with_map)}")
        browser.evaluate("document.getElementById('language').click()")
        browser.until("document.documentElement.lang === 'zh-CN' && document.getElementById('facts').textContent.includes('毫秒')")
        self.assertIn("显示判断依据的位置", browser.evaluate("document.body.innerText"))
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.keep(browser, "page-zh-dark")
        self.assertTrue(browser.evaluate("document.getElementById('unlike').hidden"))
        strange = self.folder / "strange.png"
        noise(strange)
        browser.choose("#file", strange)
        browser.until("!document.getElementById('unlike').hidden")
        self.assertIn("不相似", browser.evaluate("document.getElementById('unlike').innerText"))
        self.keep(browser, "page-zh-unlike")
        broken = self.folder / "broken.png"
        broken.write_bytes(b"no picture")
        browser.choose("#file", broken)
        browser.until("document.getElementById('status').className === 'bad'")
        self.assertTrue(browser.evaluate("document.getElementById('answer').hidden"))
        self.assertEqual([c for c in browser.console if "exceptionDetails" in c], [])

    def test_a_dropped_picture_and_names_that_are_markup(self):
        marked = self.folder / "marked"
        shutil.copytree(self.export, marked)
        for name in ("model.onnx", "net.json"):
            text = (marked / name).read_bytes()
            (marked / name).write_bytes(text.replace(b'"disc"', b'"<u>q"').replace(b'"square"', b'"<svg/>"'))
        token = self.folder / "token"
        token.write_text("0123456789abcdef\n")
        token.chmod(0o600)
        server = self.serve("--token-file", token, exports=[f"<b>m={marked}"])
        browser = self.browser("marked", language="zh-CN")
        browser.open(server.url + "/?lang=zh")
        browser.until("!document.getElementById('token-row').hidden")
        browser.evaluate("document.getElementById('token').value = '0123456789abcdef'; document.getElementById('token').dispatchEvent(new Event('change'))")
        browser.until("document.getElementById('model').value === '<b>m'")
        encoded = base64.b64encode(self.picture.read_bytes()).decode()
        browser.evaluate("""(() => { const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(atob('%s'), c => c.charCodeAt(0))], 'p.png', {type: 'image/png'}));
            dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true})); })()""" % encoded)
        browser.until("!document.getElementById('answer').hidden")
        self.assertEqual(browser.evaluate("[...document.querySelectorAll('#scores tr')].map(r => r.cells[0].textContent).sort().join()"), "<svg/>,<u>q")
        self.assertEqual(browser.evaluate("document.querySelectorAll('main u, main svg, header b').length"), 0)
        # Nothing of somebody else's runs, even if it were markup.
        browser.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>')")
        time.sleep(.5)
        self.assertIsNone(browser.evaluate("window.ran"))
        self.keep(browser, "page-marked")


if __name__ == "__main__":
    main([Answers, Strangers, BadRequests, Reload, Page])
