// SPDX-License-Identifier: Apache-2.0
// patchbay report.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

#include "app/cli/command.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/report.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

/// Text from outside as text of a page.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : displayText(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  // A byte value is written so by every JSON writer here.
  const auto json = toJson(Value{Value::Bytes(bytes.begin(), bytes.end())});
  const auto begin = json.find(":\"") + 2;
  return json.substr(begin, json.rfind('"') - begin);
}

Value jsonOrNull(const fs::path& file) {
  const auto text = readFile(file, std::size_t{256} << 20);
  const auto value = text ? parseJson(*text) : Result<Value>{Value{}};
  return value ? *value : Value{};
}

/// A table; every cell is plain text.
class Rows {
 public:
  explicit Rows(const std::vector<std::string>& heading) { add(heading, "th"); }
  void add(const std::vector<std::string>& cells, const char* tag = "td") {
    text_ += "<tr>";
    for (const auto& cell : cells) text_ += fmt::format("<{0}>{1}</{0}>", tag, plain(cell));
    text_ += "</tr>\n";
  }
  std::string html() const { return "<table>\n" + text_ + "</table>\n"; }

 private:
  std::string text_;
};

std::string section(const char* title, const char* source, const std::string& content) {
  return fmt::format("<h2>{}</h2>\n{}<p class=\"source\">{}</p>\n", title, content, source);
}

std::string identity(const Value& net, const fs::path& folder) {
  Rows rows{{"", ""}};
  const auto& meta = net["metadata"];
  std::string classes;
  for (const auto& c : net["classes"].asList()) classes += (classes.empty() ? "" : ", ") + c.asText();
  rows.add({"Network", net["name"].asText()});
  rows.add({"Task", net["task"].asText()});
  rows.add({"Classes", classes});
  rows.add({"Input", fmt::format("{} x {} pixels, RGB", net["preprocessing"]["width"].asInt(), net["preprocessing"]["height"].asInt())});
  rows.add({"Pretrained weights", meta["origin"]["source"].asText() + ", licence " + meta["origin"]["licence"].asText()});
  if (const auto digest = digestOfFile(folder / "model.onnx")) rows.add({"SHA-256 of model.onnx", digest->hex()});
  return section("What it is", "net.json, model.onnx", rows.html());
}

std::string data(const Value& net) {
  const auto& facts = net["metadata"]["data"];
  if (!facts.isMap()) return section("Data and split", "net.json", "<p>The Export block was not given the data set.</p>\n");
  Rows rows{{"", "pictures"}};
  rows.add({"all", std::to_string(facts["pictures"].asInt())});
  for (const auto& [label, n] : facts["classes"].asMap()) rows.add({"class " + label, std::to_string(n.asInt())});
  for (const auto& [part, n] : facts["splits"].asMap()) rows.add({"part " + part, std::to_string(n.asInt())});
  return section("Data and split", "net.json, metadata.data",
                 rows.html() + "<p>Digest of the data set: <code>" + plain(facts["digest"].asText()) + "</code></p>\n");
}

std::string method(const Value& pipeline) {
  Rows rows{{"block", "kind", "settings that were chosen"}};
  for (const auto& node : pipeline["nodes"].asList())
    rows.add({node["name"].asText(), node["type"].asText(), node["params"].asMap().empty() ? "" : toJson(node["params"])});
  return section("Method", "pipeline.json; <code>patchbay reproduce</code> repeats it", rows.html());
}

