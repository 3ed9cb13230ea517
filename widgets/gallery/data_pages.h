// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "widgets/base/engine_access.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::widgets {

/// The answer to a query in pages that come when they are wanted, of which a bounded number is kept: a million items cost what is
/// looked at. Two requests are under way at most; what nobody wants any more when its turn comes is not asked for.
class DataPages : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t pageSize = 200;
  static constexpr std::size_t mostPages = 64;  ///< Kept; 12,800 items.

  explicit DataPages(EngineAccess& engine, QObject* parent = nullptr);
  ~DataPages() override;

  /// Asks anew; counted() comes with the answer, and what was there before stays until then.
  void setQuery(Value filter, Value sort);
  /// The same question again: items that came since are in it.
  void again();
  /// The items are looked at anew, in the order they have.
  void reload();
  /// Nothing: as if the answer were empty.
  void clear();
  const Value& filter() const { return filter_; }
  const Value& sort() const { return sort_; }
  std::int64_t query() const { return query_; }
  std::size_t count() const { return count_; }
  bool asking() const { return asking_ != nullptr; }

  /// Null while it is on its way; want() brings it.
  const DataItem* find(std::size_t index) const;
  /// What is in sight, first come the pages around it.
  void want(std::size_t first, std::size_t last);
  /// All of these, however many pages that takes; the pages are not kept. One after the other, in the order in which it was called.
  using Fetched = std::function<void(const Result<std::vector<DataItem>>&)>;
  void fetch(std::vector<std::size_t> indices, Fetched done);
  int pending() const { return static_cast<int>(underWay_.size() + fetches_.size()); }
  std::size_t kept() const { return pages_.size(); }

 Q_SIGNALS:
  void counted(std::size_t count, bool samePlace);  ///< `samePlace`: the question was the one before.
  void arrived(std::size_t first, std::size_t last);
  void failed(const patchbay::Error& error);

 private:
  struct Page {
    std::vector<DataItem> items;
    std::list<std::size_t>::iterator age;
  };
  struct Fetch;
  void askQuery(bool samePlace);
  void askMore();
  void ask(std::size_t page);
  void take(std::size_t page, const Value& answer);
  void fetchNext();
  void fetched(const Result<std::vector<DataItem>>& items);

  EngineAccess& engine_;
  Value filter_, sort_;
  std::int64_t query_ = -1;
  std::size_t count_ = 0;
  bool lost_ = false;  ///< The engine forgot the query and is asked again.
  std::unique_ptr<QObject> asking_;
  std::deque<std::shared_ptr<Fetch>> fetches_;
  mutable std::unordered_map<std::size_t, Page> pages_;
  mutable std::list<std::size_t> used_;  ///< Latest first.
  std::map<std::size_t, std::unique_ptr<QObject>> underWay_;
  std::vector<std::size_t> wanted_;  ///< The most urgent last.
  std::set<std::size_t> old_;        ///< Of before reload(), shown until the new ones come.
};

}  // namespace patchbay::widgets
