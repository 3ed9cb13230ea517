// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <sstream>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/net/builders.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "plugins/support/export_familiarity.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// Sets an environment variable as long as it lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_{name} {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

struct ExportBlock : ::testing::Test {
  ExportBlock() {
    Value meta{Value::Map{{"kind", "fine-tuned"},
                          {"temperature", 1.25},
                          {"origin", Value::Map{{"source", "a formula"}, {"licence", "0BSD"}}},
                          {"training", Value::Map{{"epochs", 3}}}}};
    model = must(net::saveModel(block.store(), tinyNet({"good", "bad \"one\"", "\xE7\x8C\xAB"}), std::move(meta)));
    set = toyDataset(block.store(), {.perClass = 4, .width = 50, .height = 40});
    block.job().pipeline =
        Value::Map{{"id", "p"}, {"title", "Toy"}, {"document", Value::Map{{"format", "patchbay-pipeline"}, {"version", 1}}}};
    block.set("name", "toy");
  }
  static Report figures() {
    Report r;
    r.metrics = Value::Map{{"accuracy", .8125}, {"pictures", 64}};
    const Value m{Value::Map{{"value", .8125}, {"low", .7}, {"high", .89}, {"method", toValue(TR("learn", "Wilson interval"))}}};
    r.body = Value::Map{{"accuracy", m},
                        {"balanced_accuracy", m},
                        {"part", "test"},
                        {"classes", Value::List{"good", "bad"}},
                        {"confusion", Value::List{Value::List{30, 2}, Value::List{10, 22}}}};
    return r;
  }
  /// Without the demos' runtimes: they are checked once, below.
  bool runQuickly() {
    const Environment python{"PATCHBAY_PYTHON", "/nonexistent"}, path{"PATH", "/nonexistent"};
    return block.run();
  }
  fs::path folder() { return pathFromValue(block.effects()["exports"].asList().at(0)); }
  Environment resources{"PATCHBAY_RESOURCES", (sourceFolder() / "resources").string()};
  BlockHarness block{"patchbay.deploy.export"};
  PortValue model;
  Dataset set;
};

TEST_F(ExportBlock, WritesEverythingAndSaysWhatWasMeasured) {
  block.input("model", model).input<Report>("report", figures()).input<Dataset>("data", set);
  ASSERT_TRUE(runQuickly()) << block.problem();
  EXPECT_EQ(folder(), block.folder() / "exports/toy");
  for (const auto* file :
       {"model.onnx", "model.safetensors", "net.json", "model_card.md", "pipeline.json", "demo/predict.py", "demo/cpp/predict.cpp",
        "demo/cpp/CMakeLists.txt", "demo/cpp/model.h", "demo/model_batch1.onnx", "test_vectors/expected.json"})
    EXPECT_TRUE(fs::is_regular_file(folder() / file)) << file;
  const auto card = must(readFile(folder() / "model_card.md"));
  EXPECT_EQ(card, must(block.output<TextValue>("card")).text);
  for (const auto* part : {"# toy", "0.812", "0.700", "Wilson interval", "64 pictures", "0BSD", "a formula", "batch", "good",
                           "\xE7\x8C\xAB", "Python not checked", "C++ not checked"})
    EXPECT_THAT(card, HasSubstr(part));
  EXPECT_THAT(card, HasSubstr(set.value().digest().hex()));
  EXPECT_THAT(card, HasSubstr("(confusion_matrix.svg)"));
  EXPECT_THAT(must(readFile(folder() / "confusion_matrix.svg")), HasSubstr(">22</text>"));
  EXPECT_FALSE(fs::exists(folder() / "roc.svg")) << "the report has no such curve";
  const auto facts = must(net::checkOnnxFile(folder() / "model.onnx"));
  EXPECT_EQ(must(parseJson(facts.metadata.at("classes"))), (Value{Value::List{"good", "bad \"one\"", "\xE7\x8C\xAB"}}));
  EXPECT_EQ(must(parseJson(must(readFile(folder() / "pipeline.json"))))["format"].asText(), "patchbay-pipeline");
  EXPECT_EQ(must(net::loadNet(folder())).classes.size(), 3u);
}

