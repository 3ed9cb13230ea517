// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/block/block.h"
#include "engine/executor/worker_context.h"
#include "tests/support/temporary_folder.h"

/// The pack whose objects the test program is linked with.
extern "C" const patchbay::Pack* patchbayPackV1();

namespace patchbay::testing {

/// Runs one block of the pack in a temporary folder, in this process, with the context a worker gives it: object folder, item
/// cache, checkpoints, exports. What it tells is kept.
///
///     BlockHarness block{"patchbay.data.split"};
///     block.set("seed", 3).input<Dataset>("data", dataset);
///     ASSERT_TRUE(block.run()) << block.problem();
///     const auto parts = *block.output<Dataset>("data");
///
/// The folder, and with it the item cache and the checkpoints, lives as long as the harness; run() may be called again.
class BlockHarness {
 public:
  explicit BlockHarness(std::string_view id) {
    for (const auto* type : patchbayPackV1()->blocks)
      if (type->info.id == id) type_ = type;
    if (!type_) throw std::invalid_argument{"no block " + std::string{id} + " in this pack"};
    job_.type = id;
    job_.name = "block";
    job_.attempt.text = newUlid();
    job_.claim = "harness";
    job_.attemptFolder = root_ / "attempt";
    job_.objectFolder = root_ / "objects";
    job_.checkpointFolder = root_ / "checkpoints";
    job_.baseFolder = root_ / "project";
    job_.exportsFolder = root_ / "project" / "exports";
    job_.cacheEpoch = type_->info.cacheEpoch;
    job_.key = digestOf(id);
    for (const auto& port : type_->schema().ports)
      if (!port.input) job_.outputs.push_back(port.key);
    std::filesystem::create_directories(job_.attemptFolder);
    std::filesystem::create_directories(job_.baseFolder);
    objects_.emplace(job_.objectFolder, link_);
  }
  BlockHarness(const BlockHarness&) = delete;
  BlockHarness& operator=(const BlockHarness&) = delete;

  // --- Before run() ---------------------------------------------------------------------------------------------------
  BlockHarness& set(std::string_view key, Value value) {
    job_.params[key] = std::move(value);
    return *this;
  }
  /// Adds a link to the input.
  BlockHarness& input(std::string_view port, const PortValue& value) {
    const auto digest = value.save(*objects_);
    if (!digest) throw std::runtime_error{describe(digest.error())};
    job_.inputs[std::string{port}].push_back(*digest);
    return *this;
  }
  template <class P>
  BlockHarness& input(std::string_view port, const typename P::type& value) {
    const auto saved = P::save(*objects_, value);
    if (!saved) throw std::runtime_error{describe(saved.error())};
    return input(port, *saved);
  }
  BlockHarness& clearInputs() {
    job_.inputs.clear();
    return *this;
  }
  /// The block is told to stop from the n-th time it asks.
  BlockHarness& stopAt(int asked, Stop how) {
    stopAt_ = asked;
    stopHow_ = how;
    return *this;
  }
  /// Seed, threads, device, numerics, pipeline, base folder.
  JobSpec& job() { return job_; }
  ItemCacheOptions& itemOptions() { return items_; }
  /// Where relative paths of the block start; empty at first.
  const std::filesystem::path& folder() const { return job_.baseFolder; }
  ObjectStore& store() { return *objects_; }
  JobLink& link() { return link_; }

  /// True when the block ran and wrote all its outputs; otherwise error() says why not.
  bool run() {
    events_.clear();
    error_.reset();
    asked_ = 0;
    context_.emplace(job_, type_->info, link_, *objects_,
                     WorkerContext::Hooks{[this] { return stopAt_ > 0 && ++asked_ >= stopAt_ ? stopHow_ : Stop::No; },
                                          [this](const Value& event) { events_.push_back(event); }, items_});
    const auto done = [&]() -> Result<> {
      const auto block = type_->make();
      std::vector<ParamProblem> problems;
      block->setParams(normaliseParams(type_->schema(), job_.params, problems));
      if (!problems.empty())
        return fail(ErrorKind::InvalidPipeline, "block.params", problems[0].cause, problems[0].hint, problems[0].param);
      PB_CHECK(context_->loadInputs());
      PB_CHECK(block->run(*context_));
      PB_TRY(manifests_, context_->saveOutputs());
      PB_TRY(effects_, context_->publishEffects());
      return {};
    }();
    if (!done) error_ = done.error();
    return !error_;
  }

  // --- After run() ----------------------------------------------------------------------------------------------------
  const std::optional<Error>& error() const { return error_; }
  /// For messages of tests.
  std::string problem() const { return error_ ? describe(*error_) : "no error"; }
  const PortValue& value(std::string_view port) const { return context_->outputs().find(port)->second; }
  /// Digest of the output's manifest: equal digests are equal outputs, byte for byte.
  const Digest& digest(const std::string& port) const { return manifests_.at(port); }
  template <class P>
  Result<typename P::type> output(std::string_view port) {
    return P::load(*objects_, value(port));
  }
  const Value& effects() const { return effects_; }
  std::int64_t itemsComputed() const { return context_->itemsComputed(); }
  std::int64_t itemsCached() const { return context_->itemsCached(); }
  /// As they would stand in events.jsonl, without "t".
  const std::vector<Value>& events() const { return events_; }
  std::vector<Value> events(std::string_view kind) const {
    std::vector<Value> out;
    for (const auto& event : events_)
      if (event["event"].asText() == kind) out.push_back(event);
    return out;
  }
  /// The last value of a metric; nullopt when there was none.
  std::optional<double> metric(std::string_view name) const {
    std::optional<double> last;
    for (const auto& event : events_)
      if (event["event"].asText() == "metric" && event["name"].asText() == name) last = event["value"].asDouble();
    return last;
  }
  /// All log lines, each ending in a newline.
  std::string log() const {
    std::string out;
    for (const auto& event : events("log")) out += event["text"].asText() + "\n";
    return out;
  }

 private:
  test::TempFolder root_;  // First, so that it goes last.
  const BlockType* type_ = nullptr;
  JobSpec job_;
  MemoryLink link_;
  std::optional<ResolvingStore> objects_;
  ItemCacheOptions items_;
  int stopAt_ = 0, asked_ = 0;
  Stop stopHow_ = Stop::No;
  std::optional<WorkerContext> context_;
  std::vector<Value> events_;
  std::optional<Error> error_;
  std::map<std::string, Digest> manifests_;
  Value effects_;
};

}  // namespace patchbay::testing
