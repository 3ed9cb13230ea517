// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace patchbay {

/// A recursive value: what parameters, documents, messages and manifests are made of. Its JSON form has sorted keys.
class Value {
 public:
  using List = std::vector<Value>;
  using Map = std::map<std::string, Value, std::less<>>;
  using Bytes = std::vector<std::uint8_t>;
  /// A number whose literal would change when printed from a double or int64; kept verbatim ("1.0e5", 30 digits).
  struct Literal {
    std::string text;
    bool operator==(const Literal&) const = default;
  };

  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool v) : d_{v} {}
  Value(double v) : d_{v} {}
  template <class I>
  requires(std::is_integral_v<I> && !std::is_same_v<I, bool>) Value(I v) : d_{static_cast<std::int64_t>(v)} {}
  Value(const char* v) : d_{std::string{v}} {}
  Value(std::string_view v) : d_{std::string{v}} {}
  Value(std::string v) : d_{std::move(v)} {}
  Value(Bytes v) : d_{std::move(v)} {}
  Value(List v) : d_{std::move(v)} {}
  Value(Map v) : d_{std::move(v)} {}
  Value(Literal v) : d_{std::move(v)} {}

  bool isNull() const { return std::holds_alternative<std::monostate>(d_); }
  bool isBool() const { return std::holds_alternative<bool>(d_); }
  bool isInt() const { return std::holds_alternative<std::int64_t>(d_); }
  bool isDouble() const { return std::holds_alternative<double>(d_) || std::holds_alternative<Literal>(d_); }
  bool isNumber() const { return isInt() || isDouble(); }
  bool isText() const { return std::holds_alternative<std::string>(d_); }
  bool isBytes() const { return std::holds_alternative<Bytes>(d_); }
  bool isList() const { return std::holds_alternative<List>(d_); }
  bool isMap() const { return std::holds_alternative<Map>(d_); }

  /// Readers with a fallback for any other kind. Integers read as doubles; doubles never read as integers.
  bool asBool(bool fallback = false) const;
  std::int64_t asInt(std::int64_t fallback = 0) const;
  double asDouble(double fallback = 0) const;
  const std::string& asText() const;  ///< Empty string for any other kind.
  const Bytes& asBytes() const;
  const List& asList() const;
  const Map& asMap() const;

  /// Member of a map; null Value when absent or not a map.
  const Value& operator[](std::string_view key) const;
  /// Member of a map, created on demand; a null Value becomes a map first.
  Value& operator[](std::string_view key);
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// Appends to a list; a null Value becomes a list first.
  void push(Value v);
  List& list();  ///< Becomes a list when null. Requires null or list.
  Map& map();    ///< Becomes a map when null. Requires null or map.

  bool operator==(const Value&) const = default;
  template <class Visitor>
  decltype(auto) visit(Visitor&& v) const {
    return std::visit(std::forward<Visitor>(v), d_);
  }

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes, List, Map, Literal> d_;
};

enum class JsonStyle : std::uint8_t { Compact, Pretty };

/// JSON (RFC 8259), UTF-8, keys sorted by bytes, doubles in their shortest round-trip form. Bytes are written as
/// {"$bytes": base64}, non-finite numbers as {"$number": "nan" | "inf" | "-inf"}.
std::string toJson(const Value& value, JsonStyle style = JsonStyle::Compact);
/// Parses one JSON text. Fails on anything after it, on duplicate keys, invalid UTF-8 or nesting deeper than 256.
Result<Value> parseJson(std::string_view json);

/// Paths as values: text where the name is UTF-8, raw bytes otherwise, so that no name is lost.
Value pathToValue(const std::filesystem::path& path);
std::filesystem::path pathFromValue(const Value& value);
bool isUtf8(std::string_view bytes);
/// For showing only: bytes that are not UTF-8 appear as \xNN, control characters likewise.
std::string displayText(std::string_view bytes);

Value toValue(const Text& text);
Text textFromValue(const Value& value);
Value toValue(const Error& error);
Error errorFromValue(const Value& value);

}  // namespace patchbay
