// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/near_duplicates.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/learn/parallel.h"
#include "engine/learn/split.h"

namespace patchbay::learn {
namespace {

constexpr std::uint32_t mostScanned = 4096;
constexpr std::size_t sameCodeLinks = 2;  // Each with those that follow it among entries of one code.

}  // namespace

CodeIndex::CodeIndex(std::span<const std::uint64_t> codes, int pieces) {
  assert(pieces >= 1 && pieces <= 16);
  members_.resize(codes.size());
  std::iota(members_.begin(), members_.end(), 0U);
  std::ranges::stable_sort(members_, {}, [&](std::uint32_t i) { return codes[i]; });
  for (std::uint32_t at = 0; at < members_.size(); ++at) {
    const auto code = codes[members_[at]];
    if (!codes_.empty() && codes_.back() == code) continue;
    codes_.push_back(code);
    memberBegin_.push_back(at);
  }
  memberBegin_.push_back(static_cast<std::uint32_t>(members_.size()));
  for (int p = 0; p < pieces; ++p) {
    Table t;
    t.shift = 64 * p / pieces;
    t.bits = 64 * (p + 1) / pieces - t.shift;
    // More buckets than codes would only be empty ones: a long piece is known by its lower bits, the rest is compared anyway.
    t.bits = std::min({t.bits, 20, std::max(6, static_cast<int>(std::bit_width(codes_.size())) + 1)});
    t.begin.assign((std::size_t{1} << t.bits) + 1, 0);
    for (const auto code : codes_) ++t.begin[t.pieceOf(code) + 1];
    std::partial_sum(t.begin.begin(), t.begin.end(), t.begin.begin());
    t.slots.resize(codes_.size());
    auto next = t.begin;
    for (std::uint32_t slot = 0; slot < codes_.size(); ++slot) t.slots[next[t.pieceOf(codes_[slot])]++] = slot;
    tables_.push_back(std::move(t));
  }
}

void CodeIndex::scan(const Table& table, std::uint64_t piece, std::uint64_t code, std::size_t number, std::vector<Hit>& out) const {
  auto first = table.begin[piece], last = table.begin[piece + 1];
  if (last - first > mostScanned) {
    const auto middle =
        static_cast<std::uint32_t>(std::lower_bound(table.slots.begin() + first, table.slots.begin() + last, code,
                                                    [&](std::uint32_t slot, std::uint64_t value) { return codes_[slot] < value; }) -
                                   table.slots.begin());
    const auto from = std::clamp(middle, first + mostScanned / 2, last - mostScanned / 2) - mostScanned / 2;
    first = from;
    last = from + mostScanned;
  }
  for (auto i = first; i < last; ++i) {
    const auto slot = table.slots[i];
    const auto difference = codes_[slot] ^ code;
    const int distance = std::popcount(difference);
    if (distance > radius()) continue;
    // Told by the first table that shows it.
    const auto shown = [&](const Table& t) { return std::popcount(t.pieceOf(difference)) <= 1; };
    if (std::any_of(tables_.begin(), tables_.begin() + static_cast<std::ptrdiff_t>(number), shown)) continue;
    out.push_back({slot, distance});
  }
}

void CodeIndex::nearest(std::uint64_t code, std::size_t most, std::vector<Hit>& out) const {
  out.clear();
  for (std::size_t n = 0; n < tables_.size(); ++n) {
    const auto& t = tables_[n];
    const auto piece = t.pieceOf(code);
    scan(t, piece, code, n, out);
    for (int bit = 0; bit < t.bits; ++bit) scan(t, piece ^ std::uint64_t{1} << bit, code, n, out);
  }
  std::ranges::sort(out, {}, [](const Hit& h) { return std::pair{h.distance, h.slot}; });
  if (out.size() > most) out.resize(most);
}

std::vector<std::uint64_t> projectionCodes(MatrixView x, std::uint64_t seed, int threads) {
  constexpr std::size_t planes = 64, block = 512;
  std::vector<double> mean(x.cols());
  for (std::size_t i = 0; i < x.rows(); ++i)
    for (std::size_t j = 0; j < x.cols(); ++j) mean[j] += x(i, j);
  for (auto& m : mean) m /= static_cast<double>(std::max<std::size_t>(x.rows(), 1));
  // Normal numbers by Box and Muller from mixed bits, the same on every machine.
  Matrix normals{planes, x.cols()};
  for (std::size_t p = 0; p < planes; ++p)
    for (std::size_t j = 0; j < x.cols(); ++j) {
      const auto bits = stableHash(seed + p * x.cols() + j, "plane");
      const double u = (static_cast<double>(bits >> 32) + 0.5) / 4294967296.0, v = static_cast<double>(bits & 0xFFFFFFFF) / 4294967296.0;
      normals(p, j) = static_cast<float>(std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.14159265358979323846 * v));
    }
  Matrix centre{1, x.cols()};
  for (std::size_t j = 0; j < x.cols(); ++j) centre(0, j) = static_cast<float>(mean[j]);
  const Matrix offset = multiplyTransposed(centre, normals);
  std::vector<std::uint64_t> out(x.rows());
  parallelFor(threads, (x.rows() + block - 1) / block, [&](std::size_t b) {
    const auto first = b * block, count = std::min(block, x.rows() - first);
    const Matrix side = multiplyTransposed(x.rowRange(first, count), normals);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t p = 0; p < planes; ++p) out[first + i] |= static_cast<std::uint64_t>(side(i, p) > offset(0, p)) << p;
  });
  return out;
}

