// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string_view>

#include "engine/run/live_answer.h"
#include "engine/service/data_requests.h"

namespace patchbay {

/// Asks a live service; see EngineParts::live.
using AskLive =
    std::function<void(std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback)>;

/// The data requests "formats", "preview", "import" and "export" (service/README.md). Other tools' files are read and written by
/// the live worker `patchbay.live.formats`; what comes from it in batches is stored here. `tell` passes the event
/// {"event": "data_progress", "do": import|export, "path", "done", "total"?} on to all subscribers.
void addFormatRequests(DataRequests& requests, Project& project, AskLive live, std::function<void(const Value&)> tell);

}  // namespace patchbay
