// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <sstream>

#include "engine/vision/image.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {

/// A blue speckled disc on brown ground with some noise; what belongs to it is known.
struct Disc {
  int width = 640, height = 480;
  double x = 300, y = 220, radius = 110;
  bool has(double px, double py) const { return std::hypot(px - x, py - y) <= radius; }
  vision::Image draw() const {
    vision::Random random{{.seed = 7}};
    vision::Image image{width, height, 3};
    for (int py = 0; py < height; ++py)
      for (int px = 0; px < width; ++px) {
        const bool in = has(px + 0.5, py + 0.5);
        const std::array<double, 3> colour = in ? std::array{60.0, 90.0, 200.0} : std::array{150.0, 120.0, 80.0};
        const double noise = random.uniform(-12, 12);
        for (std::size_t c = 0; c < 3; ++c)
          image.row(py)[3 * px + static_cast<int>(c)] = static_cast<std::uint8_t>(std::clamp(colour[c] + noise, 0.0, 255.0));
      }
    return image;
  }
};

struct PictureToolsLive : ::testing::Test {
  TemporaryStore store;
  StopFlag stop;
  std::unique_ptr<LiveService> service;
  Disc disc;
  Value picture;

  PictureToolsLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.picture_tools") service = type->make();
    picture = Value::Map{{"digest", must(store.put(must(vision::encodePng(disc.draw())))).hex()}};
  }
  Result<Value> ask(std::string_view method, Value::Map args) {
    args.emplace("picture", picture);
    return service->answer(method, args, store, stop);
  }
  /// Share of what is in either that is in both, by the run lengths.
  double overlap(const Value& region) const {
    std::istringstream runs{region["runs"].asText()};
    std::int64_t at = 0, both = 0, either = 0, length = 0, found = 0;
    for (bool inside = false; runs >> length; inside = !inside)
      for (const auto end = at + length; at < end; ++at) {
        const bool is = disc.has(static_cast<double>(at / disc.height) + 0.5, static_cast<double>(at % disc.height) + 0.5);
        both += inside && is;
        either += inside || is;
        found += inside;
      }
    EXPECT_EQ(at, std::int64_t{disc.width} * disc.height) << "runs cover the picture";
    EXPECT_EQ(found, region["area"].asInt());
    return static_cast<double>(both) / static_cast<double>(either);
  }
  /// A polygon's ring lies on the disc's rim.
  void expectRim(const Value& polygon) const {
    const auto& g = polygon.asList();
    ASSERT_GT(g.size(), 9u);
    const auto n = static_cast<std::size_t>(g[0].asDouble());
    ASSERT_GE(g.size(), 1 + 2 * n);
    for (std::size_t i = 0; i < n; ++i)
      EXPECT_NEAR(std::hypot(g[1 + 2 * i].asDouble() - disc.x, g[2 + 2 * i].asDouble() - disc.y), disc.radius, 6);
  }
};

TEST_F(PictureToolsLive, TheWandFindsWhatWasClicked) {
  const auto prepared = must(ask("prepare", {}));
  EXPECT_EQ(prepared["width"].asInt(), 640);
  const auto region = must(ask("wand", {{"points", Value::List{Value::List{300, 220, 1}}}}));
  EXPECT_GT(overlap(region), 0.93);
  expectRim(region["polygon"]);
  EXPECT_NEAR(region["box"].asList()[0].asDouble(), 190, 6);
  EXPECT_NEAR(region["box"].asList()[2].asDouble(), 220, 10);
  // A click that says "not this" takes its piece away; one elsewhere gives the ground.
  const auto ground = must(ask("wand", {{"points", Value::List{Value::List{20, 20, 1}, Value::List{300, 220, 0}}}}));
  EXPECT_LT(overlap(ground), 0.1);
  EXPECT_GT(ground["area"].asInt(), 640 * 480 / 2);
}

