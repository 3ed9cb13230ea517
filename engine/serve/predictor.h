// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::serve {

/// One picture somebody wants an answer for.
struct Picture {
  std::span<const std::uint8_t> bytes;  ///< An encoded picture file; stays alive until the answer is there.
  bool heatMap = false;
  std::string about;  ///< Class the heat map is about; empty: the most probable one.
};

/// An exported model that is loaded. What computes lies behind this interface, so that the server knows no runtime.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// {"classes": [text], "task", "input": {"width", "height"}, "precision", "digest": SHA-256 of the network's file,
  ///  "network", "knows_its_pictures": whether answers say "unlike"}: what clients are told.
  virtual const Value& about() const = 0;
  /// Pictures computed together at most.
  virtual std::size_t mostTogether() const = 0;
  /// One answer a picture, in order: {"class", "probability", "scores": {class: 0..1}, "logits": [], "labels"?: [],
  /// "unlike"?: {"score", "threshold", "percentile": of familiar pictures that are more alike, "warning"}, "heat_map"?: {"width",
  /// "height", "class", "method", "values": base64 of a byte a place}}, or why that picture has none.
  /// Different lanes compute at the same time, one lane one thing at a time. `alone`: the other lanes have nothing to do when it
  /// begins, so that a single picture may have their processors as well; true for one call at a time.
  virtual std::vector<Result<Value>> predict(std::span<const Picture> pictures, int lane, bool alone) = 0;
};

/// Opens the export in a folder with so many lanes; checks everything it reads. Starts threads.
using OpenPredictor = std::function<Result<std::shared_ptr<Predictor>>(const std::filesystem::path& folder, int lanes)>;

}  // namespace patchbay::serve
