// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "engine/data/revision_store.h"

namespace patchbay::revisions {

/// Drawn: a class that a picture has by its shapes alone, not as a whole.
enum class MarkKind : std::uint8_t { Class = 1, Author, Group, Split, Flag, Drawn };

/// One thing an item can be found by.
struct Mark {
  MarkKind kind = MarkKind::Flag;
  std::string name;
  auto operator<=>(const Mark&) const = default;
};

inline constexpr std::string_view unlabelledFlag = "unlabelled", suggestedFlag = "suggested", disagreementFlag = "disagreement",
                                  missingFlag = "missing";

bool byModel(const Annotation& annotation);
/// What people and imports say an item is, models' suggestions left out: one class, or with the task "multi-label" each with a score
/// of 1/2 or more.
std::vector<std::string> labelsOf(const Item& item, std::string_view task);
/// In order, each once; the flag "missing" is no matter of the record and not among them.
std::vector<Mark> marksOf(const Item& item, std::string_view task);
/// Names that must be among the classes.
std::vector<std::string> classesNamedBy(const Item& item);

/// BadInput names what cannot be stored: an id that is none, a negative size, a score or geometry that is not finite.
Result<> checkItem(const Item& item);
/// The item after a change by somebody.
Item changedItem(Item item, const ItemChange& change, const std::string& author, std::string_view task);
/// "crack, split", "no label" for people.
std::string summaryOf(const Item& item, std::string_view task);

/// The 16 bytes of an id; the id is valid.
std::string idBytes(std::string_view hex);
std::string idHex(std::string_view bytes);
std::int64_t hashOf(const Digest& digest);
/// 32 random hexadecimal digits.
std::string newRevisionId();
/// A colour that belongs to a name: "#rrggbb", the same everywhere.
std::string colourOf(std::string_view className);

Value infoToValue(const DataInfo& info);
DataInfo infoFromValue(const Value& value);
DatasetInfo datasetInfo(const DataInfo& info);

}  // namespace patchbay::revisions
