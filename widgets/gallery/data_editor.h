// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/text.h"
#include "widgets/base/engine_access.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::widgets {

/// Changes of the data set, one after the other in the order in which they were made, each one revision and so one undo step.
/// An item that somebody else changed meanwhile refuses the change, until the person has seen the other's value and
/// repeats it or lets it go.
class DataEditor : public QObject {
  Q_OBJECT
 public:
  explicit DataEditor(EngineAccess& engine, QObject* parent = nullptr);
  ~DataEditor() override;

  /// `set`: {"label" | "labels" | "split" | "group" | "remove": ...} for each of these, which must be as they are here.
  void change(const Text& what, const std::vector<DataItem>& items, const Value& set);
  /// For everything that a query found.
  void changeAll(const Text& what, std::int64_t query, const Value& set);
  void undo();
  void redo();
  void restore(const std::string& revision);
  void rename(const std::string& revision, const QString& name);
  /// The change that was refused, whatever the others did.
  void repeat();
  /// The others' value stands.
  void letGo();
  bool busy() const { return underWay_ || !waiting_.empty(); }

 Q_SIGNALS:
  /// On disk. `what` is the sentence of the history, for people.
  void done(const QString& what, std::int64_t changed);
  void conflicted(const patchbay::Error& error);
  void failed(const patchbay::Error& error);
  void busyChanged(bool busy);

 private:
  struct Step {
    Value request;
    QString said;
  };
  void add(Step step);
  void next();
  void answered(const Step& step, const Result<Value>& answer);
  EngineAccess& engine_;
  std::deque<Step> waiting_;
  bool underWay_ = false;
  std::optional<Step> refused_;
  /// Of items changed from here, so that a second change need not wait until their page was read again.
  std::unordered_map<std::string, std::int64_t> versions_;
};

}  // namespace patchbay::widgets
