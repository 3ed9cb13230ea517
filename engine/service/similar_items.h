// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/store/project.h"

namespace patchbay {

/// How alike each item is to one of them, as the cosine of their features (-1..1), by the newest embedding of the project that has
/// it, or the one given; in no order. One chunk of features in memory at a time.
/// NotFound: no embedding of this project has the item; run a pipeline with Embed first.
Result<std::vector<std::pair<std::string, double>>> similarItems(Project& project, std::string_view id, const Digest& embedding = {});

}  // namespace patchbay
