// SPDX-License-Identifier: Apache-2.0
#include "app/cli/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/cli/command.h"
#include "engine/base/file.h"

namespace patchbay::cli {
namespace {

std::string interval(const Value& m, int digits = 3) {
  const double low = m["low"].asDouble(NAN), high = m["high"].asDouble(NAN);
  return std::isfinite(low) && std::isfinite(high) ? fixed(low, digits) + " - " + fixed(high, digits) : "-";
}

std::string methodOf(const Value& m) { return render(textFromValue(m["method"])); }

void addFigure(std::vector<std::vector<std::string>>& rows, std::string name, const Value& m) {
  if (!m.isNull()) rows.push_back({std::move(name), fixed(m["value"].asDouble(NAN), 3), interval(m), methodOf(m)});
}

/// The report of one evaluation.
std::string evaluation(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "value", "95 % interval", "computed by"}};
  const bool several = body["task"].asText() == "multi-label";
  addFigure(rows, "mean average precision", body["mean_average_precision"]);
  addFigure(rows, "micro F1", body["micro_f1"]);
  addFigure(rows, "all labels right", body["subset_accuracy"]);
  addFigure(rows, "wrong labels", body["hamming_loss"]);
  addFigure(rows, "accuracy", body["accuracy"]);
  addFigure(rows, "balanced accuracy", body["balanced_accuracy"]);
  addFigure(rows, body["f1"].isNull() ? "macro F1" : "F1", body["f1"].isNull() ? body["macro_f1"] : body["f1"]);
  addFigure(rows, "AUROC", body["auroc"]);
  const auto& classes = body["classes"].asList();
  const auto& perClass = body["per_class"].asList();
  for (std::size_t i = 0; i < perClass.size() && i < classes.size(); ++i) {
    const auto name = displayText(classes[i].asText());
    const auto n = perClass[i]["support"].asInt();
    for (const auto* figure : {"precision", "recall", "f1"})
      addFigure(rows, fmt::format("{} ({}): {}", name, n, std::string_view{figure} == "f1" ? "F1" : figure), perClass[i][figure]);
    if (!several) continue;
    addFigure(rows, fmt::format("{} ({}): average precision", name, n), perClass[i]["average_precision"]);
    addFigure(rows, fmt::format("{} ({}): AUROC", name, n), perClass[i]["auroc"]);
  }
  return table(rows, {false, true, false, false});
}

/// "balanced_accuracy" as people write it.
std::string figureName(const std::string& key) {
  if (key == "auroc") return "AUROC";
  if (key == "f1") return "F1";
  if (key == "macro_f1") return "macro F1";
  if (key == "micro_f1") return "micro F1";
  auto out = key;
  std::ranges::replace(out, '_', ' ');
  return out;
}

/// Mean, spread and interval over runs, and the runs themselves.
std::string summary(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "mean", "spread", "95 % interval", "runs", "computed by"}};
  for (const auto* name : {"accuracy", "balanced_accuracy", "mean_average_precision", "f1", "micro_f1", "macro_f1", "subset_accuracy",
                           "hamming_loss", "auroc"})
    if (const auto& m = body["figures"][name]; !m.isNull())
      rows.push_back({figureName(name), fixed(m["value"].asDouble(NAN), 4), fixed(m["sd"].asDouble(NAN), 4), interval(m, 4),
                      std::to_string(m["runs"].asInt()), methodOf(m)});
  auto out = table(rows, {false, true, true, false, true, false});
  std::vector<std::vector<std::string>> runs{{"run", "of", "accuracy", "F1", "AUROC", ""}};
  const auto& list = body["rows"].asList();
  bool labelled = false;
  for (const auto& row : list) labelled |= row["label"] != list.front()["label"];
  if (!labelled && list.size() > 12) return out;
  for (const auto& row : list) {
    const auto& m = row["metrics"];
    runs.push_back({std::to_string(row["run"].asInt() + 1), displayText(row["label"].asText()), fixed(m["accuracy"].asDouble(NAN), 4),
                    fixed(m["f1"].asDouble(m["macro_f1"].asDouble(NAN)), 4), fixed(m["auroc"].asDouble(NAN), 4),
                    row["run"] == body["best"] ? "best" : ""});
  }
  return out + "\n" + table(runs, {true, false, true, true, true, false});
}

std::string signedNumber(double v) { return std::isfinite(v) ? fmt::format("{:+.4f}", v) : "-"; }

std::string comparison(const Value& body) {
  std::vector<std::vector<std::string>> rows{{"figure", "baseline", "candidate", "difference", "95 % interval", "computed by"}};
  for (const auto& [name, m] : body["figures"].asMap())
    rows.push_back({figureName(name), fixed(m["baseline"]["value"].asDouble(NAN), 4), fixed(m["candidate"]["value"].asDouble(NAN), 4),
                    signedNumber(m["difference"]["value"].asDouble(NAN)), interval(m["difference"], 4), methodOf(m["difference"])});
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
