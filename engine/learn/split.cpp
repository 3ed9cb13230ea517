// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace patchbay::learn {
namespace {

using Histogram = std::map<std::int32_t, std::size_t>;

/// Items that stay together.
struct Unit {
  std::string_view name;
  bool grouped = false;
  std::uint64_t rank = 0;  // Its place in the draw.
  std::vector<std::size_t> members;
  Histogram classes;
  std::int32_t stratum = -1;  // Its most frequent class, the lower on a tie.
};

tl::unexpected<Error> usage(Text cause, Text hint) { return fail(ErrorKind::Usage, "learn.bad_option", std::move(cause), std::move(hint)); }

Result<> checkItems(std::span<const SplitItem> items) {
  if (items.empty()) {
    return fail(ErrorKind::BadInput, "learn.no_items", TR("learn", "There are no items to split."),
                TR("learn", "Connect a data set that holds at least one picture."));
  }
  std::unordered_set<std::string_view> seen;
  seen.reserve(items.size());
  for (const auto& item : items) {
    if (seen.insert(item.id).second) continue;
    return fail(ErrorKind::BadInput, "learn.duplicate_id", TR("learn", "Two items have the same id {id}.").with("id", item.id),
                TR("learn", "Every item needs an id of its own; import the data set again."));
  }
  return {};
}

// In the order of their draw: by hash, by name where hashes are equal. Positions never matter.
std::vector<Unit> unitsOf(std::span<const SplitItem> items, std::uint64_t seed, bool useGroups) {
  std::unordered_map<std::string_view, std::size_t> groups;
  std::vector<Unit> units;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool grouped = useGroups && !items[i].group.empty();
    std::size_t at = units.size();
    if (grouped) at = groups.emplace(items[i].group, units.size()).first->second;
    if (at == units.size()) {
      // A group and an item of one name are drawn apart.
      const std::string_view name = grouped ? items[i].group : items[i].id;
      units.push_back({name, grouped, stableHash(seed + (grouped ? 0x67726f7570ULL : 0), name), {}, {}, -1});
    }
    units[at].members.push_back(i);
    ++units[at].classes[items[i].label];
  }
  for (auto& u : units) u.stratum = std::ranges::max_element(u.classes, {}, [](const auto& c) { return c.second; })->first;
  std::ranges::sort(units,
                    [](const Unit& a, const Unit& b) { return std::tie(a.rank, a.grouped, a.name) < std::tie(b.rank, b.grouped, b.name); });
  return units;
}

double unitInterval(std::uint64_t hash) { return static_cast<double>(hash >> 11) * 0x1p-53; }

Result<std::optional<Part>> earlierPart(const Unit& unit, std::span<const SplitItem> items, const SplitOptions& o) {
  std::optional<Part> part;
  if (!o.previous) return part;
  for (const std::size_t i : unit.members) {
    const auto at = o.previous->find(items[i].id);
    if (at == o.previous->end()) continue;
    if (part && *part != at->second) {
      return fail(ErrorKind::BadInput, "learn.group_on_two_sides",
                  TR("learn", "Group {group} was split earlier: some of its items are in {a}, some in {b}.")
                      .with("group", unit.name)
                      .with("a", toString(*part))
                      .with("b", toString(at->second)),
                  TR("learn", "Split anew, without the earlier split, or group by another column."));
    }
    part = at->second;
  }
  return part;
}

/// Fills parts so that in every class each holds its share as nearly as whole units allow.
class Quota {
 public:
  Quota(std::span<const double> shares) : shares_(shares.begin(), shares.end()), all_(shares.size()) {}

  void expect(const Unit& unit) {
    for (const auto& [label, n] : unit.classes) total_[label] += n;
    items_ += static_cast<double>(unit.members.size());
  }
  void add(const Unit& unit, std::size_t part) {
    for (const auto& [label, n] : unit.classes) {
      auto& held = held_[label];
      held.resize(shares_.size());
      held[part] += static_cast<double>(n);
      all_[part] += static_cast<double>(n);
    }
  }
  /// The part that lacks most of what the unit brings; among equals the one that lacks most items in all.
  std::size_t neediest(const Unit& unit) {
    std::size_t best = 0;
    std::pair<double, double> most{-1e300, 0};
    for (std::size_t p = 0; p < shares_.size(); ++p) {
      if (shares_[p] <= 0) continue;
      double lack = 0;
      for (const auto& [label, n] : unit.classes) {
        auto& held = held_[label];
        held.resize(shares_.size());
        const double due = shares_[p] * static_cast<double>(total_[label]);
        lack += static_cast<double>(n) * (due - held[p]) / static_cast<double>(total_[label]);
      }
      const double lackInAll = shares_[p] * items_ - all_[p];
      const std::pair<double, double> need{std::round(lack * 1e9), lackInAll};
      if (need > most) most = need, best = p;
    }
    return best;
  }

 private:
  std::vector<double> shares_, all_;
  double items_ = 0;
  Histogram total_;
  std::map<std::int32_t, std::vector<double>> held_;
};

// Groups by size, large ones first while there is room to balance them; single items come in the order of the draw.
void largestFirst(std::vector<Unit>& units) {
  std::ranges::stable_sort(units, [](const Unit& a, const Unit& b) { return a.members.size() > b.members.size(); });
}

}  // namespace

std::uint64_t stableHash(std::uint64_t seed, std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  h ^= seed * 0x9e3779b97f4a7c15ULL;
  for (int round = 0; round < 2; ++round) {
    h += 0x9e3779b97f4a7c15ULL;
    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
    h ^= h >> 31;
  }
  return h;
}

