// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/ranks.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <future>

#include "engine/base/file.h"
#include "engine/torch/runtime.h"
#include "engine/torch/trainer.h"
#include "tests/engine/torch/colour_source.h"
#include "tests/engine/torch/small_nets.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::torch {
namespace {
namespace fs = std::filesystem;
using test::TempFolder;
using namespace std::string_literals;

/// What a training of these tests is, said in words: processes of one test are told by them.
struct Case {
  std::string words;
  bool has(std::string_view word) const { return (" " + words + " ").find(" " + std::string{word} + " ") != std::string::npos; }

  TrainOptions options() const {
    TrainOptions o;
    o.optimiser = has("adamw") ? Optimiser::AdamW : Optimiser::Sgd;
    o.learningRates = {.01};
    o.batch = 16;
    o.steps = 20;
    o.seed = 5;
    if (has("full")) {
      o.dropout = .2;
      o.ema = .9;
      o.mixup = .2;
      o.cutmix = 1;
      o.labelSmoothing = .1;
      o.clipNorm = 1;
      o.classWeights = {1, 2, .5};
    }
    if (has("labels")) o.loss = Loss::BinaryCrossEntropy;
    return o;
  }
  BatchNormMode mode() const { return has("frozen") ? BatchNormMode::Frozen : has("train") ? BatchNormMode::Train : BatchNormMode::Folded; }
};

std::string bytesOf(const net::Net& net) {
  std::string out;
  for (const auto& [name, tensor] : net.parameters) {
    const auto values = tensor.values();
    out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  return out;
}

/// Trains as the case says; what is left is the bytes of all weights.
Result<std::string> train(const Case& what, const std::shared_ptr<Ranks>& ranks, const fs::path& folder) {
  // The last batch of an epoch is smaller and does not divide evenly.
  testing::ColourSource source{45};
  // tests/gpu/run tries the same on a GPU.
  const char* const wanted = std::getenv("PATCHBAY_TEST_DEVICE");
  PB_TRY(const auto device, deviceOfRank(wanted ? wanted : "cpu"));
  PB_TRY(auto model, Model::create(testing::tinyNet(3), {.device = device, .batchNorm = what.mode()}));
  PB_TRY(auto trainer, Trainer::create(model, source, what.options(), ranks));
  const auto checkpoint = folder / "checkpoint";
  if (what.has("resume") && ranks->first()) {
    PB_TRY(const auto bytes, readFile(checkpoint, 1 << 26));
    PB_CHECK(trainer.restore(bytes));
  }
  std::int64_t steps = 0;
  TrainHooks hooks;
  hooks.progress = [&](const StepReport& report) {
    steps = report.step;
    if (what.has("dies") && ranks->rank() == 1 && report.step == 5) ::raise(SIGKILL);
    if (what.has("fails") && ranks->rank() == 1 && report.step == 5) source.failing = true;
  };
  if (what.has("validates")) hooks.validate = [&](const Model&, std::int64_t) -> Result<double> { return steps % 2; };
  hooks.checkpoint = [&](std::string_view bytes) { return writeFileAtomically(checkpoint, bytes); };
  hooks.stop = [&] { return what.has("stops") && ranks->first() && steps >= 7 ? StopRequest::Cancel : StopRequest::No; };
  PB_TRY(const auto report, trainer.run(hooks));
  EXPECT_EQ(report.end, what.has("stops") ? TrainEnd::Cancelled : TrainEnd::Finished);
  PB_TRY(const auto net, model.toNet());
  return bytesOf(net);
}

/// What one process of a group does; it finds its seat in the environment.
void trainOneRank(const fs::path& folder, const Case& what) {
  const auto ranks = Ranks::fromEnvironment();
  const auto weights = ranks ? train(what, *ranks, folder) : Result<std::string>{fail(ranks.error())};
  if (!weights) std::printf("%s\n", describe(weights.error()).c_str());
  const auto name = std::getenv("PATCHBAY_RANK");
  EXPECT_TRUE(writeFileAtomically(folder / ("end"s + name), weights ? "ok" : weights.error().code));
  EXPECT_TRUE(writeFileAtomically(folder / ("weights"s + name), weights ? *weights : ""));
}

struct Group {
  TempFolder folder;
  std::vector<int> ended;  ///< How each process did, as from waitpid().

  std::string store() const { return "file:" + (folder.path() / "store").string(); }
  std::string read(const std::string& name) const { return readFile(folder.path() / name, 1 << 26).value_or("nothing"); }
  std::string weights(int rank) const { return read("weights" + std::to_string(rank)); }
  std::string end(int rank) const { return read("end" + std::to_string(rank)); }

  /// Trains in so many processes. They are forked, as those of workers are, so that LibTorch is loaded once; the one that forks
  /// never trains itself, since a child could not use a GPU that its parent has used.
  void run(int size, const std::string& words, std::string at = {}) {
    std::error_code ec;
    fs::remove(folder.path() / "store", ec);
    if (at.empty()) at = store();
    std::vector<pid_t> running;
    for (int rank = 0; rank < size; ++rank) {
      std::fflush(nullptr);
      running.push_back(::fork());
      ASSERT_GE(running.back(), 0) << std::strerror(errno);
      if (running.back() == 0) be(rank, size, words, at);
    }
    ended.assign(running.size(), -1);
    for (std::size_t i = 0; i < running.size(); ++i) ::waitpid(running[i], &ended[i], 0);
  }
  [[noreturn]] void be(int rank, int size, const std::string& words, const std::string& at) const {
    const auto name = std::to_string(rank);
    const auto output = folder.path() / ("said" + name);
    if (!std::freopen(output.c_str(), "w", stdout) || ::dup2(STDOUT_FILENO, STDERR_FILENO) < 0) ::_exit(1);
    ::setenv("PATCHBAY_RANK", name.c_str(), 1);
    ::setenv("PATCHBAY_WORLD", std::to_string(size).c_str(), 1);
    ::setenv("PATCHBAY_STORE", at.c_str(), 1);
    ::setenv("PATCHBAY_HOST", "127.0.0.1", 1);
    ::setenv("PATCHBAY_RANKS_TIMEOUT", "50", 1);
    trainOneRank(folder.path(), {words});
    std::fflush(nullptr);
    ::_exit(0);
  }
  std::string said() const {
    std::string out;
    for (std::size_t i = 0; i < ended.size(); ++i) out += read("said" + std::to_string(i));
    return out;
  }
};

/// ||a - b|| / ||b||
double distance(const std::string& a, const std::string& b) {
  if (a.size() != b.size() || a.empty()) return std::numeric_limits<double>::infinity();
  double difference = 0, norm = 0;
  for (std::size_t i = 0; i < a.size(); i += sizeof(float)) {
    float x = 0, y = 0;
    std::memcpy(&x, a.data() + i, sizeof x);
    std::memcpy(&y, b.data() + i, sizeof y);
    difference += (x - y) * (x - y);
    norm += y * y;
  }
  return std::sqrt(difference / norm);
}

/// Trains in `size` processes and in one; the distance between the two.
double againstOne(Group& group, int size, const std::string& words, const std::string& at = {}) {
  group.run(size, words, at);
  for (int rank = 0; rank < size; ++rank) {
    EXPECT_EQ(group.end(rank), "ok") << group.said();
    EXPECT_TRUE(group.weights(rank) == group.weights(0)) << "rank " << rank << " differs";
  }
  const auto together = group.weights(0);
  group.run(1, words);
  EXPECT_EQ(group.end(0), "ok") << group.said();
  const auto begun = Model::create(testing::tinyNet(3), {.batchNorm = Case{words}.mode()});
  EXPECT_GT(distance(together, bytesOf(begun->net())), 1e-3) << "nothing was learnt that could differ";
  const double apart = distance(together, group.weights(0));
  std::printf("%s: %d processes against one, ||dw||/||w|| = %.2g\n", words.c_str(), size, apart);
  return apart;
}

class RanksTest : public ::testing::Test {
 protected:
  void SetUp() override { initTorch(1); }
  Group group;
};

TEST_F(RanksTest, TwoProcessesTrainLikeOneWithFrozenStatistics) { EXPECT_LE(againstOne(group, 2, "frozen"), 1e-5); }
TEST_F(RanksTest, TwoProcessesTrainLikeOneWithSynchronisedStatistics) { EXPECT_LE(againstOne(group, 2, "train"), 1e-5); }
TEST_F(RanksTest, TwoProcessesTrainLikeOneWithEverythingRandom) { EXPECT_LE(againstOne(group, 2, "full validates"), 1e-5); }
TEST_F(RanksTest, ThreeProcessesTrainLikeOneWhereABatchDoesNotDivide) { EXPECT_LE(againstOne(group, 3, "frozen labels"), 1e-5); }

TEST_F(RanksTest, AdamWStaysNear) {
  const double apart = againstOne(group, 2, "adamw frozen");
  RecordProperty("adamw_distance", std::to_string(apart));
  // Its steps divide by the root of small squares: rounding counts for more. Reported, and bounded loosely.
  EXPECT_LE(apart, 1e-2);
}

/// A port that was free a moment ago.
std::uint16_t freePort() {
  const UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), length) != 0) return 0;
  return ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length) == 0 ? ntohs(address.sin_port) : 0;
}

