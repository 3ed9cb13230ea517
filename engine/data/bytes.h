// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace patchbay {

static_assert(std::endian::native == std::endian::little, "object formats are little-endian");

/// Appends numbers and texts to a byte string; counts are LEB128.
class ByteWriter {
 public:
  std::string out;
  template <class T>
  requires std::is_arithmetic_v<T>
  void number(T v) { out.append(reinterpret_cast<const char*>(&v), sizeof v); }
  void count(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
    out += static_cast<char>(v);
  }
  void raw(std::string_view v) { out += v; }
  void text(std::string_view v) {
    count(v.size());
    out += v;
  }
};

/// Reads what ByteWriter wrote; never past the end. After a bad read everything returns zero and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_{bytes} {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  std::size_t remaining() const { return rest_.size(); }
  template <class T>
  requires std::is_arithmetic_v<T> T number() {
    T v{};
    const auto bytes = raw(sizeof v);
    if (ok_) std::memcpy(&v, bytes.data(), sizeof v);
    return v;
  }
  std::uint64_t count() {
    std::uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto b = number<std::uint8_t>();
      v |= static_cast<std::uint64_t>(b & 0x7F) << shift;
      if (!(b & 0x80)) return v;
    }
    ok_ = false;
    return 0;
  }
  /// A count of things that take at least `each` bytes: more than can follow is a damaged file, not an allocation.
  std::size_t countOf(std::size_t each) {
    const auto n = count();
    if (each && n > rest_.size() / each) ok_ = false;
    return ok_ ? static_cast<std::size_t>(n) : 0;
  }
  std::string_view raw(std::size_t n) {
    if (!ok_ || n > rest_.size()) {
      ok_ = false;
      return {};
    }
    const auto v = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return v;
  }
  std::string_view text() { return raw(countOf(1)); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace patchbay
