// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_added.h"

#include <algorithm>

#include "engine/edit/editor.h"
#include "engine/edit/operations.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

/// All blocks this one gets something from, the nearest first.
std::vector<NodeId> upstream(const Document& document, const NodeId& to) {
  std::vector<NodeId> out{to};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const auto& link : document.links())
      if (link.to.node == out[i] && std::ranges::find(out, link.from.node) == out.end()) out.push_back(link.from.node);
  return out;
}

const Link* inputLink(const Document& document, const NodeId& node, std::string_view port) {
  for (const auto& link : document.links())
    if (link.to.node == node && link.to.port == port) return &link;
  return nullptr;
}

}  // namespace

AddedPictures takeAdded(const Document& document, const Catalogue& catalogue, const NodeId& model, const fs::path& folder,
                        const fs::path& base) {
  std::vector<NodeId> able;
  for (const auto& id : upstream(document, model)) {
    const auto* node = document.node(id);
    const auto* schema = node ? catalogue.find(node->type) : nullptr;
    if (!schema || schema->info.category != Category::Data || !schema->param("extra")) continue;
    const auto given = pathFromValue(node->params["extra"]);
    if (!given.empty() && (given.is_absolute() ? given : base / given).lexically_normal() == folder.lexically_normal()) return {id, {}};
    if (given.empty()) able.push_back(id);
  }
  if (able.empty()) return {};
  const auto relative = folder.lexically_normal().lexically_relative(base.lexically_normal());
  const bool inside = !relative.empty() && *relative.begin() != "..";
  return {able.front(), {edit::SetParam{able.front(), "extra", pathToValue(inside ? relative : folder)}}};
}

std::vector<edit::Change> addUnlike(const Document& document, const Catalogue& catalogue, const NodeId& model) {
  const auto* features = inputLink(document, model, "embedding");
  const auto* data = inputLink(document, model, "data");
  const auto* node = document.node(model);
  if (!features || !data || !node) return {};
  NodeId id;
  auto changes = edit::addBlock(document, catalogue, "patchbay.evaluate.unlike", {node->x, node->y + 200}, &id);
  if (!changes) return {};
  // What it was trained on may be a few labels of the whole: all pictures say what is familiar.
  auto source = data->from;
  if (const auto* before = inputLink(document, source.node, "data")) {
    const auto* from = document.node(source.node);
    if (from && from->type == "patchbay.data.labelled_subset") source = before->from;
  }
  auto with = edit::applied(document, *changes);
  if (!with) return {};
  for (const auto& [from, port] : {std::pair{features->from, "embedding"}, std::pair{source, "data"}}) {
    auto link = edit::link(*with, catalogue, from, {id, port});
    if (!link) return {};
    std::ranges::move(*link, std::back_inserter(*changes));
  }
  return std::move(*changes);
}

}  // namespace patchbay::studio
