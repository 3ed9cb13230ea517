#!/usr/bin/env python3
# SPDX-License-Identifier: 0BSD
"""Says what is on a picture, with the model beside this folder.

    pip install onnxruntime numpy pillow
    python predict.py PICTURE...            (--json as the first word prints all scores)
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

model = onnxruntime.InferenceSession(Path(__file__).resolve().parent.parent / "model.onnx", providers=["CPUExecutionProvider"])
facts = model.get_modelmeta().custom_metadata_map
rule, classes, several = json.loads(facts["preprocessing"]), json.loads(facts["classes"]), facts["task"] == "multi-label"
thresholds = json.loads(facts["patchbay"]).get("thresholds")  # of several labels a picture


def load(path):
    """A picture as the network wants it: 1 x 3 x height x width floats."""
    width, height, short = rule["width"], rule["height"], rule["resize_to"]
    picture = Image.open(path)
    if rule["scaled_decode"]:
        side = 2 * (width if rule["resize"] == "stretch" else short)
        picture.draft("RGB", (side, side))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):  # 16-bit grey keeps its high byte
        picture = Image.fromarray((np.asarray(picture).astype(np.uint32) >> 8).astype(np.uint8))
    picture = picture.convert("RGB")
    how = Image.Resampling.BICUBIC if rule["interpolation"] == "bicubic" else Image.Resampling.BILINEAR
    if rule["resize"] == "stretch":
        picture = picture.resize((width, height), how)
    else:
        w, h = picture.size
        picture = picture.resize((short if w <= h else short * w // h, short if h <= w else short * h // w), how)
        left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
        picture = picture.crop((left, top, left + width, top + height))
    pixels = (np.asarray(picture, np.float64) - rule["mean"]) / rule["std"]
    return pixels.transpose(2, 0, 1)[None].astype(np.float32)


asJson = sys.argv[1:2] == ["--json"]
for name in sys.argv[2 if asJson else 1 :]:
    logits = model.run(None, {model.get_inputs()[0].name: load(name)})[0][0].astype(np.float64)
    scores = 1 / (1 + np.exp(-logits)) if several else np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    best = int(scores.argmax())
    found = [k for k in range(len(classes)) if scores[k] >= thresholds[k]] if several else [best]
    answer = {"labels": [classes[k] for k in found]} if several else {"class": classes[best]}
    print(json.dumps({"picture": name, **answer, "scores": scores.tolist(), "logits": logits.tolist()}) if asJson
          else f"{name}: {', '.join(f'{classes[k]} ({scores[k]:.1%})' for k in found) or '-'}")
