// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

#include "engine/net/onnx.h"
#include "engine/vision/preprocess.h"
#include "plugins/support/class_evidence.h"
#include "plugins/support/familiarity.h"
#include "plugins/support/pictures.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using blocks::ClassEvidence, blocks::Familiarity, blocks::Grid;

std::vector<float> inputOf(const net::Net& net, int kind, std::uint64_t seed) {
  const auto preprocess = must(blocks::preprocessOf(net));
  std::vector<float> out(3 * static_cast<std::size_t>(preprocess.crop * preprocess.crop));
  const auto png = drawPng(kind, seed);
  must(vision::decodeForNet({reinterpret_cast<const std::uint8_t*>(png.data()), png.size()}, preprocess, out));
  return out;
}

double meanOf(const Grid& grid) {
  return std::accumulate(grid.values.begin(), grid.values.end(), 0.0) / static_cast<double>(grid.values.size());
}

/// A Linear with formula weights on the only output of a net.
net::Net withLinear(net::Net n, std::int64_t width, std::vector<std::string> classes) {
  n.stages.push_back("top");
  n.ops.push_back({"top.linear",
                   net::Linear{width, static_cast<std::int64_t>(classes.size()), true},
                   {n.outputs[0].value},
                   static_cast<int>(n.stages.size()) - 1});
  n.outputs = {{"logits", "top.linear"}};
  n.classes = std::move(classes);
  n.task = "classification";
  return test::withFormulaWeights(std::move(n));
}

void expectExact(const net::Net& net, const char* bias) {
  auto evidence = must(ClassEvidence::open(net, 1));
  ASSERT_EQ(evidence.method(), ClassEvidence::Method::ActivationMap);
  for (int kind = 0; kind < 3; ++kind) {
    const auto seen = must(evidence.look(inputOf(net, kind, 5)));
    for (std::size_t c = 0; c < net.classes.size(); ++c) {
      const auto grid = must(evidence.evidence(seen, c));
      const double b = net.parameters.at(bias).values()[c];
      EXPECT_NEAR(meanOf(grid) + b, seen.logits[c], 1e-4 * (1 + std::abs(seen.logits[c]))) << "class " << c;
    }
  }
}

TEST(ClassEvidence, TheMapsMeanAndTheBiasAreTheScore) { expectExact(tinyNet(), "classifier.bias"); }

TEST(ClassEvidence, MapsOfSeveralLevelsAndMaximaAddUpToo) {
  const auto folded = must(net::foldBatchNorm(tinyNet()));
  auto joined = must(net::tap(folded, {{"stem", net::TapPool::MeanMax}, {"block1", net::TapPool::MeanMax}}, true));
  expectExact(withLinear(std::move(joined), 2 * 8 + 2 * 16, {"one", "two"}), "top.linear.bias");
}

TEST(ClassEvidence, OtherNetsAreCoveredPieceByPiece) {
  // A hidden layer between pooling and classes: no weight of a class belongs to one channel.
  auto net = withLinear(must(net::withoutHead(tinyNet())), 16, {"one", "two", "three"});
  net.ops.push_back({"hidden.act", net::Activation{net::Function::Tanh}, {"top.linear"}, static_cast<int>(net.stages.size()) - 1});
  net.ops.push_back({"last", net::Linear{3, 2, true}, {"hidden.act"}, static_cast<int>(net.stages.size()) - 1});
  net.outputs = {{"logits", "last"}};
  net.classes = {"a", "b"};
  net = test::withFormulaWeights(std::move(net));
  auto evidence = must(ClassEvidence::open(net, 1));
  EXPECT_EQ(evidence.method(), ClassEvidence::Method::Occlusion);
  // One spot on an even ground: whatever the classes think of it, nothing else can matter.
  auto input = std::vector<float>(3 * 32 * 32, 0.F);
  for (int c = 0; c < 3; ++c)
    for (int y = 4; y < 8; ++y)
      for (int x = 20; x < 24; ++x) input[static_cast<std::size_t>((c * 32 + y) * 32 + x)] = 2.F;
  const auto seen = must(evidence.look(input));
  const auto grid = must(evidence.evidence(seen, 0));
  ASSERT_EQ(grid.width, 8);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) {
      const bool covers = y <= 2 && x >= 4 && x <= 6;
      if (covers) continue;
      EXPECT_EQ(grid.values[static_cast<std::size_t>(y * 8 + x)], 0) << x << "," << y;
    }
  EXPECT_NE(grid.values[1 * 8 + 5], 0);
  StopFlag stop;
  stop.request();
  EXPECT_EQ(evidence.evidence(seen, 0, &stop).error().kind, ErrorKind::Cancelled);
}

