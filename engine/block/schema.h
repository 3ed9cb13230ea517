// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/base/value.h"

namespace patchbay {

enum class Unit : std::uint8_t { None, Pixel, Percent, Epoch, Step, Picture, Second, Byte, Degree };
enum class Scale : std::uint8_t { Linear, Log };
enum class Category : std::uint8_t { Data, Backbone, Train, Evaluate, Model, Deploy, Utility };
/// What a parameter is; decides its editor and its JSON form.
enum class ParamKind : std::uint8_t {
  Bool,
  Integer,
  Real,
  Text,
  Choice,
  File,
  Folder,
  ClassList,
  TextList,
  Colour,
  Augmentations,
  Device,
  Any
};
/// What a block touches besides its inputs and outputs.
enum class Effects : std::uint8_t { None, ReadsFiles, Network, WritesOutside };
/// Pure: same key, same bytes. Seeded: the same given the seed. External: depends on something outside the key.
enum class Determinism : std::uint8_t { Pure, Seeded, External };
enum class GpuNeed : std::uint8_t { None, Optional, Required };

/// "param is one of values"; used for visible-if and enabled-if.
struct Condition {
  std::string param;
  std::vector<Value> values;
};

struct ChoiceInfo {
  std::string key;
  Text label;
  Text help;
};

struct ParamInfo {
  std::string key;
  Text label;
  Text help;
  ParamKind kind = ParamKind::Any;
  Value def;
  std::optional<double> min, max;          ///< Hard range, inclusive; outside is a problem.
  std::optional<double> softMin, softMax;  ///< Range of the slider; outside is allowed.
  Unit unit = Unit::None;
  Scale scale = Scale::Linear;
  std::vector<ChoiceInfo> choices;
  std::vector<Condition> visibleIf, enabledIf;  ///< All must hold.
  bool required = false;                        ///< Must not be empty: an unset folder, an empty class list.
  bool affectsResult = true;                    ///< False: not part of the action key (a display setting).
};

struct PortInfo {
  std::string key;
  Text label;
  Text help;
  std::string type;
  int typeVersion = 1;
  bool input = true;
  bool variadic = false;  ///< Takes `minLinks`..n links, in link order.
  bool optional = false;
  int minLinks = 1;
};

/// What the machine must offer; the plan and the executors place jobs by it.
struct Needs {
  int cores = 1;  ///< 0 = all that are there.
  std::int64_t memoryMb = 500;
  GpuNeed gpu = GpuNeed::None;
};

struct BlockInfo {
  std::string id;   ///< "patchbay.data.picture_folder"; file format, renamed only with a migration.
  int version = 1;  ///< Of the parameters; older ones are migrated.
  Text title;
  Text summary;
  Category category = Category::Utility;
  Needs needs;
  Effects effects = Effects::None;
  Determinism determinism = Determinism::Pure;
  int cacheEpoch = 1;     ///< Raised when the same inputs would give other bytes.
  bool itemWise = false;  ///< A function of one item: results are cached per item.
  bool floating = false;  ///< Results depend on the numerics class (library versions, device class, precision, threads).
};

/// Everything a client knows of a block, read off its typed members; travels as JSON in the catalogue.
struct Schema {
  BlockInfo info;
  std::vector<ParamInfo> params;
  std::vector<PortInfo> ports;

  const ParamInfo* param(std::string_view key) const;
  const PortInfo* input(std::string_view key) const;
  const PortInfo* output(std::string_view key) const;
};

Value toValue(const BlockInfo& info);
Result<BlockInfo> blockInfoFromValue(const Value& value);
Value toValue(const Schema& schema);
Result<Schema> schemaFromValue(const Value& value);

std::string_view toString(Unit v);
std::string_view toString(Scale v);
std::string_view toString(Category v);
std::string_view toString(ParamKind v);
std::string_view toString(Effects v);
std::string_view toString(Determinism v);
std::string_view toString(GpuNeed v);

/// One thing wrong with a parameter value, with cause and next action.
struct ParamProblem {
  std::string param;
  Text cause;
  Text hint;
};

/// All parameters of the schema with defaults filled in and numbers in their declared kind; appends every problem
/// (unknown key with the nearest known one, wrong kind, out of range, not a choice, required but empty).
Value normaliseParams(const Schema& schema, const Value& given, std::vector<ParamProblem>& problems);
/// One value checked and normalised.
Value normaliseParam(const ParamInfo& info, const Value& given, std::vector<ParamProblem>& problems);
/// Parses what a person types after `--set name.param=`: JSON where the kind wants it, plain text otherwise.
Result<Value> parseParam(const ParamInfo& info, std::string_view text);
/// Whether the parameter is shown / editable given the other values.
bool isVisible(const ParamInfo& info, const Value& params);
bool isEnabled(const ParamInfo& info, const Value& params);

/// The candidate closest to `word` by edit distance, empty when none is close; for "did you mean".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace patchbay
