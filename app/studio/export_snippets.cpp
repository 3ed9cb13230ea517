// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/export_snippets.h"

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

/// A string literal of Python and of C++ alike.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string shellWord(std::string_view text) {
  if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") == std::string_view::npos)
    return std::string{text};
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

// The same rule as the exported demo/predict.py follows; its facts are in the model file.
constexpr std::string_view python = R"py(# pip install onnxruntime numpy pillow
import json

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

model = onnxruntime.InferenceSession(@MODEL@, providers=["CPUExecutionProvider"])
facts = model.get_modelmeta().custom_metadata_map
rule, classes, several = json.loads(facts["preprocessing"]), json.loads(facts["classes"]), facts["task"] == "multi-label"


def prepare(path):
    """A picture file as the network wants it: 1 x 3 x height x width floats."""
    width, height, short = rule["width"], rule["height"], rule["resize_to"]
    picture = Image.open(path)
    if rule["scaled_decode"]:
        side = 2 * (width if rule["resize"] == "stretch" else short)
        picture.draft("RGB", (side, side))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):  # 16-bit grey keeps its high byte
        picture = Image.fromarray((np.asarray(picture).astype(np.uint32) >> 8).astype(np.uint8))
    picture = picture.convert("RGB")
    how = Image.Resampling.BICUBIC if rule["interpolation"] == "bicubic" else Image.Resampling.BILINEAR
    if rule["resize"] == "stretch":
        picture = picture.resize((width, height), how)
    else:
        w, h = picture.size
        picture = picture.resize((short if w <= h else short * w // h, short if h <= w else short * h // w), how)
        left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
        picture = picture.crop((left, top, left + width, top + height))
    pixels = (np.asarray(picture, np.float64) - rule["mean"]) / rule["std"]
    return pixels.transpose(2, 0, 1)[None].astype(np.float32)


def predict(path):
    """Class -> score, the highest first; of several labels a picture each score stands by itself."""
    logits = model.run(None, {model.get_inputs()[0].name: prepare(path)})[0][0].astype(np.float64)
    scores = 1 / (1 + np.exp(-logits)) if several else np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    return dict(sorted(zip(classes, scores.tolist()), key=lambda one: -one[1]))


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        print(name, predict(name))
)py";

}  // namespace

std::string pythonSnippet(const fs::path& exported) {
  std::string out{python};
  constexpr std::string_view mark = "@MODEL@";
  return out.replace(out.find(mark), mark.size(), literal((exported / "model.onnx").native()));
}

Result<std::string> cppSnippet(const fs::path& exported) {
  constexpr std::size_t most = std::size_t{1} << 20;
  PB_TRY(auto program, readFile(exported / "demo" / "cpp" / "predict.cpp", most));
  PB_TRY(auto facts, readFile(exported / "demo" / "cpp" / "model.h", most));
  const auto replace = [](std::string& text, std::string_view what, const std::string& with) {
    const auto at = text.find(what);
    if (at == std::string::npos) return false;
    const auto end = text.find('\n', at);
    text.replace(at, end == std::string::npos ? std::string::npos : end - at, with);
    return true;
  };
  replace(facts, "#pragma once", "");
  if (!replace(program, "#include \"model.h\"", facts))
    return fail(ErrorKind::Corrupt, "export.demo", TR("studio", "The C++ demo of this export was changed."),
                TR("studio", "Export the model again."));
  return "// g++ -O2 -std=c++17 predict.cpp $(pkg-config --cflags --libs opencv4) -o predict && ./predict PICTURE...\n#define MODEL_FILE " +
         literal((exported / "demo" / "model_batch1.onnx").native()) + "\n" + program;
}

std::string predictLine(const fs::path& exported) { return "patchbay predict " + shellWord(exported.native()) + " picture.jpg"; }

}  // namespace patchbay::studio
