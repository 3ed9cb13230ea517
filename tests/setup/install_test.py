#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""app/setup/install, with wheels made here and no network: what it installs, what it leaves alone, what it refuses."""
import hashlib
import os
import shutil
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ONE, TWO, EXTRA = "one-1.0-py3-none-any.whl", "two_b-2.0-cp311-cp311-manylinux_2_28_x86_64.whl", "extra-3.0-py3-none-manylinux2014_x86_64.whl"


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.temp = tempfile.TemporaryDirectory()
        self.addCleanup(self.temp.cleanup)
        self.home = Path(self.temp.name)
        self.cache = self.home / "cache" / "patchbay"
        self.index = self.home / "index"
        self.index.mkdir()
        self.setup = self.home / "a b" / "setup"  # a path with a space
        self.setup.mkdir(parents=True)
        shutil.copy(ROOT / "app/setup/install", self.setup / "install")
        (self.setup / "debian-packages.txt").write_text("# base\ndpkg\n# tests\nbash\n")
        self.digests = {wheel: self.make_wheel(wheel) for wheel in (ONE, TWO, EXTRA)}
        self.write_lock()

    def make_wheel(self, wheel):
        name, version, *tags = wheel[:-4].split("-")
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(self.index / wheel, "w") as archive:
            archive.writestr(f"{name}/data.txt", f"{name} {version}\n")
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {'-'.join(tags)}\n")
            archive.writestr(f"{info}/RECORD", "")
        return hashlib.sha256((self.index / wheel).read_bytes()).hexdigest()

    def write_lock(self, **changed):
        digest = {**self.digests, **changed.get("digest", {})}
        (self.setup / "wheels.lock").write_text(
            "# comment\n"
            f"library one 1.0 1 {digest[ONE]} shared {ONE}\n"
            f"weights two-b 2.0 1 {digest[TWO]} shared {TWO}\n"
            f"gpu extra 3.0 1 {digest[EXTRA]} shared {EXTRA}\n"
            f"sample one 1.0 1 {digest[ONE]} own {ONE}\n")

    def install(self, *options, **variables):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache"),
                       "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.index), "PIP_CONFIG_FILE": os.devnull, **variables}
        return subprocess.run([self.setup / "install", *options], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              check=False)

    def everything(self):
        """Every file of the cache with its bytes, for "nothing changed"."""
        return {str(path.relative_to(self.cache)): path.read_bytes() for path in self.cache.rglob("*") if path.is_file()}

    def test_installs_then_changes_nothing(self):
        first = self.install()
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual((self.cache / "deps/shared/one/data.txt").read_text(), "one 1.0\n")
        self.assertEqual((self.cache / "deps/shared/two_b/data.txt").read_text(), "two_b 2.0\n")
        self.assertFalse((self.cache / "deps/shared/extra").exists())
        self.assertEqual((self.cache / "deps/own/one/data.txt").read_text(), "one 1.0\n")
        self.assertIn("[1/3] one 1.0: downloading 1 MB", first.stdout)
        before = self.everything()
        again = self.install(PIP_FIND_LINKS="/nowhere")
        self.assertEqual((again.returncode, again.stdout), (0, "Everything is installed.\n"))
        self.assertEqual(self.everything(), before)

    def test_check_says_what_is_missing_and_changes_nothing(self):
        (self.setup / "debian-packages.txt").write_text("# base\ndpkg\nno-such-package-xyz\n# tests\nno-such-test-package\n")
        result = self.install("--check")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Debian packages missing: no-such-package-xyz\n", result.stdout)
        self.assertIn("Not unpacked: two-b 2.0", result.stdout)
        self.assertNotIn("extra", result.stdout)
        self.assertIn("no-such-test-package", self.install("--check", "--tests").stdout)
        self.assertFalse(self.cache.exists())

    def test_gpu_set_joins_the_folder_and_stays(self):
        self.assertEqual(self.install().returncode, 0)
        self.assertIn("Not unpacked: extra 3.0", self.install("--check", "--gpu").stdout)
        self.assertEqual(self.install("--gpu").returncode, 0)
        for name in ("one", "two_b", "extra"):
            self.assertTrue((self.cache / "deps/shared" / name / "data.txt").is_file(), name)
        self.assertEqual(self.install("--check").returncode, 0)  # without --gpu, nothing is to do or undone
        self.assertEqual(self.install().stdout, "Everything is installed.\n")
        self.assertTrue((self.cache / "deps/shared/extra/data.txt").is_file())

    def test_new_version_in_the_lock_replaces_the_folder(self):
        self.assertEqual(self.install().returncode, 0)
        (self.index / TWO).unlink()
        self.digests[TWO] = self.make_wheel(TWO.replace("2.0", "2.1"))
        (self.index / TWO.replace("2.0", "2.1")).rename(self.index / TWO.replace("2.0", "2.1"))
        lock = (self.setup / "wheels.lock")
        self.write_lock()
        lock.write_text(lock.read_text().replace("two-b 2.0", "two-b 2.1").replace("two_b-2.0", "two_b-2.1"))
        result = self.install()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.cache / "deps/shared/two_b/data.txt").read_text(), "two_b 2.1\n")
        self.assertFalse((self.cache / "deps/shared/two_b-2.0.dist-info").exists())

    def test_wrong_digest_installs_nothing_of_that_folder(self):
        self.write_lock(digest={TWO: "0" * 64})
        result = self.install()
        self.assertEqual(result.returncode, 1)
        self.assertIn("two-b 2.0 could not be downloaded", result.stderr)
        self.assertIn("start again", result.stderr)
        self.assertFalse((self.cache / "deps/shared").exists())
        self.assertFalse((self.cache / "wheels" / TWO).exists())
        self.assertEqual([path.name for path in (self.cache / "deps").iterdir()], [])

    def test_download_that_fails_is_an_error_and_goes_on_later(self):
        (self.index / TWO).rename(self.home / TWO)
        result = self.install()
        self.assertEqual(result.returncode, 1)
        self.assertIn("Check the network", result.stderr)
        self.assertFalse((self.cache / "deps/shared").exists())
        self.assertTrue((self.cache / "wheels" / ONE).is_file())  # what came is kept
        (self.home / TWO).rename(self.index / TWO)
        self.assertEqual(self.install().returncode, 0)

    def test_damaged_download_in_the_cache_is_fetched_again(self):
        (self.cache / "wheels").mkdir(parents=True)
        (self.cache / "wheels" / ONE).write_bytes(b"PK half a wheel")
        result = self.install()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("damaged", result.stdout)
        self.assertEqual((self.cache / "deps/own/one/data.txt").read_text(), "one 1.0\n")

    def test_what_a_killed_installation_left_is_swept(self):
        left = self.cache / "deps/.part.abc"
        left.mkdir(parents=True)
        (left / "half").write_text("x")
        self.assertEqual(self.install().returncode, 0)
        self.assertFalse(left.exists())

    def test_needs_no_root_when_only_wheels_are_missing(self):
        tools = self.home / "bin"
        tools.mkdir()
        for name in ("sudo", "apt-get"):
            (tools / name).write_text("#!/bin/sh\necho asked >>" + str(self.home / "asked") + "\nexit 1\n")
            (tools / name).chmod(0o755)
        self.assertEqual(self.install(PATH=f"{tools}:{os.environ['PATH']}").returncode, 0)
        self.assertFalse((self.home / "asked").exists())
        (self.setup / "debian-packages.txt").write_text("# base\nno-such-package-xyz\n")
        result = self.install(PATH=f"{tools}:{os.environ['PATH']}")
        self.assertEqual(result.returncode, 1)
        self.assertTrue((self.home / "asked").exists())
        self.assertIn("apt-get could not install", result.stderr)

    def test_unknown_option(self):
        result = self.install("--chekc")
        self.assertEqual(result.returncode, 2)
        self.assertIn("unknown option --chekc", result.stderr)


if __name__ == "__main__":
    unittest.main()
