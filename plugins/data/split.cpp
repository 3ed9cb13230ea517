// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/split.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace split_cpp {

enum class Method : std::uint8_t { Auto, Exact, Stable, Folds };

/// A pattern on paths. RE2 takes time in proportion to the path and bounded memory, whatever the pattern.
class GroupPattern {
 public:
  explicit GroupPattern(const std::string& pattern)
      : utf8_{pattern, options(RE2::Options::EncodingUTF8)}, bytes_{pattern, options(RE2::Options::EncodingLatin1)} {}
  std::string problem() const { return utf8_.ok() ? std::string{} : utf8_.error(); }
  /// What the first parentheses match, else the whole match; nothing when the pattern is not found or matches nothing.
  std::optional<std::string> groupOf(const std::string& path) const {
    const RE2& expression = isUtf8(path) || !bytes_.ok() ? utf8_ : bytes_;
    std::array<re2::StringPiece, 2> match;
    const int wanted = 1 + std::min(1, expression.NumberOfCapturingGroups());
    if (!expression.Match(path, 0, path.size(), RE2::UNANCHORED, match.data(), wanted)) return std::nullopt;
    const auto& part = match[1].empty() ? match[0] : match[1];
    if (part.empty()) return std::nullopt;
    return std::string{part.data(), part.size()};
  }

 private:
  static RE2::Options options(RE2::Options::Encoding encoding) {
    RE2::Options o;
    o.set_encoding(encoding);
    o.set_log_errors(false);
    o.set_max_mem(16 << 20);
    return o;
  }
  RE2 utf8_, bytes_;  // The second for paths that are not UTF-8.
};

/// The kind of picture that is spread evenly over the parts: its class or, where it may have several labels, the rarest of
/// them, as the rare ones are hardest to spread (after Sechidis et al. 2011).
class Strata {
 public:
  explicit Strata(const Dataset& set) : set_{set} {}
  /// -1: unlabelled; the number of classes: known to have none.
  std::int32_t of(const Item& item) const {
    const auto& classes = set_.info().classes;
    const auto* label = item.label();
    if (set_.info().task == "multi-label" && item.labelled()) {
      if (!label) return static_cast<std::int32_t>(classes.size());
      for (const auto& a : item.annotations)
        if (a.kind == AnnotationKind::Class && a.score >= 0.5 && rarer(a.label, *label)) label = &a.label;
    }
    const auto at = label ? std::find(classes.begin(), classes.end(), *label) : classes.end();
    return at == classes.end() ? -1 : static_cast<std::int32_t>(at - classes.begin());
  }

 private:
  bool rarer(const std::string& a, const std::string& b) const {
    const auto count = [&](const std::string& name) {
      const auto found = set_.counts().byClass.find(name);
      return found == set_.counts().byClass.end() ? 0 : found->second;
    };
    return count(a) < count(b);
  }
  const Dataset& set_;
};

