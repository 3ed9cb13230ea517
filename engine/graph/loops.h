// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/document.h"
#include "engine/graph/problem.h"

namespace patchbay {

/// One loop variable, `count` written out.
struct LoopAxis {
  std::string name;
  Value::List values;
  std::vector<std::string> labels;  ///< The values in short, for step ids; all different.
};

/// One for-each group.
struct Loop {
  const Group* group = nullptr;
  std::vector<std::size_t> members;  ///< Node indices, ascending, those of inner groups included.
  std::vector<LoopAxis> axes;
  std::size_t passes = 1;  ///< Number of combinations.
};

/// A parameter that takes the value of an axis, or one entry of it where several parameters vary together.
struct LoopBinding {
  std::string param;
  std::size_t loop;  ///< Index into Loops::loops.
  std::size_t axis;
  std::optional<std::size_t> entry = {};
  /// What the parameter is given when the axis has this value; lives as long as that.
  const Value& of(const Value& axisValue) const {
    return entry ? axisValue.asList()[*entry] : axisValue;  // NOLINT(bugprone-return-const-ref-from-parameter)
  }
};

/// The for-each groups of a document, resolved. Loops nest: two of them share either no node or all nodes of the smaller.
struct Loops {
  std::vector<Loop> loops;                         ///< Outer before inner.
  std::vector<std::vector<std::size_t>> chain;     ///< Node index -> loops around it, outermost first.
  std::vector<std::vector<LoopBinding>> bindings;  ///< Node index -> bound parameters.

  /// How many loops two nodes share; what is beyond differs in passes.
  std::size_t shared(std::size_t nodeA, std::size_t nodeB) const;
  /// Passes of the loops of `node` from position `from` of its chain on; saturates at one million.
  std::size_t passes(std::size_t node, std::size_t from = 0) const;
};

/// Most passes of one block, so that a slip of the finger is an error and not a full disk.
inline constexpr std::size_t maxPasses = 10'000;

/// Never fails; what is wrong is appended to `problems` and left out.
Loops findLoops(const Document& document, std::vector<Problem>& problems);
/// A value as it appears in step ids: numbers and plain words as they are, lists of them joined by '+', others as eight digits
/// of their digest.
std::string loopLabel(const Value& value);

}  // namespace patchbay
