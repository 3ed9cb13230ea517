// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

namespace patchbay::revisions {

/// A set of rows, one bit each: 125 KB a million.
class RowSet {
 public:
  explicit RowSet(std::int64_t rows) : words_(static_cast<std::size_t>(rows) / 64 + 1) {}
  void add(std::int64_t row) {
    if (const auto w = static_cast<std::size_t>(row) / 64; w < words_.size()) words_[w] |= std::uint64_t{1} << (row % 64);
  }
  bool has(std::int64_t row) const {
    const auto w = static_cast<std::size_t>(row) / 64;
    return w < words_.size() && (words_[w] >> (row % 64) & 1) != 0;
  }
  void remove(std::int64_t row) {
    if (has(row)) words_[static_cast<std::size_t>(row) / 64] &= ~(std::uint64_t{1} << (row % 64));
  }
  void keep(const RowSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
  }
  void drop(const RowSet& other) {
    for (std::size_t i = 0; i < words_.size() && i < other.words_.size(); ++i) words_[i] &= ~other.words_[i];
  }
  std::size_t count() const {
    std::size_t out = 0;
    for (const auto w : words_) out += static_cast<std::size_t>(std::popcount(w));
    return out;
  }
  /// Rising.
  template <class Visit>
  void forEach(const Visit& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (auto w = words_[i]; w; w &= w - 1) visit(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(w))));
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace patchbay::revisions
