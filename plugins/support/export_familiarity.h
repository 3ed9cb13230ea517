// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/net/net.h"
#include "plugins/support/familiarity.h"

namespace patchbay::blocks {

/// What an export knows of the pictures it was trained on, so that it can say which others are unlike them: features of some
/// training pictures in familiarity.safetensors, named in net.json under metadata.unlike: {"file", "digest": its SHA-256,
/// "reference_pictures", "held_out_pictures", "held_out": "validation" | "training", "share": of those held out that raise no
/// warning, "precisions": {"fp32": Familiarity::facts(), "int8"?: the same}}. An export from before this has none of it.
/// Corrupt when the file is not the one that was exported.
Result<std::optional<Familiarity>> familiarityOf(const std::filesystem::path& folder, const net::Net& net,
                                                 std::string_view precision = "fp32");

/// The exported network (ONNX bytes) with what its classifier gets as a second output, which is what familiarity is about.
Result<std::string> withFeatures(const std::string& onnx);

/// What is said of an export that knows nothing of its pictures.
Text knowsNoPictures();

}  // namespace patchbay::blocks
