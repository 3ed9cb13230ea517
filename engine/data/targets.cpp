// SPDX-License-Identifier: Apache-2.0
#include "engine/data/targets.h"

#include <algorithm>

namespace patchbay {

std::vector<std::size_t> Targets::labelled(Split part) const {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < size(); ++i)
    if (label[i] >= 0 && split[i] == part) rows.push_back(i);
  return rows;
}

std::unordered_map<std::string_view, std::size_t> Targets::index() const {
  std::unordered_map<std::string_view, std::size_t> out;
  out.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) out.emplace(ids[i], i);
  return out;
}

Result<Targets> targetsOf(ObjectReader& reader, const Dataset& dataset) {
  Targets t;
  t.classes = dataset.info().classes;
  t.multiLabel = dataset.info().task == "multi-label";
  std::unordered_map<std::string_view, std::size_t> classIndex;
  for (std::size_t i = 0; i < t.classes.size(); ++i) classIndex.emplace(t.classes[i], i);
  const auto k = t.classes.size();
  PB_CHECK(dataset.forEach(reader, [&](const Item& item) -> Result<> {
    std::vector<float> row(k, 0);
    float sum = 0;
    for (const auto& a : item.annotations) {
      if (a.kind != AnnotationKind::Class) continue;
      const auto found = classIndex.find(a.label);
      if (found == classIndex.end())
        return fail(ErrorKind::BadInput, "dataset.unknown_class",
                    TR("data", "The picture {path} is labelled \"{label}\", which is not a class of this data set.")
                        .with("path", item.paths.empty() ? item.id : displayText(item.paths.front()))
                        .with("label", displayText(a.label)),
                    TR("data", "Add the class to the data set, or correct the label."));
      row[found->second] += static_cast<float>(a.score);
      sum += static_cast<float>(a.score);
    }
    int best = -1;
    if (t.multiLabel) {
      for (auto& p : row) p = std::clamp(p, 0.f, 1.f);
      if (item.labelled()) best = static_cast<int>(std::ranges::max_element(row) - row.begin());
      t.soft |= std::ranges::any_of(row, [](float p) { return p > 0 && p < 1; });
    } else if (sum > 0) {
      for (auto& p : row) p /= sum;
      // Of equals the one that Item::label() names, so that training and evaluation mean the same class.
      const auto named = classIndex.at(*item.label());
      const auto highest = static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
      best = static_cast<int>(row[named] == row[highest] ? named : highest);
      t.soft |= std::ranges::any_of(row, [](float p) { return p > 0 && p < 1; });
    }
    t.ids.push_back(item.id);
    t.groups.push_back(item.group);
    t.label.push_back(best);
    t.split.push_back(item.split);
    t.probability.insert(t.probability.end(), row.begin(), row.end());
    return {};
  }));
  return t;
}

Result<> requireOneClassEach(const DatasetInfo& info) {
  if (info.task == "classification" || info.task == "ordinal") return {};
  return fail(
      ErrorKind::Unsupported, "dataset.task",
      TR("data", "This step needs data with one class for each picture; these are for the task \"{task}\".").with("task", info.task),
      TR("data", "In the Picture table block choose one label column and \"Class names\", or connect other data."));
}

Result<> requireClasses(const DatasetInfo& info) {
  if (info.task == "multi-label") return {};
  return requireOneClassEach(info);
}

namespace {

/// Training pictures that have each class.
std::vector<std::size_t> countClasses(const Targets& t, const TrainingRows& rows) {
  std::vector<std::size_t> count(t.classes.size());
  for (const auto r : rows.train) {
    if (!t.multiLabel) ++count[static_cast<std::size_t>(t.label[r])];
    else
      for (std::size_t c = 0; c < count.size(); ++c) count[c] += t.probability[r * count.size() + c] >= 0.5f;
  }
  return count;
}

Result<> requireBothSides(const Targets& t, const TrainingRows& rows) {
  const auto count = countClasses(t, rows);
  for (std::size_t c = 0; c < count.size(); ++c) {
    if (count[c] == 0)
      return fail(ErrorKind::BadInput, "train.empty_class",
                  TR("data", "The class \"{label}\" has no training picture.").with("label", displayText(t.classes[c])),
                  TR("data", "Add at least two pictures of it, or remove the class."));
    if (count[c] == rows.train.size())
      return fail(ErrorKind::BadInput, "train.one_class",
                  TR("data", "All training pictures have the class \"{label}\".").with("label", displayText(t.classes[c])),
                  TR("data", "A classifier needs pictures without it as well: add some, or remove the class."));
  }
  return {};
}

}  // namespace

std::vector<Text> trainingWarnings(const Targets& t, const TrainingRows& rows) {
  std::vector<Text> out;
  const auto count = countClasses(t, rows);
  for (std::size_t c = 0; c < count.size(); ++c)
    if (count[c] == 1)
      out.push_back(TR("data",
                       "The class \"{label}\" has one training picture, which is too little to learn it from or to trust its figures. "
                       "Add pictures of it, or remove the class.")
                        .with("label", displayText(t.classes[c])));
  return out;
}

Result<TrainingRows> trainingRows(const Targets& t) {
  TrainingRows rows{t.labelled(Split::Train), t.labelled(Split::Validation)};
  const bool split = std::ranges::any_of(t.split, [](Split s) { return s != Split::None; });
  if (!split) rows.train = t.labelled(Split::None);
  if (rows.train.empty())
    return fail(ErrorKind::BadInput, "train.no_labels", TR("data", "There is no labelled picture to learn from."),
                TR("data", "Put the pictures into one folder per class, or label some of them first."));
  if (t.multiLabel) {
    PB_CHECK(requireBothSides(t, rows));
    return rows;
  }
  const auto count = countClasses(t, rows);
  const auto present = std::ranges::count_if(count, [](std::size_t n) { return n > 0; });
  if (present < 2)
    return fail(ErrorKind::BadInput, "train.one_class",
                TR("data", "All training pictures belong to one class, \"{label}\".")
                    .with("label", displayText(t.classes[static_cast<std::size_t>(t.label[rows.train.front()])])),
                TR("data", "A classifier needs at least two classes: add pictures of another one."));
  for (std::size_t c = 0; c < count.size(); ++c)
    if (count[c] == 0)
      return fail(ErrorKind::BadInput, "train.empty_class",
                  TR("data", "The class \"{label}\" has no training picture.").with("label", displayText(t.classes[c])),
                  TR("data", "Add at least two pictures of it, or remove the class."));
  return rows;
}

}  // namespace patchbay
