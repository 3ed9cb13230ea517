// SPDX-License-Identifier: Apache-2.0
// Checking and normalising parameter values against a schema.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/block/block.h"
#include "engine/block/schema.h"

namespace patchbay {
namespace {

std::string shown(const ParamInfo& info) { return info.label.empty() ? info.key : render(info.label); }

std::string number(double v) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "" : ", ") + w;
  return out;
}

/// A short rendering of a value for a message.
std::string excerpt(const Value& v) {
  auto text = v.isText() ? "\"" + displayText(v.asText()) + "\"" : toJson(v);
  constexpr std::size_t limit = 60;
  if (text.size() <= limit) return text;
  std::size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // never within a character
  return text.substr(0, cut) + "...";
}

bool isDevice(std::string_view name) {
  if (name == "auto" || name == "cpu" || name == "cuda") return true;
  if (!name.starts_with("cuda:") || name.size() == 5 || name.size() > 8) return false;
  return std::all_of(name.begin() + 5, name.end(), [](unsigned char c) { return std::isdigit(c); });
}

bool isColour(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return false;
  return std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c); });
}

Text expected(ParamKind kind) {
  switch (kind) {
    case ParamKind::Bool:
      return TR("param", "Give true or false.");
    case ParamKind::Integer:
      return TR("param", "Give a whole number.");
    case ParamKind::Real:
      return TR("param", "Give a number.");
    case ParamKind::File:
      return TR("param", "Give the path of a file.");
    case ParamKind::Folder:
      return TR("param", "Give the path of a folder.");
    case ParamKind::ClassList:
      return TR("param", "Give a list of class names, each once.");
    case ParamKind::TextList:
      return TR("param", "Give a list of texts.");
    case ParamKind::Colour:
      return TR("param", "Give a colour as #rrggbb or #rrggbbaa.");
    case ParamKind::Augmentations:
      return TR("param", "Give a list of augmentations, each with its name.");
    case ParamKind::Device:
      return TR("param", "Give auto, cpu, cuda or cuda:0.");
    default:
      return TR("param", "Give a text.");
  }
}

/// The value in the declared kind, or nothing when it is of another kind.
std::optional<Value> converted(const ParamInfo& info, const Value& v) {
  const auto keepIf = [&](bool ok) { return ok ? std::optional{v} : std::nullopt; };
  const auto isTextList = [](const Value& list) {
    return list.isList() && std::all_of(list.asList().begin(), list.asList().end(), [](const Value& x) { return x.isText(); });
  };
  switch (info.kind) {
    case ParamKind::Bool:
      return keepIf(v.isBool());
    case ParamKind::Integer: {
      if (v.isInt()) return v;
      const double d = v.isDouble() ? v.asDouble() : std::numeric_limits<double>::quiet_NaN();
      // 2^53: above it a double does not name one integer.
      if (std::isfinite(d) && d == std::floor(d) && std::abs(d) <= 9007199254740992.0) return static_cast<std::int64_t>(d);
      return std::nullopt;
    }
    case ParamKind::Real:
      // + 0.0 turns -0.0 into 0.0: equal settings, equal action keys.
      if (v.isNumber() && std::isfinite(v.asDouble())) return v.asDouble() + 0.0;
      return std::nullopt;
    case ParamKind::Text:
    case ParamKind::Choice:
      return keepIf(v.isText());
    case ParamKind::File:
    case ParamKind::Folder: {
      if (!v.isText() && !v.isBytes()) return std::nullopt;
      const auto path = pathFromValue(v);
      if (path.native().find('\0') != std::string::npos) return std::nullopt;
      return pathToValue(path);
    }
    case ParamKind::TextList:
      return keepIf(isTextList(v));
    case ParamKind::ClassList: {
      if (!isTextList(v)) return std::nullopt;
      auto names = detail::textList(v);
      std::sort(names.begin(), names.end());
      return keepIf(std::adjacent_find(names.begin(), names.end()) == names.end());
    }
    case ParamKind::Colour:
      return keepIf(v.isText() && isColour(v.asText()));
    case ParamKind::Augmentations:
      return keepIf(v.isList() &&
                    std::all_of(v.asList().begin(), v.asList().end(), [](const Value& x) { return !x["name"].asText().empty(); }));
    case ParamKind::Device:
      return keepIf(v.isText() && isDevice(v.asText()));
    case ParamKind::Any:
      return v;
  }
  return std::nullopt;
}

bool outOfRange(const ParamInfo& info, const Value& v) {
  if (!v.isNumber()) return false;
  return (info.min && v.asDouble() < *info.min) || (info.max && v.asDouble() > *info.max);
}

Text rangeHint(const ParamInfo& info) {
  if (info.min && info.max)
    return TR("param", "Choose a value from {min} to {max}.").with("min", number(*info.min)).with("max", number(*info.max));
  if (info.min) return TR("param", "Choose {min} or more.").with("min", number(*info.min));
  return TR("param", "Choose {max} or less.").with("max", number(*info.max));
}

ParamProblem notAChoice(const ParamInfo& info, std::string_view given) {
  std::vector<std::string> keys;
  for (const auto& c : info.choices) keys.push_back(c.key);
  const auto close = nearest(given, keys);
  auto cause = TR("param", "{param} cannot be \"{value}\".").with("param", shown(info)).with("value", displayText(given));
  if (close.empty()) return {info.key, std::move(cause), TR("param", "Choose one of: {choices}.").with("choices", joined(keys))};
  return {info.key, std::move(cause),
          TR("param", "Did you mean \"{close}\"? It can be one of: {choices}.").with("close", close).with("choices", joined(keys))};
}

