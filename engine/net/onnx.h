// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::net {

struct OnnxOptions {
  std::optional<std::int64_t> batch;            ///< A fixed batch; symbolic "batch" when absent (OpenCV 4 wants it fixed).
  std::map<std::string, std::string> metadata;  ///< Added to metadata_props.
  /// Opset 10 instead of 17, for readers that know ReLU6 only as a Clip with attributes (OpenCV 4.6). Unsupported for
  /// networks with LayerNorm, Softmax or HardSwish.
  bool opset10 = false;
};

/// The net as ONNX: opset 17, ir 8, raw little-endian initialisers, ReLU6 as Clip, Dropout left out, BatchNormalization kept
/// unless folded before. metadata_props carries name, task, classes, preprocessing and net metadata as JSON.
/// The same net gives the same bytes. Fails above protobuf's 2 GB.
Result<std::string> toOnnx(const Net& net, const OnnxOptions& options = {});

struct OnnxInfo {
  std::int64_t opset = 0, irVersion = 0;
  std::string producer;
  std::vector<Input> inputs;  ///< Shapes with the batch in front here; -1 = free.
  std::vector<Input> outputs;
  std::map<std::string, std::string> metadata;
  std::vector<std::filesystem::path> externalFiles;  ///< Existing files inside the model's folder.
  std::vector<std::string> ops;                      ///< Distinct operator types, sorted.
};

/// Checks an ONNX file that somebody brings: it parses, its initialisers have the bytes their shapes ask for, its graph is
/// acyclic and complete, and external data stays inside `folder` (no "..", no absolute path, no symbolic link, offset and
/// length inside the file). Custom operator domains are refused. `folder` empty = external data is refused altogether.
Result<OnnxInfo> checkOnnx(std::string_view bytes, const std::filesystem::path& folder = {});
/// Reads the file and checks it against its own folder.
Result<OnnxInfo> checkOnnxFile(const std::filesystem::path& path);

}  // namespace patchbay::net