std::string figures(const Value& report, const fs::path& folder) {
  if (!report.isMap())
    return section("Figures", "", "<p>No report was connected to the Export block: there are no measured figures.</p>\n");
  Rows rows{{"figure", "value", "95 % interval", "computed by"}};
  for (const auto& [key, metric] : learn::headlineFigures(report))
    rows.add({learn::figureName(key), learn::figureText(metric.value), learn::intervalText(metric), render(metric.method)});
  auto out = fmt::format("<p>On the part \"{}\", which took no part in training.</p>\n", plain(report["part"].asText())) + rows.html();
  Rows classes{{"class", "pictures", "precision", "recall", "F1", "AUROC"}};
  const auto& names = report["classes"].asList();
  const auto& each = report["per_class"].asList();
  for (std::size_t i = 0; i < std::min(names.size(), each.size()); ++i) {
    const auto value = [&](const char* key) { return learn::figureText(each[i][key]["value"].asDouble(NAN)); };
    classes.add(
        {names[i].asText(), std::to_string(each[i]["support"].asInt()), value("precision"), value("recall"), value("f1"), value("auroc")});
  }
  if (!each.empty()) out += classes.html();
  for (const char* drawing : {"confusion_matrix.svg", "roc.svg"}) {
    const auto svg = readFile(folder / drawing, std::size_t{16} << 20);
    // As a picture: what stands in it is never run.
    if (svg) out += fmt::format("<img alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">\n", drawing, base64(*svg));
  }
  return section("Figures", "report.json", out);
}

/// Calibration and mistakes are in the report where the evaluation made them.
std::string findings(const Value& report) {
  std::string out;
  const auto& bins = report["reliability"].asList();
  if (!bins.empty()) {
    Rows rows{{"confidence", "pictures", "mean confidence", "share right"}};
    for (const auto& one : bins) {
      const auto& b = one.asList();
      if (b.size() < 5 || b[2].asInt() == 0) continue;
      rows.add({learn::figureText(b[0].asDouble(), 2) + " - " + learn::figureText(b[1].asDouble(), 2), std::to_string(b[2].asInt()),
                learn::figureText(b[3].asDouble(NAN)), learn::figureText(b[4].asDouble(NAN))});
    }
    out += section("Calibration", "report.json, reliability", rows.html());
  }
  const auto& mistakes = report["mistakes"].asList();
  if (!mistakes.empty()) {
    Rows rows{{"picture", "is", "predicted", "probability"}};
    for (std::size_t i = 0; i < std::min<std::size_t>(20, mistakes.size()); ++i) {
      const auto& m = mistakes[i];
      rows.add({m["path"].asText().empty() ? m["id"].asText() : m["path"].asText(), m["truth"].asText(), m["predicted"].asText(),
                learn::figureText(m["probability"].asDouble(NAN))});
    }
    out += section("Worst mistakes", "report.json, mistakes", rows.html());
  }
  return out;
}

std::string speed(const Value& measured) {
  if (!measured.isMap())
    return section("Size and speed", "", "<p>The export is from before this was measured; model_card.md has some figures.</p>\n");
  Rows rows{{"model", "MB", "accuracy on validation", "batch", "median ms", "95th percentile ms", "pictures/s"}};
  for (const auto& m : measured["models"].asList())
    for (const auto& l : m["latency"].asList())
      rows.add({m["file"].asText(), fixed(m["bytes"].asDouble() / 1e6, 1),
                m.contains("accuracy") ? learn::figureText(m["accuracy"].asDouble()) : "-", std::to_string(l["batch"].asInt()),
                fixed(l["p50_ms"].asDouble(), 2), fixed(l["p95_ms"].asDouble(), 2), fixed(l["pictures_per_second"].asDouble(), 0)});
  auto out = fmt::format("<p>{}, {} thread(s).</p>\n", plain(measured["processor"].asText()), measured["threads"].asInt()) + rows.html();
  const auto& parity = measured["parity"];
  out += fmt::format("<p>OpenVINO on model.onnx against LibTorch on the network: {} inputs, largest difference {:.2e} of 1 + |y|.</p>\n",
                     parity["inputs"].asInt(), parity["max_difference"].asDouble());
  return section("Size and speed", "measurements.json", out);
}

std::string versionsAndFiles(const Value& net, const fs::path& folder) {
  Rows versions{{"", ""}};
  const auto& said = net["metadata"]["versions"];
  for (const auto& [key, value] : said.asMap()) versions.add({key, value.isText() ? value.asText() : toJson(value)});
  versions.add({"seed", std::to_string(net["metadata"]["seed"].asInt())});
  Rows files{{"file", "bytes", "SHA-256"}};
  std::vector<fs::path> all;
  std::error_code ec;
  for (fs::recursive_directory_iterator it{folder, ec}, end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec) && it->path().extension() != ".html") all.push_back(it->path());
  std::ranges::sort(all);
  for (const auto& file : all)
    if (const auto digest = digestOfFile(file))
      files.add({file.lexically_relative(folder).native(), std::to_string(fs::file_size(file, ec)), digest->hex()});
  return section("Versions", "net.json, metadata.versions", versions.html()) +
         section("Files", "<code>sha256sum</code> in the export checks each", files.html());
}

constexpr const char* limits =
    "<ul><li>The figures hold for pictures like those of the data; other cameras, light or objects need a test of their own.</li>"
    "<li>The model answers with labels it knows, also for pictures of something else.</li>"
    "<li>Times are those of the machine named; others differ.</li></ul>\n";

constexpr const char* style =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2em auto;padding:0 1em;color:#1c2430}"
    "table{border-collapse:collapse;margin:.5em 0;width:100%}th,td{border-bottom:1px solid #d5dae1;padding:4px 8px;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}.source{color:#5b6675;font-size:13px}img{max-width:100%}code{overflow-wrap:anywhere}"
    "@media print{h2{break-after:avoid}tr{break-inside:avoid}}";

int makeReport(const std::string& model, const std::string& out) {
  const auto folder = (fs::absolute(model).lexically_normal() / "").parent_path();
  const auto net = jsonOrNull(folder / "net.json");
  if (!net.isMap())
    return report({ErrorKind::NotFound,
                   "report.export",
                   TR("cli", "{path} is not an exported model with its pipeline.").with("path", displayText(folder.native())),
                   TR("cli", "Give the folder that the Export block wrote."),
                   {}});
  const auto figuresOf = jsonOrNull(folder / "report.json");
  const auto name = plain(folder.filename().native());
  const auto page =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"><title>" +
      name + "</title><style>" + style + "</style></head><body>\n<h1>" + name + "</h1>\n" + identity(net, folder) + data(net) +
      method(jsonOrNull(folder / "pipeline.json")) + figures(figuresOf, folder) + findings(figuresOf) +
      speed(jsonOrNull(folder / "measurements.json")) + section("Limits of use", "", limits) + versionsAndFiles(net, folder) +
      "</body></html>\n";
  const auto file = out.empty() ? folder / "report.html" : fs::absolute(out);
  if (const auto written = writeFileAtomically(file, page); !written) return report(written.error());
  fmt::print("Wrote {}.\n", displayText(file.native()));
  return Exit::done;
}

}  // namespace

void addReportCommands(CLI::App& app, Action& action) {
  struct Options {
    std::string model, out;
  };
  const auto o = std::make_shared<Options>();
  auto* command = app.add_subcommand("report", "Write one page that proves what an exported model is worth; each figure names its file");
  command->add_option("model", o->model, "Folder that the Export block wrote")->required()->type_name("EXPORT");
  command->add_option("--out", o->out, "The page; report.html in the export unless told")->type_name("FILE");
  command->callback([&action, o] { action = [o] { return makeReport(o->model, o->out); }; });
}

}  // namespace patchbay::cli
