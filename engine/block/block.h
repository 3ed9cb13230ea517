// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <concepts>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/block/context.h"
#include "engine/block/schema.h"

namespace patchbay {

/// One block: typed members declare its parameters and ports, run() does the work.
///
/// Constructing a block has no side effects; parameters are set once, before run(), from normalised values.
class Block {
 public:
  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  virtual ~Block() = default;

  /// Does the work. Reads inputs and writes outputs through its port members; obeys ctx.stop() within two seconds.
  virtual Result<> run(RunContext& ctx) const = 0;
  /// Parameters written by version `from` (older than the declared one), changed to today's.
  virtual Result<Value> migrate(int /*from*/, Value params) const { return params; }

  /// Requires values of normaliseParams().
  void setParams(Value normalised) { values_ = std::move(normalised); }
  const Value& params() const { return values_; }
  const std::vector<ParamInfo>& paramInfos() const { return params_; }
  const std::vector<PortInfo>& portInfos() const { return ports_; }

 private:
  template <class T>
  friend class Param;
  template <class T>
  friend class In;
  template <class T>
  friend class InList;
  template <class T>
  friend class Out;
  void declare(ParamInfo info) {
    values_[info.key] = info.def;
    params_.push_back(std::move(info));
  }
  void declare(PortInfo info) { ports_.push_back(std::move(info)); }

  std::vector<ParamInfo> params_;
  std::vector<PortInfo> ports_;
  Value values_ = Value::Map{};
};

// Parameter types beyond bool, int64, double, string and enums.
struct FilePath {
  std::filesystem::path path;
};
struct FolderPath {
  std::filesystem::path path;
};
struct ClassNames {
  std::vector<std::string> names;
};
struct TextList {
  std::vector<std::string> texts;
};
struct AugmentationList {
  Value::List list;  ///< [{"name": "rotate", "probability": .5, ...}]; engine/vision has the catalogue.
};
struct DeviceName {
  std::string name;  ///< "auto", "cpu", "cuda", "cuda:1".
};

/// What is declared of a parameter; the type decides the kind. Members have no `{}`: g++ 12 crashes on default member
/// initialisers of class type here (nothrow_spec_p), and aggregate initialisation clears what is left out anyway.
template <class T>
struct ParamSpec {
  std::string key;
  Text label;
  Text help;
  T def;
  std::optional<T> min, max;
  std::optional<T> softMin, softMax;
  Unit unit = Unit::None;
  Scale scale = Scale::Linear;
  std::vector<Condition> visibleIf, enabledIf;
  bool required = false;
  bool affectsResult = true;
};

namespace detail {
template <class T>
struct ParamCodec;
template <>
struct ParamCodec<bool> {
  static constexpr auto kind = ParamKind::Bool;
  static Value to(bool v) { return v; }
  static bool from(const Value& v) { return v.asBool(); }
};
template <>
struct ParamCodec<std::int64_t> {
  static constexpr auto kind = ParamKind::Integer;
  static Value to(std::int64_t v) { return v; }
  static std::int64_t from(const Value& v) { return v.asInt(); }
};
template <>
struct ParamCodec<double> {
  static constexpr auto kind = ParamKind::Real;
  static Value to(double v) { return v; }
  static double from(const Value& v) { return v.asDouble(); }
};
template <>
struct ParamCodec<std::string> {
  static constexpr auto kind = ParamKind::Text;
  static Value to(const std::string& v) { return v; }
  static std::string from(const Value& v) { return v.asText(); }
};
template <>
struct ParamCodec<FilePath> {
  static constexpr auto kind = ParamKind::File;
  static Value to(const FilePath& v) { return pathToValue(v.path); }
  static FilePath from(const Value& v) { return {pathFromValue(v)}; }
};
template <>
struct ParamCodec<FolderPath> {
  static constexpr auto kind = ParamKind::Folder;
  static Value to(const FolderPath& v) { return pathToValue(v.path); }
  static FolderPath from(const Value& v) { return {pathFromValue(v)}; }
};
std::vector<std::string> textList(const Value& v);
Value textList(const std::vector<std::string>& v);
template <>
struct ParamCodec<TextList> {
  static constexpr auto kind = ParamKind::TextList;
  static Value to(const TextList& v) { return textList(v.texts); }
  static TextList from(const Value& v) { return {textList(v)}; }
};
template <>
struct ParamCodec<ClassNames> {
  static constexpr auto kind = ParamKind::ClassList;
  static Value to(const ClassNames& v) { return textList(v.names); }
  static ClassNames from(const Value& v) { return {textList(v)}; }
};
template <>
struct ParamCodec<AugmentationList> {
  static constexpr auto kind = ParamKind::Augmentations;
  static Value to(const AugmentationList& v) { return v.list; }
  static AugmentationList from(const Value& v) { return {v.asList()}; }
};
template <>
struct ParamCodec<DeviceName> {
  static constexpr auto kind = ParamKind::Device;
  static Value to(const DeviceName& v) { return v.name; }
  static DeviceName from(const Value& v) { return {v.asText()}; }
};
template <>
struct ParamCodec<Value> {
  static constexpr auto kind = ParamKind::Any;
  static Value to(const Value& v) { return v; }
  static Value from(const Value& v) { return v; }
};
template <class T>
std::optional<double> bound(const std::optional<T>& v) {
  if constexpr (std::is_arithmetic_v<T>)
    if (v) return static_cast<double>(*v);
  return std::nullopt;
}
}  // namespace detail

/// A typed parameter member: `Param<double> rate{this, {.key = "rate", ...}};`, read as `*rate`.
template <class T>
class Param {
 public:
  Param(Block* block, ParamSpec<T> s) : block_{block}, key_{s.key} {
    using Codec = detail::ParamCodec<T>;
    block->declare(ParamInfo{s.key,
                             s.label,
                             s.help,
                             Codec::kind,
                             Codec::to(s.def),
                             detail::bound(s.min),
                             detail::bound(s.max),
                             detail::bound(s.softMin),
                             detail::bound(s.softMax),
                             s.unit,
                             s.scale,
                             {},
                             s.visibleIf,
                             s.enabledIf,
                             s.required,
                             s.affectsResult});
  }
  T operator*() const { return detail::ParamCodec<T>::from(block_->values_[key_]); }
  const std::string& key() const { return key_; }

