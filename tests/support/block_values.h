// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small generated value for every port type and every kind of parameter that a block cannot do without, so that any block
// can be run without knowing it.
#include "engine/block/schema.h"
#include "engine/net/onnx.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {

/// The inputs of any block, fitting each other: predictions, features and report are about the pictures of the data set.
class BlockValues {
 public:
  /// `folder` is where files for importing blocks are written; pictures and objects go to the store.
  BlockValues(ObjectStore& store, std::filesystem::path folder, int perClass = 10) : store_{store}, folder_{std::move(folder)} {
    set_ = toyDataset(store, {.perClass = perClass});
    for (const auto& item : must(set_.items(store))) writeFile(folder_ / "files" / item.paths[0], must(store.open(item.digest)).text());
    std::string table;
    for (const auto& item : must(set_.items(store))) table += item.paths[0] + "," + *item.label() + "\n";
    writeFile(folder_ / "files/table.csv", table);
    // Whatever folder a block wants to read, this one holds it: pictures in folders and an exported model.
    auto exported = must(net::foldBatchNorm(tinyNet(set_.info().classes)));
    must(net::saveNet(exported, folder_ / "files"));
    writeFile(folder_ / "files/model.onnx", must(net::toOnnx(exported)));
  }

  const Dataset& dataset() const { return set_; }

  /// nullopt for a port type that has no value here: whoever adds a type adds one.
  std::optional<PortValue> value(std::string_view type) {
    if (type == "dataset") return set_.value();
    if (type == "embedding") return must(Embedding::save(store_, toyEmbedding(store_, set_)));
    if (type == "model") return model();
    if (type == "predictions") return must(Predictions::save(store_, predictions()));
    if (type == "report") return must(Report::save(store_, report()));
    if (type == "figure")
      return must(Figure::save(
          store_, {.format = "svg", .title = "A square", .bytes = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"}));
    if (type == "text") return must(TextValue::save(store_, {.format = "plain", .text = "Some words.\n"}));
    return std::nullopt;
  }

  /// Values of the parameters that have no default that would do.
  Value::Map params(const Schema& schema) const {
    Value::Map out;
    for (const auto& p : schema.params) {
      // The engine would put the digest of a revision of the project there.
      if (p.key == "revision" && p.def == Value{"newest"}) out[p.key] = must(set_.value().save(store_)).hex();
      // How long something is measured changes nothing of what comes out.
      if (p.key == "seconds" && p.min) out[p.key] = *p.min;
      if (!p.required || !emptyDefault(p)) continue;
      if (p.kind == ParamKind::Folder) out[p.key] = pathToValue(folder_ / "files");
      if (p.kind == ParamKind::File) out[p.key] = pathToValue(folder_ / "files/table.csv");
      if (p.kind == ParamKind::Text) out[p.key] = "some text";
      if (p.kind == ParamKind::ClassList || p.kind == ParamKind::TextList) out[p.key] = Value::List{"rows", "columns"};
    }
    return out;
  }

  /// Opens a value of any known type as the next block would.
  Result<> reopen(const PortValue& value) {
    const auto& t = value.type;
    if (t == "dataset") {
      PB_TRY(const auto set, Dataset::load(store_, value));
      PB_TRY(const auto items, set.items(store_));
      if (items.size() != set.size())
        return fail(ErrorKind::Corrupt, "test.size", TR("test", "Items are missing."), TR("test", "Find out why."));
      return {};
    }
    if (t == "embedding") return opened(Embedding::load(store_, value));
    if (t == "model") return opened(net::loadModel(store_, value));
    if (t == "predictions") return opened(Predictions::load(store_, value));
    if (t == "report") return opened(Report::load(store_, value));
    if (t == "figure") return opened(Figure::load(store_, value));
    if (t == "text") return opened(TextValue::load(store_, value));
    return fail(ErrorKind::Unsupported, "test.type", TR("test", "There is no port type {type}.").with("type", t),
                TR("test", "Add it here."));
  }

 private:
  template <class T>
  static Result<> opened(const Result<T>& value) {
    if (!value) return fail(value.error());
    return {};
  }
  static bool emptyDefault(const ParamInfo& p) { return p.def.isNull() || p.def == Value{""} || p.def == Value{Value::List{}}; }

  PortValue model() {
    Value meta{Value::Map{{"kind", "fine-tuned"}, {"origin", Value::Map{{"source", "a formula"}, {"licence", "0BSD"}}}}};
    return must(net::saveModel(store_, tinyNet(set_.info().classes), std::move(meta)));
  }
  Predictions predictions() {
    Predictions p;
    p.classes = set_.info().classes;
    must(set_.forEach(store_, [&](const Item& item) -> Result<> {
      const int truth = *item.label() == p.classes[0] ? 0 : 1;
      const float second = static_cast<float>((item.digest.bytes[0] + (truth ? 200 : 0)) / 456.0);
      p.ids.push_back(item.id);
      p.truth.push_back(truth);
      p.split.push_back(item.split);
      p.probabilities.insert(p.probabilities.end(), {1 - second, second});
      return {};
    }));
    p.meta["task"] = set_.info().task;
    return p;
  }
  static Report report() {
    Report r;
    r.metrics = Value::Map{{"accuracy", .75}, {"pictures", 4}};
    r.body = Value::Map{{"part", "test"},
                        {"label", "toy"},
                        {"classes", Value::List{"rows", "columns"}},
                        {"confusion", Value::List{Value::List{2, 0}, Value::List{1, 1}}}};
    return r;
  }

  ObjectStore& store_;
  std::filesystem::path folder_;
  Dataset set_;
};

}  // namespace patchbay::testing
