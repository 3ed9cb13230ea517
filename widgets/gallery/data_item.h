// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::widgets {

/// An item of the project's data set as a page of a query tells it (engine/data/revision_store.h, `page`).
struct DataItem {
  std::string id, digest, path;
  std::string label;                ///< Empty: unlabelled.
  std::vector<std::string> labels;  ///< Of items that carry several.
  std::vector<std::string> flags;   ///< "unlabelled", "suggested", "disagreement", "missing".
  std::string split, group;
  std::optional<double> score;
  int width = 0, height = 0;
  std::int64_t version = 0;
  int annotations = 0;
  bool removed = false;  ///< Since the query was made.
  bool has(std::string_view flag) const;
};
DataItem dataItemFromValue(const Value& value);

/// A class of the data set as the state tells it.
struct DataClassInfo {
  std::string name;
  QColor colour;
  std::int64_t count = 0;  ///< Pictures that carry it, be it in a shape.
  std::int64_t whole = 0;  ///< Those that carry it as a whole.
};

/// What {"do": "state"} says, as far as views show it.
struct DataState {
  std::string revision;
  std::int64_t number = 0, items = 0;
  std::string task;
  std::vector<DataClassInfo> classes;
  std::int64_t unlabelled = 0, suggested = 0, disagreement = 0, missing = 0;
  std::vector<std::pair<std::string, std::int64_t>> splits;   ///< "train", "validation", "test", "none" that items have.
  std::vector<std::pair<std::string, std::int64_t>> authors;  ///< "import", "person:<name>", "model:<digest>".
  std::vector<std::string> scores;                            ///< Names that items can be sorted by.
  bool undo = false, redo = false;
  const DataClassInfo* find(std::string_view name) const;
};
DataState dataStateFromValue(const Value& value);

/// "Training", "Validation", "Test", "No part".
QString sayPartOf(std::string_view split);
/// "one class", "3 classes".
QString sayClasses(std::int64_t n);
/// "Import", the name of a person, "Model 3f2a91c0".
QString sayAuthor(std::string_view author);
/// What a score is called: "Uncertainty" for "uncertainty"; names that are not known stay as they are.
QString sayScore(std::string_view name);
/// "person:" and the name of whoever uses this computer.
std::string thisPerson();

}  // namespace patchbay::widgets
