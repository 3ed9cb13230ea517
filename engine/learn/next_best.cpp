// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/next_best.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

#include "engine/learn/k_means.h"
#include "engine/learn/parallel.h"
#include "engine/learn/split.h"

namespace patchbay::learn {
namespace {

constexpr std::size_t mostCompared = 2000;  ///< Members of a group that typicality is measured against.
constexpr std::size_t smallGroup = 5;       ///< Groups below it are outliers rather than kinds of pictures.
constexpr std::array<std::string_view, 4> strategyNames{"typiclust", "margin", "dropquery", "random"};

std::vector<std::size_t> candidatesOf(const Pool& pool) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < pool.known.size(); ++i)
    if (pool.candidate(i)) out.push_back(i);
  return out;
}

/// The labelled rows most like each pick.
void addNearest(const Pool& pool, std::vector<Pick>& picks, std::size_t k) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < pool.known.size(); ++i)
    if (pool.known[i]) known.push_back(i);
  if (known.empty() || picks.empty() || k == 0) return;
  std::vector<std::size_t> rows;
  for (const auto& pick : picks) rows.push_back(pick.row);
  const auto similarity = multiplyTransposed(selectRows(pool.features, rows), selectRows(pool.features, known));
  for (std::size_t p = 0; p < picks.size(); ++p) {
    std::vector<std::size_t> order(known.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto row = similarity.row(p);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(k, order.size()));
    std::ranges::partial_sort(order, end, [&](auto a, auto b) { return row[a] != row[b] ? row[a] > row[b] : a < b; });
    for (auto it = order.begin(); it != end; ++it) picks[p].nearest.push_back({known[*it], row[*it]});
  }
}

struct Group {
  std::vector<std::size_t> members;
  std::size_t known = 0, candidates = 0;
};

/// Mean cosine of each candidate to the `neighbours` most alike of its group; the greatest is the most typical.
Pick mostTypical(const Pool& pool, const Group& group, const NextOptions& o) {
  std::vector<std::size_t> candidates, others = group.members;
  for (const auto row : group.members)
    if (pool.candidate(row)) candidates.push_back(row);
  // Of a huge group an even choice of its members (they are in the order of rows) stands for all.
  const auto thin = [](std::vector<std::size_t>& rows) {
    if (rows.size() <= mostCompared) return;
    for (std::size_t i = 0; i < mostCompared; ++i) rows[i] = rows[i * rows.size() / mostCompared];
    rows.resize(mostCompared);
  };
  thin(others);
  thin(candidates);
  const auto all = selectRows(pool.features, others);
  std::vector<double> typicality(candidates.size());
  constexpr std::size_t block = 64;
  parallelFor(o.threads, (candidates.size() + block - 1) / block, [&](std::size_t b) {
    const auto first = b * block, count = std::min(block, candidates.size() - first);
    const auto rows = selectRows(pool.features, std::span{candidates}.subspan(first, count));
    auto similarity = multiplyTransposed(rows, all);
    for (std::size_t i = 0; i < count; ++i) {
      const auto row = similarity.row(i);
      for (std::size_t j = 0; j < others.size(); ++j)
        if (others[j] == candidates[first + i]) row[j] = -2;  // Not its own neighbour.
      const auto k = std::min(o.neighbours, others.size() - 1);
      if (k == 0) continue;
      std::ranges::nth_element(row, row.begin() + static_cast<std::ptrdiff_t>(k), std::greater<>{});
      typicality[first + i] = std::accumulate(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(k), 0.0) / static_cast<double>(k);
    }
  });
  const auto best = static_cast<std::size_t>(std::ranges::max_element(typicality) - typicality.begin());
  Pick pick;
  pick.row = candidates[best];
  pick.strategy = Strategy::TypiClust;
  pick.groupSize = group.members.size();
  pick.groupKnown = group.known;
  pick.typicality = typicality[best];
  return pick;
}

/// The two classes that matter of a row of probabilities.
void describe(Pick& pick, std::span<const float> p, bool multiLabel) {
  if (multiLabel) {
    const auto least = std::ranges::min_element(p, {}, [](float v) { return std::abs(2 * v - 1); });
    pick.first = static_cast<int>(least - p.begin());
    pick.firstChance = *least;
    pick.uncertainty = 1 - std::abs(2.0 * *least - 1);
    return;
  }
  std::size_t first = 0, second = p.size() > 1 ? 1 : 0;
  if (p[second] > p[first]) std::swap(first, second);
  for (std::size_t c = 2; c < p.size(); ++c) {
    if (p[c] > p[first]) second = std::exchange(first, c);
    else if (p[c] > p[second]) second = c;
  }
  pick.first = static_cast<int>(first);
  pick.second = static_cast<int>(second);
  pick.firstChance = p[first];
  pick.secondChance = p[second];
  pick.uncertainty = 1 - (pick.firstChance - pick.secondChance);
}

