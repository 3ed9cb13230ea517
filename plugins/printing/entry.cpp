// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <iostream>
#include <iterator>

#include "engine/base/file.h"
#include "engine/base/value.h"
#include "plugins/printing/pages.h"

namespace patchbay::printing {
namespace {

void print(Pages& pages, const Value& part) {
  if (part.contains("text")) pages.text(part["text"].asText());
  for (const auto& item : part["items"].asList()) pages.item(item.asText());
  if (part.contains("svg")) pages.drawing(part["svg"].asText());
  if (!part.contains("rows")) return;
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : part["rows"].asList()) {
    auto& cells = rows.emplace_back();
    for (const auto& cell : row.asList()) cells.push_back(cell.asText());
  }
  pages.table(rows);
}

/// {"title", "sections": [{"title", "source", "parts": [{"text"}, {"items"}, {"rows"} or {"svg"}]}]}, as app/cli/report_document.h has it.
Result<> printDocument(const Value& document, const std::filesystem::path& out) {
  // Under its name it is whole.
  auto half = out;
  half += ".part";
  std::error_code ec;
  {
    Pages pages{half, document["title"].asText(), document["title"].asText()};
    pages.title(document["title"].asText());
    for (const auto& section : document["sections"].asList()) {
      pages.heading(section["title"].asText());
      for (const auto& part : section["parts"].asList()) print(pages, part);
      if (!section["source"].asText().empty()) pages.small(section["source"].asText());
    }
    if (auto done = pages.finish(); !done) {
      std::filesystem::remove(half, ec);
      return done;
    }
  }
  std::filesystem::rename(half, out, ec);
  if (ec) return fail(systemError(ec.value(), "write", displayText(out.native())));
  return {};
}

}  // namespace
}  // namespace patchbay::printing

/// What `patchbay-worker print` calls by name: `json` is {"out"}; the document comes on the standard input.
extern "C" int patchbayPrinting(const char* /*mode*/, const char* json) {
  using namespace patchbay;
  const std::string text{std::istreambuf_iterator<char>{std::cin}, {}};
  const auto done = [&]() -> Result<> {
    PB_TRY(const auto settings, parseJson(json));
    PB_TRY(const auto document, parseJson(text));
    return printing::printDocument(document, pathFromValue(settings["out"]));
  }();
  if (done) return 0;
  std::fprintf(stderr, "patchbay: %s\n          %s\n", render(done.error().cause).c_str(), render(done.error().hint).c_str());
  return 1;
}
