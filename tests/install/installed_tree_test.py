#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tree that `cmake --install` makes runs from any path, needs nothing of the build or the cache, and can be built against."""
import argparse
import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path

PROGRAMS = ("patchbay", "patchbay-engine", "patchbay-worker")
arguments = None


def png(path, red, green, blue, side=48):
    """A small picture of one colour with a gradient, written with nothing but the standard library."""
    rows = b"".join(b"\0" + bytes((min(255, c + 2 * x) for x in range(side) for c in (red, green, blue))) for _ in range(side))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class InstalledTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = Path(tempfile.mkdtemp(prefix="patchbay-install-"))
        first = cls.temp / "first"
        subprocess.run(["cmake", "--install", arguments.build, "--prefix", first], check=True, stdout=subprocess.DEVNULL)
        cls.prefix = cls.temp / "moved to 别处" / "patchbay"
        cls.prefix.parent.mkdir()
        first.rename(cls.prefix)
        cls.home = cls.temp / "home"
        cls.home.mkdir()
        (cls.home / "run").mkdir(mode=0o700)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.temp)

    def run_program(self, name, *options, **more):
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run"), "LANG": "C.UTF-8"}
        return subprocess.run([self.prefix / "bin" / name, *options], env=environment, cwd=self.home, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False, **more)

    def test_programs_are_there_and_start(self):
        for name in PROGRAMS:
            self.assertTrue((self.prefix / "bin" / name).is_file(), name)
        result = self.run_program("patchbay", "--help", timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("run", result.stdout)
        version = self.run_program("patchbay", "version", timeout=60)
        self.assertIn(arguments.version, version.stdout + version.stderr)

    def test_every_library_is_found_in_the_tree_or_the_system(self):
        outside = [os.path.realpath(arguments.build), os.path.realpath(arguments.deps), str(self.temp / "first")]
        files = [path for folder in ("bin", "lib/patchbay") for path in (self.prefix / folder).rglob("*") if path.is_file()]
        checked = 0
        # A pack or plug-in is loaded into a program that already has these libraries, as LD_LIBRARY_PATH plays here.
        environment = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(self.prefix / "lib/patchbay")}
        for path in files:
            with path.open("rb") as file:
                if file.read(4) != b"\x7fELF":
                    continue
            checked += 1
            listed = subprocess.run(["ldd", path], env=environment if "packs" in path.parts else {"PATH": "/usr/bin:/bin"}, capture_output=True,
                                    text=True, check=False).stdout
            if path.name == "libpatchbay_torch_cuda.so":
                # Loaded after LibTorch's CUDA half, which is there where a GPU is.
                listed = "\n".join(line for line in listed.splitlines() if not line.split()[0].startswith(("libtorch_cuda.so", "libc10_cuda.so")))
            self.assertNotIn("not found", listed, f"{path}:\n{listed}")
            for folder in outside:
                self.assertNotIn(folder + "/", listed, str(path))
            dynamic = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
            for line in dynamic.splitlines():
                if "RUNPATH" in line or "RPATH" in line:
                    self.assertTrue(all(part.startswith("$ORIGIN") for part in line.split("[")[1].rstrip("]").split(":")), f"{path}: {line}")
        self.assertGreater(checked, 10)

    def test_the_container_file_names_the_packages_that_serve_needs(self):
        """Without a container runtime: the libraries that `patchbay serve` loads, and the Debian packages they come from."""
        model = self.temp / "model"
        model.mkdir()
        (model / "model.onnx").touch()
        written = self.run_program("patchbay", "serve", str(model), "--write-service", timeout=60)
        self.assertEqual(written.returncode, 0, written.stderr)
        text = (model / "service" / "Containerfile").read_text()
        named = set(re.search(r"--no-install-recommends(.*?)&&", text, re.S)[1].replace("\\", "").split())
        libraries = self.prefix / "lib/patchbay"
        # OpenVINO loads its plug-in and the reader of ONNX by name.
        todo = [self.prefix / "bin/patchbay", self.prefix / "bin/patchbay-worker", libraries / "patchbay_serving.so",
                *(p for p in libraries.glob("libopenvino_*") if "intel_cpu" in p.name or "onnx_frontend" in p.name)]
        seen, packages = set(), set()
        while todo:
            path = todo.pop()
            if path.name in seen:
                continue
            seen.add(path.name)
            dynamic = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
            found = dict(re.findall(r"(\S+) => (/\S+)", subprocess.run(["ldd", path], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
                                                                       check=True).stdout))
            for name in re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic):
                if (libraries / name).exists():
                    todo.append(libraries / name)
                elif not name.startswith("ld-linux"):
                    where = [found[name], os.path.realpath(found[name]), "/usr" + found[name]]
                    packages.update(line.split(":")[0] for w in where for line in subprocess.run(
                        ["dpkg", "-S", w], capture_output=True, text=True, check=False).stdout.splitlines()[:1])
        self.assertEqual(named, packages - {"libc6", "libgcc-s1"})  # These two are in every Debian.

    def test_nothing_names_the_build_folder(self):
        for path in (self.prefix / "lib/cmake").rglob("*.cmake"):
            text = path.read_text()
            self.assertNotIn(arguments.build, text, str(path))
            self.assertNotIn(arguments.deps, text, str(path))

    def test_headers_and_package_build_a_program(self):
        source = self.temp / "outside"
        source.mkdir()
        (source / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(outside LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            "find_package(patchbay REQUIRED)\nadd_executable(outside main.cpp)\ntarget_link_libraries(outside patchbay::base)\n")
        (source / "main.cpp").write_text(
            '#include <cstdio>\n#include "engine/base/value.h"\nint main() {\n'
            '  const auto value = patchbay::parseJson("{\\"a\\": [1, 2]}");\n'
            '  std::puts(value ? patchbay::toJson(*value).c_str() : "wrong");\n}\n')
        configure = subprocess.run(["cmake", "-S", source, "-B", source / "build", f"-Dpatchbay_DIR={self.prefix}/lib/cmake/patchbay",
                                    f"-DCMAKE_CXX_COMPILER={arguments.compiler}"], capture_output=True, text=True, check=False)
        self.assertEqual(configure.returncode, 0, configure.stderr)
        build = subprocess.run(["cmake", "--build", source / "build"], capture_output=True, text=True, check=False)
        self.assertEqual(build.returncode, 0, build.stdout + build.stderr)
        output = subprocess.run([source / "build/outside"], capture_output=True, text=True, check=True).stdout
        self.assertEqual("".join(output.split()), '{"a":[1,2]}')

    def test_a_pack_builds_outside_and_carries_the_installed_abi(self):
        source = self.temp / "pack"
        shutil.copytree(Path(__file__).resolve().parents[1] / "packs/toy", source)
        (source / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(toy LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            "find_package(patchbay REQUIRED)\npatchbay_pack(toy LINKS patchbay::data)\n")
        for command in (["cmake", "-S", source, "-B", source / "build", f"-Dpatchbay_DIR={self.prefix}/lib/cmake/patchbay",
                         f"-DCMAKE_CXX_COMPILER={arguments.compiler}"], ["cmake", "--build", source / "build", "-j", "2"]):
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        pack = ctypes.CDLL(str(source / "build/lib/patchbay/packs/toy.so"))
        pack.patchbayPackV1.restype = ctypes.POINTER(ctypes.c_char_p)  # the first member of a Pack is its ABI digest
        abi = pack.patchbayPackV1()[0].decode()
        self.assertIn(f'"{abi}"', (self.prefix / "include/patchbay/engine/block/abi.h").read_text())

    def test_a_pipeline_runs_with_another_home(self):
        pictures = self.home / "pictures"
        for label, colour in (("red", (180, 20, 20)), ("green", (20, 180, 20))):
            (pictures / label).mkdir(parents=True)
            for i in range(12):
                png(pictures / label / f"{i}.png", *(c + 3 * i if c > 100 else c for c in colour))
        listed = self.run_program("patchbay", "templates", timeout=60)
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertIn("classify-folder", listed.stdout)
        result = self.run_program("patchbay", "run", "classify-folder", "--project", str(self.home / "project"), "--progress", "none",
                                  "--set", f"pictures.folder={pictures}", timeout=600)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for option in ("--build", "--deps", "--compiler", "--version"):
        parser.add_argument(option, required=True)
    arguments, rest = parser.parse_known_args()
    unittest.main(argv=sys.argv[:1] + rest)
