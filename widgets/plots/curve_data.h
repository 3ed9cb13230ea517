// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::widgets {

/// One metric of one block in one run, by rising index.
struct Curve {
  QString run, step, block, metric;
  std::vector<double> x, y;
  std::vector<double> seconds;  ///< When each value was told, since the block began to work.
};

/// The same values over the seconds of work. A training that was interrupted counts on where it had stopped.
Curve byTime(const Curve& curve);

/// Moving average with the past weighing `share`, corrected at the beginning (Kingma and Ba 2015, section 3), so that the
/// first value is not pulled to zero. Values that are not finite are passed over.
std::vector<double> smoothedValues(const std::vector<double>& y, double share);

/// All curves of the runs that are shown. What is told twice counts once; the newest value of an index stays.
class CurveData {
 public:
  /// An answer of Engine::metrics. `names`: step -> name of the block.
  void load(const QString& run, const Value& metrics, const std::map<std::string, std::string>& names);
  /// A "metric" event; false when it is none or has no curve (index below 0).
  bool append(const Value& event);
  void remove(const QString& run);
  std::vector<const Curve*> curves() const;
  /// Loss first, then validation, learning rate, speed, the rest by name.
  std::vector<QString> metrics() const;
  /// "run,block,metric,index,value,smoothed,seconds"; numbers as every program reads them.
  QString toCsv(double smoothing, const std::map<QString, QString>& titles) const;

 private:
  Curve& curve(const QString& run, const QString& step, const QString& block, const QString& metric);
  std::map<std::tuple<QString, QString, QString>, Curve> curves_;  ///< By run, step, metric.
};

/// Quoted where needed (RFC 4180).
QString csvField(const QString& text);

}  // namespace patchbay::widgets
