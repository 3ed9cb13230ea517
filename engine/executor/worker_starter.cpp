// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/base/resources.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace fs = std::filesystem;

fs::path workerStarter() {
  std::error_code ec;
  // With a C library of its own the running program is the loader, which lies beside the worker.
  const auto start = programFolder().parent_path() / "start";
  return fs::exists(start, ec) ? start : fs::read_symlink("/proc/self/exe", ec);
}

void forgetOwnLibraries() {
  constexpr auto before = "PATCHBAY_LIBRARY_PATH";
  const char* const path = std::getenv(before);
  if (!path) return;
  if (*path) ::setenv("LD_LIBRARY_PATH", path, 1);
  else ::unsetenv("LD_LIBRARY_PATH");
  ::unsetenv(before);
}

}  // namespace patchbay
