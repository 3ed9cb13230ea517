// SPDX-License-Identifier: Apache-2.0
#include "app/cli/report_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/cli/command.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/report.h"
#include "engine/learn/slice_text.h"

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

using Rows = std::vector<std::vector<std::string>>;

/// A part of the document, filled piece by piece.
class Section {
 public:
  Section(std::string title, std::string source)
      : value_{Value::Map{{"title", std::move(title)}, {"source", std::move(source)}, {"parts", Value::List{}}}} {}
  Section& text(const std::string& text) { return add(Value::Map{{"text", readable(text)}}); }
  Section& rows(const Rows& rows) {
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

/// A figure in the words the Studio has for it.
Text figureTitle(const std::string& key) {
  for (const auto& [known, title] :
       std::initializer_list<std::pair<const char*, Text>>{{"accuracy", TR("metric", "Accuracy")},
                                                           {"balanced_accuracy", TR("metric", "Balanced accuracy")},
                                                           {"macro_f1", TR("metric", "F1, mean of classes")},
                                                           {"micro_f1", TR("metric", "F1, all labels together")},
                                                           {"subset_accuracy", TR("metric", "All labels right")},
                                                           {"hamming_loss", TR("metric", "Share of wrong labels")},
                                                           {"auroc", TR("metric", "Area under ROC")},
                                                           {"average_precision", TR("metric", "Average precision")},
                                                           {"mean_average_precision", TR("metric", "Mean average precision")},
                                                           {"ece", TR("metric", "Calibration error")},
                                                           {"log_loss", TR("metric", "Log loss")},
                                                           {"brier", TR("metric", "Brier score")},
                                                           {"within_one", TR("metric", "Right within one step")},
                                                           {"mean_steps", TR("metric", "Steps beside the truth")}})
    if (key == known) return title;
  return Text{"", learn::figureName(key)};
}

Text partName(const std::string& part) {
  for (auto& known : std::array{TR("report", "train"), TR("report", "validation"), TR("report", "test"), TR("report", "training")})
    if (known.source == part) return known;
  return Text{"", part};
}

Text taskName(const std::string& task) {
  for (auto& known : std::array{TR("report", "classification"), TR("report", "multi-label"), TR("report", "features")})
    if (known.source == task) return known;
  return Text{"", task};
}

/// A drawing of the export with the words it was drawn with in another language.
std::string inWordsOf(const Translation& say, std::string svg) {
  for (const auto& word : {TR("report", "Confusion matrix"), TR("report", "predicted class"), TR("report", "true class"),
                           TR("report", "ROC curve"), TR("report", "true positive rate"), TR("report", "false positive rate")}) {
    const auto drawn = ">" + word.source + "<", said = ">" + say(word) + "<";
    for (auto at = svg.find(drawn); at != svg.npos; at = svg.find(drawn, at + said.size())) svg.replace(at, drawn.size(), said);
  }
  return svg;
}

std::int64_t whole(const Value& value) { return value.asInt(); }

/// The sections in one language.
class Writer {
 public:
  Writer(const fs::path& folder, const Translation& say) : folder_{folder}, say_{say} {}
  Section identity(const Value& net) const;
  Section data(const Value& net) const;
  Section method(const Value& pipeline) const;
  Section figures(const Value& report) const;
  Section slices(const Value& report) const;
  Section calibration(const Value& report) const;
  Section mistakes(const Value& report) const;
  Section speed(const Value& measured) const;
  Section limits(const Value& net) const;
  Section versions(const Value& net) const;
  Section files() const;

 private:
  std::vector<std::string> heading(std::initializer_list<Text> texts) const {
    std::vector<std::string> out;
    for (const auto& text : texts) out.push_back(say_(text));
    return out;
  }

  const fs::path& folder_;
  const Translation& say_;
};

Section Writer::identity(const Value& net) const {
  const auto& meta = net["metadata"];
  std::string classes;
  for (const auto& c : net["classes"].asList()) classes += (classes.empty() ? "" : ", ") + c.asText();
  Rows rows{{"", ""},
            {say_(TR("report", "Network")), net["name"].asText()},
            {say_(TR("report", "Task")), say_(taskName(net["task"].asText()))},
            {say_(TR("report", "Classes")), classes},
            {say_(TR("report", "Input")), say_(TR("report", "{width} x {height} pixels, RGB")
                                                   .with("width", whole(net["preprocessing"]["width"]))
                                                   .with("height", whole(net["preprocessing"]["height"])))},
            {say_(TR("report", "Pretrained weights")), say_(TR("report", "{source}, licence {licence}")
                                                                .with("source", meta["origin"]["source"].asText())
                                                                .with("licence", meta["origin"]["licence"].asText()))}};
  if (const auto digest = digestOfFile(folder_ / "model.onnx"))
    rows.push_back({say_(TR("report", "SHA-256 of {file}").with("file", "model.onnx")), digest->hex()});
  return Section{say_(TR("report", "What it is")), "net.json, model.onnx"}.rows(rows);
}

Section Writer::data(const Value& net) const {
  const auto& facts = net["metadata"]["data"];
  const auto title = say_(TR("report", "Data and split"));
  if (!facts.isMap()) return Section{title, "net.json"}.text(say_(TR("report", "The Export block was not given the data set.")));
  Rows rows{{"", say_(TR("report", "pictures"))}, {say_(TR("report", "all")), std::to_string(whole(facts["pictures"]))}};
  for (const auto& [label, n] : facts["classes"].asMap())
    rows.push_back({say_(TR("report", "class {name}").with("name", label)), std::to_string(n.asInt())});
  for (const auto& [part, n] : facts["splits"].asMap())
    rows.push_back({say_(TR("report", "part {name}").with("name", say_(partName(part)))), std::to_string(n.asInt())});
  return Section{title, "net.json, metadata.data"}.rows(rows).text(
      say_(TR("report", "Digest of the data set: {digest}").with("digest", facts["digest"].asText())));
}

Section Writer::method(const Value& pipeline) const {
  Rows rows{heading({TR("report", "block"), TR("report", "kind"), TR("report", "settings that were chosen")})};
  for (const auto& node : pipeline["nodes"].asList())
    rows.push_back({node["name"].asText(), node["type"].asText(), node["params"].asMap().empty() ? "" : toJson(node["params"])});
  return Section{say_(TR("report", "Method")), say_(TR("report", "pipeline.json; `patchbay reproduce` repeats it"))}.rows(rows);
}

Section Writer::figures(const Value& report) const {
  const auto title = say_(TR("report", "Figures"));
  if (!report.isMap())
    return Section{title, ""}.text(say_(TR("report", "No report was connected to the Export block: there are no measured figures.")));
  Section out{title, "report.json"};
  const auto interval = TR("report", "95 % interval");
  Rows rows{heading({TR("report", "figure"), TR("report", "value"), interval, TR("report", "computed by")})};
  for (const auto& [key, metric] : learn::headlineFigures(report))
    rows.push_back({say_(figureTitle(key)), learn::figureText(metric.value), learn::intervalText(metric), say_(metric.method)});
  out
      .text(say_(
          TR("report", "On the part \"{part}\", which took no part in training.").with("part", say_(partName(report["part"].asText())))))
      .rows(rows);
  Rows classes{heading({TR("report", "class"), TR("report", "pictures"), TR("metric", "Precision"), TR("metric", "Recall"),
                        TR("metric", "F1"), TR("metric", "Area under ROC")})};
  const auto& names = report["classes"].asList();
  const auto& each = report["per_class"].asList();
  for (std::size_t i = 0; i < std::min(names.size(), each.size()); ++i) {
    const auto value = [&](const char* key) { return learn::figureText(each[i][key]["value"].asDouble(NAN)); };
    classes.push_back(
        {names[i].asText(), std::to_string(whole(each[i]["support"])), value("precision"), value("recall"), value("f1"), value("auroc")});
  }
  if (!each.empty()) out.rows(classes);
  for (const char* drawing : {"confusion_matrix.svg", "roc.svg"})
    if (const auto svg = readFile(folder_ / drawing, std::size_t{16} << 20); svg && isUtf8(*svg)) out.svg(drawing, inWordsOf(say_, *svg));
  return out;
}

Section Writer::slices(const Value& report) const {
  Section out{say_(TR("report", "Parts of the pictures")), "report.json, slices"};
  const auto& all = report["slices"].asList();
  if (all.empty()) return out;
  out.text(say_(TR("report",
                   "How often the model is right on parts of the same pictures. An interval that does not reach the figure of all "
                   "pictures is a reason to look; among many parts one in twenty does so by chance.")));
  Rows rows{heading({TR("report", "by"), TR("report", "part"), TR("report", "pictures"), TR("report", "right"), TR("report", "share right"),
                     TR("report", "95 % interval")})};
  for (const auto& s : all) {
    const auto metric = learn::metricFromValue(s["accuracy"]);
    rows.push_back({say_(learn::sliceKind(s)), say_(learn::sliceName(s)), std::to_string(whole(s["pictures"])),
                    std::to_string(whole(s["right"])), learn::figureText(metric.value), learn::intervalText(metric)});
  }
  return out.rows(rows);
}

Section Writer::calibration(const Value& report) const {
  Section out{say_(TR("report", "Calibration")), "report.json, reliability"};
  Rows rows{heading({TR("report", "confidence"), TR("report", "pictures"), TR("report", "mean confidence"), TR("report", "share right")})};
  for (const auto& one : report["reliability"].asList()) {
    const auto& b = one.asList();
    if (b.size() < 5 || b[2].asInt() == 0) continue;
    rows.push_back({learn::figureText(b[0].asDouble(), 2) + " - " + learn::figureText(b[1].asDouble(), 2), std::to_string(b[2].asInt()),
                    learn::figureText(b[3].asDouble(NAN)), learn::figureText(b[4].asDouble(NAN))});
  }
  return rows.size() > 1 ? out.rows(rows) : out;
}

Section Writer::mistakes(const Value& report) const {
  Section out{say_(TR("report", "Worst mistakes")), "report.json, mistakes"};
  const auto& all = report["mistakes"].asList();
  if (all.empty()) return out;
  Rows rows{heading({TR("report", "picture"), TR("report", "is"), TR("report", "predicted"), TR("report", "probability")})};
  for (std::size_t i = 0; i < std::min<std::size_t>(20, all.size()); ++i) {
    const auto& m = all[i];
    rows.push_back({m["path"].asText().empty() ? m["id"].asText() : m["path"].asText(), m["truth"].asText(), m["predicted"].asText(),
                    learn::figureText(m["probability"].asDouble(NAN))});
  }
  return out.rows(rows);
}

Section Writer::speed(const Value& measured) const {
  const auto title = say_(TR("report", "Size and speed"));
  if (!measured.isMap())
    return Section{title, ""}.text(say_(TR("report", "The export is from before this was measured; model_card.md has some figures.")));
  Rows rows{heading({TR("report", "model"), Text{"", "MB"}, TR("report", "accuracy on validation"), TR("report", "batch"),
                     TR("report", "median ms"), TR("report", "95th percentile ms"), TR("report", "pictures/s")})};
  for (const auto& m : measured["models"].asList())
    for (const auto& l : m["latency"].asList())
      rows.push_back({m["file"].asText(), fixed(m["bytes"].asDouble() / 1e6, 1),
                      m.contains("accuracy") ? learn::figureText(m["accuracy"].asDouble()) : "-", std::to_string(whole(l["batch"])),
                      fixed(l["p50_ms"].asDouble(), 2), fixed(l["p95_ms"].asDouble(), 2), fixed(l["pictures_per_second"].asDouble(), 0)});
  const auto& parity = measured["parity"];
  return Section{title, "measurements.json"}
      .text(say_(
          TR("report", "{processor}, {n} thread(s).").with("processor", measured["processor"].asText()).count(whole(measured["threads"]))))
      .rows(rows)
      .text(say_(
          TR("report", "OpenVINO on model.onnx against LibTorch on the network: {n} input(s), largest difference {difference} of 1 + |y|.")
              .with("difference", fmt::format("{:.2e}", parity["max_difference"].asDouble()))
              .count(whole(parity["inputs"]))));
}

Section Writer::limits(const Value& net) const {
  Section out{say_(TR("report", "Limits of use")), "net.json, metadata.unlike"};
  std::vector<std::string> items{
      say_(TR("report", "The figures hold for pictures like those of the data; other cameras, light or objects need a test of their own.")),
      say_(TR("report", "The model answers with labels it knows, also for pictures of something else.")),
      say_(TR("report", "Times are those of the machine named; others differ."))};
  const auto& u = net["metadata"]["unlike"];
  if (!u.isMap())
    items.push_back(say_(TR("report", "The export knows nothing of the pictures it was trained on: what is unlike them is not marked.")));
  else
    items.push_back(
        say_(TR("report", "Pictures unlike {reference} training pictures are marked; of {n} {part} pictures {share} % raised no warning.")
                 .with("reference", whole(u["reference_pictures"]))
                 .with("part", say_(partName(u["held_out"].asText())))
                 .with("share", fixed(100 * u["share"].asDouble(), 1))
                 .count(whole(u["held_out_pictures"]))));
  return out.items(items);
}

Section Writer::versions(const Value& net) const {
  Rows rows{{"", ""}};
  for (const auto& [key, value] : net["metadata"]["versions"].asMap())
    rows.push_back({key, value.isText() ? value.asText() : toJson(value)});
  rows.push_back({say_(TR("report", "seed")), std::to_string(whole(net["metadata"]["seed"]))});
  return Section{say_(TR("report", "Versions")), "net.json, metadata.versions"}.rows(rows);
}

/// All but reports, which cannot hold their own digest.
Section Writer::files() const {
  Rows rows{heading({TR("report", "file"), TR("report", "bytes"), Text{"", "SHA-256"}})};
  std::vector<fs::path> all;
  std::error_code ec;
  for (fs::recursive_directory_iterator it{folder_, ec}, end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec) && it->path().extension() != ".html" && it->path().extension() != ".pdf") all.push_back(it->path());
  std::ranges::sort(all);
  for (const auto& file : all)
    if (const auto digest = digestOfFile(file))
      rows.push_back({file.lexically_relative(folder_).native(), std::to_string(fs::file_size(file, ec)), digest->hex()});
  return Section{say_(TR("report", "Files")), say_(TR("report", "`sha256sum` in the export checks each"))}.rows(rows);
}

}  // namespace

Result<Value> reportDocument(const fs::path& folder, const Translation& say) {
  const auto net = jsonOrNull(folder / "net.json");
  if (!net.isMap())
    return fail(ErrorKind::NotFound, "report.export",
                TR("cli", "{path} is not an exported model with its pipeline.").with("path", displayText(folder.native())),
                TR("cli", "Give the folder that the Export block wrote."));
  const auto report = jsonOrNull(folder / "report.json");
  const Writer writer{folder, say};
  Value out{Value::Map{{"title", displayText(folder.filename().native())}, {"language", say.tag()}, {"sections", Value::List{}}}};
  for (const auto& section :
       {writer.identity(net), writer.data(net), writer.method(jsonOrNull(folder / "pipeline.json")), writer.figures(report),
        writer.slices(report), writer.calibration(report), writer.mistakes(report), writer.speed(jsonOrNull(folder / "measurements.json")),
        writer.limits(net), writer.versions(net), writer.files()})
    if (!section.empty()) out["sections"].push(section.value());
  return out;
}

}  // namespace patchbay::cli
