# SPDX-License-Identifier: Apache-2.0
"""From a folder with hidden faults to a clean revision that is trained on and exported."""
import json
import shutil

import garden


def faulty_folder(root):
    """48 pictures of three classes, among them a stone among the leaves, a flower that is there twice, and a file cut off."""
    garden.draw_folder(root)
    garden.draw(root / "leaf" / "leaf-06.png", "stone", 606)
    shutil.copy(root / "flower" / "flower-01.png", root / "flower" / "again.png")
    whole = (root / "stone" / "stone-01.png").read_bytes()
    (root / "stone" / "cut-off.png").write_bytes(whole[:20])
    return root


def only(stage, words):
    """Searches, and waits until one picture is left; it is chosen."""
    stage.fill("dataset.search", words, end=None)
    stage.until(f"one picture named {words}", lambda: stage.text("dataset.headline").startswith("1 of "))
    grid = stage.find("dataset.grid")
    stage.click((grid["x"] + 74, grid["y"] + 70))
    stage.until("it to be chosen", lambda: stage.text("data.chosen").startswith("1 "))


def clean_data(stage):
    """Imported after a look at it, mended in the gallery, named, trained on, changed again, exported as COCO."""
    pictures = faulty_folder(stage.home / "Pictures" / "garden")
    file = garden.write_pipeline(stage.projects / "Garden", garden.probe_pipeline(pictures))
    stage.open(file)
    project = stage.ask("file")["project"]
    state = lambda: stage.cli("data", "state", "--project", project)
    stage.key("ctrl+shift+d")
    stage.find("dataset.import-first")
    stage.shot("empty")
    stage.click("dataset.import-first")
    stage.find("dataImport")
    stage.fill("dataImport.path", str(pictures), end="Tab")
    stage.until("the look at the folder", lambda: stage.ask("widget dataImport.ok").get("enabled"), 60)
    stage.shot("preview")
    stage.click("dataImport.ok")
    stage.until("the pictures", lambda: state()["items"] == 49, 60)
    # What was left out stays on the screen until it was read.
    stage.until("the report", lambda: stage.ask("widget dataImport.cancel").get("text") == "Close")
    stage.shot("left-out")
    stage.click("dataImport.cancel")
    stage.gone("dataImport")
    stage.until("the gallery", lambda: stage.text("dataset.headline").startswith("49 "))
    stage.shot("gallery")

    names = [one["name"] for one in state()["classes"]]
    only(stage, "leaf-06")
    stage.shot("a-stone-among-leaves")
    stage.key(str(names.index("stone") + 1))
    count = lambda name: next(one["count"] for one in state()["classes"] if one["name"] == name)
    stage.until("its label to be mended", lambda: count("leaf") == 15 and count("stone") == 17)
    only(stage, "again")
    stage.key("Delete")
    stage.until("the double to be gone", lambda: state()["items"] == 48)
    stage.key("ctrl+z")
    stage.until("undo to bring it back", lambda: state()["items"] == 49)
    only(stage, "again")
    stage.key("Delete")
    stage.until("the double to be gone again", lambda: state()["items"] == 48)
    stage.fill("dataset.search", "", end=None)
    stage.key("BackSpace")
    stage.until("all pictures", lambda: stage.text("dataset.headline").startswith("48 "))
    newest = stage.find("history.list")
    stage.click((newest["x"] + 60, newest["y"] + 34))
    stage.click("history.name")
    stage.type("Clean")
    stage.key("Return")
    log = lambda: stage.cli("data", "log", "--project", project)
    stage.until("the revision's name", lambda: log()[0].get("name") == "Clean")
    stage.shot("clean")

    stage.click("dataset.train")
    source = lambda: [one for one in stage.document()["nodes"] if one["type"] == "patchbay.data.revision"]
    stage.until("the revision in the pipeline", source)
    stage.check(not [one for one in stage.document()["nodes"] if one["type"] == "patchbay.data.picture_folder"],
                "the folder is still in the pipeline")
    stage.key("ctrl+Return")
    stage.until("the training", lambda: stage.state("evaluate") == "done", 120)
    stage.idle()
    stage.key("ctrl+shift+d")
    stage.until("what was trained on", lambda: "used these data" in stage.text("dataset.since-training"))
    only(stage, "leaf-00")
    stage.key(str(names.index("flower") + 1))
    stage.until("the change since the training", lambda: "1 label changed" in stage.text("dataset.since-training"))
    stage.until("the pipeline to know of it", lambda: stage.state(source()[0]["name"]) == "stale")
    stage.shot("since-training")
    stage.key("ctrl+z")
    stage.until("undo", lambda: count("leaf") == 15)

    target = stage.home / "exported"
    stage.click("dataset.export")
    stage.find("dataExport")
    stage.until("the formats", lambda: "COCO" in stage.text("dataExport.format"))
    stage.fill("dataExport.path", str(target), end="Tab")
    stage.click("dataExport.ok")
    stage.until("the files", lambda: stage.ask("widget dataExport.cancel").get("text") == "Close", 60)
    stage.shot("exported")
    files = sorted((target / "annotations").glob("*.json"))
    stage.check(len(list((target / "images").rglob("*.*"))) == 48, "other pictures than there are")
    # Classes of whole pictures are in a file of their own.
    labels = json.loads(next(one for one in files if one.name.startswith("labels")).read_text())
    name = {one["id"]: one["name"] for one in labels["categories"]}
    stage.check(set(name.values()) == set(names), f"other classes than there are: {name}")
    mended = next(one["id"] for one in labels["images"] if one["file_name"].endswith("leaf-06.png"))
    said = [name[one["category_id"]] for one in labels["annotations"] if one["image_id"] == mended]
    stage.check(said == ["stone"], f"the mended label is not in the export: {said}")


JOURNEYS = {"clean_data": clean_data}
