// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <limits>

#include "engine/torch/caught.h"
#include "engine/torch/checkpoint.h"
#include "engine/torch/options.h"
#include "engine/torch/runtime.h"
#include "engine/torch/sampler.h"
#include "engine/torch/train_state.h"

namespace patchbay::torch {
namespace {
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

}  // namespace

struct Trainer::Impl {
  Model& model;
  BatchSource& source;
  TrainOptions options;
  std::vector<double> rates;
  Sampler sampler;
  std::int64_t classes;
  std::int64_t totalSteps;
  StepRule rule;
  TrainState state;
  const TrainHooks* hooks = nullptr;
  TrainReport report{};
  double trainedSeconds = 0;
  std::int64_t trainedImages = 0;

  Impl(Model& m, BatchSource& s, TrainOptions o, std::vector<double> r, std::int64_t outputs)
      : model{m},
        source{s},
        options{std::move(o)},
        rates{std::move(r)},
        sampler{s.size(), options.batch, options.seed, m.impl().options.batchNorm == BatchNormMode::Train},
        classes{outputs},
        totalSteps{options.steps > 0 ? options.steps : options.epochs * sampler.stepsPerEpoch()},
        rule{m.impl().parameters, options, rates},
        state{m.impl(), options} {}

  /// One batch as it comes from the source, filled ahead of its step on another thread.
  struct Loaded {
    std::int64_t step = -1, count = 0;
    std::vector<float> inputs, targets;
  };
  std::future<Result<Loaded>> ahead;

