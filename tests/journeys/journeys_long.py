# SPDX-License-Identifier: Apache-2.0
"""The journeys of `--long`."""
import os
import time

import garden


def alive(pid):
    return os.path.exists(f"/proc/{pid}")


def keep_training(stage):
    """The window is killed while a network is trained: training goes on without it, and the window that comes back shows it."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden")
    folder = stage.projects / "Long training"
    file = garden.write_pipeline(folder, garden.training_pipeline(pictures, 160))
    stage.open(file)
    stage.until("the plan", lambda: stage.state("evaluate") == "stale", 30)
    stage.key("ctrl+Return")
    stage.until("the training", lambda: stage.state("fine_tune") == "running", 60)
    engine = stage.ask("file")["engine"]
    time.sleep(6)
    stage.shot("training")
    stage.check(stage.state("fine_tune") == "running", "the training ended before the window was killed")
    stage.kill()
    stage.check(alive(engine), "the engine ended with the window")
    time.sleep(3)
    run = stage.cli("runs", "--project", folder)
    stage.check(len(run) == 1, f"the command line sees {len(run)} runs and not the one that goes on")
    stage.check(alive(engine), "the engine did not live on")
    stage.open(file)
    stage.until("the run to be shown", lambda: stage.state("fine_tune") in ("running", "done"), 30)
    stage.check(stage.ask("file")["engine"] == engine, "the window has another engine than the one that trains")
    stage.shot("reopened")
    blocks = [node["name"] for node in stage.document()["nodes"]]
    stage.until("all blocks to be done", lambda: all(stage.state(one) == "done" for one in blocks), 400)
    stage.idle()
    stage.shot("done")
    done = stage.cli("show", "--project", folder)["finished_event"]["blocks"]
    stage.check({one["state"] for one in done} == {"ran"}, f"not one run from end to end: {done}")
    stage.check(len(stage.cli("runs", "--project", folder)) == 1, "training was begun a second time")


PANELS = ("queue", "curves", "results", "runs", "problems", "log")


def set_look(stage, language, theme):
    """In the preferences, while everything is open."""
    stage.key("ctrl+comma")
    stage.find("preferences")
    for box, row in (("preferences.language", language), ("preferences.theme", theme)):
        stage.click(box)
        stage.key("Home", *["Down"] * row, "Return")
        time.sleep(0.4)
    stage.idle()
    words = stage.text("preferences.close")
    stage.shot("preferences")
    stage.click("preferences.close")
    stage.gone("preferences")
    return words


def pages(stage, look):
    stage.move("tools")
    stage.click("probe", "block")
    stage.idle()
    for name in PANELS:
        dock = stage.until("a panel below", lambda: next((d for d in (stage.ask(f"widget panel.{p}") for p in PANELS)
                                                          if d.get("visible") and d["x"] >= 0 and d["y"] > 100), None))
        stage.move((round(dock["x"]) + 20, round(dock["y"]) - 12))
        stage.hands("click", "5" if name != "queue" else "1")
        stage.idle()
        stage.shot(f"{look}-{name}")
    for keys, widget in (("shift+a", "addMenu"), ("ctrl+shift+p", "commandPalette"), ("question", "keySheet"), ("ctrl+i", "import"),
                         ("ctrl+t", "try"), ("ctrl+e", "export")):
        stage.click("probe", "block")
        stage.key(keys)
        if widget == "import":  # Asks for a folder first.
            time.sleep(1)
            stage.type(str(stage.home / "Pictures" / "garden"))
            stage.key("Return")
        stage.find(widget)
        stage.idle()
        time.sleep(0.5)
        stage.shot(f"{look}-{widget}")
        if widget != "try":  # A panel: it stays.
            stage.key("Escape")
            stage.gone(widget)


def languages(stage):
    """Language and colours are changed in an open window with results in it; every page is seen in all four."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden", 8)
    stage.open(garden.write_pipeline(stage.projects / "Garden", garden.probe_pipeline(pictures)), language=None, theme=None)
    stage.until("the plan", lambda: stage.state("evaluate") == "stale", 30)
    stage.key("ctrl+Return")
    stage.until("the run", lambda: stage.state("evaluate") == "done", 120)
    stage.idle()
    document = stage.document()
    words = {}
    for look, language, theme in (("en-light", 1, 1), ("en-dark", 1, 2), ("zh-dark", 2, 2), ("zh-light", 2, 1)):
        words[look] = set_look(stage, language, theme)
        pages(stage, look)
    stage.check(words["en-light"].isascii() and not words["zh-dark"].isascii(), f"the language did not change: {words}")
    stage.check(stage.document() == document, "changing how it looks changed the pipeline")
    for theme in (1, 2):
        set_look(stage, 2, theme)
        stage.key("ctrl+shift+w")
        stage.find("welcome")
        stage.idle()
        stage.shot(f"zh-welcome-{theme}")


def large(stage):
    """2,000 blocks: opened, moved about, a part of them selected, all of them pasted again and that undone."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden", 4)
    file = garden.write_pipeline(stage.projects / "Large", garden.large_pipeline(pictures, 2000))
    start = time.monotonic()
    stage.open(file)
    stage.until("all blocks", lambda: len(stage.document().get("nodes", [])) == 2000, 30)
    print(f"        large: open after {time.monotonic() - start:.1f} s")
    stage.idle(120)
    stage.shot("open")
    canvas = stage.find("canvas")
    left, top = round(canvas["x"]), round(canvas["y"])
    stage.drag((left + 300, top + 300), (left + 500, top + 400), steps=20, button=2)
    stage.move((left + 400, top + 200))
    for button in ("4", "4", "4", "5", "5"):
        stage.hands("click", "--repeat", "4", "--delay", "30", button)
    stage.idle()
    stage.shot("zoomed")
    stage.click("tool.canvas.fit-all")
    stage.idle()
    stage.drag((left + 12, top + 12), (left + 600, top + 300), steps=30)
    stage.idle()
    stage.shot("rubber-band")
    before = stage.document()
    stage.key("ctrl+a", "ctrl+c", "ctrl+v")
    stage.until("a second of each", lambda: len(stage.document()["nodes"]) == 4000, 60)
    stage.idle(60)
    stage.shot("pasted")
    start = time.monotonic()
    stage.key("ctrl+z")
    stage.until("the paste to be undone", lambda: len(stage.document()["nodes"]) == 2000, 60)
    print(f"        large: paste undone after {time.monotonic() - start:.2f} s, key and question with it")
    stage.check(stage.document() == before, "undo left something behind")
    stage.shot("undone")


JOURNEYS = {"keep_training": keep_training, "languages": languages, "large": large}
