// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/text.h"
#include "widgets/base/engine_access.h"
#include "widgets/gallery/data_pages.h"

namespace patchbay::studio {

/// Which picture comes next and which came before: what was seen stays in the order it was seen in; ahead lie either certain pictures,
/// a list of the data set, or what labelling would help most as the model sees it now.
class LabelOrder : public QObject {
  Q_OBJECT

 public:
  enum class Kind : std::uint8_t { Best, Unlabelled, Doubtful, All, Chosen };
  struct Pick {
    std::string id;
    Text reason;           ///< Why it comes now; empty: it is its turn.
    bool byModel = false;  ///< The reason tells what the model said then: `label`, with this probability.
    std::string label{};
    double probability = 0;
  };

  explicit LabelOrder(widgets::EngineAccess& engine, QObject* parent = nullptr);
  ~LabelOrder() override;
  /// Best begins as Unlabelled until somebody offers.
  void begin(Kind kind, std::vector<std::string> ids = {}, const std::string& from = {});
  Kind kind() const { return kind_; }
  /// The best ones, best first: they take the place of what lay ahead.
  void offer(std::vector<Pick> picks);
  const Pick* current() const;
  bool next();  ///< False: there is nothing ahead, at least not yet.
  bool previous();
  bool goTo(const std::string& id);  ///< Among what was seen.
  bool atEnd() const;                ///< Nothing lies ahead and nothing is on its way.
  std::vector<std::string> ahead(std::size_t most) const;
  std::vector<std::string> seen() const;
  std::size_t position() const { return at_; }  ///< Among seen().
  std::int64_t count() const;                   ///< Of the list; 0 where there is none.

 Q_SIGNALS:
  /// There is something ahead where there was nothing.
  void arrived();

 private:
  void readAhead();
  void take(Pick pick);
  widgets::EngineAccess& engine_;
  widgets::DataPages pages_;
  Kind kind_ = Kind::Best;
  std::vector<Pick> seen_;
  std::size_t at_ = 0;
  std::vector<Pick> ahead_;  ///< Offered or chosen, the next first.
  std::size_t row_ = 0;      ///< Of the list: the next one.
  bool listed_ = false;      ///< The list is what lies ahead.
};

}  // namespace patchbay::studio