TEST_F(RanksTest, FindEachOtherOverTcp) {
  // Somebody else may take the port in between.
  for (int attempt = 0; attempt < 5 && group.end(0) != "ok"; ++attempt)
    group.run(2, "frozen", "tcp://127.0.0.1:" + std::to_string(freePort()));
  EXPECT_EQ(group.end(0), "ok") << group.said();
  EXPECT_EQ(group.end(1), "ok") << group.said();
  EXPECT_TRUE(group.weights(1) == group.weights(0));
}

TEST_F(RanksTest, AStoppedGroupGoesOnFromItsCheckpointBitForBit) {
  for (const std::string words : {"full validates", "train"}) {
    group.run(2, words);
    ASSERT_EQ(group.end(0), "ok") << group.said();
    const auto undisturbed = group.weights(0);
    group.run(2, words + " stops");
    ASSERT_EQ(group.end(0), "ok") << group.said();
    ASSERT_EQ(group.end(1), "ok") << group.said();
    EXPECT_NE(group.weights(1), undisturbed);
    group.run(2, words + " resume");
    EXPECT_EQ(group.end(1), "ok") << group.said();
    EXPECT_TRUE(group.weights(0) == undisturbed) << words;
    EXPECT_TRUE(group.weights(1) == undisturbed) << words;
  }
}

