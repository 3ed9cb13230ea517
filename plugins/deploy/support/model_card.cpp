// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdio>
#include <vector>

#include "engine/learn/figure_text.h"
#include "engine/learn/report.h"
#include "engine/net/net.h"
#include "plugins/deploy/support/export_files.h"

namespace patchbay::blocks {
namespace {

std::string fixed(double v, int digits) {
  if (!std::isfinite(v)) return "-";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, v);
  return buffer;
}

/// Text from outside inside a Markdown table: no markup, no line breaks, no cell ends.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : displayText(text)) {
    if (std::string_view{"|<>`*_[]\\"}.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

void figureRow(std::string& out, std::string_view key, const learn::MetricValue& m) {
  out += "| " + learn::figureName(key) + " | " + learn::figureText(m.value) + " | " + learn::intervalText(m) + " | " + render(m.method) +
         " |\n";
}

std::string figures(const CardFacts& f) {
  if (!f.report) return "No report was connected to the Export block: this model was exported without measured figures.\n";
  const auto& b = f.report->body;
  const bool several = b["task"].asText() == "multi-label";
  std::string out = "On " + std::to_string(f.report->metrics["pictures"].asInt()) + " pictures of the part \"" + b["part"].asText() +
                    "\", which took no part in training.\n\n| figure | value | 95 % interval | computed by |\n|---|---|---|---|\n";
  for (const auto& [key, metric] : learn::headlineFigures(b)) figureRow(out, key, metric);
  out += std::string{"\n| class | pictures | precision | recall | F1 |"} + (several ? " average precision | AUROC | threshold |" : "") +
         "\n|---|---|---|---|---|" + (several ? "---|---|---|" : "") + "\n";
  const auto& classes = b["classes"].asList();
  const auto& rows = b["per_class"].asList();
  for (std::size_t i = 0; i < rows.size() && i < classes.size(); ++i) {
    out += "| " + plain(classes[i].asText()) + " | " + std::to_string(rows[i]["support"].asInt()) + " |";
    std::vector<std::string_view> keys{"precision", "recall", "f1"};
    if (several) keys.insert(keys.end(), {"average_precision", "auroc"});
    for (const auto key : keys) out += " " + learn::figureText(rows[i][key]["value"].asDouble(NAN)) + " |";
    if (several) out += " " + learn::figureText(rows[i]["threshold"].asDouble(0.5)) + " |";
    out += "\n";
  }
  for (const auto& file : f.figures) out += "\n![" + file.substr(0, file.find('.')) + "](" + file + ")\n";
  return out;
}

void latencyRows(std::string& out, std::string_view precision, const std::vector<Latency>& latencies) {
  for (const auto& l : latencies)
    out += "| " + std::string{precision} + " | " + std::to_string(l.batch) + " | " + fixed(l.p50, 2) + " | " + fixed(l.p95, 2) + " | " +
           fixed(1000.0 * static_cast<double>(l.batch) / l.p50, 0) + " |\n";
}

std::string int8Text(const CardFacts& f) {
  const auto& r = *f.int8;
  const bool saved = !f.int8Latencies.empty();
  std::string out = "\n- int8: ranges from " + std::to_string(r.calibration) + " training pictures. ";
  if (r.validation == 0) out += "There are no labelled validation pictures, so that its accuracy is not known. ";
  else
    out += "On " + std::to_string(r.validation) + " validation pictures fp32 is right on " + fixed(100 * r.accuracyFloat, 1) +
           " %, int8 on " + fixed(100 * r.accuracyInt8, 1) + " % (" + fixed(r.drop(), 1) + " points lost); they agree on " +
           fixed(100 * r.same, 1) + " %. ";
  if (saved)
    out += "model_int8.onnx: " + fixed(100 * static_cast<double>(r.onnx.size()) / static_cast<double>(f.onnxBytes), 0) + " % of the size. ";
  else out += "That is more than was allowed, so that no int8 model was saved. ";
  const auto unit = int8Unit();
  out += unit.empty() ? "This processor has no VNNI: int8 is about as fast as fp32 here."
                      : "Measured with " + unit + "; processors without it gain little.";
  return out + "\n";
}

std::string unlikeText(const CardFacts& f) {
  const auto& u = f.net->metadata["unlike"];
  if (!u.isMap())
    return "- It knows nothing of the pictures it was trained on, so that `patchbay predict` and `serve` do not mark what is unlike "
           "them.\n";
  const auto own = u["held_out"].asText() == "training" ? " training pictures, each compared with the others,"
                                                        : " validation pictures, which took no part in training,";
  return "- `patchbay predict` and `serve` mark pictures that are unlike the " + std::to_string(u["reference_pictures"].asInt()) +
         " training pictures whose features lie in familiarity.safetensors; " + fixed(100 * u["share"].asDouble(), 1) + " % of " +
         std::to_string(u["held_out_pictures"].asInt()) + own +
         " raised no warning. What is marked is odd, not wrong; what is not may be "
         "wrong all the same.\n";
}

}  // namespace

Value measurementsOf(const CardFacts& f) {
  const auto model = [](const char* file, const char* precision, std::int64_t bytes, const std::vector<Latency>& latencies) {
    Value rows{Value::List{}};
    for (const auto& l : latencies)
      rows.push(Value::Map{{"batch", l.batch},
                           {"p50_ms", l.p50},
                           {"p95_ms", l.p95},
                           {"pictures_per_second", 1000.0 * static_cast<double>(l.batch) / l.p50}});
    return Value{Value::Map{{"file", file}, {"precision", precision}, {"bytes", bytes}, {"latency", std::move(rows)}}};
  };
  Value out{Value::Map{
      {"processor", measuredOn()}, {"threads", f.threads}, {"int8_unit", int8Unit()}, {"parameters", f.parameters}, {"macs", f.macs}}};
  out["models"].push(model("model.onnx", "fp32", f.onnxBytes, f.latencies));
  out["parity"] = Value::Map{{"inputs", f.parity.inputs},
                             {"max_difference", f.parity.maxDifference},
                             {"cosine", f.parity.cosine},
                             {"same_top1", f.parity.sameTop1}};
  if (f.report) out["metrics"] = f.report->metrics;
  if (!f.int8) return out;
  const auto& r = *f.int8;
  const bool saved = !f.int8Latencies.empty();
  out["int8"] = Value::Map{{"saved", saved}, {"calibration_pictures", r.calibration}, {"validation_pictures", r.validation}};
  if (saved) out["models"].push(model("model_int8.onnx", "int8", static_cast<std::int64_t>(r.onnx.size()), f.int8Latencies));
  if (r.validation == 0) return out;
  out["int8"]["accuracy_fp32"] = r.accuracyFloat;
  out["int8"]["accuracy_int8"] = r.accuracyInt8;
  out["int8"]["drop_points"] = r.drop();
  out["int8"]["same"] = r.same;
  out["models"].list()[0]["accuracy"] = r.accuracyFloat;
  if (saved) out["models"].list()[1]["accuracy"] = r.accuracyInt8;
  return out;
}

std::string modelCard(const CardFacts& f) {
  const auto& p = f.net->preprocessing;
  std::string out = "# " + plain(f.name) + "\n\nImage classifier made with Patchbay.\n\n## What it is\n\n";
  out += "- Network: " + plain(f.net->name) + ", " + std::to_string(f.parameters) + " parameters, " +
         fixed(static_cast<double>(f.macs) / 1e6, 0) + " million multiply-adds a picture\n";
  const bool several = f.net->task == net::multiLabelTask;
  out += several ? "- Labels, any number of them a picture: " : "- Classes: ";
  for (std::size_t i = 0; i < f.net->classes.size(); ++i) out += (i ? ", " : "") + plain(f.net->classes[i]);
  out += "\n- Pretrained weights: " + plain(f.meta["origin"]["source"].asText()) + ", licence " +
         plain(f.meta["origin"]["licence"].asText()) + "\n- Input: " + std::to_string(p.width) + " x " + std::to_string(p.height) +
         " RGB; resize rule, crop and normalisation stand in the ONNX metadata under \"preprocessing\"\n";
  out += std::string{"- Output: logits; "} + (several ? "the sigmoid of each" : "softmax") + " gives probabilities (temperature " +
         fixed(f.meta["temperature"].asDouble(1), 2) + " is already in the weights)\n\n## How good\n\n" + figures(f);
  out += "\n## Data\n\n";
  if (f.data.isNull()) {
    out += "The Export block was not given the data set.\n";
  } else {
    out += "- " + std::to_string(f.data["pictures"].asInt()) + " pictures, digest of the data set `" + f.data["digest"].asText() + "`\n";
    for (const auto& [label, n] : f.data["classes"].asMap()) out += "- class " + plain(label) + ": " + std::to_string(n.asInt()) + "\n";
    for (const auto& [part, n] : f.data["splits"].asMap()) out += "- part " + plain(part) + ": " + std::to_string(n.asInt()) + "\n";
  }
  out += "\n## Size and speed\n\n- model.onnx: " + fixed(static_cast<double>(f.onnxBytes) / 1e6, 1) + " MB\n- Measured on " +
         plain(measuredOn()) + ", OpenVINO, " + std::to_string(f.threads) +
         " thread(s):\n\n| precision | batch | median ms | 95th percentile ms | pictures/s |\n|---|---|---|---|---|\n";
  latencyRows(out, "fp32", f.latencies);
  latencyRows(out, "int8", f.int8Latencies);
  if (f.int8) out += int8Text(f);
  out += "\n## Checked at export\n\n- OpenVINO on these ONNX bytes against LibTorch on the network, " + std::to_string(f.parity.inputs) +
         " inputs: largest difference " + fixed(f.parity.maxDifference * 1e6, 2) + " millionths of 1 + |y|, smallest cosine " +
         fixed(f.parity.cosine, 7) + ", same answer for " + fixed(100 * f.parity.sameTop1, 1) + " %\n- Demos from file bytes: " + f.demos +
         "\n\n## Limits of use\n\n- The figures hold for pictures like those above; other cameras, light or objects need a test of their "
         "own.\n" +
         std::string{several ? "- The model answers with labels it knows, or with none"
                             : "- The model always answers with one of its classes"} +
         ", also for pictures of something else.\n" + unlikeText(f) +
         "- The pipeline that made it is in "
         "pipeline.json; " +
         "`patchbay run pipeline.json` repeats it.\n";
  return out;
}

}  // namespace patchbay::blocks
