// SPDX-License-Identifier: Apache-2.0
#include "app/cli/report_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/cli/command.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/report.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

Value jsonOrNull(const fs::path& file) {
  const auto text = readFile(file, std::size_t{256} << 20);
  const auto value = text ? parseJson(*text) : Result<Value>{Value{}};
  return value ? *value : Value{};
}

/// Names of files and what stands in them need not be text at all.
std::string readable(const std::string& text) { return isUtf8(text) ? text : displayText(text); }

/// A part of the document, filled piece by piece.
class Section {
 public:
  Section(const char* title, const char* source) : value_{Value::Map{{"title", title}, {"source", source}, {"parts", Value::List{}}}} {}
  Section& text(const std::string& text) { return add(Value::Map{{"text", readable(text)}}); }
  Section& rows(const std::vector<std::vector<std::string>>& rows) {
    Value all{Value::List{}};
    for (const auto& row : rows) {
      Value cells{Value::List{}};
      for (const auto& cell : row) cells.push(readable(cell));
      all.push(std::move(cells));
    }
    return add(Value::Map{{"rows", std::move(all)}});
  }
  Section& items(const std::vector<std::string>& items) { return add(Value::Map{{"items", Value::List(items.begin(), items.end())}}); }
  Section& svg(const std::string& name, const std::string& svg) { return add(Value::Map{{"name", name}, {"svg", svg}}); }
  bool empty() const { return value_["parts"].asList().empty(); }
  const Value& value() const { return value_; }

 private:
  Section& add(Value part) {
    value_["parts"].push(std::move(part));
    return *this;
  }
  Value value_;
};

using Rows = std::vector<std::vector<std::string>>;

Section identity(const Value& net, const fs::path& folder) {
  const auto& meta = net["metadata"];
  std::string classes;
  for (const auto& c : net["classes"].asList()) classes += (classes.empty() ? "" : ", ") + c.asText();
  Rows rows{{"", ""},
            {"Network", net["name"].asText()},
            {"Task", net["task"].asText()},
            {"Classes", classes},
            {"Input", fmt::format("{} x {} pixels, RGB", net["preprocessing"]["width"].asInt(), net["preprocessing"]["height"].asInt())},
            {"Pretrained weights", meta["origin"]["source"].asText() + ", licence " + meta["origin"]["licence"].asText()}};
  if (const auto digest = digestOfFile(folder / "model.onnx")) rows.push_back({"SHA-256 of model.onnx", digest->hex()});
  return Section{"What it is", "net.json, model.onnx"}.rows(rows);
}

Section data(const Value& net) {
  const auto& facts = net["metadata"]["data"];
  if (!facts.isMap()) return Section{"Data and split", "net.json"}.text("The Export block was not given the data set.");
  Rows rows{{"", "pictures"}, {"all", std::to_string(facts["pictures"].asInt())}};
  for (const auto& [label, n] : facts["classes"].asMap()) rows.push_back({"class " + label, std::to_string(n.asInt())});
  for (const auto& [part, n] : facts["splits"].asMap()) rows.push_back({"part " + part, std::to_string(n.asInt())});
  return Section{"Data and split", "net.json, metadata.data"}.rows(rows).text("Digest of the data set: " + facts["digest"].asText());
}

Section method(const Value& pipeline) {
  Rows rows{{"block", "kind", "settings that were chosen"}};
  for (const auto& node : pipeline["nodes"].asList())
    rows.push_back({node["name"].asText(), node["type"].asText(), node["params"].asMap().empty() ? "" : toJson(node["params"])});
  return Section{"Method", "pipeline.json; `patchbay reproduce` repeats it"}.rows(rows);
}

Section figures(const Value& report, const fs::path& folder) {
  if (!report.isMap()) return Section{"Figures", ""}.text("No report was connected to the Export block: there are no measured figures.");
  Section out{"Figures", "report.json"};
  Rows rows{{"figure", "value", "95 % interval", "computed by"}};
  for (const auto& [key, metric] : learn::headlineFigures(report))
    rows.push_back({learn::figureName(key), learn::figureText(metric.value), learn::intervalText(metric), render(metric.method)});
  out.text(fmt::format("On the part \"{}\", which took no part in training.", report["part"].asText())).rows(rows);
  Rows classes{{"class", "pictures", "precision", "recall", "F1", "AUROC"}};
  const auto& names = report["classes"].asList();
  const auto& each = report["per_class"].asList();
  for (std::size_t i = 0; i < std::min(names.size(), each.size()); ++i) {
    const auto value = [&](const char* key) { return learn::figureText(each[i][key]["value"].asDouble(NAN)); };
    classes.push_back(
        {names[i].asText(), std::to_string(each[i]["support"].asInt()), value("precision"), value("recall"), value("f1"), value("auroc")});
  }
  if (!each.empty()) out.rows(classes);
  for (const char* drawing : {"confusion_matrix.svg", "roc.svg"})
    if (const auto svg = readFile(folder / drawing, std::size_t{16} << 20); svg && isUtf8(*svg)) out.svg(drawing, *svg);
  return out;
}

Section slices(const Value& report) {
  Section out{"Parts of the pictures", "report.json, slices"};
  const auto& all = report["slices"].asList();
  if (all.empty()) return out;
  out.text(
      "How often the model is right on parts of the same pictures. An interval that does not reach the figure of all pictures "
      "is a reason to look; among many parts one in twenty does so by chance.");
  Rows rows{{"by", "part", "pictures", "right", "share right", "95 % interval"}};
  for (const auto& s : all) {
    const auto metric = learn::metricFromValue(s["accuracy"]);
    rows.push_back({s["by"].asText(), s["name"].asText(), std::to_string(s["pictures"].asInt()), std::to_string(s["right"].asInt()),
                    learn::figureText(metric.value), learn::intervalText(metric)});
  }
  return out.rows(rows);
}