 private:
  const Block* block_;
  std::string key_;
};

template <class E>
struct Choice {
  E value;
  std::string key;
  Text label;
  Text help{};
};
template <class E>
struct ChoiceSpec {
  std::string key;
  Text label;
  Text help;
  E def{};
  std::vector<Choice<E>> choices;
  std::vector<Condition> visibleIf, enabledIf;
  bool affectsResult = true;
};

template <class E>
requires std::is_enum_v<E>
class Param<E> {
 public:
  Param(Block* block, ChoiceSpec<E> s) : block_{block}, key_{s.key} {
    ParamInfo info{.key = s.key, .label = s.label, .help = s.help, .kind = ParamKind::Choice};
    info.visibleIf = s.visibleIf;
    info.enabledIf = s.enabledIf;
    info.affectsResult = s.affectsResult;
    for (const auto& c : s.choices) {
      info.choices.push_back({c.key, c.label, c.help});
      values_.emplace_back(c.key, c.value);
      if (c.value == s.def) info.def = c.key;
    }
    block->declare(std::move(info));
  }
  E operator*() const {
    const auto& chosen = block_->values_[key_].asText();
    for (const auto& [key, value] : values_)
      if (key == chosen) return value;
    return values_.front().second;
  }
  const std::string& key() const { return key_; }

 private:
  const Block* block_;
  std::string key_;
  std::vector<std::pair<std::string, E>> values_;
};

struct PortSpec {
  std::string key;
  Text label;
  Text help;
  bool optional = false;
  int minLinks = 1;  ///< Of a variadic input.
};

/// A port type P has: `using type`, `static constexpr PortType port`, `static Result<type> load(ObjectReader&, const
/// PortValue&)`, `static Result<PortValue> save(ObjectWriter&, const type&)`. engine/data/ports.h lists them.
template <class P>
class In {
 public:
  In(Block* block, PortSpec s) : key_{s.key}, optional_{s.optional} {
    block->declare(PortInfo{s.key, s.label, s.help, std::string{P::port.name}, P::port.version, true, false, s.optional, 1});
  }
  bool linked(const RunContext& ctx) const { return !ctx.inputs(key_).empty(); }
  const PortValue& value(const RunContext& ctx) const { return ctx.inputs(key_).front(); }
  /// Requires a link (always there for inputs that are not optional).
  Result<typename P::type> read(RunContext& ctx) const { return P::load(ctx.objects(), value(ctx)); }

