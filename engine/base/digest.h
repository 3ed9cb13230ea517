// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace patchbay {

/// SHA-256 of some bytes; names every stored object and every picture.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Digest&) const = default;
  bool isZero() const { return *this == Digest{}; }
  std::string hex() const;  ///< 64 lower-case hexadecimal digits.
  static Result<Digest> parse(std::string_view hex);
};

struct DigestHash {
  std::size_t operator()(const Digest& d) const noexcept;
};

/// Incremental SHA-256 (FIPS 180-4).
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  Hasher& add(std::span<const std::uint8_t> bytes);
  Hasher& add(std::string_view bytes);
  Digest finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Digest digestOf(std::string_view bytes);
Digest digestOf(std::span<const std::uint8_t> bytes);
Result<Digest> digestOfFile(const std::filesystem::path& path);

}  // namespace patchbay

template <>
struct std::hash<patchbay::Digest> : patchbay::DigestHash {};
