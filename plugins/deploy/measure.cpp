// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/measure.h"

#include <algorithm>
#include <charconv>

#include "engine/base/processor.h"
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/figure_text.h"
#include "engine/net/model_port.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/deploy/support/picture_pass.h"
#include "plugins/support/figures.h"

namespace patchbay::blocks {
namespace measure_cpp {
namespace fs = std::filesystem;

constexpr std::size_t mostPictures = 500;

/// A network on trial, and where it came from.
struct Contender {
  net::Net net;
  std::string onnx;
  Value facts;
  std::optional<PortValue> model;  ///< As it came in, where it came through a link.
};

/// "1, 2, 8" as numbers from 1 to 1,024.
Result<std::vector<std::int64_t>> numbersOf(const std::string& text, const char* param) {
  std::vector<std::int64_t> out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == ',') {
      ++at;
      continue;
    }
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), n);
    if (error != std::errc{} || n < 1 || n > 1024)
      return fail(ErrorKind::BadInput, "measure.numbers",
                  TR("block", "\"{text}\" is no list of whole numbers from 1 to 1024.").with("text", displayText(text)),
                  TR("block", "Write them like this: 1, 2, 8"), param);
    out.push_back(n);
    at = static_cast<std::size_t>(end - text.data());
  }
  return out;
}

