# SPDX-License-Identifier: Apache-2.0
"""The journeys of the fast tier: each under a minute."""
import json
import pathlib
import subprocess
import time

import garden
import stage as stages

HERE = pathlib.Path(__file__).resolve().parent


def first_minutes(stage):
    """From the welcome page to an exported model of own pictures."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden")
    # The demos of the export are tried in the journey "label" and in the tests of its block; it takes longer than all else of it.
    stage.env.update(CXX="none", PATCHBAY_PYTHON="none")
    stage.open()
    stage.shot("welcome")
    stage.find("welcome.template.classify-folder")
    stage.click("welcome.template.classify-folder")
    stage.find("pictures", "block", 20)
    stage.idle()
    stage.shot("template")
    stage.click("pictures", "block")
    stage.fill("param.folder", str(pictures))
    stage.idle()
    stage.shot("pictures-chosen")
    stage.click("fine_tune", "block")
    stage.idle()
    stage.shot("fine-tune")
    stage.fill("param.epochs", "3")
    stage.click("canvas")
    stage.key("ctrl+Return")
    stage.until("the run to begin", lambda: stage.state("split") in ("running", "done"), 30)
    stage.until("the network to be trained", lambda: stage.state("fine_tune") in ("running", "done"), 60)
    stage.shot("training")
    blocks = [node["name"] for node in stage.document()["nodes"]]
    stage.until("all blocks to be done", lambda: all(stage.state(one) == "done" for one in blocks), 200)
    stage.idle()
    stage.shot("done")
    project = pathlib.Path(stage.ask("file")["project"])
    run = stage.cli("show", "--project", project)
    states = {one["name"]: one["state"] for one in run["finished_event"]["blocks"]}
    stage.check(states == dict.fromkeys(blocks, "ran"), f"the command line sees other blocks: {states}")
    export = project / "exports" / "model"
    for file in ("model.onnx", "model.safetensors"):
        stage.check((export / file).is_file(), f"the export has no {file}: {sorted(p.name for p in export.iterdir())}")
    look_at_results(stage)
    put_to_work(stage)
    stage.key("ctrl+s")
    stage.until("the pipeline to be saved", lambda: not stage.ask("file")["modified"])
    node = next(one for one in stage.saved()["nodes"] if one["name"] == "fine_tune")
    stage.check(node["params"]["epochs"] == 3, f"the file has other parameters: {node['params']}")


def put_to_work(stage):
    """The export in the panel Deploy: measured, and served for a moment."""
    stage.key("ctrl+shift+e")
    stage.until("the export to be listed", lambda: stage.find("deploy.measure.go")["enabled"], 20)
    stage.click("deploy.measure.go")
    stage.until("something to be measured", lambda: stage.find("deploy.measure.pick.text", seconds=60)["text"], 60)
    stage.find("deploy.measure.go", seconds=90)
    stage.shot("measured")
    tabs = stage.find("deploy.pages")
    stage.move((tabs["x"] + 40, tabs["y"] + 16))
    stage.hands("click", "5")
    stage.fill("deploy.serve.port", "0")
    stage.click("deploy.serve.start")
    stage.find("deploy.serve.address", seconds=60)
    stage.shot("served")
    stage.click("deploy.serve.stop")
    stage.find("deploy.serve.start", seconds=60)


def look_at_results(stage):
    """Every page of the report, by mouse."""
    tabs = stage.find("reportTabs")
    stage.click((tabs["x"] + 90, tabs["y"] + 18))
    grid = stage.find("confusionMatrix")
    stage.shot("confusion")
    # The first cell: flowers that were called flowers.
    stage.click((grid["x"] + 130, grid["y"] + 60))
    stage.idle()
    stage.shot("pictures-of-a-cell")
    for page in ("classTable", "thresholdPage", "calibrationPage", "mistakesPage"):
        stage.move((tabs["x"] + 90, tabs["y"] + 18))
        stage.hands("click", "5")  # The wheel over the tabs goes to the next one.
        stage.find(page)
        stage.shot(page)


def add_by_mouse(stage, where, words):
    """Double-click, a word, a click on the first entry; the name of the new block."""
    before = names(stage)
    stage.double_click(where)
    stage.find("addMenu.search")
    stage.type(words)
    menu = stage.find("addMenu.list")
    stage.click((menu["x"] + 60, menu["y"] + 24))
    return new_block(stage, before, words)


def add_by_keys(stage, words):
    before = names(stage)
    stage.key("shift+a")
    stage.find("addMenu.search")
    stage.type(words)
    stage.key("Return")
    return new_block(stage, before, words)


def new_block(stage, before, words):
    new = stage.until(f"a block for {words}", lambda: names(stage) - before)
    stage.gone("addMenu")
    stage.idle()
    return new.pop()


def names(stage):
    return {node["name"] for node in stage.document()["nodes"]}


def shape(document):
    """What a pipeline does: its blocks and links, wherever they lie and whatever their ids are."""
    name = {node["id"]: node["name"] for node in document["nodes"]}
    return (sorted((node["name"], node["type"], str(node["params"])) for node in document["nodes"]),
            sorted((name[one["from"][0]], one["from"][1], name[one["to"][0]], one["to"][1]) for one in document["links"]))


LINKS = (("picture_folder", "data", "split", "data"), ("picture_folder", "data", "embed", "data"),
         ("pretrained", "model", "embed", "model"))


def edit(stage):
    """The same graph from an empty canvas by mouse and by keyboard; all undone, redone and saved."""
    stage.open()
    stage.click("welcome.new")
    canvas = stage.find("canvas")
    stage.idle()
    stage.shot("empty")
    at = lambda x, y: (round(canvas["x"] + x), round(canvas["y"] + y))
    for where, words in ((at(60, 60), "picture folder"), (at(330, 60), "split"), (at(60, 260), "pretrained"), (at(330, 260), "embed")):
        add_by_mouse(stage, where, words)
    stage.shot("blocks")
    for source, output, target, entry in LINKS:
        stage.drag(stage.find(f"{source} out {output}", "port"), stage.find(f"{target} in {entry}", "port"))
    stage.idle()
    stage.shot("by-mouse")
    by_mouse = stage.document()
    links = sorted(shape(by_mouse)[1])
    stage.check(links == sorted(LINKS), f"other links than were drawn: {links}")
    undo_and_redo(stage, by_mouse)
    save(stage, by_mouse)

    stage.key("ctrl+n")
    stage.until("an empty canvas", lambda: stage.document().get("nodes") == [], 20)
    stage.idle()
    stage.move("tools")  # Not over the canvas: blocks then come into the middle of it.
    add_by_keys(stage, "picture folder")
    stage.key("ctrl+shift+Left", "ctrl+shift+Left", "ctrl+shift+Up")
    stage.key("l", "Return")  # Nothing there takes data: Enter offers blocks that do.
    stage.find("addMenu.search")
    stage.shot("only-what-fits")
    stage.type("split")
    stage.key("Return")
    linked(stage, 1)
    add_by_keys(stage, "embed")
    stage.key("ctrl+shift+Right", "ctrl+shift+Down")
    stage.key("p", "p", "l")  # Its second port, the data it takes.
    stage.shot("link-by-keys")
    choose_target(stage, "picture_folder", 2)
    add_by_keys(stage, "pretrained")
    stage.key("ctrl+shift+Left", "ctrl+shift+Left", "ctrl+shift+Down", "ctrl+shift+Down")
    stage.key("l", "Return")
    linked(stage, 3)
    stage.idle()
    stage.shot("by-keys")
    by_keys = stage.document()
    stage.check(shape(by_keys) == shape(by_mouse), f"by keyboard {shape(by_keys)}, by mouse {shape(by_mouse)}")
    undo_and_redo(stage, by_keys)
    save(stage, by_keys)


def linked(stage, count):
    stage.until(f"{count} links", lambda: len(stage.document()["links"]) == count)
    stage.gone("addMenu")
    stage.idle()


def choose_target(stage, block, count):
    """Enter on the port that is aimed at; with several that fit, arrow keys go round until it is the one of `block`."""
    for _ in range(6):
        stage.key("Return")
        linked(stage, count)
        ends = {one["from"][0] for one in stage.document()["links"]}
        name = {node["id"]: node["name"] for node in stage.document()["nodes"]}
        if block in {name[one] for one in ends}:
            return
    stage.check(False, f"no link from {block}")


def undo_and_redo(stage, document):
    """To the very beginning and to the end again."""
    for _ in range(60):
        if not stage.document()["nodes"]:
            break
        stage.key("ctrl+z")
    stage.check(stage.document()["nodes"] == [], "undo does not come back to the empty canvas")
    for _ in range(60):
        if stage.document() == document:
            return
        stage.key("ctrl+shift+z")
    stage.check(False, "redo does not bring everything back")


def save(stage, document):
    stage.key("ctrl+s")
    stage.until("the pipeline to be saved", lambda: not stage.ask("file")["modified"])
    stage.check(stage.saved() == document, "the file has another pipeline than the window")


def recover(stage):
    """A wrong parameter is named where it is and can be mended; a window that was killed comes back with everything done in it."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden", 6)
    file = garden.write_pipeline(stage.projects / "Garden", garden.probe_pipeline(pictures))
    stage.open(file)
    stage.until("the plan", lambda: stage.state("evaluate") == "stale", 30)
    stage.click("pictures", "block")
    # Left empty: known before anything runs, on the block, in the inspector and among the problems.
    stage.click("param.folder")
    stage.key("ctrl+a", "BackSpace", "Return")
    stage.until("the block to say that it is not set up", lambda: stage.state("pictures") == "not-configured")
    stage.check(stage.ask("block pictures")["reason"], "the block does not say what is missing")
    stage.find("param.folder.error")
    stage.move("tools")
    stage.shot("empty-folder")
    stage.key("F8")
    stage.find("problems.list")
    stage.shot("problems")
    # Not there: known before anything runs, told by the block with what to do.
    stage.fill("param.folder", str(pictures) + "-gone")
    stage.until("the block to say which folder it misses", lambda: "garden-gone" in stage.ask("block pictures")["reason"])
    stage.check(stage.state("pictures") == "not-configured", "a folder that is not there is no problem")
    stage.idle()
    stage.shot("missing-folder")
    stage.fill("param.folder", str(pictures))
    stage.until("the plan", lambda: stage.state("pictures") == "stale")
    stage.key("ctrl+Return")
    stage.until("the mended pipeline to be done", lambda: stage.state("evaluate") == "done", 90)
    stage.idle()
    stage.shot("mended")

    stage.click("split", "block")
    stage.fill("param.test", "25")
    stage.click("tool.canvas.fit-all")
    stage.idle()
    probe = stage.find("probe", "block")
    x, y = stage.middle(probe)
    stage.drag((x, round(probe["y"] + 12)), (x + 40, round(probe["y"] + 92)))
    stage.click("evaluate", "block")
    stage.key("ctrl+m")
    stage.click("backbone", "block")
    stage.key("F2")
    stage.find("canvas.editor")
    stage.type("Eyes")
    stage.key("Return")
    stage.idle()
    edited = stage.document()
    node = {one["id"]: one for one in edited["nodes"]}
    stage.check(node["split"]["params"] == {"test": 25} and node["probe"]["pos"] != [560, 0] and node["evaluate"]["mode"] == "mute" and
                "Eyes" in (node["backbone"]["title"], node["backbone"]["name"]), f"not every gesture is in the document: {node}")
    stage.shot("before-the-kill")
    stage.kill()
    stage.check(json.loads(file.read_text()) != edited, "nothing was unsaved: the kill proves nothing")
    stage.open(file)
    stage.find("message.recovered")
    stage.shot("recovered")
    stage.check(stage.document() == edited, "something that was done before the kill is gone")
    save(stage, edited)


