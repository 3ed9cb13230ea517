// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/logistic.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "engine/learn/lbfgs.h"
#include "engine/learn/logistic_problem.h"

namespace patchbay::learn {
namespace {

tl::unexpected<Error> badOption(Text cause, Text hint) {
  return fail(ErrorKind::Usage, "learn.bad_option", std::move(cause), std::move(hint));
}
tl::unexpected<Error> badInput(std::string code, Text cause, Text hint) {
  return fail(ErrorKind::BadInput, std::move(code), std::move(cause), std::move(hint));
}

Result<> checkShapes(MatrixView x, const LogisticTargets& y, const LogisticOptions& o) {
  if (x.empty()) {
    return badInput("learn.no_rows", TR("learn", "There are no items to learn from."),
                    TR("learn", "Connect a data set that holds labelled pictures in its training part."));
  }
  if (y.rows() != x.rows() || (!o.sampleWeights.empty() && o.sampleWeights.size() != x.rows())) {
    return badInput("learn.size_mismatch",
                    TR("learn", "{rows} rows of features came with {labels} labels.")
                        .with("rows", static_cast<std::int64_t>(x.rows()))
                        .with("labels", static_cast<std::int64_t>(y.rows() != x.rows() ? y.rows() : o.sampleWeights.size())),
                    TR("learn", "Features and labels must come from the same data set; run the embedding again."));
  }
  if (y.classes() < 2) {
    return badInput("learn.one_class", TR("learn", "There is only one class, so there is nothing to tell apart."),
                    TR("learn", "Label pictures of at least one other class."));
  }
  if (!o.classWeights.empty() && o.classWeights.size() != static_cast<std::size_t>(y.classes())) {
    return badOption(TR("learn", "{given} class weights were given for {classes} classes.")
                         .with("given", static_cast<std::int64_t>(o.classWeights.size()))
                         .with("classes", static_cast<std::int64_t>(y.classes())),
                     TR("learn", "Give one weight a class, or none."));
  }
  return requireFinite(x);
}

Result<> checkTargets(const LogisticTargets& y, const LogisticOptions& o) {
  for (std::size_t i = 0; i < y.rows(); ++i) {
    if (!o.sampleWeights.empty() && !(o.sampleWeights[i] >= 0 && std::isfinite(o.sampleWeights[i]))) {
      return badInput("learn.bad_weight",
                      TR("learn", "The weight of row {row} is negative or not a number.").with("row", static_cast<std::int64_t>(i) + 1),
                      TR("learn", "Weights must be 0 or greater."));
    }
    if (!y.soft()) {
      if (y.hard()[i] >= 0 && y.hard()[i] < y.classes()) continue;
      return badInput("learn.label_range",
                      TR("learn", "Row {row} has label {label}, outside 0 to {last}.")
                          .with("row", static_cast<std::int64_t>(i) + 1)
                          .with("label", static_cast<std::int64_t>(y.hard()[i]))
                          .with("last", static_cast<std::int64_t>(y.classes()) - 1),
                      TR("learn", "Leave unlabelled items out of training."));
    }
    double sum = 0;
    bool bad = false;
    for (const float t : y.probability().row(i)) {
      bad |= !(t >= 0 && std::isfinite(t));
      sum += t;
    }
    if (bad || sum <= 0) {
      return badInput(
          "learn.bad_target",
          TR("learn", "The class probabilities of row {row} are negative or all zero.").with("row", static_cast<std::int64_t>(i) + 1),
          TR("learn", "Every training item needs at least one class with a probability above 0."));
    }
  }
  return {};
}

// Mass of each class before class weights.
std::vector<double> classMass(const LogisticTargets& y, const LogisticOptions& o) {
  std::vector<double> mass(y.classes());
  for (std::size_t i = 0; i < y.rows(); ++i) {
    const double w = o.sampleWeights.empty() ? 1 : o.sampleWeights[i];
    if (!y.soft()) mass[y.hard()[i]] += w;
    else
      for (int c = 0; c < y.classes(); ++c) mass[c] += w * y.probability()(i, c);
  }
  return mass;
}

}  // namespace

Result<> checkOptions(const LogisticOptions& o) {
  if (!(o.c > 0) || !std::isfinite(o.c)) {
    return badOption(TR("learn", "C is {c}; it must be greater than 0.").with("c", o.c),
                     TR("learn", "Values between 0.0001 and 1000 are usual."));
  }
  if (!(o.tolerance > 0) || o.maxIterations < 1) {
    return badOption(TR("learn", "Tolerance and number of iterations must be greater than 0."),
                     TR("learn", "Leave them at 0.0001 and 1000."));
  }
  for (const double w : o.classWeights) {
    if (w >= 0 && std::isfinite(w)) continue;
    return badOption(TR("learn", "A class weight is negative or not a number."), TR("learn", "Class weights must be 0 or greater."));
  }
  return {};
}

Result<LogisticRows> prepareRows(MatrixView x, const LogisticTargets& y, const LogisticOptions& o) {
  PB_CHECK(checkShapes(x, y, o));
  PB_CHECK(checkTargets(y, o));
  const std::vector<double> mass = classMass(y, o);
  const double present = static_cast<double>(std::ranges::count_if(mass, [](double m) { return m > 0; }));
  if (present < 2) {
    return badInput("learn.one_class", TR("learn", "All training items are of one class, so there is nothing to tell apart."),
                    TR("learn", "Label pictures of at least one other class, or check the split."));
  }
  double all = 0;
  for (const double m : mass) all += m;
  std::vector<double> weight = o.classWeights.empty() ? std::vector<double>(y.classes(), 1.0) : o.classWeights;
  for (int c = 0; o.balanced && c < y.classes(); ++c) weight[c] *= mass[c] > 0 ? all / (present * mass[c]) : 0;

  LogisticRows rows;
  rows.x = x;
  rows.classes = y.classes();
  rows.outputs = y.classes() == 2 && o.oneColumnForTwoClasses ? 1 : static_cast<std::size_t>(y.classes());
  rows.mass.resize(x.rows());
  rows.softStride = !y.soft() ? 0 : rows.outputs == 1 ? 1 : paddedTo16(rows.outputs);
  if (y.soft()) rows.soft = AlignedFloats{x.rows() * rows.softStride};
  else rows.labels.assign(y.hard().begin(), y.hard().end());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double w = o.sampleWeights.empty() ? 1 : o.sampleWeights[i];
    double sum = y.soft() ? 0 : w * weight[y.hard()[i]];
    for (int c = 0; y.soft() && c < y.classes(); ++c) {
      const double t = w * weight[c] * y.probability()(i, c);
      sum += t;
      if (rows.outputs != 1) rows.soft[i * rows.softStride + c] = static_cast<float>(t);
      else if (c == 1) rows.soft[i] = static_cast<float>(t);
    }
    rows.mass[i] = static_cast<float>(sum);
    rows.totalMass += rows.mass[i];
  }
  if (!(rows.totalMass > 0)) {
    return badInput("learn.bad_weight", TR("learn", "All weights are 0."), TR("learn", "Give at least two classes a weight above 0."));
  }
  return rows;
}

