# SPDX-License-Identifier: Apache-2.0
"""The peer of `patchbay serve`: what people write with FastAPI, one worker process a core, one thread each."""
import io
import json
import os
from pathlib import Path

import numpy as np
from fastapi import FastAPI, Request
from PIL import Image, ImageOps

export = Path(os.environ["PEER_EXPORT"])
net = json.loads((export / "net.json").read_text())
rule, classes = net["preprocessing"], net["classes"]
if os.environ["PEER_RUNTIME"] == "openvino":
    import openvino

    core = openvino.Core()
    model = core.compile_model(core.read_model(export / "model.onnx"), "CPU", {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False})
    request = model.create_infer_request()

    def forward(x):
        return request.infer([x])[model.output(0)][0]
else:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(export / "model.onnx", options, providers=["CPUExecutionProvider"])

    def forward(x):
        return session.run(None, {session.get_inputs()[0].name: x})[0][0]


def load(data):
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    width, height = rule["width"], rule["height"]
    how = Image.Resampling.BICUBIC if rule["interpolation"] == "bicubic" else Image.Resampling.BILINEAR
    if rule["resize"] == "stretch":
        picture = picture.resize((width, height), how)
    else:
        w, h = picture.size
        short = rule["resize_to"]
        picture = picture.resize((short if w <= h else short * w // h, short if h <= w else short * h // w), how)
        left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
        picture = picture.crop((left, top, left + width, top + height))
    values = (np.asarray(picture, np.float32) - np.float32(rule["mean"])) / np.float32(rule["std"])
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


app = FastAPI()


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/v1/models/{name}/predict")
async def predict(name: str, asked: Request):
    logits = forward(load(await asked.body()))
    scores = np.exp(logits - logits.max())
    scores /= scores.sum()
    best = int(scores.argmax())
    return {"model": name, "results": [{"class": classes[best], "probability": float(scores[best]), "logits": [float(v) for v in logits],
                                        "scores": {c: float(v) for c, v in zip(classes, scores)}}]}
