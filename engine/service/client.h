// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "engine/base/channel.h"
#include "engine/service/engine.h"

namespace patchbay {

/// An engine behind a connected socket. Exchanges hello; Unreachable when the other side ends before it.
/// When the connection is lost every waiting call fails with Unreachable, and subscribers get {"event": "disconnected", "error"}.
Result<std::unique_ptr<Engine>> connectedEngine(UniqueFd socket, std::string_view clientName);

}  // namespace patchbay
