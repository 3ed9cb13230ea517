// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_pages.h"

#include <algorithm>
#include <utility>

namespace patchbay::widgets {

namespace {
constexpr std::size_t mostUnderWay = 2;  // A page is there before the next one could be scrolled to.
}  // namespace

/// Many items for one edit: page by page, those that are at hand without asking.
struct DataPages::Fetch {
  std::int64_t query = -1;
  std::vector<std::size_t> indices;
  std::size_t next = 0;
  std::vector<DataItem> items;
  Fetched done;
};

DataPages::DataPages(EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {}
DataPages::~DataPages() = default;

void DataPages::setQuery(Value filter, Value sort) {
  const bool same = filter == filter_ && sort == sort_;
  filter_ = std::move(filter);
  sort_ = std::move(sort);
  askQuery(same);
}

void DataPages::again() { askQuery(true); }

void DataPages::clear() {
  asking_.reset();
  underWay_.clear();
  wanted_.clear();
  pages_.clear();
  used_.clear();
  old_.clear();
  query_ = -1;
  count_ = 0;
}

void DataPages::askQuery(bool samePlace) {
  asking_ = std::make_unique<QObject>();
  Value request = Value::Map{{"do", "query"}};
  if (filter_.isMap()) request["filter"] = filter_;
  if (sort_.isMap()) request["sort"] = sort_;
  engine_.ask("data", std::move(request), asking_.get(), [this, samePlace](const Result<Value>& answer) {
    asking_.release()->deleteLater();
    if (!answer) return Q_EMIT failed(answer.error());
    clear();
    query_ = (*answer)["query"].asInt();
    count_ = static_cast<std::size_t>(std::max<std::int64_t>(0, (*answer)["count"].asInt()));
    Q_EMIT counted(count_, samePlace);
  });
}

void DataPages::reload() {
  underWay_.clear();
  for (const auto& [page, what] : pages_) old_.insert(page);
  std::vector<std::size_t> recent;
  // Those seen last are asked for at once; others when they come into sight.
  for (const auto page : used_) {
    if (recent.size() == 3) break;
    recent.push_back(page);
  }
  std::ranges::reverse(recent);
  wanted_ = std::move(recent);
  askMore();
}

const DataItem* DataPages::find(std::size_t index) const {
  const auto found = pages_.find(index / pageSize);
  if (found == pages_.end()) return nullptr;
  used_.splice(used_.begin(), used_, found->second.age);
  const auto at = index % pageSize;
  return at < found->second.items.size() ? &found->second.items[at] : nullptr;
}

void DataPages::want(std::size_t first, std::size_t last) {
  wanted_.clear();
  if (count_ == 0 || query_ < 0) return;
  last = std::min(std::max(last, first + 1), count_);
  const auto from = std::min(first, count_ - 1) / pageSize, to = (last - 1) / pageSize, most = (count_ - 1) / pageSize;
  // The neighbours come after what is in sight, the one below first.
  if (from > 0) wanted_.push_back(from - 1);
  if (to < most) wanted_.push_back(to + 1);
  for (auto page = to + 1; page-- > from;) wanted_.push_back(page);
  std::erase_if(wanted_, [&](std::size_t page) { return pages_.contains(page) && !old_.contains(page); });
  askMore();
}

void DataPages::askMore() {
  while (!wanted_.empty() && underWay_.size() < mostUnderWay) {
    const auto page = wanted_.back();
    wanted_.pop_back();
    if (!underWay_.contains(page) && (!pages_.contains(page) || old_.contains(page))) ask(page);
  }
}

void DataPages::ask(std::size_t page) {
  auto context = std::make_unique<QObject>();
  auto* raw = context.get();
  underWay_[page] = std::move(context);
  Value request = Value::Map{{"do", "page"},
                             {"query", query_},
                             {"first", static_cast<std::int64_t>(page * pageSize)},
                             {"count", static_cast<std::int64_t>(pageSize)}};
  engine_.ask("data", std::move(request), raw, [this, page, raw](const Result<Value>& answer) {
    const auto found = underWay_.find(page);
    if (found == underWay_.end() || found->second.get() != raw) return;
    found->second.release()->deleteLater();  // The context lives until this answer has returned.
    underWay_.erase(found);
    if (!answer) {
      // Other windows asked eight times since: the engine keeps no more.
      if (answer.error().kind == ErrorKind::NotFound && asking_) return;
      if (answer.error().kind == ErrorKind::NotFound && !std::exchange(lost_, true)) return again();
      return Q_EMIT failed(answer.error());
    }
    lost_ = false;
    take(page, *answer);
    askMore();
  });
}

void DataPages::take(std::size_t page, const Value& answer) {
  std::vector<DataItem> items;
  items.reserve(pageSize);
  for (const auto& one : answer.asList()) items.push_back(dataItemFromValue(one));
  const auto n = items.size();
  old_.erase(page);
  if (const auto found = pages_.find(page); found != pages_.end()) {
    found->second.items = std::move(items);
  } else {
    used_.push_front(page);
    pages_.emplace(page, Page{std::move(items), used_.begin()});
  }
  while (pages_.size() > mostPages) {
    old_.erase(used_.back());
    pages_.erase(used_.back());
    used_.pop_back();
  }
  Q_EMIT arrived(page * pageSize, page * pageSize + n);
}

void DataPages::fetch(std::vector<std::size_t> indices, Fetched done) {
  std::ranges::sort(indices);
  fetches_.push_back(std::make_shared<Fetch>(Fetch{query_, std::move(indices), 0, {}, std::move(done)}));
  if (fetches_.size() == 1) fetchNext();
}

void DataPages::fetchNext() {
  const auto fetch = fetches_.front();
  for (; fetch->next < fetch->indices.size() && fetch->query == query_; ++fetch->next) {
    const auto* item = find(fetch->indices[fetch->next]);
    if (!item) break;
    fetch->items.push_back(*item);
  }
  if (fetch->next == fetch->indices.size()) return fetched(std::move(fetch->items));
  const auto page = fetch->indices[fetch->next] / pageSize;
  Value request = Value::Map{{"do", "page"},
                             {"query", fetch->query},
                             {"first", static_cast<std::int64_t>(page * pageSize)},
                             {"count", static_cast<std::int64_t>(pageSize)}};
  engine_.ask("data", std::move(request), this, [this, fetch, page](const Result<Value>& answer) {
    if (!answer) return fetched(fail(answer.error()));
    const auto& list = answer->asList();
    for (; fetch->next < fetch->indices.size() && fetch->indices[fetch->next] / pageSize == page; ++fetch->next)
      if (const auto at = fetch->indices[fetch->next] % pageSize; at < list.size()) fetch->items.push_back(dataItemFromValue(list[at]));
    fetchNext();
  });
}

void DataPages::fetched(const Result<std::vector<DataItem>>& items) {
  const auto fetch = std::move(fetches_.front());
  fetches_.pop_front();
  const bool more = !fetches_.empty();
  fetch->done(items);
  if (more) fetchNext();
}

}  // namespace patchbay::widgets
