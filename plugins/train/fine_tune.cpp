// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/metrics.h"
#include "engine/net/model_port.h"
#include "engine/net/passes.h"
#include "engine/torch/runtime.h"
#include "engine/torch/trainer.h"
#include "plugins/support/head.h"
#include "plugins/support/pictures.h"
#include "plugins/support/views.h"
#include "plugins/train/support/sources.h"

namespace patchbay::blocks {
namespace fine_tune_cpp {

enum class Method : std::uint8_t { LastStages, Head, LpFt, Full };
enum class Augment : std::uint8_t { None, Mirror, Standard, Own };
enum class BatchNorm : std::uint8_t { Folded, Frozen, Train };
enum class Precision : std::uint8_t { Auto, Float, Bfloat16 };

constexpr std::int64_t evaluationBatch = 64;

/// Everything one training needs, gathered before it starts.
struct Job {
  Targets targets;
  TrainingRows rows;
  std::vector<Digest> pictures;   ///< By row of the targets.
  std::optional<net::Net> lower;  ///< The frozen part below the boundary, when activations are cached.
  net::Net trained;               ///< What is trained: the upper part, or everything.
  std::unique_ptr<ItemResults> cached;
  std::unique_ptr<CachedSource> cachedSource;
  std::unique_ptr<PictureSource> pictureSource;
  std::size_t inputSize = 0;
  std::string device;
  std::shared_ptr<torch::Ranks> ranks;  ///< Null: one process trains.