/// One row of each of `count` groups of the given rows, the first of each group in their order.
Result<std::vector<std::size_t>> varied(const Pool& pool, std::span<const std::size_t> rows, std::size_t count, const NextOptions& o,
                                        bool central) {
  if (rows.size() <= count || count <= 1)
    return std::vector<std::size_t>(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(count, rows.size())));
  PB_TRY(const auto groups,
         kMeans(selectRows(pool.features, rows), {.clusters = count, .seed = o.seed, .threads = o.threads, .stop = o.stop}));
  std::vector<std::size_t> best(groups.centres.rows(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& now = best[groups.cluster[i]];
    if (now == rows.size() || (central && groups.distance[i] < groups.distance[now])) now = i;
  }
  std::ranges::sort(best);
  std::vector<std::size_t> out;
  for (const auto i : best)
    if (i < rows.size()) out.push_back(rows[i]);
  return out;
}

/// Candidates, the least sure first.
std::vector<std::size_t> byUncertainty(const Pool& pool, const std::vector<float>& uncertainty) {
  auto out = candidatesOf(pool);
  std::ranges::stable_sort(out, [&](auto a, auto b) { return uncertainty[a] > uncertainty[b]; });
  return out;
}

/// How often the class of each row changes when features are left out, the others enlarged to make up for it.
Result<std::vector<int>> changesOf(MatrixView inputs, const LinearHead& head, std::span<const std::size_t> rows, bool multiLabel,
                                   const NextOptions& o) {
  std::vector<int> changes(rows.size());
  constexpr std::size_t block = 128;
  const float keep = 1 / static_cast<float>(1 - o.drop);
  const auto limit = static_cast<std::uint32_t>(o.drop * 4294967295.0);
  const auto decided = [&](MatrixView x) {
    const auto z = head.scores(x);
    std::vector<std::int32_t> out;
    if (!multiLabel && z.cols() > 1) return argmaxRows(z);
    // Which labels are there, as one number.
    for (std::size_t i = 0; i < z.rows(); ++i) {
      std::uint32_t seen = 2166136261U;
      for (const float v : z.row(i)) seen = (seen ^ static_cast<std::uint32_t>(v > 0)) * 16777619U;
      out.push_back(static_cast<std::int32_t>(seen));
    }
    return out;
  };
  parallelFor(o.threads, (rows.size() + block - 1) / block, [&](std::size_t b) {
    if (o.stop && o.stop->requested()) return;
    const auto first = b * block, count = std::min(block, rows.size() - first);
    const auto plain = selectRows(inputs, rows.subspan(first, count));
    const auto before = decided(plain);
    for (int round = 0; round < o.rounds; ++round) {
      auto x = plain;
      for (std::size_t i = 0; i < count; ++i) {
        // Keyed by row and round, so that neither threads nor other rows matter.
        std::uint64_t state = stableHash(o.seed + static_cast<std::uint64_t>(round), std::to_string(rows[first + i])) | 1;
        for (auto& v : x.row(i)) {
          state ^= state << 13;
          state ^= state >> 7;
          state ^= state << 17;
          v = static_cast<std::uint32_t>(state >> 32) < limit ? 0 : v * keep;
        }
      }
      const auto after = decided(x);
      for (std::size_t i = 0; i < count; ++i) changes[first + i] += after[i] != before[i];
    }
  });
  if (o.stop && o.stop->requested())
    return fail(ErrorKind::Cancelled, "learn.cancelled", TR("learn", "Stopped."), TR("learn", "Start again when you want the result."));
  return changes;
}

}  // namespace

std::string_view toString(Strategy strategy) { return strategyNames[static_cast<std::size_t>(strategy)]; }

std::optional<Strategy> strategyFrom(std::string_view name) {
  const auto found = std::ranges::find(strategyNames, name);
  if (found == strategyNames.end()) return std::nullopt;
  return static_cast<Strategy>(found - strategyNames.begin());
}

std::vector<float> uncertainties(MatrixView probabilities, bool multiLabel) {
  std::vector<float> out(probabilities.rows());
  for (std::size_t i = 0; i < out.size(); ++i) {
    Pick pick;
    describe(pick, probabilities.row(i), multiLabel);
    out[i] = static_cast<float>(pick.uncertainty);
  }
  return out;
}

