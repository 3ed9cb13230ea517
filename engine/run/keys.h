// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/plan/plan.h"
#include "engine/run/listing.h"
#include "engine/store/project.h"

namespace patchbay {

/// The schema of a block type; nullptr when unknown.
using SchemaLookup = std::function<const Schema*(std::string_view type)>;

/// What keys depend on besides plan and inputs.
struct Machine {
  int cores = 1;  ///< Tokens for steps.
  int gpus = 0;
  Value versions;   ///< Of the libraries blocks compute with, from the catalogue.
  std::string isa;  ///< "avx512", "avx2", "base", with "+bf16": other vector units sum in another order.
  /// Other machines by name, once they were asked what they are.
  std::map<std::string, Machine> places;
};
/// Of this computer.
Machine thisMachine();

/// A file or folder that a step reads, as it was when the key was made.
struct WatchedPath {
  std::string param;
  std::filesystem::path path;
  FileListing listing;
};

struct StepKey {
  Value parts;
  Digest key;
  std::vector<WatchedPath> watched;
  Value numerics;
};

/// The machine that runs a step: the plan's for steps that compute much and touch no files here, "" (this one) for the others.
std::string placeOf(const Plan& plan, const Step& step);
/// What is known of the machine that runs a step: `machine`, or one of its places.
const Machine& machineFor(const Plan& plan, const Step& step, const Machine& machine);
/// Threads a step gets: part of its numerics class, so never a matter of load.
int threadsFor(const Plan& plan, const Step& step, const Machine& machine);
/// "cpu" or "cuda:N".
std::string deviceFor(const Plan& plan, const Step& step, const Machine& machine);
StepKey makeKey(const Plan& plan, const Step& step, const Schema* schema, const std::map<std::string, std::vector<Digest>>& inputs,
                const Machine& machine, const std::filesystem::path& baseFolder, const std::filesystem::path& project);
/// True for steps whose result depends on something no key can hold. A block that writes outside the project is judged by
/// what it wrote (see standingResult), not by this.
bool alwaysRuns(const Step& step);
/// The result under a key, when all of it is there: outputs, the exported folders as this very result left them, and the files
/// that were found while it was made as they were then. One that was overwritten by another export since is not.
Result<std::optional<ActionRecord>> standingResult(Project& project, const Digest& key, const std::filesystem::path& baseFolder);

/// What became of the files that a block found through other files (RunContext::watch), as told in the effects of its result.
struct FoundNow {
  bool same = true;           ///< False as well when the list itself is lost.
  std::vector<Text> changes;  ///< The first few by name.
};
FoundNow foundFilesNow(Project& project, const Value& effects, const std::filesystem::path& baseFolder);

/// Why the step must run although it may have run before: parameters, inputs and files by name. Empty only when the key is
/// what it was; then the result itself is gone.
Result<std::vector<Text>> whyItRuns(Project& project, const Plan& plan, const Step& step, const Schema* schema, const StepKey& key,
                                    const std::filesystem::path& baseFolder, const ParamWords& words = {});

/// What a plan would do, without doing it.
struct Forecast {
  enum class State : std::uint8_t { Cached, Runs, Unknown } state = State::Unknown;
  std::vector<Text> reasons;
};
std::string_view toString(Forecast::State state);
/// In the order of plan.steps. A step after one that runs is Unknown: equal outputs would spare it (early cut-off).
Result<std::vector<Forecast>> forecast(Project& project, const Plan& plan, const SchemaLookup& schemas, const Machine& machine,
                                       const std::filesystem::path& baseFolder, const ParamWords& words = {});

}  // namespace patchbay
