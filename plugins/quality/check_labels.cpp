// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/annotators.h"
#include "plugins/quality/support/findings.h"

namespace patchbay::blocks {
namespace check_labels_cpp {

constexpr std::size_t examples = 24;  // Pictures of a rare class that are shown.

/// "person:ann" is ann; "import" is the import.
std::string nameOf(std::string_view author) { return displayText(author.starts_with("person:") ? author.substr(7) : author); }

/// What each person, or the import, said of one picture. Suggestions of models are no labels.
using Opinions = std::map<std::string, std::string>;
Opinions opinionsOf(const Item& item, bool multiLabel) {
  std::map<std::string, Item> byAuthor;
  for (const auto& a : item.annotations)
    if (a.kind == AnnotationKind::Class && !a.author.starts_with("model:")) byAuthor[a.author].annotations.push_back(a);
  Opinions out;
  for (const auto& [author, said] : byAuthor)
    if (multiLabel || said.label()) out.emplace(author, labelsOf(said, multiLabel));
  return out;
}

struct CheckLabels final : Block {
  In<Dataset> data{this,
                   {.key = "data", .label = TR("block", "Data"), .help = TR("block", "Pictures with labels, by one or several people.")}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Labels"),
                      .help = TR("block", "Rare and missing classes, and pictures of which people say different things.")}};