namespace {

/// What one entry finds: the nearest distinct codes of all its queries.
void searchEntry(const CodeIndex& index, std::span<const std::uint64_t> codes, std::span<const std::uint64_t> queries, std::uint32_t entry,
                 std::size_t most, std::vector<EntryPair>& out) {
  std::vector<CodeIndex::Hit> hits;
  std::map<std::uint32_t, int> best;
  for (const auto query : queries) {
    index.nearest(query, most, hits);
    for (const auto& h : hits) {
      const auto [at, fresh] = best.emplace(h.slot, h.distance);
      if (!fresh) at->second = std::min(at->second, h.distance);
    }
  }
  std::vector<std::pair<int, std::uint32_t>> order;
  for (const auto& [slot, distance] : best) order.emplace_back(distance, slot);
  std::ranges::sort(order);
  std::size_t taken = 0;
  for (const auto& [distance, slot] : order) {
    const auto same = index.entries(slot);
    const bool own = codes[same.front()] == codes[entry];
    const auto begin = own ? static_cast<std::size_t>(std::ranges::lower_bound(same, entry) - same.begin()) + 1 : std::size_t{0};
    for (std::size_t i = begin; i < same.size() && i < begin + sameCodeLinks; ++i) out.emplace_back(std::minmax(entry, same[i]));
    if (!own && ++taken == most) return;
  }
}

}  // namespace

Result<std::vector<EntryPair>> closePairs(std::span<const std::uint64_t> codes, std::span<const std::uint64_t> queries,
                                          const ClosePairOptions& options) {
  if (codes.empty()) return std::vector<EntryPair>{};
  const auto perEntry = queries.size() / codes.size();
  const CodeIndex index{codes, options.pieces};
  constexpr std::size_t block = 256;
  std::vector<std::vector<EntryPair>> found((codes.size() + block - 1) / block);
  parallelFor(options.threads, found.size(), [&](std::size_t b) {
    if (options.stop && options.stop->requested()) return;
    for (auto i = b * block; i < std::min(codes.size(), (b + 1) * block); ++i)
      searchEntry(index, codes, queries.subspan(i * perEntry, perEntry), static_cast<std::uint32_t>(i), options.perEntry, found[b]);
  });
  if (options.stop && options.stop->requested())
    return fail(ErrorKind::Cancelled, "learn.cancelled", TR("learn", "Stopped."), TR("learn", "Run again to go on."));
  std::vector<EntryPair> out;
  for (const auto& part : found) out.insert(out.end(), part.begin(), part.end());
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::vector<std::uint32_t>> connectedGroups(std::size_t entries, std::span<const EntryPair> pairs) {
  std::vector<std::uint32_t> root(entries);
  std::iota(root.begin(), root.end(), 0U);
  const auto find = [&](std::uint32_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (const auto& [a, b] : pairs) {
    const auto [low, high] = std::minmax({find(a), find(b)});
    root[high] = low;  // The root of a group is its first entry.
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
  for (std::uint32_t i = 0; i < entries; ++i)
    if (const auto r = find(i); r != i) {
      auto& group = groups[r];
      if (group.empty()) group.push_back(r);
      group.push_back(i);
    }
  std::vector<std::vector<std::uint32_t>> out;
  for (auto& [first, group] : groups) out.push_back(std::move(group));
  return out;
}

}  // namespace patchbay::learn