TEST_F(PictureToolsLive, WithoutInstalledWeightsColoursHaveToDo) {
  test::TempFolder empty;
  ::setenv("PATCHBAY_RESOURCES", empty.path().c_str(), 1);
  EXPECT_TRUE(ask("prepare", {}));
  const auto region = ask("wand", {{"points", Value::List{Value::List{300, 220, 1}}}});
  ::unsetenv("PATCHBAY_RESOURCES");
  ASSERT_TRUE(region);
  EXPECT_GT(overlap(*region), 0.9);
}

TEST_F(PictureToolsLive, MoreToleranceTakesNoLess) {
  std::int64_t before = 0;
  for (const double t : {0.1, 0.5, 0.9}) {
    const auto area = must(ask("wand", {{"points", Value::List{Value::List{300, 220, 1}}}, {"tolerance", t}}))["area"].asInt();
    EXPECT_GE(area, before) << t;
    before = area;
  }
}

TEST_F(PictureToolsLive, GrabCutCutsAtOnceAndThenInDetail) {
  const Value box{Value::List{170, 95, 270, 250}};
  const auto preview = must(ask("grabcut", {{"box", box}}));
  EXPECT_TRUE(preview["preview"].asBool());
  EXPECT_GT(overlap(preview), 0.93);
  const auto fine = must(ask("grabcut", {{"box", box}, {"refine", true}}));
  EXPECT_FALSE(fine["preview"].asBool());
  EXPECT_GT(overlap(fine), 0.97);
  expectRim(fine["polygon"]);
  // Nothing is outside its box, and a stroke is obeyed.
  EXPECT_GE(fine["box"].asList()[0].asDouble(), 168);
  const Value stroke{Value::Map{{"points", Value::List{Value::List{300, 150}, Value::List{300, 290}}}, {"radius", 8}, {"inside", false}}};
  const auto less = must(ask("grabcut", {{"box", box}, {"strokes", Value::List{stroke}}}));
  EXPECT_LT(less["area"].asInt(), preview["area"].asInt());
  stop.request();
  EXPECT_EQ(ask("grabcut", {{"box", box}, {"refine", true}}).error().kind, ErrorKind::Cancelled);
}

TEST_F(PictureToolsLive, BadInputIsToldApart) {
  EXPECT_EQ(ask("explode", {}).error().code, "live.method");
  EXPECT_EQ(ask("wand", {{"points", Value::List{}}}).error().code, "wand.points");
  EXPECT_EQ(ask("wand", {{"points", Value::List{Value::List{-5, 9000, 1}}}}).error().code, "wand.points");
  EXPECT_EQ(ask("grabcut", {{"box", Value::List{900, 900, 10, 10}}}).error().code, "region.box");
  EXPECT_EQ(ask("grabcut", {}).error().code, "region.box");
  // A box that is the whole picture, one pixel, and a point outside are no crash.
  EXPECT_TRUE(ask("grabcut", {{"box", Value::List{-10, -10, 2000, 2000}}}));
  EXPECT_TRUE(ask("grabcut", {{"box", Value::List{300, 200, 1, 1}}}));
  picture = Value::Map{{"digest", must(store.put("no picture")).hex()}};
  EXPECT_EQ(ask("prepare", {}).error().kind, ErrorKind::BadInput);
  picture = Value::Map{{"path", "/nowhere/at/all.png"}};
  EXPECT_EQ(ask("prepare", {}).error().kind, ErrorKind::NotFound);
}

TEST_F(PictureToolsLive, OnePixelAndOneColour) {
  for (const int side : {1, 3, 50}) {
    vision::Image plain{side, side, 1};
    std::fill_n(plain.data(), plain.size(), std::uint8_t{90});
    picture = Value::Map{{"digest", must(store.put(must(vision::encodePng(plain)))).hex()}};
    EXPECT_TRUE(ask("wand", {{"points", Value::List{Value::List{0, 0, 1}}}})) << side;
    EXPECT_TRUE(ask("grabcut", {{"box", Value::List{0, 0, side, side}}})) << side;
    EXPECT_TRUE(ask("grabcut", {{"box", Value::List{0, 0, side, side}}, {"refine", true}})) << side;
  }
}

}  // namespace
}  // namespace patchbay::testing
