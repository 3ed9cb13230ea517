// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/base/value.h"

namespace patchbay::serving {

/// {"exports": ["FOLDER" or "NAME=FOLDER"], "host"?, "port"?, "token_file"?, "allow_hosts"?: [], "threads"?, "precision"?,
///  "max_pixels"?, "max_queue"?, "max_connections"?, "max_body"?, "times"?: {"header", "body", "idle", "stop", "look": ms}}
Result<> serveExports(const Value& settings);

/// {"export", "folder", "out", "format"?: csv | coco, "sort"?: copy | move, "sidecars"?, "unsure"?, "unlike"?: true, "once"?, "settle_ms"?,
/// "threads"?,
///  "precision"?}
Result<> watchWithExport(const Value& settings);

/// How fast exports are here: {"exports": [folder], "threads"?: [n], "batches"?: [n] with 1 among them, "seconds"?: for each row,
/// "limit_ms"?, "picture"?: file that is decoded each time} -> {"processor", "cores", "load_before", "decoding", "models": [{"export",
/// "precision", "bytes", "digest", "accuracy"?, "ms", "p95_ms": of a single picture, "front", "latency": [{"threads", "batch", "p50_ms",
/// "p95_ms", "runs", "pictures_per_second"}]}], "pick"?: index of the most accurate model whose 95th percentile is within the limit}
Result<Value> measureExports(const Value& settings);

}  // namespace patchbay::serving
