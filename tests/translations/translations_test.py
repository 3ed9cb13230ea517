#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the translations: the .ts files hold every text of the sources, and every Chinese entry is one."""
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Names, units and forms that are the same in Chinese.
SAME = re.compile(r"""^(EfficientNet-Lite\d|ResNet-\d+|JSON|C|F1|GPU|ROC|Mixup|CutMix|TrivialAugmentWide|Patchbay|AUROC(\ %1)?
                       |COCO|CVAT|Datumaro|Label\ Studio|labelme|MVTec\ AD|Pascal\ VOC|YOLO
                       |%1\[\*\]\ -\ Patchbay|[%\d\s\[\]\-+*°·x×→.:,()LnN]*|%1\[\*\]\ -\ %2\ -\ Patchbay|<h3>Patchbay\ %1</h3>)$""", re.X)
SIGNS = re.compile(r"^[^A-Za-z]*$")  # "%1 / %2" says "%1 of %2"
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"\{\w+\}|%L?\d|%L?n")


def entries(language):
    for context in xml.parse(ROOT / "translations" / f"patchbay_{language}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation.get("type") in ("vanished", "obsolete"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            yield context.findtext("name"), message.findtext("source"), translation.get("type"), forms


class Translations(unittest.TestCase):
    def test_every_text_of_the_sources_is_listed(self):
        done = subprocess.run([sys.executable, ROOT / "translations" / "extract", "--check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])

    def test_no_chinese_entry_is_empty_unfinished_or_its_source(self):
        bad = [f"{context}: {source!r} -> {forms}" for context, source, state, forms in entries("zh_CN")
               if state or not all(forms) or (not SAME.match(source) and any(form == source or not (HAN.search(form) or SIGNS.match(PLACE.sub("", form))) for form in forms))]
        self.assertEqual(bad, [])

    def test_no_place_for_an_argument_is_lost(self):
        bad = [f"{language}, {context}: {source!r} -> {form!r}" for language in ("zh_CN", "en") for context, source, _, forms in entries(language)
               for form in forms if sorted(set(PLACE.findall(form))) != sorted(set(PLACE.findall(source)))]
        self.assertEqual(bad, [])

    def test_every_context_is_one_that_is_looked_up(self):
        """tr() outside a class is listed under its namespace, where nothing ever looks for it."""
        lost = sorted({context for context, *_ in entries("zh_CN") if context in ("patchbay", "patchbay::widgets", "patchbay::studio", "")})
        self.assertEqual(lost, [])

    def test_counts_have_both_english_forms(self):
        bad = [f"{context}: {source!r}" for context, source, state, forms in entries("en") if state or len(forms) != 2 or "s)" in "".join(forms)]
        self.assertEqual(bad, [])


if __name__ == "__main__":
    unittest.main()
