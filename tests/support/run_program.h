// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {

struct ProgramOutput {
  int code = -1;  ///< 128 + n after signal n.
  std::string out, err;
};

/// Runs a program to its end; words are quoted for the shell.
inline ProgramOutput runProgram(const std::vector<std::string>& words, const std::string& input = {}) {
  const TemporaryFolder folder;
  std::string command;
  for (const auto& word : words) {
    command += " '";
    for (const char c : word) command += c == '\'' ? std::string{"'\\''"} : std::string{c};
    command += "'";
  }
  (void)writeFileAtomically(folder.path() / "in", input);
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  const int status = std::system((command + " <" + at("in") + " >" + at("out") + " 2>" + at("err")).c_str());
  ProgramOutput result;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = readFile(at("out")).value_or("");
  result.err = readFile(at("err")).value_or("");
  return result;
}

}  // namespace patchbay::testing
