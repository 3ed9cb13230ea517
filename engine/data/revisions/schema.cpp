// SPDX-License-Identifier: Apache-2.0
#include "engine/data/revisions/schema.h"

namespace patchbay::revisions {

// Times are milliseconds since 1970, ids 16 bytes, digests 32. A record is an item as chunks hold it (detail/item_codec.h).
const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all{{"revisions", R"sql(
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  merged BLOB,               -- the other copy's newest revision
  what TEXT NOT NULL,
  author TEXT NOT NULL,
  at INTEGER NOT NULL,
  name TEXT,
  changed INTEGER NOT NULL,
  items INTEGER NOT NULL,
  unlabelled INTEGER NOT NULL,
  state INTEGER NOT NULL,    -- the revision that first had this content
  undo_to INTEGER NOT NULL,  -- what undo goes back to, -1: nothing
  redo_to INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX revisions_by_name ON revisions (name) WHERE name IS NOT NULL;
CREATE INDEX revisions_by_merged ON revisions (merged) WHERE merged IS NOT NULL;

-- Task and classes, where they changed.
CREATE TABLE infos (
  revision INTEGER PRIMARY KEY,
  info TEXT NOT NULL
) STRICT;

-- The newest state. A row keeps its number when the item goes and comes back, and no other item ever gets it.
CREATE TABLE items (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  version INTEGER NOT NULL,  -- the revision that changed it last
  hash INTEGER NOT NULL,     -- the first 8 bytes of the digest
  path BLOB NOT NULL,
  record BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX items_by_id ON items (id);
CREATE INDEX items_by_hash ON items (hash);
CREATE INDEX items_by_path ON items (path);
CREATE INDEX items_by_version ON items (version);

-- Rows of items that were removed, so that one that comes back gets its own.
CREATE TABLE gone (
  id BLOB PRIMARY KEY,
  row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What each revision replaced; null: the item was not there. What it put there is what the next one replaced, or the item.
CREATE TABLE changes (
  row INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  before BLOB,
  PRIMARY KEY (row, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_revision ON changes (revision, row);

-- What items of the newest state can be found by: class, author, group, split, flag.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  name BLOB NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, name)
) STRICT;
CREATE TABLE marks (
  mark INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (mark, row)
) STRICT, WITHOUT ROWID;

-- Revisions that were made a value on a port.
CREATE TABLE manifests (
  revision INTEGER PRIMARY KEY,
  digest BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX manifests_by_digest ON manifests (digest);

CREATE TABLE score_sets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  count INTEGER NOT NULL
) STRICT;
CREATE TABLE scores (
  score INTEGER NOT NULL,
  row INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (score, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX scores_by_value ON scores (score, value);

CREATE TABLE verdicts (
  kind TEXT NOT NULL,
  id BLOB NOT NULL,
  is_right INTEGER NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- What a merge did not take over: records of both sides.
CREATE TABLE conflicts (
  revision INTEGER NOT NULL,
  row INTEGER NOT NULL,
  field TEXT NOT NULL,
  ours BLOB,
  theirs BLOB,
  PRIMARY KEY (revision, row, field)
) STRICT, WITHOUT ROWID;
)sql"}};
  return all;
}

}  // namespace patchbay::revisions
