// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <future>
#include <limits>

#include "engine/torch/caught.h"
#include "engine/torch/checkpoint.h"
#include "engine/torch/options.h"
#include "engine/torch/ranks_impl.h"
#include "engine/torch/runtime.h"
#include "engine/torch/sampler.h"
#include "engine/torch/train_state.h"

namespace patchbay::torch {
namespace {
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// What became of a step in one process; with several the worst of all holds.
enum class Outcome : std::int64_t { Done, Memory, Keep, Cancel, Failed };

Error elsewhere() {
  return {ErrorKind::Crashed,
          "ranks.failed",
          TR("torch", "Another process of this training failed."),
          TR("torch", "See the logs of the attempt."),
          {}};
}

}  // namespace

struct Trainer::Impl {
  Model& model;
  BatchSource& source;
  TrainOptions options;
  std::vector<double> rates;
  Sampler sampler;
  std::int64_t classes;
  std::int64_t totalSteps;
  std::shared_ptr<Ranks> ranks;
  std::optional<StopRequest> agreedStop;
  StepRule rule;
  TrainState state;
  const TrainHooks* hooks = nullptr;
  TrainReport report{};
  double trainedSeconds = 0;
  std::int64_t trainedImages = 0;

  Impl(Model& m, BatchSource& s, TrainOptions o, std::vector<double> r, std::int64_t outputs, std::shared_ptr<Ranks> group)
      : model{m},
        source{s},
        options{std::move(o)},
        rates{std::move(r)},
        sampler{s.size(), options.batch, options.seed, m.impl().options.batchNorm == BatchNormMode::Train ? std::max(2, size(group)) : 1},
        classes{outputs},
        totalSteps{options.steps > 0 ? options.steps : options.epochs * sampler.stepsPerEpoch()},
        ranks{std::move(group)},
        rule{m.impl().parameters, options, rates},
        state{m.impl(), options} {}

  /// One batch as it comes from the source, filled ahead of its step on another thread.
  struct Loaded {
    std::int64_t step = -1;
    std::int64_t first = 0, count = 0, whole = 0;  ///< This process' rows of the batch, and how many the batch has.
    std::vector<float> inputs, targets;
  };
  static int size(const std::shared_ptr<Ranks>& group) { return group ? group->size() : 1; }
  /// Position of the first row of a process (`part` of `parts`) among `count`.
  static std::int64_t boundary(std::int64_t count, std::int64_t part, std::int64_t parts) { return count * part / parts; }
  bool first() const { return !ranks || ranks->first(); }
  /// With batch statistics of all processes every pass is a conversation, which nobody may leave in the middle.
  bool converses() const { return ranks && model.impl().options.batchNorm == BatchNormMode::Train; }
  std::future<Result<Loaded>> ahead;

