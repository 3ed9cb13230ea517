// SPDX-License-Identifier: Apache-2.0
#include "app/cli/results.h"

#include <fmt/format.h>

#include <cmath>

#include "app/cli/command.h"
#include "engine/base/file.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/report.h"

namespace patchbay::cli {
namespace {

using learn::figureName, learn::figureText, learn::intervalText, learn::metricFromValue;

constexpr int finer = 4;  ///< Decimals of means and differences over runs.

double number(const Value& v) { return v.asDouble(NAN); }

void addFigure(std::vector<std::vector<std::string>>& rows, std::string name, const learn::MetricValue& m) {
  rows.push_back({std::move(name), figureText(m.value), intervalText(m), render(m.method)});
}

/// The report of one evaluation.
std::string evaluation(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "value", "95 % interval", "computed by"}};
  const bool several = body["task"].asText() == "multi-label";
  for (const auto& [key, metric] : learn::headlineFigures(body)) addFigure(rows, figureName(key), metric);
  const auto& classes = body["classes"].asList();
  const auto& perClass = body["per_class"].asList();
  for (std::size_t i = 0; i < perClass.size() && i < classes.size(); ++i) {
    const auto name = displayText(classes[i].asText());
    const auto n = perClass[i]["support"].asInt();
    std::vector<std::string_view> keys{"precision", "recall", "f1"};
    if (several) keys.insert(keys.end(), {"average_precision", "auroc"});
    for (const auto key : keys) addFigure(rows, fmt::format("{} ({}): {}", name, n, figureName(key)), metricFromValue(perClass[i][key]));
  }
  return table(rows, {false, true, false, false});
}

/// Mean, spread and interval over runs, and the runs themselves.
std::string summary(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "mean", "spread", "95 % interval", "runs", "computed by"}};
  for (const auto* name : {"accuracy", "within_one", "mean_steps", "balanced_accuracy", "mean_average_precision", "f1", "micro_f1",
                           "macro_f1", "subset_accuracy", "hamming_loss", "auroc"})
    if (const auto& m = body["figures"][name]; !m.isNull())
      rows.push_back({figureName(name), figureText(number(m["value"]), finer), figureText(number(m["sd"]), finer),
                      intervalText(metricFromValue(m), finer), std::to_string(m["runs"].asInt()), render(metricFromValue(m).method)});
  auto out = table(rows, {false, true, true, false, true, false});
  std::vector<std::vector<std::string>> runs{{"run", "of", "accuracy", "F1", "AUROC", ""}};
  const auto& list = body["rows"].asList();
  bool labelled = false;
  for (const auto& row : list) labelled |= row["label"] != list.front()["label"];
  if (!labelled && list.size() > 12) return out;
  for (const auto& row : list) {
    const auto& m = row["metrics"];
    runs.push_back({std::to_string(row["run"].asInt() + 1), displayText(row["label"].asText()), figureText(number(m["accuracy"]), finer),
                    figureText(m["f1"].asDouble(number(m["macro_f1"])), finer), figureText(number(m["auroc"]), finer),
                    row["run"] == body["best"] ? "best" : ""});
  }
  return out + "\n" + table(runs, {true, false, true, true, true, false});
}

std::string comparison(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "baseline", "candidate", "difference", "95 % interval", "computed by"}};
  for (const auto& [name, m] : body["figures"].asMap()) {
    const auto difference = metricFromValue(m["difference"]);
    rows.push_back({figureName(name), figureText(number(m["baseline"]["value"]), finer), figureText(number(m["candidate"]["value"]), finer),
                    learn::signedFigureText(difference.value, finer), intervalText(difference, finer), render(difference.method)});
  }
  return table(rows, {false, true, true, true, false, false});
}

std::string reportTable(Engine& engine, const Value& output) {
  const auto digest = Digest::parse(output["parts"]["report.json"].asText());
  if (!digest) return {};
  const auto file = engine.locate(*digest);
  if (!file) return {};
  const auto text = readFile(*file);
  const auto body = text ? parseJson(*text) : fail(text.error());
  if (!body) return {};
  const auto& kind = (*body)["kind"].asText();
  return kind == "summary" ? summary(*body) : kind == "comparison" ? comparison(*body) : evaluation(*body);
}

}  // namespace

std::string runResults(Engine& engine, const RunId& run, const Value& finished) {
  std::string out;
  const auto& blocks = finished["blocks"].asList();
  // With many evaluations (folds, seeds) only what brings them together is shown.
  std::vector<std::pair<std::string, std::string>> reports;
  bool summaries = false;
  for (const auto& block : blocks) {
    if (block["state"].asText() != "ran" && block["state"].asText() != "cached") continue;
    const bool inLoop = block["id"].asText().find('[') != std::string::npos;
    if (inLoop) continue;
    const auto outputs = engine.outputs(run, StepId{block["id"].asText()});
    if (!outputs) continue;
    for (const auto& [port, value] : (*outputs)["outputs"].asMap()) {
      if (value["type"].asText() != "report") continue;
      reports.emplace_back(block["name"].asText(), reportTable(engine, value));
      summaries = true;
    }
  }
  for (const auto& [name, text] : reports) out += "\n" + name + "\n" + text;
  std::vector<std::vector<std::string>> rows{{"block", "state", "time"}};
  std::size_t looped = 0;
  double loopSeconds = 0;
  for (const auto& block : blocks) {
    if (block["id"].asText().find('[') != std::string::npos && blocks.size() > 40) {
      ++looped;
      loopSeconds += block["seconds"].asDouble();
      continue;
    }
    rows.push_back(
        {block["name"].asText(), block["state"].asText(), block["state"].asText() == "ran" ? duration(block["seconds"].asDouble()) : "-"});
  }
  if (looped) rows.push_back({fmt::format("{} blocks in loops", looped), "", duration(loopSeconds)});
  out += (summaries ? "\n" : "") + table(rows, {false, false, true});
  for (const auto& path : finished["exports"].asList()) out += "\nExported to " + displayText(pathFromValue(path).native());
  if (!finished["exports"].asList().empty()) out += "\n";
  return out;
}

}  // namespace patchbay::cli
