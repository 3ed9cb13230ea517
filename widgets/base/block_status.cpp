// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/block_status.h"

namespace patchbay::widgets {

Tone toneOf(BlockState state) {
  switch (state) {
    case BlockState::Unknown:
    case BlockState::Skipped:
      return Tone::Neutral;
    case BlockState::NotConfigured:
      return Tone::Warning;
    case BlockState::Stale:
    case BlockState::Queued:
      return Tone::Waiting;
    case BlockState::Running:
      return Tone::Busy;
    case BlockState::Done:
      return Tone::Good;
    case BlockState::Failed:
      return Tone::Bad;
  }
  return Tone::Neutral;
}

}  // namespace patchbay::widgets
