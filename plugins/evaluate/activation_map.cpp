// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/net/model_port.h"
#include "engine/vision/decode.h"
#include "engine/vision/encode.h"
#include "engine/vision/resize.h"
#include "plugins/evaluate/support/heat_sheet.h"
#include "plugins/support/class_evidence.h"

namespace patchbay::blocks {
namespace activation_map_cpp {

enum class Which : std::uint8_t { Mistakes, Unsure, Sure };
enum class About : std::uint8_t { Predicted, Truth };
enum class Part : std::uint8_t { Test, Validation, Train, All };

struct Chosen {
  const Item* item = nullptr;
  std::size_t predicted = 0;
  int truth = -1;
  float probability = 0;
};

struct ActivationMap final : Block {
  In<Dataset> data{this,
                   {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures with their true labels and parts.")}};
  In<ModelValue> model{this, {.key = "model", .label = TR("block", "Model"), .help = TR("block", "A trained classifier.")}};
  In<Predictions> predictions{
      this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "What this model said of the pictures.")}};
  Out<Report> report{
      this, {.key = "report", .label = TR("block", "Heat maps"), .help = TR("block", "Where the evidence lies, a map for each picture.")}};
  Out<Figure> figure{
      this, {.key = "figure", .label = TR("block", "Sheet"), .help = TR("block", "The pictures with their heat maps, side by side.")}};