TEST_F(ExportBlock, SeveralLabelsKeepTheirTaskAndThresholds) {
  auto net = tinyNet({"crack", "dark", "dust"});
  net.task = "multi-label";
  Report r;
  r.metrics["pictures"] = 64;
  const auto row = [](double threshold) {
    const Value m{Value::Map{{"value", .75}, {"low", .7}, {"high", .89}, {"method", toValue(TR("learn", "bootstrap"))}}};
    return Value{Value::Map{{"threshold", threshold}, {"support", 9}, {"f1", m}, {"average_precision", m}}};
  };
  // In another order than the model's, as a report on other data may have them.
  r.body = Value::Map{{"task", "multi-label"},
                      {"part", "test"},
                      {"classes", Value::List{"dark", "crack", "dust"}},
                      {"per_class", Value::List{row(.25), row(.625), row(.5)}},
                      {"mean_average_precision", row(0)["f1"]}};
  block.input("model", must(net::saveModel(block.store(), net, Value::Map{}))).input<Report>("report", r);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto facts = must(net::checkOnnxFile(folder() / "model.onnx"));
  EXPECT_EQ(facts.metadata.at("task"), "multi-label");
  EXPECT_EQ(must(parseJson(facts.metadata.at("patchbay")))["thresholds"], (Value{Value::List{.625, .25, .5}}));
  EXPECT_THAT(must(readFile(folder() / "demo/cpp/model.h")), HasSubstr("multiLabel = true"));
  const auto card = must(readFile(folder() / "model_card.md"));
  for (const auto* part : {"mean average precision", "sigmoid", "0.625", "0.250", "answers with labels it knows"})
    EXPECT_THAT(card, HasSubstr(part));
  // Where their runtimes are, both demos were compared with the model; whoever runs them is told labels.
  const auto expected = must(parseJson(must(readFile(folder() / "test_vectors/expected.json"))));
  const auto& vectors = expected["vectors"].asList();
  EXPECT_TRUE(std::ranges::all_of(vectors, [](const Value& v) { return v["labels"].isList(); }));
  if (card.find("Python gives the same answers") == std::string::npos) return;
  std::vector<std::string> command{"env", "PYTHONPATH=" + (cacheFolder() / "deps/demo-python").native(), "python3",
                                   (folder() / "demo/predict.py").native(), "--json"};
  for (const auto& v : vectors) command.push_back((folder() / "test_vectors" / v["file"].asText()).native());
  const auto ran = must(runProgram(command, {}, std::chrono::seconds{60}));
  std::istringstream lines{ran.out};
  std::string line;
  for (const auto& v : vectors) {
    ASSERT_TRUE(std::getline(lines, line)) << ran.err;
    EXPECT_EQ(must(parseJson(line))["labels"], v["labels"]) << v["file"].asText();
  }
}

TEST_F(ExportBlock, KnowsWhatItsPicturesLookLike) {
  block.input("model", model).input<Dataset>("data", toyDataset(block.store(), {.perClass = 60, .split = true}));
  block.set("familiar", 95);
  ASSERT_TRUE(runQuickly()) << block.problem();
  const auto net = must(net::loadNet(folder()));
  const auto& said = net.metadata["unlike"];
  EXPECT_EQ(said["digest"].asText(), must(digestOfFile(folder() / "familiarity.safetensors")).hex());
  EXPECT_EQ(said["held_out"].asText(), "validation");
  EXPECT_EQ(said["share"].asDouble(), .95);
  EXPECT_GE(said["held_out_pictures"].asInt(), 20);
  const auto known = must(blocks::familiarityOf(folder(), net));
  ASSERT_TRUE(known);
  // The served network gives the features that it was learned from, beside the same answers.
  const auto onnx = must(readFile(folder() / "model.onnx"));
  auto plain = must(openvino::CpuModel::fromOnnx(onnx, {.batch = 1})),
       tapped = must(openvino::CpuModel::fromOnnx(must(blocks::withFeatures(onnx)), {.batch = 1}));
  const std::vector<float> input(static_cast<std::size_t>(net.input.shape[0] * net.input.shape[1] * net.input.shape[2]), .25F);
  const auto alone = must(plain.infer(input, 1)), both = must(tapped.infer(input, 1));
  EXPECT_TRUE(std::ranges::equal(alone[0].values(), both[0].values()));
  ASSERT_EQ(both[1].values().size(), known->columns());
  EXPECT_GE(known->judge(both[1].values())["score"].asDouble(), 0);
  EXPECT_THAT(must(readFile(folder() / "model_card.md")), HasSubstr("95.0 %"));
  // A file that was changed, or is missing, is not believed; an export from before it goes on working.
  auto bytes = must(readFile(folder() / "familiarity.safetensors"));
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  must(writeFileAtomically(folder() / "familiarity.safetensors", bytes));
  EXPECT_EQ(blocks::familiarityOf(folder(), net).error().code, "predict.mixed");
  fs::remove(folder() / "familiarity.safetensors");
  EXPECT_EQ(blocks::familiarityOf(folder(), net).error().code, "predict.mixed");
  auto older = net;
  older.metadata.map().erase("unlike");
  EXPECT_FALSE(must(blocks::familiarityOf(folder(), older)));
  block.set("unlike", false);
  ASSERT_TRUE(runQuickly()) << block.problem();
  EXPECT_FALSE(fs::exists(folder() / "familiarity.safetensors"));
  EXPECT_THAT(must(readFile(folder() / "model_card.md")), HasSubstr("knows nothing of the pictures"));
}

