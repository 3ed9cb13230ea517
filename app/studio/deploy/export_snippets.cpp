// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_snippets.h"

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

// What stands around the part of demo/predict.py that loads the model and prepares pictures.
constexpr std::string_view pythonHead = "# pip install onnxruntime numpy pillow\n";
constexpr std::string_view pythonTail = R"py(def predict(path):
    """Class -> score, the highest first; of several labels a picture each score stands by itself."""
    logits = model.run(None, {model.get_inputs()[0].name: load(path)})[0][0].astype(np.float64)
    scores = 1 / (1 + np.exp(-logits)) if several else np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    return dict(sorted(zip(classes, scores.tolist()), key=lambda one: -one[1]))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, predict(name))
)py";

constexpr std::size_t longestProgram = std::size_t{1} << 20;

/// Puts `with` where `what` begins, up to the end of `upTo` ("\n" stays). False when either is not there.
bool replacePart(std::string& text, std::string_view what, std::string_view upTo, const std::string& with) {
  const auto at = text.find(what);
  const auto end = at == std::string::npos ? at : text.find(upTo, at);
  if (end == std::string::npos) return false;
  text.replace(at, end - at, with);
  return true;
}

tl::unexpected<Error> demoChanged(const char* language) {
  return fail(ErrorKind::Corrupt, "export.demo", TR("studio", "The {language} demo of this export was changed.").with("language", language),
              TR("studio", "Export the model again."));
}

}  // namespace

Result<std::string> pythonSnippet(const fs::path& exported) {
  PB_TRY(auto program, readFile(exported / "demo" / "predict.py", longestProgram));
  const auto begin = program.find("import json"), end = program.find("asJson = ");
  if (begin == std::string::npos || end == std::string::npos || begin > end) return demoChanged("Python");
  program = program.substr(begin, end - begin);
  if (!replacePart(program, "Path(__file__)", ", providers", literal((exported / "model.onnx").native())) ||
      !replacePart(program, "from pathlib", "\nimport numpy", ""))
    return demoChanged("Python");
  return std::string{pythonHead} + program + std::string{pythonTail};
}

Result<std::string> cppSnippet(const fs::path& exported) {
  PB_TRY(auto program, readFile(exported / "demo" / "cpp" / "predict.cpp", longestProgram));
  PB_TRY(auto facts, readFile(exported / "demo" / "cpp" / "model.h", longestProgram));
  replacePart(facts, "#pragma once", "\n", "");
  if (!replacePart(program, "#include \"model.h\"", "\n", facts)) return demoChanged("C++");
  return "// g++ -O2 -std=c++17 predict.cpp $(pkg-config --cflags --libs opencv4) -o predict && ./predict PICTURE...\n#define MODEL_FILE " +
         literal((exported / "demo" / "model_batch1.onnx").native()) + "\n" + program;
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

std::string predictLine(const fs::path& exported) { return "patchbay predict " + shellWord(exported.native()) + " picture.jpg"; }

}  // namespace patchbay::studio
