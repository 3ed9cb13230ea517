// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <cstdint>

namespace patchbay::studio {

/// What a running endpoint counted since it started, read from its Prometheus metrics.
struct ServedCounts {
  std::int64_t answered = 0;  ///< Requests about a model, with any status.
  std::int64_t refused = 0;   ///< 4xx: not understood, not allowed, too busy.
  std::int64_t failed = 0;    ///< 5xx.
  std::int64_t pictures = 0, waiting = 0, connections = 0;
  double seconds = 0;      ///< All requests together took.
  std::int64_t timed = 0;  ///< Requests these are of.
};
ServedCounts countsIn(const QByteArray& metrics);

}  // namespace patchbay::studio
