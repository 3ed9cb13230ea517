// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/service/engine.h"

namespace patchbay {

/// Calls the method a request names; subscriptions are the server's own matter.
Result<Value> dispatch(Engine& engine, std::string_view method, const Value& args);

}  // namespace patchbay