Result<LogisticModel> fitLogistic(MatrixView x, const LogisticTargets& y, const LogisticOptions& o) {
  PB_CHECK(checkOptions(o));
  PB_TRY(const LogisticRows rows, prepareRows(x, y, o));
  LogisticObjective f{rows, {{0, rows.rows()}}, o.threads};
  f.setC(o.c);
  std::vector<double> w(f.parameters());
  if (o.warmStart) {
    if (o.warmStart->outputs() != rows.outputs || o.warmStart->features() != x.cols()) {
      return badOption(TR("learn", "The head to start from has another number of classes or features."),
                       TR("learn", "Start from scratch, or from a head for the same classes and backbone."));
    }
    w = f.parametersOf(*o.warmStart);
  }
  return fitObjective(f, w, o, kFinalGain);
}

namespace {

constexpr int kPlainIterations = 40, kWarmIterations = 8;

// The sketched inverse Hessian; intercepts keep their diagonal.
Preconditioner sketched(const LogisticObjective& f, const CurvatureSketch& sketch, const std::vector<double>& diagonal) {
  const std::size_t outputs = f.rows().outputs, weights = outputs * f.stride();
  double share = 0;
  for (std::size_t j = 0; j < f.rows().x.cols(); ++j) share += 1 - f.penalty() * diagonal[j];
  share /= static_cast<double>(f.rows().x.cols());
  return [=, &sketch, &diagonal](std::span<const double> q, std::span<double> out) {
    sketch.solve(q.first(weights), out.first(weights), outputs, std::span{diagonal}.first(weights / outputs), share);
    for (std::size_t i = weights; i < q.size(); ++i) out[i] = q[i] * diagonal[i];
  };
}

}  // namespace

