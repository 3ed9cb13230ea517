// SPDX-License-Identifier: Apache-2.0
#include "engine/service/catalogue_source.h"

#include <gtest/gtest.h>

#include "engine/base/file.h"
#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {

class CatalogueSourceTest : public ::testing::Test {
 protected:
  CatalogueSource source(const std::string& pack) {
    const auto file = folder / pack;
    EXPECT_TRUE(writeFileAtomically(file, pack));
    return {{"/bin/sh", "-c", "echo >>'" + asked().native() + "'; echo '{\"pack\": \"" + pack + "\"}'"}, {file}, folder / "cache"};
  }
  std::filesystem::path asked() const { return folder / "asked"; }
  std::size_t timesAsked() const { return readFile(asked(), 1 << 20).value_or("").size(); }
  test::TempFolder folder;
};

TEST_F(CatalogueSourceTest, TheWorkerIsAskedOnceAsLongAsItsFilesAreTheSame) {
  const auto first = source("first");
  for (int i = 0; i < 3; ++i) {
    const auto catalogue = first.read();
    ASSERT_TRUE(catalogue);
    EXPECT_EQ((*catalogue)["pack"].asText(), "first");
  }
  EXPECT_EQ(timesAsked(), 1U);
  ASSERT_TRUE(writeFileAtomically(folder / "first", "changed"));
  ASSERT_TRUE(first.read());
  EXPECT_EQ(timesAsked(), 2U);
}

TEST_F(CatalogueSourceTest, TheSamePacksInManyPlacesDoNotPushItOut) {
  const auto installed = source("installed");
  ASSERT_TRUE(installed.read());
  auto elsewhere = source("pack");
  for (int place = 0; place < 100; ++place) {
    const auto copy = folder / std::to_string(place) / "pack";
    ASSERT_TRUE(std::filesystem::create_directory(copy.parent_path()) && writeFileAtomically(copy, "pack"));
    elsewhere.files = {copy};
    ASSERT_TRUE(elsewhere.read());
  }
  ASSERT_TRUE(source("another").read()) << "it clears away what is too much";
  EXPECT_EQ(timesAsked(), 3U);
  ASSERT_TRUE(installed.read());
  EXPECT_EQ(timesAsked(), 3U);
}

}  // namespace
}  // namespace patchbay
