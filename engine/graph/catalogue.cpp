// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/catalogue.h"

namespace patchbay {

Result<Catalogue> Catalogue::fromValue(const Value& value) {
  Catalogue out;
  if (!value["blocks"].isList()) {
    return fail(ErrorKind::Corrupt, "catalogue.invalid", TR("graph", "The list of blocks cannot be read."),
                TR("graph", "Engine, worker and packs must come from one version; install Patchbay again."));
  }
  for (const auto& block : value["blocks"].asList()) {
    PB_TRY(auto schema, schemaFromValue(block));
    out.add(std::move(schema));
  }
  return out;
}

Value Catalogue::toValue() const {
  Value list{Value::List{}};
  for (const auto& [id, schema] : blocks_) list.push(patchbay::toValue(schema));
  return Value::Map{{"blocks", std::move(list)}};
}

void Catalogue::add(Schema schema) {
  auto id = schema.info.id;
  blocks_.insert_or_assign(std::move(id), std::move(schema));
}

const Schema* Catalogue::find(std::string_view id) const {
  const auto it = blocks_.find(id);
  return it == blocks_.end() ? nullptr : &it->second;
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> out;
  for (const auto& [id, schema] : blocks_) out.push_back(id);
  return out;
}

}  // namespace patchbay
