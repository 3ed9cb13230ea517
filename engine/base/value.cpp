// SPDX-License-Identifier: Apache-2.0
#include "engine/base/value.h"

#include <charconv>
#include <limits>

namespace patchbay {

namespace {
const Value nullValue;
const std::string noText;
const Value::Bytes noBytes;
const Value::List noList;
const Value::Map noMap;

template <class T, class V>
const T* as(const V& v) {
  return v.visit([](const auto& x) -> const T* {
    if constexpr (std::is_same_v<std::decay_t<decltype(x)>, T>) return &x;
    else return nullptr;
  });
}
}  // namespace

bool Value::asBool(bool fallback) const {
  const auto* v = as<bool>(*this);
  return v ? *v : fallback;
}

std::int64_t Value::asInt(std::int64_t fallback) const {
  const auto* v = as<std::int64_t>(*this);
  return v ? *v : fallback;
}

double Value::asDouble(double fallback) const {
  if (const auto* v = as<double>(*this)) return *v;
  if (const auto* v = as<std::int64_t>(*this)) return static_cast<double>(*v);
  if (const auto* v = as<Literal>(*this)) {
    // from_chars: no locale, no exception. What it calls out of range is too small for a double, or too large.
    double d = 0;
    const auto* end = v->text.data() + v->text.size();
    if (std::from_chars(v->text.data(), end, d).ec == std::errc::result_out_of_range)
      return v->text.find_first_of("eE") != std::string::npos && v->text.find("-", 1) != std::string::npos
                 ? 0.0
                 : std::numeric_limits<double>::infinity();
    return d;
  }
  return fallback;
}

const std::string& Value::asText() const {
  const auto* v = as<std::string>(*this);
  return v ? *v : noText;
}

const Value::Bytes& Value::asBytes() const {
  const auto* v = as<Bytes>(*this);
  return v ? *v : noBytes;
}

const Value::List& Value::asList() const {
  const auto* v = as<List>(*this);
  return v ? *v : noList;
}

const Value::Map& Value::asMap() const {
  const auto* v = as<Map>(*this);
  return v ? *v : noMap;
}

const Value* Value::find(std::string_view key) const {
  const auto* m = std::get_if<Map>(&d_);
  if (!m) return nullptr;
  const auto it = m->find(key);
  return it == m->end() ? nullptr : &it->second;
}

Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

const Value& Value::operator[](std::string_view key) const {
  const auto* v = find(key);
  return v ? *v : nullValue;
}

Value& Value::operator[](std::string_view key) {
  auto& m = map();
  const auto it = m.find(key);
  return it != m.end() ? it->second : m.emplace(std::string{key}, Value{}).first->second;
}

void Value::push(Value v) { list().push_back(std::move(v)); }

Value::List& Value::list() {
  if (isNull()) d_ = List{};
  return std::get<List>(d_);
}

Value::Map& Value::map() {
  if (isNull()) d_ = Map{};
  return std::get<Map>(d_);
}

bool isUtf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    const int n = c < 0x80 ? 0 : (c >> 5) == 6 ? 1 : (c >> 4) == 14 ? 2 : (c >> 3) == 30 ? 3 : -1;
    if (n < 0 || i + static_cast<std::size_t>(n) >= s.size() + (n == 0)) return false;
    std::uint32_t code = n == 0 ? c : c & (0x3Fu >> n);
    for (int k = 1; k <= n; ++k) {
      const auto d = static_cast<unsigned char>(s[i + static_cast<std::size_t>(k)]);
      if ((d & 0xC0) != 0x80) return false;
      code = code << 6 | (d & 0x3F);
    }
    constexpr std::uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (code < least[n] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
    i += static_cast<std::size_t>(n) + 1;
  }
  return true;
}

std::string displayText(std::string_view bytes) {
  const bool utf8 = isUtf8(bytes);
  std::string out;
  for (const char ch : bytes) {
    const auto c = static_cast<unsigned char>(ch);
    if (c < 0x20 || c == 0x7F || (!utf8 && c >= 0x80)) {
      constexpr char digits[] = "0123456789abcdef";
      out += {'\\', 'x', digits[c >> 4], digits[c & 15]};
    } else {
      out += ch;
    }
  }
  return out;
}

Value pathToValue(const std::filesystem::path& path) {
  const auto& native = path.native();
  if (isUtf8(native)) return native;
  return Value::Bytes(native.begin(), native.end());
}

std::filesystem::path pathFromValue(const Value& value) {
  if (value.isBytes()) return std::string{value.asBytes().begin(), value.asBytes().end()};
  return value.asText();
}

Value toValue(const Text& text) {
  Value out{Value::Map{{"context", text.context}, {"source", text.source}}};
  for (const auto& [k, v] : text.args) out["args"][k] = v;
  if (text.n) out["n"] = *text.n;
  return out;
}

Text textFromValue(const Value& value) {
  if (value.isText()) return Text{"", value.asText()};
  Text out{value["context"].asText(), value["source"].asText()};
  for (const auto& [k, v] : value["args"].asMap()) out.args.emplace(k, v.asText());
  if (value.contains("n")) out.n = value["n"].asInt();
  return out;
}

Value toValue(const Error& e) {
  return Value::Map{
      {"kind", toString(e.kind)}, {"code", e.code}, {"cause", toValue(e.cause)}, {"hint", toValue(e.hint)}, {"where", e.where}};
}

Error errorFromValue(const Value& v) {
  return {errorKindFrom(v["kind"].asText()), v["code"].asText(), textFromValue(v["cause"]), textFromValue(v["hint"]), v["where"].asText()};
}

}  // namespace patchbay
