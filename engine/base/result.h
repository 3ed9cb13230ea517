// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <tl/expected.hpp>

#include "engine/base/text.h"

namespace patchbay {

/// What kind of failure it is; decided once, where it happens. Exit codes, retries and the wording of the
/// traffic light follow from it.
enum class ErrorKind : std::uint8_t {
  Usage,            ///< The command line or request makes no sense.
  InvalidPipeline,  ///< The document has problems; nothing was run.
  BadInput,         ///< A file or a data set the user gave cannot be used.
  NotFound,
  Io,
  NoSpace,
  Permission,
  Busy,         ///< Another engine owns the project.
  TooNew,       ///< Written by a newer version.
  Corrupt,      ///< A stored object does not match its digest, or a database check failed.
  Unreachable,  ///< An executor or the engine does not answer.
  OutOfMemory,
  Crashed,
  TimedOut,
  Cancelled,
  Unsupported,
  Internal,  ///< A defect of Patchbay itself.
};

std::string_view toString(ErrorKind kind);
/// Inverse of toString; unknown names read as Internal.
ErrorKind errorKindFrom(std::string_view name);

/// An expected failure: cause and next action, in the user's words.
struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string code;   ///< Stable identifier such as "folder.empty"; never shown alone.
  Text cause;         ///< What happened.
  Text hint;          ///< What to do about it.
  std::string where;  ///< Block, parameter or file the error belongs to, as far as known.
};

/// "cause. hint" on one line, with `where` in front when known.
std::string describe(const Error& error);

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>{std::move(error)}; }
inline tl::unexpected<Error> fail(ErrorKind kind, std::string code, Text cause, Text hint, std::string where = {}) {
  return tl::unexpected<Error>{Error{kind, std::move(code), std::move(cause), std::move(hint), std::move(where)}};
}
/// The Error for a failed system call on `path`, classified from errno (ENOSPC, EACCES, ENOENT, ...).
Error systemError(int errnoValue, std::string_view action, std::string_view path);

}  // namespace patchbay

/// Evaluates a Result; returns its error from the enclosing function, otherwise binds the value.
#define PB_CONCAT_(a, b) a##b
#define PB_CONCAT(a, b) PB_CONCAT_(a, b)
#define PB_TRY_IMPL(tmp, declaration, expression)            \
  auto tmp = (expression);                                   \
  if (!tmp) return ::patchbay::fail(std::move(tmp).error()); \
  declaration = std::move(*tmp)
#define PB_TRY(declaration, expression) PB_TRY_IMPL(PB_CONCAT(pbTry, __COUNTER__), declaration, expression)
#define PB_CHECK_IMPL(tmp, expression)                                                  \
  do {                                                                                  \
    if (auto tmp = (expression); !tmp) return ::patchbay::fail(std::move(tmp).error()); \
  } while (false)
#define PB_CHECK(expression) PB_CHECK_IMPL(PB_CONCAT(pbCheck, __COUNTER__), expression)
