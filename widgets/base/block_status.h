// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QString>
#include <cstdint>
#include <optional>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

/// Where a block stands, as its light shows it.
enum class BlockState : std::uint8_t {
  Unknown,        ///< Not planned yet.
  NotConfigured,  ///< Something must be set or linked first; `reason` says what.
  Stale,          ///< Would run; `reason` says why ("Learning rate changed from 0.001 to 0.0001.").
  Queued,
  Running,
  Done,     ///< Ran in the run shown, or its result is stored.
  Failed,   ///< `reason` is the cause, `hint` the next action.
  Skipped,  ///< Muted, or something before it failed.
};

/// The colour of its light, wherever it is shown.
Tone toneOf(BlockState state);

/// Everything a block on the canvas shows besides its document part.
struct BlockStatus {
  BlockState state = BlockState::Unknown;
  QString reason;
  QString hint;
  QString phase;               ///< "Computing features"
  double done = 0, total = 0;  ///< total 0: not known.
  QString unit;                ///< "pictures"
  std::optional<double> etaSeconds;
  std::optional<double> seconds;  ///< How long it took.
  QImage thumbnail;               ///< What came out, at most 128 px wide; null: none.
  QString figure;                 ///< One line under the thumbnail: "2,624 pictures, 2 classes", "accuracy 0.874".
  bool operator==(const BlockStatus&) const = default;

  /// 0 to 1, or nothing when the total is not known.
  std::optional<double> share() const { return total > 0 ? std::optional{done / total} : std::nullopt; }
};

}  // namespace patchbay::widgets
