// SPDX-License-Identifier: Apache-2.0
// A data set, predictions and the report of them, written by the engine's own writers.
#pragma once
#include <QImage>
#include <QPainter>
#include <random>

#include "engine/data/ports.h"
#include "engine/learn/report.h"
#include "tests/support/memory_store.h"
#include "widgets/results/report_data.h"

namespace patchbay::testing {

struct MadeReport {
  widgets::ReportSource source;
  std::vector<std::string> classes;
  std::vector<std::string> testIds, validationIds;
  std::vector<std::int32_t> truth, validationTruth;
  learn::Matrix probability, validationProbability;
  learn::ClassificationReport figures;
};

inline std::string idOf(std::size_t i) {
  auto hex = digestOf("item " + std::to_string(i)).hex();
  return hex.substr(0, 32);
}

/// `items` pictures, a fifth each for validation and test; the model is right about three times in four.
inline MadeReport makeReport(ObjectStore& store, std::vector<std::string> classes, std::size_t items = 600, bool positiveFirst = false) {
  MadeReport out{.classes = classes};
  const auto k = classes.size();
  std::mt19937 random{7};
  std::normal_distribution<float> noise{0, 1};
  DatasetWriter writer{{.classes = classes}};
  Predictions p;
  p.classes = classes;
  std::vector<Item> all;
  for (std::size_t i = 0; i < items; ++i) {
    Item item;
    item.id = idOf(i);
    item.digest = digestOf("picture " + std::to_string(i));
    item.paths = {"cells/" + std::to_string(i) + ".png"};
    item.width = item.height = 300;
    item.split = i % 5 == 3 ? Split::Validation : i % 5 == 4 ? Split::Test : Split::Train;
    const auto truth = random() % k;
    item.annotations = {{.label = classes[truth], .author = "import"}};
    writer.add(item);
    std::vector<float> logits(k);
    for (std::size_t c = 0; c < k; ++c) logits[c] = noise(random) + (c == truth ? 1.4F : 0.0F);
    float sum = 0;
    for (auto& l : logits) sum += l = std::exp(1.5F * l);
    p.ids.push_back(item.id);
    p.truth.push_back(static_cast<int>(truth));
    p.split.push_back(item.split);
    for (const float l : logits) p.probabilities.push_back(l / sum);
    all.push_back(std::move(item));
  }
  const auto set = writer.finish(store);
  out.source.data = Dataset::save(store, *set)->save(store)->hex();
  out.source.predictions = Predictions::save(store, p)->save(store)->hex();
  out.source.title = QStringLiteral("Inspect solar cells");
  out.source.run = "01JRUN";
  out.source.node = "evaluate";

  // As the evaluate block does it: the positive class goes second.
  const auto column = [&](std::size_t c) { return positiveFirst && k == 2 ? 1 - c : c; };
  if (positiveFirst) std::swap(out.classes[0], out.classes[1]);
  std::vector<float> test, validation;
  for (std::size_t i = 0; i < items; ++i) {
    if (p.split[i] == Split::Train) continue;
    const bool isTest = p.split[i] == Split::Test;
    (isTest ? out.testIds : out.validationIds).push_back(p.ids[i]);
    (isTest ? out.truth : out.validationTruth).push_back(static_cast<std::int32_t>(column(static_cast<std::size_t>(p.truth[i]))));
    for (std::size_t c = 0; c < k; ++c) (isTest ? test : validation).push_back(p.probabilities[i * k + column(c)]);
  }
  out.probability = learn::Matrix{out.truth.size(), k, std::move(test)};
  out.validationProbability = learn::Matrix{out.validationTruth.size(), k, std::move(validation)};
  learn::ReportOptions options;
  options.bootstrap.resamples = 200;
  out.figures = *learn::evaluateClassification(out.truth, out.probability, options);
  Report report;
  report.body = learn::toValue(out.figures);
  report.body["classes"] = Value::List{out.classes.begin(), out.classes.end()};
  report.body["part"] = "test";
  for (const auto r : learn::worstMistakes(out.truth, out.figures.predicted, out.probability, 24)) {
    const auto best = static_cast<std::size_t>(out.figures.predicted[r]);
    Value m;
    m["id"] = out.testIds[r];
    m["truth"] = out.classes[static_cast<std::size_t>(out.truth[r])];
    m["predicted"] = out.classes[best];
    m["probability"] = static_cast<double>(out.probability(r, best));
    for (const auto& item : all)
      if (item.id == out.testIds[r]) m["picture"] = item.digest.hex(), m["path"] = item.paths[0];
    report.body["mistakes"].push(std::move(m));
  }
  report.metrics["accuracy"] = out.figures.accuracy.value;
  out.source.report = Report::save(store, report)->save(store)->hex();
  return out;
}

/// A stand-in for a decoded picture: a grey cell with a few dark lines, different for every digest.
inline QImage drawnCell(const widgets::PictureRef& ref, int side) {
  QImage image{side, side, QImage::Format_RGB32};
  image.fill(QColor{150, 150, 150});
  QPainter painter{&image};
  std::mt19937 random{static_cast<unsigned>(std::hash<std::string>{}(ref.digest + ref.path))};
  for (int i = 1; i < 6; ++i) painter.fillRect(QRectF{i * side / 6.0, 0, 1.5, static_cast<double>(side)}, QColor{110, 110, 110});
  painter.setPen(QPen{QColor{40, 40, 40}, side / 50.0});
  for (unsigned i = 0; i < random() % 5; ++i)
    painter.drawLine(static_cast<int>(random() % static_cast<unsigned>(side)), static_cast<int>(random() % static_cast<unsigned>(side)),
                     static_cast<int>(random() % static_cast<unsigned>(side)), static_cast<int>(random() % static_cast<unsigned>(side)));
  return image;
}

}  // namespace patchbay::testing
