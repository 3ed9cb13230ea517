// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migrations/migrations.h"

namespace patchbay {

const std::vector<Migration>& projectMigrations() {
  static const std::vector<Migration> all{migration001, migration002, migration003};
  return all;
}

const std::vector<Migration>& metricsMigrations() {
  static const std::vector<Migration> all{{"metrics", R"sql(
CREATE TABLE metrics (
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  metric TEXT NOT NULL,
  position INTEGER NOT NULL,
  value REAL,
  t REAL NOT NULL
) STRICT;
CREATE INDEX metrics_by_run ON metrics (run, step, metric, position);
)sql"}};
  return all;
}

}  // namespace patchbay
