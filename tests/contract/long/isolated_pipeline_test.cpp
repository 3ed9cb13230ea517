// SPDX-License-Identifier: Apache-2.0
// Workers share no disk with the engine: a template runs in an empty folder of its own, with the project out of sight.
#include "engine/executor/isolated_executor.h"
#include "tests/contract/real_pipeline.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

fs::path exportOf(const Value& finished) {
  const auto& exports = finished["exports"].asList();
  return exports.empty() ? fs::path{} : pathFromValue(exports.front());
}

TEST(IsolatedPipelineTest, ATemplateRunsApartFromTheProjectWithTheSameBytes) {
  const TempFolder data, away;
  const auto request = classifyFolder(drawPictures(data.path() / "pictures", 12));

  RealProject here{RealProject::local()};
  const auto first = here.start(request);
  const auto expected = here.end(first);
  ASSERT_EQ(expected["state"].asText(), "done") << toJson(expected);

  RealProject there{[&](JobHost& host, Project& project) {
    IsolatedOptions options;
    options.zygote.program = workerProgram();
    options.zygote.log = away.path() / "zygote.log";
    options.root = away.path() / "root";
    options.hidden = {project.folder()};
    return std::make_unique<IsolatedExecutor>(std::move(options), host);
  }};
  const auto second = there.start(request);
  const auto training = [&]() -> std::optional<ProcessIdentity> {
    for (int tries = 0; tries < 6000; ++tries) {
      std::error_code ec;
      for (const auto& attempt : fs::directory_iterator{away.path() / "root" / "attempts", ec})
        if (const auto claim = readClaim({attempt.path()}); claim && claim->process.alive()) return claim->process;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return std::nullopt;
  }();
  ASSERT_TRUE(training) << "no job ran in the folder of its own";
  std::error_code ec;
  const auto seen = fs::path{"/proc"} / std::to_string(training->pid) / "root" / there.folder().relative_path();
  EXPECT_FALSE(fs::exists(seen / "project.db", ec)) << "the worker sees the project";
  EXPECT_TRUE(fs::exists(there.folder() / "project.db"));
  const auto apart = there.end(second);
  ASSERT_EQ(apart["state"].asText(), "done") << toJson(apart);

  auto wanted = here.outputs(first, expected), got = there.outputs(second, apart);
  // The card tells how fast the model is, which no two runs agree on; the model itself is compared below.
  EXPECT_EQ(wanted.erase("export.card"), 1u);
  EXPECT_EQ(got.erase("export.card"), 1u);
  EXPECT_GE(wanted.size(), 6u);
  EXPECT_EQ(got, wanted);
  for (const char* file : {"model.onnx", "model.safetensors", "net.json", "test_vectors/expected.json"}) {
    const auto a = digestOfFile(exportOf(expected) / file), b = digestOfFile(exportOf(apart) / file);
    ASSERT_TRUE(a && b) << file;
    EXPECT_EQ(a->hex(), b->hex()) << file;
  }
  EXPECT_TRUE(exportOf(apart).native().starts_with(there.folder().native())) << "the export is brought back: " << exportOf(apart);
}

}  // namespace
}  // namespace patchbay::testing
