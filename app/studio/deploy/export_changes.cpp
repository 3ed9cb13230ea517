// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_changes.h"

#include <algorithm>

#include "engine/edit/editor.h"
#include "engine/edit/operations.h"

namespace patchbay::studio {

namespace {

constexpr auto evaluateType = "patchbay.evaluate.evaluate";
constexpr double columnWidth = 260;

const Link* sourceOf(const Document& document, const NodeId& node, std::string_view port) {
  for (const auto& link : document.links())
    if (link.to.node == node && link.to.port == port) return &link;
  return nullptr;
}

/// The evaluation that gets something from this block, the nearest first.
std::optional<NodeId> evaluationOf(const Document& document, const NodeId& model) {
  std::vector<NodeId> reached{model};
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (const auto& link : document.links()) {
      if (link.from.node != reached[i] || std::ranges::find(reached, link.to.node) != reached.end()) continue;
      const auto* node = document.node(link.to.node);
      if (node && node->type == evaluateType) return node->id;
      reached.push_back(link.to.node);
    }
  return std::nullopt;
}

void setIfOther(const Node* node, const NodeId& id, const std::string& key, std::optional<Value> value,
                std::vector<edit::Change>& changes) {
  const auto* now = node ? node->params.find(key) : nullptr;
  if (value ? (now && *now == *value) : !now) return;
  changes.push_back(edit::SetParam{id, key, std::move(value)});
}

}  // namespace

std::filesystem::path exportPlace(const Node& block, const PipelinePlace& place) {
  const auto around = pathFromValue(block.params["folder"]);
  const auto& name = block.params["name"].asText();
  return (around.empty()         ? place.project / "exports"
          : around.is_absolute() ? around
                                 : place.base / around) /
         (name.empty() ? "model" : name);
}

std::optional<NodeId> exportBlockOf(const Document& document, const NodeId& model) {
  for (const auto& link : document.links())
    if (link.from.node == model && link.to.port == "model")
      if (const auto* node = document.node(link.to.node); node && node->type == exportType) return node->id;
  return std::nullopt;
}

Result<std::vector<edit::Change>> exportChanges(const Document& document, const Catalogue& catalogue, const ExportWish& wish,
                                                NodeId* block) {
  const auto* from = document.node(wish.model);
  if (!from)
    return fail(ErrorKind::NotFound, "export.model", TR("studio", "The block that made this model is no longer in the pipeline."),
                TR("studio", "Undo its removal, or choose another model."));
  std::vector<edit::Change> out;
  const auto existing = exportBlockOf(document, wish.model);
  NodeId id;
  if (existing) {
    id = *existing;
  } else {
    const auto evaluation = evaluationOf(document, wish.model);
    const auto* beside = evaluation ? document.node(*evaluation) : from;
    PB_TRY(out, edit::addBlock(document, catalogue, exportType, {beside->x + columnWidth, from->y}, &id));
    PB_TRY(auto with, edit::applied(document, out));
    std::vector<std::pair<PortRef, const char*>> ends{{{wish.model, "model"}, "model"}};
    if (evaluation) ends.push_back({{*evaluation, "report"}, "report"});
    if (const auto* data = sourceOf(document, evaluation.value_or(wish.model), "data")) ends.push_back({data->from, "data"});
    for (const auto& [source, port] : ends) {
      PB_TRY(auto link, edit::link(with, catalogue, source, {id, port}));
      PB_TRY(with, edit::applied(std::move(with), link));
      std::ranges::move(link, std::back_inserter(out));
    }
  }
  const auto* node = document.node(id);
  if (node && node->mode != NodeMode::Normal) out.push_back(edit::SetMode{id, NodeMode::Normal});
  std::optional<Value> folder;
  if (!wish.folder.empty()) {
    const auto relative = wish.folder.lexically_normal().lexically_relative(wish.base.lexically_normal());
    const bool inside = !wish.base.empty() && !relative.empty() && *relative.begin() != "..";
    folder = pathToValue(inside ? relative : wish.folder);
  }
  setIfOther(node, id, "folder", std::move(folder), out);
  setIfOther(node, id, "name", Value{wish.name}, out);
  setIfOther(node, id, "include_pictures", wish.includePictures ? std::optional{Value{true}} : std::nullopt, out);
  setIfOther(node, id, "int8", wish.int8 ? std::optional{Value{true}} : std::nullopt, out);
  if (wish.int8) setIfOther(node, id, "int8_drop", wish.int8Drop == 1 ? std::nullopt : std::optional{Value{wish.int8Drop}}, out);
  if (block) *block = id;
  return out;
}

}  // namespace patchbay::studio