TEST_F(RanksTest, TheDeathOfOneEndsTheOther) {
  group.run(2, "frozen dies");
  EXPECT_EQ(group.end(0), "ranks.lost") << group.said();
  EXPECT_TRUE(WIFSIGNALED(group.ended[1]) && WTERMSIG(group.ended[1]) == SIGKILL) << group.said();
}

TEST_F(RanksTest, AFailureOfOneFailsBoth) {
  group.run(2, "frozen fails");
  EXPECT_EQ(group.end(0), "ranks.failed") << group.said();
  EXPECT_EQ(group.end(1), "picture") << group.said();
}

TEST_F(RanksTest, SeatsThatMakeNoSenseAreRefused) {
  EXPECT_EQ(Ranks::join({.rank = 2, .size = 2, .store = "file:/tmp/x"}).error().kind, ErrorKind::Usage);
  EXPECT_EQ(Ranks::join({.rank = 0, .size = 2, .store = "file:x"}).error().kind, ErrorKind::Usage);
  EXPECT_EQ(Ranks::join({.rank = 0, .size = 2, .store = "tcp://host:port"}).error().kind, ErrorKind::Usage);
  const auto alone = Ranks::fromEnvironment();
  ASSERT_TRUE(alone);
  EXPECT_EQ(*alone, nullptr);
}

TEST_F(RanksTest, NobodyWaitsForEverForThoseWhoDoNotCome) {
  const auto joined = Ranks::join({.rank = 0, .size = 2, .store = group.store(), .host = "127.0.0.1", .timeout = std::chrono::seconds{1}});
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().kind, ErrorKind::Unreachable) << describe(joined.error());
}

TEST_F(RanksTest, ABatchSmallerThanTheGroupIsRefused) {
  TempFolder folder;
  const auto store = "file:" + (folder.path() / "s").string();
  auto other = std::async(std::launch::async, [&] { return Ranks::join({.rank = 1, .size = 2, .store = store, .host = "127.0.0.1"}); });
  const auto ranks = Ranks::join({.rank = 0, .size = 2, .store = store, .host = "127.0.0.1"});
  ASSERT_TRUE(ranks) << describe(ranks.error());
  ASSERT_TRUE(other.get());
  testing::ColourSource source;
  auto model = Model::create(testing::tinyNet(3));
  auto options = Case{"frozen"}.options();
  options.batch = 1;
  const auto trainer = Trainer::create(*model, source, options, *ranks);
  ASSERT_FALSE(trainer);
  EXPECT_EQ(trainer.error().kind, ErrorKind::Usage);
}

}  // namespace
}  // namespace patchbay::torch
