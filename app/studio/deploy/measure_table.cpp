// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/measure_table.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/plots/curve_data.h"

namespace patchbay::studio {

using widgets::fromUtf8;

namespace {

QString milliseconds(double ms) { return QLocale{}.toString(ms, 'f', ms < 10 ? 2 : 1); }

double worth(const Contender& one) { return one.accuracy ? one.accuracy->value : -1; }

void markFront(std::vector<Contender>& all, MeasureTable::Axis axis) {
  const auto cost = [&](const Contender& one) { return axis == MeasureTable::Axis::Time ? one.p50 : static_cast<double>(one.bytes); };
  for (auto& one : all)
    one.front = std::ranges::none_of(all, [&](const Contender& other) {
      return worth(other) >= worth(one) && cost(other) <= cost(one) && (worth(other) > worth(one) || cost(other) < cost(one));
    });
}

}  // namespace

double MeasuredRow::bestRate() const {
  double out = 0;
  for (const auto& [batch, latency] : batches) out = std::max(out, latency.rate);
  return out;
}

void MeasureTable::clear() {
  rows_.clear();
  processor_.clear();
}

void MeasureTable::add(const Value& answer) {
  processor_ = fromUtf8(answer["processor"].asText());
  for (const auto& model : answer["models"].asList()) {
    const auto folder = pathFromValue(model["export"]);
    for (const auto& row : model["latency"].asList()) {
      const auto threads = row["threads"].asInt();
      auto at = std::ranges::find_if(rows_, [&](const MeasuredRow& r) {
        return r.folder == folder && r.precision == model["precision"].asText() && r.threads == threads;
      });
      if (at == rows_.end())
        at = rows_.insert(rows_.end(), {.folder = folder, .precision = model["precision"].asText(), .threads = threads, .batches = {}});
      at->bytes = model["bytes"].asInt();
      at->batches[row["batch"].asInt()] = {row["p50_ms"].asDouble(), row["p95_ms"].asDouble(), row["pictures_per_second"].asDouble()};
    }
  }
}

bool MeasureTable::hasInt8() const {
  return std::ranges::any_of(rows_, [](const MeasuredRow& r) { return r.precision == "int8"; });
}

std::vector<Contender> MeasureTable::contenders(const std::vector<ExportFacts>& exports, Axis axis) const {
  std::vector<Contender> out;
  for (const auto& facts : exports)
    for (const auto* precision : {"fp32", "int8"}) {
      Contender one{.folder = facts.folder, .name = fromUtf8(facts.name), .precision = precision};
      for (const auto& row : rows_) {
        const auto single = row.batches.find(1);
        if (row.folder != facts.folder || row.precision != precision || single == row.batches.end()) continue;
        if (one.threads != 0 && single->second.p50 >= one.p50) continue;
        one.bytes = row.bytes;
        one.threads = row.threads;
        one.p50 = single->second.p50;
        one.p95 = single->second.p95;
      }
      if (one.threads == 0) continue;
      if (facts.models.size() > 1) one.name = QCoreApplication::translate("studio", "%1, %2").arg(one.name, fromUtf8(one.precision));
      if (const auto* model = facts.model(precision)) {
        one.accuracy = model->accuracy;
        one.pictures = model->pictures;
        one.part = model->part;
      }
      out.push_back(std::move(one));
    }
  markFront(out, axis);
  return out;
}

QString MeasureTable::csv(const std::vector<ExportFacts>& exports) const {
  QString out = QStringLiteral(
      "export,precision,bytes,accuracy,accuracy_low,accuracy_high,accuracy_part,accuracy_pictures,threads,batch,p50_ms,p95_ms,"
      "pictures_per_second\n");
  const auto number = [](double v) { return std::isfinite(v) ? QString::number(v, 'g', 9) : QString{}; };
  for (const auto& facts : exports)
    for (const auto& row : rows_) {
      if (row.folder != facts.folder) continue;
      const auto* model = facts.model(row.precision);
      const auto* accuracy = model && model->accuracy ? &*model->accuracy : nullptr;
      for (const auto& [batch, latency] : row.batches) {
        const QStringList cells{widgets::csvField(fromUtf8(displayText(row.folder.native()))),
                                fromUtf8(row.precision),
                                QString::number(row.bytes),
                                accuracy ? number(accuracy->value) : QString{},
                                accuracy ? number(accuracy->low) : QString{},
                                accuracy ? number(accuracy->high) : QString{},
                                accuracy ? fromUtf8(model->part) : QString{},
                                accuracy ? QString::number(model->pictures) : QString{},
                                QString::number(row.threads),
                                QString::number(batch),
                                number(latency.p50),
                                number(latency.p95),
                                number(latency.rate)};
        out += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
      }
    }
  return out;
}

std::optional<std::size_t> bestWithin(const std::vector<Contender>& all, double limit) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].p95 > limit) continue;
    if (!best || std::pair{worth(all[i]), -all[i].p50} > std::pair{worth(all[*best]), -all[*best].p50}) best = i;
  }
  return best;
}

QString sayAccuracy(const std::optional<learn::MetricValue>& accuracy) {
  if (!accuracy) return QStringLiteral("–");
  const auto percent = [](double share) { return QLocale{}.toString(100 * share, 'f', 1); };
  if (!std::isfinite(accuracy->low)) return QCoreApplication::translate("studio", "%1 %").arg(percent(accuracy->value));
  return QCoreApplication::translate("studio", "%1 % (%2 to %3)")
      .arg(percent(accuracy->value), percent(accuracy->low), percent(accuracy->high));
}

QString sayPick(const std::vector<Contender>& all, double limit) {
  if (all.empty()) return {};
  const auto best = bestWithin(all, limit);
  if (!best) {
    const auto& fastest = *std::ranges::min_element(all, {}, &Contender::p95);
    return QCoreApplication::translate("studio",
                                       "None of them takes at most %1 ms for one picture, 19 times of 20. The fastest is %2 with %3 ms.")
        .arg(milliseconds(limit), fastest.name, milliseconds(fastest.p95));
  }
  const auto& one = all[*best];
  if (!one.accuracy)
    return QCoreApplication::translate("studio",
                                       "Within %1 ms the fastest is %2 with %3 ms; none of those within the limit says how accurate it is.")
        .arg(milliseconds(limit), one.name, milliseconds(one.p95));
  return QCoreApplication::translate("studio",
                                     "Within %1 ms take %2: accuracy %3, and 19 of 20 pictures take at most %4 ms with %5 thread(s).")
      .arg(milliseconds(limit), one.name, sayAccuracy(one.accuracy), milliseconds(one.p95), QLocale{}.toString(qlonglong{one.threads}));
}

bool int8InHardware() {
  QFile file{QStringLiteral("/proc/cpuinfo")};
  if (!file.open(QIODevice::ReadOnly)) return false;
  while (true) {
    auto line = file.readLine();
    if (line.isEmpty()) return false;
    if (!line.startsWith("flags")) continue;
    line = line.simplified() + ' ';
    return line.contains(" avx512_vnni ") || line.contains(" avx_vnni ") || line.contains(" amx_int8 ");
  }
}

}  // namespace patchbay::studio
