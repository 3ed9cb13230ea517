// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/learn/intervals.h"

namespace patchbay::studio {

/// One model file of an export.
struct ExportedModel {
  std::string precision;  ///< "fp32", "int8"
  std::int64_t bytes = 0;
  std::optional<learn::MetricValue> accuracy;  ///< As the export says it was measured.
  std::int64_t pictures = 0;                   ///< It was measured on; 0: not said.
  std::string part;                            ///< "test", "validation"
};

/// What an export folder says of itself.
struct ExportFacts {
  std::filesystem::path folder;
  std::string name;  ///< Of the folder.
  std::string network, task;
  std::vector<std::string> classes;
  double when = 0;        ///< model.onnx was written, seconds since 1970.
  bool pipeline = false;  ///< It can be opened as the pipeline that made it.
  /// Where the pictures are that its pipeline names by a path in the project; empty: it names them in full, or they are not there.
  std::filesystem::path data;
  std::vector<ExportedModel> models;
  /// Of report.json: what the model was evaluated on, how often it was right, and the same on parts of it (engine/data/README.md).
  std::string part;
  std::int64_t items = 0;
  std::optional<learn::MetricValue> overall;
  Value slices;
  Value unlike;                  ///< Of net.json, what it says of familiar pictures (plugins/support/export_familiarity.h); null: nothing.
  std::optional<Error> problem;  ///< It is no export (any more); only folder and name are known.
  const ExportedModel* model(std::string_view precision) const;
};

/// The folder for an export's folder or a file in it.
std::filesystem::path exportFolderOf(const std::filesystem::path& given);
/// Reads files: belongs in a thread.
ExportFacts readExport(const std::filesystem::path& folder);
/// The folders directly in this one that hold a model.onnx. Reads folders: belongs in a thread.
std::vector<std::filesystem::path> exportsIn(const std::filesystem::path& folder);

/// The pipeline that made the export: of pipeline.json, or of the metadata of an ONNX file that was taken out of its folder. NotFound
/// when neither has one. Reads files: belongs in a thread.
Result<Value> pipelineOf(const std::filesystem::path& exportedOrOnnx);

}  // namespace patchbay::studio
