// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/store/database.h"

namespace patchbay {

inline constexpr std::int64_t projectApplicationId = 0x50424159;  // "PBAY"
inline constexpr std::int64_t metricsApplicationId = 0x50424D54;  // "PBMT"

/// The steps of project.db. A step that was released is never changed: add another.
extern const Migration migration001;
extern const Migration migration002;
extern const Migration migration003;
const std::vector<Migration>& projectMigrations();
/// The steps of metrics.db.
const std::vector<Migration>& metricsMigrations();

}  // namespace patchbay
