// SPDX-License-Identifier: Apache-2.0
// JSON reading and writing of Value. nlohmann's SAX parser reads; it hands over number literals, which its DOM drops.
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/base/value.h"

namespace patchbay {
namespace {

constexpr std::size_t maxDepth = 256;

std::string shortest(double v) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, v).ptr;
  std::string out{buffer, end};
  // "3" would read back as an integer.
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string base64(const Value::Bytes& bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 3; ++k) v = v << 8 | (k < n ? bytes[i + k] : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? digits[v >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

bool fromBase64(std::string_view text, Value::Bytes& out) {
  if (text.size() % 4 != 0) return false;
  std::uint32_t v = 0;
  int bits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    int d = -1;
    if (c >= 'A' && c <= 'Z') d = c - 'A';
    if (c >= 'a' && c <= 'z') d = c - 'a' + 26;
    if (c >= '0' && c <= '9') d = c - '0' + 52;
    if (c == '+') d = 62;
    if (c == '/') d = 63;
    if (c == '=') {
      if (++padding > 2) return false;
      continue;
    }
    if (d < 0 || padding) return false;
    v = v << 6 | static_cast<std::uint32_t>(d);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(v >> bits & 255));
    }
  }
  return true;
}

/// {"$bytes": ...} and {"$number": ...} become what they stand for; anything else stays a map.
Value fromMap(Value::Map map) {
  if (map.size() == 1) {
    const auto& [key, value] = *map.begin();
    if (key == "$bytes" && value.isText()) {
      Value::Bytes bytes;
      if (fromBase64(value.asText(), bytes) && base64(bytes) == value.asText()) return bytes;
    }
    if (key == "$number" && value.isText()) {
      if (value.asText() == "nan") return std::numeric_limits<double>::quiet_NaN();
      if (value.asText() == "inf") return std::numeric_limits<double>::infinity();
      if (value.asText() == "-inf") return -std::numeric_limits<double>::infinity();
    }
  }
  return map;
}

class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Value result;
  std::string problem;
  std::size_t position = 0;

  explicit Builder(std::string_view text) : text_{text} {}

  bool null() override { return add({}); }
  bool boolean(bool v) override { return add(v); }
  bool number_integer(number_integer_t v) override { return add(static_cast<std::int64_t>(v)); }
  bool number_unsigned(number_unsigned_t v) override {
    if (v > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) return add(Value::Literal{std::to_string(v)});
    return add(static_cast<std::int64_t>(v));
  }
  bool number_float(number_float_t v, const string_t& literal) override {
    if (std::isfinite(v) && shortest(v) == literal) return add(v);
    return add(Value::Literal{literal});
  }
  bool string(string_t& v) override { return add(std::move(v)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value::Map{}); }
  bool key(string_t& v) override {
    auto& frame = stack_.back();
    if (frame.value.contains(v)) {
      problem = "the key \"" + displayText(v) + "\" appears twice";
      return false;
    }
    frame.key = v;
    return true;
  }
  bool end_object() override {
    Value done = fromMap(std::move(stack_.back().value.map()));
    stack_.pop_back();
    return add(std::move(done));
  }
  bool start_array(std::size_t) override { return open(Value::List{}); }
  bool end_array() override {
    Value done = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(done));
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception&) override {
    position = at;
    return false;
  }

 private:
  struct Frame {
    Value value;
    std::string key;
  };
  bool open(Value empty) {
    if (stack_.size() >= maxDepth) {
      problem = "it is nested deeper than 256 levels";
      return false;
    }
    stack_.push_back({std::move(empty), {}});
    return true;
  }
  bool add(Value v) {
    if (stack_.empty()) {
      result = std::move(v);
      return true;
    }
    auto& frame = stack_.back();
    if (frame.value.isList()) frame.value.push(std::move(v));
    else frame.value.map().insert_or_assign(frame.key, std::move(v));
    return true;
  }
  std::string_view text_;
  std::vector<Frame> stack_;
};

void writeText(std::string& out, std::string_view s) {
  out += '"';
  for (const char c : s) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          constexpr char digits[] = "0123456789abcdef";
          out += "\\u00";
          out += digits[static_cast<unsigned char>(c) >> 4];
          out += digits[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

struct Writer {
  std::string& out;
  bool pretty;
  std::size_t depth = 0;

  void line() {
    if (!pretty) return;
    out += '\n';
    out.append(2 * depth, ' ');
  }
  void wrapped(std::string_view key, std::string_view text) {
    out += "{\"";
    out += key;
    out += pretty ? "\": \"" : "\":\"";
    out += text;
    out += "\"}";
  }
  void operator()(std::monostate) { out += "null"; }
  void operator()(bool v) { out += v ? "true" : "false"; }
  void operator()(std::int64_t v) { out += std::to_string(v); }
  void operator()(double v) {
    if (std::isfinite(v)) out += shortest(v);
    else wrapped("$number", std::isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
  }
  void operator()(const std::string& v) { writeText(out, v); }
  void operator()(const Value::Bytes& v) { wrapped("$bytes", base64(v)); }
  void operator()(const Value::Literal& v) { out += v.text; }
  void operator()(const Value::List& v) {
    out += '[';
    ++depth;
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (i) out += ',';
      line();
      v[i].visit(*this);
    }
    --depth;
    if (!v.empty()) line();
    out += ']';
  }
  void operator()(const Value::Map& v) {
    out += '{';
    ++depth;
    bool first = true;
    for (const auto& [key, value] : v) {
      if (!first) out += ',';
      first = false;
      line();
      writeText(out, key);
      out += pretty ? ": " : ":";
      value.visit(*this);
    }
    --depth;
    if (!v.empty()) line();
    out += '}';
  }
};

}  // namespace

std::string toJson(const Value& value, JsonStyle style) {
  std::string out;
  Writer writer{out, style == JsonStyle::Pretty};
  value.visit(writer);
  if (style == JsonStyle::Pretty) out += '\n';
  return out;
}

Result<Value> parseJson(std::string_view json) {
  Builder builder{json};
  if (nlohmann::json::sax_parse(json.begin(), json.end(), &builder)) return std::move(builder.result);
  std::size_t line = 1;
  for (std::size_t i = 0; i < builder.position && i < json.size(); ++i) line += json[i] == '\n';
  return fail(ErrorKind::BadInput, "json.invalid",
              TR("error", "This is not valid JSON: {problem}.")
                  .with("problem", builder.problem.empty() ? "line " + std::to_string(line) + " cannot be read" : builder.problem),
              TR("error", "Restore the file from a copy, or correct that line."));
}

}  // namespace patchbay
