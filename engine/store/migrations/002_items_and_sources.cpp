// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migrations/migrations.h"

namespace patchbay {

const Migration migration002{"items and sources", R"sql(
CREATE TABLE item_packs (
  function BLOB NOT NULL,
  pack BLOB NOT NULL,
  items INTEGER NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (function, pack)
) STRICT, WITHOUT ROWID;

-- Where the bytes of a picture were seen. Paths below the project are relative to it; they are bytes, not text.
CREATE TABLE sources (
  digest BLOB NOT NULL,
  path BLOB NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  PRIMARY KEY (digest, path)
) STRICT, WITHOUT ROWID;

-- Listings of files that blocks read, by their digest; so that the file that changed can be named.
CREATE TABLE file_listings (
  digest BLOB PRIMARY KEY,
  listing BLOB NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql"};

}  // namespace patchbay
