// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/split.h"

namespace patchbay::blocks {
namespace labelled_subset_cpp {

enum class Keep : std::uint8_t { PerClass, Percent };

struct LabelledSubset final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "Labelled pictures, split or not.")}};
  Out<Dataset> out{this,
                   {.key = "data",
                    .label = TR("block", "Data"),
                    .help = TR("block", "All pictures; only the chosen training pictures keep their labels.")}};

  Param<Keep> keep{this,
                   {.key = "keep",
                    .label = TR("block", "Keep"),
                    .help = TR("block", "What the amount counts."),
                    .def = Keep::PerClass,
                    .choices = {{Keep::PerClass, "per_class", TR("block", "Pictures per class")},
                                {Keep::Percent, "percent", TR("block", "Per cent of each class")}}}};
  Param<std::int64_t> shots{this,
                            {.key = "shots",
                             .label = TR("block", "Pictures per class"),
                             .help = TR("block",
                                        "Labelled training pictures kept of each class. Where pictures have several labels, a class "
                                        "may get more: those kept for another class."),
                             .def = 10,
                             .min = 1,
                             .max = 1'000'000,
                             .softMax = 100,
                             .unit = Unit::Picture,
                             .scale = Scale::Log,
                             .visibleIf = {{"keep", {"per_class"}}}}};
  Param<double> percent{this,
                        {.key = "percent",
                         .label = TR("block", "Share"),
                         .help = TR("block", "Share of each class's training pictures that keep their label."),
                         .def = 10,
                         .min = 0.01,
                         .max = 100,
                         .unit = Unit::Percent,
                         .scale = Scale::Log,
                         .visibleIf = {{"keep", {"percent"}}}}};
  Param<std::int64_t> seed{this,
                           {.key = "seed",
                            .label = TR("block", "Seed"),
                            .help = TR("block", "Another seed keeps other pictures; smaller amounts lie within larger ones."),
                            .def = 0,
                            .min = 0,
                            .max = 1'000'000}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(const auto training, trainingPictures(ctx, set));
    if (training.ids.empty())
      return fail(ErrorKind::BadInput, "subset.no_labels", TR("block", "There are no labelled training pictures to choose from."),
                  TR("block", "Connect labelled data, or give the training part of the split a larger share."));
    std::unordered_map<std::string_view, bool> keepLabel;
    for (const auto& id : training.ids) keepLabel.emplace(id, false);
    for (const auto& sorts : training.sorts) {
      PB_TRY(const auto kept, chosen(training.ids, sorts));
      for (std::size_t i = 0; i < training.ids.size(); ++i)
        if (kept[i]) keepLabel[training.ids[i]] = true;
    }
    PB_TRY(const auto reduced, set.mapped(ctx.objects(), set.info(), [&](Item& item) -> Result<> {
      const auto found = keepLabel.find(item.id);
      if (found != keepLabel.end() && !found->second)
        std::erase_if(item.annotations, [](const Annotation& a) { return a.kind == AnnotationKind::Class; });
      return {};
    }));
    return out.write(ctx, reduced);
  }

 private:
  /// Training pictures with a label; validation and test pictures keep theirs, so that the figures stay comparable.
  struct Training {
    std::vector<std::string> ids;
    /// What each picture counts as, -1 for nothing. One list where a picture has one class. With several labels each class has
    /// a list of its own, and so have the pictures that are known to have none: a picture may be chosen for any of them.
    std::vector<std::vector<std::int32_t>> sorts;
  };

  static Result<Training> trainingPictures(RunContext& ctx, const Dataset& set) {
    const auto& classes = set.info().classes;
    const bool several = set.info().task == "multi-label";
    Training out;
    out.sorts.resize(several ? classes.size() + 1 : 1);
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      const auto* label = item.label();
      if ((several ? !item.labelled() : !label) || item.split == Split::Validation || item.split == Split::Test) return {};
      out.ids.push_back(item.id);
      if (!several) {
        out.sorts.front().push_back(static_cast<std::int32_t>(std::ranges::find(classes, *label) - classes.begin()));
        return {};
      }
      bool any = false;
      for (std::size_t c = 0; c < classes.size(); ++c) {
        const bool has = std::ranges::any_of(item.annotations, [&](const Annotation& a) {
          return a.kind == AnnotationKind::Class && a.score >= 0.5 && a.label == classes[c];
        });
        out.sorts[c].push_back(has ? 0 : -1);
        any |= has;
      }
      out.sorts.back().push_back(any ? -1 : 0);
      return {};
    }));
    return out;
  }

  Result<std::vector<bool>> chosen(const std::vector<std::string>& ids, const std::vector<std::int32_t>& sorts) const {
    std::vector<learn::SplitItem> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) rows.push_back({ids[i], {}, sorts[i]});
    learn::SubsetOptions options{.seed = static_cast<std::uint64_t>(*seed)};
    if (*keep == Keep::PerClass) options.perClass = static_cast<int>(*shots);
    else options.percent = *percent;
    return learn::labelledSubset(rows, options);
  }
};

}  // namespace labelled_subset_cpp

PATCHBAY_BLOCK(data_labelled_subset, labelled_subset_cpp::LabelledSubset,
               {.id = "patchbay.data.labelled_subset",
                .title = TR("block", "Few labels"),
                .summary = TR("block", "Keeps the labels of a few training pictures of each class and hides the others."),
                .category = Category::Data})
}  // namespace patchbay::blocks
