# SPDX-License-Identifier: Apache-2.0
"""How many labels it takes, by how the next pictures are chosen, and from scratch. The engine's own assistant labels, on features
that the block Embed computed; `label_curve.cpp` is all there is between."""
import csv
import gzip
import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
from experiment import Project, figure, item_id
from harness import Bench, Refused, node, pipeline
from PIL import Image

HERE = Path(__file__).resolve().parent
STRATEGIES = {"random": "at random", "margin": "typical, then margin", "dropquery": "typical, then DropQuery"}


def embedding(x, pictures, names):
    """Features of the pictures of a folder, in the order of their names, as the assistant has them; computed once."""
    def make(folder):
        file = pipeline(folder / "embed.json", [node("pictures", "data.picture_folder", folder=str(pictures), class_from="none"),
                                                node("backbone", "backbone.pretrained"), node("embed", "backbone.embed")],
                        ["pictures.data embed.data", "backbone.model embed.model"])
        with x.scratch() as scratch:
            _, last = x.run(file, scratch / "project")
            if last["status"] != "done":
                raise Refused(f"The pipeline ended with {last['status']}.")
            project = Project(scratch / "project")
            manifest = project.output("embed", "embedding")
            row_of = {item_id(name, (pictures / name).read_bytes()): i for i, name in enumerate(names)}
            out = None
            for name, digest in manifest["parts"].items():
                if not name.startswith("chunk/"):
                    continue
                data = project.blob(digest)
                rows, columns = struct.unpack_from("<II", data, 4)
                out = np.zeros((len(names), columns), np.float32) if out is None else out
                at = [row_of[data[12 + 32 * i:44 + 32 * i].decode()] for i in range(rows)]
                out[at] = np.frombuffer(data, "<f2", rows * columns, 12 + 32 * rows).reshape(rows, columns)
        out.tofile(folder / "features.f32")
        (folder / "shape.json").write_text(json.dumps(out.shape))
        (folder / "embed.json").unlink()

    folder = x.once(f"features-{pictures.name}", make)
    return folder / "features.f32", json.loads((folder / "shape.json").read_text())


def curve(x, features, labels, shape, pool, classes, strategy, seed, step, most):
    """[(labels, accuracy)]"""
    text = x.output([x.program("label_curve"), features, labels, shape[0], shape[1], pool, classes, strategy, seed, step, most])
    return [(int(n), float(a)) for n, a in (line.split() for line in text.splitlines())]


def needed(points, target):
    """Labels at which accuracy reaches the target: the median of three neighbours, so that luck of one round does not count."""
    smooth = [(n, float(np.median([a for _, a in points[max(0, i - 1):i + 2]]))) for i, (n, _) in enumerate(points)]
    before = None
    for n, a in smooth:
        if a >= target:
            if before is None:
                return float(n)
            return before[0] + (n - before[0]) * (target - before[1]) / max(1e-9, a - before[1])
        before = (n, a)
    return float("inf")


def draw(path, title, curves, target, full):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    fig, axes = plt.subplots(figsize=(7, 4.5))
    for name, runs in curves.items():
        counts = sorted({n for run in runs for n, _ in run})
        table = np.array([[dict(run).get(n, np.nan) for n in counts] for run in runs])
        line, = axes.plot(counts, np.nanmedian(table, 0), marker="o" if len(counts) < 12 else None, label=name)
        axes.fill_between(counts, np.nanmin(table, 0), np.nanmax(table, 0), alpha=.15, color=line.get_color(), linewidth=0)
    axes.axhline(full, color="grey", linewidth=.8)
    axes.axhline(target, color="grey", linewidth=.8, linestyle="--")
    axes.set_xscale("log")
    axes.set_xlabel("labels")
    axes.set_ylabel("accuracy on the test pictures")
    axes.set_title(title)
    axes.legend()
    fig.tight_layout()
    fig.savefig(path, dpi=120, metadata={"Software": None})


