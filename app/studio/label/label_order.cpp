// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_order.h"

#include <algorithm>

namespace patchbay::studio {

namespace {
constexpr std::size_t readAtOnce = 16;
}

LabelOrder::LabelOrder(widgets::EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine}, pages_{engine} {
  connect(&pages_, &widgets::DataPages::counted, this, [this] {
    // A list that was asked for again has other rows; what was seen is left out by its id.
    row_ = 0;
    readAhead();
    if (pages_.count() == 0) Q_EMIT arrived();
  });
  connect(&pages_, &widgets::DataPages::arrived, this, [this] {
    if (seen_.empty() || at_ + 1 == seen_.size()) Q_EMIT arrived();
  });
}
LabelOrder::~LabelOrder() { pages_.disconnect(this); }

void LabelOrder::begin(Kind kind, std::vector<std::string> ids, const std::string& from) {
  kind_ = kind;
  seen_.clear();
  ahead_.clear();
  at_ = row_ = 0;
  listed_ = kind != Kind::Chosen;
  if (!from.empty()) seen_.push_back({.id = from, .reason = {}});
  if (kind == Kind::Chosen) {
    for (auto& id : ids)
      if (id != from) ahead_.push_back({.id = std::move(id), .reason = {}});
    pages_.clear();
    Q_EMIT arrived();
    return;
  }
  Value filter{Value::Map{}};
  Value sort{Value::Map{{"by", "added"}}};
  if (kind == Kind::Best || kind == Kind::Unlabelled) filter["unlabelled"] = true;
  if (kind == Kind::Doubtful) {
    filter["disagreement"] = true;
    sort = Value{Value::Map{{"by", "score:disagreement"}, {"descending", true}}};
  }
  pages_.setQuery(std::move(filter), std::move(sort));
}

void LabelOrder::readAhead() {
  if (listed_ && row_ < pages_.count()) pages_.want(row_, std::min(pages_.count(), row_ + readAtOnce) - 1);
}

void LabelOrder::offer(std::vector<Pick> picks) {
  if (kind_ != Kind::Best) return;
  std::erase_if(picks, [&](const Pick& pick) { return std::ranges::find(seen_, pick.id, &Pick::id) != seen_.end(); });
  const bool nothing = ahead_.empty();
  ahead_ = std::move(picks);
  if (nothing && !ahead_.empty()) Q_EMIT arrived();
}

const LabelOrder::Pick* LabelOrder::current() const { return at_ < seen_.size() ? &seen_[at_] : nullptr; }

bool LabelOrder::next() {
  if (at_ + 1 < seen_.size()) {
    ++at_;
    return true;
  }
  if (!ahead_.empty()) {
    auto pick = std::move(ahead_.front());
    ahead_.erase(ahead_.begin());
    take(std::move(pick));
    return true;
  }
  while (listed_ && row_ < pages_.count()) {
    const auto* item = pages_.find(row_);
    readAhead();
    if (!item) return false;
    ++row_;
    if (item->removed || std::ranges::find(seen_, item->id, &Pick::id) != seen_.end()) continue;
    take({.id = item->id, .reason = {}});
    return true;
  }
  return false;
}

void LabelOrder::take(Pick pick) {
  seen_.push_back(std::move(pick));
  at_ = seen_.size() - 1;
}

bool LabelOrder::previous() {
  if (at_ == 0 || seen_.empty()) return false;
  --at_;
  return true;
}

bool LabelOrder::goTo(const std::string& id) {
  const auto found = std::ranges::find(seen_, id, &Pick::id);
  if (found == seen_.end()) return false;
  at_ = static_cast<std::size_t>(found - seen_.begin());
  return true;
}

bool LabelOrder::atEnd() const {
  return at_ + 1 >= seen_.size() && ahead_.empty() && (!listed_ || (!pages_.asking() && row_ >= pages_.count()));
}

std::vector<std::string> LabelOrder::ahead(std::size_t most) const {
  std::vector<std::string> out;
  for (std::size_t i = at_ + 1; i < seen_.size() && out.size() < most; ++i) out.push_back(seen_[i].id);
  for (std::size_t i = 0; i < ahead_.size() && out.size() < most; ++i) out.push_back(ahead_[i].id);
  for (auto row = row_; listed_ && ahead_.empty() && row < pages_.count() && out.size() < most; ++row) {
    const auto* item = pages_.find(row);
    if (!item) break;
    if (!item->removed && std::ranges::find(seen_, item->id, &Pick::id) == seen_.end()) out.push_back(item->id);
  }
  return out;
}

std::vector<std::string> LabelOrder::seen() const {
  std::vector<std::string> out;
  for (const auto& pick : seen_) out.push_back(pick.id);
  return out;
}

std::int64_t LabelOrder::count() const {
  if (kind_ == Kind::Chosen) return static_cast<std::int64_t>(seen_.size() + ahead_.size());
  return listed_ ? static_cast<std::int64_t>(pages_.count()) : 0;
}

}  // namespace patchbay::studio
