// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/data/dataset.h"

namespace patchbay {

/// What a classifier learns from a data set: one row an item, in the data set's order.
struct Targets {
  std::vector<std::string> classes;
  std::vector<std::string> ids;
  std::vector<std::string> groups;
  std::vector<int> label;          ///< Index of the most probable class, -1 when unlabelled.
  std::vector<float> probability;  ///< ids.size() x classes.size(): the given (soft) labels; zeros when unlabelled.
  std::vector<Split> split;
  bool soft = false;  ///< Some probability is neither 0 nor 1.
  /// Task "multi-label": each class by itself is there or not, so that a row of `probability` has any sum; `label` is 0 for
  /// a picture that is known to have none of them.
  bool multiLabel = false;

  std::size_t size() const { return ids.size(); }
  /// Rows of one part that have a label.
  std::vector<std::size_t> labelled(Split part) const;
  std::unordered_map<std::string_view, std::size_t> index() const;  ///< Row by id; views into `ids`.
};

/// Reads labels and splits. Classes that the data set does not list are an error naming them.
Result<Targets> targetsOf(ObjectReader& reader, const Dataset& dataset);

/// Unsupported, with the next action, unless the data set gives each picture one class.
Result<> requireOneClassEach(const DatasetInfo& info);
/// Unsupported, with the next action, unless the data set gives each picture one class or, "multi-label", any number.
Result<> requireClasses(const DatasetInfo& info);

/// The rows to train and to validate on. When no split was made, everything labelled is for training. Fails with the
/// next action when there is nothing to learn from: no labels, one class only, a class without training pictures.
struct TrainingRows {
  std::vector<std::size_t> train, validation;
};
Result<TrainingRows> trainingRows(const Targets& targets);
/// What is enough to train on but too little to trust: classes with a single training picture. Cause and what to do.
std::vector<Text> trainingWarnings(const Targets& targets, const TrainingRows& rows);

}  // namespace patchbay
