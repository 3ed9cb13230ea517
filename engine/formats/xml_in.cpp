// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/xml_in.h"

#include <charconv>
#include <cmath>

namespace patchbay::formats {

std::unique_ptr<pugi::xml_document> parseXml(std::string_view text, std::string_view name, Report& report) {
  auto document = std::make_unique<pugi::xml_document>();
  const auto result = document->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  // The parser takes bytes as they come: a Latin-1 file that says it is UTF-8 is one with broken names.
  const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  const auto head = text.substr(0, 200);
  const bool otherEncoding = head.find("encoding=") != std::string_view::npos && head.find("UTF-8") == std::string_view::npos &&
                             head.find("utf-8") == std::string_view::npos;
  if (result && !wide && !otherEncoding && !isUtf8(text)) {
    report.add("file.encoding", name);
    return nullptr;
  }
  if (result && document->document_element()) return document;
  report.add("file.syntax", name);
  return nullptr;
}

std::unique_ptr<pugi::xml_document> openXml(const Source& source, std::string_view name, Report& report) {
  const auto file = source.open(name);
  if (file) return parseXml(file->text(), name, report);
  report.add("file.unreadable", name);
  return nullptr;
}

std::optional<float> numberIn(std::string_view text) {
  while (!text.empty() &&
         (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || text.front() == '\r' || text.front() == '+'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  float v = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(v)) return std::nullopt;
  return v;
}

std::string xmlText(std::string_view text) {
  std::string to;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u == '&') to += "&amp;";
    else if (u == '<') to += "&lt;";
    else if (u == '>') to += "&gt;";
    else if (u == '"') to += "&quot;";
    else if (u == '\n' || u == '\t' || u == '\r') to += "&#" + std::to_string(u) + ';';
    else if (u >= 0x20) to += c;
  }
  return to;
}

std::string shortNumber(double v) {
  char buffer[40];
  const auto single = static_cast<float>(v);
  const auto end =
      single == v ? std::to_chars(buffer, buffer + sizeof buffer, single).ptr : std::to_chars(buffer, buffer + sizeof buffer, v).ptr;
  return {buffer, end};
}

}  // namespace patchbay::formats
