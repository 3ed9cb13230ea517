#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""import, export, formats, convert-dataset and pack with the real programs.

usage: formats_cli_test.py --build DIR [SUITE...]
"""
import json
import zipfile

import cli_support
from cli_support import CliTest, draw


def coco(folder, broken=""):
    """Four pictures with a box each, in COCO's form, and one more annotation as given."""
    (folder / "images").mkdir(parents=True)
    images, annotations = [], []
    for i in range(4):
        draw(folder / "images" / f"p{i}.png", i % 2, i)
        images.append({"id": i + 1, "file_name": f"p{i}.png", "width": 40, "height": 40})
        annotations.append({"id": i + 1, "image_id": i + 1, "category_id": 3 + i % 2, "bbox": [1, 2, 10, 12 + i], "iscrowd": 0})
    text = json.dumps({"images": images, "annotations": annotations, "categories": [{"id": 3, "name": "<b>disc</b>"}, {"id": 4, "name": "square"}]})
    (folder / "instances_train.json").write_text(text.replace("], \"categories\"", broken + "], \"categories\""))
    return folder


class DataSets(CliTest):
    def test_a_person_looks_imports_and_takes_it_out_again(self):
        data = coco(self.folder / "coco", ', {"id": 9, "image_id": 1, "category_id": 3, "bbox": [1, 2, NaN, 4]}')
        looked = self.patchbay("import", data, "--preview", "--json").last()
        self.assertEqual((looked["format"], looked["items"], looked["annotations"], looked["left_out"]), ("coco", 4, {"box": 4}, 1))
        self.assertEqual([one["code"] for one in looked["problems"]], ["annotation.number"])
        project = self.folder / "project"
        done = self.patchbay("import", data, "--project", project, "--json").last()
        self.assertEqual((done["added"], done["changed"], done["left_out"]), (4, 0, 1))
        again = self.patchbay("import", data, "--project", project, "--json").last()
        self.assertEqual((again["added"], again["kept"], again["revision"]["number"]), (0, 4, done["revision"]["number"]), "nothing new, no revision")
        out = self.patchbay("export", self.folder / "out", "--project", project, "--format", "coco", "--json").last()
        self.assertEqual((out["items"], out["report"]), (4, []))
        before, after = (json.loads(path.read_text().replace("NaN", "0")) for path in
                         (data / "instances_train.json", self.folder / "out/annotations/instances_train.json"))
        names = {c["id"]: c["name"] for c in after["categories"]}
        self.assertEqual(list(names.values()), ["<b>disc</b>", "square"])
        files = {i["id"]: i["file_name"] for i in after["images"]}
        self.assertEqual(sorted((files[a["image_id"]], names[a["category_id"]], a["bbox"]) for a in after["annotations"]),
                         sorted((f"p{a['image_id'] - 1}.png", "square" if a["category_id"] == 4 else "<b>disc</b>", a["bbox"])
                                for a in before["annotations"] if a["id"] != 9))
        for name in files.values():
            self.assertEqual((self.folder / "out/images/train" / name).read_bytes(), (data / "images" / name).read_bytes())
        refused = self.patchbay("export", self.folder / "out", "--project", project, "--format", "coco")
        self.assertNotEqual(refused.code, 0)
        self.assertIn("exists already", refused.err)

    def test_one_file_for_a_colleague(self):
        project, other = self.folder / "mine", self.folder / "theirs"
        self.patchbay("import", coco(self.folder / "packed"), "--project", project)
        self.patchbay("pack", self.folder / "data", "--project", project)
        with zipfile.ZipFile(self.folder / "data.zip") as archive:
            self.assertIsNone(archive.testzip())
        done = self.patchbay("import", self.folder / "data.zip", "--project", other, "--json").last()
        self.assertEqual((done["added"], done["left_out"]), (4, 0))
        # Nothing of the archive is needed any more, and the pictures are there.
        (self.folder / "data.zip").unlink()
        out = self.patchbay("export", self.folder / "unpacked", "--project", other, "--format", "yolo", "--json").last()
        self.assertEqual(out["report"], [])
        self.assertEqual(len(list((self.folder / "unpacked").rglob("*.png"))), 4)

    def test_conversion_needs_no_project(self):
        data = coco(self.folder / "plain")
        for name in [one["id"] for one in self.patchbay("formats", "--json").last()["formats"]]:
            with self.subTest(name):
                done = self.patchbay("convert-dataset", data, self.folder / f"to-{name}", "--format", name, "--json").last()
                self.assertEqual(done["items"], 4)
                self.assertEqual(len(list((self.folder / f"to-{name}").rglob("p?.png"))), 4 if name != "masks" else 8)
        self.assertNotEqual(self.patchbay("convert-dataset", data, self.folder / "x", "--format", "docx").code, 0)
        self.assertFalse((self.folder / "x").exists())

    def test_nothing_to_import_says_why(self):
        (self.folder / "empty").mkdir()
        nothing = self.patchbay("import", self.folder / "empty", "--project", self.folder / "none")
        self.assertNotEqual(nothing.code, 0)
        self.assertIn("No pictures", nothing.err)
        (self.folder / "bad.zip").write_bytes(b"PK\3\4 no archive")
        bad = self.patchbay("import", self.folder / "bad.zip", "--project", self.folder / "none")
        self.assertIn("not an archive", bad.err)


if __name__ == "__main__":
    cli_support.main([DataSets])
