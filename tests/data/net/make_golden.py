#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden vectors of tests/engine/net: logits of the reference constructors, and small weight files.

Needs torch, torchvision, numpy and safetensors; run by hand, its output is kept in the repository.
  make_golden.py OUT_FOLDER [FOLDER_OF_EFFICIENTNET_LITE_PTH]
Weights and inputs come from a formula that tests/support/formula.h repeats, so that only the logits are stored.
"""
import collections
import math
import pathlib
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from safetensors.numpy import save_file


def uniform(name, count):
    """count numbers in [-1, 1): SplitMix64 over the FNV-1a hash of the name, 24 bits each."""
    key = 0xCBF29CE484222325
    for byte in name.encode():
        key = (key ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.uint64(key) + (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        z = z ^ z >> np.uint64(31)
    return ((z >> np.uint64(40)).astype(np.float64) * 2.0**-23 - 1.0).astype(np.float32)


def formula(name, shape):
    u = uniform(name, math.prod(shape))
    if len(shape) >= 2:
        values = u * np.float32(math.sqrt(6.0 / math.prod(shape[1:])))
    elif name.endswith("running_var") or (name.endswith("weight")):
        values = np.float32(1) + u * np.float32(0.25)
    else:
        values = u * np.float32(0.125)
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def seeded(model):
    state = {k: v if k.endswith("num_batches_tracked") else formula(k, tuple(v.shape)) for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return model.eval()


class SameConv(nn.Conv2d):
    def forward(self, x):
        pads = []
        for size, kernel, stride in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1]):
            total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, self.stride, 0, 1, self.groups)


class Block(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride, expand):
        super().__init__()
        wide = inputs * expand
        if expand != 1:
            self._expand_conv, self._bn0 = SameConv(inputs, wide, 1, bias=False), nn.BatchNorm2d(wide, eps=1e-3)
        self._depthwise_conv = SameConv(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = nn.BatchNorm2d(wide, eps=1e-3)
        self._project_conv, self._bn2 = SameConv(wide, outputs, 1, bias=False), nn.BatchNorm2d(outputs, eps=1e-3)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = F.relu6(self._bn0(self._expand_conv(x))) if hasattr(self, "_expand_conv") else x
        y = self._bn2(self._project_conv(F.relu6(self._bn1(self._depthwise_conv(y)))))
        return x + y if self.residual else y


class EfficientNetLite(nn.Module):
    def __init__(self, width, depth):
        super().__init__()

        def channels(c):
            r = max(8, int(c * width + 4) // 8 * 8)
            return r if r >= 0.9 * c * width else r + 8

        self._conv_stem, self._bn0 = SameConv(3, 32, 3, 2, bias=False), nn.BatchNorm2d(32, eps=1e-3)
        blocks, inputs = [], 32
        stages = [(3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3), (5, 1, 6, 112, 3), (5, 2, 6, 192, 4), (3, 1, 6, 320, 1)]
        for i, (kernel, stride, expand, out, repeats) in enumerate(stages):
            out = channels(out)
            for r in range(repeats if i in (0, 6) else math.ceil(repeats * depth)):
                blocks.append(Block(inputs, out, kernel, stride if r == 0 else 1, expand))
                inputs = out
        self._blocks = nn.ModuleList(blocks)
        self._conv_head, self._bn1 = SameConv(inputs, 1280, 1, bias=False), nn.BatchNorm2d(1280, eps=1e-3)
        self._fc = nn.Linear(1280, 1000)

    def forward(self, x):
        x = F.relu6(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        return self._fc(F.relu6(self._bn1(self._conv_head(x))).mean((2, 3)))


def logits(model, name, size):
    x = torch.from_numpy(uniform("input." + name, 3 * size * size).reshape(1, 3, size, size))
    with torch.no_grad():
        return model(x)[0].numpy()


def main():
    out = pathlib.Path(sys.argv[1])
    torch.set_num_threads(2)
    lites = {"efficientnet_lite0": (1.0, 1.0, 224), "efficientnet_lite1": (1.0, 1.1, 240), "efficientnet_lite2": (1.1, 1.2, 260)}
    golden = {}
    for name, (width, depth, size) in lites.items():
        model = seeded(EfficientNetLite(width, depth))
        golden[f"{name}.{size}"] = logits(model, name, size)
        if name.endswith("0"):
            golden[f"{name}.75"] = logits(model, name, 75)
        if len(sys.argv) > 2:
            (path,) = pathlib.Path(sys.argv[2]).rglob(f"{name.replace('_', '-')}-*.pth")
            model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
            golden[f"{name}.{size}.imagenet"] = logits(model, name, size)
    for name, make in {"resnet18": torchvision.models.resnet18, "resnet50": torchvision.models.resnet50}.items():
        model = seeded(make())
        for size in (64, 97):
            golden[f"{name}.{size}"] = logits(model, name, size)
    save_file(golden, out / "logits.safetensors")

    # One small checkpoint in both kinds: a view with strides, a half and a counter, wrapped as training scripts do.
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    state = collections.OrderedDict(
        [("a.weight", base.t()), ("a.bias", torch.tensor([0.5, -2.0], dtype=torch.float16)), ("n", torch.tensor(7)),
         ("tied", base), ("b", torch.nn.Parameter(torch.tensor([1.0, 2.0, 3.0], dtype=torch.bfloat16)))])
    checkpoint = {"state_dict": state, "epoch": 3, "best": 0.75, "names": ["x", ("y", None, True)]}
    torch.save(checkpoint, out / "checkpoint_zip.pth")
    torch.save(checkpoint, out / "checkpoint_legacy.pth", _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main()