  Param<double> rare{this,
                     {.key = "rare",
                      .label = TR("block", "Rare"),
                      .help = TR("block", "A class is rare below this share of the largest class."),
                      .def = 10,
                      .min = 0,
                      .max = 100,
                      .unit = Unit::Percent}};
  Param<std::int64_t> least{this,
                            {.key = "least",
                             .label = TR("block", "Fewest pictures"),
                             .help = TR("block", "A class with fewer pictures than this is rare, whatever the others have."),
                             .def = 10,
                             .min = 0,
                             .max = 100'000,
                             .unit = Unit::Picture}};
  Param<std::int64_t> most{this,
                           {.key = "most",
                            .label = TR("block", "Most listed"),
                            .help = TR("block", "So many findings of each kind are listed, the surest first."),
                            .def = 500,
                            .min = 1,
                            .max = 100'000}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(const auto items, set.items(ctx.objects()));
    std::vector<Finding> found = rareClasses(set, items);
    Report out;
    PB_TRY(auto conflicts, conflictsOf(set, items, out));
    std::ranges::move(conflicts, std::back_inserter(found));
    ItemsById byId;
    for (const auto& item : items) byId.emplace(item.id, item);
    auto described = findingReport(std::move(found), std::array{Finding::Kind::Conflict, Finding::Kind::Imbalance}, byId, set.info(),
                                   static_cast<std::size_t>(*most));
    for (const auto& [key, value] : out.body.asMap()) described.body[key] = value;
    for (const auto& [key, value] : out.metrics.asMap()) described.metrics[key] = value;
    return report.write(ctx, described);
  }

 private:
  std::vector<Finding> rareClasses(const Dataset& set, const std::vector<Item>& items) const {
    const auto& classes = set.info().classes;
    std::map<std::string, std::array<std::int64_t, 4>> parts;
    std::map<std::string, std::vector<std::string>> shown;
    for (const auto& item : items)
      for (const auto& name : classesOf(item, set.info())) {
        ++parts[name][static_cast<std::size_t>(item.split)];
        if (shown[name].size() < examples) shown[name].push_back(item.id);
      }
    std::int64_t largest = 0;
    const auto total = [&](const std::string& name) {
      std::int64_t n = 0;
      for (const auto c : parts[name]) n += c;
      return n;
    };
    for (const auto& name : classes) largest = std::max(largest, total(name));
    std::vector<Finding> out;
    for (const auto& name : classes) {
      const auto n = total(name);
      const double share = largest > 0 ? static_cast<double>(n) / static_cast<double>(largest) : 0;
      Finding f{Finding::Kind::Imbalance, shown[name], 1 - share, name, {}, {}};
      if (n == 0) f.cause = TR("block", "The class has no labelled picture.");
      else if (share * 100 < *rare || n < *least)
        f.cause = TR("block", "The class has {n} picture(s), the largest has {largest}: it will be learned badly.")
                      .count(n)
                      .with("largest", largest);
      else if (const auto part = emptyPart(set, parts[name]); part != Split::None) {
        f.score = 0.5;
        f.cause = part == Split::Train ? TR("block", "No training picture is of this class, so that it cannot be learned.")
                                       : TR("block", "The class lies in no picture of the {part} part, so that nothing is said about it.")
                                             .with("part", toString(part));
      } else continue;
      out.push_back(std::move(f));
    }
    return out;
  }

  static std::vector<std::string> classesOf(const Item& item, const DatasetInfo& info) {
    std::vector<std::string> out;
    if (info.task != "multi-label") {
      if (const auto* label = item.label()) out.push_back(*label);
      return out;
    }
    for (const auto& a : item.annotations)
      if (a.kind == AnnotationKind::Class && a.score >= 0.5) out.push_back(a.label);
    return out;
  }

  /// A part that the set has and the class has not.
  static Split emptyPart(const Dataset& set, const std::array<std::int64_t, 4>& count) {
    for (const auto part : {Split::Train, Split::Test, Split::Validation})
      if (set.counts().bySplit[static_cast<std::size_t>(part)] > 0 && count[static_cast<std::size_t>(part)] == 0) return part;
    return Split::None;
  }

  /// Pictures on which people disagree, with what all of them together make most likely.
  static Result<std::vector<Finding>> conflictsOf(const Dataset& set, const std::vector<Item>& items, Report& report) {
    const bool multiLabel = set.info().task == "multi-label";
    std::vector<std::pair<std::size_t, Opinions>> shared;
    std::set<std::string> authors;
    for (std::size_t i = 0; i < items.size(); ++i) {
      auto said = opinionsOf(items[i], multiLabel);
      if (said.size() < 2) continue;
      for (const auto& [author, label] : said) authors.insert(author);
      shared.emplace_back(i, std::move(said));
    }
    report.metrics["pictures_labelled_twice"] = static_cast<std::int64_t>(shared.size());
    if (shared.empty()) return std::vector<Finding>{};
    const std::vector<std::string> who{authors.begin(), authors.end()};
    std::optional<learn::Consensus> consensus;
    if (!multiLabel) {
      PB_TRY(consensus, agree(shared, who, set.info().classes));
      describeAnnotators(shared, who, *consensus, set.info().classes, report);
    }
    std::vector<Finding> out;
    for (std::size_t s = 0; s < shared.size(); ++s) {
      const auto& [item, said] = shared[s];
      const auto& first = *said.begin();
      const auto other = std::ranges::find_if(said, [&](const auto& o) { return o.second != first.second; });
      if (other == said.end()) continue;
      Finding f{Finding::Kind::Conflict, {items[item].id}, 0.5, labelsOf(items[item], multiLabel), {}, {}};
      if (consensus) {
        const auto p = consensus->probability.row(s);
        const auto& classes = set.info().classes;
        f.proposed = classes[static_cast<std::size_t>(std::ranges::max_element(p) - p.begin())];
        const auto given = static_cast<std::size_t>(std::ranges::find(classes, f.given) - classes.begin());
        f.score = given < p.size() ? 1 - static_cast<double>(p[given]) : 1;
      }
      f.cause = TR("block", "{first} says {label}, {second} says {other}.")
                    .with("first", nameOf(first.first))
                    .with("label", displayText(first.second))
                    .with("second", nameOf(other->first))
                    .with("other", displayText(other->second));
      out.push_back(std::move(f));
    }
    return out;
  }

  static Result<learn::Consensus> agree(const std::vector<std::pair<std::size_t, Opinions>>& shared, const std::vector<std::string>& who,
                                        const std::vector<std::string>& classes) {
    std::vector<learn::Vote> votes;
    for (std::size_t s = 0; s < shared.size(); ++s)
      for (const auto& [author, label] : shared[s].second)
        votes.push_back({static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(std::ranges::lower_bound(who, author) - who.begin()),
                         classNumber(label, classes)});
    return learn::consensusOf(votes, shared.size(), who.size(), classes.size());
  }

  /// Number of classes for one that is not listed, which consensusOf() refuses.
  static std::int32_t classNumber(const std::string& label, const std::vector<std::string>& classes) {
    return static_cast<std::int32_t>(std::ranges::find(classes, label) - classes.begin());
  }

  static void describeAnnotators(const std::vector<std::pair<std::size_t, Opinions>>& shared, const std::vector<std::string>& who,
                                 const learn::Consensus& consensus, const std::vector<std::string>& classes, Report& report) {
    report.body["annotators"] = Value::List{};
    for (std::size_t a = 0; a < who.size(); ++a) {
      std::int64_t labels = 0;
      for (const auto& [item, said] : shared) labels += said.contains(who[a]);
      report.body["annotators"].push(Value::Map{{"author", who[a]}, {"labels", labels}, {"reliability", consensus.reliability[a]}});
    }
    double sum = 0, pairs = 0;
    for (std::size_t a = 0; a < who.size(); ++a)
      for (std::size_t b = a + 1; b < who.size(); ++b) {
        std::vector<learn::LabelPair> both;
        for (const auto& [item, said] : shared)
          if (said.contains(who[a]) && said.contains(who[b]))
            both.push_back({classNumber(said.at(who[a]), classes), classNumber(said.at(who[b]), classes)});
        const double kappa = learn::cohenKappa(both, classes.size());
        if (!std::isfinite(kappa)) continue;
        sum += kappa;
        ++pairs;
      }
    if (pairs > 0) report.metrics["agreement_kappa"] = sum / pairs;
  }
};

}  // namespace check_labels_cpp

PATCHBAY_BLOCK(quality_check_labels, check_labels_cpp::CheckLabels,
               {.id = "patchbay.quality.check_labels",
                .title = TR("block", "Check labels"),
                .summary = TR("block", "Finds rare and missing classes, and pictures that people labelled differently."),
                .category = Category::Evaluate})
}  // namespace patchbay::blocks
