// SPDX-License-Identifier: Apache-2.0
// Times the linear probe and prints one JSON line {name, value, unit} a figure. `learn_bench FOLDER [SET [JOB]]`, set easy or
// hard, job fit, search or refit, reads FOLDER/<set>.x (float32, rows x 1,280) and FOLDER/<set>.y (int32), which
// learn_peer.py --make writes, so that both sides learn from the same numbers. PATCHBAY_BENCH_THREADS (default 2) sets the
// threads.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "engine/learn/closed_form.h"
#include "engine/learn/logistic.h"
#include "tests/bench/probe_sets.h"

namespace {
using namespace patchbay;
using namespace patchbay::learn;

template <class Work>
double bestSeconds(int times, const Work& work) {
  double best = 1e30;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
    std::exit(1);
  }
  return std::move(*result);
}

void benchFit(const std::string& at, MatrixView x, const LogisticTargets& y, const LogisticOptions& options) {
  LogisticModel model;
  print(at + "fit", bestSeconds(5, [&] { model = need(fitLogistic(x, y, options)); }), "s");
  print(at + "fit.objective", model.objective, "nat");
  print(at + "fit.iterations", model.iterations, "iteration");
  print(at + "fit.evaluations", model.evaluations, "pass");
}

void benchSearch(const std::string& at, MatrixView x, const LogisticTargets& y, const LogisticOptions& options) {
  LogisticSearchOptions search;
  search.threads = options.threads;
  LogisticSearch found;
  print(at + "search", bestSeconds(3, [&] { found = need(searchLambda(x, y, options, search)); }), "s");
  print(at + "search.best_c", found.bestC, "1");
  print(at + "search.log_loss", -std::ranges::max(found.points, {}, &LogisticSearchPoint::score).score, "nat");
}

/// Twenty labels come to those that a head was already fitted to.
void benchRefit(const std::string& at, MatrixView x, std::span<const std::int32_t> labels, LogisticOptions options) {
  const std::size_t before = kRows - 20;
  const auto old = LogisticTargets::labels(labels.first(before), kClasses);
  const LogisticModel first = need(fitLogistic(x.rowRange(0, before), old, options));
  options.warmStart = &first.head;
  LogisticModel model;
  print(at + "refit_20", bestSeconds(5, [&] { model = need(fitLogistic(x, LogisticTargets::labels(labels, kClasses), options)); }), "s");
  print(at + "refit_20.objective", model.objective, "nat");
  print(at + "ridge", bestSeconds(3, [&] { need(fitRidge(x, labels, kClasses)); }), "s");
}

void benchSet(const std::string& folder, const std::string& set, const std::string& job, int threads) {
  const Matrix x{kRows, kFeatures, readAll<float>(folder + "/" + set + ".x", kRows * kFeatures)};
  const auto labels = readAll<std::int32_t>(folder + "/" + set + ".y", kRows);
  const auto y = LogisticTargets::labels(labels, kClasses);
  const std::string at = "learn." + set + ".";
  LogisticOptions options;
  options.threads = threads;
  if (job.empty() || job == "fit") benchFit(at, x.view(), y, options);
  if (job.empty() || job == "search") benchSearch(at, x.view(), y, options);
  if (job.empty() || job == "refit") benchRefit(at, x.view(), labels, options);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "usage: learn_bench FOLDER [easy|hard [fit|search|refit]]\n");
    return 2;
  }
  const char* threads = std::getenv("PATCHBAY_BENCH_THREADS");
  const std::string only = argc > 2 ? argv[2] : "", job = argc > 3 ? argv[3] : "";
  for (const char* set : {"easy", "hard"})
    if (only.empty() || only == set) benchSet(argv[1], set, job, threads ? std::atoi(threads) : 2);
}