def open_source(stage, at, *paths):
    """A window of another program, in front of the Studio, whose files can be dragged."""
    log = stage.root / f"drag{len(stage.started)}.txt"
    with open(log, "wb") as out:
        stage.started.append(subprocess.Popen([stages.xlib_python(), str(HERE / "drag_source.py"), *map(str, at), *map(str, paths)],
                                              env=stage.env, stdout=out, stderr=out))
    words = lambda: log.read_text().split()
    stage.until("the other program's window", lambda: "ready" in words(), 10)
    found = lambda: stage.hands("search", "--onlyvisible", "--name", "^Files$").split()
    window = stage.until("the other program's window", found, 10)[-1]
    stage.hands("windowmove", "--sync", window, *map(str, at))
    stage.hands("windowactivate", "--sync", window)
    time.sleep(0.3)
    return window, words


def drop(stage):
    """A folder is dragged out of another program's window (XDND) and let go on the canvas: it becomes a block there."""
    pictures = garden.draw_folder(stage.home / "Pictures" / "garden", 8)
    stage.open()
    stage.click("welcome.new")
    canvas = stage.find("canvas")
    stage.idle()
    at = (round(canvas["x"] + canvas["width"] - 260), round(canvas["y"] + canvas["height"] - 150))
    where = (round(canvas["x"] + 120), round(canvas["y"] + 140))
    window, words = open_source(stage, at, pictures)
    x, y = at[0] + 60, at[1] + 60
    stage.hands("mousemove", str(x), str(y), "mousedown", "1")
    for i in range(1, 13):
        stage.hands("mousemove", str(round(x + (where[0] - x) * i / 12)), str(round(y + (where[1] - y) * i / 12)))
        time.sleep(0.03)
    stage.until("the canvas to take it", lambda: "accepted" in words(), 10)
    stage.shot("over-the-canvas")
    stage.hands("mouseup", "1")
    stage.find("import")
    stage.until("the drop to be answered", lambda: "finished" in words(), 10)
    stage.idle()
    stage.shot("summary")
    stage.click("import.ok")
    stage.gone("import")
    stage.until("the block", lambda: stage.document()["nodes"])
    stage.idle()
    node = stage.document()["nodes"][0]
    stage.check(node["type"] == "patchbay.data.picture_folder" and node["params"]["folder"] == str(pictures),
                f"another block than was dropped: {node}")
    block = stage.find(node["name"], "block")
    stage.check(abs(block["x"] - where[0]) < 40 and abs(block["y"] - where[1]) < 40,
                f"the block is at {block['x']:.0f}, {block['y']:.0f} and was dropped at {where}")
    stage.shot("dropped")
    stage.key("ctrl+z")
    stage.until("undo to take it back", lambda: stage.document()["nodes"] == [])


JOURNEYS = {"first_minutes": first_minutes, "edit": edit, "recover": recover, "drop": drop}
