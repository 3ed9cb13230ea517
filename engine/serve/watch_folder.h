// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>

#include "engine/base/progress.h"
#include "engine/serve/predictor.h"

namespace patchbay::serve {

struct WatchOptions {
  std::filesystem::path
      folder;  ///< Where pictures come, sub-folders included; hidden files and those called .part, .tmp and the like are left alone.
  std::filesystem::path out;                                          ///< Results; made when it is not there.
  bool csv = false;                                                   ///< Also predictions.csv.
  bool coco = false;                                                  ///< Also predictions.coco.json, written when there is nothing to do.
  enum class Sort : std::uint8_t { No, Copy, Move } sort = Sort::No;  ///< Into sorted/CLASS/ of `out`.
  bool sidecars = false;                                              ///< Also sidecars/PICTURE.json.
  double unsure = 0;                                                  ///< Pictures with a lower probability are copied into look-at-me/.
  bool unlike = true;                                                 ///< So are those that are unlike the training pictures.
  bool once = false;                                                  ///< Ends when nothing is left to do.
  int lanes = 1;
  std::chrono::milliseconds settle{1'000};  ///< A file that did not change for so long is finished.
};

struct WatchSummary {
  std::size_t predicted = 0, failed = 0, unsure = 0, unlike = 0;  ///< A picture may be both unsure and unlike.
};

/// Predicts every picture that comes into a folder, each state of a file once, also across restarts and kills at any moment.
///
/// `out`/predictions.jsonl is the result and the journal in one: one line a picture, appended and synced before anything else
/// is made of it, so that a line that is there is never computed again and one that is not there is. Everything else - the
/// table, copies, sidecars, look-at-me/suggestions.json, which imports as a model's suggestions - is made from these lines,
/// and made up for at the next start. A picture that cannot be read has a line with its "error". Busy when another process
/// watches into the same `out`. Runs until `stop`; `report` hears of every picture.
Result<WatchSummary> watchFolder(const WatchOptions& options, Predictor& model, const StopFlag& stop,
                                 const std::function<void(const Value& line)>& report);

}  // namespace patchbay::serve