TEST_F(ExportBlock, HoldsNoPictureOfTheUserUnlessAsked) {
  block.input("model", model).input<Dataset>("data", set);
  ASSERT_TRUE(runQuickly()) << block.problem();
  std::set<std::string> own;
  for (const auto& item : must(set.items(block.store()))) own.insert(item.digest.hex());
  const auto shared = [&] {
    int n = 0;
    for (const auto& entry : fs::recursive_directory_iterator{folder()})
      if (entry.is_regular_file()) n += static_cast<int>(own.count(must(digestOfFile(entry.path())).hex()));
    return n;
  };
  EXPECT_EQ(shared(), 0);
  block.set("include_pictures", true);
  ASSERT_TRUE(runQuickly()) << block.problem();
  EXPECT_EQ(shared(), 8);
}

TEST_F(ExportBlock, RefusesWhatCannotBeExported) {
  block.input("model", must(net::saveModel(block.store(), must(net::withoutHead(tinyNet())))));
  EXPECT_FALSE(runQuickly());
  EXPECT_EQ(block.error()->code, "export.no_classes");
  block.clearInputs().input("model", model).set("name", "../up");
  EXPECT_FALSE(runQuickly());
  EXPECT_EQ(block.error()->code, "export.name");
  EXPECT_TRUE(!fs::exists(block.folder() / "exports") || fs::is_empty(block.folder() / "exports"));
}

TEST_F(ExportBlock, WritesNothingWhenADemoGivesOtherAnswers) {
  // A Python that answers, and wrongly.
  const auto liar = block.folder() / "liar";
  writeFile(liar, "#!/bin/sh\ncase \"$1\" in -c) exit 0;; esac\nshift 2\nfor p; do echo '{\"logits\": [1, 2, 3]}'; done\n");
  fs::permissions(liar, fs::perms::owner_all);
  block.input("model", model);
  const Environment python{"PATCHBAY_PYTHON", liar.string()};
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "export.demo") << block.problem();
  EXPECT_FALSE(fs::exists(block.folder() / "exports/toy"));
}

TEST_F(ExportBlock, WritesNothingWhenADemoMixesUpColours) {
  // What one level of a pixel may change is granted to a demo, and no more than that.
  const auto mixed = block.folder() / "mixed";
  writeFile(mixed, "#!/bin/sh\nexport PYTHONPATH='" + (cacheFolder() / "deps/demo-python").native() +
                       "'\ncase \"$1\" in -c) exec python3 \"$@\";; esac\nscript=$1.mixed\n" +
                       "sed 's/picture, np.float64)/&[..., ::-1]/' \"$1\" >\"$script\"\nshift\nexec python3 \"$script\" \"$@\"\n");
  fs::permissions(mixed, fs::perms::owner_all);
  block.input("model", model);
  const Environment python{"PATCHBAY_PYTHON", mixed.string()};
  if (block.run()) {
    EXPECT_THAT(block.output<TextValue>("card")->text, ::testing::Not(HasSubstr("Python gives the same answers")));
    GTEST_SKIP() << "not installed here: onnxruntime";
  }
  EXPECT_EQ(block.error()->code, "export.demo") << block.problem();
  EXPECT_THAT(block.problem(), HasSubstr("another answer"));
}

/// What the demos need and this machine lacks; a demo that gives other answers is an error of run().
std::string missingRuntimes(const std::string& card) {
  std::string missing;
  if (card.find("Python gives the same answers") == std::string::npos) missing += " onnxruntime";
  if (card.find("C++ gives the same answers") == std::string::npos) missing += " OpenCV";
  return missing;
}

TEST_F(ExportBlock, BothDemosGiveTheModelsAnswersFromFileBytes) {
  block.input("model", model);
  ASSERT_TRUE(block.run()) << block.problem();
  if (const auto missing = missingRuntimes(block.output<TextValue>("card")->text); !missing.empty())
    GTEST_SKIP() << "not installed here:" << missing;
}

TEST_F(ExportBlock, TheDemosAgreeOnAThousandClassesToo) {
  const auto weights = cacheFolder() / "deps/efficientnet_lite0";
  if (!std::getenv("PATCHBAY_LONG") || !fs::exists(weights)) GTEST_SKIP() << "runs with PATCHBAY_LONG=1 and the installed weights";
  fs::path file;
  for (const auto& entry : fs::recursive_directory_iterator{weights})
    if (entry.path().extension() == ".pth") file = entry.path();
  for (const auto resize : {net::Resize::ShortSide, net::Resize::Stretch}) {
    auto lite = must(net::loadBackbone("efficientnet_lite0", file));
    lite.preprocessing.scaledDecode = true;
    lite.preprocessing.resize = resize;
    for (int i = 0; i < 1000; ++i) lite.classes.push_back("class " + std::to_string(i));
    block.clearInputs().input("model", must(net::saveModel(block.store(), lite)));
    ASSERT_TRUE(block.run()) << block.problem();
    EXPECT_EQ(missingRuntimes(block.output<TextValue>("card")->text), "");
  }
}

}  // namespace
}  // namespace patchbay::testing
