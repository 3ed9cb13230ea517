// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay {

struct ProgramRun {
  int code = 0;     ///< Exit status; 128 + signal when it was killed.
  std::string out;  ///< Standard output, at most 16 MiB.
  std::string err;  ///< Standard error, likewise.
};

/// Runs a program found on PATH to its end with a fixed argument list, never through a shell; `input` is its standard input.
/// NotFound when there is no such program, TimedOut (the program is killed) after `patience`.
Result<ProgramRun> runProgram(const std::vector<std::string>& argv, const std::filesystem::path& folder, std::chrono::seconds patience,
                              std::string_view input = {});

}  // namespace patchbay