Result<std::vector<Pick>> nextByTypicality(const Pool& pool, const NextOptions& o) {
  const auto labelled = static_cast<std::size_t>(std::ranges::count(pool.known, std::uint8_t{1}));
  std::vector<Pick> out;
  if (candidatesOf(pool).empty() || o.count == 0) return out;
  const auto clusters = std::min(labelled + o.count, o.mostGroups);
  PB_TRY(const auto grouped, kMeans(pool.features, {.clusters = clusters, .seed = o.seed, .threads = o.threads, .stop = o.stop}));
  std::vector<Group> groups(grouped.centres.rows());
  for (std::size_t i = 0; i < grouped.cluster.size(); ++i) {
    auto& group = groups[grouped.cluster[i]];
    group.members.push_back(i);
    group.known += pool.known[i];
    group.candidates += pool.candidate(i);
  }
  std::vector<std::uint8_t> taken(pool.known.size());
  if (!pool.skip.empty()) taken.assign(pool.skip.begin(), pool.skip.end());
  Pool rest = pool;
  rest.skip = taken;
  while (out.size() < o.count) {
    // Groups without a label first, large ones before small ones, outliers last.
    const auto better = [](const Group& a, const Group& b) {
      if ((a.candidates == 0) != (b.candidates == 0)) return b.candidates == 0;
      const bool smallA = a.members.size() < smallGroup, smallB = b.members.size() < smallGroup;
      if (smallA != smallB) return smallB;
      if (a.known != b.known) return a.known < b.known;
      return a.members.size() > b.members.size();
    };
    auto& group = *std::ranges::min_element(groups, better);
    if (group.candidates == 0) break;
    if (o.stop && o.stop->requested())
      return fail(ErrorKind::Cancelled, "learn.cancelled", TR("learn", "Stopped."), TR("learn", "Start again when you want the result."));
    out.push_back(mostTypical(rest, group, o));
    taken[out.back().row] = 1;
    ++group.known;  // It will be.
    --group.candidates;
  }
  addNearest(pool, out, o.nearest);
  return out;
}

Result<std::vector<Pick>> nextByMargin(const Pool& pool, MatrixView probabilities, const NextOptions& o) {
  const auto order = byUncertainty(pool, uncertainties(probabilities, o.multiLabel));
  const auto shortlist = std::span{order}.first(std::min(order.size(), o.shortlist * o.count));
  PB_TRY(const auto rows, varied(pool, shortlist, o.count, o, false));
  std::vector<Pick> out;
  for (const auto row : rows) {
    Pick pick;
    pick.row = row;
    pick.strategy = Strategy::Margin;
    describe(pick, probabilities.row(row), o.multiLabel);
    out.push_back(std::move(pick));
  }
  addNearest(pool, out, o.nearest);
  return out;
}

Result<std::vector<Pick>> nextByDropout(const Pool& pool, MatrixView inputs, const LinearHead& head, MatrixView probabilities,
                                        const NextOptions& o) {
  const auto order = byUncertainty(pool, uncertainties(probabilities, o.multiLabel));
  PB_TRY(const auto changes, changesOf(inputs, head, order, o.multiLabel, o));
  std::vector<std::size_t> wavering, steady;
  std::vector<int> changed(pool.known.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    changed[order[i]] = changes[i];
    (2 * changes[i] > o.rounds ? wavering : steady).push_back(order[i]);
  }
  PB_TRY(auto rows, varied(pool, wavering, o.count, o, true));
  for (std::size_t i = 0; rows.size() < o.count && i < steady.size(); ++i) rows.push_back(steady[i]);
  std::vector<Pick> out;
  for (const auto row : rows) {
    Pick pick;
    pick.row = row;
    pick.strategy = Strategy::DropQuery;
    pick.rounds = o.rounds;
    pick.changes = changed[row];
    describe(pick, probabilities.row(row), o.multiLabel);
    out.push_back(std::move(pick));
  }
  addNearest(pool, out, o.nearest);
  return out;
}

Pick explained(const Pool& pool, MatrixView probabilities, std::size_t row, const NextOptions& o) {
  std::vector<Pick> one(1);
  one[0].row = row;
  one[0].strategy = Strategy::Margin;
  describe(one[0], probabilities.row(row), o.multiLabel);
  addNearest(pool, one, o.nearest);
  return std::move(one[0]);
}

std::vector<Pick> nextAtRandom(const Pool& pool, const NextOptions& o) {
  auto rows = candidatesOf(pool);
  std::mt19937_64 random{o.seed};
  std::vector<Pick> out;
  for (std::size_t i = 0; i < rows.size() && i < o.count; ++i) {
    std::swap(rows[i], rows[i + random() % (rows.size() - i)]);
    Pick pick;
    pick.row = rows[i];
    out.push_back(std::move(pick));
  }
  addNearest(pool, out, o.nearest);
  return out;
}

}  // namespace patchbay::learn
