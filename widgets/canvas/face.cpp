// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/face.h"

#include "widgets/base/say.h"

namespace patchbay::widgets {

int Face::index(std::string_view key, bool input) const {
  const auto& ports = input ? inputs : outputs;
  for (std::size_t i = 0; i < ports.size(); ++i)
    if (ports[i].key == key) return static_cast<int>(i);
  return -1;
}

const Port* Face::find(std::string_view key, bool input) const {
  const int i = index(key, input);
  return i < 0 ? nullptr : &(input ? inputs : outputs)[static_cast<std::size_t>(i)];
}

std::shared_ptr<const Face> Faces::known(const std::string& type) {
  if (const auto found = faces_.find(type); found != faces_.end()) return found->second;
  const auto* schema = catalogue_.find(type);
  if (!schema) return nullptr;
  auto face = std::make_shared<Face>();
  face->typeTitle = say(schema->info.title);
  face->summary = say(schema->info.summary);
  face->category = schema->info.category;
  for (const auto& port : schema->ports)
    (port.input ? face->inputs : face->outputs)
        .push_back({port.key,
                    port.label.empty() ? fromUtf8(port.key) : say(port.label),
                    port.type,
                    port.typeVersion,
                    port.input,
                    port.variadic,
                    port.input && !port.optional,
                    {}});
  faces_.emplace(type, face);
  return face;
}

std::shared_ptr<const Face> Faces::placeholder(const Node& node, const std::vector<const Link*>& links) {
  auto face = std::make_shared<Face>();
  face->typeTitle = fromUtf8(node.type);
  face->known = false;
  for (const auto* link : links) {
    if (link->to.node == node.id && !face->find(link->to.port, true))
      face->inputs.push_back({.key = link->to.port, .label = fromUtf8(link->to.port), .type = {}, .input = true});
    if (link->from.node == node.id && !face->find(link->from.port, false))
      face->outputs.push_back({.key = link->from.port, .label = fromUtf8(link->from.port), .type = {}, .input = false});
  }
  return face;
}

}  // namespace patchbay::widgets