// Mean p (1 - p) of each row at `w`: how much it bends the loss there.
std::vector<float> bending(const LogisticObjective& f, std::span<const double> w) {
  const Matrix p = f.head(w).probabilities(f.rows().x);
  std::vector<float> out(p.rows());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const float v : p.row(i)) out[i] += v * (1 - v);
    out[i] = std::max(1e-6F, out[i] / static_cast<float>(p.cols())) * f.rows().mass[i];
  }
  return out;
}

// Few features or few rows are fitted before a sketch is made.
bool sketchPays(MatrixView x) { return x.cols() >= 64 && x.rows() * x.cols() >= 250'000; }

Result<LogisticModel> fitObjective(LogisticObjective& f, std::vector<double>& w, const LogisticOptions& o, double relativeGain,
                                   const CurvatureSketch* sketch) {
  auto diagonal = f.diagonal(f.neutralSpread());
  LbfgsOptions lbfgs;
  lbfgs.tolerance = o.tolerance;
  lbfgs.relativeGain = relativeGain;
  lbfgs.maxIterations = o.maxIterations;
  lbfgs.stop = o.stop;
  std::optional<CurvatureSketch> own;
  LbfgsOutcome outcome, plain;
  if (!sketch) {
    lbfgs.precondition = [&diagonal](std::span<const double> q, std::span<double> out) {
      for (std::size_t i = 0; i < q.size(); ++i) out[i] = q[i] * diagonal[i];
    };
    if (sketchPays(f.rows().x)) lbfgs.maxIterations = std::min(o.maxIterations, o.warmStart ? kWarmIterations : kPlainIterations);
    outcome = plain = minimise(std::ref(f), w, lbfgs);
    const bool unfinished = !plain.converged && !plain.cancelled && plain.iterations == lbfgs.maxIterations;
    if (unfinished && plain.iterations < o.maxIterations) {
      const auto bend = bending(f, w);
      sketch = &own.emplace(CurvatureSketch::of(f.rows().x, bend, f.threads()));
      diagonal = f.diagonal(std::accumulate(bend.begin(), bend.end(), 0.0) / f.mass(), sketch->diagonal());
    }
  }
  if (sketch) {
    lbfgs.maxIterations = o.maxIterations - plain.iterations;
    lbfgs.precondition = sketched(f, *sketch, diagonal);
    outcome = minimise(std::ref(f), w, lbfgs);
  }
  if (outcome.cancelled || (o.stop && o.stop->requested())) {
    return fail(ErrorKind::Cancelled, "learn.cancelled", TR("learn", "Training was stopped."), TR("learn", "Run it again when you like."));
  }
  LogisticModel model;
  model.head = f.head(w);
  model.objective = outcome.value / f.penalty();
  model.converged = outcome.converged;
  model.iterations = outcome.iterations + (sketch ? plain.iterations : 0);
  model.evaluations = outcome.evaluations + (sketch ? plain.evaluations : 0);
  return model;
}

Result<double> logisticObjective(MatrixView x, const LogisticTargets& y, const LinearHead& head, const LogisticOptions& o) {
  PB_CHECK(checkOptions(o));
  PB_TRY(const LogisticRows rows, prepareRows(x, y, o));
  assert(head.features() == x.cols() && head.outputs() == rows.outputs);
  double loss = 0, square = 0;
  std::vector<double> z(rows.outputs);
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t c = 0; c < rows.outputs; ++c) {
      z[c] = head.bias[c];
      for (std::size_t j = 0; j < x.cols(); ++j) z[c] += static_cast<double>(x(i, j)) * head.weights(c, j);
    }
    const double mass = rows.mass[i];
    if (rows.outputs == 1) {
      const double positive = rows.labels.empty() ? rows.soft[i] : rows.labels[i] * mass;
      loss += mass * (std::max(z[0], 0.0) + std::log1p(std::exp(-std::abs(z[0])))) - positive * z[0];
      continue;
    }
    const double peak = *std::ranges::max_element(z);
    double sum = 0;
    for (std::size_t c = 0; c < z.size(); ++c) {
      sum += std::exp(z[c] - peak);
      loss -= z[c] * (rows.labels.empty() ? rows.soft[i * rows.softStride + c] : rows.labels[i] == static_cast<int>(c) ? mass : 0);
    }
    loss += mass * (std::log(sum) + peak);
  }
  for (std::size_t c = 0; c < head.outputs(); ++c) {
    for (const float v : head.weights.row(c)) square += static_cast<double>(v) * v;
  }
  return o.c * loss + 0.5 * square;
}

}  // namespace patchbay::learn
