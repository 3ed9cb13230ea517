#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The engine's fine-tuning of the last stages against the same recipe in PyTorch, on the same activations, folds and draws.

usage: fine_tune_against_torch.py PROJECT [--seed 0] [--folds 0,1,2,3,4] [--rate 3e-4] [--epochs 8] ...
       fine_tune_against_torch.py PROJECT --own-splits 1000,1001 [--rate 3e-4] ...
       needs numpy, scikit-learn and torch

PROJECT is a project in which `patchbay run solar-cells-evidence` has run that seed. PyTorch starts from the activations
that the engine cached there and from scikit-learn's probe on its own features, and takes the engine's order of pictures,
views and dropout, so that the losses of the first steps are those of the engine (its metrics.db). They part slowly:
rounding and the probe's tolerance grow with every step. With --own-splits nothing is compared: a recipe is tried on splits
that no reported figure uses.
"""
import argparse
import hashlib
import json
import os
import sqlite3
import struct
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/bench"))
import torch_peer  # noqa: E402

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "patchbay/deps"
VIEWS, CHANNELS = 8, 112  # Of the activations in front of block 11.


class Project:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.database = sqlite3.connect(f"file:{os.path.abspath(folder)}/project.db?mode=ro", uri=True)

    def blob(self, digest):
        return (self.folder / "objects" / digest[:2] / digest[2:]).read_bytes()

    def predictions(self, block, seed, fold):
        """Test rows of the newest finished run of a block: id, truth, p."""
        found = self.database.execute("select a.outputs from steps s join actions a on a.key = s.key where s.name = ? order by s.run desc",
                                      (f"{block}[seed={seed},fold={fold}]",)).fetchone()
        if not found:
            return None
        data = self.blob(json.loads(self.blob(json.loads(found[0])["predictions"]))["parts"]["rows"])
        count, classes = struct.unpack_from("<II", data, 4)
        kind = np.dtype([("id", "S32"), ("truth", "<i4"), ("split", "u1"), ("p", "<f4", (classes,))])
        rows = np.frombuffer(data, kind, count, 12)
        return rows[rows["split"] == 3]

    def losses(self, seed, fold):
        """Loss by step of the newest run that trained this fold."""
        metrics = sqlite3.connect(f"file:{os.path.abspath(self.folder)}/metrics.db?mode=ro", uri=True)
        rows = metrics.execute("select position, value from metrics where metric = 'loss' and step = ? order by run",
                               (f"fine_tune[seed={seed},fold={fold}]",)).fetchall()
        return dict(rows)

    def activations(self, side):
        """{picture digest: [VIEWS, CHANNELS, side, side] halves} as the engine cached them, memory-mapped."""
        wanted = 2 * VIEWS * CHANNELS * side * side
        out = {}
        for (digest,) in self.database.execute("select hex(pack) from item_packs"):
            path = self.folder / "objects" / digest[:2].lower() / digest[2:].lower()
            data = np.memmap(path, np.uint8, "r")
            count = int(np.frombuffer(data[4:8].tobytes(), "<u4")[0])
            start = 8 + 32 * count + 8 * (count + 1)
            if len(data) - start != count * wanted:
                continue
            for i in range(count):
                begin = start + i * wanted
                out[data[8 + 32 * i : 40 + 32 * i].tobytes()] = data[begin : begin + wanted].view(np.float16).reshape(VIEWS, CHANNELS, side, side)
        return out


def samples():
    """Item id, picture digest and probability of every solar cell, in the order of the table."""
    folder = CACHE / "elpv/elpv_dataset/data"
    names, probability = [], []
    for line in (folder / "labels.csv").read_text().splitlines():
        name, p, _ = line.split()
        names.append(name)
        probability.append(float(p))
    digests = [hashlib.sha256((folder / n).read_bytes()).digest() for n in names]
    ids = [hashlib.sha256(n.encode() + b"\0" + d).hexdigest()[:32].encode() for n, d in zip(names, digests)]
    order = np.argsort(ids)  # As the engine keeps them.
    return np.array(ids)[order], [digests[i] for i in order], np.array(probability, np.float32)[order]


def pretrained(torch, first_block):
    """The net from `first_block` on with ImageNet weights, BatchNorm folded, two classes."""
    path = next((CACHE / "efficientnet_lite0").glob("**/*.pth"))
    weights = {k: v for k, v in torch.load(path, map_location="cpu").items() if not k.endswith("num_batches_tracked")}
    whole = torch_peer.lite0(torch, 0, 1000)
    own = {k: v for k, v in whole.state_dict().items() if not k.endswith("num_batches_tracked")}
    assert [tuple(v.shape) for v in own.values()] == [tuple(v.shape) for v in weights.values()]
    whole.load_state_dict(dict(zip(own, weights.values())), strict=False)
    # Stem: padding, convolution, BatchNorm, ReLU6; then one layer a block.
    model = torch.nn.Sequential(*list(whole)[4 + first_block : -1], torch.nn.Linear(1280, 2))
    return torch_peer.fold(torch, torch.nn.Sequential(model))


def probe(features, probability, c):
    """Logistic regression with soft labels on standardised features, the standardisation folded in: weight and bias of one logit."""
    from sklearn.linear_model import LogisticRegression
    mean, spread = features.mean(0), features.std(0)
    spread[spread < 1e-12] = 1
    x = (features - mean) / spread
    fitted = LogisticRegression(C=c, max_iter=2000, tol=1e-6).fit(np.concatenate([x, x]), np.repeat([1, 0], len(x)),
                                                                 np.concatenate([probability, 1 - probability]))
    weight = fitted.coef_[0] / spread
    return weight, fitted.intercept_[0] - weight @ mean


class EngineDraws:
    """The engine's own random choices (engine/torch/sampler.h), so that both trainings take the very same steps."""
    MASK = 2**64 - 1

    def __init__(self, torch, seed, dropout):
        self.torch, self.seed, self.dropout = torch, seed, dropout

    @classmethod
    def scramble(cls, z):
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & cls.MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & cls.MASK
        return z ^ z >> 31

    @classmethod
    def mix(cls, seed, a, b):
        step = 0x9E3779B97F4A7C15
        first = cls.scramble(seed + step & cls.MASK)
        return cls.scramble((cls.scramble((first ^ a) + step & cls.MASK) ^ b) + step & cls.MASK)

    def order(self, epoch, n):
        state, order = self.mix(self.seed, 0, epoch), list(range(n))
        for i in range(n - 1, 0, -1):
            state = state + 0x9E3779B97F4A7C15 & self.MASK
            j = self.scramble(state) % (i + 1)
            order[i], order[j] = order[j], order[i]
        return np.array(order)

    def views(self, epoch, items):
        seed, out = self.mix(self.seed, 1, epoch), []
        for item in items:
            h = 0xCBF29CE484222325
            for c in f"{item}/{epoch}".encode():
                h = (h ^ c) * 0x100000001B3 & self.MASK
            h ^= seed * 0x9E3779B97F4A7C15 & self.MASK
            for _ in range(2):
                h = self.scramble(h + 0x9E3779B97F4A7C15 & self.MASK)
            out.append(h % VIEWS)
        return out

    def dropped(self, x, step):
        generator = self.torch.Generator().manual_seed(self.mix(self.seed, 3, step))
        return x * self.torch.empty(x.shape).bernoulli_(1 - self.dropout, generator=generator).div_(1 - self.dropout)


