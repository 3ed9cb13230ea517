// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "engine/service/engine.h"

namespace patchbay {

StopHow stopHowFrom(std::string_view name);
Value toValue(const GcRequest& request);
GcRequest gcRequestFromValue(const Value& value);

/// What the socket carries: {"id", "method", "args"} to the engine; {"id", "ok"} or {"id", "error"} and {"push", "event"} back.
inline constexpr int engineProtocol = 1;

}  // namespace patchbay
