// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <functional>
#include <map>
#include <utility>

#include "engine/base/value.h"
#include "engine/net/decode.h"
#include "engine/net/pickle.h"
#include "engine/net/weights.h"
#include "engine/net/zip.h"

namespace patchbay::net {
namespace {
using pickle::Arena;
using pickle::Ref;

// torch.save before 1.6: pickles of this magic number, the protocol version, facts about the system, the object and the
// list of storage keys; then each storage as an element count and its bytes.
constexpr std::string_view legacyMagic{"\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19\x2E", 15};
constexpr int maxDepth = 16;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::BadInput, "pth.damaged", TR("net", "This is not a readable PyTorch file: {what}.").with("what", what),
              TR("net", "Fetch the file again, or save it anew with torch.save(model.state_dict(), path)."));
}

/// Bytes of a storage by key.
using StorageBytes = std::function<Result<std::string_view>(const pickle::StorageRef&)>;

class Collector {
 public:
  Collector(const StorageBytes& storage, std::size_t budget) : storage_{storage}, budget_{budget} {}

  Result<> collect(Ref node, const std::string& name, int depth) {
    // Shared sub-dictionaries could multiply without end; no checkpoint has a hundred thousand entries.
    if (depth > maxDepth || ++visited_ > 100'000) return damaged("its dictionaries are nested too deep");
    if (const auto* tensor = node->as<pickle::TensorRef>()) return add(name, *tensor);
    const auto* dict = node->as<pickle::Dict>();
    if (!dict) return {};
    for (const auto& [key, value] : dict->items) {
      const auto* text = key->as<std::string>();
      if (!text) continue;
      PB_CHECK(collect(value, name.empty() ? *text : name + "." + *text, depth + 1));
    }
    return {};
  }

  std::map<std::string, Tensor> tensors;

 private:
  Result<> add(const std::string& name, const pickle::TensorRef& ref) {
    if (name.empty() || !isUtf8(name)) return damaged("a tensor without a name");
    PB_TRY(const std::int64_t count, elementCount(ref.shape));
    PB_TRY(const auto bytes, storage_(ref.storage));
    const auto available = static_cast<std::int64_t>(bytes.size() / byteSize(ref.storage.dtype));
    if (ref.offset > available) return damaged("tensor " + displayText(name) + " leaves its storage");
    std::int64_t last = ref.offset;  // Highest element touched.
    for (std::size_t axis = 0; axis < ref.shape.size() && count > 0; ++axis) {
      const auto steps = ref.shape[axis] - 1;
      if (steps > 0 && ref.strides[axis] > available / steps) return damaged("tensor " + displayText(name) + " leaves its storage");
      last += steps * ref.strides[axis];
      if (last >= available) return damaged("tensor " + displayText(name) + " leaves its storage");
    }
    if (count > available || (count > 0 && last >= available)) return damaged("tensor " + displayText(name) + " leaves its storage");
    // A few tied weights are fine; a small file that unfolds into gigabytes is not.
    if (static_cast<std::size_t>(count) > budget_) return damaged("its tensors take more room than the file");
    budget_ -= static_cast<std::size_t>(count);
    if (!tensors.emplace(name, Tensor{ref.shape, gather(ref, bytes, count), ref.storage.dtype}).second)
      return damaged("two tensors are called " + displayText(name));
    return {};
  }

  /// The view's elements in row-major order.
  static std::vector<float> gather(const pickle::TensorRef& ref, std::string_view bytes, std::int64_t count) {
    const auto size = byteSize(ref.storage.dtype);
    std::int64_t expected = 1;
    bool contiguous = true;
    for (std::size_t axis = ref.shape.size(); axis-- > 0;) {
      contiguous &= ref.shape[axis] == 1 || ref.strides[axis] == expected;
      expected *= ref.shape[axis];
    }
    if (count == 0) return {};
    if (contiguous)
      return decodeElements(ref.storage.dtype,
                            bytes.substr(static_cast<std::size_t>(ref.offset) * size, static_cast<std::size_t>(count) * size));
    std::string packed;
    packed.reserve(static_cast<std::size_t>(count) * size);
    Shape index(ref.shape.size(), 0);
    for (std::int64_t i = 0; i < count; ++i) {
      auto at = ref.offset;
      for (std::size_t axis = 0; axis < index.size(); ++axis) at += index[axis] * ref.strides[axis];
      packed.append(bytes.substr(static_cast<std::size_t>(at) * size, size));
      for (std::size_t axis = index.size(); axis-- > 0;) {
        if (++index[axis] < ref.shape[axis]) break;
        index[axis] = 0;
      }
    }
    return decodeElements(ref.storage.dtype, packed);
  }

  const StorageBytes& storage_;
  std::size_t budget_;  ///< Floats that may still be made.
  std::size_t visited_ = 0;
};

/// Training scripts wrap the weights: {"state_dict": {...}, "epoch": 3, ...}.
Ref unwrapped(Ref root) {
  const auto* dict = root->as<pickle::Dict>();
  if (!dict) return root;
  for (const std::string_view wrapper : {"state_dict", "model_state_dict", "model"})
    for (const auto& [key, value] : dict->items)
      if (key->as<std::string>() && *key->as<std::string>() == wrapper && value->as<pickle::Dict>()) return value;
  return root;
}

Result<WeightFile> collectAll(Ref root, const StorageBytes& storage, std::size_t fileSize) {
  Collector collector{storage, fileSize + 1024};
  PB_CHECK(collector.collect(unwrapped(root), {}, 0));
  if (collector.tensors.empty()) return damaged("it holds no dictionary of tensors");
  return WeightFile{std::move(collector.tensors), {}};
}

Result<WeightFile> parseZipKind(std::string_view bytes) {
  PB_TRY(const auto entries, listStoredZip(bytes));
  std::string prefix;
  for (const auto& [name, content] : entries)
    if (name.ends_with("/data.pkl")) prefix = name.substr(0, name.size() - std::string_view{"data.pkl"}.size());
  if (prefix.empty()) return damaged("the archive holds no data.pkl");
  if (const auto order = entries.find(prefix + "byteorder"); order != entries.end() && order->second != "little")
    return damaged("it was written on a machine with another byte order");
  Arena arena;
  auto program = entries.at(prefix + "data.pkl");
  PB_TRY(const Ref root, pickle::read(program, arena));
  const StorageBytes storage = [&](const pickle::StorageRef& ref) -> Result<std::string_view> {
    const auto found = entries.find(prefix + "data/" + ref.key);
    if (found == entries.end()) return damaged("the bytes of storage " + displayText(ref.key) + " are missing");
    if (found->second.size() / byteSize(ref.dtype) < static_cast<std::uint64_t>(ref.count))
      return damaged("storage " + displayText(ref.key) + " is too short");
    return found->second;
  };
  return collectAll(root, storage, bytes.size());
}

/// Element type of every storage, as its tensors name it: the bytes of old files cannot be skipped without it.
Result<std::map<std::string, DType>> storageTypesOf(const Arena& arena) {
  std::map<std::string, DType> types;
  for (const auto& node : arena) {
    const auto* storage = node.as<pickle::StorageRef>();
    if (!storage) continue;
    const auto [at, fresh] = types.emplace(storage->key, storage->dtype);
    if (!fresh && at->second != storage->dtype) return damaged("one storage has two types");
  }
  return types;
}

Result<WeightFile> parseLegacyKind(std::string_view bytes) {
  const auto fileSize = bytes.size();
  bytes.remove_prefix(legacyMagic.size());
  Arena arena;
  PB_TRY(const Ref version, pickle::read(bytes, arena));
  if (!version->as<std::int64_t>() || *version->as<std::int64_t>() != 1001) return damaged("its version is unknown");
  PB_TRY(const Ref system, pickle::read(bytes, arena));
  if (const auto* facts = system->as<pickle::Dict>())
    for (const auto& [key, value] : facts->items)
      if (key->as<std::string>() && *key->as<std::string>() == "little_endian" && value->as<bool>() && !*value->as<bool>())
        return damaged("it was written on a machine with another byte order");
  PB_TRY(const Ref root, pickle::read(bytes, arena));
  PB_TRY(const auto types, storageTypesOf(arena));
  PB_TRY(const Ref keys, pickle::read(bytes, arena));
  if (!keys->as<pickle::Sequence>()) return damaged("its list of storages is missing");
  std::map<std::string, std::string_view> storages;
  for (const Ref item : keys->as<pickle::Sequence>()->items) {
    const auto* key = item->as<std::string>();
    const auto type = key ? types.find(*key) : types.end();
    std::uint64_t count = 0;
    if (type == types.end() || bytes.size() < sizeof count) return damaged("its list of storages does not fit");
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    const auto size = byteSize(type->second);
    if (count > bytes.size() / size) return damaged("it ends in the middle");
    storages[*key] = bytes.substr(0, count * size);
    bytes.remove_prefix(count * size);
  }
  const StorageBytes storage = [&](const pickle::StorageRef& ref) -> Result<std::string_view> {
    const auto found = storages.find(ref.key);
    if (found == storages.end()) return damaged("the bytes of storage " + displayText(ref.key) + " are missing");
    return found->second;
  };
  return collectAll(root, storage, fileSize);
}
}  // namespace

Result<WeightFile> parsePth(std::string_view bytes) {
  if (bytes.starts_with(legacyMagic)) return parseLegacyKind(bytes);
  if (bytes.starts_with("PK\x03\x04")) return parseZipKind(bytes);
  // A bare pickle is no torch file, but it shows best what it wanted to run.
  if (bytes.starts_with('\x80')) {
    Arena arena;
    PB_TRY([[maybe_unused]] const Ref root, pickle::read(bytes, arena));
  }
  return damaged("it is neither of the two kinds that torch.save writes, nor safetensors");
}

}  // namespace patchbay::net