def measure(x, name, title, about, pictures, names, y, pool, classes, step, most, scratch_pixels, scratch_counts, targets):
    features, shape = embedding(x, pictures, names)
    seeds = range(x.size(5, 2))
    runs = {}
    with x.scratch() as folder:
        labels = folder / "labels.i32"
        np.asarray(y, "<i4").tofile(labels)
        np.savez(folder / "data.npz", pixels=scratch_pixels[0], labels=scratch_pixels[1], test=scratch_pixels[2], truth=scratch_pixels[3])
        # Meanwhile, on a thread of its own.
        from_scratch = subprocess.Popen([Bench._environment(x, True), "-B", HERE / "from_scratch.py", folder / "data.npz", ",".join(map(str, scratch_counts)),
                                         str(x.size(2, 1))], stdout=subprocess.PIPE, stderr=sys.stderr, text=True)
        full = curve(x, features, labels, shape, pool, classes, "full", 0, step, most)[-1][1]
        target = .95 * full
        x.say(f"  all {pool:,} labels: {full:.4f}, 95 % of it: {target:.4f}")
        for strategy, words in STRATEGIES.items():
            runs[words] = [curve(x, features, labels, shape, pool, classes, strategy, seed, step, most) for seed in seeds]
            x.say(f"  {words}: {[round(needed(r, target), 1) for r in runs[words]]}")
        text, _ = from_scratch.communicate()
        if from_scratch.returncode != 0:
            raise Refused("The network from scratch failed.")
        table = json.loads(text.splitlines()[-1])
        runs["CNN from scratch"] = [[(n, a) for n, a in zip(scratch_counts, row)] for row in table]
    if not x.quick:
        out = HERE / "results"
        with open(out / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            write = csv.writer(file, lineterminator="\n")
            write.writerow(["how", "seed", "labels", "accuracy"])
            for words, all_runs in runs.items():
                for seed, run in enumerate(all_runs):
                    write.writerows([words, seed, n, f"{a:.4f}"] for n, a in run)
        draw(out / f"{name}.png", title, runs, target, full)
    reached = {words: [needed(r, target) if words != "CNN from scratch" else plain(r, target) for r in all_runs] for words, all_runs in runs.items()}
    middle = {words: float(np.median(all_)) for words, all_ in reached.items()}
    rows = [{"how": words, "labels needed, median": finite(middle[words]), "least": finite(min(reached[words])), "most": finite(max(reached[words])),
             "seeds": len(reached[words])} for words in reached]
    figures = [figure(f"accuracy with all {pool:,} labels", full), figure("accuracy to reach", target)]
    for words in list(STRATEGIES.values())[1:]:
        figures.append(figure(f"labels, {words} / at random", ratio(middle[words], middle["at random"]), targets.get("random")))
        highest = scratch_counts[-1]
        scratch = middle["CNN from scratch"]
        # Where it is not reached the largest number that was tried is a lower bound, and the ratio an upper one.
        figures.append(figure(f"labels, {words} / from scratch" + ("" if np.isfinite(scratch) else f" (which needs more than {highest:,})"),
                              ratio(middle[words], min(scratch, highest)), targets.get("scratch")))
    return {"title": title, "about": about + f" Curves: {name}.csv and {name}.png (median of the seeds, shaded from the worst to the best).", "figures": figures, "rows": rows}


def plain(run, target):
    """Few counts, far apart: between two of them along the logarithm."""
    before = None
    for n, a in run:
        if a >= target:
            if before is None:
                return float(n)
            share = (target - before[1]) / max(1e-9, a - before[1])
            return float(np.exp(np.log(before[0]) + share * (np.log(n) - np.log(before[0]))))
        before = (n, a)
    return float("inf")


def finite(value):
    return round(value) if np.isfinite(value) else "not reached"


def ratio(a, b):
    return float(a / b) if np.isfinite(a) and b > 0 else float("inf")


def labelling_fashion(x):
    source = x.fashion()
    pool, test = x.size(4_000, 400), x.size(2_500, 400)

    def read(part, count):
        with gzip.open(source / f"{part}-images-idx3-ubyte.gz") as file:
            pixels = np.frombuffer(file.read(16 + 784 * count), np.uint8, offset=16).reshape(-1, 28, 28)
        with gzip.open(source / f"{part}-labels-idx1-ubyte.gz") as file:
            return pixels, np.frombuffer(file.read(8 + count), np.uint8, offset=8).astype(int)

    most = x.size(4_000, 400)
    train, train_labels = read("train", most)
    held, held_labels = read("t10k", test)

    def make(folder):
        for i, one in enumerate(list(train[:pool]) + list(held)):
            Image.fromarray(one).save(folder / f"{i:05}.png")

    pictures = x.once(f"fashion-mnist-{pool}-{test}", make)
    counts = x.size([300, 1_000, 3_000], [50, 100])
    return measure(x, "labelling-fashion", "Labels needed on Fashion-MNIST",
                   f"{pool:,} training pictures to label, {test:,} test pictures to measure, {x.size(5, 2)} seeds, 20 labels a round. Features of "
                   "EfficientNet-Lite0 at 224 px, as the assistant computes them; logistic regression, its penalty chosen by cross-validation on the labels there "
                   "are. How many labels until 95 % of the accuracy with all labels is reached. From scratch: a small CNN (from_scratch.py), two seeds, which may take up to "
                   f"{counts[-1]:,} of the training pictures at random. That the assistant goes on with DropQuery was decided on these curves, so they are "
                   "no held-out judgement of that choice.",
                   pictures, [f"{i:05}.png" for i in range(pool + test)], np.concatenate([train_labels[:pool], held_labels]), pool, 10, 20, x.size(600, 100),
                   (train, train_labels, held, held_labels), counts, {"random": "<= 0.6", "scratch": "<= 0.3"})


def labelling_cells(x):
    if not (x.cells / "labels.csv").exists():
        raise Refused("The solar cells are not installed. Run app/setup/install.")
    with open(x.cells / "labels.csv", encoding="utf-8") as file:
        rows = [line.split() for line in file.read().replace(",", " ").splitlines() if line.strip()]
    rows = [row for row in rows if row[0].endswith(".png")]
    order = np.random.default_rng(0).permutation(len(rows))[:x.size(10_000, 300)]
    rows = [rows[i] for i in order]
    y = np.array([float(row[1]) > .5 for row in rows], int)
    pool = round(.75 * len(rows))
    names = [f"{i:05}.png" for i in range(len(rows))]

    def make(folder):
        for name, row in zip(names, rows):
            (folder / name).write_bytes((x.cells / "images" / Path(row[0]).name).read_bytes())

    pictures = x.once(f"cells-{len(rows)}", make)
    small = np.stack([np.asarray(Image.open(pictures / name).convert("L").resize((40, 40), Image.Resampling.BOX)) for name in names])
    counts = x.size([300, pool], [50, 100])
    return measure(x, "labelling-cells", "Labels needed on solar cells",
                   f"elpv-dataset, defective when it probably is (above 1/2): {pool:,} pictures to label, {len(rows) - pool:,} others to measure (one random cut; a "
                   f"module's cells are not told apart), {x.size(5, 2)} seeds, 10 labels a round. Otherwise as on Fashion-MNIST. From scratch: a small CNN on 40 px, two seeds.",
                   pictures, names, y, pool, 2, 10, x.size(400, 100), (small[:pool], y[:pool], small[pool:], y[pool:]), counts,
                   {"random": "<= 0.6", "scratch": "<= 0.3"})
