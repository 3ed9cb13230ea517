// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "plugins/label/support/labelling.h"
#include "plugins/support/stop_signal.h"

namespace patchbay::blocks {
namespace next_pictures_cpp {

enum class How : std::uint8_t { Auto, TypiClust, Margin, DropQuery, Random };

struct NextPictures final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "Pictures, some of them labelled or none.")}};
  In<Embedding> embedding{this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "Of these pictures.")}};
  Out<Dataset> next{this, {.key = "next", .label = TR("block", "Next"), .help = TR("block", "Those that should be labelled next.")}};
  Out<Report> report{this,
                     {.key = "report", .label = TR("block", "Reasons"), .help = TR("block", "Why each of them, the most useful first.")}};

  Param<std::int64_t> count{this,
                            {.key = "count",
                             .label = TR("block", "Pictures"),
                             .help = TR("block", "How many to choose; they differ from each other."),
                             .def = 20,
                             .min = 1,
                             .max = 10'000,
                             .softMax = 200,
                             .unit = Unit::Picture}};
  Param<How> strategy{this,
                      {.key = "strategy",
                       .label = TR("block", "Choose"),
                       .help = TR("block", "What makes a picture worth a label."),
                       .def = How::Auto,
                       .choices = {{How::Auto, "auto", TR("block", "Typical ones first, then unsure ones")},
                                   {How::TypiClust, "typiclust", TR("block", "Typical of what has no label"),
                                    TR("block", "The best with very few labels; needs none.")},
                                   {How::Margin, "margin", TR("block", "Between two classes"),
                                    TR("block", "Where the two most probable classes are nearest to each other.")},
                                   {How::DropQuery, "dropquery", TR("block", "Easily talked out of it"),
                                    TR("block", "Where the class changes when features are left out.")},
                                   {How::Random, "random", TR("block", "At random"), TR("block", "To compare with, and to measure on.")}}}};
  Param<std::int64_t> seed{this,
                           {.key = "seed",
                            .label = TR("block", "Seed"),
                            .help = TR("block", "Another seed gives another choice among equals."),
                            .def = 0,
                            .min = 0,
                            .max = 1'000'000}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto features, embedding.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(auto known, labelling(ctx, set, features));
    Report out;
    out.body["kind"] = "next_pictures";
    out.body["items"] = Value::List{};
    std::vector<std::string> rest;
    std::map<std::string, bool> chosen;
    if (auto* assistant = known.assistant()) {
      StopSignal stop{ctx};
      PB_CHECK(assistant->learn(stop.flag()));
      PB_CHECK(assistant->calibrate(stop.flag()));
      PB_TRY(const auto picks, assistant->next(wanted(), static_cast<std::size_t>(*count), {}, stop.flag()));
      for (const auto& pick : picks) {
        auto one = known.toValue(pick);
        chosen[one["id"].asText()] = true;
        out.body["items"].push(std::move(one));
      }
      out.body["learned"] = assistant->learned();
    }
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      if (!chosen.contains(item.id)) rest.push_back(item.id);
      return {};
    }));
    out.metrics = Value::Map{{"pictures", set.size()}, {"labelled", known.labelled()}, {"chosen", chosen.size()}};
    PB_TRY(const auto part, set.with(ctx.objects(), {}, rest));
    PB_CHECK(next.write(ctx, part));
    return report.write(ctx, out);
  }

 private:
  std::optional<learn::Strategy> wanted() const {
    return learn::strategyFrom(params()["strategy"].asText());  // Nothing for "auto".
  }

  Result<Labelling> labelling(RunContext& ctx, const Dataset& set, const Embedding& features) const {
    std::unordered_map<std::string_view, std::size_t> row;
    for (std::size_t i = 0; i < features.ids.size(); ++i) row.emplace(features.ids[i], i);
    Labelling out{features.net, ctx.threads(), static_cast<std::uint64_t>(*seed)};
    out.setClasses(set.info().task, set.info().classes);
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      const auto found = row.find(item.id);
      if (found == row.end())
        return fail(ErrorKind::BadInput, "next.missing_features", TR("block", "The features do not belong to these pictures."),
                    TR("block", "Connect the data set that the Embed block was given, split or labelled as you like."), "embedding");
      out.take(item);
      return out.addFeatures(item.digest, std::span{features.values}.subspan(found->second * features.columns, features.columns));
    }));
    return out;
  }
};

}  // namespace next_pictures_cpp

PATCHBAY_BLOCK(label_next_pictures, next_pictures_cpp::NextPictures,
               {.id = "patchbay.label.next_pictures",
                .title = TR("block", "Next pictures"),
                .summary = TR("block", "Which pictures to label next, and why."),
                .category = Category::Data,
                .floating = true})
}  // namespace patchbay::blocks
