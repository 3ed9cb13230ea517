// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/run/executor.h"

namespace patchbay {

/// The engine's answer to a question of ChannelLink, {"id", ...} or {"id", "error"}.
Value answerQuestion(JobHost& host, const Value& question);

}  // namespace patchbay
