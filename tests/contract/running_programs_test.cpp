// SPDX-License-Identifier: Apache-2.0
// One run of the command line: who carries which library, and the exported model asked live afterwards.
#include <algorithm>
#include <future>
#include <numeric>

#include "engine/openvino/runner.h"
#include "engine/store/project.h"
#include "tests/contract/real_programs.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* bigLibraries[] = {"libtorch", "libopenvino", "libopencv"};

double msSince(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }
double quantile(std::vector<double> v, double q) {
  std::ranges::sort(v);
  return v[std::min(v.size() - 1, static_cast<std::size_t>(q * static_cast<double>(v.size())))];
}

/// Everything a project remembers: its files, and how many rows each table has.
std::map<std::string, std::int64_t> recorded(const fs::path& project) {
  std::map<std::string, std::int64_t> out;
  for (const auto& entry : fs::recursive_directory_iterator{project}) {
    const auto name = entry.path().lexically_relative(project).string();
    if (entry.is_regular_file() && name.find(".db") == std::string::npos) out[name] = static_cast<std::int64_t>(entry.file_size());
  }
  Project::Options looking;
  looking.access = Project::Access::ReadOnly;
  const auto opened = must(Project::open(project, looking));
  auto& db = opened->database();
  std::vector<std::string> tables;
  must(db.query("SELECT name FROM sqlite_schema WHERE type = 'table'", {}, [&](const Row& row) -> Result<> {
    tables.emplace_back(row.text(0));
    return {};
  }));
  for (const auto& table : tables) out["rows of " + table] = must(db.integer("SELECT count(*) FROM \"" + table + "\"", {}));
  EXPECT_GT(tables.size(), 3u);
  return out;
}

Value ask(const fs::path& model, std::vector<fs::path> pictures, int threads) {
  Value args;
  args["model"] = pathToValue(model);
  args["threads"] = threads;
  for (const auto& picture : pictures) args["pictures"].push(pathToValue(picture));
  return args;
}

/// What the forward pass alone takes, milliseconds.
double forwardMs(const fs::path& model, int threads) {
  auto network = must(openvino::CpuModel::fromOnnx(must(readFile(model / "model.onnx")), {.threads = threads, .batch = 1, .streams = 1}));
  std::size_t size = 1;
  for (const auto extent : network.input().shape) size *= static_cast<std::size_t>(extent);
  std::vector<float> input(size);
  std::iota(input.begin(), input.end(), 0.f);
  std::vector<double> times;
  for (int i = 0; i < 60; ++i) {
    const auto start = Clock::now();
    must(network.infer(input, 1));
    if (i >= 10) times.push_back(msSince(start));
  }
  return quantile(times, .5);
}

class RunningProgramsTest : public ::testing::Test {
 protected:
  void SetUp() override { drawPictures(data.path() / "pictures", 12); }

