// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/resources.h"
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/linear_head.h"
#include "engine/net/model_port.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "plugins/deploy/support/demos.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/deploy/support/export_folder.h"
#include "plugins/deploy/support/learn_familiarity.h"
#include "plugins/support/figures.h"
#include "plugins/support/pictures.h"
#include "plugins/support/shared_params.h"

namespace patchbay::blocks {
namespace export_cpp {

constexpr std::size_t realInputs = 32;

struct Export final : Block {
  In<ModelValue> model{this, {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The trained classifier.")}};
  In<Report> report{this,
                    {.key = "report",
                     .label = TR("block", "Report"),
                     .help = TR("block", "Its measured figures, for the model card."),
                     .optional = true}};
  In<Dataset> data{
      this,
      {.key = "data",
       .label = TR("block", "Data"),
       .help = TR("block", "What it was trained on: named in the card by digest and counts; pictures are only used to check the export."),
       .optional = true}};
  Out<TextValue> card{
      this,
      {.key = "card", .label = TR("block", "Model card"), .help = TR("block", "What the model is, how good, how fast, and its limits.")}};

  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Folder"),
                            .help = TR("block", "Where the export folder is made. Empty: exports/ of the project.")}};
  Param<std::string> name{this,
                          {.key = "name",
                           .label = TR("block", "Name"),
                           .help = TR("block", "Name of the model and of its folder."),
                           .def = "model",
                           .required = true}};
  Param<bool> includePictures{
      this,
      {.key = "include_pictures",
       .label = TR("block", "Include own pictures"),
       .help = TR("block",
                  "Puts eight of your pictures among the test vectors. Otherwise only pictures drawn by the program are in the export."),
       .def = false}};

  Param<bool> int8{this,
                   {.key = "int8",
                    .label = TR("block", "Also int8"),
                    .help = TR("block",
                               "Writes model_int8.onnx too: a quarter of the size, and faster on processors with VNNI. Its accuracy is "
                               "measured on validation first."),
                    .def = false}};
  Param<double> int8Drop{this,
                         {.key = "int8_drop",
                          .label = TR("block", "int8 may lose"),
                          .help = TR("block", "Percentage points of accuracy on validation; when int8 loses more it is not saved."),
                          .def = 1,
                          .min = 0,
                          .max = 100,
                          .visibleIf = {{"int8", {true}}}}};
  Param<bool> unlike{
      this,
      {.key = "unlike",
       .label = TR("block", "Mark unlike pictures"),
       .help = TR("block",
                  "Writes what the training pictures look like to the network (features of up to 256 of them, not the pictures), so that "
                  "the exported model marks pictures of something else. Needs the data."),
       .def = true}};
  Param<double> familiar{this, familiarParam({{"unlike", {true}}})};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(auto net, net::loadModel(ctx.objects(), model.value(ctx)));
    if (net.classes.empty())
      return fail(ErrorKind::BadInput, "export.no_classes", TR("block", "This network was not trained to tell classes apart."),
                  TR("block", "Connect the model of a Linear probe or Fine-tune block."), "model");
    PB_TRY(net, net::foldBatchNorm(net));
    PB_TRY(const auto dataFacts, describeData(ctx));
    net.metadata = Value::Map{{"origin", model.value(ctx).meta["origin"]},
                              {"training", model.value(ctx).meta["training"]},
                              {"data", dataFacts},
                              {"seed", static_cast<std::int64_t>(ctx.seed())},
                              {"versions", ctx.numerics()},
                              {"pipeline", ctx.pipeline()["document"]}};
    if (net.task == net::multiLabelTask) {
      PB_TRY(net.metadata["thresholds"], chosenThresholds(ctx, net.classes));
    }
    PB_TRY(const auto onnx, net::toOnnx(net));
    PB_CHECK(goOn(ctx));
    ctx.progress({TR("block", "Checking the export"), 0, 4, "step"});
    PB_TRY(const auto pictures, testPictures(ctx));
    PB_CHECK(goOn(ctx));
    PB_TRY(const auto inputs, realPictures(ctx, net, pictures));
    PB_CHECK(goOn(ctx));
    PB_TRY(const auto parity, checkParity(ctx, net, onnx, inputs, inputs.size() / inputSize(net)));
    if (!parity.ok())
      return fail(
          ErrorKind::Internal, "export.parity",
          TR("block", "The exported file does not compute what the network computes (difference {d}).").with("d", parity.maxDifference),
          TR("block", "Nothing was written. Report this with the diagnostic bundle of `patchbay doctor`."));
    PB_TRY(const auto eightBits, quantised(ctx, net, onnx));
    PB_CHECK(goOn(ctx));
    PB_TRY(const auto known, familiarity(ctx, net, isSaved(eightBits) ? eightBits->onnx : std::string{}));
    if (known) net.metadata["unlike"] = known->facts;
    PB_CHECK(goOn(ctx));
    PB_TRY(const auto target, openExport(ctx, *name, (*folder).path));
    PB_CHECK(writeModel(target, net, onnx));
    if (isSaved(eightBits)) PB_CHECK(writeFileAtomically(target / "model_int8.onnx", eightBits->onnx));
    if (known) PB_CHECK(writeFileAtomically(target / "familiarity.safetensors", known->file));
    ctx.progress({TR("block", "Writing test vectors"), 1, 4, "step"});
    PB_TRY(const auto expected, writeVectors(ctx, target, net, onnx, pictures));
    PB_CHECK(goOn(ctx));
    ctx.progress({TR("block", "Checking the demos"), 2, 4, "step"});
    PB_TRY(const auto demos, checkDemos(ctx, target, expected));
    ctx.progress({TR("block", "Measuring speed"), 3, 4, "step"});
    return writeCard(ctx, target, net, onnx, parity, dataFacts, demos, eightBits);
  }

