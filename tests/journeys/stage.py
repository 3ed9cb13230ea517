# SPDX-License-Identifier: Apache-2.0
"""A private screen with a window manager, the Studio in it, and the hands (xdotool) that use it.

Nothing of the person's own machine is used: display, home, settings, run-time folder and bus are made for one journey and removed
after it, with every process that was started in it, also when the journey failed.
"""
import functools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")
SCREEN = (1600, 1000)


class Failed(Exception):
    """What a person at the screen would call wrong."""


def missing():
    absent = [program for program in PROGRAMS if not shutil.which(program)]
    return absent if xlib_python() else [*absent, "python3-xlib"]


@functools.cache
def xlib_python():
    """A Python that has Debian's python3-xlib: this one or the system's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if shutil.which(python) and subprocess.run([python, "-c", "import Xlib"], capture_output=True).returncode == 0:
            return python
    return None


def real_cache():
    given = os.environ.get("XDG_CACHE_HOME", "")
    return pathlib.Path(given if given.startswith("/") else pathlib.Path.home() / ".cache") / "patchbay"


class Stage:
    """Use as `with Stage(...) as stage`; `stage.open()` starts the Studio."""

    def __init__(self, name, build, screenshots=None, log=print):
        self.name, self.log = name, log
        self.bin = pathlib.Path(build) / "bin"
        self.screenshots = pathlib.Path(screenshots) if screenshots else None
        self.started = []
        self.studio = None
        self.stalls = []
        self.busy = []
        self.pictures_taken = 0

    # --- a place of its own ---------------------------------------------------------------------------------------------------

    def __enter__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="patchbay-journey-"))
        self.home = self.root / "home"
        self.projects = self.home / "Documents" / "Patchbay"
        runtime = self.root / "run"
        cache = self.home / ".cache" / "patchbay"
        for folder in (self.home / "Documents", self.home / ".config", self.home / ".local" / "share", runtime, cache):
            folder.mkdir(parents=True)
        runtime.chmod(0o700)
        # The learned weights and libraries are the machine's; what is computed from them is not.
        if (real_cache() / "deps").is_dir():
            (cache / "deps").symlink_to(real_cache() / "deps")
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(("XDG_", "QT_", "WAYLAND_", "DBUS_", "PATCHBAY_", "LC_", "LANGUAGE"))}
        self.env.update(HOME=str(self.home), XDG_RUNTIME_DIR=str(runtime), XDG_CACHE_HOME=str(self.home / ".cache"),
                        XDG_CONFIG_HOME=str(self.home / ".config"), XDG_DATA_HOME=str(self.home / ".local" / "share"),
                        LANG="C.UTF-8", QT_QPA_PLATFORM="xcb", NO_AT_BRIDGE="1",
                        DBUS_SESSION_BUS_ADDRESS="unix:path=" + str(runtime / "no-bus"))
        try:
            self._screen()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, error, trace):
        try:
            if error is not None and self.studio is not None and self.studio.poll() is None:
                self.shot("failed", quiet=True)
        finally:
            self._end()
            log = self.root / "studio.log"
            if error is not None and log.exists():
                print(f"--- the Studio's own words in {self.name} ---\n" + log.read_text(errors="replace")[-3000:])
            shutil.rmtree(self.root, ignore_errors=True)

    def _screen(self):
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % SCREEN, "-nolisten", "tcp", "-noreset"],
                                  pass_fds=(write,), env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        self.started.append(server)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise Failed("Xvfb gave no display number. Start it by hand to see why.")
        self.env["DISPLAY"] = ":" + number
        self.started.append(subprocess.Popen(["openbox"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        self.until("a window manager", lambda: "WINDOW" in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.env, capture_output=True, text=True).stdout
            if shutil.which("xprop") else time.sleep(1) or True, 20)

    def _end(self):
        """Ends what was started here, engine and workers too: they carry this journey's home in their environment."""
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
        mark = b"HOME=" + os.fsencode(self.home)
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if not self._signal(mark, sign):
                break
            time.sleep(0.7)
        for process in self.started:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @staticmethod
    def _signal(mark, sign):
        found = 0
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), sign)
                    found += 1
            except OSError:
                continue
        return found

    # --- the Studio -----------------------------------------------------------------------------------------------------------

    def open(self, *arguments, language="en", theme="light"):
        """Starts the Studio and waits until its window can be used. None leaves the language or theme as it was set."""
        self.port = str(self.root / "run" / f"port{len(self.started)}")
        command = [str(self.bin / "patchbay-studio"), "--test-port", self.port]
        if language:
            command += ["--language", language]
        if theme:
            command += ["--theme", theme]
        with open(self.root / "studio.log", "ab") as log:
            self.studio = subprocess.Popen(command + [str(a) for a in arguments], env=self.env, stdout=log, stderr=log, cwd=self.root)
        self.started.append(self.studio)
        self.until("the Studio's window", lambda: os.path.exists(self.port) and self.ask("window").get("visible"), 30)
        self.idle(60)
        self.size()

    def size(self):
        """The window as large as the screen, by the window manager; its keys go to it."""
        found = self.hands("search", "--onlyvisible", "--pid", str(self.studio.pid)).split()
        # Tooltips and menus are windows as well: the largest is the one.
        def area(window):
            shape = dict(line.split("=") for line in self.hands("getwindowgeometry", "--shell", window).split())
            return int(shape["WIDTH"]) * int(shape["HEIGHT"])
        window = max(found, key=area)
        self.hands("windowactivate", "--sync", window)
        self.hands("windowsize", window, str(SCREEN[0] - 4), str(SCREEN[1] - 28))
        self.hands("windowmove", window, "0", "0")
        time.sleep(0.5)
        self.idle()

    def stop(self):
        """Closes the window like its owner does."""
        self.key("ctrl+q")
        self.until("the Studio's end", lambda: self.studio.poll() is not None, 20)

    def kill(self):
        self.note_stall("before the kill")
        self.studio.kill()
        self.studio.wait()

    def ask(self, question):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(30)
            try:
                line.connect(self.port)
                line.sendall(question.encode() + b"\n")
                answer = b""
                while not answer.endswith(b"\n"):
                    part = line.recv(1 << 20)
                    if not part:
                        break
                    answer += part
            except OSError as why:
                if self.studio.poll() is not None:
                    raise Failed(f"the Studio ended with {self.studio.returncode} while it was asked: {question}") from why
                return {"error": str(why)}
        return json.loads(answer) if answer.strip() else {"error": "no answer"}

    def until(self, what, true, seconds=20):
        """Waits until `true()` is; a Failed that names `what` after so many seconds. Returns what it returned."""
        end = time.monotonic() + seconds
        while True:
            value = true()
            if value:
                return value
            if time.monotonic() > end:
                raise Failed(f"waited {seconds} s in vain for {what}")
            if self.studio is not None and what != "the Studio's end" and self.studio.poll() is not None:
                raise Failed(f"the Studio ended with {self.studio.returncode} while waiting for {what}")
            time.sleep(0.08)

    def idle(self, seconds=30):
        def twice():
            if not self.ask("idle").get("idle"):
                return False
            time.sleep(0.12)
            return self.ask("idle").get("idle")
        self.until("the window to be idle", twice, seconds)

    def find(self, name, kind="widget", seconds=10):
        """Where a widget (or action, block, port) is, once it is visible."""
        def shown():
            answer = self.ask(f"{kind} {name}")
            return answer if "error" not in answer and answer.get("visible") else None
        return self.until(f"{kind} {name} to be visible", shown, seconds)

    def gone(self, name, seconds=10):
        self.until(f"{name} to be gone", lambda: not self.ask(f"widget {name}").get("visible"), seconds)

    def text(self, name):
        return self.find(name)["text"]

    def document(self):
        return self.ask("document")

    def state(self, block):
        return self.ask(f"block {block}").get("state")

    # --- hands ----------------------------------------------------------------------------------------------------------------

    def hands(self, *words):
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, timeout=60)
        return done.stdout

    @staticmethod
    def middle(place):
        if "width" not in place:
            return round(place["x"]), round(place["y"])
        return round(place["x"] + place["width"] / 2), round(place["y"] + place["height"] / 2)

    def point(self, place, kind="widget"):
        if isinstance(place, str):
            place = self.find(place, kind)
        return place if isinstance(place, tuple) else self.middle(place)

    def move(self, place, kind="widget"):
        x, y = self.point(place, kind)
        for _ in range(40):
            self.hands("mousemove", str(x), str(y))
            time.sleep(0.05)
            # Texts that come in push what stands below them; a hand follows.
            if (x, y) == (now := self.point(place, kind)):
                break
            x, y = now

    def click(self, place, kind="widget", button=1, times=1):
        self.move(place, kind)
        self.hands("click", "--repeat", str(times), "--delay", "60", str(button))
        time.sleep(0.15)

    def double_click(self, place, kind="widget"):
        self.click(place, kind, times=2)

    def drag(self, start, end, steps=8, button=1):
        (x0, y0), (x1, y1) = self.point(start), self.point(end)
        words = ["mousemove", str(x0), str(y0), "mousedown", str(button)]
        for i in range(1, steps + 1):
            words += ["sleep", "0.02", "mousemove", str(round(x0 + (x1 - x0) * i / steps)), str(round(y0 + (y1 - y0) * i / steps))]
        self.hands(*words, "sleep", "0.1", "mouseup", str(button))
        time.sleep(0.2)

    def key(self, *keys):
        for one in keys:
            self.hands("key", one)
            time.sleep(0.08)

    def type(self, text):
        self.hands("type", "--delay", "12", text)
        time.sleep(0.2)

    def fill(self, widget, text, end="Return"):
        """Clicks into a line, replaces what is in it and ends with a key."""
        self.click(widget)
        self.key("ctrl+a")
        self.type(text)
        if end:
            self.key(end)
        time.sleep(0.3)

    def choose(self, menu, action):
        """Opens a menu of the menu bar by its key and clicks an entry."""
        self.key(menu)
        self.click(action, "action")

    # --- what came of it ------------------------------------------------------------------------------------------------------

    def shot(self, name, quiet=False):
        self.pictures_taken += 1
        if not quiet:
            self.note_stall(name)
        if not self.screenshots:
            return
        self.screenshots.mkdir(parents=True, exist_ok=True)
        if not quiet:
            time.sleep(0.3)
        subprocess.run(["import", "-window", "root", str(self.screenshots / f"{self.name}-{self.pictures_taken:02}-{name}.png")],
                       env=self.env, capture_output=True, timeout=60)

    def cli(self, *words):
        """The command line sees the same project: its answer as a value."""
        done = subprocess.run([str(self.bin / "patchbay"), *[str(w) for w in words], "--json"], env=self.env, capture_output=True,
                              text=True, timeout=120, cwd=self.root)
        if done.returncode != 0:
            raise Failed(f"patchbay {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def saved(self):
        """The pipeline as its file has it."""
        return json.loads(pathlib.Path(self.ask("file")["file"]).read_text())

    def note_stall(self, step="at the end"):
        """How long the window was deaf since the last time this was asked."""
        said = self.ask("stall reset")
        if said.get("longest_ms") is not None:
            self.stalls.append((said["longest_ms"], step))
            self.busy.append((said.get("busy_ms", 0), step))

    def check(self, true, what):
        if not true:
            raise Failed(what)
