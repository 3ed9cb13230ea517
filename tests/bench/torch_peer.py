# SPDX-License-Identifier: Apache-2.0
"""PyTorch eager on the jobs that torch_bench.cpp times: the peer of the fine-tuning figures.

Prints JSON lines {"name", "value", "unit"}, images/s, the median of the timed steps. `--threads`, `--batch` and `--steps`
as in torch_bench. Every job runs in a process of its own, since allocator settings hold for a whole process.
The wheel on PyPI is linked against NVIDIA's libraries; where those are not installed, empty libraries of the same names
let it load, because nothing here calls into them.
"""
import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

NVIDIA = ("cufile.so.0 cusparse.so.12 cufft.so.12 cusparseLt.so.0 nccl.so.2 curand.so.10 cublasLt.so.13 cublas.so.13 "
          "cudnn.so.9 cusolver.so.12 nvshmem_host.so.3").split()


def load_torch():
    sys.setdlopenflags(os.RTLD_LAZY | os.RTLD_GLOBAL)
    try:
        import torch
        return torch
    except ImportError:
        pass
    for name in [m for m in sys.modules if m == "torch" or m.startswith("torch.")]:
        del sys.modules[name]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "empty.c")
        open(source, "w").close()
        for name in NVIDIA:
            path = os.path.join(folder, "lib" + name)
            subprocess.run(["cc", "-shared", "-o", path, f"-Wl,-soname,lib{name}", source], check=True)
            ctypes.CDLL(path, mode=os.RTLD_LAZY | os.RTLD_GLOBAL)
        import torch
    return torch


def tune_allocator():
    """What initTorch does: large blocks stay in the heap instead of being mapped and faulted in at every step."""
    libc = ctypes.CDLL(None)
    m_trim_threshold, m_top_pad, m_mmap_threshold = -1, -2, -3
    libc.mallopt(m_mmap_threshold, 1 << 30)
    libc.mallopt(m_trim_threshold, 2**31 - 1)
    libc.mallopt(m_top_pad, 64 << 20)


def lite0(torch, first_block=0, classes=2):
    """EfficientNet-Lite0; from `first_block` on, block 0 meaning the whole net with its stem."""
    nn = torch.nn

    def same(k, s):
        """TensorFlow's SAME at stride 2 and even sizes pads the right and bottom more."""
        if s == 1:
            return [], k // 2
        low, high = (k - 2) // 2, (k - 1) // 2
        return [nn.ZeroPad2d((low, high, low, high))], 0

    def conv(i, o, k, s, groups, act):
        pad, p = same(k, s)
        layers = pad + [nn.Conv2d(i, o, k, s, p, groups=groups, bias=False), nn.BatchNorm2d(o, eps=1e-3, momentum=.01)]
        return layers + ([nn.ReLU6(inplace=True)] if act else [])

    class Block(nn.Module):
        def __init__(self, i, o, t, k, s):
            super().__init__()
            layers = conv(i, i * t, 1, 1, 1, True) if t > 1 else []
            self.body = nn.Sequential(*layers, *conv(i * t, i * t, k, s, i * t, True), *conv(i * t, o, 1, 1, 1, False))
            self.skip = s == 1 and i == o

        def forward(self, x):
            return x + self.body(x) if self.skip else self.body(x)

    layers = conv(3, 32, 3, 2, 1, True) if first_block == 0 else []
    i, number = 32, 0
    for t, k, s, o, n in [(1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4),
                          (6, 3, 1, 320, 1)]:
        for j in range(n):
            if number >= first_block:
                layers.append(Block(i, o, t, k, s if j == 0 else 1))
            i, number = o, number + 1
    layers += conv(i, 1280, 1, 1, 1, True)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(.2), nn.Linear(1280, classes))


def fold(torch, model):
    """Folds every BatchNorm into the convolution before it: BatchNorm treated as the engine treats it."""
    for name, child in list(model.named_children()):
        if isinstance(child, torch.nn.Sequential):
            kept = []
            for layer in child:
                if isinstance(layer, torch.nn.BatchNorm2d):
                    kept[-1] = torch.nn.utils.fusion.fuse_conv_bn_eval(kept[-1].eval(), layer.eval()).train()
                else:
                    kept.append(layer)
            setattr(model, name, torch.nn.Sequential(*kept))
            fold(torch, getattr(model, name))
        else:
            fold(torch, child)
    return model


def job(args):
    if args.tuned:
        tune_allocator()
    torch = load_torch()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    last = args.job == "last-stages"
    model = lite0(torch, 11 if last else 0)
    if args.folded:
        model = fold(torch, torch.nn.Sequential(model))
    x = torch.randn(args.batch, *((112, 14, 14) if last else (3, 224, 224)))
    y = torch.softmax(torch.randn(args.batch, 2), 1)
    if args.channels_last:
        model, x = model.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)
    if args.job == "forward":
        model.eval()
        with torch.no_grad():
            step = lambda: model(x)
            times = timed(step, args.steps)
    else:
        optimiser = torch.optim.AdamW(model.parameters(), 3e-4, weight_decay=.02, fused=args.fused)
        loss = torch.nn.CrossEntropyLoss()

        def step():
            optimiser.zero_grad()
            loss(model(x), y).backward()
            optimiser.step()

        times = timed(step, args.steps)
    return args.batch / statistics.median(times)


def timed(step, steps):
    times = []
    for i in range(steps + 2):
        begin = time.perf_counter()
        step()
        if i >= 2:
            times.append(time.perf_counter() - begin)
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--job", choices=["full", "last-stages", "forward"])
    parser.add_argument("--only", default="")
    for name, value in [("threads", 2), ("batch", 32), ("steps", 6)]:
        parser.add_argument("--" + name, type=int, default=value)
    for name in ["tuned", "folded", "channels-last", "fused"]:
        parser.add_argument("--" + name, action="store_true")
    args = parser.parse_args()
    if args.job:
        print(job(args))
        return
    kinds = {"eager": [], "eager, channels last": ["--channels-last"],
             "eager, channels last, fused AdamW, allocator tuned": ["--channels-last", "--fused", "--tuned"],
             "eager, channels last, fused AdamW, allocator tuned, BatchNorm folded": ["--channels-last", "--fused", "--tuned", "--folded"]}
    for name in ["full", "last-stages", "forward"]:
        for kind, flags in kinds.items():
            label = f"torch {name} ({kind})"
            if args.only not in label or (name == "forward" and "AdamW" in kind):
                continue
            command = [sys.executable, __file__, "--job", name, *flags]
            for key in ["threads", "batch", "steps"]:
                command += ["--" + key, str(getattr(args, key))]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(json.dumps({"name": label, "value": round(float(done.stdout), 2), "unit": "images/s"}), flush=True)


if __name__ == "__main__":
    main()
