// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include "engine/service/connect.h"
#include "tests/support/pack_fixtures.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {

inline double since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// A fresh project with its engine process, reached through the socket as the Studio does. Its live workers end after two idle seconds.
class EngineProgram : public ::testing::Test {
 protected:
  EngineProgram() {
    ::setenv("XDG_RUNTIME_DIR", runtime.path().c_str(), 1);
    ::setenv("PATCHBAY_LIVE_IDLE", "2", 1);
    ConnectOptions options;
    options.engineProgram = buildFolder() / "bin" / "patchbay-engine";
    engine = must(connectEngine(folder.path() / "project", options));
  }
  ~EngineProgram() override {
    (void)engine->shutdown(true);
    engine.reset();
  }
  static Value node(const std::string& id, const std::string& type, Value::Map params) {
    return Value::Map{{"id", id},
                      {"name", id},
                      {"type", type},
                      {"type_version", 1},
                      {"title", ""},
                      {"pos", Value::List{0, 0}},
                      {"params", std::move(params)}};
  }
  static Value link(const std::string& from, const std::string& out, const std::string& to, const std::string& in) {
    return Value::Map{{"from", Value::List{from, out}}, {"to", Value::List{to, in}}};
  }
  static RunRequest request(Value::List nodes, Value::List links) {
    RunRequest out;
    out.document =
        Value::Map{{"version", 1}, {"id", "PIPELINE"}, {"title", "Test"}, {"nodes", std::move(nodes)}, {"links", std::move(links)}};
    return out;
  }
  /// The run's last look, when it has ended.
  Value finished(const RunRequest& request) {
    const auto run = must(engine->submitRun(request));
    for (int i = 0; i < 600; ++i) {
      auto shown = must(engine->showRun(run));
      if (shown["state"].asText() != "running") return shown;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return {};
  }

  TempFolder folder, runtime;
  std::unique_ptr<Engine> engine;
};

}  // namespace patchbay::testing
