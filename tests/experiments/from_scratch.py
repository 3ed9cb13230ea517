# SPDX-License-Identifier: Apache-2.0
"""A small convolutional network trained from random weights on so many labels; what pretrained features are compared with.

usage: from_scratch.py DATA.npz COUNTS SEEDS: DATA holds pixels and labels to train on, test and truth; prints [[accuracy for each count] for each seed].
Three blocks of two 3 x 3 convolutions (16, 32, 64 channels) with BatchNorm, mean over the map, dropout 0.2, AdamW with a one-cycle rate
of 5e-3 at most, weight decay 0.05, shifts by up to two pixels and mirror images; 250 steps of 64, 500 from 3,000 labels on.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
from torch_peer import load_torch  # noqa: E402

torch = load_torch()
import numpy as np  # noqa: E402


def network(classes):
    from torch import nn
    layers, channels = [], 1
    for width in (16, 32, 64):
        for _ in range(2):
            layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(.2), nn.Linear(channels, classes))


def accuracy(net, test, truth):
    net.eval()
    with torch.no_grad():
        said = torch.cat([net(part).argmax(1) for part in test.split(256)])
    return float((said == truth).float().mean())


def train(pixels, labels, test, truth, seed, steps):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = network(int(max(labels.max(), truth.max())) + 1)
    best = torch.optim.AdamW(net.parameters(), lr=5e-3, weight_decay=.05)
    rate = torch.optim.lr_scheduler.OneCycleLR(best, max_lr=5e-3, total_steps=steps)
    net.train()
    for _ in range(steps):
        at = torch.from_numpy(random.integers(0, len(labels), min(64, max(16, len(labels)))))
        x = pixels[at]
        if random.random() < .5:
            x = x.flip(3)
        x = torch.roll(x, (int(random.integers(-2, 3)), int(random.integers(-2, 3))), (2, 3))
        loss = torch.nn.functional.cross_entropy(net(x), labels[at])
        best.zero_grad()
        loss.backward()
        best.step()
        rate.step()
    return accuracy(net, test, truth)


def main():
    data = np.load(sys.argv[1])
    counts, seeds = [int(n) for n in sys.argv[2].split(",")], int(sys.argv[3])
    torch.set_num_threads(1)
    mean, spread = data["pixels"].mean(), data["pixels"].std()
    pixels, test = (torch.from_numpy(((data[name] - mean) / spread).astype(np.float32))[:, None] for name in ("pixels", "test"))
    labels, truth = (torch.from_numpy(data[name].astype(np.int64)) for name in ("labels", "truth"))
    table = []
    for seed in range(seeds):
        order = torch.from_numpy(np.random.default_rng(seed).permutation(len(labels)))
        row = []
        for count in counts:
            some = order[:count]
            row.append(train(pixels[some], labels[some], test, truth, seed, 500 if count >= 3000 else 250))
            print(f"seed {seed}, {count} labels: {row[-1]:.4f}", file=sys.stderr, flush=True)
        table.append(row)
    print(json.dumps(table))


if __name__ == "__main__":
    main()
