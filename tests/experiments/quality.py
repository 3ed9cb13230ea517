# SPDX-License-Identifier: Apache-2.0
"""The experiments on label quality: pictures and faults are made here, found by the engine, and judged here."""
import gzip
import io
import itertools

import numpy as np
from experiment import Project, figure, item_id
from harness import Refused, node, pipeline
from PIL import Image, ImageDraw, ImageFilter

FASHION = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]


def fashion_pictures(x):
    """The test part as PNG files, in a folder below the cache; (folder, labels)."""
    source = x.fashion()
    with gzip.open(source / "t10k-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(source / "t10k-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)

    def make(folder):
        for i, one in enumerate(pixels):
            Image.fromarray(one).save(folder / f"{i:05}.png")

    return x.once("fashion-mnist-t10k", make), labels


def auroc(positive, score):
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):  # ties share their mean rank
        same = score == value
        if same.sum() > 1:
            ranks[same] = ranks[same].mean()
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(score) - n)))


def precision_at(positive, score, k):
    return float(positive[np.argsort(-score, kind="stable")[:k]].mean())


def label_errors(x):
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores
    pictures, truth = fashion_pictures(x)
    count = x.size(10_000, 1_000)
    rows = []
    with x.scratch() as folder:
        for seed in range(x.size(5, 2)):
            random = np.random.default_rng(seed)
            flipped = np.zeros(count, bool)
            flipped[random.choice(count, count // 20, replace=False)] = True
            given = truth[:count].astype(int)
            given[flipped] = (given[flipped] + random.integers(1, 10, flipped.sum())) % 10
            table = folder / f"labels-{seed}.csv"
            table.write_text("path,label\n" + "".join(f"{i:05}.png,{FASHION[c]}\n" for i, c in enumerate(given)))
            file = pipeline(folder / "find.json",
                            [node("pictures", "data.picture_table", file=str(table), folder=str(pictures), classes=FASHION),
                             node("backbone", "backbone.pretrained", resize="stretch", size=96),
                             node("embed", "backbone.embed", levels="several"), node("suspects", "quality.suspect_labels", most=100_000, strength="fixed", c=0.001)],
                            ["pictures.data embed.data", "backbone.model embed.model", "embed.embedding suspects.embedding", "pictures.data suspects.data"])
            seconds, last = x.run(file, folder / "project")
            if last["status"] != "done":
                raise Refused(f"The pipeline ended with {last['status']}.")
            project = Project(folder / "project")
            row_of = {item_id(f"{i:05}.png", (pictures / f"{i:05}.png").read_bytes()): i for i in range(count)}
            report = project.report("suspects")
            score = np.zeros(count)
            for item, value in report["scores"]["suspect"]:
                score[row_of[item]] = value
            ids, labels, p = project.predictions("suspects")
            at = np.array([row_of[item] for item in ids])
            probability = np.zeros((count, 10))
            probability[at] = p / p.sum(1, keepdims=True)
            assert (given[at] == labels).all()
            k = int(flipped.sum())
            theirs, by_margin = (1 - get_label_quality_scores(given, probability, method=m) for m in ("self_confidence", "normalized_margin"))
            found = np.zeros(count, bool)
            found[[row_of[f["items"][0]] for f in report["findings"]]] = True
            issues = np.zeros(count, bool)
            issues[find_label_issues(given, probability, return_indices_ranked_by="self_confidence")] = True
            rows.append({"seed": seed, "AUROC": auroc(flipped, score), "AUROC cleanlab": auroc(flipped, theirs),
                         "precision@k": precision_at(flipped, score, k), "precision@k cleanlab": precision_at(flipped, theirs, k),
                         "AUROC by margin": auroc(flipped, by_margin), "precision@k by margin": precision_at(flipped, by_margin, k),
                         "suspects": int(found.sum()), "of them flipped": float(flipped[found].mean()), "flipped ones found": float(found[flipped].mean()),
                         "issues cleanlab": int(issues.sum()), "of those flipped": float(flipped[issues].mean()),
                         "found by cleanlab": float(issues[flipped].mean()), "estimated errors": float(last["metrics"]["suspects.estimated_errors"]),
                         "agreement of p and truth": float((probability.argmax(1) == truth[:count]).mean()), "seconds": round(seconds, 1)})
            x.say(f"  {rows[-1]}")
    mean = {name: float(np.mean([r[name] for r in rows])) for name in rows[0]}
    return {"title": "Label errors", "rows": rows,
            "about": f"{count:,} pictures of Fashion-MNIST's test part, 5 % of the labels turned into another class at random, {len(rows)} seeds. Features of "
                     "EfficientNet-Lite0 at 96 px on several levels; out-of-fold probabilities of the block \"Suspect labels\"; cleanlab 2.7.1 ranks the very same "
                     "probabilities by its default (self-confidence) and by the normalised margin. C is 0.001. k is the number of turned labels. Labels that were wrong before count as right here, so no ranking reaches 1.",
            "figures": [figure("AUROC, mean", mean["AUROC"], ">= 0.95"), figure("precision@k, mean", mean["precision@k"], ">= 0.8"),
                        figure("AUROC less cleanlab's, smallest of the seeds", min(r["AUROC"] - r["AUROC cleanlab"] for r in rows), ">= -0.00005"),
                        figure("precision@k less cleanlab's, smallest of the seeds",
                               min(r["precision@k"] - r["precision@k cleanlab"] for r in rows), ">= 0")]}


# ---- Near-duplicates ------------------------------------------------------------------------------------------------


def encoded(picture, form, quality):
    out = io.BytesIO()
    picture.save(out, form, **({"quality": quality} if form != "PNG" else {}))
    return out.getvalue()


def cropped(picture, random, share):
    """Without `share` of the width and of the height, taken away at random on either side."""
    width, height = (round(side * (1 - share)) for side in picture.size)
    left, top = (int(random.integers(0, side - kept + 1)) for side, kept in zip(picture.size, (width, height)))
    return picture.crop((left, top, left + width, top + height))


def resized(picture, factor):
    return picture.resize([max(1, round(side * factor)) for side in picture.size], Image.Resampling.LANCZOS)


VARIANTS = {
    "JPEG 90": lambda p, r: encoded(p, "JPEG", 90),
    "JPEG 50": lambda p, r: encoded(p, "JPEG", 50),
    "WebP 75": lambda p, r: encoded(p, "WEBP", 75),
    "half the size": lambda p, r: encoded(resized(p, .5), "PNG", 0),
    "one and a half the size": lambda p, r: encoded(resized(p, 1.5), "PNG", 0),
    "cropped by 5 %": lambda p, r: encoded(cropped(p, r, .05), "PNG", 0),
    "cropped by 5 %, resized, JPEG 75": lambda p, r: encoded(resized(cropped(p, r, .05), float(r.uniform(.5, 1.5))), "JPEG", 75),
}


def find_doubles(x, name, originals, about, each):
    """Of some of the pictures variants are made, `each` of every kind."""
    random = np.random.default_rng(1)
    with x.scratch() as folder:
        pictures = folder / "pictures"
        pictures.mkdir()
        source = {}
        for i, picture in enumerate(originals):
            (pictures / f"{i:05}.png").write_bytes(encoded(picture, "PNG", 0))
            source[f"{i:05}.png"] = (i, None)
        order = random.permutation(len(originals))
        for v, (kind, make) in enumerate(VARIANTS.items()):
            for n in range(each):
                i = int(order[(v * each + n) % len(order)])
                data = make(originals[i], random)
                suffix = {b"\x89P": "png", b"\xff\xd8": "jpg", b"RI": "webp"}[data[:2]]
                file = f"v{v}-{i:05}.{suffix}"
                (pictures / file).write_bytes(data)
                source[file] = (i, kind)
        rows = []
        for features in (True, False):
            nodes = [node("pictures", "data.picture_folder", folder=str(pictures), class_from="none"), node("doubles", "quality.near_duplicates", most=100_000)]
            links = ["pictures.data doubles.data"]
            if features:
                nodes += [node("backbone", "backbone.pretrained", resize="stretch", size=96), node("embed", "backbone.embed")]
                links += ["pictures.data embed.data", "backbone.model embed.model", "embed.embedding doubles.embedding"]
            seconds, last = x.run(pipeline(folder / "find.json", nodes, links), folder / "project")
            rows.append(judge(Project(folder / "project").report("doubles"), source, features, last, seconds))
            x.say(f"  {rows[-1]}")
    used = rows[0]
    return {"title": name, "about": about, "rows": rows,
            "figures": [figure("recall", used["recall"], ">= 0.98"), figure("precision", used["precision"], ">= 0.95")]}


def judge(report, source, features, last, seconds):
    """Pairs of pictures that come from one original, against pairs that lie in one group of the report."""
    found = set()
    for f in report["findings"]:
        if f["count"] != len(f["paths"]):
            raise Refused("A group is larger than the report lists.")
        found.update(tuple(sorted(pair)) for pair in itertools.combinations(f["paths"], 2))
    of = {}
    for file, (i, kind) in source.items():
        of.setdefault(i, []).append(file)
    wanted = {tuple(sorted(pair)) for files in of.values() for pair in itertools.combinations(files, 2)}
    row = {"features": "yes" if features else "no", "pictures": len(source), "true pairs": len(wanted), "found pairs": len(found),
           "recall": len(found & wanted) / len(wanted), "precision": len(found & wanted) / max(1, len(found)),
           "compared": int(last["metrics"]["doubles.compared_pairs"]), "seconds": round(seconds, 1)}
    for kind in VARIANTS:
        mine = {pair for pair in wanted if {source[pair[0]][1], source[pair[1]][1]} == {None, kind}}
        row[kind] = len(found & mine) / max(1, len(mine))
    return row


def distinct(pictures, most):
    """The pictures that are not the same piece, taken twice, as an earlier one: at 150 pixels a side, four times as many as the
    engine keeps, edges and texture of no two correlate by more than `most`. Returns them and how many were left out."""
    rows, kept = [], []
    for picture in pictures:
        small = picture.resize((150, 150), Image.Resampling.BOX)
        coarse = np.asarray(small.filter(ImageFilter.GaussianBlur(8)), np.float32)
        detail = (np.asarray(small.filter(ImageFilter.GaussianBlur(.7)), np.float32) - coarse)[4:-4, 4:-4].ravel()
        rows.append((detail - detail.mean()) / np.linalg.norm(detail - detail.mean()))
    rows = np.array(rows)
    alike = rows @ rows.T
    for i in range(len(pictures)):
        if not kept or alike[i, kept].max() < most:
            kept.append(i)
    return [pictures[i] for i in kept], len(pictures) - len(kept)


def near_duplicates(x):
    if not (x.cells / "labels.csv").exists():
        raise Refused("The solar cells are not installed. Run app/setup/install.")
    every = [Image.open(f).convert("L") for f in sorted((x.cells / "images").iterdir())[:x.size(10_000, 300)]]
    originals, left = distinct(every, .9)
    return find_doubles(x, "Near-duplicates among solar cells", originals,
                        f"{len(originals):,} electroluminescence pictures of solar cells (elpv-dataset), and variants of some: every pair of pictures that come from "
                        f"one original should be found, no other. {left:,} cells are left out beforehand, because the sample holds many a cell twice: their detail at "
                        "150 px correlates by 0.9 and more with that of an earlier one. What is left still is one product in one position. Recall of each kind of "
                        "variant is against its original.", x.size(100, 20))


def drawn(index, random):
    """A picture in colour that no camera took: shapes, lines and noise on a gradient. Those of one `index` mod 12 share their composition,
    as products on one table do: background and the largest shapes are alike, the rest is not."""
    shared = np.random.default_rng(1000 + index % 12)
    width, height = (int(side) for side in shared.integers(140, 420, 2))
    corners = shared.integers(30, 225, (2, 2, 3)).astype(np.uint8)
    picture = Image.fromarray(corners).resize((width, height), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(picture)

    def shape(source, least, most):
        x, y = source.uniform(0, width), source.uniform(0, height)
        w, h = source.uniform(least, most) * width, source.uniform(least, most) * height
        colour = tuple(int(v) for v in source.integers(0, 256, 3))
        kind = int(source.integers(0, 4))
        if kind == 0:
            draw.ellipse([x, y, x + w, y + h], fill=colour)
        elif kind == 1:
            draw.rectangle([x, y, x + w, y + h], fill=colour)
        elif kind == 2:
            draw.polygon([(x + source.uniform(-w, w), y + source.uniform(-h, h)) for _ in range(5)], fill=colour)
        else:
            draw.line([(x, y), (x + w, y + h)], fill=colour, width=int(source.integers(2, 9)))

    for _ in range(3):
        shape(shared, .25, .6)
    for _ in range(int(random.integers(4, 12))):
        shape(random, .06, .3)
    noise = random.normal(0, 4, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(picture, np.float32) + noise, 0, 255).astype(np.uint8))


def near_duplicates_drawn(x):
    random = np.random.default_rng(7)
    originals = [drawn(i, random) for i in range(x.size(1_000, 200))]
    return find_doubles(x, "Near-duplicates among drawn pictures", originals,
                        f"Held out: no threshold of the method was chosen on these. {len(originals):,} drawn pictures in colour of twelve compositions, and variants of "
                        "some: every pair of pictures that come from one original should be found, no other. Recall of each kind of variant is against its original.",
                        x.size(100, 20))


def near_duplicates_fashion(x):
    folder, _ = fashion_pictures(x)
    every = [Image.open(f).convert("L") for f in sorted(folder.iterdir())[:x.size(1_500, 200)]]
    originals, left = distinct(every, .9)
    result = find_doubles(x, "Near-duplicates among Fashion-MNIST pictures", originals,
                          f"Held out: no threshold of the method was chosen on these. {len(originals):,} pictures of 28 x 28 pixels, and variants of some. {left:,} are left out "
                          "beforehand, as among the solar cells, because they are all but the same as an earlier one. So small a picture is outside what the method is made "
                          "for: a crop by 5 % is one pixel, and half the size leaves 14 x 14. The figures are given without a target.", x.size(100, 20))
    for one in result["figures"]:
        one.pop("target", None)
        one.pop("met", None)
    return result
