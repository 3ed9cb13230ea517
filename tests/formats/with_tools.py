# SPDX-License-Identifier: Apache-2.0
"""The tests of reference_tools_test.py, inside the environment with the tools."""
import json
import subprocess
import sys
import types
import unittest
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

patchbay, scratch = Path(sys.argv[1]), Path(sys.argv[2])

from datumaro import Dataset, DatasetItem  # noqa: E402
from datumaro.components.annotation import Bbox, Caption, Label, Mask, Points, Polygon  # noqa: E402
from datumaro.components.media import Image  # noqa: E402
from pycocotools import mask as masks  # noqa: E402
from pycocotools.coco import COCO  # noqa: E402

CLASSES = ["cat", "dog <b>", "\u732b"]
WIDTH, HEIGHT = 64, 48


def convert(source, target, to, *more):
    """Converts with the program and returns its report."""
    done = subprocess.run([patchbay, "convert-dataset", source, target, "--format", to, "--json", *more], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def pixels(seed):
    return np.random.default_rng(seed).integers(0, 255, (HEIGHT, WIDTH, 3)).astype(np.uint8)


def blob(seed):
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[5 + seed:20 + seed, 8:30] = 1
    mask[8 + seed:12 + seed, 12:16] = 0
    return mask


def annotations(kinds, i):
    made = {
        "label": Label(i % 3),
        "bbox": Bbox(3.5 + i, 4.25, 20.5, 10.75, label=i % 3, attributes={"occluded": i % 2 == 0}),
        "polygon": Polygon([2, 3, 30.5, 4, 25, 28.25 + i], label=(i + 1) % 3),
        "mask": Mask(blob(i), label=(i + 2) % 3),
        "points": Points([3, 4, 10.5, 12, 20, 21], [2, 1, 2], label=i % 3),
        "caption": Caption(f"a <i>caption</i> of {i}"),
    }
    # Identity of instances, as COCO wants it.
    for n, kind in enumerate(kinds, 1):
        made[kind].id = 100 * i + n
        made[kind].group = 10 * i + n if kind not in ("label", "caption") else 0
    return [made[kind] for kind in kinds]


def dataset(kinds, subsets=("train", "val")):
    return Dataset.from_iterable(
        [DatasetItem(f"p{i}", subset=subsets[i % len(subsets)], media=Image.from_numpy(pixels(i)), annotations=annotations(kinds, i)) for i in range(4)],
        categories=CLASSES)


def said(found, kinds):
    """{picture: Counter of what is said of it}, rounded, with class names."""
    names = [one.name for one in found.categories()[list(found.categories())[0]].items] if found.categories() else []
    names = next((list(c.name for c in category.items) for kind, category in found.categories().items() if kind.name == "label"), names)
    result = {}
    for item in found:
        counted = Counter()
        for a in item.annotations:
            kind = a.type.name
            if kind not in kinds:
                continue
            label = names[a.label] if getattr(a, "label", None) is not None else ""
            if kind == "bbox":
                counted[kind, label, tuple(round(float(v), 1) for v in a.get_bbox())] += 1
            elif kind == "mask":
                counted[kind, label, masks.encode(np.asfortranarray(a.image.astype(np.uint8)))["counts"]] += 1
            elif kind == "points":
                counted[kind, label, tuple(round(float(v), 1) for v in a.points), tuple(int(v) for v in a.visibility)] += 1
            elif kind == "polygon":
                counted[kind, label, tuple(round(float(v), 1) for v in a.points)] += 1
            elif kind == "caption":
                counted[kind, a.caption] += 1
            else:
                counted[kind, label] += 1
        result[item.id.split("/")[-1]] = (item.subset, counted)
    return result


# What each format of datumaro keeps, and how the two call it.
FORMATS = {
    "coco": ("coco", "coco", ["bbox", "polygon", "mask"]),
    "coco-captions": ("coco_captions", "coco", ["caption"]),
    "coco-labels": ("coco_labels", "coco", ["label"]),
    "voc": ("voc_detection", "voc", ["bbox"]),
    "yolo": ("yolo", "yolo", ["bbox"]),
    "yolo-ultralytics": ("yolo_ultralytics", "yolo", ["bbox"]),
    "datumaro": ("datumaro", "datumaro", ["label", "bbox", "polygon", "mask", "points", "caption"]),
    "cvat": ("cvat", "cvat", ["label", "bbox", "polygon"]),
}


class Datumaro(unittest.TestCase):
    maxDiff = 4000

    def test_its_files_are_read(self):
        for name, (theirs, ours, kinds) in FORMATS.items():
            with self.subTest(name):
                before = dataset(kinds)
                source = scratch / f"theirs-{name}"
                before.export(str(source), theirs, save_media=True)
                done = convert(source, scratch / f"read-{name}", "datumaro")
                self.assertEqual(done["format"], ours, "told from the other formats")
                self.assertEqual(done["items"], 4)
                self.assertFalse([one for one in done["read"] if one["left_out"]], done["read"])
                after = Dataset.import_from(str(scratch / f"read-{name}"), "datumaro")
                self.assertEqual(said(after, kinds), said(before, kinds))

    def test_ours_are_read(self):
        for name, (theirs, ours, kinds) in FORMATS.items():
            if name == "yolo":
                continue  # We write the newer layout, below.
            with self.subTest(name):
                before = dataset(kinds)
                source = scratch / f"source-{name}"
                before.export(str(source), "datumaro", save_media=True)
                done = convert(source, scratch / f"ours-{name}", ours)
                self.assertFalse([one for one in done["report"] if one["code"].startswith("lost.annotation")], done["report"])
                reader = "yolo" if theirs.startswith("yolo") else theirs
                got = said(Dataset.import_from(str(scratch / f"ours-{name}"), reader), kinds)
                if name == "coco":  # Its reader adds the box of every outline and mask.
                    for picture, (subset, expected) in said(before, kinds).items():
                        self.assertEqual(got[picture][0], subset)
                        self.assertFalse(expected - got[picture][1])
                else:
                    self.assertEqual(got, said(before, kinds))


class Pycocotools(unittest.TestCase):
    def test_reads_ours_and_ours_reads_its(self):
        before = dataset(["bbox", "polygon", "mask", "points"], ["train"])
        before.export(str(scratch / "coco-source"), "datumaro", save_media=True)
        convert(scratch / "coco-source", scratch / "coco-ours", "coco")
        got = COCO(str(scratch / "coco-ours/annotations/instances_train.json"))
        self.assertEqual(len(got.getImgIds()), 4)
        self.assertEqual([c["name"] for c in got.loadCats(got.getCatIds())], CLASSES)
        for image in got.loadImgs(got.getImgIds()):
            i = int(image["file_name"][1])
            found = got.loadAnns(got.getAnnIds(image["id"]))
            self.assertEqual(len(found), 4)
            mask = next(a for a in found if isinstance(a["segmentation"], dict))
            np.testing.assert_array_equal(got.annToMask(mask), blob(i))
            self.assertEqual(mask["area"], int(blob(i).sum()))
            self.assertEqual(mask["bbox"], list(map(float, masks.toBbox(mask["segmentation"]))))
            points = next(a for a in found if "keypoints" in a)
            self.assertEqual(points["keypoints"], [3, 4, 2, 10.5, 12, 1, 20, 21, 2])
            self.assertEqual(points["num_keypoints"], 3)
            outline = next(a for a in found if a["segmentation"] and isinstance(a["segmentation"], list))
            self.assertGreater(got.annToMask(outline).sum(), 0)

    def test_uncompressed_and_compressed_runs_are_the_same_mask(self):
        folder = scratch / "runs"
        folder.mkdir()
        Pillow.fromarray(pixels(0)).save(folder / "a.png")
        compressed = masks.encode(np.asfortranarray(blob(0)))
        compressed["counts"] = compressed["counts"].decode()
        flat, runs, value = blob(0).flatten(order="F"), [], 0
        while flat.size:
            n = int(np.argmax(flat != value)) if (flat != value).any() else flat.size
            runs.append(n)
            flat, value = flat[n:], 1 - value
        crowd = {"counts": runs, "size": [HEIGHT, WIDTH]}
        (folder / "instances_x.json").write_text(json.dumps({
            "images": [{"id": 5, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}], "categories": [{"id": 17, "name": "cat"}],
            "annotations": [{"id": 1, "image_id": 5, "category_id": 17, "segmentation": compressed, "bbox": [8, 5, 22, 15], "area": 1, "iscrowd": 0},
                            {"id": 2, "image_id": 5, "category_id": 17, "segmentation": crowd, "bbox": [8, 5, 22, 15], "area": 1, "iscrowd": 1}]}))
        convert(folder, scratch / "runs-out", "coco")
        got = COCO(str(scratch / "runs-out/annotations/instances_default.json"))
        found = got.loadAnns(got.getAnnIds())
        self.assertEqual(sorted(a["iscrowd"] for a in found), [0, 1])
        for one in found:
            np.testing.assert_array_equal(got.annToMask(one), blob(0))


class Labelme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Only its reading and writing of files is wanted, not the models and windows.
        for name in ("onnxruntime", "imgviz", "imgviz.io"):
            sys.modules.setdefault(name, types.ModuleType(name))
        from labelme._label_file import LabelFile
        cls.LabelFile = LabelFile

    def test_both_ways(self):
        folder = scratch / "labelme"
        folder.mkdir()
        Pillow.fromarray(pixels(1)).save(folder / "a.png")

        def shape(kind, points, **more):
            return {"label": "dog <b>", "points": points, "shape_type": kind, "flags": {}, "description": "", "group_id": None, "mask": None, **more}

        shapes = [shape("rectangle", [[3, 4], [20.5, 30]], group_id=7), shape("polygon", [[1, 2], [30, 2], [20, 40]], flags={"torn": True}),
                  shape("point", [[5, 6]], description="the tip"),
                  shape("oriented_rectangle", [[10, 10], [30, 20], [25, 30], [5, 20]])]
        self.LabelFile().save(str(folder / "a.json"), shapes, "a.png", HEIGHT, WIDTH, flags={"cat": True, "blurred": False})
        convert(folder, scratch / "labelme-datumaro", "datumaro")
        done = convert(scratch / "labelme-datumaro", scratch / "labelme-out", "labelme")
        self.assertFalse(done["report"], done["report"])
        got = self.LabelFile(str(scratch / "labelme-out/a.json"))
        self.assertEqual(got.flags, {"cat": True, "blurred": False})
        self.assertEqual(len(got.shapes), len(shapes))
        for before in shapes:
            after = next(s for s in got.shapes if s["shape_type"] == before["shape_type"])
            np.testing.assert_allclose(after["points"], before["points"], atol=1e-3)
            for key in ("label", "group_id", "flags", "description"):
                self.assertEqual(after[key], before[key], key)

    def test_masks(self):
        before = dataset(["mask"], ["train"])
        before.export(str(scratch / "mask-source"), "datumaro", save_media=True)
        convert(scratch / "mask-source", scratch / "mask-labelme", "labelme")
        for i in range(4):
            got = self.LabelFile(str(scratch / f"mask-labelme/p{i}.json"))
            (x0, y0), (x1, y1) = np.array(got.shapes[0]["points"]).astype(int)
            whole = np.zeros((HEIGHT, WIDTH), bool)
            whole[y0:y1 + 1, x0:x1 + 1] = got.shapes[0]["mask"]
            np.testing.assert_array_equal(whole, blob(i) != 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
