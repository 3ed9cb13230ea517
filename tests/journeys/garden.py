# SPDX-License-Identifier: Apache-2.0
"""Pictures of three classes, drawn here, and pipelines about them."""
import json
import math
import random
import struct
import subprocess
import zlib

CLASSES = ("leaf", "flower", "stone")


def write_png(path, width, height, rows):
    """8-bit RGB; `rows` are bytes of 3 * width."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    raw = b"".join(b"\0" + row for row in rows)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(raw, 3)) + chunk(b"IEND", b""))


def inside(kind, x, y, size, turn):
    """Whether a point (from the middle) lies on the thing: 0 no, 1 yes, 2 its heart."""
    c, s = math.cos(turn), math.sin(turn)
    x, y = (c * x + s * y) / size, (c * y - s * x) / size
    r, a = math.hypot(x, y), math.atan2(y, x)
    if kind == "leaf":
        return 2 if abs(y) < 0.05 and abs(x) < 1.2 else int(abs(x) < 1 and abs(y) < 0.45 * (1 - x * x))
    if kind == "flower":
        return 2 if r < 0.28 else int(r < 0.55 + 0.4 * abs(math.cos(3 * a)))
    return int(r < 0.75 + 0.1 * math.cos(5 * a + 1) + 0.06 * math.cos(3 * a))


COLOURS = {"leaf": ((60, 150, 70), (40, 90, 40)), "flower": ((220, 80, 120), (240, 200, 60)), "stone": ((130, 130, 122), (130, 130, 122))}


def draw(path, kind, seed, width=128, height=104):
    dice = random.Random(f"{kind}{seed}")
    ground = [dice.randint(185, 235) for _ in range(3)]
    body, heart = ([min(255, max(0, v + dice.randint(-18, 18))) for v in colour] for colour in COLOURS[kind])
    cx, cy = width / 2 + dice.randint(-14, 14), height / 2 + dice.randint(-10, 10)
    size, turn = dice.uniform(26, 42), dice.uniform(0, 6.28)
    rows = []
    for y in range(height):
        row = bytearray()
        for x in range(width):
            colour = (ground, body, heart)[inside(kind, x - cx, y - cy, size, turn)]
            noise = dice.randint(-7, 7)
            row += bytes(min(255, max(0, v + noise)) for v in colour)
        rows.append(bytes(row))
    write_png(path, width, height, rows)


def draw_folder(root, each=16):
    """`each` pictures of each class; every fourth a JPEG."""
    for kind in CLASSES:
        (root / kind).mkdir(parents=True)
        for i in range(each):
            path = root / kind / f"{kind}-{i:02}.png"
            draw(path, kind, i)
            if i % 4 == 3:
                subprocess.run(["convert", str(path), "-quality", "92", str(path.with_suffix(".jpg"))], check=True)
                path.unlink()
    return root


def block(name, kind, x, y, **params):
    return {"id": name, "name": name, "type": "patchbay." + kind, "type_version": 1, "mode": "normal", "pos": [x, y], "params": params}


def link(source, target):
    return {"from": source.split("."), "to": target.split(".")}


def pipeline(title, blocks, links):
    return {"version": 1, "id": title.upper(), "title": title, "nodes": blocks, "links": [link(*one) for one in links], "groups": [],
            "notes": []}


def probe_pipeline(pictures):
    """Pictures, features, a linear probe and its evaluation: quick to run."""
    return pipeline("Garden", [
        block("pictures", "data.picture_folder", 0, 0, folder=str(pictures)), block("split", "data.split", 280, 0),
        block("backbone", "backbone.pretrained", 0, 240, size=96), block("embed", "backbone.embed", 280, 240),
        block("probe", "train.linear_probe", 560, 0), block("evaluate", "evaluate.evaluate", 840, 0)],
        [("pictures.data", "split.data"), ("pictures.data", "embed.data"), ("backbone.model", "embed.model"),
         ("embed.embedding", "probe.embedding"), ("split.data", "probe.data"), ("probe.predictions", "evaluate.predictions"),
         ("split.data", "evaluate.data")])


def training_pipeline(pictures, epochs):
    """Fine-tuning that lasts long enough to be left alone."""
    return pipeline("Long training", [
        block("pictures", "data.picture_folder", 0, 0, folder=str(pictures)), block("split", "data.split", 280, 0),
        block("backbone", "backbone.pretrained", 280, 240), block("fine_tune", "train.fine_tune", 560, 0, epochs=epochs, patience=epochs),
        block("predict", "model.predict", 840, 0), block("evaluate", "evaluate.evaluate", 1120, 0)],
        [("pictures.data", "split.data"), ("split.data", "fine_tune.data"), ("backbone.model", "fine_tune.model"),
         ("split.data", "predict.data"), ("fine_tune.model", "predict.model"), ("predict.predictions", "evaluate.predictions"),
         ("split.data", "evaluate.data")])


def large_pipeline(pictures, blocks):
    """Many splits behind one another in rows of 40: as many links as blocks, and a source for each row."""
    nodes, links = [], []
    for i in range(blocks):
        row, column = divmod(i, 40)
        if column == 0:
            nodes.append(block(f"pictures_{row}", "data.picture_folder", 0, row * 200, folder=str(pictures)))
        else:
            nodes.append(block(f"split_{row}_{column}", "data.split", column * 280, row * 200))
            before = f"pictures_{row}" if column == 1 else f"split_{row}_{column - 1}"
            links.append((f"{before}.data", f"split_{row}_{column}.data"))
    return pipeline("Large", nodes, links)


def write_pipeline(folder, value):
    """A project with one pipeline; its file."""
    file = folder / "pipelines" / "pipeline.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(value, indent=2) + "\n")
    return file
