// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/caught.h"

namespace patchbay::torch {

/// Thrown through LibTorch's autograd to leave a step that was asked to stop.
struct Stopped : std::exception {
  const char* what() const noexcept override { return "stopped"; }
};

/// Thrown when another process of a group ended or does not answer.
struct RanksLost : std::exception {
  explicit RanksLost(std::string said) : what_{std::move(said)} {}
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

inline Error stoppedError() {
  return {ErrorKind::Cancelled, "torch.stopped", TR("torch", "Stopped on request."), TR("torch", "Run it again to go on."), {}};
}

/// LibTorch's messages begin with one readable line; C++ frames follow.
inline Error translate(const std::exception& thrown) {
  if (dynamic_cast<const Stopped*>(&thrown)) return stoppedError();
  if (dynamic_cast<const RanksLost*>(&thrown))
    return {ErrorKind::Crashed,
            "ranks.lost",
            TR("torch", "Another process of this training has ended or does not answer."),
            TR("torch", "See the logs of the attempt; run again to go on from the last checkpoint."),
            {}};
  const std::string_view what{dynamic_cast<const std::bad_alloc*>(&thrown) ? "not enough memory" : thrown.what()};
  const auto line = what.substr(0, what.find('\n'));
  if (dynamic_cast<const c10::OutOfMemoryError*>(&thrown) || what.find("not enough memory") != what.npos ||
      what.find("CUDA out of memory") != what.npos || what.find("alloc_cpu") != what.npos)
    return {ErrorKind::OutOfMemory, "torch.memory", TR("torch", "There is not enough memory for this network at this batch size."),
            TR("torch", "Choose a smaller batch or smaller pictures, or train the last stages only."), std::string{line}};
  return {ErrorKind::Internal,
          "torch.failed",
          TR("torch", "LibTorch failed: {message}").with("message", line),
          TR("torch", "Please report this together with the pipeline."),
          {}};
}

/// Runs `f` and turns what it throws into an Error.
template <class F>
auto caught(F&& f) {
  return patchbay::caught(std::forward<F>(f), translate);
}

}  // namespace patchbay::torch
