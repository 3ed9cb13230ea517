#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pillow's side of vision_bench: the same 2 MP JPEGs to 224 x 224 floats, in one and in two processes.

  vision_peer.py --make FOLDER   draws 0.jpg .. 7.jpg, 1632 x 1224, quality 90, 4:2:0: 1/f texture, edges, grain
  vision_peer.py FOLDER          prints JSON lines {name, value, unit}: pictures a second, and processor ms a picture

Needs Pillow and numpy. "pillow_draft" lets Pillow use the same scaled decoding as the loader's scaled_decode.
"""
import io
import json
import multiprocessing
import os
import sys
import time

import numpy as np
from PIL import Image

H, W = 1224, 1632


def make(folder):
    os.makedirs(folder, exist_ok=True)
    f = np.hypot(np.fft.fftfreq(H)[:, None], np.fft.rfftfreq(W)[None])
    f[0, 0] = 1
    y, x = np.mgrid[0:H, 0:W]
    for seed in range(8):
        rng = np.random.default_rng(seed)

        def texture(power):
            t = np.fft.irfft2(np.fft.rfft2(rng.normal(size=(H, W))) / f**power, s=(H, W))
            return t / t.std()

        base = texture(1.1)
        a = np.stack([128 + 45 * base + 18 * texture(1.6) for _ in range(3)], -1)
        for _ in range(25):
            disc = (y - rng.integers(H)) ** 2 + (x - rng.integers(W)) ** 2 < rng.integers(20, 200) ** 2
            a[disc] = a[disc] * 0.5 + rng.integers(0, 128, 3)
        a += rng.normal(0, 3, (H, W, 1))
        Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)).save(f"{folder}/{seed}.jpg", quality=90, subsampling=2)


def load(job):
    data, draft = job
    im = Image.open(io.BytesIO(data))
    if draft:
        im.draft("RGB", (512, 512))
    im = im.convert("RGB")
    w, h = (256, 256 * im.height // im.width) if im.width <= im.height else (256 * im.width // im.height, 256)
    x, y = round((w - 224) / 2), round((h - 224) / 2)
    a = np.asarray(im.resize((w, h), Image.Resampling.BICUBIC).crop((x, y, x + 224, y + 224)), np.float32)
    return np.ascontiguousarray(((a - 127) / 128).transpose(2, 0, 1)).sum()


def main(folder):
    files = [open(f"{folder}/{i}.jpg", "rb").read() for i in range(8)]
    for name, draft in (("pillow", False), ("pillow_draft", True)):
        jobs = [(files[i % 8], draft) for i in range(64)]
        start = time.process_time()
        for job in jobs[:24]:
            load(job)
        print(json.dumps({"name": f"{name}_cpu", "value": (time.process_time() - start) / 24 * 1e3, "unit": "ms"}), flush=True)
        with multiprocessing.Pool(2) as pool:
            pool.map(load, jobs[:8], chunksize=4)
            best = 0
            for _ in range(3):
                start = time.perf_counter()
                pool.map(load, jobs, chunksize=4)
                best = max(best, len(jobs) / (time.perf_counter() - start))
        print(json.dumps({"name": f"{name}_2_processes", "value": best, "unit": "pictures/s"}), flush=True)


if __name__ == "__main__":
    make(sys.argv[2]) if sys.argv[1] == "--make" else main(sys.argv[1])
