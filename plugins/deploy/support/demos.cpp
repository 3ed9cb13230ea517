// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/demos.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <random>
#include <sstream>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "plugins/deploy/support/export_files.h"

namespace patchbay::blocks {
namespace fs = std::filesystem;
namespace {

std::vector<double> numbers(const Value& list) {
  std::vector<double> out;
  for (const auto& v : list.asList()) out.push_back(v.asDouble());
  return out;
}

/// Empty when the demo's answers agree with the expected ones, otherwise what differs.
std::string disagreement(const std::string& output, const Value& expected) {
  std::istringstream lines{output};
  std::string line;
  for (const auto& vector : expected.asList()) {
    const auto& file = vector["file"].asText();
    if (!std::getline(lines, line)) return "no answer for " + file;
    const auto answer = parseJson(line);
    const auto want = numbers(vector["logits"]);
    const auto got = answer ? numbers((*answer)["logits"]) : std::vector<double>{};
    if (got.size() != want.size()) return "no readable answer for " + file;
    double dot = 0, gg = 0, ww = 0, apart = 0;
    for (std::size_t k = 0; k < want.size(); ++k) {
      dot += got[k] * want[k];
      gg += got[k] * got[k];
      ww += want[k] * want[k];
      apart = std::max(apart, std::abs(got[k] - want[k]));
    }
    const double cosine = gg > 0 && ww > 0 ? dot / std::sqrt(gg * ww) : 1;
    auto sorted = want;
    std::ranges::sort(sorted, std::greater{});
    const bool close = sorted.size() > 1 && sorted[0] - sorted[1] < 0.02;
    const bool same = std::ranges::max_element(got) - got.begin() == std::ranges::max_element(want) - want.begin();
    // Where the model has no opinion all logits are small, and their direction says nothing: a tenth changes no probability by more
    // than .05. A steep one (few pixels, classes far apart) makes much of a single level, and no demo can be nearer than that.
    const double reach = std::max(0.1, vector["reach"].asDouble());
    if ((cosine < 0.9995 && apart > reach) || !(same || close))
      return "another answer for " + file + " (cosine " + std::to_string(cosine) + ", " + std::to_string(apart) + " apart)";
  }
  return {};
}

/// The last lines of what a program said.
std::string ending(const std::string& output) {
  return displayText(output.substr(output.size() - std::min<std::size_t>(output.size(), 800)));
}

std::vector<std::string> withPictures(std::vector<std::string> argv, const fs::path& exported, const Value& expected) {
  argv.emplace_back("--json");
  for (const auto& vector : expected.asList()) argv.push_back((exported / "test_vectors" / vector["file"].asText()).native());
  return argv;
}

tl::unexpected<Error> differs(std::string_view demo, const std::string& what) {
  return fail(ErrorKind::Internal, "export.demo",
              TR("block", "The {demo} demo does not give the answers of the model: {what}.").with("demo", demo).with("what", what),
              TR("block", "Nothing was written. Report this with the diagnostic bundle of `patchbay doctor`."));
}

/// A Python with what the demo needs: the one that $PATCHBAY_PYTHON names, or the system's, by itself or with the wheels
/// that `app/setup/install --tests` unpacked. Empty when there is none.
std::vector<std::string> findPython() {
  const char* chosen = std::getenv("PATCHBAY_PYTHON");
  std::vector<std::vector<std::string>> candidates{{chosen && *chosen ? chosen : "python3"}};
  if (!chosen || !*chosen)
    candidates.push_back({"env", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=" + (cacheFolder() / "deps/demo-python").native(), "python3"});
  for (const auto& python : candidates) {
    auto probe = python;
    probe.insert(probe.end(), {"-c", "import onnxruntime, numpy, PIL"});
    const auto there = runProgram(probe, {}, std::chrono::seconds{60});
    if (there && there->code == 0) return python;
  }
  return {};
}

Result<std::string> checkPython(const fs::path& exported, const Value& expected) {
  auto python = findPython();
  if (python.empty()) return "Python not checked (onnxruntime, numpy or Pillow are not installed here)";
  python.push_back((exported / "demo" / "predict.py").native());
  PB_TRY(const auto run, runProgram(withPictures(python, exported, expected), exported, std::chrono::seconds{120}));
  if (run.code != 0) return differs("Python", "it ended with " + ending(run.err));
  if (const auto what = disagreement(run.out, expected); !what.empty()) return differs("Python", what);
  return "Python gives the same answers";
}

Result<std::string> checkCpp(RunContext& ctx, const fs::path& exported, const Value& expected) {
  const auto build = ctx.scratch() / "demo";
  const auto source = exported / "demo" / "cpp";
  const auto configured = runProgram({"cmake", "-S", source.native(), "-B", build.native()}, {}, std::chrono::seconds{120});
  if (!configured || configured->code != 0)
    return "C++ not checked (cmake, a compiler or OpenCV's development files are not installed here)";
  PB_CHECK(goOn(ctx));
  PB_TRY(const auto built, runProgram({"cmake", "--build", build.native()}, {}, std::chrono::seconds{300}));
  if (built.code != 0) return differs("C++", "it does not compile: " + ending(built.out));
  PB_TRY(const auto run, runProgram(withPictures({(build / "predict").native()}, exported, expected), source, std::chrono::seconds{120}));
  if (run.code != 0) return differs("C++", "it ended with " + ending(run.err));
  if (const auto what = disagreement(run.out, expected); !what.empty()) return differs("C++", what);
  return "C++ gives the same answers";
}

}  // namespace

Result<std::vector<double>> reachOfOneLevel(openvino::CpuModel& network, const vision::Preprocess& preprocess,
                                            std::span<const float> inputs, std::span<const float> answers, std::size_t pictures) {
  const auto plane = inputs.size() / pictures / 3, classes = answers.size() / pictures;
  std::mt19937 random{1};
  const std::function<int()> ways[] = {[] { return 1; }, [] { return -1; }, [&] { return static_cast<int>(random() % 3) - 1; },
                                       [&] { return static_cast<int>(random() % 3) - 1; }};
  std::vector<double> reach(pictures);
  std::vector<float> moved(inputs.size());
  for (const auto& way : ways) {
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = inputs[i] + static_cast<float>(way() / preprocess.std[i / plane % 3]);
    PB_TRY(const auto results, network.infer(moved, static_cast<std::int64_t>(pictures)));
    const auto now = results[0].values();
    for (std::size_t i = 0; i < answers.size(); ++i)
      reach[i / classes] = std::max(reach[i / classes], static_cast<double>(std::abs(now[i] - answers[i])));
  }
  return reach;
}

Result<std::string> checkDemos(RunContext& ctx, const fs::path& exported, const Value& expected) {
  PB_TRY(const auto python, checkPython(exported, expected));
  PB_CHECK(goOn(ctx));
  PB_TRY(const auto cpp, checkCpp(ctx, exported, expected));
  return python + "; " + cpp;
}

}  // namespace patchbay::blocks
