# SPDX-License-Identifier: Apache-2.0
"""Labelling: from a folder without labels to an exported model; a scripted analyst; kills while labels are given."""
import csv
import os
import random
import signal
import time

import garden

KINDS = ("leaf", "flower", "stone")


def unlabelled_folder(root, count, width=128, height=104):
    """`count` pictures in one folder; their names do not say what is on them, the answer does."""
    root.mkdir(parents=True)
    truth = {}
    for i in range(count):
        name = f"picture-{i:03}.png"
        truth[name] = KINDS[(i * 7 + i // 5) % len(KINDS)]
        garden.draw(root / name, truth[name], i, width, height)
    return truth


def label_pipeline(pictures):
    value = garden.probe_pipeline(pictures)
    value["nodes"].append(garden.block("export", "deploy.export", 1120, 0))
    value["links"] += [garden.link("probe.model", "export.model"), garden.link("evaluate.report", "export.report"), garden.link("split.data", "export.data")]
    return value


class Analyst:
    """Looks at what the panel says and answers with keys."""

    def __init__(self, stage, truth, project):
        self.stage, self.truth, self.project = stage, truth, project

    def state(self):
        return self.stage.cli("data", "state", "--project", self.project)

    def count(self, name):
        return next((one["count"] for one in self.state()["classes"] if one["name"] == name), 0)

    def bring_in(self, folder):
        """The folder becomes the project's data set."""
        stage = self.stage
        stage.key("ctrl+shift+d")
        stage.find("dataset.import-first")
        stage.click("dataset.import-first")
        stage.find("dataImport")
        stage.fill("dataImport.path", str(folder), end="Tab")
        stage.until("the look at the folder", lambda: stage.ask("widget dataImport.ok").get("enabled"), 60)
        stage.click("dataImport.ok")
        stage.until("the pictures", lambda: self.state()["items"] == len(self.truth), 60)
        stage.until("the import to be over", lambda: stage.ask("widget dataImport").get("visible") is not True
                    or stage.ask("widget dataImport.cancel").get("text") == "Close", 60)
        if stage.ask("widget dataImport").get("visible"):
            stage.click("dataImport.cancel")
        stage.gone("dataImport")

    def open(self):
        self.stage.key("ctrl+l")
        self.stage.find("annotator")
        self.shown()

    def picture(self):
        return self.stage.ask("picture 0 0")

    def shown(self, other_than=None, seconds=60):
        """Waits until a picture can be seen and answers with its id."""
        def there():
            now = self.picture()
            return now["id"] if now.get("shown") and now.get("id") and now["id"] != other_than and now.get("idle") else None
        return self.stage.until("the next picture", there, seconds)

    def name(self):
        return self.stage.text("label.place").split(",")[0]

    def kind(self):
        return self.truth[self.name()]

    def name_classes(self, names):
        stage = self.stage
        self.reveal("label.new-class")
        # A turn of the wheel that is answered late moves the field away from under the hand.
        def clicked():
            stage.click("label.new-class")
            return stage.ask("widget label.new-class").get("focus")
        stage.until("the field to have the keys", clicked)
        for one in names:
            stage.type(one)
            stage.key("Return")
        stage.until("the classes", lambda: [c["name"] for c in self.state()["classes"]] == list(names))
        stage.key("Return")
        stage.until("the picture to have the keys", lambda: stage.ask("widget annotator").get("focus"))

    def reveal(self, widget):
        """Scrolls what stands beside the picture until a widget is seen."""
        side = self.stage.find("label.side")
        for _ in range(80):
            now = self.stage.ask(f"widget {widget}")
            if side["y"] <= now["y"] and now["y"] + now["height"] <= side["y"] + side["height"]:
                return
            wheel = "4" if now["y"] < side["y"] else "5"
            # At the left edge nothing else turns with the wheel.
            self.stage.hands("mousemove", str(side["x"] + 3), str(side["y"] + 30), "click", wheel)
            time.sleep(0.05)
        self.stage.check(False, f"{widget} cannot be scrolled to")

    def saved(self, seconds=60):
        self.stage.until("all labels to be saved", lambda: self.stage.text("label.saved") == "All labels are saved.", seconds)

    def drag(self, x0, y0, x1, y1):
        """In pixels of the picture."""
        a, b = self.stage.ask(f"picture {x0} {y0}"), self.stage.ask(f"picture {x1} {y1}")
        self.stage.drag((a["x"], a["y"]), (b["x"], b["y"]), steps=4)

    def click(self, x, y):
        at = self.stage.ask(f"picture {x} {y}")
        self.stage.hands("mousemove", str(at["x"]), str(at["y"]), "click", "1")


def begin(stage, count, **size):
    pictures = stage.home / "Pictures" / "unlabelled"
    truth = unlabelled_folder(pictures, count, **size)
    file = garden.write_pipeline(stage.projects / "Garden", label_pipeline(pictures))
    stage.open(file)
    analyst = Analyst(stage, truth, stage.ask("file")["project"])
    analyst.bring_in(pictures)
    analyst.open()
    return analyst


def label(stage):
    """Unlabelled folder -> classes named -> labels by number keys -> suggestions accepted -> trained -> exported."""
    analyst = begin(stage, 60)
    stage.shot("nothing-labelled")
    stage.check(not stage.find("label.train")["enabled"], "training is offered before anything is labelled")
    names = ("leaf", "flower", "stone")
    analyst.name_classes(names)
    stage.shot("classes-named")
    for _ in range(9):
        now = analyst.shown()
        stage.key(str(names.index(analyst.kind()) + 1))
        analyst.shown(other_than=now)
    analyst.saved()
    stage.check(60 - analyst.state()["unlabelled"] == 9, f"nine keys, and {analyst.state()['unlabelled']} of 60 are unlabelled")
    suggestion = lambda: stage.ask("widget label.suggestion")
    stage.until("a suggestion", lambda: suggestion().get("visible") and suggestion()["text"].startswith("Suggestion:"), 120)
    stage.shot("suggestion")
    stage.check(stage.ask("widget label.reason").get("visible"), "nothing says why this picture is next")
    taken = 0
    for _ in range(18):
        now = analyst.shown()
        stage.until("a suggestion", lambda: suggestion().get("visible"), 60)
        kind = analyst.kind()
        right = suggestion()["text"].startswith(f"Suggestion: {kind},")
        taken += right
        stage.key("Return" if right else str(names.index(kind) + 1))
        analyst.shown(other_than=now)
    analyst.saved()
    stage.check(taken >= 6, f"only {taken} of 18 suggestions were right")
    stage.check(60 - analyst.state()["unlabelled"] == 27, f"27 labels were given, {60 - analyst.state()['unlabelled']} are there")
    stage.until("an estimate of the accuracy", lambda: "%" in stage.text("label.accuracy"), 60)
    stage.shot("estimate")
    stage.key("ctrl+z")
    stage.until("undo", lambda: analyst.state()["unlabelled"] == 34)
    stage.key("ctrl+shift+z")
    stage.until("redo", lambda: analyst.state()["unlabelled"] == 33)
    confirm_the_rest(stage, analyst)
    shapes(stage, analyst)
    train_and_export(stage, analyst)


def confirm_the_rest(stage, analyst):
    analyst.reveal("label.confirm")
    stage.click("label.confirm")
    stage.find("confirm")
    stage.until("the queue", lambda: stage.ask("widget confirm.head").get("text", "").startswith(("2", "3", "1", "0")) or "look at" in stage.text("confirm.head"))
    stage.fill("confirm.above", "50", end="Tab")
    stage.until("sure ones", lambda: stage.ask("widget confirm.accept").get("enabled"), 60)
    stage.shot("confirm")
    before = analyst.state()["unlabelled"]
    stage.click("confirm.accept")
    stage.until("the sure ones to be accepted", lambda: analyst.state()["unlabelled"] < before, 60)
    accepted = analyst.state()["unlabelled"]
    stage.shot("accepted")
    stage.click("confirm.undo")
    stage.until("one undo for all of them", lambda: analyst.state()["unlabelled"] == before)
    stage.until("them to be offered again", lambda: stage.ask("widget confirm.accept").get("enabled"), 60)
    stage.click("confirm.accept")
    stage.until("them to be accepted again", lambda: analyst.state()["unlabelled"] == accepted, 60)
    stage.click("confirm.close")
    stage.gone("confirm")


def shapes(stage, analyst):
    """One box and one polygon, and both are in the data."""
    stage.key("ctrl+l")
    stage.click("annotator")
    stage.key("Escape")
    stage.key("a")
    stage.until("a picture", lambda: analyst.picture().get("shown") and analyst.picture().get("idle"))
    stage.key("r")
    analyst.drag(20, 20, 90, 80)
    stage.until("the box", lambda: analyst.picture()["shapes"] == 1)
    stage.key("p")
    for x, y in ((30, 30), (70, 32), (60, 70), (28, 66)):
        analyst.click(x, y)
    stage.key("Return")
    stage.until("the polygon", lambda: analyst.picture()["shapes"] == 2)
    analyst.saved()
    stage.shot("shapes")
    stage.key("ctrl+z")
    stage.until("undo of one gesture", lambda: analyst.picture()["shapes"] == 1)
    # What a service proposes, by a click on the thing and by a box around it.
    for key, point in (("w", lambda: analyst.click(64, 52)), ("g", lambda: analyst.drag(12, 10, 116, 94))):
        stage.key("Escape", "Escape", key)
        have = analyst.picture()["shapes"]
        point()
        stage.until("a shape to be proposed", lambda: analyst.picture().get("proposed"), 60)
        stage.shot("proposed-" + key)
        stage.key("Return")
        stage.until("it to be taken", lambda: analyst.picture()["shapes"] == have + 1)
    analyst.saved()


def train_and_export(stage, analyst):
    stage.until("training to be possible", lambda: stage.ask("widget label.train").get("enabled"))
    analyst.reveal("label.train")
    stage.click("label.train")
    stage.until("the model to be exported", lambda: stage.state("export") == "done", 180)
    stage.idle()
    stage.shot("trained")
    project = stage.projects / "Garden"
    models = list(project.rglob("model.onnx"))
    stage.check(models, "no model was exported")
    effort = project / "labelling-effort.csv"
    rows = list(csv.DictReader(effort.open()))
    stage.check(len(rows) >= 27 and all(float(row["seconds"]) >= 0 for row in rows), f"{len(rows)} efforts were measured")


def label_kills(stage, kills=20, seed=1):
    """Engine and Studio are killed at random moments while pictures are labelled: what was acknowledged is there."""
    dice = random.Random(seed)
    names = ("leaf", "flower")
    analyst = begin(stage, 12 * kills, width=32, height=26)
    file = stage.ask("file")["file"]
    analyst.name_classes(names)
    given = dict.fromkeys(names, 0)
    for round_ in range(kills):
        # 0 while the window has no engine: a signal to 0 would end whoever started the tests.
        engine = stage.until("the engine", lambda: max(0, stage.ask("file").get("engine", 0)), 60)
        studio = round_ % 5 == 4
        labels = [dice.choice(names) for _ in range(5)]
        moment = dice.randrange(len(labels))
        unsure = []
        for at, one in enumerate(labels):
            before = analyst.shown()
            if studio and at == moment:
                analyst.saved()
                stage.hands("key", str(names.index(one) + 1))
                time.sleep(dice.uniform(0, 0.05))
                stage.kill()
                unsure = [one]
                break
            stage.hands("key", str(names.index(one) + 1))
            given[one] += 1
            if at == moment:
                time.sleep(dice.uniform(0, 0.05))
                os.kill(engine, signal.SIGKILL)
            stage.until("the next picture", lambda: analyst.picture()["id"] != before, 60)
        if studio:
            stage.open(file)
            analyst.open()
        analyst.saved()
        there = {name: analyst.count(name) for name in names}
        for name in names:
            most = given[name] + unsure.count(name)
            stage.check(given[name] <= there[name] <= most, f"round {round_}: {given[name]} labels {name} were given, {there[name]} are there")
        given = there
    stage.shot("after-the-kills")


def label_many(stage):
    """300 pictures by keys, 50 boxes and 50 polygons by mouse: no key is dropped, the window is never deaf for long, and it was counted."""
    analyst = begin(stage, 300, width=64, height=52)
    analyst.name_classes(KINDS)
    analyst.shown()
    stage.note_stall("before the labels")
    before = len(stage.stalls)
    started = time.monotonic()
    for _ in range(299):
        now = analyst.picture()["id"]
        stage.hands("key", str(KINDS.index(analyst.kind()) + 1))
        analyst.shown(other_than=now)
    stage.hands("key", str(KINDS.index(analyst.kind()) + 1))
    analyst.saved()
    stage.note_stall("300 labels")
    print(f"    300 labels in {time.monotonic() - started:.0f} s", flush=True)
    stage.check(analyst.state()["unlabelled"] == 0, f"{analyst.state()['unlabelled']} keys were dropped")
    wrong = {name: analyst.count(name) - list(analyst.truth.values()).count(name) for name in KINDS}
    stage.check(not any(wrong.values()), f"labels went to other pictures: {wrong}")
    for step, polygon in (("50 boxes", False), ("50 polygons", True)):
        for i in range(50):
            now = analyst.picture()["id"]
            have = analyst.picture()["shapes"]
            stage.hands("key", "p" if polygon else "r")
            if polygon:
                for x, y in ((10 + i % 9, 10), (50, 12 + i % 7), (40, 44), (12, 40)):
                    analyst.click(x, y)
                stage.hands("key", "Return")
            else:
                analyst.drag(8 + i % 9, 8, 44 + i % 9, 40)
            stage.until("the shape", lambda: analyst.picture()["shapes"] == have + 1)
            stage.key("a")
            analyst.shown(other_than=now)
        analyst.saved()
        stage.note_stall(step)
    deaf = [(ms, step) for ms, step in stage.stalls[before:]]
    busy = [(ms, step) for ms, step in stage.busy[before:]]
    print("    window deaf at most: " + ", ".join(f"{ms:.0f} ms ({step})" for ms, step in deaf) +
          "; own work without a pause: " + ", ".join(f"{ms:.0f} ms ({step})" for ms, step in busy), flush=True)
    # What the machine's other work takes is not the window's.
    stage.check(max(busy)[0] <= 100, f"the window worked for {max(busy)[0]:.0f} ms without a pause ({max(busy)[1]})")
    rows = list(csv.DictReader((stage.projects / "Garden" / "labelling-effort.csv").open()))
    stage.check(len(rows) == 400, f"{len(rows)} efforts for 400 labels")
    for what, name in (("class", "labels"), ("shape", "shapes")):
        some = [row for row in rows if row["what"] == what]
        mean = lambda key: sum(float(row[key]) for row in some) / len(some)
        print(f"    {len(some)} {name}: {mean('seconds'):.2f} s, {mean('keys'):.1f} keys, {mean('clicks'):.1f} clicks each", flush=True)
    stage.shot("done")


def label_kills_long(stage):
    label_kills(stage, kills=200, seed=2)


def label_start(stage):
    """From the start page: a folder without labels is chosen, looked at, and its first picture can be labelled."""
    pictures = stage.home / "Pictures" / "Found outside"
    truth = unlabelled_folder(pictures, 40)
    stage.open()
    stage.find("welcome.label")
    stage.shot("start-page")
    stage.click("welcome.label")
    stage.find("fileNameEdit")
    stage.type(str(pictures))
    stage.key("Return")
    stage.find("dataImport", seconds=60)
    stage.until("the look at the folder", lambda: stage.ask("widget dataImport.ok").get("enabled"), 60)
    stage.shot("what-is-in-it")
    stage.click("dataImport.ok")
    stage.gone("dataImport", 60)
    analyst = Analyst(stage, truth, stage.ask("file")["project"])
    analyst.shown()
    stage.check(analyst.state()["items"] == len(truth), f"{analyst.state()['items']} of {len(truth)} pictures came in")
    analyst.name_classes(("leaf", "flower"))
    now = analyst.shown()
    stage.key("1")
    analyst.shown(other_than=now)
    analyst.saved()
    stage.shot("first-label")
    stage.check(analyst.count("leaf") == 1, "the first label is not there")
    # A project without pictures says what to do.
    stage.key("ctrl+n")
    stage.until("a project of its own", lambda: stage.ask("file").get("project") != analyst.project, 60)
    stage.idle()
    stage.key("ctrl+l")
    stage.find("label.choose-folder")
    stage.shot("nothing-yet")


SHORT = {"label_start": label_start, "label": label, "label_kills": label_kills}
LONG = {"label_many": label_many, "label_kills_long": label_kills_long}