  Param<Which> which{this,
                     {.key = "which",
                      .label = TR("block", "Pictures"),
                      .help = TR("block", "Which pictures are shown."),
                      .def = Which::Mistakes,
                      .choices = {{Which::Mistakes, "mistakes", TR("block", "Worst mistakes")},
                                  {Which::Unsure, "unsure", TR("block", "Least certain")},
                                  {Which::Sure, "sure", TR("block", "Most certain")}}}};
  Param<About> about{this,
                     {.key = "about",
                      .label = TR("block", "Evidence for"),
                      .help = TR("block", "Which class the heat speaks for."),
                      .def = About::Predicted,
                      .choices = {{About::Predicted, "predicted", TR("block", "The predicted class")},
                                  {About::Truth, "truth", TR("block", "The true class")}}}};
  Param<Part> part{this,
                   {.key = "part",
                    .label = TR("block", "Part"),
                    .help = TR("block", "Which part of the data the pictures come from."),
                    .def = Part::Test,
                    .choices = {{Part::Test, "test", TR("block", "Test")},
                                {Part::Validation, "validation", TR("block", "Validation")},
                                {Part::Train, "train", TR("block", "Training")},
                                {Part::All, "all", TR("block", "All")}}}};
  Param<std::int64_t> count{this,
                            {.key = "count",
                             .label = TR("block", "How many"),
                             .help = TR("block", "How many pictures are shown."),
                             .def = 12,
                             .min = 1,
                             .max = 500,
                             .unit = Unit::Picture}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto items, set.items(ctx.objects()));
    PB_TRY(const auto p, predictions.read(ctx));
    PB_TRY(const auto net, net::loadModel(ctx.objects(), model.value(ctx)));
    PB_TRY(auto evidence, ClassEvidence::open(net, ctx.threads()));
    const auto pictures = chosen(p, items);
    Report out;
    out.body["kind"] = "activation_maps";
    out.body["method"] = evidence.method() == ClassEvidence::Method::Occlusion ? "occlusion" : "activation_map";
    out.body["pictures"] = Value::List{};
    std::map<std::string, Digest> maps;
    HeatSheet sheet;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      if (ctx.stopRequested())
        return fail(ErrorKind::Cancelled, "maps.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on."));
      ctx.progress(
          {TR("block", "Looking for the evidence"), static_cast<std::int64_t>(i), static_cast<std::int64_t>(pictures.size()), "picture"});
      PB_CHECK(addPicture(ctx, out, maps, sheet, evidence, p, pictures[i]));
    }
    out.metrics["pictures"] = static_cast<std::int64_t>(pictures.size());
    PB_TRY(auto value, Report::save(ctx.objects(), out));
    for (const auto& [name, digest] : maps) value.parts.insert_or_assign(name, digest);
    report.pass(ctx, std::move(value));
    return figure.write(ctx, {.format = "svg", .title = "Activation maps", .bytes = sheet.svg()});
  }

 private:
  bool wanted(Split s) const {
    return *part == Part::All || (*part == Part::Test && s == Split::Test) || (*part == Part::Validation && s == Split::Validation) ||
           (*part == Part::Train && s == Split::Train);
  }

  /// Labels and parts are those of the data set now.
  std::vector<Chosen> chosen(const Predictions& p, const std::vector<Item>& items) const {
    std::unordered_map<std::string_view, const Item*> byId;
    for (const auto& item : items) byId.emplace(item.id, &item);
    const auto k = p.classes.size();
    std::vector<Chosen> out;
    for (std::size_t i = 0; i < p.ids.size(); ++i) {
      const auto found = byId.find(p.ids[i]);
      if (found == byId.end() || !wanted(found->second->split)) continue;
      const auto row = std::span{p.probabilities}.subspan(i * k, k);
      Chosen one{.item = found->second};
      one.predicted = static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
      one.probability = row[one.predicted];
      if (const auto* label = found->second->label())
        if (const auto at = std::ranges::find(p.classes, *label); at != p.classes.end())
          one.truth = static_cast<int>(at - p.classes.begin());
      const bool wrong = one.truth >= 0 && one.truth != static_cast<int>(one.predicted);
      if (*which != Which::Mistakes || wrong) out.push_back(one);
    }
    const float sign = *which == Which::Unsure ? -1.F : 1.F;
    std::ranges::stable_sort(out, std::greater{}, [sign](const Chosen& c) { return sign * c.probability; });
    out.resize(std::min(out.size(), static_cast<std::size_t>(*count)));
    return out;
  }

  Result<> addPicture(RunContext& ctx, Report& out, std::map<std::string, Digest>& maps, HeatSheet& sheet, ClassEvidence& evidence,
                      const Predictions& p, const Chosen& one) const {
    PB_TRY(const auto file, ctx.objects().open(one.item->digest));
    const auto side = static_cast<std::size_t>(evidence.preprocess().crop);
    std::vector<float> input(3 * side * side);
    PB_CHECK(vision::decodeForNet(file.bytes(), evidence.preprocess(), input));
    PB_TRY(const auto seen, evidence.look(std::move(input)));
    const auto subject = *about == About::Truth && one.truth >= 0 ? static_cast<std::size_t>(one.truth) : one.predicted;
    // The model's order of classes may differ from the predictions' (a positive class put last).
    const auto& names = evidence.net().classes;
    const auto at = std::ranges::find(names, p.classes[subject]);
    if (at == names.end())
      return fail(ErrorKind::BadInput, "maps.class",
                  TR("block", "The model does not know the class \"{label}\".").with("label", displayText(p.classes[subject])),
                  TR("block", "Connect the predictions of this very model."), "predictions");
    PB_TRY(const auto grid, evidence.evidence(seen, static_cast<std::size_t>(at - names.begin())));
    PB_TRY(const auto picture, vision::decode(file.bytes(), {.minSide = 2 * HeatSheet::side}));
    const auto map = overPicture(grid, evidence.preprocess(), picture.image.width(), picture.image.height());
    PB_TRY(const auto png, vision::encodePng(HeatSheet::grey(map)));
    PB_TRY(const auto digest, ctx.objects().put(png));
    const auto name = "map/" + one.item->id;
    maps.emplace(name, digest);
    const auto truth = one.truth >= 0 ? p.classes[static_cast<std::size_t>(one.truth)] : std::string{};
    Value entry{Value::Map{{"id", one.item->id},
                           {"picture", one.item->digest.hex()},
                           {"predicted", p.classes[one.predicted]},
                           {"probability", static_cast<double>(one.probability)},
                           {"class", p.classes[subject]},
                           {"map", name}}};
    if (!truth.empty()) entry["truth"] = truth;
    if (!one.item->paths.empty()) entry["path"] = pathToValue(one.item->paths.front());
    out.body["pictures"].push(std::move(entry));
    return sheet.add(picture.image, map, p.classes[one.predicted], truth, one.probability);
  }
};

}  // namespace activation_map_cpp

PATCHBAY_BLOCK(evaluate_activation_map, activation_map_cpp::ActivationMap,
               {.id = "patchbay.evaluate.activation_map",
                .title = TR("block", "Activation maps"),
                .summary = TR("block", "Shows where in a picture the evidence for its class lies, for the worst mistakes or others."),
                .category = Category::Evaluate,
                .needs = {.cores = 0, .memoryMb = 1000},
                .floating = true})
}  // namespace patchbay::blocks
