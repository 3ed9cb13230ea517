#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where there is no GPU, libpatchbay_torch_cuda.so is built and cannot be loaded: here every name that it leaves open is looked for
in the libraries of LibTorch and CUDA that it will find on a machine with one."""
import argparse
import subprocess
import sys
from pathlib import Path


def names(library, kind):
    listed = subprocess.run(["nm", "-D", kind, library], capture_output=True, text=True, check=True).stdout
    return {words[-1].split("@")[0] for line in listed.splitlines() if (words := line.split()) and (kind != "--undefined-only" or words[0] == "U")}


parser = argparse.ArgumentParser()
parser.add_argument("--library", type=Path, required=True)
parser.add_argument("--torch", type=Path, required=True)
options = parser.parse_args()
open_names = names(options.library, "--undefined-only")
assert "patchbayTorchCudaV1" in names(options.library, "--defined-only")
places = [options.torch / "torch" / "lib" / f"lib{name}.so" for name in ("torch_cuda", "c10_cuda", "torch_cpu", "c10")]
places += [options.torch / "nvidia" / "cu13" / "lib" / "libcudart.so.13"]
# What it links with by itself (the run-time of a sanitizer) is found on any machine.
system = subprocess.run(["ldd", sys.executable, options.library, options.torch / "torch" / "lib" / "libc10.so"], capture_output=True, text=True, check=True).stdout
places += {Path(line.split()[2]) for line in system.splitlines() if "=> /" in line}
for place in places:
    open_names -= names(place, "--defined-only")
assert not open_names, f"nobody has {sorted(open_names)}"