struct SplitBlock final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures to divide.")}};
  Out<Dataset> out{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures, each with its part.")}};

  Param<Method> method{
      this,
      {.key = "method",
       .label = TR("block", "Method"),
       .help = TR("block", "How pictures are given to the parts. Classes are always spread evenly (stratified)."),
       .def = Method::Auto,
       .choices = {
           {Method::Auto, "auto", TR("block", "Automatic"), TR("block", "Exact shares below 200 pictures, lasting parts from there on.")},
           {Method::Exact, "exact", TR("block", "Exact shares"), TR("block", "Every class is divided as exactly as possible.")},
           {Method::Stable, "stable", TR("block", "Lasting parts"), TR("block", "No picture ever changes its part when others are added.")},
           {Method::Folds, "folds", TR("block", "Cross-validation"), TR("block", "One of several equal folds is the test part.")}}}};
  Param<double> validation{this,
                           {.key = "validation",
                            .label = TR("block", "Validation"),
                            .help = TR("block", "Share for choosing settings and thresholds."),
                            .def = 15,
                            .min = 0,
                            .max = 90,
                            .unit = Unit::Percent}};
  Param<double> test{this,
                     {.key = "test",
                      .label = TR("block", "Test"),
                      .help = TR("block", "Share kept aside for the final figures."),
                      .def = 15,
                      .min = 0,
                      .max = 90,
                      .unit = Unit::Percent,
                      .visibleIf = {{"method", {"auto", "exact", "stable"}}}}};
  Param<std::int64_t> folds{this,
                            {.key = "folds",
                             .label = TR("block", "Folds"),
                             .help = TR("block", "Number of equal parts for cross-validation."),
                             .def = 5,
                             .min = 2,
                             .max = 100,
                             .visibleIf = {{"method", {"folds"}}}}};
  Param<std::int64_t> fold{this,
                           {.key = "fold",
                            .label = TR("block", "Fold"),
                            .help = TR("block", "Which of the folds is the test part, from 0."),
                            .def = 0,
                            .min = 0,
                            .max = 99,
                            .visibleIf = {{"method", {"folds"}}}}};
  Param<std::string> groupPattern{
      this,
      {.key = "group_pattern",
       .label = TR("block", "Group by name"),
       .help = TR("block",
                  "Regular expression on the path; what its first parentheses match is the part or patient whose pictures stay together. "
                  "Empty: the groups the data set has."),
       .def = ""}};
  Param<std::int64_t> seed{this,
                           {.key = "seed",
                            .label = TR("block", "Seed"),
                            .help = TR("block", "Another seed gives another division."),
                            .def = 0,
                            .min = 0,
                            .max = 1'000'000}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto items, set.items(ctx.objects()));
    if (items.empty())
      return fail(ErrorKind::BadInput, "split.empty", TR("block", "There are no pictures to divide."),
                  TR("block", "Choose a folder that has pictures in it."));
    PB_TRY(const auto groups, groupsOf(items));
    PB_TRY(const auto parts, partsOf(set, items, groups));
    std::unordered_map<std::string_view, std::size_t> row;
    for (std::size_t i = 0; i < items.size(); ++i) row.emplace(items[i].id, i);
    PB_TRY(const auto divided, set.mapped(ctx.objects(), set.info(), [&](Item& item) -> Result<> {
      const auto i = row.at(item.id);
      item.split = parts[i];
      item.group = groups[i];
      return {};
    }));
    return out.write(ctx, divided);
  }

 private:
  Result<std::vector<std::string>> groupsOf(const std::vector<Item>& items) const {
    std::vector<std::string> groups;
    for (const auto& item : items) groups.push_back(item.group);
    const auto pattern = *groupPattern;
    if (pattern.empty()) return groups;
    const GroupPattern expression{pattern};
    if (const auto problem = expression.problem(); !problem.empty())
      return fail(ErrorKind::BadInput, "split.pattern",
                  TR("block", "\"{pattern}\" is not a regular expression ({problem}).").with("pattern", pattern).with("problem", problem),
                  TR("block", "Use for example \"patient_([0-9]+)\"."), "group_pattern");
    bool any = false;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (const auto group = items[i].paths.empty() ? std::nullopt : expression.groupOf(items[i].paths.front())) {
        groups[i] = *group;
        any = true;
      }
    if (!any)
      return fail(ErrorKind::BadInput, "split.pattern_unmatched",
                  TR("block", "\"{pattern}\" is found in no picture's path.").with("pattern", pattern),
                  TR("block", "The paths look like \"{path}\"; correct the pattern, or empty it.")
                      .with("path", items.front().paths.empty() ? std::string{} : displayText(items.front().paths.front())),
                  "group_pattern");
    return groups;
  }

  Result<std::vector<Split>> partsOf(const Dataset& set, const std::vector<Item>& items, const std::vector<std::string>& groups) const {
    std::vector<learn::SplitItem> rows;
    const Strata strata{set};
    for (std::size_t i = 0; i < items.size(); ++i) rows.push_back({items[i].id, groups[i], strata.of(items[i])});
    if (*method == Method::Folds) return foldParts(rows);
    learn::SplitOptions options{.validation = *validation / 100, .test = *test / 100, .seed = static_cast<std::uint64_t>(*seed)};
    const bool lasting = *method == Method::Stable || (*method == Method::Auto && items.size() >= 200);
    options.policy = lasting ? learn::SplitPolicy::Hash : learn::SplitPolicy::Quota;
    PB_TRY(const auto parts, learn::splitItems(rows, options));
    std::vector<Split> assigned;
    for (const auto part : parts)
      assigned.push_back(part == learn::Part::Train ? Split::Train : part == learn::Part::Validation ? Split::Validation : Split::Test);
    return assigned;
  }

  /// The chosen fold is the test part; validation is a stratified share of the others.
  Result<std::vector<Split>> foldParts(const std::vector<learn::SplitItem>& rows) const {
    if (*fold >= *folds)
      return fail(ErrorKind::BadInput, "split.fold",
                  TR("block", "There is no fold {fold}: they are numbered from 0 to {last}.").with("fold", *fold).with("last", *folds - 1),
                  TR("block", "Choose a smaller fold, or more folds."), "fold");
    const auto s = static_cast<std::uint64_t>(*seed);
    PB_TRY(const auto foldOf, learn::stratifiedFolds(rows, static_cast<int>(*folds), s));
    std::vector<learn::SplitItem> rest;
    std::vector<std::size_t> restRow;
    std::vector<Split> assigned(rows.size(), Split::Test);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (foldOf[i] != *fold) {
        rest.push_back(rows[i]);
        restRow.push_back(i);
      }
    const learn::SplitOptions options{.validation = *validation / 100, .test = 0, .seed = s, .policy = learn::SplitPolicy::Quota};
    PB_TRY(const auto parts, learn::splitItems(rest, options));
    for (std::size_t k = 0; k < rest.size(); ++k)
      assigned[restRow[k]] = parts[k] == learn::Part::Validation ? Split::Validation : Split::Train;
    return assigned;
  }
};

}  // namespace split_cpp

PATCHBAY_BLOCK(data_split, split_cpp::SplitBlock,
               {.id = "patchbay.data.split",
                .title = TR("block", "Split"),
                .summary = TR("block", "Divides pictures into training, validation and test parts; pictures of one group stay together."),
                .category = Category::Data})
}  // namespace patchbay::blocks
