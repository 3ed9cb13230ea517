// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/deploy/export_facts.h"

namespace patchbay::studio {

/// How fast a model file is with a number of threads.
struct MeasuredRow {
  std::filesystem::path folder;
  std::string precision;
  std::int64_t bytes = 0, threads = 0;
  struct Latency {
    double p50 = 0, p95 = 0;  ///< Milliseconds for the whole batch.
    double rate = 0;          ///< Pictures a second.
  };
  std::map<std::int64_t, Latency> batches;
  double bestRate() const;
};

/// A model file as it is compared with others: its best time for a single picture.
struct Contender {
  std::filesystem::path folder;
  QString name;  ///< "solar, int8": with the precision where the export has several.
  std::string precision;
  std::int64_t bytes = 0, threads = 0;
  double p50 = 0, p95 = 0;
  std::optional<learn::MetricValue> accuracy;
  std::int64_t pictures = 0;
  std::string part;
  bool front = false;  ///< No other is at least as accurate and at least as small or fast, and better in one.
};

/// What was measured of several exports on this machine.
class MeasureTable {
 public:
  enum class Axis : std::uint8_t { Time, Size };
  void clear();
  /// An answer of `patchbay-worker measure`; rows that were there already are replaced.
  void add(const Value& answer);
  const std::vector<MeasuredRow>& rows() const { return rows_; }
  const QString& processor() const { return processor_; }
  bool empty() const { return rows_.empty(); }
  bool hasInt8() const;
  /// In the order of `exports`, with what those say of their accuracy; others are left out.
  std::vector<Contender> contenders(const std::vector<ExportFacts>& exports, Axis axis) const;
  /// RFC 4180, numbers as every program reads them.
  QString csv(const std::vector<ExportFacts>& exports) const;

 private:
  std::vector<MeasuredRow> rows_;
  QString processor_;
};

/// The most accurate whose 95th percentile is within the limit, the faster one of equals.
std::optional<std::size_t> bestWithin(const std::vector<Contender>& all, double milliseconds);
/// What the limit picks, in words; also why it picks nothing.
QString sayPick(const std::vector<Contender>& all, double milliseconds);
/// "92.1 % (88.0 to 95.2)"; a dash where nobody measured it.
QString sayAccuracy(const std::optional<learn::MetricValue>& accuracy);

/// The processor of this machine multiplies eight bits four at a time; elsewhere int8 is smaller, not faster.
bool int8InHardware();

}  // namespace patchbay::studio
