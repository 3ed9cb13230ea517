// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "engine/base/progress.h"

namespace patchbay::learn {

/// A smooth function: returns its value at x and writes the gradient. Both spans have one length.
using SmoothFunction = std::function<double(std::span<const double> x, std::span<double> gradient)>;
/// out = H0 * q, an approximation of the inverse Hessian, symmetric and positive definite.
using Preconditioner = std::function<void(std::span<const double> q, std::span<double> out)>;

struct LbfgsOptions {
  int history = 12;
  double tolerance = 1e-4;     ///< Ends when the greatest |gradient component| is at most this ...
  double relativeGain = 2e-6;  ///< ... and the next step would gain at most this share of the value.
  int maxIterations = 1000;
  /// How far rounding moves the function's value, relative: below it the line search trusts slopes, not values.
  double noise = 1e-7;
  Preconditioner precondition;  ///< Empty: identity.
  const StopFlag* stop = nullptr;
};

struct LbfgsOutcome {
  double value = 0;
  int iterations = 0, evaluations = 0;
  bool converged = false, cancelled = false;
};

/// Minimises `f` from `x`, which receives the best point. Limited-memory BFGS (Nocedal and Wright, Numerical
/// Optimization, alg. 7.4-7.5), line search with the approximate Wolfe conditions (Hager and Zhang 2005).
LbfgsOutcome minimise(const SmoothFunction& f, std::vector<double>& x, const LbfgsOptions& options);

}  // namespace patchbay::learn
