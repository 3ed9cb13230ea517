// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/near_duplicates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/linear_head.h"
#include "engine/learn/parallel.h"
#include "plugins/quality/support/findings.h"
#include "plugins/quality/support/fingerprints.h"
#include "plugins/support/stop_signal.h"

namespace patchbay::blocks {
namespace near_duplicates_cpp {

using learn::EntryPair;

/// Two entries that show the same, and how surely.
struct Match {
  EntryPair pair;
  double score = 0;
};

struct NearDuplicates final : Block {
  In<Dataset> data{this,
                   {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures, with their parts where there are.")}};
  In<Embedding> embedding{this,
                          {.key = "embedding",
                           .label = TR("block", "Features"),
                           .help = TR("block", "Features of the pictures: finds doubles that are cropped or lit differently as well."),
                           .optional = true}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Near-duplicates"),
                      .help = TR("block", "Pictures that show the same, those in different parts and of different classes first.")}};
  Out<Dataset> grouped{this,
                       {.key = "data",
                        .label = TR("block", "Data"),
                        .help = TR("block", "The same pictures, near-duplicates in one group, so that Split keeps them in one part.")}};

  Param<double> alike{this,
                      {.key = "alike",
                       .label = TR("block", "Alike"),
                       .help = TR("block", "How well pictures must agree, as a whole and everywhere, once one is laid over the other."),
                       .def = 90,
                       .min = 50,
                       .max = 100,
                       .unit = Unit::Percent}};
  Param<std::int64_t> most{this,
                           {.key = "most",
                            .label = TR("block", "Most listed"),
                            .help = TR("block", "So many groups of each kind are listed, the surest first."),
                            .def = 500,
                            .min = 1,
                            .max = 100'000}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto all, set.items(ctx.objects()));
    PB_TRY(const auto entries, entriesOf(all));
    std::vector<Digest> pictures;
    for (const auto& e : entries) pictures.push_back(all[e.front()].digest);
    PB_TRY(const auto prints, Fingerprints::of(ctx, pictures));
    const StopSignal stop{ctx};
    PB_TRY(const auto pairs, candidates(ctx, all, entries, prints, stop.flag()));
    PB_TRY(const auto matches, verified(ctx, prints, pairs, stop.flag()));
    PB_TRY(const auto items, itemsById(ctx, set));
    const auto groups = groupsOf(all, entries, matches);
    auto found =
        findingReport(findings(groups, all, set.info()), std::array{Finding::Kind::Leak, Finding::Kind::Conflict, Finding::Kind::Duplicate},
                      items, set.info(), static_cast<std::size_t>(*most));
    std::int64_t doubles = 0;
    for (const auto& g : groups) doubles += static_cast<std::int64_t>(g.items.size()) - 1;
    found.metrics["pictures"] = static_cast<std::int64_t>(all.size());
    found.metrics["doubles"] = doubles;
    found.metrics["compared_pairs"] = static_cast<std::int64_t>(pairs.size());
    std::vector<std::pair<std::string, double>> scores;
    for (const auto& g : groups)
      for (const auto i : g.items) scores.emplace_back(all[i].id, g.score);
    addScores(found, "duplicate", std::move(scores));
    PB_CHECK(report.write(ctx, found));
    return writeGrouped(ctx, set, all, groups);
  }

 private:
  struct Group {
    std::vector<std::size_t> items;  ///< Rising.
    double score = 1;                ///< Of the least sure of the matches that hold it together.
    bool sameBytes = true;
  };

  static tl::unexpected<Error> stopped() {
    return fail(ErrorKind::Cancelled, "duplicates.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on where it stopped."));
  }

  /// Items with the same bytes are one entry: they need no comparing.
  static Result<std::vector<std::vector<std::size_t>>> entriesOf(const std::vector<Item>& all) {
    if (all.size() >= (std::size_t{1} << 32))
      return fail(ErrorKind::Unsupported, "duplicates.many", TR("block", "There are more pictures than can be compared."),
                  TR("block", "Compare parts of the data."), "data");
    std::map<Digest, std::vector<std::size_t>> byDigest;
    for (std::size_t i = 0; i < all.size(); ++i) byDigest[all[i].digest].push_back(i);
    std::vector<std::vector<std::size_t>> out;
    for (auto& [digest, members] : byDigest) out.push_back(std::move(members));
    return out;
  }

  Result<std::vector<EntryPair>> candidates(RunContext& ctx, const std::vector<Item>& all,
                                            const std::vector<std::vector<std::size_t>>& entries, const Fingerprints& prints,
                                            const StopFlag* stop) const {
    ctx.progress({TR("block", "Looking for pictures that may be alike"), 0, 0, ""});
    PB_TRY(const auto codes, perceptualCodes(prints, ctx.threads(), stop));
    PB_TRY(auto pairs, learn::closePairs(codes.whole, codes.crops,
                                         {.pieces = piecesFor(entries.size()), .perEntry = 16, .threads = ctx.threads(), .stop = stop}));
    if (embedding.linked(ctx)) {
      PB_TRY(const auto features, embedding.read(ctx));
      PB_TRY(const auto more, alikeByFeatures(ctx, features, all, entries, stop));
      pairs.insert(pairs.end(), more.begin(), more.end());
      std::ranges::sort(pairs);
      pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    }
    return pairs;
  }

  /// Few pictures can be compared more generously: a piece of a code picks out about as many of them, however many there are.
  static int piecesFor(std::size_t pictures) { return std::clamp(64 / std::max(1, static_cast<int>(std::bit_width(pictures)) - 4), 4, 6); }

  static Result<std::vector<EntryPair>> alikeByFeatures(RunContext& ctx, const Embedding& features, const std::vector<Item>& all,
                                                        const std::vector<std::vector<std::size_t>>& entries, const StopFlag* stop) {
    std::map<std::string_view, std::size_t> row;
    for (std::size_t i = 0; i < features.ids.size(); ++i) row.emplace(features.ids[i], i);
    std::vector<std::size_t> rows;
    for (const auto& e : entries) {
      const auto found = row.find(all[e.front()].id);
      if (found == row.end())
        return fail(ErrorKind::BadInput, "duplicates.missing_features", TR("block", "The features do not belong to these pictures."),
                    TR("block", "Connect the data set that the Embed block was given."), "embedding");
      rows.push_back(found->second);
    }
    auto x = learn::selectRows({features.values.data(), features.ids.size(), features.columns}, rows);
    learn::normaliseRows(x.view());
    const auto codes = learn::projectionCodes(x, 1, ctx.threads());
    return learn::closePairs(codes, codes, {.pieces = 6, .perEntry = 8, .threads = ctx.threads(), .stop = stop});
  }

  /// Pairs whose pixels agree once one is laid over the other.
  Result<std::vector<Match>> verified(RunContext& ctx, const Fingerprints& prints, const std::vector<EntryPair>& pairs,
                                      const StopFlag* stop) const {
    constexpr std::size_t block = 64;
    const auto blocks = (pairs.size() + block - 1) / block;
    std::vector<std::vector<Match>> found(blocks);
    std::mutex guard;
    std::int64_t done = 0;
    const auto total = static_cast<std::int64_t>(pairs.size());
    learn::parallelFor(ctx.threads(), blocks, [&](std::size_t b) {
      if (stop->requested()) return;
      const auto last = std::min(pairs.size(), (b + 1) * block);
      for (auto i = b * block; i < last; ++i)
        if (const auto score = agreement(prints, pairs[i]); score * 100 >= *alike) found[b].push_back({pairs[i], score});
      const std::lock_guard lock{guard};
      done += static_cast<std::int64_t>(last - b * block);
      ctx.progress({TR("block", "Comparing pictures"), done, total, "pair"});
    });
    if (stop->requested()) return stopped();
    std::vector<Match> out;
    for (const auto& part : found) out.insert(out.end(), part.begin(), part.end());
    return out;
  }

  /// Either may be the cropped one, and what is cropped away cannot be laid over; the better way counts.
  static double agreement(const Fingerprints& prints, const EntryPair& pair) {
    const auto first = prints.at(pair.first), second = prints.at(pair.second);
    if (!first || !second) return 0;
    const auto one = agreement(vision::align(*first, *second));
    return std::max(one, agreement(vision::align(*second, *first)));
  }

  /// A local difference of twice what a copy explains is 90 %, like a correlation of 0.9.
  static double agreement(const vision::Alignment& a) { return std::clamp(std::min({a.whole, a.detail, 1 - a.difference / 20}), 0.0, 1.0); }

  static std::vector<Group> groupsOf(const std::vector<Item>& all, const std::vector<std::vector<std::size_t>>& entries,
                                     const std::vector<Match>& matches) {
    std::vector<EntryPair> links;
    for (const auto& e : entries)
      for (std::size_t i = 1; i < e.size(); ++i) links.emplace_back(static_cast<std::uint32_t>(e[0]), static_cast<std::uint32_t>(e[i]));
    const auto sameBytes = links.size();
    for (const auto& m : matches) {
      const auto [a, b] = std::minmax({entries[m.pair.first].front(), entries[m.pair.second].front()});
      links.emplace_back(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
    }
    const auto connected = learn::connectedGroups(all.size(), links);
    std::vector<Group> out;
    std::vector<std::size_t> groupOf(all.size(), connected.size());
    for (const auto& g : connected) {
      for (const auto i : g) groupOf[i] = out.size();
      out.push_back({{g.begin(), g.end()}});
    }
    for (std::size_t i = sameBytes; i < links.size(); ++i) {
      auto& g = out[groupOf[links[i].first]];
      g.sameBytes = false;
      g.score = std::min(g.score, matches[i - sameBytes].score);
    }
    return out;
  }

  static std::vector<Finding> findings(const std::vector<Group>& groups, const std::vector<Item>& all, const DatasetInfo& info) {
    std::vector<Finding> out;
    for (const auto& g : groups) {
      std::map<std::string, std::size_t> labels;
      std::set<Split> parts;
      Finding f{.score = g.score};
      for (const auto i : g.items) {
        f.items.push_back(all[i].id);
        parts.insert(all[i].split);
        if (const auto label = labelsOf(all[i], info.task == "multi-label"); !label.empty()) ++labels[label];
      }
      parts.erase(Split::None);
      f.kind = parts.size() > 1 ? Finding::Kind::Leak : labels.size() > 1 ? Finding::Kind::Conflict : Finding::Kind::Duplicate;
      if (!labels.empty()) f.given = labels.begin()->first;
      if (labels.size() > 1) {
        for (auto at = std::next(labels.begin()); at != labels.end(); ++at) f.given += " / " + at->first;
        // A majority is a proposal; of equal numbers there is none.
        const auto most = std::ranges::max_element(labels, {}, &std::pair<const std::string, std::size_t>::second);
        if (std::ranges::count(labels, most->second, &std::pair<const std::string, std::size_t>::second) == 1) f.proposed = most->first;
      }
      f.cause = causeOf(g, parts.size() > 1, labels.size() > 1);
      out.push_back(std::move(f));
    }
    return out;
  }

  static Text causeOf(const Group& g, bool leak, bool conflict) {
    const auto n = static_cast<std::int64_t>(g.items.size());
    const auto percent = std::round(g.score * 1000) / 10;
    if (leak && conflict)
      return TR("block", "{n} pictures show the same ({percent} %), lie in different parts and have different labels.")
          .count(n)
          .with("percent", percent);
    if (leak)
      return TR("block", "{n} pictures show the same ({percent} %) and lie in different parts: the test knows what was learned.")
          .count(n)
          .with("percent", percent);
    if (conflict)
      return TR("block", "{n} pictures show the same ({percent} %) and have different labels.").count(n).with("percent", percent);
    if (g.sameBytes) return TR("block", "{n} files are the same, byte for byte.").count(n);
    return TR("block", "{n} pictures show the same ({percent} %).").count(n).with("percent", percent);
  }

  /// Groups that share a duplicate become one, so that Split keeps all of it on one side.
  Result<> writeGrouped(RunContext& ctx, const Dataset& set, const std::vector<Item>& all, const std::vector<Group>& groups) const {
    std::vector<EntryPair> links;
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!all[i].group.empty()) {
        const auto [at, fresh] = first.emplace(all[i].group, i);
        if (!fresh) links.emplace_back(static_cast<std::uint32_t>(at->second), static_cast<std::uint32_t>(i));
      }
    std::set<std::uint32_t> doubled;
    for (const auto& g : groups)
      for (const auto i : g.items) {
        links.emplace_back(static_cast<std::uint32_t>(g.items.front()), static_cast<std::uint32_t>(i));
        doubled.insert(static_cast<std::uint32_t>(i));
      }
    std::map<std::string, std::string> name;  // Of the items whose group changes.
    for (const auto& joined : learn::connectedGroups(all.size(), links)) {
      if (std::ranges::none_of(joined, [&](auto i) { return doubled.contains(i); })) continue;
      std::string group;
      for (const auto i : joined)
        if (!all[i].group.empty() && (group.empty() || all[i].group < group)) group = all[i].group;
      if (group.empty()) group = "alike-" + all[joined.front()].id;
      for (const auto i : joined) name.emplace(all[i].id, group);
    }
    std::vector<Item> changed;
    for (const auto& item : all)
      if (const auto found = name.find(item.id); found != name.end() && item.group != found->second) {
        changed.push_back(item);
        changed.back().group = found->second;
      }
    PB_TRY(const auto divided, set.with(ctx.objects(), changed));
    return grouped.write(ctx, divided);
  }
};

}  // namespace near_duplicates_cpp

PATCHBAY_BLOCK(
    quality_near_duplicates, near_duplicates_cpp::NearDuplicates,
    {.id = "patchbay.quality.near_duplicates",
     .title = TR("block", "Near-duplicates"),
     .summary = TR("block",
                   "Finds pictures that show the same, re-encoded, resized or cropped, and those that leak from training into the test."),
     .category = Category::Evaluate,
     .needs = {.cores = 0, .memoryMb = 1000},
     .itemWise = true,
     .floating = true})
}  // namespace patchbay::blocks