struct Measure final : Block {
  InList<ModelValue> models{this,
                            {.key = "models",
                             .label = TR("block", "Models"),
                             .help = TR("block", "Trained classifiers, measured as they would be exported."),
                             .optional = true}};
  In<Dataset> data{this,
                   {.key = "data",
                    .label = TR("block", "Data"),
                    .help = TR("block", "Its validation pictures say how accurate each model is; without it, an export says so itself."),
                    .optional = true}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Report"),
                      .help = TR("block", "Times by batch, threads and precision, size and accuracy of each model.")}};
  Out<Figure> figure{
      this, {.key = "figure", .label = TR("block", "Figure"), .help = TR("block", "Accuracy against time or size, the front marked.")}};
  Out<TextValue> table{this, {.key = "table", .label = TR("block", "Table"), .help = TR("block", "The same figures to read.")}};
  Out<ModelValue> pick{this,
                       {.key = "model",
                        .label = TR("block", "Model"),
                        .help = TR("block", "The most accurate model within the limit, as it came in: for an Export block.")}};

  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Exports"),
                            .help = TR("block", "An export, or a folder of several, measured beside the linked models. Empty: none.")}};
  Param<double> limit{
      this,
      {.key = "limit",
       .label = TR("block", "Milliseconds a picture"),
       .help = TR("block", "One picture may take so long, 19 times of 20. 0: the most accurate model is taken, however slow."),
       .def = 0,
       .min = 0,
       .max = 1e6}};
  Param<std::string> batches{this,
                             {.key = "batches",
                              .label = TR("block", "Batches"),
                              .help = TR("block", "How many pictures are computed together; a single one is always measured."),
                              .def = "1, 2, 8"}};
  Param<std::string> threads{this,
                             {.key = "threads",
                              .label = TR("block", "Threads"),
                              .help = TR("block", "Numbers of threads. Empty: one, and all the machine has."),
                              .def = ""}};
  Param<double> seconds{this,
                        {.key = "seconds",
                         .label = TR("block", "Seconds a row"),
                         .help = TR("block", "For each pair of batch and threads, after warming up; ten runs at least."),
                         .def = 0.5,
                         .min = 0.01,
                         .max = 60}};
  Param<Price> price{this,
                     {.key = "against",
                      .label = TR("block", "Accuracy against"),
                      .help = TR("block", "What the figure shows to the right."),
                      .def = Price::Time,
                      .choices = {{Price::Time, "time", TR("block", "Time")}, {Price::Size, "size", TR("block", "Size")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(auto contenders, contendersOf(ctx));
    PB_TRY(const auto plan, planOf(ctx));
    const double before = machineLoad();
    Value all{Value::List{}};
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      ctx.progress({TR("block", "Measuring speed"), static_cast<std::int64_t>(i), static_cast<std::int64_t>(contenders.size()), "model"});
      auto& one = contenders[i];
      PB_CHECK(measureNetwork(one.facts, one.onnx, plan));
      if (data.linked(ctx)) PB_CHECK(measureAccuracy(ctx, one));
      all.push(one.facts);
    }
    markFront(all);
    const double most = *limit > 0 ? *limit : std::numeric_limits<double>::infinity();
    const auto best = bestWithin(all, most);
    if (!best) return fail(tooSlow(all));
    Report out;
    out.body =
        Value::Map{{"kind", "measure"}, {"processor", processorName()}, {"cores", ctx.threads()}, {"load_before", before}, {"pick", *best}};
    if (*limit > 0) out.body["limit_ms"] = *limit;
    out.body["models"] = all;
    const auto& chosen = all.asList()[*best];
    out.metrics = Value::Map{{"ms", chosen["ms"]}, {"p95_ms", chosen["p95_ms"]}, {"bytes", chosen["bytes"]}};
    if (chosen.contains("accuracy")) out.metrics["accuracy"] = chosen["accuracy"];
    PB_CHECK(report.write(ctx, out));
    const bool known = std::ranges::any_of(all.asList(), [](const Value& m) { return m["accuracy"].isNumber(); });
    const char* title = !known ? "Size and time" : *price == Price::Size ? "Accuracy and size" : "Accuracy and time";
    PB_CHECK(figure.write(ctx, {.format = "svg", .title = title, .bytes = tradeOffSvg(all, *price)}));
    PB_CHECK(table.write(ctx, {.format = "markdown", .text = tableOf(out.body)}));
    return passOn(ctx, contenders[*best]);
  }

 private:
  Result<MeasurePlan> planOf(RunContext& ctx) const {
    MeasurePlan plan{
        .threads = usualThreads(ctx.threads()), .seconds = *seconds, .goOn = [&ctx] { return blocks::goOn(ctx); }, .prepare = {}};
    PB_TRY(plan.batches, numbersOf(*batches, "batches"));
    if (std::ranges::find(plan.batches, 1) == plan.batches.end()) plan.batches.insert(plan.batches.begin(), 1);
    PB_TRY(const auto wanted, numbersOf(*threads, "threads"));
    if (!wanted.empty()) plan.threads.assign(wanted.begin(), wanted.end());
    return plan;
  }

  Result<std::vector<Contender>> contendersOf(RunContext& ctx) const {
    std::vector<Contender> out;
    for (const auto& value : models.values(ctx)) {
      PB_TRY(const auto net, net::loadModel(ctx.objects(), value));
      if (net.classes.empty())
        return fail(ErrorKind::BadInput, "export.no_classes", TR("block", "This network was not trained to tell classes apart."),
                    TR("block", "Connect the model of a Linear probe or Fine-tune block."), "models");
      PB_TRY(auto folded, net::foldBatchNorm(net));
      folded.metadata = Value::Map{};
      PB_TRY(auto onnx, net::toOnnx(folded));
      const auto& said = value.meta["label"].asText().empty() ? value.meta["name"].asText() : value.meta["label"].asText();
      Value facts{Value::Map{{"name", said.empty() ? net.name + " " + std::to_string(out.size() + 1) : said},
                             {"precision", "fp32"},
                             {"bytes", onnx.size()},
                             {"digest", digestOf(onnx).hex()}}};
      out.push_back({std::move(folded), std::move(onnx), std::move(facts), value});
    }
    PB_CHECK(addExports(ctx, out));
    if (out.empty())
      return fail(ErrorKind::BadInput, "measure.none", TR("block", "There is no model to measure."),
                  TR("block", "Connect a trained model, or choose a folder of exports."), "models");
    return out;
  }

  Result<> addExports(RunContext& ctx, std::vector<Contender>& out) const {
    auto path = (*folder).path;
    if (path.empty()) return {};
    if (path.is_relative()) path = ctx.baseFolder() / path;
    std::error_code ec;
    std::vector<fs::path> exports;
    if (fs::exists(path / "model.onnx", ec)) exports.push_back(path);
    else
      for (fs::directory_iterator it{path, ec}, end; !ec && it != end; it.increment(ec))
        if (std::error_code inner; fs::exists(it->path() / "model.onnx", inner)) exports.push_back(it->path());
    std::ranges::sort(exports);
    if (exports.empty())
      return fail(ErrorKind::NotFound, "measure.exports",
                  TR("block", "There is no export in {path}.").with("path", displayText(path.native())),
                  TR("block", "Choose the folder that the Export block wrote, or one that has several of them."), "folder");
    for (const auto& one : exports) {
      PB_TRY(auto networks, networksOf(one));
      PB_TRY(const auto net, net::loadNet(one));
      for (auto& network : networks) {
        network.facts["name"] = displayText(one.filename().native());
        out.push_back({net, std::move(network.onnx), std::move(network.facts), std::nullopt});
      }
    }
    return {};
  }

  /// On validation pictures, the same ones for every model; of test pictures never: the figure chooses.
  Result<> measureAccuracy(RunContext& ctx, Contender& one) const {
    one.facts.map().erase("accuracy");
    if (one.net.task == net::multiLabelTask) return {};
    PB_TRY(const auto set, data.read(ctx));
    const auto work = workOf(ctx);
    PB_TRY(const auto pictures, choosePictures(work, set, Split::Validation, mostPictures, Labelled::Only));
    if (pictures.empty()) {
      ctx.log(LogLevel::Warning, "There are no labelled validation pictures: how accurate the models are is not known.");
      return {};
    }
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(one.onnx, {.threads = ctx.threads()}));
    std::size_t right = 0;
    PB_CHECK(overPictures(work, one.net, model, pictures, TR("block", "Measuring accuracy on validation"),
                          [&](std::size_t i, std::span<const net::Tensor> outputs, std::size_t row) {
                            const auto logits = rowOf(outputs[0], row);
                            const auto at = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
                            right += at < one.net.classes.size() && one.net.classes[at] == pictures[i].label;
                          }));
    one.facts["accuracy"] = static_cast<double>(right) / static_cast<double>(pictures.size());
    one.facts["accuracy_pictures"] = pictures.size();
    return {};
  }

  Error tooSlow(const Value& all) const {
    const auto quickest = std::ranges::min_element(all.asList(), {}, [](const Value& m) { return m["p95_ms"].asDouble(); });
    return {ErrorKind::BadInput, "measure.limit",
            TR("block", "None of the models takes at most {limit} ms for one picture; the quickest takes {ms} ms.")
                .with("limit", learn::figureText(*limit, 1))
                .with("ms", learn::figureText((*quickest)["p95_ms"].asDouble(), 1)),
            TR("block", "Allow more time, train a smaller network, or one for smaller pictures."), "limit"};
  }

  static std::string tableOf(const Value& body) {
    std::string out =
        "| model | precision | MB | accuracy | threads | batch | median ms | 95th percentile ms | pictures/s | front |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n";
    const auto& models = body["models"].asList();
    for (std::size_t i = 0; i < models.size(); ++i) {
      const auto& m = models[i];
      for (const auto& row : m["latency"].asList())
        out += "| " + displayText(m["name"].asText()) + " | " + m["precision"].asText() + " | " +
               learn::figureText(m["bytes"].asDouble() / 1e6, 1) + " | " +
               (m.contains("accuracy") ? learn::figureText(m["accuracy"].asDouble()) : "-") + " | " +
               std::to_string(row["threads"].asInt()) + " | " + std::to_string(row["batch"].asInt()) + " | " +
               learn::figureText(row["p50_ms"].asDouble(), 2) + " | " + learn::figureText(row["p95_ms"].asDouble(), 2) + " | " +
               learn::figureText(row["pictures_per_second"].asDouble(), 0) + " | " + (m["front"].asBool() ? "yes" : "") + " |\n";
    }
    const auto& chosen = models[static_cast<std::size_t>(body["pick"].asInt())];
    return out + "\nTaken: " + displayText(chosen["name"].asText()) + ", " + chosen["precision"].asText() + ". Measured on " +
           displayText(body["processor"].asText()) + ", the network alone, without decoding.\n";
  }

  Result<> passOn(RunContext& ctx, const Contender& chosen) const {
    if (chosen.model) {
      pick.pass(ctx, *chosen.model);
      return {};
    }
    Value meta{Value::Map{{"kind", "exported"}, {"origin", chosen.net.metadata["origin"]}, {"training", chosen.net.metadata["training"]}}};
    PB_TRY(auto value, net::saveModel(ctx.objects(), chosen.net, std::move(meta)));
    pick.pass(ctx, std::move(value));
    return {};
  }
};

}  // namespace measure_cpp

PATCHBAY_BLOCK(deploy_measure, measure_cpp::Measure,
               {.id = "patchbay.deploy.measure",
                .title = TR("block", "Measure"),
                .summary = TR("block",
                              "Says how fast, how large and how accurate models are on this machine, draws which of them are worth having, "
                              "and takes the best one within a limit of time."),
                .category = Category::Deploy,
                .needs = {.cores = 0, .memoryMb = 1500},
                .effects = Effects::ReadsFiles,
                .determinism = Determinism::External,
                .floating = true})
}  // namespace patchbay::blocks
