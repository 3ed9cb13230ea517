// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/block/schema.h"

namespace patchbay {

/// Where one link of a step comes from.
struct StepInput {
  std::string port;  ///< Input of this step.
  StepId from;
  std::string fromPort;  ///< Output of the other step.
};

/// One block to run, after for-each expansion, bypass and mute; immutable.
struct Step {
  StepId id;
  NodeId node;
  std::string name;               ///< The node's unique name plus the loop's values: "probe[seed=1,fold=0]".
  std::string title;              ///< For showing; not in the key.
  std::string type;               ///< Block id.
  Value params;                   ///< Normalised, loop values filled in.
  std::vector<StepInput> inputs;  ///< Ordered by port, then link order (loop order for reduced inputs).
  std::map<std::string, Value> loop;
  BlockInfo info;                    ///< Needs, effects, determinism, cache epoch as the catalogue declares them.
  std::vector<std::string> outputs;  ///< Output port keys, declaration order.
  std::uint64_t seed = 0;
  std::vector<std::string> notInKey;  ///< Parameters that do not affect the result.
};

/// A block that will not run, because it or what it depends on is muted.
struct SkippedNode {
  NodeId node;
  std::string name;
  bool muted = false;  ///< Itself; false when something before it is.
};

/// What will run, in an order in which every input comes before its use. Pure function of document, catalogue, options.
struct Plan {
  std::string pipelineId;
  std::string title;
  std::vector<Step> steps;
  std::vector<SkippedNode> skipped;
  Value document;  ///< The canonical document, `--set` applied; exports embed it.
  std::uint64_t seed = 0;
  std::string device = "auto";
  int threads = 0;  ///< 0 = chosen by the engine.
  std::string on;   ///< Machine that the heavy steps run on; empty: this one.

  const Step* find(const StepId& id) const;
};

Value toValue(const Plan& plan);
Result<Plan> planFromValue(const Value& value);

/// The parts of an action key, stored beside it so that every re-run can say why:
/// {"type", "epoch", "params", "inputs": {port: [sha256...]}, "seed"?, "numerics"?, "files"?}.
/// `seed` is there for seeded blocks, `numerics` for floating ones, `files` for blocks that read files. `files` is a map
/// from the shown path of a file to its digest or fingerprint; any other value is compared as a whole.
Value actionKeyParts(const Step& step, const std::map<std::string, std::vector<Digest>>& inputs, const Value& numerics, const Value& files);
/// SHA-256 of the canonical JSON of the parts.
Digest actionKey(const Value& parts);
/// Port of a step -> names of the steps it takes its values from, for explainChange.
std::map<std::string, std::vector<std::string>> inputSources(const Plan& plan, const Step& step);
/// A sentence about the change of a parameter for which numbers and names say little; empty: the usual one.
using ParamWords = std::function<Text(const Schema& schema, const ParamInfo& param, const Value& before, const Value& now)>;
/// Why a step whose key parts were `before` has other parts now: one sentence a difference, naming the parameter with
/// old and new value, the input that changed, or the file. Empty when nothing differs; a null `before` never ran.
std::vector<Text> explainChange(const Schema& schema, const Value& before, const Value& now,
                                const std::map<std::string, std::vector<std::string>>& sources = {}, const ParamWords& words = {});

}  // namespace patchbay
