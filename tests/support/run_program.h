// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/base/process.h"

namespace patchbay::testing {

/// Runs a program of this build to its end; one that does not start or end throws, which fails the test.
inline ProgramRun runProgram(const std::vector<std::string>& words, const std::string& input = {}) {
  return patchbay::runProgram(words, {}, std::chrono::seconds{300}, input).value();
}

}  // namespace patchbay::testing
