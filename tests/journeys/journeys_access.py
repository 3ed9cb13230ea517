# SPDX-License-Identifier: Apache-2.0
"""The Studio as a screen reader has it: on a private bus with the accessibility service of the desktop."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import garden

WALKER = pathlib.Path(__file__).resolve().parent / "walk_accessible.py"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
# What a person can use, by the names of AT-SPI: each must say what it is.
USED = {"push button", "button", "toggle button", "check box", "radio button", "combo box", "entry", "text", "password text", "slider",
        "spin button", "menu item", "check menu item", "radio menu item", "menu", "page tab", "list", "list box", "tree", "tree table",
        "table", "link", "canvas", "dial"}


def python_with_atspi():
    """An interpreter that has gi: Debian's own has, the one that runs this may not."""
    for program in (sys.executable, "/usr/bin/python3"):
        tried = subprocess.run([program, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"],
                               capture_output=True, check=False)
        if tried.returncode == 0:
            return program
    return None


def missing():
    absent = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    if not any(os.path.exists(one) for one in LAUNCHERS):
        absent.append("at-spi2-core")
    if python_with_atspi() is None:
        absent.append("python3-pyatspi")
    return absent


def start_bus(stage):
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], env=stage.env, stdout=subprocess.PIPE, text=True)
    stage.started.append(daemon)
    stage.env["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
    stage.env.pop("NO_AT_BRIDGE", None)
    stage.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    launcher = next(one for one in LAUNCHERS if os.path.exists(one))
    stage.started.append(subprocess.Popen([launcher, "--launch-immediately"], env=stage.env, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL))
    time.sleep(1)


def walk(stage):
    done = subprocess.run([python_with_atspi(), str(WALKER), str(stage.studio.pid)], env=stage.env, capture_output=True, text=True, timeout=180,
                          check=False)
    stage.check(done.returncode == 0, f"the Studio is not on the accessibility bus: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def describe(nodes, node):
    """Where a node is, by what stands above it."""
    above = [n for n in nodes if node["path"][:len(n["path"])] == n["path"]]
    return " > ".join(f"{n['role']} \"{n['name'][:40]}\"" for n in above[-4:])


def check_names(stage, where, nodes):
    # A list in a combo box and the lines of a spin box are parts of what has a name.
    parts = {"combo box", "spin button"}
    nameless = []
    for node in nodes:
        if node["role"] not in USED or not node["showing"] or node["name"].strip():
            continue
        parent = next((n for n in nodes if n["path"] == node["path"][:-1]), None)
        if parent and parent["role"] in parts:
            continue
        nameless.append(describe(nodes, node))
    stage.check(not nameless, f"{where}: {len(nameless)} without a name:\n  " + "\n  ".join(sorted(set(nameless))[:40]))


def accessible(stage):
    """Every button, field and list has a role and a name; the blocks of the canvas are there, with their state."""
    start_bus(stage)
    stage.open()
    stage.find("welcome")
    stage.idle()
    page = walk(stage)
    stage.check(sum(n["role"] in USED and n["showing"] for n in page) > 10, f"the start page has hardly anything in it: {len(page)} nodes")
    check_names(stage, "start page", page)
    stage.stop()

    pictures = garden.draw_folder(stage.home / "Pictures" / "garden", 6)
    stage.open(garden.write_pipeline(stage.projects / "Garden", garden.probe_pipeline(pictures)))
    stage.until("the plan", lambda: stage.state("evaluate") == "stale", 30)
    stage.click("pictures", "block")
    stage.idle()
    window = walk(stage)
    check_names(stage, "window", window)
    names = [node["name"] for node in stage.document()["nodes"]]
    canvas = next((n for n in window if n["role"] == "canvas"), None)
    stage.check(canvas is not None, "the canvas is not in the tree")
    blocks = [n for n in window if n["path"][:-1] == canvas["path"]]
    stage.check(len(blocks) >= len(names), f"{len(blocks)} blocks can be reached, the pipeline has {len(names)}")
    stage.check(any(n["name"].startswith("Picture folder, ") for n in blocks), f"blocks do not say their state: {[n['name'] for n in blocks]}")
    stage.check(all(n["role"] not in ("", "unknown", "invalid") and n["actions"] for n in blocks), f"blocks cannot be used: {blocks[:2]}")
    stage.shot("window")
    for keys, widget in (("ctrl+comma", "preferences"), ("question", "keySheet"), ("ctrl+shift+p", "commandPalette"), ("shift+a", "addMenu")):
        stage.click("pictures", "block")
        stage.key(keys)
        stage.find(widget)
        stage.idle()
        check_names(stage, widget, walk(stage))
        stage.key("Escape")
        stage.gone(widget)
    stage.key("ctrl+Return")
    stage.until("the run", lambda: stage.state("evaluate") == "done", 120)
    stage.click("evaluate", "block", times=2)
    stage.find("reportTabs")
    stage.idle()
    check_names(stage, "results", walk(stage))
    stage.key("ctrl+t")
    stage.find("try")
    stage.idle()
    check_names(stage, "try", walk(stage))


JOURNEYS = {"accessible": accessible}
