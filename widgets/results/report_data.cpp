// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/report_data.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/data/ports.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/linear_head.h"
#include "engine/learn/report.h"
#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

using ItemsById = std::unordered_map<std::string, Item>;

Result<PortValue> manifest(ObjectReader& reader, const std::string& hex) {
  PB_TRY(const auto digest, Digest::parse(hex));
  return PortValue::load(reader, digest);
}

Result<ItemsById> itemsOf(ObjectReader& reader, const std::string& hex) {
  ItemsById out;
  if (hex.empty()) return out;
  PB_TRY(const auto value, manifest(reader, hex));
  PB_TRY(const auto set, Dataset::load(reader, value));
  out.reserve(set.size());
  PB_CHECK(set.forEach(reader, [&](const Item& item) -> Result<> {
    out.emplace(item.id, item);
    return {};
  }));
  return out;
}

std::int32_t classIndex(const std::vector<std::string>& classes, std::string_view name) {
  const auto at = std::ranges::find(classes, name);
  return at == classes.end() ? -1 : static_cast<std::int32_t>(at - classes.begin());
}

PictureRef pictureOf(const Item& item) { return {.digest = item.digest.isZero() ? std::string{} : item.digest.hex()}; }

QString pathOf(const Item& item) { return item.paths.empty() ? QString{} : fromUtf8(displayText(item.paths.front())); }

/// Rows in the report's order of classes, truth and part as the data set has them now.
void takePredictions(ReportData& out, const Predictions& p, const ItemsById& items) {
  std::vector<std::size_t> column;
  for (const auto& name : out.classNames) {
    const auto at = classIndex(p.classes, name);
    if (at < 0) return;
    column.push_back(static_cast<std::size_t>(at));
  }
  if (p.classes.size() != out.classNames.size()) return;
  const auto k = p.classes.size();
  out.probabilities = learn::Matrix(p.ids.size(), k);
  out.rows.resize(p.ids.size());
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    auto& row = out.rows[i];
    row.id = p.ids[i];
    row.split = p.split[i];
    if (p.truth[i] >= 0) row.truth = classIndex(out.classNames, p.classes[static_cast<std::size_t>(p.truth[i])]);
    if (!items.empty()) {
      const auto found = items.find(row.id);
      row.truth = -1;
      if (found != items.end()) {
        row.split = found->second.split;
        if (const auto* label = found->second.label()) row.truth = classIndex(out.classNames, *label);
        row.picture = pictureOf(found->second);
        row.path = pathOf(found->second);
      }
    }
    for (std::size_t c = 0; c < k; ++c) out.probabilities(i, c) = p.probabilities[i * k + column[c]];
  }
}

void chooseRows(ReportData& out) {
  const auto& part = out.body["part"].asText();
  const auto wanted = part == "all" ? Split::None : splitFrom(part);
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    if (out.rows[i].truth < 0) continue;
    if (part == "all" || out.rows[i].split == wanted) out.part.push_back(i);
    if (out.rows[i].split == Split::Validation) out.validation.push_back(i);
  }
  // Predictions that do not give the report's own matrix are of something else.
  const auto mine = learn::confusion(out.truthOf(out.part), out.predictedOf(out.part, out.threshold()), out.classes.size());
  if (!out.part.empty() && mine.counts == out.confusion().counts) return;
  out.rows.clear();
  out.part.clear();
  out.validation.clear();
  out.probabilities = {};
}

std::uint8_t splitOf(const Value& v) {
  return static_cast<std::uint8_t>(v.isInt() ? static_cast<Split>(std::clamp<std::int64_t>(v.asInt(), 0, 3)) : splitFrom(v.asText()));
}

void takeMap(ReportData& out, const ItemsById& items, const std::optional<Predictions>& p) {
  auto& map = out.map;
  const auto& body = out.body;
  for (const auto& xy : body["points"].asList())
    map.points.emplace_back(xy.asList().size() == 2 ? QPointF{xy.asList()[0].asDouble(), xy.asList()[1].asDouble()} : QPointF{});
  const auto n = map.points.size();
  std::unordered_map<std::string_view, std::size_t> rowOf;
  if (p)
    for (std::size_t i = 0; i < p->ids.size(); ++i) rowOf.emplace(p->ids[i], i);
  const auto &ids = body["ids"].asList(), &labels = body["labels"].asList(), &splits = body["splits"].asList(),
             &pictures = body["pictures"].asList();
  for (std::size_t i = 0; i < n; ++i) {
    map.ids.push_back(i < ids.size() ? ids[i].asText() : std::string{});
    const auto& label = i < labels.size() ? labels[i] : Value{};
    auto number = static_cast<std::int32_t>(label.asInt(-1));
    if (label.isText() && !label.asText().empty()) {
      number = classIndex(out.classNames, label.asText());
      if (number < 0) number = static_cast<std::int32_t>(out.classNames.size()), out.classNames.push_back(label.asText());
    }
    map.label.push_back(number);
    map.split.push_back(i < splits.size() ? splitOf(splits[i]) : 0);
    if (i < pictures.size()) {
      map.pictures.push_back({.digest = pictures[i].asText()});
    } else if (!items.empty()) {
      const auto found = items.find(map.ids.back());
      map.pictures.push_back(found == items.end() ? PictureRef{} : pictureOf(found->second));
    }
    if (!p) continue;
    const auto row = rowOf.find(map.ids.back());
    std::int32_t predicted = -1;
    if (row != rowOf.end()) {
      const auto first = p->probabilities.begin() + static_cast<std::ptrdiff_t>(row->second * p->classes.size());
      predicted = classIndex(
          out.classNames,
          p->classes[static_cast<std::size_t>(std::max_element(first, first + static_cast<std::ptrdiff_t>(p->classes.size())) - first)]);
    }
    map.predicted.push_back(predicted);
  }
  for (const auto& name : out.classNames) map.classes.push_back(fromUtf8(displayText(name)));
  out.classes = map.classes;
}

