// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/output_notes.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <set>

#include "engine/data/dataset.h"
#include "engine/data/ports.h"
#include "widgets/base/say.h"
#include "widgets/plots/metric_names.h"
#include "widgets/results/report_data.h"

namespace patchbay::studio {

using widgets::PictureRef;

namespace {

/// Gives the sentences of this file a context that lupdate finds.
struct Outputs {
  Q_DECLARE_TR_FUNCTIONS(outputs)
};
QString pictures(std::int64_t n) { return Outputs::tr("%Ln picture(s)", nullptr, static_cast<int>(n)); }
QString classes(std::size_t n) { return Outputs::tr("%Ln class(es)", nullptr, static_cast<int>(n)); }

constexpr int cell = 56;  // side of one of the four pictures

/// Facts read in a thread; words are made of them in the window's thread, where the translations are.
struct Facts {
  std::map<std::string, PortValue> values;
  std::map<std::string, std::string> digests;
  std::map<std::string, std::int64_t> bytes;                  ///< Of models, port by port.
  std::map<std::string, std::array<std::uint32_t, 2>> table;  ///< Rows and columns of predictions.
  std::vector<PictureRef> sample;
  QImage figure;
};

/// One picture each of four classes where there are four, otherwise the first ones.
Result<std::vector<PictureRef>> sampleOf(ObjectReader& reader, const PortValue& value) {
  PB_TRY(const auto set, Dataset::load(reader, value));
  std::vector<PictureRef> out, others;
  std::set<std::string> seen;
  // A few chunks are enough, and a set of a million pictures has two thousand.
  for (std::size_t c = 0; c < std::min<std::size_t>(set.chunkCount(), 3) && out.size() < 4; ++c) {
    PB_TRY(const auto items, set.chunk(reader, c));
    for (const auto& item : items) {
      const auto* label = item.label();
      if (out.size() < 4 && seen.insert(label ? *label : std::string{}).second) out.push_back({{}, item.digest.hex()});
      else if (others.size() < 4) others.push_back({{}, item.digest.hex()});
    }
  }
  for (const auto& other : others)
    if (out.size() < 4) out.push_back(other);
  return out;
}

Result<Facts> readFacts(ObjectReader& reader, const Value& outputs) {
  Facts facts;
  for (const auto& [port, manifest] : outputs["outputs"].asMap()) {
    const auto& hex = manifest["digest"].asText();
    PB_TRY(const auto digest, Digest::parse(hex));
    PB_TRY(auto value, PortValue::load(reader, digest));
    facts.digests[port] = hex;
    if (value.type == modelPort.name) {
      std::int64_t total = 0;
      for (const auto& [name, part] : value.parts)
        if (const auto file = reader.open(part)) total += static_cast<std::int64_t>(file->text().size());
      facts.bytes[port] = total;
    } else if (value.type == predictionsPort.name) {
      if (const auto file = value.openPart(reader, "rows"); file && file->text().size() >= 12) {
        std::array<std::uint32_t, 2> counts{};
        std::memcpy(counts.data(), file->text().data() + 4, 8);
        facts.table[port] = counts;
      }
    } else if (value.type == datasetPort.name && facts.sample.empty()) {
      if (auto sample = sampleOf(reader, value)) facts.sample = std::move(*sample);
    } else if (value.type == figurePort.name && value.meta["format"].asText() == "png") {
      if (const auto file = value.openPart(reader, "figure"))
        facts.figure = QImage::fromData(reinterpret_cast<const uchar*>(file->text().data()), static_cast<int>(file->text().size()))
                           .scaled(128, 128, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    facts.values.emplace(port, std::move(value));
  }
  return facts;
}

QString headline(const Value& metrics) {
  for (const auto& [key, text] : {std::pair{"accuracy", QT_TRANSLATE_NOOP("outputs", "accuracy %1")},
                                  {"mean_accuracy", QT_TRANSLATE_NOOP("outputs", "mean accuracy %1")},
                                  {"macro_f1", QT_TRANSLATE_NOOP("outputs", "macro F1 %1")},
                                  {"auroc", QT_TRANSLATE_NOOP("outputs", "AUROC %1")}})
    if (metrics[key].isNumber()) return Outputs::tr(text).arg(widgets::sayFigure(metrics[key].asDouble()));
  // Of what was looked for: how much was found.
  for (const auto& [key, text] : {std::pair{"estimated_errors", QT_TRANSLATE_NOOP("outputs", "about %1 wrong labels")},
                                  {"doubles", QT_TRANSLATE_NOOP("outputs", "%1 doubled pictures")},
                                  {"conflicts", QT_TRANSLATE_NOOP("outputs", "%1 conflicts")}})
    if (metrics[key].isNumber())
      return Outputs::tr(text).arg(QLocale{}.toString(static_cast<qlonglong>(std::llround(metrics[key].asDouble()))));
  for (const auto& [name, value] : metrics.asMap())
    if (value.isNumber()) return Outputs::tr("%1 %2").arg(widgets::sayMetric(name), widgets::sayFigure(value.asDouble()));
  return {};
}

QString lineOf(const Facts& facts, const std::string& port, const PortValue& value) {
  const auto& meta = value.meta;
  if (value.type == datasetPort.name) {
    const auto count = meta["classes"].asList().size();
    return count > 0 ? Outputs::tr("%1, %2").arg(pictures(meta["items"].asInt()), classes(count)) : pictures(meta["items"].asInt());
  }
  if (value.type == reportPort.name) return headline(meta["metrics"]);
  if (value.type == modelPort.name) {
    const auto size = widgets::sayBytes(static_cast<double>(facts.bytes.at(port)));
    const auto count = meta["classes"].asList().size();
    return count > 0 ? Outputs::tr("%1, %2").arg(size, classes(count)) : size;
  }
  if (value.type == embeddingPort.name)
    return Outputs::tr("%1 x %2 features").arg(QLocale{}.toString(meta["rows"].asInt()), QLocale{}.toString(meta["columns"].asInt()));
  if (value.type == predictionsPort.name)
    if (const auto found = facts.table.find(port); found != facts.table.end())
      return Outputs::tr("%1, %2").arg(pictures(found->second[0]), classes(found->second[1]));
  return {};
}

void sayFacts(const Facts& facts, OutputNote& note) {
  note.figure.clear();
  for (const auto& [port, value] : facts.values) {
    const auto line = lineOf(facts, port, value);
    note.ports[port] = {value.type, facts.digests.at(port), line};
  }
  // The line on the block: figures of merit before sizes.
  for (const auto type : {reportPort.name, datasetPort.name, modelPort.name, predictionsPort.name, embeddingPort.name})
    for (const auto& [port, one] : note.ports)
      if (note.figure.isEmpty() && one.type == type) note.figure = one.line;
}

QImage gridOf(const std::vector<QImage>& images) {
  QImage grid{2 * cell + 2, 2 * cell + 2, QImage::Format_ARGB32_Premultiplied};
  grid.fill(Qt::transparent);
  QPainter painter{&grid};
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  int place = 0;
  for (const auto& image : images) {
    if (image.isNull()) continue;
    // Cut to a square: a grid of equal cells reads best.
    const int side = std::min(image.width(), image.height());
    const QRect from{(image.width() - side) / 2, (image.height() - side) / 2, side, side};
    painter.drawImage(QRect{place % 2 * (cell + 2), place / 2 * (cell + 2), cell, cell}, image, from);
    ++place;
  }
  if (place <= 2) {
    painter.end();
    return grid.copy(0, 0, place < 2 ? cell : grid.width(), cell);
  }
  return grid;
}

}  // namespace

void describeOutputs(widgets::EngineAccess& engine, const std::string& run, const std::string& step, QObject* context,
                     const std::function<void(const OutputNote&)>& answer) {
  engine.ask("outputs", Value::Map{{"run", run}, {"step", step}}, context, [&engine, context, answer](const Result<Value>& outputs) {
    if (!outputs) return;
    engine.readObjects(
        [outputs = *outputs](ObjectReader& reader) -> Result<std::any> {
          PB_TRY(auto facts, readFacts(reader, outputs));
          return std::any{std::make_shared<Facts>(std::move(facts))};
        },
        context,
        [&engine, context, answer](const Result<std::any>& read) {
          if (!read) return;
          const auto facts = std::any_cast<std::shared_ptr<Facts>>(*read);
          auto note = std::make_shared<OutputNote>();
          note->thumbnail = facts->figure;
          note->words = [facts](OutputNote& said) { sayFacts(*facts, said); };
          note->retranslate();
          answer(*note);
          if (facts->sample.empty()) return;
          auto images = std::make_shared<std::vector<QImage>>(facts->sample.size());
          auto left = std::make_shared<std::size_t>(facts->sample.size());
          for (std::size_t i = 0; i < facts->sample.size(); ++i)
            engine.picture(facts->sample[i], 2 * cell, context, [=](const QImage& image) {
              (*images)[i] = image;
              if (--*left > 0) return;
              if (std::ranges::all_of(*images, [](const auto& one) { return one.isNull(); })) return;
              note->thumbnail = gridOf(*images);
              note->retranslate();
              answer(*note);
            });
        });
  });
}

}  // namespace patchbay::studio
