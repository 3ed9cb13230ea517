#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What people write in Python instead of `patchbay run` with an Embed block: pictures of a table to an array of features.

  embed_peer.py --runtime onnx|torch --way NAME --model features.onnx --table labels.csv --folder DIR --out features.npy

Ways of using two cores: "serial-1" (one thread for all), "serial-2" (the network on two threads), "pool-2" (besides, two
threads decode ahead), "processes-2" (two processes, each with one thread); behind them "-quiet" (ONNX Runtime's threads
sleep while they wait) or "-nhwc" (PyTorch with channels last). Pillow decodes and resamples, batches of 8 (ONNX Runtime)
or 32. Needs numpy and Pillow, and onnxruntime or PyTorch.
"""
import argparse
import concurrent.futures
import csv
import multiprocessing
import os

import numpy as np
from PIL import Image


def read(path):
    picture = Image.open(path).convert("RGB").resize((224, 224), Image.Resampling.BICUBIC)
    return ((np.asarray(picture, np.float32) - 127) / 128).transpose(2, 0, 1)


def onnx_forward(model, threads, quiet):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    if quiet:
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda x: session.run(None, {name: x})[0]


def torch_forward(threads, channels_last):
    """Weights are random: they do not change the time."""
    from torch_peer import lite0, load_torch

    torch = load_torch()
    torch.set_num_threads(threads)
    net = lite0(torch).eval()[:-2]  # without dropout and classifier
    if channels_last:
        net = net.to(memory_format=torch.channels_last)

    def forward(x):
        x = torch.from_numpy(x)
        with torch.inference_mode():
            return net(x.contiguous(memory_format=torch.channels_last) if channels_last else x).numpy()

    return forward


def embed(job):
    args, files = job
    threads = 2 if args.way.startswith(("pool-2", "serial-2")) else 1
    if args.runtime == "onnx":
        forward, batch = onnx_forward(args.model, threads, args.way.endswith("-quiet")), 8
    else:
        forward, batch = torch_forward(threads, args.way.endswith("-nhwc")), 32
    rows, waiting = [], []

    def take(picture):
        waiting.append(picture)
        if len(waiting) == batch:
            rows.append(forward(np.stack(waiting)))
            waiting.clear()

    if args.way.startswith("pool-2"):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            ahead = []
            for path in files:
                ahead.append(pool.submit(read, path))
                if len(ahead) > 4 * batch:
                    take(ahead.pop(0).result())
            for picture in ahead:
                take(picture.result())
    else:
        for path in files:
            take(read(path))
    if waiting:
        rows.append(forward(np.stack(waiting)))
    return np.concatenate(rows).astype(np.float16)


def main():
    parser = argparse.ArgumentParser()
    for name in ("runtime", "way", "model", "table", "folder", "out"):
        parser.add_argument("--" + name, default="")
    args = parser.parse_args()
    with open(args.table, newline="") as table:
        files = [os.path.join(args.folder, line[0].split()[0]) for line in csv.reader(table)]
    if args.way.startswith("processes-2"):
        middle = (len(files) + 1) // 2
        with multiprocessing.get_context("fork").Pool(2) as pool:
            rows = np.concatenate(pool.map(embed, [(args, files[:middle]), (args, files[middle:])], chunksize=1))
    else:
        rows = embed((args, files))
    assert rows.shape == (len(files), 1280), rows.shape
    np.save(args.out, rows)


if __name__ == "__main__":
    main()