  torch::BatchSource& source() const { return cachedSource ? static_cast<torch::BatchSource&>(*cachedSource) : *pictureSource; }
  Result<> plain(std::size_t row, std::span<float> out) const {
    if (pictureSource) return pictureSource->plain(row, out);
    cachedSource->plain(row, out);
    return {};
  }
};

tl::unexpected<Error> cancelled() {
  return fail(ErrorKind::Cancelled, "train.cancelled", TR("block", "Training was stopped."),
              TR("block", "Run again to go on from the last checkpoint."));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// First outputs for rows of the targets, rows.size() x width.
Result<learn::Matrix> outputsOf(RunContext& ctx, const torch::Model& model, const Job& job, std::span<const std::size_t> rows) {
  learn::Matrix out;
  std::vector<float> inputs;
  for (std::size_t begin = 0; begin < rows.size(); begin += evaluationBatch) {
    const auto n = std::min<std::size_t>(evaluationBatch, rows.size() - begin);
    inputs.resize(n * job.inputSize);
    for (std::size_t i = 0; i < n; ++i) {
      PB_CHECK(job.plain(rows[begin + i], std::span{inputs}.subspan(i * job.inputSize, job.inputSize)));
      if (ctx.stop() == Stop::Cancel) return cancelled();
    }
    PB_TRY(const auto results, model.forward(inputs, static_cast<std::int64_t>(n)));
    const auto values = results[0].values();
    const auto width = values.size() / n;
    if (out.empty()) out = learn::Matrix(rows.size(), width);
    std::ranges::copy(values, out.data() + begin * width);
    if (ctx.stop() == Stop::Cancel) return cancelled();
  }
  return out;
}

struct FineTune final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "Labelled pictures, divided into parts.")}};
  In<ModelValue> backbone{this,
                          {.key = "model", .label = TR("block", "Backbone"), .help = TR("block", "The pretrained network to start from.")}};
  Out<ModelValue> model{this,
                        {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The network, trained on your pictures.")}};

  Param<Method> method{
      this,
      {.key = "method",
       .label = TR("block", "Train"),
       .help = TR("block", "How much of the network is changed."),
       .def = Method::LastStages,
       .choices = {
           {Method::LastStages, "last_stages", TR("block", "Last stages"),
            TR("block", "The early stages are computed once and kept: minutes on a plain computer, and the best choice for small data.")},
           {Method::Head, "head", TR("block", "Head only"), TR("block", "Only the last layer: seconds.")},
           {Method::LpFt, "lp_ft", TR("block", "Head, then everything"),
            TR("block", "The head is fitted first, then all stages are trained from it.")},
           {Method::Full, "full", TR("block", "Everything"), TR("block", "All stages from the start; slow without a GPU.")}}}};
  Param<std::string> firstStage{
      this,
      {.key = "first_stage",
       .label = TR("block", "First trained stage"),
       .help = TR("block", "Stages before it stay as they are, for example block11 or layer4. Empty: the last third of the network."),
       .def = "",
       .visibleIf = {{"method", {"last_stages"}}}}};
  Param<Views> views{this,
                     {.key = "views",
                      .label = TR("block", "Kept views"),
                      .help = TR("block", "Views of each picture that are computed and kept. Choose only what leaves the class unchanged."),
                      .def = Views::Mirror,
                      .choices = {{Views::None, "none", TR("block", "As it is")},
                                  {Views::Mirror, "mirror", TR("block", "Mirrored")},
                                  {Views::All, "all", TR("block", "Flips and quarter turns"),
                                   TR("block", "For pictures without an up and down: parts, cells, satellite views.")}},
                      .visibleIf = {{"method", {"last_stages", "head"}}}}};
  Param<Augment> augment{
      this,
      {.key = "augment",
       .label = TR("block", "Augmentation"),
       .help = TR("block", "Random changes, so that the network does not learn pictures by heart."),
       .def = Augment::Standard,
       .choices = {{Augment::None, "none", TR("block", "None")},
                   {Augment::Mirror, "mirror", TR("block", "Mirror")},
                   {Augment::Standard, "standard", TR("block", "Standard"), TR("block", "TrivialAugmentWide and RandomErasing.")},
                   {Augment::Own, "own", TR("block", "Own list")}},
       .visibleIf = {{"method", {"lp_ft", "full"}}}}};
  Param<AugmentationList> augmentations{this,
                                        {.key = "augmentations",
                                         .label = TR("block", "Own list"),
                                         .help = TR("block", "The augmentations, applied in this order."),
                                         .visibleIf = {{"augment", {"own"}}}}};
  Param<std::int64_t> epochs{this,
                             {.key = "epochs",
                              .label = TR("block", "Epochs"),
                              .help = TR("block", "How often every picture is seen."),
                              .def = 8,
                              .min = 1,
                              .max = 10'000,
                              .softMax = 100,
                              .unit = Unit::Epoch,
                              .scale = Scale::Log}};
  Param<double> rate{this,
                     {.key = "learning_rate",
                      .label = TR("block", "Learning rate"),
                      .help = TR("block", "Step size of the stages; warm-up and cosine decay are applied."),
                      .def = 3e-4,
                      .min = 1e-8,
                      .max = 1,
                      .softMin = 1e-6,
                      .softMax = 1e-1,
                      .scale = Scale::Log}};
  Param<double> headRate{this,
                         {.key = "head_learning_rate",
                          .label = TR("block", "Learning rate of the head"),
                          .help = TR("block", "Step size of the last layer."),
                          .def = 3e-4,
                          .min = 1e-8,
                          .max = 1,
                          .softMin = 1e-6,
                          .softMax = 1e-1,
                          .scale = Scale::Log}};
  Param<double> layerDecay{this,
                           {.key = "layer_decay",
                            .label = TR("block", "Decay towards early stages"),
                            .help = TR("block", "Each earlier level is trained this much more slowly."),
                            .def = 1,
                            .min = 0.1,
                            .max = 1}};
  Param<std::int64_t> batch{this,
                            {.key = "batch",
                             .label = TR("block", "Batch"),
                             .help = TR("block", "Pictures in one step."),
                             .def = 32,
                             .min = 1,
                             .max = 4096,
                             .softMax = 256,
                             .unit = Unit::Picture,
                             .scale = Scale::Log}};
  Param<double> weightDecay{this,
                            {.key = "weight_decay",
                             .label = TR("block", "Weight decay"),
                             .help = TR("block", "Pulls weights towards zero (AdamW)."),
                             .def = 0.02,
                             .min = 0,
                             .max = 1}};
  Param<double> warmUp{this,
                       {.key = "warm_up",
                        .label = TR("block", "Warm-up"),
                        .help = TR("block", "Share of the steps in which the learning rate rises."),
                        .def = 10,
                        .min = 0,
                        .max = 50,
                        .unit = Unit::Percent}};
  Param<double> dropout{this,
                        {.key = "dropout",
                         .label = TR("block", "Dropout"),
                         .help = TR("block", "Share of features left out at random before the head."),
                         .def = 20,
                         .min = 0,
                         .max = 90,
                         .unit = Unit::Percent}};
  Param<double> smoothing{this,
                          {.key = "label_smoothing",
                           .label = TR("block", "Label smoothing"),
                           .help = TR("block", "Takes a little certainty from every label."),
                           .def = 0,
                           .min = 0,
                           .max = 50,
                           .unit = Unit::Percent}};
  Param<double> mixup{this,
                      {.key = "mixup",
                       .label = TR("block", "Mixup"),
                       .help = TR("block", "Strength of blending pictures; 0 is off, 0.2 is usual above a thousand pictures."),
                       .def = 0,
                       .min = 0,
                       .max = 10}};
  Param<double> cutmix{this,
                       {.key = "cutmix",
                        .label = TR("block", "CutMix"),
                        .help = TR("block", "Strength of pasting parts of pictures into others; 0 is off, 1 is usual."),
                        .def = 0,
                        .min = 0,
                        .max = 10,
                        .visibleIf = {{"method", {"lp_ft", "full"}}}}};
  Param<double> ema{this,
                    {.key = "ema",
                     .label = TR("block", "Weight average"),
                     .help = TR("block", "Decay of the moving average of the weights; 0 is off, 0.999 is usual for long training."),
                     .def = 0,
                     .min = 0,
                     .max = 0.99999}};
  Param<std::int64_t> patience{
      this,
      {.key = "patience",
       .label = TR("block", "Patience"),
       .help = TR("block", "Epochs without a better validation before training ends early; 0 is never. The best epoch is kept."),
       .def = 0,
       .min = 0,
       .max = 1000,
       .unit = Unit::Epoch}};
  Param<bool> balanced{this,
                       {.key = "balanced",
                        .label = TR("block", "Balance classes"),
                        .help = TR("block", "Rare classes count as much as common ones."),
                        .def = false}};
  Param<bool> softLabels{this,
                         {.key = "soft_labels",
                          .label = TR("block", "Use given probabilities"),
                          .help = TR("block", "Learn from the probability of each label, where the data have one."),
                          .def = true}};
  Param<BatchNorm> batchNorm{
      this,
      {.key = "batch_norm",
       .label = TR("block", "Batch normalisation"),
       .help = TR("block", "What becomes of the running statistics."),
       .def = BatchNorm::Folded,
       .choices = {{BatchNorm::Folded, "folded", TR("block", "Folded into the weights"), TR("block", "Fastest, and right for small data.")},
                   {BatchNorm::Frozen, "frozen", TR("block", "Frozen")},
                   {BatchNorm::Train, "train", TR("block", "Trained"), TR("block", "For large batches and many pictures.")}},
       .visibleIf = {{"method", {"lp_ft", "full"}}}}};
  Param<Precision> precision{
      this,
      {.key = "precision",
       .label = TR("block", "Precision"),
       .help = TR("block", "How numbers are multiplied while training; weights are always kept in full."),
       .def = Precision::Auto,
       .choices = {{Precision::Auto, "auto", TR("block", "As the device likes it"), TR("block", "bfloat16 on a GPU, float elsewhere.")},
                   {Precision::Float, "float", TR("block", "float")},
                   {Precision::Bfloat16, "bfloat16", TR("block", "bfloat16"),
                    TR("block", "Half the memory; slow on a processor without instructions for it.")}}}};
  Param<std::int64_t> ranks{
      this,
      {.key = "ranks",
       .label = TR("block", "Processes"),
       .help = TR("block",
                  "Processes that train together, each on its part of every batch: with a GPU each, or on several nodes of a cluster."),
       .def = 1,
       .min = 1,
       .max = 64,
       .softMax = 8}};
  Param<std::int64_t> seed{this,
                           {.key = "seed",
                            .label = TR("block", "Seed"),
                            .help = TR("block", "Another seed trains a replicate."),
                            .def = 0,
                            .min = 0,
                            .max = 1'000'000}};

  Result<> run(RunContext& ctx) const override {
    torch::initTorch(ctx.threads());
    Job job;
    PB_TRY(job.device, torch::deviceOfRank(ctx.device()));
    PB_TRY(job.ranks, torch::Ranks::fromEnvironment());
    // The first process computes what is kept; the others find it.
    const bool first = !job.ranks || job.ranks->first();
    if (!first) PB_CHECK(job.ranks->wait());
    PB_CHECK(prepare(ctx, job));
    if (job.ranks && first) PB_CHECK(job.ranks->wait());
    PB_TRY(auto network, torch::Model::create(job.trained, modelOptions(job)));
    PB_CHECK(train(ctx, job, network));
    if (!first) return {};  // All have the same weights; one publishes them.
    PB_TRY(const auto temperature, calibrate(ctx, job, network));
    PB_TRY(auto net, network.toNet());
    if (job.lower) {
      PB_TRY(net, net::joinSplit(*job.lower, net));
    }
    net.classes = job.targets.classes;
    net.task = taskOf(job.targets);
    PB_TRY(net, withTemperature(std::move(net), temperature));
    Value meta{Value::Map{
        {"kind", "fine-tuned"}, {"temperature", temperature}, {"training", params()}, {"origin", backbone.value(ctx).meta["origin"]}}};
    PB_TRY(auto value, net::saveModel(ctx.objects(), net, std::move(meta)));
    model.pass(ctx, std::move(value));
    return {};
  }

 private:
  bool cached() const { return *method == Method::LastStages || *method == Method::Head; }

  torch::ModelOptions modelOptions(const Job& job) const {
    const auto mode = cached() || *batchNorm == BatchNorm::Folded ? torch::BatchNormMode::Folded
                      : *batchNorm == BatchNorm::Frozen           ? torch::BatchNormMode::Frozen
                                                                  : torch::BatchNormMode::Train;
    const bool half = *precision == Precision::Bfloat16 || (*precision == Precision::Auto && job.device != "cpu");
    return {.device = job.device, .precision = half ? torch::Precision::Bfloat16 : torch::Precision::Float, .batchNorm = mode};
  }

  Result<> prepare(RunContext& ctx, Job& job) const {
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(job.targets, targetsOf(ctx.objects(), set));
    PB_TRY(job.rows, trainingRows(job.targets));
    for (const auto& warning : trainingWarnings(job.targets, job.rows)) ctx.log(LogLevel::Warning, render(warning));
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      job.pictures.push_back(item.digest);
      return {};
    }));
    PB_TRY(const auto net, net::loadModel(ctx.objects(), backbone.value(ctx)));
    const bool soft = *softLabels && job.targets.soft;
    TargetRows rows{job.targets, job.rows.train, soft};
    return cached() ? prepareCached(ctx, net, std::move(rows), soft, job) : prepareWhole(ctx, net, std::move(rows), soft, job);
  }

  /// The stage from which on is trained: the given one, the classifier, or the last third of what has a name.
  Result<std::string> boundary(const net::Net& net) const {
    if (*method == Method::Head) return net.stages.back();
    const auto wanted = *firstStage;
    if (wanted.empty()) return net.stages[net.stages.size() * 2 / 3];
    if (net.findStage(wanted) <= 0)
      return fail(ErrorKind::BadInput, "train.stage",
                  TR("block", "The network has no stage \"{name}\" to begin with.").with("name", wanted),
                  TR("block", "Its stages are {names}; the first one cannot be chosen.").with("names", joined(net.stages)), "first_stage");
    return wanted;
  }

  Result<> prepareCached(RunContext& ctx, const net::Net& net, TargetRows rows, bool soft, Job& job) const {
    PB_TRY(const auto folded, net::foldBatchNorm(net));
    PB_TRY(const auto stage, boundary(folded));
    PB_TRY(auto split, net::splitAt(folded, stage));
    PB_TRY(const auto packed, net::packNet(split.lower));
    const auto viewCount = static_cast<int>(*views);
    PictureRun run{.name = "activations",
                   .key = Value::Map{{"net", digestOf(packed).hex()}, {"views", viewCount}},
                   .phase = TR("block", "Computing the fixed stages")};
    useViews(run, *views, static_cast<std::size_t>(folded.preprocessing.height));
    PB_TRY(job.cached, runOnPictures(ctx, split.lower, job.pictures, run, [](auto outputs) { return halfBytes(outputs[0]); }));
    job.inputSize = job.cached->bytes(0).size() / 2 / static_cast<std::size_t>(viewCount);
    job.cachedSource = std::make_unique<CachedSource>(*job.cached, std::move(rows), viewCount, job.inputSize);
    PB_TRY(job.trained, withProbedHead(ctx, split.upper, soft, job));
    job.lower = std::move(split.lower);
    return {};
  }

  Result<> prepareWhole(RunContext& ctx, const net::Net& net, TargetRows rows, bool soft, Job& job) const {
    PB_TRY(const auto preprocess, preprocessOf(net));
    PB_TRY(const auto recipe, recipeOf());
    job.inputSize = 3 * static_cast<std::size_t>(preprocess.crop) * static_cast<std::size_t>(preprocess.crop);
    job.pictureSource = std::make_unique<PictureSource>(ctx.objects(), job.pictures, std::move(rows), preprocess, recipe);
    if (*method == Method::LpFt) {
      PB_TRY(job.trained, withProbedHead(ctx, net, soft, job));
    } else {
      PB_TRY(job.trained, net::replaceHead(net, job.targets.classes));
    }
    return {};
  }

  Result<vision::AugmentRecipe> recipeOf() const {
    if (*augment == Augment::None) return vision::AugmentRecipe{};
    if (*augment == Augment::Standard) return vision::standardRecipe();
    if (*augment == Augment::Mirror) return vision::AugmentRecipe{{.name = "hflip", .probability = 0.5}};
    return vision::augmentRecipeFromValue(Value{(*augmentations).list});
  }

  /// `net` with a head that logistic regression fitted to its own features (standardised, C = 0.01).
  Result<net::Net> withProbedHead(RunContext& ctx, const net::Net& net, bool soft, const Job& job) const {
    ctx.progress({TR("block", "Fitting the head"), 0, 0, "picture"});
    PB_TRY(const auto features, net::withoutHead(net));
    PB_TRY(const auto model_, torch::Model::create(features, modelOptions(job)));
    PB_TRY(const auto x, outputsOf(ctx, model_, job, job.rows.train));
    PB_TRY(const auto head, fitHead(ctx, x, job.targets, job.rows.train, {.c = 0.01, .soft = soft}));
    auto tensors = toTensors(head);
    return net::replaceHead(net, job.targets.classes, std::move(tensors.weight), std::move(tensors.bias));
  }

  Result<torch::TrainOptions> trainOptions(const Job& job) const {
    torch::TrainOptions o;
    PB_TRY(o.learningRates, torch::stageRates(job.trained, *headRate, *rate, *layerDecay));
    if (job.targets.multiLabel) o.loss = torch::Loss::BinaryCrossEntropy;
    o.weightDecay = *weightDecay;
    o.warmUp = *warmUp / 100;
    o.labelSmoothing = *smoothing / 100;
    o.dropout = *dropout / 100;
    o.mixup = *mixup;
    o.cutmix = cached() ? 0 : *cutmix;
    o.batch = *batch;
    o.epochs = *epochs;
    o.seed = static_cast<std::uint64_t>(*seed);
    o.ema = *ema;
    o.patience = *patience;
    if (*balanced) {
      std::vector<double> count(job.targets.classes.size());
      for (const auto r : job.rows.train)
        for (std::size_t c = 0; c < count.size(); ++c) count[c] += hasClass(job.targets, r, c);
      for (const double n : count)
        o.classWeights.push_back(static_cast<double>(job.rows.train.size()) / (static_cast<double>(count.size()) * n));
    }
    return o;
  }

  Result<> train(RunContext& ctx, Job& job, torch::Model& network) const {
    PB_TRY(const auto options, trainOptions(job));
    PB_TRY(auto trainer, torch::Trainer::create(network, job.source(), options, job.ranks));
    PB_TRY(const auto checkpoint, ctx.loadCheckpoint());
    if (checkpoint) {
      if (const auto restored = trainer.restore(*checkpoint); !restored)
        ctx.log(LogLevel::Warning, "Training begins anew: " + describe(restored.error()));
      else ctx.log(LogLevel::Info, "Training goes on from its last checkpoint.");
    }
    torch::TrainHooks hooks;
    hooks.progress = [&](const torch::StepReport& r) {
      ctx.progress({TR("block", "Training"), r.step, r.totalSteps, "step"});
      ctx.metric("loss", r.loss, r.step);
      ctx.metric("learning_rate", r.learningRate, r.step);
      ctx.metric("images_per_second", r.imagesPerSecond, r.step);
    };
    if (!job.rows.validation.empty())
      hooks.validate = [&](const torch::Model& now, std::int64_t epoch) { return validate(ctx, job, now, epoch); };
    hooks.divided = [&](std::int64_t pieces) {
      ctx.log(LogLevel::Warning, "There is not enough memory for a whole batch: it is computed in " + std::to_string(pieces) +
                                     " pieces, with their gradients added up.");
      ctx.metric("batch_pieces", static_cast<double>(pieces), -1);
    };
    hooks.checkpoint = [&](std::string_view bytes) { return ctx.saveCheckpoint(bytes); };
    hooks.stop = [&] {
      return ctx.stop() == Stop::Cancel ? torch::StopRequest::Cancel
             : ctx.stop() == Stop::Keep ? torch::StopRequest::Keep
                                        : torch::StopRequest::No;
    };
    PB_TRY(const auto report, trainer.run(hooks));
    if (report.end == torch::TrainEnd::Cancelled) return cancelled();
    ctx.metric("training_images_per_second", report.imagesPerSecond, -1);
    if (report.peakGpuMemory > 0) ctx.metric("peak_gpu_memory_bytes", static_cast<double>(report.peakGpuMemory), -1);
    return {};
  }

  /// Accuracy, with the log loss deciding between equals.
  static Result<double> validate(RunContext& ctx, const Job& job, const torch::Model& now, std::int64_t epoch) {
    PB_TRY(const auto logits, outputsOf(ctx, now, job, job.rows.validation));
    if (job.targets.multiLabel) return validateLabels(ctx, job, logits, epoch);
    std::vector<std::int32_t> truth;
    for (const auto r : job.rows.validation) truth.push_back(job.targets.label[r]);
    const auto p = learn::softmaxRows(logits);
    const auto right = learn::accuracy(learn::confusion(truth, learn::argmaxRows(p), job.targets.classes.size()));
    const auto loss = learn::logLoss(truth, p);
    ctx.metric("validation_accuracy", right, epoch);
    ctx.metric("validation_loss", loss, epoch);
    return right - 1e-3 * loss;
  }

  /// Mean average precision over the labels.
  static Result<double> validateLabels(RunContext& ctx, const Job& job, const learn::Matrix& logits, std::int64_t epoch) {
    std::vector<std::uint8_t> truth;
    for (const auto r : job.rows.validation)
      for (std::size_t c = 0; c < job.targets.classes.size(); ++c) truth.push_back(hasClass(job.targets, r, c));
    PB_TRY(const auto figures, learn::multiLabelFigures(truth, probabilitiesOf(logits, true)));
    ctx.metric("validation_mean_average_precision", figures.meanAveragePrecision, epoch);
    return std::isnan(figures.meanAveragePrecision) ? 0 : figures.meanAveragePrecision;
  }

  static Result<double> calibrate(RunContext& ctx, const Job& job, const torch::Model& network) {
    PB_TRY(const auto logits, outputsOf(ctx, network, job, job.rows.validation));
    return temperatureOf(logits, job.targets, job.rows.validation);
  }
};

}  // namespace fine_tune_cpp

PATCHBAY_BLOCK(train_fine_tune, fine_tune_cpp::FineTune,
               {.id = "patchbay.train.fine_tune",
                .title = TR("block", "Fine-tune"),
                .summary = TR("block",
                              "Trains a pretrained network on your pictures; the best epoch is kept and an interrupted training goes on."),
                .category = Category::Train,
                .needs = {.cores = 0, .memoryMb = 3000, .gpu = GpuNeed::Optional},
                .determinism = Determinism::Seeded,
                .cacheEpoch = 2,
                .floating = true})
}  // namespace patchbay::blocks