 private:
  static std::size_t inputSize(const net::Net& net) {
    std::size_t size = 1;
    for (const auto extent : net.input.shape) size *= static_cast<std::size_t>(extent);
    return size;
  }

  /// Names of the user's files leave the machine only with the pictures.
  Value shareable(Value body) const {
    if (*includePictures) return body;
    if (body.contains("mistakes"))
      for (auto& mistake : body["mistakes"].list()) mistake.map().erase("path");
    if (!body.contains("slices")) return body;
    std::map<std::string, int> count;
    for (auto& slice : body["slices"].list())
      if (const auto& by = slice["by"].asText(); by == "folder" || by == "group") slice["name"] = by + " " + std::to_string(++count[by]);
    return body;
  }

  /// The network in eight bits and what that costs, when it is asked for; said before anything is written.
  Result<std::optional<Int8Result>> quantised(RunContext& ctx, const net::Net& net, const std::string& onnx) const {
    if (!*int8) return std::nullopt;
    if (!data.linked(ctx))
      return fail(ErrorKind::BadInput, "int8.data", TR("block", "int8 needs the data set, to see what values the network meets."),
                  TR("block", "Connect it to the Export block, or turn int8 off."), "data");
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(auto result, makeInt8(workOf(ctx), net, onnx, set));
    ctx.metric("int8_drop_points", result.drop(), -1);
    if (result.validation == 0)
      ctx.log(LogLevel::Warning, "There are no labelled validation pictures: how much accuracy int8 costs is not known.");
    else if (result.drop() > *int8Drop)
      ctx.log(LogLevel::Warning,
              "int8 loses " + toJson(result.drop()) + " percentage points on validation, more than allowed: it is not saved.");
    if (int8Unit().empty()) ctx.log(LogLevel::Warning, "This processor has no VNNI: int8 is about as fast as fp32 here.");
    return result;
  }
  Result<std::optional<ExportedFamiliarity>> familiarity(RunContext& ctx, const net::Net& net, const std::string& eightBits) const {
    if (!*unlike || !data.linked(ctx)) return std::nullopt;
    PB_TRY(const auto set, data.read(ctx));
    return learnFamiliarity(ctx, net, eightBits, set, *familiar / 100);
  }
  bool isSaved(const std::optional<Int8Result>& result) const { return result && (result->validation == 0 || result->drop() <= *int8Drop); }

  /// Of the linked report, in the order of the model's classes; one half where it says nothing.
  Result<Value> chosenThresholds(RunContext& ctx, const std::vector<std::string>& classes) const {
    Value out{Value::List(classes.size(), Value{0.5})};
    if (!report.linked(ctx)) return out;
    PB_TRY(const auto figures, report.read(ctx));
    const auto& names = figures.body["classes"].asList();
    const auto& rows = figures.body["per_class"].asList();
    for (std::size_t i = 0; i < names.size() && i < rows.size(); ++i) {
      const auto at = std::ranges::find(classes, names[i].asText());
      if (at != classes.end()) out.list()[static_cast<std::size_t>(at - classes.begin())] = rows[i]["threshold"].asDouble(0.5);
    }
    return out;
  }