  bool dueToValidate() const;
  Result<Loaded> load(std::int64_t step, std::vector<std::int64_t> items) const;
  void prefetch(std::int64_t step);
  Result<Loaded> next();
  at::Tensor lossOf(const at::Tensor& logits, at::Tensor targets) const;
  double train(const Loaded& batch);
  Result<> step();
  Result<> validate();
  Result<> saveCheckpoint();
  Result<> loop();
  Result<> finish();
  StopRequest stopRequest() const { return hooks->stop ? hooks->stop() : StopRequest::No; }
};

Result<Trainer::Impl::Loaded> Trainer::Impl::load(std::int64_t step, std::vector<std::int64_t> items) const {
  const auto& shape = model.impl().net.input.shape;
  Loaded out;
  out.step = step;
  out.count = static_cast<std::int64_t>(items.size());
  PB_TRY(const auto each, net::elementCount(shape));
  out.inputs.resize(static_cast<std::size_t>(each * out.count));
  out.targets.resize(static_cast<std::size_t>(classes * out.count));
  const BatchView view{out.inputs, out.targets};
  PB_CHECK(source.fill({items, sampler.seedOf(step), sampler.epochOf(step), step}, view));
  mixBatch(options, shape, Random{mixSeed(options.seed, 2, static_cast<std::uint64_t>(step))}, out.count, view);
  return out;
}

void Trainer::Impl::prefetch(std::int64_t step) {
  if (step >= totalSteps) return;
  auto items = sampler.items(step);
  ahead = std::async(std::launch::async, [this, step, items = std::move(items)] { return load(step, items); });
}

Result<Trainer::Impl::Loaded> Trainer::Impl::next() {
  if (!ahead.valid()) prefetch(state.step);
  while (ahead.wait_for(std::chrono::milliseconds{50}) != std::future_status::ready)
    if (stopRequest() != StopRequest::No) return fail(stoppedError());
  PB_TRY(auto loaded, ahead.get());
  prefetch(state.step + 1);
  return loaded;
}

at::Tensor Trainer::Impl::lossOf(const at::Tensor& logits, at::Tensor targets) const {
  const double s = options.labelSmoothing;
  const auto weights =
      options.classWeights.empty() ? at::Tensor{} : at::tensor(options.classWeights, at::TensorOptions{at::kFloat}).to(logits.device());
  if (options.loss == Loss::BinaryCrossEntropy) {
    if (s > 0) targets = targets * (1 - s) + s / 2;
    const auto each = at::binary_cross_entropy_with_logits(logits, targets, {}, {}, at::Reduction::None);
    return weights.defined() ? (each * weights).sum() / (weights.sum() * logits.size(0)) : each.mean();
  }
  // The weight of an example is that of its class, before smoothing spreads it.
  const auto example = weights.defined() ? at::matmul(targets, weights) : at::ones({logits.size(0)}, logits.options());
  if (s > 0) targets = targets * (1 - s) + s / static_cast<double>(classes);
  const auto each = -(targets * at::log_softmax(logits, 1)).sum(1);
  return (each * example).sum() / example.sum().clamp_min(1e-12);
}

double Trainer::Impl::train(const Loaded& batch) {
  const auto& impl = model.impl();
  const std::function<bool()> stop = [this] { return stopRequest() != StopRequest::No; };
  Pass pass;
  pass.training = true;
  pass.dropout = options.dropout;
  pass.generator = at::make_generator<at::CPUGeneratorImpl>(mixSeed(options.seed, 3, static_cast<std::uint64_t>(batch.step)));
  pass.stop = &stop;
  const auto shape = std::vector<std::int64_t>{batch.count, classes};
  const auto targets =
      at::from_blob(const_cast<float*>(batch.targets.data()), shape, at::TensorOptions{at::kFloat}).clone().to(impl.device);
  const auto logits = impl.run(impl.inputFrom(batch.inputs, batch.count), pass).front();
  const auto loss = lossOf(logits.to(at::kFloat).reshape(shape), targets);
  ::torch::autograd::backward({loss}, {});
  return loss.item<double>();
}

Result<> Trainer::Impl::step() {
  PB_TRY(const auto batch, next());
  const auto begin = Clock::now();
  state.beforeStep();
  auto loss = caught([&] { return train(batch); });
  if (!loss) {
    // A dropped step leaves no trace, so that a resumed run can do it again.
    rule.clearGradients();
    state.undoStep();
    return fail(std::move(loss).error());
  }
  if (!std::isfinite(*loss)) {
    return fail(ErrorKind::BadInput, "train.diverged",
                TR("torch", "Training diverged: the loss is no longer a number after {n} step(s).").count(state.step),
                TR("torch", "Choose a lower learning rate, or limit the gradients' norm."));
  }
  const double factor = scheduleFactor(options, state.step, totalSteps);
  PB_CHECK(caught([&] {
    rule.apply(factor);
    ++state.step;
    state.average();
  }));
  state.lossSum += *loss;
  ++state.lossCount;
  const double seconds = secondsSince(begin);
  trainedSeconds += seconds;
  trainedImages += batch.count;
  if (hooks->progress)
    hooks->progress(
        {sampler.epochOf(batch.step), state.step, totalSteps, *loss, rule.topRate() * factor, static_cast<double>(batch.count) / seconds});
  return {};
}

bool Trainer::Impl::dueToValidate() const {
  if (state.step == state.validatedStep || state.step == 0) return false;
  const auto every = options.validateSteps > 0 ? options.validateSteps : sampler.stepsPerEpoch();
  return state.step % every == 0 || state.step == totalSteps;
}

Result<> Trainer::Impl::validate() {
  TrainReport::Validation v;
  v.epoch = sampler.epochOf(state.step - 1);
  v.step = state.step;
  v.trainLoss = state.lossCount ? state.lossSum / static_cast<double>(state.lossCount) : 0;
  v.metric = std::numeric_limits<double>::quiet_NaN();
  if (hooks->validate) {
    const auto swapped = state.withAverage();
    model.setStop([this] { return stopRequest() != StopRequest::No; });
    auto metric = hooks->validate(model, v.epoch);
    model.setStop({});
    if (!metric) return fail(std::move(metric).error());
    // A figure from a pass that was cut short is worth nothing, whatever the hook made of it; a resumed run does it again.
    if (stopRequest() != StopRequest::No) return fail(stoppedError());
    v.metric = *metric;
  }
  state.lossSum = 0;
  state.lossCount = 0;
  state.validatedStep = state.step;
  state.validations.push_back(v);
  if (hooks->validate && (!state.best || v.metric > state.validations[*state.best].metric)) {
    state.best = state.validations.size() - 1;
    state.keepBest();
  }
  return {};
}

Result<> Trainer::Impl::saveCheckpoint() {
  if (!hooks->checkpoint) return {};
  PB_TRY(const auto bytes, writeCheckpoint(state, rule, fingerprint(model.impl(), options, source.size())));
  return hooks->checkpoint(bytes);
}

Result<> Trainer::Impl::loop() {
  auto saved = Clock::now();
  for (;;) {
    if (stopRequest() != StopRequest::No) return fail(stoppedError());
    if (dueToValidate()) PB_CHECK(validate());
    if (state.step >= totalSteps) return {};
    const auto waited = state.best ? state.validations.size() - 1 - *state.best : 0;
    if (options.patience > 0 && waited >= static_cast<std::size_t>(options.patience)) {
      report.end = TrainEnd::EarlyStop;
      return {};
    }
    PB_CHECK(step());
    if (hooks->checkpoint && secondsSince(saved) >= hooks->checkpointSeconds) {
      PB_CHECK(saveCheckpoint());
      saved = Clock::now();
    }
  }
}

Result<> Trainer::Impl::finish() {
  if (report.end != TrainEnd::Cancelled) PB_CHECK(caught([&] { state.takeResult(); }));
  report.steps = state.step;
  report.validations = state.validations;
  report.best = state.best;
  report.imagesPerSecond = trainedSeconds > 0 ? static_cast<double>(trainedImages) / trainedSeconds : 0;
  report.peakMemory = peakMemory();
  return {};
}

Trainer::Trainer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

Result<Trainer> Trainer::create(Model& model, BatchSource& source, const TrainOptions& options) {
  PB_TRY(const auto classes, outputWidth(model.net()));
  PB_TRY(auto rates, checkedRates(model.net(), source.size(), classes, options));
  PB_TRY(auto impl, caught([&] { return std::make_unique<Impl>(model, source, options, std::move(rates), classes); }));
  return Trainer{std::move(impl)};
}

Result<TrainReport> Trainer::run(const TrainHooks& hooks) {
  auto& t = *impl_;
  t.hooks = &hooks;
  auto done = t.loop();
  if (t.ahead.valid()) t.ahead.wait();
  t.ahead = {};
  if (!done) {
    const auto request = t.stopRequest();
    if (done.error().kind != ErrorKind::Cancelled || request == StopRequest::No) return fail(std::move(done).error());
    t.report.end = request == StopRequest::Keep ? TrainEnd::Kept : TrainEnd::Cancelled;
    if (request == StopRequest::Cancel) PB_CHECK(t.saveCheckpoint());
  }
  PB_CHECK(t.finish());
  return t.report;
}

Result<> Trainer::restore(std::string_view bytes) {
  return readCheckpoint(bytes, fingerprint(impl_->model.impl(), impl_->options, impl_->source.size()), impl_->state, impl_->rule);
}

}  // namespace patchbay::torch
