// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/net/tensor.h"

namespace patchbay::net {

struct WeightFile {
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;  ///< safetensors' "__metadata__"; empty for .pth.
};

/// Strict safetensors (format of huggingface/safetensors): refuses overlaps, gaps, offsets outside the file, shapes that do
/// not fit their bytes or overflow, duplicate keys, unknown types, and anything after the last tensor.
Result<WeightFile> parseSafetensors(std::string_view bytes);
/// Tensors sorted by name, header padded with spaces to a multiple of 8; the same input gives the same bytes.
Result<std::string> writeSafetensors(const WeightFile& file);

/// A PyTorch checkpoint, the zip kind (torch >= 1.6) or the older one. The pickle inside is read by a whitelist: dicts,
/// lists, tuples, numbers, strings, OrderedDict, torch's storages and tensor rebuilders. Nothing is executed; a pickle
/// that names any other global is refused with that name. Nested dicts give names joined by '.'; a checkpoint that wraps
/// its weights in "state_dict" or "model" is unwrapped.
Result<WeightFile> parsePth(std::string_view bytes);

/// By content, not by name: safetensors or .pth.
Result<WeightFile> readWeights(const std::filesystem::path& path);

}  // namespace patchbay::net