TEST(ClassEvidence, TheHeatLiesWhereTheNetLooked) {
  Grid grid{4, 4, std::vector<float>(16, -1.F)};
  grid.values[0] = 2;  // Top left of what the net sees.
  const vision::Preprocess middle{.mode = vision::Preprocess::Mode::ShortSide, .size = 100, .crop = 100};
  // A picture twice as wide as high: the net sees its middle half.
  const auto wide = blocks::overPicture(grid, middle, 400, 200, 80);
  ASSERT_EQ(wide.width, 80);
  ASSERT_EQ(wide.height, 40);
  const auto at = [&](const Grid& g, int x, int y) { return g.values[static_cast<std::size_t>(y * g.width + x)]; };
  EXPECT_EQ(at(wide, 22, 2), 1);
  for (int x : {0, 10, 19, 60, 79}) EXPECT_EQ(at(wide, x, 2), 0) << "the net does not look there";
  EXPECT_EQ(at(wide, 45, 30), 0) << "what speaks against the class is no heat";
  const auto squashed = blocks::overPicture(grid, {.mode = vision::Preprocess::Mode::Squash, .crop = 100}, 400, 200, 80);
  EXPECT_EQ(at(squashed, 2, 2), 1);
  // A single place of a fine grid is a spot one can see, where it is.
  Grid fine{28, 28, std::vector<float>(28 * 28, 0.F)};
  fine.values[20 * 28 + 7] = 1;
  const auto spot = blocks::overPicture(fine, {.mode = vision::Preprocess::Mode::Squash, .crop = 100}, 280, 280, 280);
  EXPECT_GT(at(spot, 75, 205), 0.95F);
  EXPECT_GT(at(spot, 90, 205), 0.5F);
  EXPECT_LT(at(spot, 140, 205), 0.05F);
}

struct TryLive : ::testing::Test {
  TryLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.try") service = type->make();
    root = store.fileOf({}).parent_path() / "files";
    set = toyDataset(store, {.perClass = 20});
    model = must(net::saveModel(store, net, {}));
    modelDigest = must(model.save(store)).hex();
    fs::create_directories(root / "export");
    must(net::saveNet(net, root / "export"));
  }
  Result<Value> ask(Value::Map args) { return service->answer("try", Value{std::move(args)}, store, stop); }
  /// Features of drawn pictures, as the Embed block would compute them.
  learn::Matrix featuresOf(const net::Net& features, int kind, int n) {
    auto copy = features;
    copy.classes = {"x"};
    auto evidence = must(ClassEvidence::open(copy, 1));
    learn::Matrix out(static_cast<std::size_t>(n), tinyWidth);
    for (int i = 0; i < n; ++i) {
      const auto seen = must(evidence.look(inputOf(features, kind, static_cast<std::uint64_t>(1000 + i))));
      std::ranges::copy(seen.logits, out.row(static_cast<std::size_t>(i)).begin());
    }
    return out;
  }
  TemporaryStore store;
  StopFlag stop;
  fs::path root;
  std::unique_ptr<LiveService> service;
  net::Net net = tinyNet({"rows", "columns"});
  Dataset set;
  PortValue model;
  std::string modelDigest;
};

TEST_F(TryLive, AnswersTheSameForEveryWayAPictureComes) {
  const auto png = drawPng(1, 4, 70, 50);
  writeFile(root / "a.png", png);
  const auto image = drawPattern(1, 4, 70, 50);
  const auto digest = must(store.put(png));
  const auto answer = must(ask({{"model", modelDigest}, {"picture", Value::Map{{"path", pathToValue(root / "a.png")}}}}));
  EXPECT_EQ(toJson(answer["classes"]), R"(["rows","columns"])");
  EXPECT_NEAR(answer["scores"].asList()[0].asDouble() + answer["scores"].asList()[1].asDouble(), 1, 1e-6);
  EXPECT_GT(answer["milliseconds"].asDouble(), 0);
  EXPECT_FALSE(answer.contains("heat_map"));
  for (const auto& picture :
       {Value{Value::Map{{"digest", digest.hex()}}}, Value{Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}},
        Value{Value::Map{{"width", 70}, {"height", 50}, {"rgb", Value::Bytes{image.bytes().begin(), image.bytes().end()}}}}})
    EXPECT_EQ(must(ask({{"model", modelDigest}, {"picture", picture}}))["scores"], answer["scores"]);
  const auto exported = must(ask({{"export", pathToValue(root / "export")}, {"picture", Value::Map{{"digest", digest.hex()}}}}));
  EXPECT_EQ(exported["scores"], answer["scores"]);
  const auto wrong = Value::Map{{"width", 70}, {"height", 50}, {"rgb", Value::Bytes(10)}};
  EXPECT_EQ(ask({{"model", modelDigest}, {"picture", wrong}}).error().code, "try.pixels");
  EXPECT_EQ(ask({{"export", pathToValue(root)}, {"picture", wrong}}).error().code, "try.no_model");
}

