// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/serve/metrics.h"
#include "engine/serve/predictor.h"

namespace patchbay::serve {

/// An export and the name clients know it by.
struct ModelSource {
  std::string name;
  std::filesystem::path folder;
};

/// The names of folders as model names: the last part of each path. Usage when two are equal or one cannot be a name;
/// "NAME=FOLDER" gives a name.
Result<std::vector<ModelSource>> namedSources(const std::vector<std::string>& words);

/// The models that are served. A changed export is taken up once its files have stopped changing; one that cannot be read
/// leaves the model before it in use. Requests hold on to the model they began with.
class ModelShelf {
 public:
  ModelShelf(std::vector<ModelSource> sources, OpenPredictor open, int lanes, Metrics& metrics);
  /// All of them, or the first problem.
  Result<> openAll();
  std::shared_ptr<Predictor> find(std::string_view name) const;
  /// [{"name", ..., "problem"?: why the newest export is not in use}]
  Value list() const;
  /// Takes up what changed; from one thread. Returns what there is to say about it.
  std::vector<std::string> look();

 private:
  using State = std::vector<std::optional<FileStamp>>;  ///< Of the files that a model is read from.
  struct Entry {
    ModelSource source;
    std::shared_ptr<Predictor> model;
    State loaded, seen;  ///< What the files looked like when they were read, and at the last look.
    std::optional<Error> problem;
  };
  static State stateOf(const std::filesystem::path& folder);

  OpenPredictor open_;
  int lanes_;
  Metrics& metrics_;
  mutable std::mutex mutex_;  ///< Guards what find() and list() read.
  std::vector<Entry> entries_;
};

}  // namespace patchbay::serve
