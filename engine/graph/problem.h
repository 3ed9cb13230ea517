// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/value.h"

namespace patchbay {

/// Error: the pipeline cannot run. Warning: it can, but not as drawn. Info: worth knowing.
enum class Severity : std::uint8_t { Error, Warning, Info };
std::string_view toString(Severity severity);

/// One thing wrong with a pipeline, with its place, cause and next action.
struct Problem {
  Severity severity = Severity::Error;
  std::string code;   ///< "param.value", "input.missing", "graph.cycle", ...; stable, never shown alone.
  NodeId node;        ///< Empty when it belongs to no block.
  std::string name;   ///< The block's readable name.
  std::string param;  ///< Or empty.
  std::string port;   ///< Or empty.
  std::string group;  ///< Id of the group for problems of a loop.
  Text cause;
  Text hint;
};

Value toValue(const Problem& problem);
Problem problemFromValue(const Value& value);
/// "name.param: cause hint" in English, for logs and the command line.
std::string describe(const Problem& problem);
bool hasErrors(const std::vector<Problem>& problems);
/// The errors among them as one InvalidPipeline error: the only one itself, or the first with the number of others.
Error toError(const std::vector<Problem>& problems);

}  // namespace patchbay
