// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/slice_text.h"

#include <gtest/gtest.h>

namespace patchbay::learn {
namespace {

TEST(SliceText, KnowsTheWordsOfTheEngineAndLeavesThoseOfPeople) {
  const auto slice = [](const char* by, const char* name) { return Value{Value::Map{{"by", by}, {"name", name}}}; };
  const auto dark = sliceName(slice("brightness", "dark, 12 to 40"));
  EXPECT_EQ(dark.source, "dark, {low} to {high}");
  EXPECT_EQ(render(dark), "dark, 12 to 40");
  EXPECT_EQ(sliceName(slice("size", "shorter side 64 pixels")).source, "shorter side {low} pixels");
  EXPECT_EQ(sliceName(slice("size", "shorter side 64 to 300 pixels")).source, "shorter side {low} to {high} pixels");
  EXPECT_EQ(sliceName(slice("shape", "wide")).context, "slice");
  for (const char* given : {"wide", "dark, 12 to 40", "{low}", "", "a to b"}) {
    const auto name = sliceName(slice("folder", given));
    EXPECT_TRUE(name.context.empty());
    EXPECT_EQ(render(name), given);
  }
  for (const char* given : {"dark, a to b", "dark, 1 to ", "shorter side  pixels", "dark, ", "300 x 300"})
    EXPECT_EQ(render(sliceName(slice("brightness", given))), given);
  EXPECT_EQ(sliceKind(slice("group", "g")).context, "slice");
  EXPECT_TRUE(sliceKind(slice("phase of the moon", "g")).context.empty());
}

}  // namespace
}  // namespace patchbay::learn
