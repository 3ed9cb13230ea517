// SPDX-License-Identifier: Apache-2.0
#include "engine/base/result.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace patchbay {
namespace {
constexpr std::array<std::pair<ErrorKind, std::string_view>, 17> names{{{ErrorKind::Usage, "usage"},
                                                                        {ErrorKind::InvalidPipeline, "invalid-pipeline"},
                                                                        {ErrorKind::BadInput, "bad-input"},
                                                                        {ErrorKind::NotFound, "not-found"},
                                                                        {ErrorKind::Io, "io"},
                                                                        {ErrorKind::NoSpace, "no-space"},
                                                                        {ErrorKind::Permission, "permission"},
                                                                        {ErrorKind::Busy, "busy"},
                                                                        {ErrorKind::TooNew, "too-new"},
                                                                        {ErrorKind::Corrupt, "corrupt"},
                                                                        {ErrorKind::Unreachable, "unreachable"},
                                                                        {ErrorKind::OutOfMemory, "out-of-memory"},
                                                                        {ErrorKind::Crashed, "crashed"},
                                                                        {ErrorKind::TimedOut, "timed-out"},
                                                                        {ErrorKind::Cancelled, "cancelled"},
                                                                        {ErrorKind::Unsupported, "unsupported"},
                                                                        {ErrorKind::Internal, "internal"}}};
}  // namespace

std::string_view toString(ErrorKind kind) {
  for (const auto& [k, name] : names)
    if (k == kind) return name;
  return "internal";
}

ErrorKind errorKindFrom(std::string_view text) {
  for (const auto& [kind, name] : names)
    if (name == text) return kind;
  return ErrorKind::Internal;
}

std::string describe(const Error& error) {
  std::string out;
  if (!error.where.empty()) out = error.where + ": ";
  out += render(error.cause);
  if (!error.hint.empty()) out += " " + render(error.hint);
  return out;
}

Error systemError(int errnoValue, std::string_view action, std::string_view path) {
  const auto cause = [&] {
    return TR("error", "Could not {action} {path}: {reason}.")
        .with("action", action)
        .with("path", path)
        .with("reason", std::string_view{std::strerror(errnoValue)});
  };
  switch (errnoValue) {
    case ENOSPC:
    case EDQUOT:
      return {ErrorKind::NoSpace,
              "io.no-space",
              cause(),
              TR("error", "Free some disk space, for example with `patchbay gc`, and run again."),
              {}};
    case EACCES:
    case EPERM:
    case EROFS:
      return {ErrorKind::Permission,
              "io.permission",
              cause(),
              TR("error", "Check the permissions of the file or folder, or choose another place."),
              {}};
    case ENOENT:
    case ENOTDIR:
      return {ErrorKind::NotFound, "io.not-found", cause(), TR("error", "Check the path; was the file moved or renamed?"), {}};
    default:
      return {ErrorKind::Io, "io.failed", cause(), TR("error", "Check the disk and run again."), {}};
  }
}

}  // namespace patchbay
