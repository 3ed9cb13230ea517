// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/block/object.h"
#include "engine/data/dataset.h"

namespace patchbay {

/// One row of features per item, fp16 on disk, chunked like the data set it came from.
/// Parts "chunk/NNNNNN": "PBE1", u32 rows, u32 columns, rows x 32-byte ids (ASCII), rows x columns binary16, little-endian.
struct Embedding {
  static constexpr PortType port = embeddingPort;
  using type = Embedding;
  std::vector<std::string> ids;  ///< Item ids, in the data set's order.
  std::size_t columns = 0;
  std::vector<float> values;  ///< ids.size() x columns, row-major.
  Value meta;                 ///< {"backbone", "levels", ...}
  Digest net;                 ///< Part "net": the packed network that computed the rows; zero when there is none.
  static Result<Embedding> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter& writer, const Embedding& embedding);
};

/// A network or a head, as parts of its own naming; engine/net reads "net.json" + "weights.safetensors".
/// meta: {"kind": "net" | "probe", "classes": [...], "threshold"?, "temperature"?, "metrics"?, "preprocess"?, ...}
struct ModelValue {
  static constexpr PortType port = modelPort;
  using type = PortValue;
  static Result<PortValue> load(ObjectReader&, const PortValue& value) { return value; }
  static Result<PortValue> save(ObjectWriter&, const PortValue& value) { return value; }
};

/// Class probabilities per item, with the truth beside them where it is known.
/// Part "rows": "PBP1", u32 rows, u32 classes, then per row 32-byte id, i32 truth (-1 unknown), u8 split, classes x f32.
struct Predictions {
  static constexpr PortType port = predictionsPort;
  using type = Predictions;
  std::vector<std::string> classes;
  std::vector<std::string> ids;
  std::vector<int> truth;
  std::vector<Split> split;
  std::vector<float> probabilities;  ///< ids.size() x classes.size(), row-major.
  Value meta;                        ///< {"model": sha256, "task", "multi_label": bool, "groups"?: [...], "threshold"?, ...}
  static Result<Predictions> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter& writer, const Predictions& predictions);
};

/// Figures for people and for programs. meta holds {"metrics": {name: number}} flat; part "report.json" everything.
struct Report {
  static constexpr PortType port = reportPort;
  using type = Report;
  Value metrics;  ///< Flat map name -> number.
  Value body;     ///< {"tables": [...], "curves": [...], "confusion": ..., "mistakes": [...]}; see data/README.md.
  static Result<Report> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter& writer, const Report& report);
};

/// A picture for people: part "figure", meta {"format": "png" | "svg", "title"}.
struct Figure {
  static constexpr PortType port = figurePort;
  using type = Figure;
  std::string format = "svg";
  std::string title;
  std::string bytes;
  static Result<Figure> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter& writer, const Figure& figure);
};

/// Text for people: part "text", meta {"format": "markdown" | "plain"}.
struct TextValue {
  static constexpr PortType port = textPort;
  using type = TextValue;
  std::string format = "markdown";
  std::string text;
  static Result<TextValue> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter& writer, const TextValue& text);
};

}  // namespace patchbay