  /// While the training runs: only the worker has the big libraries.
  void lookAtProcesses(pid_t cli) {
    auto engine = programs.connect();
    ASSERT_TRUE(engine);
    const auto enginePid = static_cast<pid_t>(must(engine->info())["pid"].asInt());
    EXPECT_EQ(commandOf(enginePid), "patchbay-engine");
    std::optional<pid_t> job, zygote;
    bool torch = false, openvino = false;
    for (int tries = 0; tries < 3000 && !(torch && openvino); ++tries) {
      job = descendantCalled(enginePid, "patchbay-job");
      if (job) {
        torch |= maps(*job, "libtorch_cpu");
        openvino |= maps(*job, "libopenvino.so");
        zygote = descendantCalled(enginePid, "patchbay-zygote");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    EXPECT_TRUE(torch && openvino) << "a worker carries the libraries";
    ASSERT_TRUE(zygote);
    for (const char* library : bigLibraries) {
      EXPECT_FALSE(maps(cli, library)) << "patchbay carries " << library;
      EXPECT_FALSE(maps(enginePid, library)) << "patchbay-engine carries " << library;
    }
    EXPECT_TRUE(maps(cli, "libpatchbay_service")) << "these are the maps of patchbay";
    EXPECT_TRUE(maps(enginePid, "libpatchbay_store")) << "these are the maps of patchbay-engine";
    EXPECT_NE(procFile(*zygote, "status").find("Threads:\t1\n"), std::string::npos) << procFile(*zygote, "status");
    EXPECT_FALSE(maps(*zygote, "libcuda.so")) << "the zygote has touched CUDA";
    EXPECT_TRUE(maps(*zygote, "libtorch_cpu")) << "so that the next training starts in milliseconds";
  }

  TempFolder data;
  Programs programs;
};

TEST_F(RunningProgramsTest, OnlyWorkersCarryTheBigLibrariesAndTheExportAnswersLive) {
  const auto cli = programs.startRun(classifyFolder(data.path() / "pictures"));
  lookAtProcesses(cli);
  ASSERT_EQ(programs.endRun(), 0) << programs.output();
  const auto engine = programs.connect(true);
  ASSERT_TRUE(engine);
  const auto enginePid = static_cast<pid_t>(must(engine->info())["pid"].asInt());
  const auto model = programs.project() / "exports" / "model";
  ASSERT_TRUE(fs::exists(model / "model.onnx")) << programs.output();
  const auto before = recorded(programs.project());
  const auto picture = data.path() / "pictures" / "rows" / "1.png";
  const int threads = 1;
  const auto predict = [&](const std::vector<fs::path>& pictures, std::string_view slot) {
    return engine->live("patchbay.live.predict", "predict", ask(model, pictures, threads), slot);
  };

  // Two hundred predictions, one kill between.
  const auto first = predict({picture}, "");
  ASSERT_TRUE(first) << describe(first.error());
  std::vector<double> times;
  int lost = 0;
  for (int i = 0; i < 200; ++i) {
    if (i == 100) {
      const auto live = descendantCalled(enginePid, "patchbay-live");
      ASSERT_TRUE(live);
      ASSERT_EQ(::kill(*live, SIGKILL), 0);
    }
    const auto start = Clock::now();
    auto answer = predict({picture}, "");
    if (!answer) {
      // The request that met the crash says so, and the next one finds a new worker.
      EXPECT_EQ(answer.error().kind, ErrorKind::Crashed) << describe(answer.error());
      ++lost;
      answer = predict({picture}, "");
    }
    ASSERT_TRUE(answer) << describe(answer.error());
    times.push_back(msSince(start));
    EXPECT_EQ((*answer)["results"], (*first)["results"]) << "prediction " << i;
  }
  EXPECT_LE(lost, 1);
  const auto forward = forwardMs(model, threads);
  std::printf(
      "200 live predictions, one kill -9 between: forward pass %.2f ms; beyond it p50 %.2f ms, p95 %.2f ms, most %.0f ms (restart)\n",
      forward, quantile(times, .5) - forward, quantile(times, .95) - forward, quantile(times, 1));
  RecordProperty("p95_overhead_ms", std::to_string(quantile(times, .95) - forward));

  // A newer request takes an older one's place.
  auto slow = std::async(std::launch::async, [&] { return predict(std::vector<fs::path>(5000, picture), "view"); });
  ASSERT_EQ(slow.wait_for(std::chrono::milliseconds{300}), std::future_status::timeout) << "the slow request is not slow";
  const auto newer = predict({picture}, "view");
  ASSERT_TRUE(newer) << describe(newer.error());
  EXPECT_EQ((*newer)["results"], (*first)["results"]);
  ASSERT_EQ(slow.wait_for(std::chrono::seconds{2}), std::future_status::ready);
  const auto older = slow.get();
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().kind, ErrorKind::Cancelled) << describe(older.error());

  EXPECT_EQ(recorded(programs.project()), before) << "live requests leave nothing in the project";
}

}  // namespace
}  // namespace patchbay::testing
