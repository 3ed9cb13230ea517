// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/json_in.h"

#include <charconv>
#include <cmath>

namespace patchbay::formats {
namespace {

constexpr std::int64_t largestFile = std::int64_t{4000} << 20;

/// Puts empty objects, padded to the same length, where Python wrote numbers that JSON has not.
bool replaceNonNumbers(std::string& text) {
  bool quoted = false, found = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c != 'N' && c != 'I' && c != '-') continue;
    for (const std::string_view word : {"-Infinity", "Infinity", "NaN"})
      if (std::string_view{text}.substr(i).starts_with(word)) {
        text.replace(i, word.size(), "{}" + std::string(word.size() - 2, ' '));
        found = true;
      }
  }
  return found;
}

}  // namespace

std::optional<JsonFile> JsonFile::parse(std::string_view text, std::string_view name, Report& report) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (static_cast<std::int64_t>(text.size()) > largestFile) {
    report.add("file.too_large", name);
    return std::nullopt;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    report.add("file.encoding", name);
    return std::nullopt;
  }
  JsonFile file;
  const simdjson::padded_string padded{text};
  auto error = file.parser_->parse(padded).get(file.root_);
  if (error == simdjson::UTF8_ERROR) {
    report.add("file.encoding", name);
    return std::nullopt;
  }
  if (error) {
    std::string mended{text};
    if (replaceNonNumbers(mended)) error = file.parser_->parse(simdjson::padded_string{mended}).get(file.root_);
  }
  if (!error) return file;
  report.add("file.syntax", name);
  return std::nullopt;
}

std::optional<JsonFile> JsonFile::open(const Source& source, std::string_view name, Report& report) {
  const auto file = source.open(name);
  if (file) return parse(file->text(), name, report);
  report.add("file.unreadable", name);
  return std::nullopt;
}

std::optional<Json> member(Json object, std::string_view key) {
  Json value;
  if (!object.is_object() || object.at_key(key).get(value)) return std::nullopt;
  return value;
}

std::optional<double> number(Json element) {
  double v = 0;
  if (element.is_bool() || element.get_double().get(v)) return std::nullopt;
  return v;
}

std::optional<double> numberOf(Json object, std::string_view key) {
  const auto v = member(object, key);
  return v ? number(*v) : std::nullopt;
}

std::optional<std::int64_t> integerOf(Json object, std::string_view key) {
  const auto v = member(object, key);
  if (!v) return std::nullopt;
  std::int64_t whole = 0;
  if (!v->get_int64().get(whole)) return whole;
  if (const auto d = number(*v); d && std::abs(*d) < 9e15 && *d == std::floor(*d)) return static_cast<std::int64_t>(*d);
  std::string_view text;
  if (v->get_string().get(text)) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return whole;
}

std::string_view textOf(Json object, std::string_view key) {
  const auto v = member(object, key);
  std::string_view text;
  if (!v || v->get_string().get(text)) return {};
  return text;
}

bool truthOf(Json object, std::string_view key) {
  const auto v = member(object, key);
  bool yes = false;
  if (v && !v->get_bool().get(yes)) return yes;
  const auto n = v ? number(*v) : std::nullopt;
  return n && *n != 0;
}

std::optional<simdjson::dom::array> arrayOf(Json object, std::string_view key) {
  const auto v = member(object, key);
  simdjson::dom::array list;
  if (!v || v->get_array().get(list)) return std::nullopt;
  return list;
}

std::optional<std::vector<float>> numbers(Json element) {
  simdjson::dom::array list;
  if (element.get_array().get(list)) return std::nullopt;
  std::vector<float> to;
  to.reserve(list.size());
  for (const Json one : list) {
    const auto v = number(one);
    if (!v) return std::nullopt;
    to.push_back(static_cast<float>(*v));
  }
  return to;
}

Value listValue(Json list) {
  Value to{Value::List{}};
  simdjson::dom::array array;
  if (list.get_array().get(array)) return to;
  for (const Json one : array) {
    std::string_view text;
    std::int64_t whole = 0;
    if (one.is_array()) to.push(listValue(one));
    else if (!one.get_string().get(text)) to.push(text);
    else if (!one.get_int64().get(whole)) to.push(whole);
  }
  return to;
}

std::string scalarText(Json element) {
  std::string_view text;
  if (!element.get_string().get(text)) return std::string{text};
  bool yes = false;
  if (!element.get_bool().get(yes)) return yes ? "true" : "false";
  std::int64_t whole = 0;
  if (!element.get_int64().get(whole)) return std::to_string(whole);
  const auto v = number(element);
  if (!v) return {};
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, *v).ptr};
}

}  // namespace patchbay::formats