def metrics(truth, p):
    from sklearn.metrics import balanced_accuracy_score, roc_auc_score
    return np.mean((p >= 0.5) == truth), balanced_accuracy_score(truth, p >= 0.5), roc_auc_score(truth, p)


class Training:
    def __init__(self, torch, args, activations, digests, probability):
        self.torch, self.args, self.activations, self.digests, self.probability = torch, args, activations, digests, probability

    def inputs(self, rows, views):
        x = np.stack([self.activations[self.digests[r]][v] for r, v in zip(rows, views)]).astype(np.float32)
        return self.torch.from_numpy(x).contiguous(memory_format=self.torch.channels_last)

    def outputs(self, model, rows):
        with self.torch.no_grad():
            return np.concatenate([model(self.inputs(rows[i : i + 64], [0] * 64)).numpy() for i in range(0, len(rows), 64)])

    def probabilities(self, model, rows):
        z = self.outputs(model, rows).astype(np.float64)
        return 1 / (1 + np.exp(z[:, 0] - z[:, 1]))

    def fit(self, train, test, seed, engine=None):
        """Probabilities of the test pictures. `engine`: the engine's loss by step, to be compared."""
        torch, args = self.torch, self.args
        draws = EngineDraws(torch, seed, args.dropout)
        model = pretrained(torch, 11)
        net = model[0]
        model = model.to(memory_format=torch.channels_last).eval()
        head, body = net[-1], torch.nn.Sequential(*list(net)[:-2])
        features = self.outputs(body, train)
        weight, bias = probe(features.astype(np.float64), self.probability[train], args.c)
        with torch.no_grad():
            half = torch.from_numpy(weight / 2).float()
            head.weight.copy_(torch.stack([-half, half]))
            head.bias.copy_(torch.tensor([-bias / 2, bias / 2]))
        print("  probed head: " + self.report(model, test), flush=True)
        weights = list(model.parameters())
        # Weights decay, biases do not.
        groups = [{"params": [p for p in weights if p.ndim > 1], "weight_decay": args.decay},
                  {"params": [p for p in weights if p.ndim == 1], "weight_decay": 0}]
        optimiser = torch.optim.AdamW(groups, args.rate, fused=True)
        batches = -(-len(train) // args.batch)
        total = args.epochs * batches
        averages, step, losses = {}, 0, []
        decays = [float(d) for d in args.ema.split(",") if d]
        begin = time.time()
        for epoch in range(args.epochs):
            items = draws.order(epoch, len(train))
            model.train()
            for i in range(0, len(items), args.batch):
                chosen = items[i : i + args.batch]
                rows = train[chosen]
                warm = args.warm * total
                factor = (step + 1) / (warm + 1) if step < warm else (1 + np.cos(np.pi * (step - warm) / (total - warm))) / 2
                for group in optimiser.param_groups:
                    group["lr"] = args.rate * factor
                y = torch.from_numpy(self.probability[rows])
                y = torch.stack([1 - y, y], 1)
                optimiser.zero_grad()
                x = self.inputs(rows, draws.views(epoch, chosen))
                loss = torch.nn.functional.cross_entropy(head(draws.dropped(body(x), step)), y)
                loss.backward()
                if args.clip:
                    torch.nn.utils.clip_grad_norm_(weights, args.clip)
                optimiser.step()
                losses.append(loss.item())
                if engine and step + 1 == args.steps:
                    gap = [abs(losses[t - 1] - engine[t]) for t in range(1, step + 2) if t in engine]
                    if gap:  # A resumed training has only its last part on record.
                        print(f"  loss of the first {step + 1} steps: engine - PyTorch at most {max(gap):.4f}, median {np.median(gap):.4f}",
                              flush=True)
                step += 1
                with torch.no_grad():
                    for decay in decays:
                        average = averages.setdefault(decay, [p.clone() for p in weights])
                        torch._foreach_lerp_(average, list(weights), 1 - min(decay, (1 + step) / (10 + step)))
            seconds = time.time() - begin
            model.eval()
            print(f"  epoch {epoch + 1}: loss {np.mean(losses[-batches:]):.3f}, {step * args.batch / seconds:.0f} images/s, " +
                  self.report(model, test), flush=True)
            own = [p.detach().clone() for p in weights]
            for decay, average in averages.items():
                if epoch % 2:
                    self.assign(weights, average)
                    print(f"    average {decay}: " + self.report(model, test), flush=True)
            self.assign(weights, own)
        return self.probabilities(model, test)

    def assign(self, to, values):
        with self.torch.no_grad():
            self.torch._foreach_copy_(to, values)

    def report(self, model, rows):
        p, soft = self.probabilities(model, rows), self.probability[rows]
        loss = -np.mean(soft * np.log(p + 1e-12) + (1 - soft) * np.log(1 - p + 1e-12))
        return "accuracy %.4f balanced %.4f AUROC %.4f" % metrics((soft >= 0.5).astype(int), p) + f" loss {loss:.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project")
    parser.add_argument("--folds", default="0,1,2,3,4")
    for name, value in [("seed", 0), ("epochs", 8), ("batch", 32), ("threads", 2), ("side", 18), ("steps", 20)]:
        parser.add_argument("--" + name, type=int, default=value)
    for name, value in [("rate", 3e-4), ("decay", 0.02), ("dropout", 0.2), ("warm", 0.1), ("clip", 0), ("c", 0.01)]:
        parser.add_argument("--" + name, type=float, default=value)
    parser.add_argument("--ema", default="", help="decays of moving averages that are measured beside the weights")
    parser.add_argument("--own-splits", default="", help="seeds of own splits, 75 to 25, instead of the engine's folds")
    args = parser.parse_args()
    torch_peer.tune_allocator()
    torch = torch_peer.load_torch()
    torch.set_num_threads(args.threads)
    project = Project(args.project)
    ids, digests, probability = samples()
    training = Training(torch, args, project.activations(args.side), digests, probability)
    if args.own_splits:
        from sklearn.model_selection import train_test_split
        for seed in map(int, args.own_splits.split(",")):
            train, test = train_test_split(np.arange(len(ids)), test_size=0.25, random_state=seed, stratify=probability)
            print(f"split {seed}: {len(train)} to train on, {len(test)} to test on", flush=True)
            training.fit(np.sort(train), np.sort(test), seed)
        return
    ours, theirs = [], []
    for fold in map(int, args.folds.split(",")):
        rows = project.predictions("predict", args.seed, fold) if args.seed >= 0 else None
        if rows is None:
            sys.exit(f"Seed {args.seed}, fold {fold} has not run in this project.")
        test = np.searchsorted(ids, rows["id"])
        train = np.setdiff1d(np.arange(len(digests)), test)
        print(f"fold {fold}: {len(train)} to train on, {len(test)} to test on", flush=True)
        truth = rows["truth"]
        ours.append(metrics(truth, rows["p"][:, 1]))
        theirs.append(metrics(truth, training.fit(train, test, args.seed, project.losses(args.seed, fold))))
        print("  engine %.4f %.4f %.4f   PyTorch %.4f %.4f %.4f" % (*ours[-1], *theirs[-1]), flush=True)
    print("mean: engine %.4f %.4f %.4f   PyTorch %.4f %.4f %.4f (accuracy, balanced accuracy, AUROC)" % (*np.mean(ours, 0), *np.mean(theirs, 0)))


if __name__ == "__main__":
    main()
