// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/text_lines.h"

#include <algorithm>

namespace patchbay::formats {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// One scalar at the beginning; moves behind it. `ends`: what ends a plain one.
std::string scalar(std::string_view& text, std::string_view ends) {
  text = trimmed(text);
  std::string to;
  if (text.starts_with('\'')) {
    text.remove_prefix(1);
    while (!text.empty()) {
      if (text.starts_with("''")) {
        to += '\'';
        text.remove_prefix(2);
      } else if (text.front() == '\'') {
        text.remove_prefix(1);
        break;
      } else {
        to += text.front();
        text.remove_prefix(1);
      }
    }
    return to;
  }
  if (text.starts_with('"')) {
    std::size_t end = 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    end = std::min(end, text.size() - 1);
    const auto json = parseJson(text.substr(0, end + 1));
    to = json ? json->asText() : std::string{text.substr(1, end > 0 ? end - 1 : 0)};
    text.remove_prefix(end + 1);
    return to;
  }
  std::size_t end = 0;
  while (end < text.size() && ends.find(text[end]) == std::string_view::npos &&
         !(text[end] == '#' && end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')))
    ++end;
  to = trimmed(text.substr(0, end));
  text.remove_prefix(end);
  return to;
}

/// The colon that ends a key: outside quotes and followed by a blank or the end.
bool takeColon(std::string_view& text) {
  text = trimmed(text);
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  return true;
}

Value flow(std::string_view text) {
  const bool map = text.front() == '{';
  text.remove_prefix(1);
  Value to = map ? Value{Value::Map{}} : Value{Value::List{}};
  for (;;) {
    text = trimmed(text);
    if (text.empty() || text.front() == ']' || text.front() == '}') return to;
    if (text.front() == ',') {
      text.remove_prefix(1);
      continue;
    }
    if (text.front() == '[' || text.front() == '{') return to;  // Nothing in data.yaml is nested further.
    auto first = scalar(text, map ? ":,}" : ",]");
    if (!map) to.push(std::move(first));
    else if (takeColon(text)) to[first] = scalar(text, ",}");
    else return to;
  }
}

}  // namespace

std::vector<std::string_view> linesOf(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string_view> to;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    to.push_back(trimmed(line));
  }
  return to;
}

std::vector<std::string_view> wordsOf(std::string_view line) {
  std::vector<std::string_view> to;
  for (std::size_t i = 0; i < line.size();) {
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
    const auto begin = i;
    while (i < line.size() && line[i] != ' ' && line[i] != '\t') ++i;
    if (i > begin) to.push_back(line.substr(begin, i - begin));
  }
  return to;
}

Value parseSmallYaml(std::string_view text) {
  Value to{Value::Map{}};
  std::string key;
  std::string pending;  // A flow list that goes on over several lines.
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const bool inner = line.starts_with(' ') || line.starts_with('\t') || line.starts_with('-');
    line = trimmed(line);
    if (line.empty() || line.front() == '#' || line == "---") continue;
    if (!pending.empty()) {
      (pending += ' ') += line;
      if (line.find_first_of("]}") == std::string_view::npos) continue;
      to[key] = flow(pending);
      pending.clear();
      continue;
    }
    if (inner && !key.empty()) {
      if (line.starts_with('-')) {
        line.remove_prefix(1);
        if (!to[key].isList()) to[key] = Value::List{};
        to[key].push(scalar(line, ""));
        continue;
      }
      auto name = scalar(line, ":");
      if (!takeColon(line)) continue;
      if (!to[key].isMap()) to[key] = Value::Map{};
      to[key][name] = scalar(line, "");
      continue;
    }
    key = scalar(line, ":");
    if (!takeColon(line)) {
      key.clear();
      continue;
    }
    line = trimmed(line);
    if (line.empty() || line.front() == '#') to[key] = Value{};
    else if (line.front() != '[' && line.front() != '{') to[key] = scalar(line, "");
    else if (line.find_first_of("]}") != std::string_view::npos) to[key] = flow(line);
    else pending = line;
  }
  return to;
}

std::string yamlText(std::string_view text) { return toJson(Value{text}); }

}  // namespace patchbay::formats