QString kindOf(const Value& body) {
  if (body["kind"].isText()) return fromUtf8(body["kind"].asText());
  if (body["points"].isList()) return QStringLiteral("embedding_map");
  if (body["task"].asText() == "multi-label") return QStringLiteral("labels");
  return body["confusion"].isList() ? QStringLiteral("evaluation") : QStringLiteral("figures");
}

}  // namespace

learn::Confusion ReportData::confusion() const {
  learn::Confusion out{classes.size(), std::vector<std::uint64_t>(classes.size() * classes.size())};
  const auto& rowsOfBody = body["confusion"].asList();
  for (std::size_t t = 0; t < classes.size() && t < rowsOfBody.size(); ++t)
    for (std::size_t p = 0; p < classes.size() && p < rowsOfBody[t].asList().size(); ++p)
      out.counts[t * classes.size() + p] = static_cast<std::uint64_t>(rowsOfBody[t].asList()[p].asInt());
  return out;
}

std::optional<learn::MetricValue> ReportData::metric(std::string_view name) const {
  const auto* value = body.find(name);
  if (!value || !value->isMap()) return {};
  return learn::metricFromValue(*value);
}

std::vector<std::int32_t> ReportData::truthOf(const std::vector<std::size_t>& of) const {
  std::vector<std::int32_t> out;
  out.reserve(of.size());
  for (const auto r : of) out.push_back(rows[r].truth);
  return out;
}

std::vector<float> ReportData::scoresOf(const std::vector<std::size_t>& of, std::size_t ofClass) const {
  std::vector<float> out;
  out.reserve(of.size());
  for (const auto r : of) out.push_back(probabilities(r, ofClass));
  return out;
}

std::int32_t ReportData::predicted(std::size_t row, double threshold) const {
  const auto p = probabilities.row(row);
  // One half means "the more probable one", ties included, exactly as evaluateClassification() has it.
  if (binary() && threshold != 0.5) return p[1] >= threshold ? 1 : 0;
  return static_cast<std::int32_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

std::vector<std::int32_t> ReportData::predictedOf(const std::vector<std::size_t>& of, double threshold) const {
  std::vector<std::int32_t> out;
  out.reserve(of.size());
  for (const auto r : of) out.push_back(predicted(r, threshold));
  return out;
}

Result<ReportDataPtr> loadReportData(ObjectReader& reader, const ReportSource& source) {
  auto out = std::make_shared<ReportData>();
  out->source = source;
  PB_TRY(const auto value, manifest(reader, source.report));
  PB_TRY(auto report, Report::load(reader, value));
  out->body = std::move(report.body);
  out->metrics = std::move(report.metrics);
  out->kind = kindOf(out->body);
  for (const auto& c : out->body["classes"].asList()) {
    out->classNames.push_back(c.asText());
    out->classes.push_back(fromUtf8(displayText(c.asText())));
  }
  if (out->kind != QLatin1String{"evaluation"} && out->kind != QLatin1String{"embedding_map"}) return out;
  // Data that are gone since (cleaned up, damaged) leave the report itself to be read.
  const auto items = itemsOf(reader, source.data);
  std::optional<Predictions> predictions;
  if (!source.predictions.empty()) {
    if (const auto m = manifest(reader, source.predictions))
      if (auto p = Predictions::load(reader, *m)) predictions = std::move(*p);
  }
  if (out->kind == QLatin1String{"embedding_map"}) {
    takeMap(*out, items ? *items : ItemsById{}, predictions);
  } else if (predictions && items) {
    takePredictions(*out, *predictions, *items);
    chooseRows(*out);
  }
  return out;
}

QString sayPart(std::string_view part) {
  if (part == "all") return QCoreApplication::translate("results", "All pictures");
  return saySplit(splitFrom(part));
}

QString saySplit(Split split) {
  switch (split) {
    case Split::Train:
      return QCoreApplication::translate("results", "Training");
    case Split::Validation:
      return QCoreApplication::translate("results", "Validation");
    case Split::Test:
      return QCoreApplication::translate("results", "Test");
    case Split::None:
      break;
  }
  return QCoreApplication::translate("results", "In no part");
}

QString sayFigure(double value) {
  const bool whole = value == std::floor(value) || std::abs(value) >= 1e4;
  if (!std::isfinite(value) || whole) return sayNumber(std::round(value));
  return fromUtf8(learn::figureText(value, 4)).replace(QLatin1Char('.'), QLocale{}.decimalPoint());
}

QString saySignedFigure(double value) {
  const auto text = sayFigure(value);
  return value > 0 && !text.startsWith(QLatin1Char('<')) ? QLatin1Char('+') + text : text;
}

QString sayWithInterval(const learn::MetricValue& value) {
  if (!std::isfinite(value.low) || !std::isfinite(value.high)) return sayFigure(value.value);
  return QCoreApplication::translate("results", "%1 (%2 to %3)").arg(sayFigure(value.value), sayFigure(value.low), sayFigure(value.high));
}

}  // namespace patchbay::widgets
