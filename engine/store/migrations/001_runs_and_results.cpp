// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migrations/migrations.h"

namespace patchbay {

// Times are milliseconds since 1970. Keys and digests are 32 bytes. JSON is canonical.
const Migration migration001{"runs and results", R"sql(
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  pipeline TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  created INTEGER NOT NULL,
  finished INTEGER,
  pinned INTEGER NOT NULL DEFAULT 0,
  plan TEXT NOT NULL,
  summary TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_by_pipeline ON runs (pipeline, id);

CREATE TABLE steps (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ran', 'cached', 'skipped', 'failed')),
  key BLOB,
  reasons TEXT NOT NULL DEFAULT '[]',
  seconds REAL NOT NULL DEFAULT 0,
  items_computed INTEGER NOT NULL DEFAULT 0,
  items_cached INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  key BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'submitted', 'running',
                                       'succeeded', 'failed', 'cancelled', 'timed-out', 'oom', 'lost')),
  epoch INTEGER NOT NULL,
  claim TEXT NOT NULL,
  external_id TEXT,
  record TEXT NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_unfinished ON attempts (state) WHERE state IN ('queued', 'submitting', 'submitted', 'running');

CREATE TABLE actions (
  key BLOB PRIMARY KEY,
  type TEXT NOT NULL,
  parts TEXT NOT NULL,
  outputs TEXT NOT NULL,
  effects TEXT NOT NULL,
  seconds REAL NOT NULL,
  items_computed INTEGER NOT NULL,
  items_cached INTEGER NOT NULL,
  peak_memory INTEGER NOT NULL,
  started INTEGER NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a step's key was made of when it last had a result; outlives the result, so that a re-run can say why.
CREATE TABLE step_history (
  pipeline TEXT NOT NULL,
  step TEXT NOT NULL,
  key BLOB NOT NULL,
  parts TEXT NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY (pipeline, step)
) STRICT, WITHOUT ROWID;
)sql"};

}  // namespace patchbay
