#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw.py FOLDER COUNT: small pictures in two classes, each different, 128 x 128 PNG. Needs numpy and Pillow."""
import os
import sys

import numpy as np
from PIL import Image

SIDE = 128


def main(folder, count):
    waves = np.sin(np.linspace(0, 40, SIDE))
    for kind in ("rows", "columns"):
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
    for number in range(count):
        random = np.random.default_rng(number)
        base = np.roll(waves, random.integers(SIDE)) * 60 + 128
        plane = np.broadcast_to(base[:, None] if number % 2 == 0 else base, (SIDE, SIDE))
        picture = plane[..., None] + random.integers(-40, 40, 3) + random.integers(0, 8, (SIDE, SIDE, 1))
        Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(
            os.path.join(folder, "rows" if number % 2 == 0 else "columns", f"{number:05}.png"), compress_level=1)


main(sys.argv[1], int(sys.argv[2]))
