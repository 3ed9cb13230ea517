// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/progress.h"
#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// Finds 64-bit codes that differ in few bits without comparing all with all: multi-index hashing (Norouzi, Punjani and Fleet
/// 2012, "Fast Search in Hamming Space with Multi-Index Hashing"). A code is cut into `pieces`; codes within radius() agree in
/// some piece but for one bit. Equal codes are kept once, so a million of them cost what one does. Of a piece that more than
/// 4,096 codes have in common the 4,096 nearest in order are looked at, which bounds a search whatever the data.
class CodeIndex {
 public:
  /// Requires 1 <= pieces <= 16 and fewer than 2^32 codes.
  CodeIndex(std::span<const std::uint64_t> codes, int pieces);
  int radius() const { return 2 * static_cast<int>(tables_.size()) - 1; }

  struct Hit {
    std::uint32_t slot = 0;  ///< A distinct code; entries() are the places in `codes` that have it.
    int distance = 0;
  };
  /// The `most` nearest distinct codes within the radius, nearest first, ties by code.
  void nearest(std::uint64_t code, std::size_t most, std::vector<Hit>& out) const;
  std::span<const std::uint32_t> entries(std::uint32_t slot) const {
    return std::span{members_}.subspan(memberBegin_[slot], memberBegin_[slot + 1] - memberBegin_[slot]);
  }
  std::size_t distinct() const { return codes_.size(); }

 private:
  struct Table {
    int shift = 0, bits = 0;
    std::vector<std::uint32_t> begin;  ///< One a piece value, and the end.
    std::vector<std::uint32_t> slots;  ///< By piece value, then by code.
    std::uint64_t pieceOf(std::uint64_t code) const { return code >> shift & ((std::uint64_t{1} << bits) - 1); }
  };
  void scan(const Table& table, std::uint64_t piece, std::uint64_t code, std::size_t tableNumber, std::vector<Hit>& out) const;

  std::vector<std::uint64_t> codes_;  ///< Distinct, rising.
  std::vector<std::uint32_t> members_, memberBegin_;
  std::vector<Table> tables_;
};

/// 64 bits a row: on which side of 64 random planes through the mean of all rows it lies (Charikar 2002, "Similarity estimation
/// techniques from rounding algorithms"), so that rows at a small angle differ in few bits. Equal for equal rows and seed.
std::vector<std::uint64_t> projectionCodes(MatrixView x, std::uint64_t seed, int threads);

/// Two entries, the lower first.
using EntryPair = std::pair<std::uint32_t, std::uint32_t>;

struct ClosePairOptions {
  int pieces = 4;             ///< Of CodeIndex: pairs within 2 * pieces - 1 bits are found.
  std::size_t perEntry = 16;  ///< So many of the nearest of each entry at most.
  int threads = 1;
  const StopFlag* stop = nullptr;
};

/// Pairs of entries that may be alike: a query of one is near the code of the other. Entry i has the code codes[i] and the
/// queries [i * n, (i + 1) * n) of queries.size() / codes.size() = n. Of many entries with one and the same code each is paired with
/// the few that follow it, which joins them all. Sorted, each once; the number of threads changes nothing.
Result<std::vector<EntryPair>> closePairs(std::span<const std::uint64_t> codes, std::span<const std::uint64_t> queries,
                                          const ClosePairOptions& options = {});

/// The connected groups of two and more entries, each rising, by their first entry.
std::vector<std::vector<std::uint32_t>> connectedGroups(std::size_t entries, std::span<const EntryPair> pairs);

}  // namespace patchbay::learn
