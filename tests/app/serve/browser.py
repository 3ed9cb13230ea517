# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium, driven over the pipe of its DevTools protocol; no library is needed."""
import base64
import json
import os
import shutil
import subprocess
import time


class Browser:
    def __init__(self, folder, size="1200,800", language="en-US"):
        program = shutil.which("chromium")
        if not program:
            raise RuntimeError("chromium is missing: run app/setup/install --tests")
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()

        def place():
            # The protocol speaks on descriptors 3 and 4; first out of each other's way.
            a, b = os.dup(to_read), os.dup(to_write)
            high = [os.dup2(a, 63), os.dup2(b, 64)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        environment = dict(os.environ, HOME=str(folder), LANGUAGE=language)
        words = [program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={folder}/chromium", f"--window-size={size}",
                 f"--lang={language}", f"--accept-lang={language}", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server"]
        if os.getuid() == 0:
            words.append("--no-sandbox")
        self.process = subprocess.Popen([*words, "about:blank"], close_fds=False, preexec_fn=place, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(folder / "chromium.log", "wb"))
        os.close(to_read)
        os.close(to_write)
        self.count, self.rest, self.session, self.console = 0, b"", None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM", "Log"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if answer.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.console.append(answer["params"])

    def _next(self):
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 20)
            if not more:
                raise RuntimeError("chromium ended")
            self.rest += more
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def open(self, url):
        self.call("Page.navigate", url=url)

    def evaluate(self, code):
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, code, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.evaluate(code):
                    return
            except RuntimeError as error:
                if "ended" in str(error):
                    raise
            time.sleep(.1)
        raise AssertionError(f"{code} did not come true; the page says: " + str(self.evaluate("document.body && document.body.innerText")))

    def choose(self, selector, *files):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(f) for f in files])

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        os.close(self.write)
        os.close(self.read)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
