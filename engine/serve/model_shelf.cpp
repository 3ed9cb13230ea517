// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/model_shelf.h"

#include <algorithm>

namespace patchbay::serve {
namespace fs = std::filesystem;

Result<std::vector<ModelSource>> namedSources(const std::vector<std::string>& words) {
  std::vector<ModelSource> out;
  for (const auto& word : words) {
    std::error_code ec;
    ModelSource source;
    const auto equals = word.find('=');
    if (equals != word.npos && !fs::exists(word, ec)) source = {word.substr(0, equals), fs::absolute(word.substr(equals + 1))};
    else source = {{}, fs::absolute(word)};
    if (source.name.empty()) source.name = (source.folder.lexically_normal() / "").parent_path().filename().native();
    const bool good = isUtf8(source.name) && source.name.size() <= 200 && source.name != "." && source.name != ".." &&
                      std::ranges::none_of(source.name, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '/' || c == '\\'; });
    if (!good || source.name.empty())
      return fail(ErrorKind::Usage, "serve.name",
                  TR("serve", "\"{name}\" cannot be the name of a model.").with("name", displayText(source.name)),
                  TR("serve", "Give it one: NAME=FOLDER."));
    if (std::ranges::any_of(out, [&](const ModelSource& one) { return one.name == source.name; }))
      return fail(ErrorKind::Usage, "serve.twice", TR("serve", "Two models would be called \"{name}\".").with("name", source.name),
                  TR("serve", "Give one of them another name: NAME=FOLDER."));
    out.push_back(std::move(source));
  }
  return out;
}

ModelShelf::ModelShelf(std::vector<ModelSource> sources, OpenPredictor open, int lanes, Metrics& metrics)
    : open_{std::move(open)}, lanes_{lanes}, metrics_{metrics} {
  for (auto& source : sources) entries_.push_back({.source = std::move(source)});
}

/// What stat says of the files that a model is read from: any way of replacing them changes it.
ModelShelf::State ModelShelf::stateOf(const fs::path& folder) {
  State out;
  for (const char* name : {"model.onnx", "model_int8.onnx", "net.json", "model.safetensors", "familiarity.safetensors"})
    out.push_back(stampOf(folder / name));
  return out;
}

Result<> ModelShelf::openAll() {
  for (auto& entry : entries_) {
    entry.loaded = entry.seen = stateOf(entry.source.folder);
    auto model = open_(entry.source.folder, lanes_);
    if (!model) {
      auto error = std::move(model).error();
      if (error.where.empty()) error.where = displayText(entry.source.folder.native());
      return fail(std::move(error));
    }
    entry.model = std::move(*model);
  }
  return {};
}

std::shared_ptr<Predictor> ModelShelf::find(std::string_view name) const {
  const std::lock_guard lock{mutex_};
  for (const auto& entry : entries_)
    if (entry.source.name == name) return entry.model;
  return {};
}

Value ModelShelf::list() const {
  const std::lock_guard lock{mutex_};
  Value out{Value::List{}};
  for (const auto& entry : entries_) {
    Value one = entry.model ? entry.model->about() : Value{Value::Map{}};
    one["name"] = entry.source.name;
    if (entry.problem) one["problem"] = render(entry.problem->cause);
    out.push(std::move(one));
  }
  return out;
}

std::vector<std::string> ModelShelf::look() {
  std::vector<std::string> said;
  for (auto& entry : entries_) {
    const auto now = stateOf(entry.source.folder);
    if (now == entry.loaded) continue;
    if (now != std::exchange(entry.seen, now)) continue;  // Still being written.
    auto model = open_(entry.source.folder, lanes_);
    entry.loaded = now;
    metrics_.reloaded(entry.source.name, model.has_value());
    const std::lock_guard lock{mutex_};
    if (model) {
      entry.model = std::move(*model);
      entry.problem.reset();
      said.push_back(entry.source.name + ": the changed export is in use.");
    } else {
      entry.problem = model.error();
      said.push_back(entry.source.name + ": the changed export cannot be used, the one before stays: " + describe(model.error()));
    }
  }
  return said;
}

}  // namespace patchbay::serve