bool isEmpty(const Value& v) {
  return v.isNull() || (v.isText() && v.asText().empty()) || (v.isList() && v.asList().empty()) || (v.isBytes() && v.asBytes().empty()) ||
         (v.isMap() && v.asMap().empty());
}

bool holds(const std::vector<Condition>& conditions, const Value& params) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) {
    const auto& now = params[c.param];
    return std::any_of(c.values.begin(), c.values.end(),
                       [&](const Value& v) { return v == now || (v.isNumber() && now.isNumber() && v.asDouble() == now.asDouble()); });
  });
}

ParamProblem unknownParam(const Schema& schema, std::string_view key) {
  std::vector<std::string> keys;
  for (const auto& p : schema.params) keys.push_back(p.key);
  const auto close = nearest(key, keys);
  const auto block = schema.info.title.empty() ? schema.info.id : render(schema.info.title);
  auto cause = TR("param", "{block} has no parameter \"{param}\".").with("block", block).with("param", displayText(key));
  auto hint = !close.empty() ? TR("param", "Did you mean \"{close}\"?").with("close", close)
              : keys.empty() ? TR("param", "Remove it: this block has no parameters.")
                             : TR("param", "Remove it, or use one of: {params}.").with("params", joined(keys));
  return {std::string{key}, std::move(cause), std::move(hint)};
}

}  // namespace

namespace detail {
std::vector<std::string> textList(const Value& v) {
  std::vector<std::string> out;
  for (const auto& x : v.asList()) out.push_back(x.asText());
  return out;
}
Value textList(const std::vector<std::string>& v) { return Value::List(v.begin(), v.end()); }
}  // namespace detail

Value normaliseParam(const ParamInfo& info, const Value& given, std::vector<ParamProblem>& problems) {
  if (given.isNull()) return info.def;
  auto value = converted(info, given);
  if (!value) {
    problems.push_back({info.key, TR("param", "{param} cannot be {value}.").with("param", shown(info)).with("value", excerpt(given)),
                        expected(info.kind)});
    return info.def;
  }
  if (info.kind == ParamKind::Choice) {
    const auto& key = value->asText();
    if (std::none_of(info.choices.begin(), info.choices.end(), [&](const auto& c) { return c.key == key; })) {
      problems.push_back(notAChoice(info, key));
      return info.def;
    }
  }
  if (outOfRange(info, *value)) {
    problems.push_back({info.key,
                        TR("param", "{param} is {value}, which is out of range.").with("param", shown(info)).with("value", excerpt(*value)),
                        rangeHint(info)});
    return info.def;
  }
  return std::move(*value);
}

Value normaliseParams(const Schema& schema, const Value& given, std::vector<ParamProblem>& problems) {
  Value out{Value::Map{}};
  if (!given.isNull() && !given.isMap())
    problems.push_back(
        {"", TR("param", "The parameters are not a list of names and values."), TR("param", "Write them as {\"name\": value}.")});
  for (const auto& [key, value] : given.asMap())
    if (!schema.param(key)) problems.push_back(unknownParam(schema, key));
  for (const auto& info : schema.params) {
    const auto* value = given.find(info.key);
    out[info.key] = value ? normaliseParam(info, *value, problems) : info.def;
  }
  // What is hidden or greyed out by another choice need not be filled in.
  for (const auto& info : schema.params)
    if (info.required && isEmpty(out[info.key]) && isVisible(info, out) && isEnabled(info, out))
      problems.push_back({info.key, TR("param", "{param} is not set.").with("param", shown(info)), expected(info.kind)});
  return out;
}

Result<Value> parseParam(const ParamInfo& info, std::string_view text) {
  Value value;
  switch (info.kind) {
    case ParamKind::File:
    case ParamKind::Folder:
      value = pathToValue(std::string{text});
      break;
    case ParamKind::Text:
    case ParamKind::Choice:
    case ParamKind::Colour:
    case ParamKind::Device:
      if (!isUtf8(text)) {
        return fail(ErrorKind::Usage, "param.text", TR("param", "The value of {param} is not UTF-8 text.").with("param", shown(info)),
                    TR("param", "Type it in a UTF-8 terminal."), info.key);
      }
      value = text;
      break;
    case ParamKind::Bool:
      if (text == "true" || text == "yes" || text == "on" || text == "1") value = true;
      else if (text == "false" || text == "no" || text == "off" || text == "0") value = false;
      else value = isUtf8(text) ? Value{text} : Value{""};
      break;
    default: {
      auto json = parseJson(text);
      const bool list = info.kind == ParamKind::ClassList || info.kind == ParamKind::TextList;
      if (list && !(json && json->isList())) {
        // a,b,c is what people type; names with commas need the JSON form.
        value = Value::List{};
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
          const auto comma = std::min(text.find(',', at), text.size());
          value.push(isUtf8(text.substr(at, comma - at)) ? Value{text.substr(at, comma - at)} : Value{});
          at = comma + 1;
        }
      } else {
        value = json ? std::move(*json) : Value{displayText(text)};
      }
    }
  }
  std::vector<ParamProblem> problems;
  if (value.isNull() && info.kind != ParamKind::Any) value = Value::Map{};  // "null" is no way to write a value
  auto normalised = normaliseParam(info, value, problems);
  if (!problems.empty()) return fail(ErrorKind::Usage, "param.value", problems[0].cause, problems[0].hint, info.key);
  return normalised;
}

bool isVisible(const ParamInfo& info, const Value& params) { return holds(info.visibleIf, params); }
bool isEnabled(const ParamInfo& info, const Value& params) { return holds(info.enabledIf, params); }

}  // namespace patchbay
