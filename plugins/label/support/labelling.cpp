// SPDX-License-Identifier: Apache-2.0
#include "plugins/label/support/labelling.h"

#include <algorithm>

namespace patchbay::blocks {
namespace {

/// What people say of an item: known or not, and which classes.
struct Said {
  bool known = false;
  std::vector<std::string> labels;
};
Said saidOf(const Item& item, bool several) {
  Said out;
  double best = 0;
  for (const auto& a : item.annotations) {
    if (a.kind != AnnotationKind::Class || a.author.starts_with("model:")) continue;
    out.known = true;
    if (several) {
      if (a.score >= 0.5) out.labels.push_back(a.label);
    } else if (a.score > best) {
      best = a.score;
      out.labels = {a.label};
    }
  }
  // One class each: known to have none says nothing that could be learned.
  if (!several) out.known = !out.labels.empty();
  return out;
}

std::string fileName(const std::string& path) {
  const auto slash = path.rfind('/');
  return displayText(slash == std::string::npos ? path : path.substr(slash + 1));
}

}  // namespace

void Labelling::setClasses(const std::string& task, std::vector<std::string> classes) {
  if (task == task_ && classes == classes_) return;
  const bool severalChanged = (task == "multi-label") != multiLabel();
  task_ = task;
  classes_ = std::move(classes);
  ++changes_;
  if (!assistant_) return;
  assistant_->setClasses(classes_.size(), multiLabel());
  // Numbers of classes may mean others now. What was said of items under the other task comes again with the items.
  for (auto& [id, entry] : entries_) {
    if (severalChanged) entry.known = false;
    if (entry.row) applyLabels(entry);
  }
}

void Labelling::applyLabels(const Entry& entry) {
  if (!entry.row) return;
  std::vector<int> numbers;
  for (const auto& label : entry.labels) {
    const auto found = std::ranges::find(classes_, label);
    if (found != classes_.end()) numbers.push_back(static_cast<int>(found - classes_.begin()));
  }
  const bool known = entry.known && !entry.gone && (multiLabel() || !numbers.empty());
  const bool changed = known ? assistant_->setLabels(*entry.row, numbers) : assistant_->clearLabels(*entry.row);
  changes_ += changed;
}

void Labelling::endAll() {
  if (!taken_) return;
  std::vector<std::string> gone;
  for (const auto& [id, entry] : entries_)
    if (!taken_->contains(id)) gone.push_back(id);
  for (const auto& id : gone) remove(id);
  taken_.reset();
}

void Labelling::take(const Item& item) {
  if (taken_) taken_->insert(item.id);
  auto [at, fresh] = entries_.try_emplace(item.id);
  auto& entry = at->second;
  if (fresh || entry.gone) ++items_;
  labelled_ -= entry.known && !entry.gone;
  if (!fresh && entry.picture != item.digest) {
    // The same item with other pixels: what is known of the old ones does not hold.
    byPicture_[entry.picture].erase(item.id);
    if (entry.row) {
      assistant_->drop(*entry.row);
      --embedded_;
      ++changes_;
    }
    entry.row.reset();
  }
  const bool back = entry.gone;
  entry.gone = false;
  entry.picture = item.digest;
  entry.path = item.paths.empty() ? item.id : item.paths.front();
  entry.group = item.group;
  auto said = saidOf(item, multiLabel());
  entry.known = said.known;
  entry.labels = std::move(said.labels);
  labelled_ += entry.known;
  byPicture_[item.digest].insert(item.id);
  if (entry.row) {
    if (back) {
      assistant_->restore(*entry.row);
      ++embedded_;
      ++changes_;
    }
    assistant_->setGroup(*entry.row, entry.group);
    applyLabels(entry);
  } else if (const auto known = rowOfPicture_.find(item.digest); known != rowOfPicture_.end()) {
    const auto row = assistant_->featuresOf(known->second);
    addRow(item.id, entry, std::vector<float>(row.begin(), row.end()));
  }
}

void Labelling::remove(const std::string& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.gone) return;
  auto& entry = found->second;
  entry.gone = true;
  --items_;
  labelled_ -= entry.known;
  if (!entry.row) return;
  assistant_->drop(*entry.row);
  --embedded_;
  ++changes_;
}

