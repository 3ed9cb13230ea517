// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace patchbay::studio {

// Both are the demo that was exported, so that there is one program that prepares pictures; they read the folder: call them in a
// thread.

/// Python that says what is on a picture with the model of an export folder; onnxruntime, numpy and Pillow are all it needs. Can be
/// pasted into a program or a notebook: it defines predict(path).
Result<std::string> pythonSnippet(const std::filesystem::path& exported);
/// C++ as one file that names the model by its path: needs OpenCV.
Result<std::string> cppSnippet(const std::filesystem::path& exported);

/// A word of a shell's command line, quoted where needed.
std::string shellWord(std::string_view text);
/// `patchbay predict` with the folder, quoted for a shell.
std::string predictLine(const std::filesystem::path& exported);

}  // namespace patchbay::studio
