// SPDX-License-Identifier: Apache-2.0
#include "plugins/serving/entry.h"

#include <csignal>
#include <cstdio>
#include <cstring>

namespace {
using namespace patchbay;

/// The exit codes of `patchbay`, whose place this process takes.
int exitCodeOf(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Usage:
    case ErrorKind::NotFound:
      return 2;
    case ErrorKind::Busy:
    case ErrorKind::TooNew:
      return 5;
    case ErrorKind::Cancelled:
      return 130;
    default:
      return 1;
  }
}

}  // namespace

/// What `patchbay-worker` calls by name: `mode` is "serve", "watch" or "measure"; `json` its settings.
extern "C" int patchbayServing(const char* mode, const char* json) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto settings = parseJson(json);
  Result<> done = settings ? Result<>{} : fail(settings.error());
  if (done && std::strcmp(mode, "serve") == 0) done = serving::serveExports(*settings);
  if (done && std::strcmp(mode, "watch") == 0) done = serving::watchWithExport(*settings);
  if (done && std::strcmp(mode, "measure") == 0) {
    const auto measured = serving::measureExports(*settings);
    if (measured) std::printf("%s\n", toJson(*measured).c_str());
    else done = fail(measured.error());
  }
  if (done) return 0;
  const auto& error = done.error();
  const auto where = error.where.empty() ? std::string{} : error.where + ": ";
  std::fprintf(stderr, "patchbay: %s%s\n          %s\n", where.c_str(), render(error.cause).c_str(), render(error.hint).c_str());
  return exitCodeOf(error);
}