  Result<Value> describeData(RunContext& ctx) const {
    if (!data.linked(ctx)) return Value{};
    const auto& value = data.value(ctx);
    return Value{Value::Map{{"digest", value.digest().hex()},
                            {"pictures", value.meta["items"]},
                            {"classes", value.meta["labels"]},
                            {"splits", value.meta["splits"]}}};
  }

  /// Up to `most` of the user's pictures, by digest.
  Result<std::vector<std::string>> ownPictures(RunContext& ctx, std::size_t most) const {
    std::vector<std::string> out;
    if (!data.linked(ctx)) return out;
    PB_TRY(const auto set, data.read(ctx));
    for (std::size_t c = 0; c < set.chunkCount() && out.size() < most; ++c) {
      PB_TRY(const auto items, set.chunk(ctx.objects(), c));
      for (const auto& item : items) {
        if (out.size() == most) break;
        PB_TRY(const auto file, ctx.objects().open(item.digest));
        out.emplace_back(file.text());
      }
    }
    return out;
  }

  Result<std::vector<DrawnPicture>> testPictures(RunContext& ctx) const {
    PB_TRY(auto pictures, drawnPictures());
    if (!*includePictures) return pictures;
    PB_TRY(auto own, ownPictures(ctx, 8));
    for (std::size_t i = 0; i < own.size(); ++i) {
      const auto format = vision::probe(std::span{reinterpret_cast<const std::uint8_t*>(own[i].data()), own[i].size()});
      const std::string ending{format ? vision::toString(format->format) : "bin"};
      pictures.push_back({"own_" + std::to_string(i + 1) + "." + ending, std::move(own[i])});
    }
    return pictures;
  }

  /// Network inputs made from file bytes: the user's pictures where there are any, filled up with the drawn ones.
  Result<std::vector<float>> realPictures(RunContext& ctx, const net::Net& net, const std::vector<DrawnPicture>& drawn) const {
    PB_TRY(const auto preprocess, preprocessOf(net));
    PB_TRY(auto files, ownPictures(ctx, realInputs));
    for (std::size_t i = 0; files.size() < realInputs && i < drawn.size(); ++i) files.push_back(drawn[i].bytes);
    const auto size = inputSize(net);
    std::vector<float> out(files.size() * size);
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::span bytes{reinterpret_cast<const std::uint8_t*>(files[i].data()), files[i].size()};
      PB_CHECK(vision::decodeForNet(bytes, preprocess, std::span{out}.subspan(i * size, size)));
    }
    return out;
  }

  static Result<> writeModel(const std::filesystem::path& target, const net::Net& net, const std::string& onnx) {
    PB_CHECK(writeFileAtomically(target / "model.onnx", onnx));
    PB_CHECK(net::saveNet(net, target));
    PB_CHECK(writeFileAtomically(target / "pipeline.json", toJson(net.metadata["pipeline"], JsonStyle::Pretty)));
    std::error_code ec;
    const auto demo = resourceFolder() / "demo";
    std::filesystem::copy(demo, target / "demo", std::filesystem::copy_options::recursive, ec);
    if (ec) return fail(systemError(ec.value(), "copy the demo programs from", demo.native()));
    PB_CHECK(writeFileAtomically(target / "demo" / "cpp" / "model.h", demoHeader(net)));
    auto fixed = net;
    fixed.metadata = Value::Map{};
    PB_TRY(const auto batch1, demoModel(fixed));
    return writeFileAtomically(target / "demo" / "model_batch1.onnx", batch1);
  }

  /// For the C++ demo: batch 1, and opset 10 where the network allows, which Debian's OpenCV 4.6 reads.
  static Result<std::string> demoModel(const net::Net& net) {
    auto bytes = net::toOnnx(net, {.batch = 1, .metadata = {}, .opset10 = true});
    if (!bytes && bytes.error().kind == ErrorKind::Unsupported) return net::toOnnx(net, {.batch = 1, .metadata = {}});
    return bytes;
  }

