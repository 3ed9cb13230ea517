// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/label/label_order.h"
#include "engine/base/result.h"
#include "engine/base/text.h"
#include "widgets/base/engine_access.h"

namespace patchbay::studio {

/// The model's help with labelling, as the engine gives it ("assist_..." in engine/service/README.md). Where it cannot, labelling by hand
/// goes on and `problem()` says why.
class Assist : public QObject {
  Q_OBJECT

 public:
  struct Suggestion {
    std::string label;
    std::vector<std::string> labels;  ///< Of several labels a picture.
    double probability = 0;
    Text reason{};  ///< Why a label would help, as the model has it with this suggestion.
  };
  struct Queue {
    struct Entry {
      std::string id, digest, label;
      std::vector<std::string> labels;
      double probability = 0;
    };
    std::vector<Entry> hard;  ///< Hardest first.
    std::int64_t below = 0;   ///< All of them, more than `hard` has.
    double above = 0.99;
    std::int64_t count = 0;  ///< At or above it.
    double expected = 0, low = 0, high = 0;
  };

  explicit Assist(widgets::EngineAccess& engine, QObject* parent = nullptr);
  ~Assist() override;
  /// From now on the model learns along.
  void open();
  void handle(const Value& event);  ///< Of the engine.
  const Value& state() const { return state_; }
  bool on() const { return state_["on"].asBool(); }
  bool learned() const { return state_["learned"].asBool(); }
  const std::optional<Error>& problem() const { return problem_; }
  /// Suggestions for these, wantedFor() later; a newer question ends the older.
  void suggest(const std::vector<std::string>& ids);
  /// What another model said of an item, an exported one at work for example: stands until this one has a word of its own.
  void offer(const std::string& id, Suggestion said);
  const Suggestion* find(const std::string& id) const;
  void nextBest(const std::vector<std::string>& skip, std::function<void(std::vector<LabelOrder::Pick>)> answer);
  void estimateSoon();
  const Value& estimate() const { return estimate_; }
  void queue(double above, std::function<void(const Result<Queue>&)> answer);
  void accept(const Value& which, std::function<void(const Result<Value>&)> answer);

 Q_SIGNALS:
  void stateChanged();
  void suggested();
  void estimated();

 private:
  void ask(const char* what, Value request, QObject* context, std::function<void(const Result<Value>&)> answer);
  widgets::EngineAccess& engine_;
  Value state_, estimate_;
  std::optional<Error> problem_;
  std::map<std::string, Suggestion> suggestions_;
  std::map<std::string, Suggestion> offered_;
  std::unique_ptr<QObject> suggesting_, picking_, estimating_, queuing_;
  QTimer estimateTimer_;
  bool opened_ = false;
};

}  // namespace patchbay::studio
