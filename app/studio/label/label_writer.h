// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/base/result.h"
#include "engine/base/text.h"
#include "engine/base/value.h"
#include "widgets/base/engine_access.h"

namespace patchbay::studio {

/// Labels on their way to the disk, one after the other in the order in which they were given. While the engine is away they wait; what
/// was sent when it went is sent again, which changes nothing where it had arrived.
class LabelWriter : public QObject {
  Q_OBJECT

 public:
  explicit LabelWriter(widgets::EngineAccess& engine, QObject* parent = nullptr);
  ~LabelWriter() override;
  /// `change`: what an edit does to an item besides its id; `version`: of the item it was made on.
  void write(const std::string& id, std::int64_t version, Value change, const Text& what);
  /// Any other request about data, in its turn.
  void request(Value request, std::function<void(const Result<Value>&)> answer = {});
  void undo();
  void redo();
  /// The engine is there again.
  void resume();
  std::size_t pending() const { return waiting_.size(); }  ///< Not known to be on disk yet.
  bool pending(const std::string& id) const;               ///< Of this picture.
  bool pendingForAll() const { return pending({}); }       ///< Of none in particular, such as the classes.
  std::uint64_t givenForAll() const { return forAll_; }    ///< How many of those there have been.
  /// What was refused because somebody else changed the picture, whatever they did.
  void repeat();
  void letGo() { refused_.reset(); }

 Q_SIGNALS:
  /// On disk. `version`: the item's new one, -1: it has to be read again.
  void saved(const std::string& id, std::int64_t version);
  void conflicted(const std::string& id, const patchbay::Error& error);
  void failed(const std::string& id, const patchbay::Error& error);
  void pendingChanged();

 private:
  struct Step {
    std::string id;
    Value request;
    std::function<void(const Result<Value>&)> answer;
    bool again = true;  ///< May be sent a second time.
  };
  void add(Step step);
  void next();
  void answered(const Result<Value>& answer);
  widgets::EngineAccess& engine_;
  std::deque<Step> waiting_;  ///< The first is under way.
  std::unordered_map<std::string, std::int64_t> versions_;
  std::unique_ptr<Step> refused_;
  std::uint64_t forAll_ = 0;
  bool underWay_ = false;
  QTimer retry_;
};

}  // namespace patchbay::studio
