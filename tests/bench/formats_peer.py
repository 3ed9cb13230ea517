# SPDX-License-Identifier: Apache-2.0
"""COCO files for the benchmark, and pycocotools reading them.

  formats_peer.py --make FILE IMAGES ANNOTATIONS   outlines of 8 to 40 corners, a tenth of them masks, boxes, ids with gaps
  formats_peer.py FILE                             seconds of COCO(FILE) and of turning all of it into arrays a picture
"""
import contextlib
import io
import json
import random
import sys
import time


def make(path, images, annotations):
    r = random.Random(1)
    pictures = [{"id": 3 * i + 1, "file_name": f"{i:06}.jpg", "width": 640, "height": 480, "license": 1, "coco_url": "", "date_captured": ""}
                for i in range(images)]
    said = []
    for i in range(annotations):
        x, y, w, h = r.uniform(0, 400), r.uniform(0, 300), r.uniform(20, 200), r.uniform(20, 150)
        one = {"id": 7 * i + 5, "image_id": 3 * r.randrange(images) + 1, "category_id": r.randrange(1, 91), "iscrowd": 0, "area": round(w * h / 2, 2),
               "bbox": [round(v, 2) for v in (x, y, w, h)]}
        if i % 10 == 0:
            runs, left = [], 640 * 480
            while left:
                runs.append(min(left, r.randrange(1, 3000)))
                left -= runs[-1]
            one.update(iscrowd=1, segmentation={"counts": runs, "size": [480, 640]})
        else:
            one["segmentation"] = [[round(v, 2) for _ in range(r.randrange(8, 40)) for v in (x + r.uniform(0, w), y + r.uniform(0, h))]]
        said.append(one)
    json.dump({"info": {}, "licenses": [], "images": pictures, "annotations": said,
               "categories": [{"id": i, "name": f"class {i}", "supercategory": "thing"} for i in range(1, 91)]}, open(path, "w"))


def read(path):
    import numpy as np
    from pycocotools.coco import COCO
    begin = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(path)
    names = {c["id"]: c["name"] for c in coco.loadCats(coco.getCatIds())}
    loaded = time.perf_counter()
    pictures, n = [], 0
    for image in coco.loadImgs(coco.getImgIds()):
        shapes = []
        for one in coco.imgToAnns[image["id"]]:
            segmentation = one["segmentation"]
            outline = ([np.asarray(ring, np.float32).reshape(-1, 2) for ring in segmentation] if isinstance(segmentation, list)
                       else np.asarray(segmentation["counts"], np.uint32))
            shapes.append((names[one["category_id"]], np.asarray(one["bbox"], np.float32), outline, one["iscrowd"]))
        n += len(shapes)
        pictures.append((image["file_name"], image["width"], image["height"], shapes))
    done = time.perf_counter()
    for name, value in (("load", loaded - begin), ("convert", done - loaded), ("annotations", n)):
        print(json.dumps({"name": name, "value": value}))


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        read(sys.argv[1])
