// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/block/schema.h"

namespace patchbay {

/// The blocks that can be used, by id. The worker reads it off the packs it loaded; its JSON is
/// {"blocks": [schema...]}, other members are ignored.
class Catalogue {
 public:
  static Result<Catalogue> fromValue(const Value& value);
  Value toValue() const;
  /// Replaces a block of the same id.
  void add(Schema schema);
  const Schema* find(std::string_view id) const;
  const std::map<std::string, Schema, std::less<>>& blocks() const { return blocks_; }
  std::vector<std::string> ids() const;

 private:
  std::map<std::string, Schema, std::less<>> blocks_;
};

}  // namespace patchbay