std::string_view toString(Part part) {
  switch (part) {
    case Part::Train:
      return "train";
    case Part::Validation:
      return "validation";
    case Part::Test:
      return "test";
  }
  return "train";
}

Result<std::vector<Part>> splitItems(std::span<const SplitItem> items, const SplitOptions& o) {
  if (!(o.validation >= 0) || !(o.test >= 0) || !(o.validation + o.test < 1)) {
    return usage(TR("learn", "The shares for validation ({validation}) and test ({test}) leave nothing to train on.")
                     .with("validation", o.validation)
                     .with("test", o.test),
                 TR("learn", "Choose two shares of 0 or more with a sum below 1."));
  }
  PB_CHECK(checkItems(items));
  auto units = unitsOf(items, o.seed, true);
  std::vector<Part> out(items.size());
  auto place = [&](const Unit& unit, Part part) {
    for (const std::size_t i : unit.members) out[i] = part;
  };
  const std::array<double, 3> shares{1 - o.validation - o.test, o.validation, o.test};
  Quota quota{shares};
  std::vector<Unit> open;
  for (auto& unit : units) {
    quota.expect(unit);
    PB_TRY(const auto part, earlierPart(unit, items, o));
    if (part) {
      place(unit, *part);
      quota.add(unit, static_cast<std::size_t>(*part));
    } else if (o.policy == SplitPolicy::Hash) {
      const double u = unitInterval(unit.rank);
      place(unit, u < o.test ? Part::Test : u < o.test + o.validation ? Part::Validation : Part::Train);
    } else {
      open.push_back(std::move(unit));
    }
  }
  largestFirst(open);
  for (const auto& unit : open) {
    const std::size_t part = quota.neediest(unit);
    place(unit, static_cast<Part>(part));
    quota.add(unit, part);
  }
  return out;
}

Result<std::vector<int>> stratifiedFolds(std::span<const SplitItem> items, int folds, std::uint64_t seed) {
  if (folds < 2) return usage(TR("learn", "Cross-validation needs at least 2 folds."), TR("learn", "5 folds are usual."));
  PB_CHECK(checkItems(items));
  auto units = unitsOf(items, stableHash(seed, "folds"), true);
  if (units.size() < static_cast<std::size_t>(folds)) {
    return fail(ErrorKind::BadInput, "learn.too_few_items",
                TR("learn", "{n} independent item(s) or group(s) cannot fill {folds} folds.")
                    .count(static_cast<std::int64_t>(units.size()))
                    .with("folds", static_cast<std::int64_t>(folds)),
                TR("learn", "Use fewer folds or label more items."));
  }
  std::vector<int> out(items.size());
  const bool grouped = std::ranges::any_of(units, [](const Unit& u) { return u.members.size() > 1; });
  if (!grouped) {
    // Dealt like cards, class after class without a break: each class to within one, and so the sizes.
    std::ranges::stable_sort(units, {}, &Unit::stratum);
    for (std::size_t i = 0; i < units.size(); ++i) out[units[i].members[0]] = static_cast<int>(i % static_cast<std::size_t>(folds));
    return out;
  }
  const std::vector<double> shares(static_cast<std::size_t>(folds), 1.0 / folds);
  Quota quota{shares};
  for (const auto& unit : units) quota.expect(unit);
  largestFirst(units);
  for (const auto& unit : units) {
    const std::size_t fold = quota.neediest(unit);
    for (const std::size_t i : unit.members) out[i] = static_cast<int>(fold);
    quota.add(unit, fold);
  }
  return out;
}

Result<std::vector<bool>> labelledSubset(std::span<const SplitItem> items, const SubsetOptions& o) {
  const bool byCount = o.perClass > 0, byShare = o.percent > 0;
  if (byCount == byShare || o.perClass < 0 || !(o.percent >= 0 && o.percent <= 100)) {
    return usage(TR("learn", "Say either how many items of each class keep their label, or how many per cent."),
                 TR("learn", "For example 5 per class, or 10 per cent."));
  }
  PB_CHECK(checkItems(items));
  const auto units = unitsOf(items, stableHash(o.seed, "labelled"), false);
  Histogram total, taken;
  for (const auto& unit : units) ++total[unit.stratum];
  std::vector<bool> out(items.size());
  for (const auto& unit : units) {
    if (unit.stratum < 0) continue;
    // 1e-9: 5 per cent of 100 are 5, whatever 0.05 * 100 rounds to.
    const double share = std::ceil(o.percent / 100 * static_cast<double>(total[unit.stratum]) - 1e-9);
    const auto quota = byCount ? static_cast<std::size_t>(o.perClass) : static_cast<std::size_t>(std::max(1.0, share));
    if (taken[unit.stratum] >= quota) continue;
    ++taken[unit.stratum];
    out[unit.members[0]] = true;
  }
  return out;
}

std::vector<std::vector<std::size_t>> countByClass(std::span<const SplitItem> items, std::span<const int> part, int parts) {
  std::int32_t last = -1;
  for (const auto& item : items) last = std::max(last, item.label);
  std::vector<std::vector<std::size_t>> counts(static_cast<std::size_t>(parts),
                                               std::vector<std::size_t>(static_cast<std::size_t>(last + 2)));
  for (std::size_t i = 0; i < items.size(); ++i) ++counts[static_cast<std::size_t>(part[i])][static_cast<std::size_t>(items[i].label + 1)];
  return counts;
}

}  // namespace patchbay::learn
