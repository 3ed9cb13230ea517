// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/linear_head.h"
#include "engine/net/model_port.h"
#include "engine/net/passes.h"
#include "plugins/support/views.h"

namespace patchbay::blocks {
namespace predict_cpp {

enum class Which : std::uint8_t { All, Held, Test };

struct Predict final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures; labels are not looked at.")}};
  In<ModelValue> model{this, {.key = "model", .label = TR("block", "Model"), .help = TR("block", "A trained classifier.")}};
  Out<Predictions> predictions{
      this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "A probability for each class and picture.")}};

  Param<Which> which{this,
                     {.key = "pictures",
                      .label = TR("block", "Pictures"),
                      .help = TR("block", "Which parts of the data are predicted."),
                      .def = Which::All,
                      .choices = {{Which::All, "all", TR("block", "All")},
                                  {Which::Held, "held_out", TR("block", "Validation and test")},
                                  {Which::Test, "test", TR("block", "Test")}}}};
  Param<Views> views{this,
                     {.key = "views",
                      .label = TR("block", "Averaged views"),
                      .help = TR("block",
                                 "The mean over several views of a picture is a little more accurate and takes as many times as long. "
                                 "Choose only what leaves the class unchanged. The exported model looks at one view."),
                      .def = Views::None,
                      .choices = {{Views::None, "none", TR("block", "As it is")},
                                  {Views::Mirror, "mirror", TR("block", "Mirrored")},
                                  {Views::All, "all", TR("block", "Flips and quarter turns"),
                                   TR("block", "For pictures without an up and down: parts, cells, satellite views.")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto loaded, net::loadModel(ctx.objects(), model.value(ctx)));
    if (loaded.classes.empty())
      return fail(ErrorKind::BadInput, "predict.no_classes", TR("block", "This network was not trained to tell classes apart."),
                  TR("block", "Connect the model of a Linear probe or Fine-tune block."), "model");
    PB_TRY(const auto folded, net::foldBatchNorm(loaded));
    const bool several = loaded.task == net::multiLabelTask;
    PB_TRY(auto out, rowsOf(ctx, set, loaded.classes, several));
    std::vector<Digest> pictures;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      if (wanted(item.split)) pictures.push_back(item.digest);
      return {};
    }));
    const auto& value = model.value(ctx);
    Value key{Value::Map{}};
    for (const auto& [name, digest] : value.parts) key[name] = digest.hex();
    const auto classes = loaded.classes.size();
    if (several) key["task"] = loaded.task;
    if (*views != Views::None) key["views"] = static_cast<int>(*views);
    PictureRun run{.name = "probabilities", .key = std::move(key), .phase = TR("block", "Predicting")};
    useViews(run, *views, static_cast<std::size_t>(folded.preprocessing.height));
    PB_TRY(const auto rows, runOnPictures(ctx, folded, pictures, run, [classes, several](auto outputs) {
             const learn::MatrixView logits{outputs[0].data(), 1, classes};
             return floatBytes((several ? learn::sigmoidOf(logits) : learn::softmaxRows(logits)).row(0));
           }));
    out.probabilities.resize(pictures.size() * classes);
    for (std::size_t i = 0; i < pictures.size(); ++i)
      meanOfRows(rows->bytes(i), std::span{out.probabilities}.subspan(i * classes, classes));
    out.meta["task"] = loaded.task;
    if (several && loaded.metadata.contains("thresholds")) out.meta["thresholds"] = loaded.metadata["thresholds"];
    out.meta["label"] = value.meta["label"].isNull() ? value.meta["name"] : value.meta["label"];
    return predictions.write(ctx, out);
  }

 private:
  /// The mean of the rows of out.size() floats that lie in `bytes`, one for each view.
  static void meanOfRows(std::string_view bytes, std::span<float> out) {
    std::vector<float> rows(bytes.size() / sizeof(float));
    readFloats(bytes, rows);
    for (std::size_t c = 0; c < out.size(); ++c) {
      double sum = 0;
      for (std::size_t at = c; at < rows.size(); at += out.size()) sum += rows[at];
      out[c] = static_cast<float>(sum * static_cast<double>(out.size()) / static_cast<double>(rows.size()));
    }
  }

  bool wanted(Split s) const { return *which == Which::All || s == Split::Test || (*which == Which::Held && s == Split::Validation); }

  /// Ids, parts and, where the data know it, the truth; no probabilities yet. Of several labels none is the true one.
  Result<Predictions> rowsOf(RunContext& ctx, const Dataset& set, const std::vector<std::string>& classes, bool several) const {
    Predictions out;
    out.classes = classes;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      if (!wanted(item.split)) return {};
      const auto* label = several ? nullptr : item.label();
      const auto at = label ? std::find(classes.begin(), classes.end(), *label) : classes.end();
      out.ids.push_back(item.id);
      out.truth.push_back(at == classes.end() ? -1 : static_cast<int>(at - classes.begin()));
      out.split.push_back(item.split);
      return {};
    }));
    return out;
  }
};

}  // namespace predict_cpp

PATCHBAY_BLOCK(
    model_predict, predict_cpp::Predict,
    {.id = "patchbay.model.predict",
     .title = TR("block", "Predict"),
     .summary = TR("block", "Gives every picture a probability for each class; added pictures are the only ones that are computed again."),
     .category = Category::Model,
     .needs = {.cores = 0, .memoryMb = 1500},
     .itemWise = true,
     .floating = true})
}  // namespace patchbay::blocks