Section calibration(const Value& report) {
  Section out{"Calibration", "report.json, reliability"};
  Rows rows{{"confidence", "pictures", "mean confidence", "share right"}};
  for (const auto& one : report["reliability"].asList()) {
    const auto& b = one.asList();
    if (b.size() < 5 || b[2].asInt() == 0) continue;
    rows.push_back({learn::figureText(b[0].asDouble(), 2) + " - " + learn::figureText(b[1].asDouble(), 2), std::to_string(b[2].asInt()),
                    learn::figureText(b[3].asDouble(NAN)), learn::figureText(b[4].asDouble(NAN))});
  }
  return rows.size() > 1 ? out.rows(rows) : out;
}

Section mistakes(const Value& report) {
  Section out{"Worst mistakes", "report.json, mistakes"};
  const auto& all = report["mistakes"].asList();
  if (all.empty()) return out;
  Rows rows{{"picture", "is", "predicted", "probability"}};
  for (std::size_t i = 0; i < std::min<std::size_t>(20, all.size()); ++i) {
    const auto& m = all[i];
    rows.push_back({m["path"].asText().empty() ? m["id"].asText() : m["path"].asText(), m["truth"].asText(), m["predicted"].asText(),
                    learn::figureText(m["probability"].asDouble(NAN))});
  }
  return out.rows(rows);
}

Section speed(const Value& measured) {
  if (!measured.isMap())
    return Section{"Size and speed", ""}.text("The export is from before this was measured; model_card.md has some figures.");
  Rows rows{{"model", "MB", "accuracy on validation", "batch", "median ms", "95th percentile ms", "pictures/s"}};
  for (const auto& m : measured["models"].asList())
    for (const auto& l : m["latency"].asList())
      rows.push_back({m["file"].asText(), fixed(m["bytes"].asDouble() / 1e6, 1),
                      m.contains("accuracy") ? learn::figureText(m["accuracy"].asDouble()) : "-", std::to_string(l["batch"].asInt()),
                      fixed(l["p50_ms"].asDouble(), 2), fixed(l["p95_ms"].asDouble(), 2), fixed(l["pictures_per_second"].asDouble(), 0)});
  const auto& parity = measured["parity"];
  return Section{"Size and speed", "measurements.json"}
      .text(fmt::format("{}, {} thread(s).", measured["processor"].asText(), measured["threads"].asInt()))
      .rows(rows)
      .text(fmt::format("OpenVINO on model.onnx against LibTorch on the network: {} inputs, largest difference {:.2e} of 1 + |y|.",
                        parity["inputs"].asInt(), parity["max_difference"].asDouble()));
}

Section limits(const Value& net) {
  Section out{"Limits of use", "net.json, metadata.unlike"};
  std::vector<std::string> items{
      "The figures hold for pictures like those of the data; other cameras, light or objects need a test of their own.",
      "The model answers with labels it knows, also for pictures of something else.",
      "Times are those of the machine named; others differ."};
  const auto& u = net["metadata"]["unlike"];
  if (!u.isMap()) items.emplace_back("The export knows nothing of the pictures it was trained on: what is unlike them is not marked.");
  else
    items.push_back(fmt::format("Pictures unlike {} training pictures are marked; of {} {} pictures {} % raised no warning.",
                                u["reference_pictures"].asInt(), u["held_out_pictures"].asInt(), u["held_out"].asText(),
                                fixed(100 * u["share"].asDouble(), 1)));
  return out.items(items);
}

Section versions(const Value& net) {
  Rows rows{{"", ""}};
  for (const auto& [key, value] : net["metadata"]["versions"].asMap())
    rows.push_back({key, value.isText() ? value.asText() : toJson(value)});
  rows.push_back({"seed", std::to_string(net["metadata"]["seed"].asInt())});
  return Section{"Versions", "net.json, metadata.versions"}.rows(rows);
}

/// All but reports, which cannot hold their own digest.
Section files(const fs::path& folder) {
  Rows rows{{"file", "bytes", "SHA-256"}};
  std::vector<fs::path> all;
  std::error_code ec;
  for (fs::recursive_directory_iterator it{folder, ec}, end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec) && it->path().extension() != ".html" && it->path().extension() != ".pdf") all.push_back(it->path());
  std::ranges::sort(all);
  for (const auto& file : all)
    if (const auto digest = digestOfFile(file))
      rows.push_back({file.lexically_relative(folder).native(), std::to_string(fs::file_size(file, ec)), digest->hex()});
  return Section{"Files", "`sha256sum` in the export checks each"}.rows(rows);
}

}  // namespace

Result<Value> reportDocument(const fs::path& folder) {
  const auto net = jsonOrNull(folder / "net.json");
  if (!net.isMap())
    return fail(ErrorKind::NotFound, "report.export",
                TR("cli", "{path} is not an exported model with its pipeline.").with("path", displayText(folder.native())),
                TR("cli", "Give the folder that the Export block wrote."));
  const auto report = jsonOrNull(folder / "report.json");
  Value out{Value::Map{{"title", displayText(folder.filename().native())}, {"sections", Value::List{}}}};
  for (const auto& section :
       {identity(net, folder), data(net), method(jsonOrNull(folder / "pipeline.json")), figures(report, folder), slices(report),
        calibration(report), mistakes(report), speed(jsonOrNull(folder / "measurements.json")), limits(net), versions(net), files(folder)})
    if (!section.empty()) out["sections"].push(section.value());
  return out;
}

}  // namespace patchbay::cli
