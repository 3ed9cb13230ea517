// SPDX-License-Identifier: Apache-2.0
#include "engine/store/records.h"

#include <array>
#include <chrono>

namespace patchbay {
namespace {
constexpr std::array<std::string_view, 5> runNames{"running", "done", "failed", "cancelled", "interrupted"};
constexpr std::array<std::string_view, 6> stepNames{"waiting", "running", "ran", "cached", "skipped", "failed"};
constexpr std::array<std::string_view, 10> attemptNames{"queued", "submitting", "submitted", "running", "succeeded",
                                                        "failed", "cancelled",  "timed-out", "oom",     "lost"};
template <class E, std::size_t N>
E find(const std::array<std::string_view, N>& names, std::string_view s, E fallback) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == s) return static_cast<E>(i);
  return fallback;
}
}  // namespace

std::int64_t nowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string_view toString(RunState s) { return runNames[static_cast<std::size_t>(s)]; }
std::string_view toString(StepState s) { return stepNames[static_cast<std::size_t>(s)]; }
std::string_view toString(AttemptState s) { return attemptNames[static_cast<std::size_t>(s)]; }
RunState runStateFrom(std::string_view s) { return find(runNames, s, RunState::Interrupted); }
StepState stepStateFrom(std::string_view s) { return find(stepNames, s, StepState::Waiting); }
AttemptState attemptStateFrom(std::string_view s) { return find(attemptNames, s, AttemptState::Lost); }

Value digestMap(const std::map<std::string, Digest>& digests) {
  Value out = Value::Map{};
  for (const auto& [name, digest] : digests) out[name] = digest.hex();
  return out;
}

Result<std::map<std::string, Digest>> digestMapFrom(const Value& value) {
  std::map<std::string, Digest> out;
  for (const auto& [name, hex] : value.asMap()) {
    PB_TRY(out[name], Digest::parse(hex.asText()));
  }
  return out;
}

}  // namespace patchbay
