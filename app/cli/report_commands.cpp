// SPDX-License-Identifier: Apache-2.0
// patchbay report.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "app/cli/report_document.h"
#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/resources.h"

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

std::string tableOf(const Value& rows) {
  std::string out = "<table>\n";
  const char* tag = "th";
  for (const auto& row : rows.asList()) {
    out += "<tr>";
    for (const auto& cell : row.asList()) out += fmt::format("<{0}>{1}</{0}>", tag, plain(cell.asText()));
    out += "</tr>\n";
    tag = "td";
  }
  return out + "</table>\n";
}

std::string partOf(const Value& part) {
  if (part.contains("text")) return "<p>" + plain(part["text"].asText()) + "</p>\n";
  if (part.contains("rows")) return tableOf(part["rows"]);
  // As a picture: what stands in it is never run.
  if (part.contains("svg"))
    return fmt::format("<img alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">\n", plain(part["name"].asText()),
                       base64(part["svg"].asText()));
  std::string out = "<ul>";
  for (const auto& item : part["items"].asList()) out += "<li>" + plain(item.asText()) + "</li>";
  return out + "</ul>\n";
}

constexpr const char* style =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2em auto;padding:0 1em;color:#1c2430}"
    "table{border-collapse:collapse;margin:.5em 0;width:100%}th,td{border-bottom:1px solid #d5dae1;padding:4px 8px;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}.source{color:#5b6675;font-size:13px}img{max-width:100%}"
    "@media print{h2{break-after:avoid}tr{break-inside:avoid}}";

std::string pageOf(const Value& document) {
  const auto name = plain(document["title"].asText());
  auto out = "<!doctype html>\n<html lang=\"" + plain(document["language"].asText()) +
             "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
             "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"><title>" +
             name + "</title><style>" + style + "</style></head><body>\n<h1>" + name + "</h1>\n";
  for (const auto& section : document["sections"].asList()) {
    out += "<h2>" + plain(section["title"].asText()) + "</h2>\n";
    for (const auto& part : section["parts"].asList()) out += partOf(part);
    out += "<p class=\"source\">" + plain(section["source"].asText()) + "</p>\n";
  }
  return out + "</body></html>\n";
}

/// Drawn by the worker, so that this program carries no fonts and no drawing. The exit code.
int writePdf(const Value& document, const fs::path& file) {
  const auto run = runProgram({(programFolder() / "patchbay-worker").native(), "print", toJson(Value::Map{{"out", pathToValue(file)}})}, {},
                              std::chrono::minutes{10}, toJson(document));
  if (!run) return report(run.error());
  fmt::print(stderr, "{}", run->err);
  if (run->code == 0) fmt::print("Wrote {}.\n", displayText(file.native()));
  return run->code == 0 ? Exit::done : Exit::blockFailed;
}

int makeReport(const std::string& model, const std::string& out, const std::string& language, bool pdf) {
  const auto say = Translation::of(language);
  if (!say) return report(say.error());
  const auto folder = (fs::absolute(model).lexically_normal() / "").parent_path();
  const auto document = reportDocument(folder, *say);
  if (!document) return report(document.error());
  const auto file = out.empty() ? folder / "report.html" : fs::absolute(out);
  if (const auto written = writeFileAtomically(file, pageOf(*document)); !written) return report(written.error());
  fmt::print("Wrote {}.\n", displayText(file.native()));
  if (!pdf) return Exit::done;
  auto printed = file;
  printed.replace_extension(".pdf");
  return writePdf(*document, printed);
}

}  // namespace

void addReportCommands(CLI::App& app, Action& action) {
  struct Options {
    std::string model, out, language = "en";
    bool pdf = false;
  };
  const auto o = std::make_shared<Options>();
  auto* command = app.add_subcommand("report", "Write one page that proves what an exported model is worth; each figure names its file");
  command->add_option("model", o->model, "Folder that the Export block wrote")->required()->type_name("EXPORT");
  command->add_option("--out", o->out, "The page; report.html in the export unless told")->type_name("FILE");
  command->add_option("--language", o->language, "en or zh_CN")->type_name("LANGUAGE")->capture_default_str();
  command->add_flag("--pdf", o->pdf, "Also as PDF, beside the page and with its name");
  command->callback([&action, o] { action = [o] { return makeReport(o->model, o->out, o->language, o->pdf); }; });
}

}  // namespace patchbay::cli