  bool dueToValidate() const;
  Result<Loaded> load(std::int64_t step, std::vector<std::int64_t> items) const;
  void prefetch(std::int64_t step);
  Result<Loaded> next();
  at::Tensor exampleWeights(const at::Tensor& targets) const;
  at::Tensor lossOf(const at::Tensor& logits, at::Tensor targets, const at::Tensor& whole, std::int64_t wholeBatch) const;
  double train(const Loaded& batch);
  double trainPiece(const Loaded& batch, const at::Tensor& targets, const at::Tensor& whole, std::int64_t begin, std::int64_t end);
  Result<double> addUp(double loss);
  Result<Outcome> agree(const Result<double>& loss, std::int64_t batch) const;
  bool divide(std::int64_t batch);
  Error ending(Outcome outcome, const Result<double>& mine);
  Result<double> compute(const Result<Loaded>& batch);
  Result<> step();
  Result<double> figure(std::int64_t epoch);
  Result<double> sharedFigure(std::int64_t epoch);
  Result<> beginTogether();
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
  out.whole = static_cast<std::int64_t>(items.size());
  out.first = ranks ? boundary(out.whole, ranks->rank(), ranks->size()) : 0;
  out.count = (ranks ? boundary(out.whole, ranks->rank() + 1, ranks->size()) : out.whole) - out.first;
  // Mixing takes partners from the whole batch: then every process makes all of it and keeps its part.
  const bool mixes = options.mixup > 0 || options.cutmix > 0;
  const auto wanted = mixes ? std::span<const std::int64_t>{items} : std::span<const std::int64_t>{items}.subspan(out.first, out.count);
  if (wanted.empty()) return out;
  PB_TRY(const auto each, net::elementCount(shape));
  out.inputs.resize(static_cast<std::size_t>(each) * wanted.size());
  out.targets.resize(static_cast<std::size_t>(classes) * wanted.size());
  const BatchView view{out.inputs, out.targets};
  PB_CHECK(source.fill({wanted, sampler.seedOf(step), sampler.epochOf(step), step}, view));
  if (!mixes) return out;
  mixBatch(options, shape, Random{mixSeed(options.seed, 2, static_cast<std::uint64_t>(step))}, out.whole, view);
  const auto keep = [&](std::vector<float>& rows, std::int64_t width) {
    rows.erase(rows.begin(), rows.begin() + out.first * width);
    rows.resize(static_cast<std::size_t>(out.count * width));
  };
  keep(out.inputs, each);
  keep(out.targets, classes);
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

/// The weight of an example is that of its class, before smoothing spreads it.
at::Tensor Trainer::Impl::exampleWeights(const at::Tensor& targets) const {
  if (options.classWeights.empty() || options.loss == Loss::BinaryCrossEntropy) return at::ones({targets.size(0)}, targets.options());
  return at::matmul(targets, at::tensor(options.classWeights, at::TensorOptions{at::kFloat}).to(targets.device()));
}

/// Part of the loss of a batch that these rows are: `whole` is the weight of all its examples, `wholeBatch` their number.
at::Tensor Trainer::Impl::lossOf(const at::Tensor& logits, at::Tensor targets, const at::Tensor& whole, std::int64_t wholeBatch) const {
  const double s = options.labelSmoothing;
  if (options.loss == Loss::BinaryCrossEntropy) {
    if (s > 0) targets = targets * (1 - s) + s / 2;
    const auto each = at::binary_cross_entropy_with_logits(logits, targets, {}, {}, at::Reduction::None);
    if (options.classWeights.empty())
      return logits.size(0) == wholeBatch ? each.mean() : each.sum() / static_cast<double>(wholeBatch * classes);
    const auto weights = at::tensor(options.classWeights, at::TensorOptions{at::kFloat}).to(logits.device());
    return (each * weights).sum() / (weights.sum() * wholeBatch);
  }
  const auto example = exampleWeights(targets);
  if (s > 0) targets = targets * (1 - s) + s / static_cast<double>(classes);
  const auto each = -(targets * at::log_softmax(logits, 1)).sum(1);
  return (each * example).sum() / whole;
}

double Trainer::Impl::trainPiece(const Loaded& batch, const at::Tensor& targets, const at::Tensor& whole, std::int64_t begin,
                                 std::int64_t end) {
  const auto& impl = model.impl();
  const std::function<bool()> stop = [this] { return stopRequest() != StopRequest::No; };
  Pass pass;
  pass.training = true;
  pass.dropout = options.dropout;
  pass.generator = at::make_generator<at::CPUGeneratorImpl>(mixSeed(options.seed, 3, static_cast<std::uint64_t>(batch.step)));
  if (converses()) pass.ranks = &ranks->impl();
  else pass.stop = &stop;
  if (end - begin < batch.whole) {
    pass.row = batch.first + begin;
    pass.wholeBatch = batch.whole;
  }
  const auto each = static_cast<std::int64_t>(batch.inputs.size()) / batch.count;
  const auto inputs = std::span{batch.inputs}.subspan(begin * each, (end - begin) * each);
  const auto logits = impl.run(impl.inputFrom(inputs, end - begin), pass).front();
  const auto loss =
      lossOf(logits.to(at::kFloat).reshape({end - begin, classes}), targets.narrow(0, begin, end - begin), whole, batch.whole);
  ::torch::autograd::backward({loss}, {});
  return loss.item<double>();
}

/// Leaves the gradients of this process' rows in the parameters and returns their part of the loss.
double Trainer::Impl::train(const Loaded& batch) {
  const auto rows = at::TensorOptions{at::kFloat};
  const auto targets =
      at::from_blob(const_cast<float*>(batch.targets.data()), {batch.count, classes}, rows).clone().to(model.impl().device);
  auto whole = exampleWeights(targets).sum();
  if (ranks && !options.classWeights.empty()) ranks->impl().sum({whole});
  else if (ranks) whole.fill_(batch.whole);
  whole.clamp_min_(1e-12);
  double loss = 0;
  for (std::int64_t piece = 0; piece < state.pieces; ++piece) {
    const auto begin = boundary(batch.count, piece, state.pieces), end = boundary(batch.count, piece + 1, state.pieces);
    if (begin < end) loss += trainPiece(batch, targets, whole, begin, end);
  }
  return loss;
}

/// Gradients and loss of the whole batch from those of each process.
Result<double> Trainer::Impl::addUp(double loss) {
  if (!ranks) return loss;
  return caught([&] {
    auto gradients = rule.gradients();
    const auto sum = at::full({1}, loss, at::TensorOptions{at::kDouble});
    gradients.push_back(sum);
    ranks->impl().sum(gradients);
    return sum.item<double>();
  });
}

/// What all processes make of a step, each having said what became of it there.
Result<Outcome> Trainer::Impl::agree(const Result<double>& loss, std::int64_t batch) const {
  auto mine = Outcome::Done;
  if (!loss) {
    const auto kind = loss.error().kind;
    const bool divisible = kind == ErrorKind::OutOfMemory && !converses() && state.pieces < batch;
    mine = divisible                            ? Outcome::Memory
           : kind != ErrorKind::Cancelled       ? Outcome::Failed
           : stopRequest() == StopRequest::Keep ? Outcome::Keep
                                                : Outcome::Cancel;
  }
  if (!ranks) return mine;
  PB_TRY(const auto all, ranks->largest(static_cast<std::int64_t>(mine)));
  return static_cast<Outcome>(all);
}

/// Half as many rows at a time from now on, until one at a time was not enough.
bool Trainer::Impl::divide(std::int64_t batch) {
  if (state.pieces >= batch) return false;
  state.pieces = std::min(batch, state.pieces * 2);
  releaseGpuMemory(model.impl().options.device);
  if (hooks->divided) hooks->divided(state.pieces);
  return true;
}

/// The error that a step ends with which was not done everywhere; `mine` is what became of it here.
Error Trainer::Impl::ending(Outcome outcome, const Result<double>& mine) {
  if (outcome == Outcome::Keep || outcome == Outcome::Cancel) {
    agreedStop = outcome == Outcome::Keep ? StopRequest::Keep : StopRequest::Cancel;
    return stoppedError();
  }
  return mine ? elsewhere() : mine.error();
}

/// Loss and gradients of a batch. A step that is dropped leaves no trace, so that a resumed run can do it again.
Result<double> Trainer::Impl::compute(const Result<Loaded>& batch) {
  const auto most = batch ? (batch->whole + size(ranks) - 1) / size(ranks) : options.batch;
  auto begun = batch ? Result<double>{0} : Result<double>{fail(batch.error())};
  if (stopRequest() != StopRequest::No) begun = fail(stoppedError());
  if (ranks) {
    // Who has nothing to compute with must say so before the others begin, who may have to speak with it on the way.
    PB_TRY(const auto outcome, agree(begun, most));
    if (outcome != Outcome::Done) return fail(ending(outcome, begun));
  }
  for (;;) {
    state.beforeStep();
    auto loss = begun ? caught([&] { return train(*batch); }) : begun;
    if (!loss && converses()) return loss;  // The others notice when this process leaves.
    PB_TRY(const auto outcome, agree(loss, most));
    if (outcome == Outcome::Done) return addUp(*loss);
    rule.clearGradients();
    state.undoStep();
    if (outcome != Outcome::Memory || !divide(most)) return fail(ending(outcome, loss));
  }
}

Result<> Trainer::Impl::step() {
  const auto batch = next();
  const auto begin = Clock::now();
  PB_TRY(const auto loss, compute(batch));
  if (!std::isfinite(loss)) {
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
  state.lossSum += loss;
  ++state.lossCount;
  const double seconds = secondsSince(begin);
  trainedSeconds += seconds;
  trainedImages += batch->whole;
  if (hooks->progress)
    hooks->progress(
        {sampler.epochOf(batch->step), state.step, totalSteps, loss, rule.topRate() * factor, static_cast<double>(batch->whole) / seconds});
  return {};
}

bool Trainer::Impl::dueToValidate() const {
  if (state.step == state.validatedStep || state.step == 0) return false;
  const auto every = options.validateSteps > 0 ? options.validateSteps : sampler.stepsPerEpoch();
  return state.step % every == 0 || state.step == totalSteps;
}

Result<double> Trainer::Impl::figure(std::int64_t epoch) {
  const auto swapped = state.withAverage();
  model.setStop([this] { return stopRequest() != StopRequest::No; });
  auto metric = hooks->validate(model, epoch);
  model.setStop({});
  // A figure from a pass that was cut short is worth nothing, whatever the hook made of it; a resumed run does it again.
  if (metric && stopRequest() != StopRequest::No) return fail(stoppedError());
  return metric;
}

/// The first process validates and tells the others what came of it.
Result<double> Trainer::Impl::sharedFigure(std::int64_t epoch) {
  struct Told {
    Outcome outcome = Outcome::Done;
    double metric = 0;
  } told;
  auto metric = first() ? figure(epoch) : Result<double>{0};
  if (metric) told.metric = *metric;
  else
    told.outcome = metric.error().kind != ErrorKind::Cancelled ? Outcome::Failed
                   : stopRequest() == StopRequest::Keep        ? Outcome::Keep
                                                               : Outcome::Cancel;
  PB_TRY(const auto bytes, ranks->fromFirst(std::string{reinterpret_cast<const char*>(&told), sizeof told}));
  std::memcpy(&told, bytes.data(), std::min(bytes.size(), sizeof told));
  if (told.outcome == Outcome::Keep || told.outcome == Outcome::Cancel)
    agreedStop = told.outcome == Outcome::Keep ? StopRequest::Keep : StopRequest::Cancel;
  if (!metric) return metric;
  if (told.outcome == Outcome::Failed) return fail(elsewhere());
  if (told.outcome != Outcome::Done) return fail(stoppedError());
  return told.metric;
}

Result<> Trainer::Impl::validate() {
  TrainReport::Validation v;
  v.epoch = sampler.epochOf(state.step - 1);
  v.step = state.step;
  v.trainLoss = state.lossCount ? state.lossSum / static_cast<double>(state.lossCount) : 0;
  v.metric = std::numeric_limits<double>::quiet_NaN();
  if (hooks->validate) {
    PB_TRY(v.metric, ranks ? sharedFigure(v.epoch) : figure(v.epoch));
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
  if (!hooks->checkpoint || !first()) return {};
  PB_TRY(const auto bytes, writeCheckpoint(state, rule, fingerprint(model.impl(), options, source.size(), size(ranks))));
  return hooks->checkpoint(bytes);
}

/// All processes begin with the weights and the state of the first, whatever it was restored from.
Result<> Trainer::Impl::beginTogether() {
  if (!ranks) return {};
  PB_CHECK(caught([&] {
    ranks->impl().joinGpus(model.impl().device);
    std::vector<at::Tensor> all;
    for (const auto& p : model.impl().parameters) all.push_back(p.tensor);
    ranks->impl().spread(all);
  }));
  const auto mark = fingerprint(model.impl(), options, source.size(), size(ranks));
  auto written = first() ? writeCheckpoint(state, rule, mark) : Result<std::string>{""};
  PB_TRY(const auto bytes, ranks->fromFirst(written ? *written : ""));
  if (first()) return written ? Result<>{} : Result<>{fail(written.error())};
  const auto read = bytes.empty() ? Result<>{fail(elsewhere())} : readCheckpoint(bytes, mark, state, rule);
  // Who was given another net or other options must not train on: the sums would mean nothing.
  return read;
}

Result<> Trainer::Impl::loop() {
  PB_CHECK(beginTogether());
  auto saved = Clock::now();
  for (;;) {
    if (!ranks && stopRequest() != StopRequest::No) return fail(stoppedError());
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
  report.peakGpuMemory = peakGpuMemory(model.impl().options.device);
  report.pieces = state.pieces;
  return {};
}

Trainer::Trainer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

Result<Trainer> Trainer::create(Model& model, BatchSource& source, const TrainOptions& options, std::shared_ptr<Ranks> ranks) {
  PB_TRY(const auto classes, outputWidth(model.net()));
  PB_TRY(auto rates, checkedRates(model.net(), source.size(), classes, options));
  if (ranks && std::min(options.batch, source.size()) < ranks->size())
    return fail(ErrorKind::Usage, "train.option",
                TR("torch", "A batch of {n} picture(s) cannot be divided among {ranks} processes.")
                    .count(std::min(options.batch, source.size()))
                    .with("ranks", std::int64_t{ranks->size()}),
                TR("torch", "Choose a larger batch or fewer processes."), "batch");
  PB_TRY(auto impl, caught([&] { return std::make_unique<Impl>(model, source, options, std::move(rates), classes, std::move(ranks)); }));
  return Trainer{std::move(impl)};
}

Result<TrainReport> Trainer::run(const TrainHooks& hooks) {
  auto& t = *impl_;
  t.hooks = &hooks;
  auto done = t.loop();
  if (t.ahead.valid()) t.ahead.wait();
  t.ahead = {};
  if (!done) {
    const auto request = t.agreedStop.value_or(t.stopRequest());
    if (done.error().kind != ErrorKind::Cancelled || request == StopRequest::No) return fail(std::move(done).error());
    t.report.end = request == StopRequest::Keep ? TrainEnd::Kept : TrainEnd::Cancelled;
    if (request == StopRequest::Cancel) PB_CHECK(t.saveCheckpoint());
  }
  PB_CHECK(t.finish());
  return t.report;
}

Result<> Trainer::restore(std::string_view bytes) {
  return readCheckpoint(bytes, fingerprint(impl_->model.impl(), impl_->options, impl_->source.size(), Impl::size(impl_->ranks)),
                        impl_->state, impl_->rule);
}

}  // namespace patchbay::torch