  /// Pictures and the logits that this export gives for them, from file bytes.
  static Result<Value> writeVectors(RunContext& ctx, const std::filesystem::path& target, const net::Net& net, const std::string& onnx,
                                    const std::vector<DrawnPicture>& pictures) {
    PB_TRY(const auto preprocess, preprocessOf(net));
    PB_TRY(auto network, openvino::CpuModel::fromOnnx(onnx, {.threads = ctx.threads()}));
    const auto size = inputSize(net), classes = net.classes.size();
    std::vector<float> inputs(pictures.size() * size);
    std::error_code ec;
    std::filesystem::create_directories(target / "test_vectors", ec);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const std::span bytes{reinterpret_cast<const std::uint8_t*>(pictures[i].bytes.data()), pictures[i].bytes.size()};
      PB_CHECK(vision::decodeForNet(bytes, preprocess, std::span{inputs}.subspan(i * size, size)));
      PB_CHECK(writeFileAtomically(target / "test_vectors" / pictures[i].name, pictures[i].bytes));
    }
    PB_TRY(const auto results, network.infer(inputs, static_cast<std::int64_t>(pictures.size())));
    PB_TRY(const auto reach, reachOfOneLevel(network, preprocess, inputs, results[0].values(), pictures.size()));
    Value expected{Value::List{}};
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const auto row = results[0].values().subspan(i * classes, classes);
      Value logits{Value::List{}};
      for (const float v : row) logits.push(static_cast<double>(v));
      const auto best = static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
      Value one{Value::Map{{"file", pictures[i].name}, {"logits", logits}, {"class", net.classes[best]}, {"reach", reach[i]}}};
      if (net.task == net::multiLabelTask) one["labels"] = labelsAt(net, learn::sigmoidOf({row.data(), 1, classes}).row(0));
      expected.push(std::move(one));
    }
    PB_CHECK(writeFileAtomically(target / "test_vectors" / "expected.json", toJson(Value::Map{{"vectors", expected}}, JsonStyle::Pretty)));
    return expected;
  }

  Result<> writeCard(RunContext& ctx, const std::filesystem::path& target, const net::Net& net, const std::string& onnx,
                     const Parity& parity, const Value& dataFacts, const std::string& demos,
                     const std::optional<Int8Result>& eightBits) const {
    CardFacts facts{.name = *name,
                    .net = &net,
                    .meta = model.value(ctx).meta,
                    .data = dataFacts,
                    .parity = parity,
                    .demos = demos,
                    .threads = ctx.threads()};
    if (report.linked(ctx)) {
      PB_TRY(facts.report, report.read(ctx));
      PB_CHECK(writeFileAtomically(target / "report.json", toJson(shareable(facts.report->body), JsonStyle::Pretty) + "\n"));
      const std::pair<const char*, std::string> drawings[] = {{"confusion_matrix.svg", confusionSvg(facts.report->body)},
                                                              {"roc.svg", rocSvg(facts.report->body)}};
      for (const auto& [file, svg] : drawings) {
        if (svg.empty()) continue;
        PB_CHECK(writeFileAtomically(target / file, svg));
        facts.figures.emplace_back(file);
      }
    }
    PB_TRY(facts.latencies, measureLatency(ctx, onnx));
    facts.int8 = eightBits;
    if (isSaved(eightBits)) {
      PB_TRY(facts.int8Latencies, measureLatency(ctx, eightBits->onnx));
    }
    PB_TRY(const auto cost, net::cost(net));
    facts.macs = cost.total.macs;
    facts.parameters = cost.total.parameters;
    facts.onnxBytes = static_cast<std::int64_t>(onnx.size());
    PB_CHECK(writeFileAtomically(target / "measurements.json", toJson(measurementsOf(facts), JsonStyle::Pretty) + "\n"));
    const auto text = modelCard(facts);
    PB_CHECK(writeFileAtomically(target / "model_card.md", text));
    for (const auto& l : facts.latencies) ctx.metric("latency_ms_batch" + std::to_string(l.batch), l.p50, -1);
    return card.write(ctx, {.format = "markdown", .text = text});
  }
};

}  // namespace export_cpp

PATCHBAY_BLOCK(deploy_export, export_cpp::Export,
               {.id = "patchbay.deploy.export",
                .title = TR("block", "Export"),
                .summary = TR("block",
                              "Writes a folder with the model as ONNX and safetensors, its card, runnable demos and test vectors, all "
                              "checked against each other."),
                .category = Category::Deploy,
                .needs = {.cores = 0, .memoryMb = 1500},
                .effects = Effects::WritesOutside,
                .determinism = Determinism::External,
                .floating = true})
}  // namespace patchbay::blocks
