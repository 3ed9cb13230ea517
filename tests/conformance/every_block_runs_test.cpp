// SPDX-License-Identifier: Apache-2.0
// Every block, fed small generated values of its port types, in a real worker process: two runs give the same bytes, what it
// writes opens again, and a stop ends it within two seconds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <map>

#include "engine/net/builders.h"
#include "engine/net/weights.h"
#include "tests/support/block_values.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/run_program.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Toys that crash, hang or wait on purpose have tests of their own.
bool isReal(const Schema& schema) { return schema.info.id.starts_with("patchbay."); }

class EveryBlockRuns : public ExecutorFixture {
 protected:
  static void SetUpTestSuite() {
    const auto worker = runProgram({workerProgram(), "catalogue"});
    ASSERT_EQ(worker.code, 0) << worker.err;
    const auto catalogue = must(parseJson(worker.out));
    for (const auto& one : catalogue["blocks"].asList())
      if (auto schema = must(schemaFromValue(one)); isReal(schema)) schemas().push_back(std::move(schema));
  }
  static std::vector<Schema>& schemas() {
    static std::vector<Schema> all;
    return all;
  }

  /// What the blocks find installed: weights of the default network, made by a formula, and the demo programs. The zygote
  /// starts with the first job and gives the environment on.
  EveryBlockRuns() {
    const auto lite = net::initialised(must(net::build("efficientnet_lite0", 4, 32)), 1);
    writeFile(folder.path() / "resources/weights/efficientnet_lite0/made.safetensors", must(net::writeSafetensors({lite.parameters, {}})));
    fs::create_directory_symlink(sourceFolder() / "resources/demo", folder.path() / "resources/demo");
    ::setenv("PATCHBAY_RESOURCES", (folder.path() / "resources").c_str(), 1);
    // The demos are compiled and run by the test of the Export block.
    ::setenv("PATCHBAY_PYTHON", "/nonexistent", 1);
    ::setenv("PATH", "/nonexistent", 1);
  }
  ~EveryBlockRuns() override {
    ::unsetenv("PATCHBAY_RESOURCES");
    ::unsetenv("PATCHBAY_PYTHON");
    ::setenv("PATH", path_.c_str(), 1);
  }

  JobSpec jobFor(const Schema& schema, BlockValues& values) {
    std::vector<std::string> outputs;
    for (const auto& port : schema.ports)
      if (!port.input) outputs.push_back(port.key);
    std::vector<ParamProblem> problems;
    const auto params = normaliseParams(schema, values.params(schema), problems);
    for (const auto& problem : problems) ADD_FAILURE() << schema.info.id << "." << problem.param << ": " << render(problem.cause);
    auto job = makeJob(schema.info.id, params.asMap(), outputs);
    job.threads = 2;
    job.cacheEpoch = schema.info.cacheEpoch;
    for (const auto& port : schema.ports) {
      if (!port.input) continue;
      const auto value = values.value(port.type);
      if (!value) ADD_FAILURE() << "block_values.h has no value of the port type " << port.type;
      for (int n = 0; value && n < (port.variadic ? std::max(2, port.minLinks) : 1); ++n)
        job.inputs[port.key].push_back(must(value->save(objects)));
    }
    return job;
  }

 private:
  std::string path_ = std::getenv("PATH") ? std::getenv("PATH") : "";
};

TEST_F(EveryBlockRuns, TwiceWithTheSameBytesAndItsOutputsOpenAgain) {
  ASSERT_GE(schemas().size(), 14u);
  BlockValues values{objects, folder.path()};
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    auto job = jobFor(schema, values);
    const auto first = run(job);
    ASSERT_FALSE(first.error) << describe(*first.error);
    // Once more with nothing kept: item results of the first run must not stand in for the second.
    host.packs.clear();
    auto again = jobFor(schema, values);
    again.exportsFolder = folder.path() / "exports of the second run";
    const auto second = run(again);
    ASSERT_FALSE(second.error) << describe(*second.error);
    EXPECT_EQ(first.outputs.size(), job.outputs.size());
    if (schema.info.determinism != Determinism::External) {
      EXPECT_EQ(first.outputs, second.outputs);
    }
    for (const auto& [port, digest] : first.outputs) {
      const auto value = PortValue::load(objects, digest);
      ASSERT_TRUE(value) << port;
      EXPECT_EQ(value->type, schema.output(port)->type);
      EXPECT_EQ(value->version, schema.output(port)->typeVersion);
      const auto opened = values.reopen(*value);
      EXPECT_TRUE(opened) << port << ": " << describe(opened.error());
    }
  }
}

TEST_F(EveryBlockRuns, EndsWithinTwoSecondsOfAStop) {
  BlockValues values{objects, folder.path(), 60};
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    auto job = jobFor(schema, values);
    if (schema.param("epochs")) job.params["epochs"] = 10'000;
    if (const auto* seconds = schema.param("seconds"); seconds && seconds->max) job.params["seconds"] = *seconds->max;
    host.packs.clear();
    ASSERT_TRUE(executor->submit(job));
    // It has begun when it says so; then some of the work goes by.
    ASSERT_TRUE(host.waitForEvent(job.attempt, "hello") || host.finishes(job.attempt));
    std::this_thread::sleep_for(std::chrono::milliseconds{150});
    const auto asked = Clock::now();
    (void)executor->signal(job.attempt.text, JobSignal::Cancel);
    const auto result = host.waitFor(job.attempt);
    const auto took = std::chrono::duration<double>(Clock::now() - asked).count();
    EXPECT_LT(took, 2) << "seconds";
    // Some are done before they can be asked.
    if (result.error) {
      EXPECT_EQ(result.error->kind, ErrorKind::Cancelled) << describe(*result.error);
    }
    if (schema.param("epochs")) {
      EXPECT_TRUE(result.error) << "10,000 epochs cannot be done";
    }
  }
}

}  // namespace
}  // namespace patchbay::testing
