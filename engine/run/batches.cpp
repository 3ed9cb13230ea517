// SPDX-License-Identifier: Apache-2.0
#include "engine/run/batches.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/run/keys.h"

namespace patchbay {
namespace {

constexpr std::int64_t smallMb = 2000;

bool isSmall(const Step& step) { return step.info.needs.gpu == GpuNeed::None && step.info.needs.memoryMb < smallMb; }
int coresOf(const Step& step) { return std::max(0, step.info.needs.cores); }

struct Place {
  const Step* step = nullptr;
  bool away = false;   ///< Runs on the other machine.
  bool waits = false;  ///< It, or something it needs, runs there.
  std::string chain;   ///< Id of the first step of its chain.
};

/// The chain that a step may follow in; empty: none.
std::string chainFor(const Step& step, const std::unordered_map<std::string, Place>& places) {
  if (!isSmall(step)) return {};
  std::set<std::string> chains;
  for (const auto& input : step.inputs) {
    const auto& from = places.at(input.from.text);
    if (!from.waits) continue;
    // What comes from here after something over there takes its time; nobody holds a job meanwhile.
    if (!from.away) return {};
    chains.insert(from.chain);
  }
  if (chains.size() != 1) return {};
  // The passes of a loop behind one step are better side by side.
  const auto& first = *places.at(*chains.begin()).step;
  return coresOf(first) == coresOf(step) && first.loop == step.loop ? *chains.begin() : std::string{};
}

}  // namespace

std::unordered_map<std::string, Batch> batchesOf(const Plan& plan) {
  std::unordered_map<std::string, Place> places;
  std::map<std::string, int> passes;               // Of a node over there.
  std::map<std::string, std::string> lastOfChain;  // In the order of the plan.
  for (const auto& step : plan.steps) {
    Place place{.step = &step, .away = false, .waits = false, .chain = {}};
    place.away = !placeOf(plan, step).empty();
    place.waits = place.away;
    for (const auto& input : step.inputs) place.waits = place.waits || places.at(input.from.text).waits;
    if (place.away) {
      place.chain = chainFor(step, places);
      if (place.chain.empty()) place.chain = step.id.text;
      lastOfChain[place.chain] = step.id.text;
      if (!step.loop.empty()) ++passes[step.node.text];
    }
    places.emplace(step.id.text, std::move(place));
  }
  std::unordered_map<std::string, Batch> out;
  for (const auto& step : plan.steps) {
    const auto& place = places.at(step.id.text);
    if (!place.away) continue;
    Batch batch;
    if (!step.loop.empty() && passes[step.node.text] > 1) batch.array = step.node.text;
    if (lastOfChain[place.chain] != place.chain) {
      batch.chain = place.chain;
      batch.more = lastOfChain[place.chain] != step.id.text;
    }
    out.emplace(step.id.text, std::move(batch));
  }
  return out;
}

Value toValue(const Batch& batch, const std::string& run, const std::string& chain) {
  Value out;
  if (!batch.array.empty()) out["array"] = run + "/" + batch.array;
  if (!batch.chain.empty()) {
    out["chain"] = chain;
    out["more"] = batch.more;
  }
  return out;
}

}  // namespace patchbay