Labelling::Wanted Labelling::wanted(std::size_t most) const {
  Wanted out;
  std::set<Digest> asked;
  for (const bool known : {true, false}) {
    for (const auto& [id, entry] : entries_) {
      if (entry.known != known || entry.gone || entry.row || unreadable_.contains(entry.picture)) continue;
      if (!known && embedded_ + asked.size() >= most_) break;
      if (!asked.insert(entry.picture).second) continue;
      if (out.pictures.size() == most) {
        out.rest = true;
        return out;
      }
      out.pictures.push_back(entry.picture);
    }
  }
  return out;
}

std::size_t Labelling::leftOut() const {
  const auto seen = embedded_ + unreadable_.size();
  return embedded_ < most_ || seen > items_ ? 0 : items_ - seen;
}

void Labelling::addRow(const std::string& id, Entry& entry, std::span<const float> features) {
  const auto row = assistant_->addRow(features, entry.group);
  if (!row) return;
  entry.row = *row;
  rowIds_.push_back(id);
  rowOfPicture_[entry.picture] = *row;
  ++embedded_;
  applyLabels(entry);
}

Result<> Labelling::addFeatures(const Digest& picture, std::span<const float> features) {
  if (!assistant_) {
    assistant_.emplace(features.size(), learn::Assistant::Options{.seed = seed_, .threads = threads_});
    assistant_->setClasses(classes_.size(), multiLabel());
  }
  const auto ids = byPicture_.find(picture);
  if (ids == byPicture_.end()) return {};
  for (const auto& id : ids->second) {
    auto& entry = entries_.at(id);
    if (entry.row || entry.gone) continue;
    addRow(id, entry, features);
    // A network whose features are not numbers says nothing of the picture.
    if (!entry.row) unreadable_.insert(picture);
  }
  return {};
}

std::optional<std::size_t> Labelling::rowOf(const std::string& id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.gone) return std::nullopt;
  return found->second.row;
}

std::string Labelling::labelOf(std::size_t row) const {
  std::string out;
  for (const auto& label : entries_.at(rowIds_[row]).labels) out += (out.empty() ? "" : ", ") + label;
  return out;
}

std::vector<std::size_t> Labelling::suggestedFor(std::size_t row) const {
  const auto p = assistant_->chances().row(row);
  std::vector<std::size_t> out;
  if (!multiLabel()) {
    out.push_back(static_cast<std::size_t>(std::ranges::max_element(p) - p.begin()));
    return out;
  }
  for (std::size_t c = 0; c < p.size(); ++c)
    if (p[c] >= 0.5f) out.push_back(c);
  return out;
}

learn::Names Labelling::names() const {
  return {classes_, [this](std::size_t row) { return fileName(pathOf(row)); }, [this](std::size_t row) { return labelOf(row); }};
}

std::vector<std::uint8_t> Labelling::rowsOf(const Value& ids) const {
  std::vector<std::uint8_t> out(rowIds_.size());
  for (const auto& id : ids.asList())
    if (const auto row = rowOf(id.asText())) out[*row] = 1;
  return out;
}

Value Labelling::toValue(const learn::Pick& pick) const {
  Value scores{Value::Map{}};
  const auto& a = *assistant_;
  if (pick.strategy == learn::Strategy::TypiClust) {
    scores["group"] = pick.groupSize;
    scores["group_labelled"] = pick.groupKnown;
    scores["typicality"] = pick.typicality;
  }
  if (pick.first >= 0) {
    scores["first"] = pick.firstChance;
    if (pick.second >= 0) scores["second"] = pick.secondChance;
    scores["uncertainty"] = pick.uncertainty;
  }
  if (pick.strategy == learn::Strategy::DropQuery) {
    scores["changes"] = pick.changes;
    scores["rounds"] = pick.rounds;
  }
  Value nearest{Value::List{}};
  for (const auto& near : pick.nearest)
    nearest.push(Value::Map{{"id", idOf(near.row)}, {"label", labelOf(near.row)}, {"similarity", near.similarity}});
  Value out{Value::Map{{"id", idOf(pick.row)},
                       {"path", pathToValue(pathOf(pick.row))},
                       {"digest", pictureOf(pick.row).hex()},
                       {"reason", patchbay::toValue(learn::reasonOf(pick, names()))},
                       {"strategy", learn::toString(pick.strategy)},
                       {"scores", std::move(scores)},
                       {"nearest", std::move(nearest)}}};
  if (a.learned() && pick.row < a.scoredRows()) {
    std::string label;
    for (const auto c : suggestedFor(pick.row)) label += (label.empty() ? "" : ", ") + classes_[c];
    out["label"] = label;
  }
  return out;
}

}  // namespace patchbay::blocks
