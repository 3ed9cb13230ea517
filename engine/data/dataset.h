// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/block/object.h"

namespace patchbay {

enum class Split : std::uint8_t { None, Train, Validation, Test };
std::string_view toString(Split split);
Split splitFrom(std::string_view name);  ///< None for an unknown name.

enum class AnnotationKind : std::uint8_t { Class, Box, RotatedBox, Polygon, Mask, Points, Text, Number };

/// One statement about a picture. Geometry in pixels of the upright original picture, x right, y down.
struct Annotation {
  AnnotationKind kind = AnnotationKind::Class;
  std::string label;            ///< Class name; for Number the name of the quantity.
  double score = 1;             ///< Probability in [0, 1]; below 1 for soft labels and suggestions, 0: said not to be there.
                                ///< Number: the value.
  std::vector<float> geometry;  ///< Box: x y w h; RotatedBox: cx cy w h degrees; Polygon: rings, see data/README.md; Points: x y v ...
  std::string text;             ///< Text: the transcription. Mask: run lengths (COCO order).
  std::string author;           ///< "import", "person:<name>", "model:<digest>".
  bool operator==(const Annotation&) const = default;
};

/// One picture of a data set.
struct Item {
  std::string id;                  ///< 32 hexadecimal digits, unique in the data set and stable when other items come and go.
  Digest digest;                   ///< Of the file's bytes.
  std::vector<std::string> paths;  ///< Where it was seen, relative to the root; raw bytes of odd names.
  std::int64_t size = 0;           ///< Bytes.
  int width = 0, height = 0;       ///< Upright, in pixels.
  std::string group;               ///< Pictures of one part or patient share it; never on both sides of a split.
  Split split = Split::None;
  std::vector<Annotation> annotations;
  bool operator==(const Item&) const = default;

  /// The class with the highest score above 0 among Class annotations; nullptr when unlabelled, or known to have none.
  const std::string* label() const;
  /// Somebody said what is on it, be it nothing.
  bool labelled() const;
};

/// What is said once for the whole set.
struct DatasetInfo {
  std::string task = "classification";  ///< "classification", "multi-label", "detection", "segmentation", ...
  std::vector<std::string> classes;     ///< In index order.
  Value skipped;                        ///< [{"path", "cause"}]: files that could not be read.
  Value summary;                        ///< Counts by format and conversion, for people.
};

/// How many items of each class and of each split there are; kept in the manifest, so that a tooltip reads no chunk.
struct DatasetCounts {
  std::map<std::string, std::int64_t, std::less<>> byClass;  ///< Items whose label() it is; multi-label: with score >= 1/2.
  std::int64_t unlabelled = 0;
  std::array<std::int64_t, 4> bySplit{};  ///< Indexed by Split.
};

/// A data set on its port: items in chunks by a hash of their id, so that one changed label rewrites one chunk and
/// adding pictures leaves the other chunks as they were. Chunk count is a power of two, about 512 items each.
class Dataset {
 public:
  static constexpr PortType port = datasetPort;
  using type = Dataset;
  static Result<Dataset> load(ObjectReader& reader, const PortValue& value);
  static Result<PortValue> save(ObjectWriter&, const Dataset& dataset) { return dataset.value_; }

  Dataset() = default;
  const DatasetInfo& info() const { return info_; }
  std::size_t size() const { return size_; }
  std::size_t chunkCount() const { return chunks_.size(); }
  const PortValue& value() const { return value_; }
  const DatasetCounts& counts() const { return counts_; }
  /// Items of one chunk, ordered by id.
  Result<std::vector<Item>> chunk(ObjectReader& reader, std::size_t index) const;
  /// Every item in chunk order, one chunk in memory at a time.
  Result<> forEach(ObjectReader& reader, const std::function<Result<>(const Item&)>& visit) const;
  Result<std::vector<Item>> items(ObjectReader& reader) const;
  /// The same set with some items replaced or added and others removed; only the chunks concerned are rewritten.
  Result<Dataset> with(ObjectStore& store, std::span<const Item> changed, std::span<const std::string> removedIds = {},
                       const DatasetInfo* info = nullptr) const;
  /// All items changed by a function, chunk by chunk.
  Result<Dataset> mapped(ObjectStore& store, const DatasetInfo& info, const std::function<Result<>(Item&)>& change) const;

 private:
  friend class DatasetWriter;
  void describe();
  PortValue value_;
  DatasetInfo info_;
  std::size_t size_ = 0;
  DatasetCounts counts_;
  std::vector<Digest> chunks_;  ///< Zero digest: no items.
};

/// Builds a data set from items in any order; memory holds all items once.
class DatasetWriter {
 public:
  explicit DatasetWriter(DatasetInfo info) : info_{std::move(info)} {}
  void setInfo(DatasetInfo info) { info_ = std::move(info); }
  void add(Item item) { items_.push_back(std::move(item)); }
  /// Corrupt when two items share an id.
  Result<Dataset> finish(ObjectWriter& writer);

 private:
  DatasetInfo info_;
  std::vector<Item> items_;
};

/// How many chunks a set of `items` has, and in which of them an id lies.
std::size_t chunkCountFor(std::size_t items);
std::size_t chunkOf(std::string_view id, std::size_t chunkCount);
/// "chunk/000007".
std::string chunkName(std::size_t index);

/// Id of an item from where it was first seen and what it is: the same file stays the same item wherever the root lies,
/// and equal bytes under two names are two items.
std::string makeItemId(std::string_view relativePath, const Digest& digest);

}  // namespace patchbay
