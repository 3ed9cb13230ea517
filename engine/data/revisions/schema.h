// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/store/database.h"

namespace patchbay::revisions {

inline constexpr std::int64_t applicationId = 0x50424441;  // "PBDA"

/// The steps of data.db. A step that was released is never changed: add another.
const std::vector<Migration>& migrations();

}  // namespace patchbay::revisions
