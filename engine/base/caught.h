// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <type_traits>
#include <utility>

#include "engine/base/result.h"

namespace patchbay {

/// Runs what a library does; `toError(const std::exception&)` says what it means when that throws.
template <class F, class ToError>
auto caught(F&& f, ToError&& toError) -> Result<std::invoke_result_t<F>> {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      std::forward<F>(f)();
      return {};
    } else {
      return std::forward<F>(f)();
    }
  } catch (const std::exception& e) {
    return fail(toError(e));
  }
}

}  // namespace patchbay
