// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/lbfgs.h"

#include <Eigen/Core>
#include <cmath>
#include <utility>

namespace patchbay::learn {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kSufficientDecrease = 1e-3, kCurvature = 0.9;

struct Point {
  double step = 0, value = 0, slope = 0;
};

std::span<const double> view(const VectorXd& v) { return {v.data(), static_cast<std::size_t>(v.size())}; }
std::span<double> view(VectorXd& v) { return {v.data(), static_cast<std::size_t>(v.size())}; }

class Minimiser {
 public:
  Minimiser(const SmoothFunction& f, std::vector<double>& x, const LbfgsOptions& options)
      : f_{f}, o_{options}, out_{x}, x_{Eigen::Map<const VectorXd>(x.data(), static_cast<Eigen::Index>(x.size()))} {
    const auto n = x_.size();
    gradient_.resize(n);
    direction_.resize(n);
    tried_.resize(n);
    triedGradient_.resize(n);
    steps_.resize(n, o_.history);
    changes_.resize(n, o_.history);
    inverse_.resize(o_.history);
  }

  LbfgsOutcome run() {
    outcome_.value = evaluate(x_, gradient_);
    bool restarted = true;
    while (outcome_.iterations < o_.maxIterations && !outcome_.cancelled) {
      chooseDirection();
      // Half the slope along a quasi-Newton step is what that step still gains; in separable data a small gradient
      // alone says little, for the value is small too.
      const double gain = -direction_.dot(gradient_) / 2;
      if (gradient_.lpNorm<Eigen::Infinity>() <= o_.tolerance && gain <= o_.relativeGain * std::abs(outcome_.value)) {
        outcome_.converged = true;
        break;
      }
      const Point reached = search();
      if (reached.step > 0) {
        remember(reached);
        ++outcome_.iterations;
        restarted = false;
      } else if (restarted) {
        break;  // Even the plain gradient finds nothing lower: rounding.
      } else {
        kept_ = 0;
        restarted = true;
      }
    }
    Eigen::Map<VectorXd>(out_.data(), x_.size()) = x_;
    return outcome_;
  }

 private:
  double evaluate(const VectorXd& at, VectorXd& gradient) {
    ++outcome_.evaluations;
    return f_(view(at), view(gradient));
  }

  void chooseDirection() {
    direction_ = gradient_;
    VectorXd alpha(kept_);
    for (int i = kept_ - 1; i >= 0; --i) {
      const int at = slot(i);
      alpha[i] = inverse_[at] * steps_.col(at).dot(direction_);
      direction_ -= alpha[i] * changes_.col(at);
    }
    if (o_.precondition) {
      tried_ = direction_;
      o_.precondition(view(std::as_const(tried_)), view(direction_));
    }
    direction_ *= scale_;
    for (int i = 0; i < kept_; ++i) {
      const int at = slot(i);
      direction_ += (alpha[i] - inverse_[at] * changes_.col(at).dot(direction_)) * steps_.col(at);
    }
    direction_ = -direction_;
    if (!(direction_.dot(gradient_) < 0)) {  // Rounding spoilt the history.
      kept_ = 0;
      direction_ = -gradient_;
    }
  }

  int slot(int i) const { return (first_ + i) % o_.history; }

  void remember(const Point& reached) {
    const int at = kept_ < o_.history ? slot(kept_) : first_;
    steps_.col(at) = tried_ - x_;
    changes_.col(at) = triedGradient_ - gradient_;
    const double curvature = steps_.col(at).dot(changes_.col(at));
    if (curvature > 1e-12 * changes_.col(at).squaredNorm() * steps_.col(at).norm()) {
      inverse_[at] = 1 / curvature;
      if (kept_ < o_.history) ++kept_;
      else first_ = (first_ + 1) % o_.history;
      rescale(at, curvature);
    }
    x_.swap(tried_);
    gradient_.swap(triedGradient_);
    outcome_.value = reached.value;
  }

  // H0 is right up to a factor; the last step says which.
  void rescale(int at, double curvature) {
    if (!o_.precondition) {
      scale_ = curvature / changes_.col(at).squaredNorm();
      return;
    }
    VectorXd change = changes_.col(at), through(change.size());
    o_.precondition(view(std::as_const(change)), view(through));
    scale_ = curvature / change.dot(through);
  }

  Point probe(double step) {
    tried_ = x_ + step * direction_;
    Point p{step, evaluate(tried_, triedGradient_), 0};
    p.slope = triedGradient_.dot(direction_);
    return p;
  }

  // Leaves the accepted point in tried_ and its gradient in triedGradient_; step 0 when none was found.
  Point search() {
    const Point start{0, outcome_.value, gradient_.dot(direction_)};
    const double slack = o_.noise * std::abs(start.value);
    Point low = start, high{0, 0, 0};
    bool bracketed = false;
    // Without history the length of the direction is a guess: at most as far as the slope, if it held, would take f to 0.
    double step = kept_ == 0 ? std::min(1.0, std::abs(start.value / start.slope)) : 1.0;
    for (int i = 0; i < 30; ++i) {
      if (o_.stop && o_.stop->requested()) {
        outcome_.cancelled = true;
        return {};
      }
      const Point p = probe(step);
      const bool finite = std::isfinite(p.value) && std::isfinite(p.slope);
      const bool decreases = finite && p.value <= start.value + kSufficientDecrease * step * start.slope;
      const bool level = finite && p.value <= start.value + slack && p.slope <= (2 * kSufficientDecrease - 1) * start.slope;
      const bool flat = p.slope >= kCurvature * start.slope;
      if ((decreases || level) && flat) return p;
      if (decreases && p.slope < 0) low = p;
      else high = p, bracketed = true;
      step = nextStep(low, high, bracketed, finite);
      if (bracketed && high.step - low.step < 1e-12 * high.step) break;
    }
    if (low.step == 0 || !(low.value < start.value)) return {};
    return probe(low.step);
  }

  // The zero of the slope between the ends, by secant, kept away from them; a longer step while there is no far end.
  static double nextStep(const Point& low, const Point& high, bool bracketed, bool finite) {
    if (!bracketed) return 3 * low.step;
    const double width = high.step - low.step;
    if (!finite || !(high.slope > 0)) return low.step + 0.3 * width;
    const double secant = low.step + width * low.slope / (low.slope - high.slope);
    return std::clamp(secant, low.step + 0.05 * width, high.step - 0.05 * width);
  }

  const SmoothFunction& f_;
  const LbfgsOptions& o_;
  std::vector<double>& out_;
  LbfgsOutcome outcome_;
  VectorXd x_, gradient_, direction_, tried_, triedGradient_, inverse_;
  MatrixXd steps_, changes_;
  int kept_ = 0, first_ = 0;
  double scale_ = 1;
};

}  // namespace

LbfgsOutcome minimise(const SmoothFunction& f, std::vector<double>& x, const LbfgsOptions& options) {
  return Minimiser{f, x, options}.run();
}

}  // namespace patchbay::learn