TEST_F(TryLive, AnExportBringsWhatItKnowsOfItsPictures) {
  auto known = must(blocks::Familiarity::fit(featuresOf(must(net::withoutHead(net)), 0, 40), blocks::Familiarity::Method::Nearest, 3, 1));
  known.calibrate(known.ownScores(1), 0.99);
  const auto bytes = must(known.pack());
  auto knowing = net;
  knowing.metadata["unlike"] = Value::Map{
      {"file", "familiarity.safetensors"}, {"digest", digestOf(bytes).hex()}, {"precisions", Value::Map{{"fp32", known.facts()}}}};
  fs::create_directories(root / "knowing");
  must(net::saveNet(knowing, root / "knowing"));
  must(writeFileAtomically(root / "knowing" / "familiarity.safetensors", bytes));
  const auto verdict = [&](int kind) {
    const auto png = drawPng(kind, 77);
    const Value picture{Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}};
    return must(ask({{"export", pathToValue(root / "knowing")}, {"picture", picture}}))["unlike"];
  };
  EXPECT_EQ(verdict(0)["threshold"].asDouble(), known.threshold());
  EXPECT_LT(verdict(0)["score"].asDouble(), verdict(1)["score"].asDouble()) << "it knows rows, not columns";
}

TEST_F(TryLive, ShowsWhereTheEvidenceLies) {
  const auto png = drawPng(1, 4, 96, 48);
  const Value picture{Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}};
  const auto answer = must(ask({{"model", modelDigest}, {"picture", picture}, {"heat_map", true}}));
  const auto& map = answer["heat_map"];
  EXPECT_EQ(map["method"].asText(), "activation_map");
  EXPECT_EQ(map["class"], answer["class"]);
  EXPECT_EQ(map["width"].asInt(), 2 * map["height"].asInt()) << "in the shape of the picture";
  ASSERT_EQ(map["values"].asBytes().size(), static_cast<std::size_t>(4 * map["width"].asInt() * map["height"].asInt()));
  std::vector<float> values(map["values"].asBytes().size() / 4);
  std::memcpy(values.data(), map["values"].asBytes().data(), map["values"].asBytes().size());
  EXPECT_TRUE(std::ranges::all_of(values, [](float v) { return v >= 0 && v <= 1; }));
  const auto other = must(ask({{"model", modelDigest}, {"picture", picture}, {"heat_map", true}, {"class", "rows"}}));
  EXPECT_EQ(other["heat_map"]["class"].asText(), "rows");
  EXPECT_EQ(ask({{"model", modelDigest}, {"picture", picture}, {"heat_map", true}, {"class", "none"}}).error().code, "try.class");
}

TEST_F(TryLive, WarnsOfPicturesUnlikeTheData) {
  const auto features = must(net::withoutHead(must(net::foldBatchNorm(net))));
  const auto packed = must(store.put(must(net::packNet(features))));
  const auto train = featuresOf(features, 0, 60);
  auto familiarity = must(Familiarity::fit(train, Familiarity::Method::Nearest, 3, 1));
  familiarity.calibrate(familiarity.ownScores(1), 0.98);
  auto report = must(Report::save(store, Report{Value::Map{}, Value::Map{{"kind", "unlike"}}}));
  must(familiarity.addTo(store, report));
  report.parts.insert_or_assign("net", packed);
  const auto judge = must(report.save(store)).hex();
  const auto asked = [&](const std::string& withModel, int kind, std::uint64_t seed) {
    const auto png = drawPng(kind, seed);
    return must(ask({{"model", withModel},
                     {"familiarity", judge},
                     {"picture", Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}}}))["unlike"];
  };
  int familiarWarned = 0, strangeWarned = 0;
  for (std::uint64_t i = 0; i < 20; ++i) {
    familiarWarned += asked(modelDigest, 0, 5000 + i)["warning"].asBool();
    strangeWarned += asked(modelDigest, 2, 5000 + i)["warning"].asBool();  // No stripes at all.
  }
  EXPECT_LE(familiarWarned, 3);
  EXPECT_GE(strangeWarned, 18);
  // A head on that very net needs no second look at the picture, and says the same.
  const auto& w = net.parameters.at("classifier.weight");
  const auto& b = net.parameters.at("classifier.bias");
  const auto onTop = must(must(net::saveHeadOn(store, packed, w, b, net.classes)).save(store)).hex();
  const auto one = asked(modelDigest, 0, 7), two = asked(onTop, 0, 7);
  EXPECT_NEAR(one["score"].asDouble(), two["score"].asDouble(), 1e-4);
  EXPECT_EQ(one["threshold"], two["threshold"]);
  const auto png = drawPng(0, 1);
  EXPECT_EQ(
      ask({{"model", modelDigest}, {"familiarity", modelDigest}, {"picture", Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}}})
          .error()
          .code,
      "unlike.other");
}

TEST_F(TryLive, ANewerRequestEndsIt) {
  EXPECT_EQ(toJson(must(service->answer("warm", Value::Map{{"model", modelDigest}}, store, stop))["classes"]), R"(["rows","columns"])");
  stop.request();
  EXPECT_EQ(ask({{"model", modelDigest}, {"picture", Value::Map{{"path", "x"}}}}).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(service->answer("explode", {}, store, stop).error().code, "live.method");
}

}  // namespace
}  // namespace patchbay::testing
