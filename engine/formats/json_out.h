// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <charconv>
#include <concepts>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/value.h"

namespace patchbay::formats {

/// Writes JSON in the order it is said: other tools' files have theirs, and a tree of a million annotations is never built.
class JsonOut {
 public:
  std::string out;
  JsonOut& open(char bracket) {
    comma();
    out += bracket;
    fresh_ = true;
    return *this;
  }
  JsonOut& close(char bracket) {
    out += bracket;
    fresh_ = false;
    return *this;
  }
  JsonOut& key(std::string_view name) {
    comma();
    quoted(name);
    out += ':';
    fresh_ = true;
    return *this;
  }
  JsonOut& text(std::string_view v) {
    comma();
    quoted(v);
    return *this;
  }
  template <std::floating_point T>
  JsonOut& number(T v) {
    comma();
    // Whole numbers without a point, as other tools write them.
    char buffer[40];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr);
    return *this;
  }
  JsonOut& number(std::integral auto v) {
    comma();
    out += std::to_string(v);
    return *this;
  }
  JsonOut& boolean(bool v) { return raw(v ? "true" : "false"); }
  JsonOut& null() { return raw("null"); }
  /// JSON that is finished.
  JsonOut& raw(std::string_view json) {
    comma();
    out += json;
    return *this;
  }
  JsonOut& numbers(std::span<const float> list) {
    open('[');
    for (const float v : list) number(v);
    return close(']');
  }
  /// An attribute's text as what it looks like: true, 3 and 2.5 are none for other tools otherwise.
  JsonOut& guess(std::string_view v) {
    if (v == "true" || v == "false") return raw(v);
    double d = 0;
    const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), d);
    char buffer[40];
    if (error == std::errc{} && end == v.data() + v.size() && v.size() < 30 &&
        std::string_view{buffer, std::to_chars(buffer, buffer + sizeof buffer, d).ptr} == v && v != "inf" && v != "nan" && v != "-inf" &&
        v != "-nan")
      return raw(v);
    return text(v);
  }

 private:
  void comma() {
    if (!fresh_) out += ',';
    fresh_ = false;
  }
  void quoted(std::string_view v) {
    // toJson escapes; whole texts are rare enough for its detour.
    bool plain = true;
    for (const char c : v) plain &= static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    if (plain) (out += '"').append(v) += '"';
    else out += toJson(Value{v});
  }
  bool fresh_ = true;
};

}  // namespace patchbay::formats
