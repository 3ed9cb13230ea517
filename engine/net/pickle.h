// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/net/tensor.h"

// A reader for the pickles that PyTorch writes (protocols 2 to 5). It builds plain nodes and never calls anything: the few
// globals it knows stand for containers, storages and the tensors rebuilt from them.
namespace patchbay::net::pickle {

struct Node;
/// Nodes live in the machine's arena, so that a pickle that refers to itself neither leaks nor recurses on destruction.
using Ref = Node*;

struct Sequence {  ///< Tuple, list or torch.Size.
  std::vector<Ref> items;
};
struct Dict {
  std::vector<std::pair<Ref, Ref>> items;
};
struct Global {
  std::string name;  ///< "torch.FloatStorage"
};
/// Bytes kept elsewhere in the file, named by the persistent id.
struct StorageRef {
  std::string key;
  DType dtype = DType::F32;
  std::int64_t offset = 0;  ///< Elements; a view on another storage in old files.
  std::int64_t count = 0;   ///< Elements.
};
struct TensorRef {
  StorageRef storage;
  std::int64_t offset = 0;  ///< Elements.
  Shape shape, strides;
};

struct Node {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Sequence, Dict, Global, StorageRef, TensorRef> value;
  template <class T>
  const T* as() const {
    return std::get_if<T>(&value);
  }
  template <class T>
  T* as() {
    return std::get_if<T>(&value);
  }
};

using Arena = std::deque<Node>;

/// Reads one pickle from the front of `bytes`, which is advanced past its STOP.
Result<Ref> read(std::string_view& bytes, Arena& arena);

}  // namespace patchbay::net::pickle
