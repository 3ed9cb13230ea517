// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/served_metrics.h"

#include <QRegularExpression>

namespace patchbay::studio {

ServedCounts countsIn(const QByteArray& metrics) {
  ServedCounts out;
  static const QRegularExpression status{QStringLiteral("code=\"(\\d+)\"")}, model{QStringLiteral("model=\"[^\"]")};
  for (const auto& raw : metrics.split('\n')) {
    const auto line = raw.trimmed();
    const auto space = line.lastIndexOf(' ');
    if (line.startsWith('#') || space < 0) continue;
    const auto value = line.mid(space + 1).toDouble();
    const auto n = static_cast<std::int64_t>(value);
    const auto name = line.left(std::min(line.indexOf('{') < 0 ? space : line.indexOf('{'), space));
    if (name == "patchbay_requests_total") {
      const auto labels = QString::fromUtf8(line);
      const auto code = status.match(labels).captured(1).toInt();
      // Pages and these figures belong to no model.
      if (model.match(labels).hasMatch()) out.answered += n;
      if (code >= 500) out.failed += n;
      else if (code >= 400) out.refused += n;
    } else if (name == "patchbay_pictures_total") {
      out.pictures += n;
    } else if (name == "patchbay_waiting_pictures") {
      out.waiting = n;
    } else if (name == "patchbay_connections") {
      out.connections = n;
    } else if (name == "patchbay_request_seconds_sum") {
      out.seconds += value;
    } else if (name == "patchbay_request_seconds_count") {
      out.timed += n;
    }
  }
  return out;
}

}  // namespace patchbay::studio