 private:
  std::string key_;
  bool optional_;
};

/// A variadic input: several links, in link order.
template <class P>
class InList {
 public:
  InList(Block* block, PortSpec s) : key_{s.key} {
    block->declare(PortInfo{s.key, s.label, s.help, std::string{P::port.name}, P::port.version, true, true, s.optional, s.minLinks});
  }
  std::span<const PortValue> values(const RunContext& ctx) const { return ctx.inputs(key_); }
  Result<std::vector<typename P::type>> read(RunContext& ctx) const {
    std::vector<typename P::type> out;
    for (const auto& v : values(ctx)) {
      PB_TRY(auto one, P::load(ctx.objects(), v));
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  std::string key_;
};

template <class P>
class Out {
 public:
  Out(Block* block, PortSpec s) : key_{s.key} {
    block->declare(PortInfo{s.key, s.label, s.help, std::string{P::port.name}, P::port.version, false, false, false, 0});
  }
  Result<> write(RunContext& ctx, const typename P::type& v) const {
    PB_TRY(auto value, P::save(ctx.objects(), v));
    ctx.setOutput(key_, std::move(value));
    return {};
  }
  void pass(RunContext& ctx, PortValue value) const { ctx.setOutput(key_, std::move(value)); }

 private:
  std::string key_;
};

/// Answers requests in a long-lived worker: predict, preview, suggest, decode. Records nothing.
class LiveService {
 public:
  virtual ~LiveService() = default;
  /// `args` may name objects by digest; `stop` is set when a newer request replaces this one.
  virtual Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) = 0;
};

struct BlockType {
  BlockInfo info;
  std::unique_ptr<Block> (*make)();
  Schema schema() const {
    const auto block = make();
    return {info, block->paramInfos(), block->portInfos()};
  }
};
struct LiveType {
  std::string id;  ///< "patchbay.live.predict"
  std::unique_ptr<LiveService> (*make)();
};

/// A pack: a shared library with one C entry point `patchbayPackV1`.
struct Pack {
  const char* abi;  ///< patchbayAbi() of the headers it was built against; another one is refused.
  std::string name;
  std::vector<const BlockType*> blocks;
  std::vector<const LiveType*> lives;
};
inline constexpr const char* packEntryPoint = "patchbayPackV1";
using PackEntry = const Pack* (*)();

/// Digest of the public headers and the compiler's ABI, set by the build. A pack does not call it but compiles the macro
/// PATCHBAY_ABI of engine/block/abi.h in: the function would always answer for the engine that loads the pack.
const char* patchbayAbi();

}  // namespace patchbay

/// Declares the block of this file to the build's registry: `PATCHBAY_BLOCK(data_picture_folder, Class, {.id = ...})`,
/// the first word being <pack>_<file>.
#define PATCHBAY_BLOCK(pack_and_file, Class, ...)                                                                              \
  const ::patchbay::BlockType& block_##pack_and_file();                                                                        \
  const ::patchbay::BlockType& block_##pack_and_file() {                                                                       \
    static const ::patchbay::BlockType type{::patchbay::BlockInfo __VA_ARGS__,                                                 \
                                            []() -> std::unique_ptr<::patchbay::Block> { return std::make_unique<Class>(); }}; \
    return type;                                                                                                               \
  }
/// Likewise for a live service, in a file that ends in _live.cpp.
#define PATCHBAY_LIVE(pack_and_file, Class, liveId)                                                                                 \
  const ::patchbay::LiveType& live_##pack_and_file();                                                                               \
  const ::patchbay::LiveType& live_##pack_and_file() {                                                                              \
    static const ::patchbay::LiveType type{liveId,                                                                                  \
                                           []() -> std::unique_ptr<::patchbay::LiveService> { return std::make_unique<Class>(); }}; \
    return type;                                                                                                                    \
  }
