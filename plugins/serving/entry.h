// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/base/value.h"

namespace patchbay::serving {

/// {"exports": ["FOLDER" or "NAME=FOLDER"], "host"?, "port"?, "token_file"?, "allow_hosts"?: [], "threads"?, "precision"?,
///  "max_pixels"?, "max_queue"?, "max_connections"?, "max_body"?, "times"?: {"header", "body", "idle", "stop", "look": ms}}
Result<> serveExports(const Value& settings);

/// {"export", "folder", "out", "format"?: csv | coco, "sort"?: copy | move, "sidecars"?, "unsure"?, "once"?, "settle_ms"?, "threads"?,
///  "precision"?}
Result<> watchWithExport(const Value& settings);

}  // namespace patchbay::serving
