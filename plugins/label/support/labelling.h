// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/learn/assistant.h"
#include "engine/net/net.h"

namespace patchbay::blocks {

/// A data set as the assistant knows it: items by id, the features of pictures as they become known, labels that people gave.
class Labelling {
 public:
  /// `most`: of pictures whose features are kept, for they stay in memory; unlabelled ones above it are left out.
  Labelling(Digest net, int threads, std::uint64_t seed = 0, std::size_t most = mostPictures)
      : net_{net}, threads_{threads}, seed_{seed}, most_{most} {}
  /// Digest of the packed network that computes the features.
  const Digest& net() const { return net_; }

  void setClasses(const std::string& task, std::vector<std::string> classes);
  /// An item that is new or changed.
  void take(const Item& item);
  void remove(const std::string& id);
  /// What is not taken between the two went.
  void beginAll() { taken_.emplace(); }
  void endAll();

  struct Wanted {
    std::vector<Digest> pictures;  ///< Each once.
    bool rest = false;             ///< There are more.
  };
  /// Pictures whose features are not known yet, labelled ones first; of the others none once `most` are known.
  Wanted wanted(std::size_t most) const;
  Result<> addFeatures(const Digest& picture, std::span<const float> features);
  void setUnreadable(const Digest& picture) { unreadable_.insert(picture); }
  static constexpr std::size_t mostPictures = 60'000;

  std::size_t items() const { return items_; }
  std::size_t embedded() const { return embedded_; }
  std::size_t unreadable() const { return unreadable_.size(); }
  /// Items that nothing is suggested for because there are too many.
  std::size_t leftOut() const;
  std::size_t labelled() const { return labelled_; }
  const std::vector<std::string>& classes() const { return classes_; }
  bool multiLabel() const { return task_ == "multi-label"; }

  /// Null until the first features are there.
  learn::Assistant* assistant() { return assistant_ ? &*assistant_ : nullptr; }
  const learn::Assistant* assistant() const { return assistant_ ? &*assistant_ : nullptr; }
  const std::string& idOf(std::size_t row) const { return rowIds_[row]; }
  const std::string& pathOf(std::size_t row) const { return entries_.at(rowIds_[row]).path; }
  const Digest& pictureOf(std::size_t row) const { return entries_.at(rowIds_[row]).picture; }
  std::optional<std::size_t> rowOf(const std::string& id) const;
  /// What people labelled a row, joined.
  std::string labelOf(std::size_t row) const;
  /// The labels suggested for a row that was scored, one unless several are allowed.
  std::vector<std::size_t> suggestedFor(std::size_t row) const;
  learn::Names names() const;
  std::vector<std::uint8_t> rowsOf(const Value& ids) const;
  /// "Next" as a value: {"id", "digest", "path", "reason", "strategy", "scores", "label"?, "nearest"}.
  Value toValue(const learn::Pick& pick) const;
  std::size_t changes() const { return changes_; }  ///< Of labels since the beginning.

 private:
  struct Entry {
    Digest picture;
    std::string path, group;
    std::vector<std::string> labels;
    bool known = false, gone = false;
    std::optional<std::size_t> row;
  };
  void applyLabels(const Entry& entry);
  void addRow(const std::string& id, Entry& entry, std::span<const float> features);

  Digest net_;
  int threads_;
  std::uint64_t seed_;
  std::size_t most_;
  std::string task_ = "classification";
  std::vector<std::string> classes_;
  std::map<std::string, Entry> entries_;  ///< By id, which is in no order that means anything. Those that went stay, as they may come back.
  std::unordered_map<Digest, std::set<std::string>> byPicture_;
  std::unordered_map<Digest, std::size_t> rowOfPicture_;  ///< A row with its features, be it dropped.
  std::set<Digest> unreadable_;
  std::vector<std::string> rowIds_;
  std::optional<std::set<std::string>> taken_;
  std::optional<learn::Assistant> assistant_;
  std::size_t items_ = 0, embedded_ = 0, labelled_ = 0, changes_ = 0;
};

}  // namespace patchbay::blocks
