// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/intervals.h"
#include "engine/learn/linear_head.h"
#include "engine/learn/metrics.h"
#include "engine/learn/report.h"
#include "plugins/evaluate/support/metrics.h"

namespace patchbay::blocks {
namespace compare_cpp {

constexpr std::array<std::string_view, 4> figureNames{"accuracy", "balanced_accuracy", "f1", "auroc"};

/// The test part of one run, in the order of the ids.
struct TestPart {
  std::vector<std::string> ids;
  std::vector<std::int32_t> truth, predicted;
  learn::Matrix probability;
  std::size_t classes = 0;
  double perTraining = 0;  ///< Test pictures for each training picture.
};

Result<TestPart> testPart(const Predictions& p) {
  if (p.meta["task"].asText() == "multi-label")
    return fail(ErrorKind::Unsupported, "compare.labels",
                TR("block", "Models of several labels a picture cannot be compared picture by picture."),
                TR("block", "Connect their reports to a Summary block: it sets their figures side by side."));
  TestPart out{.classes = p.classes.size()};
  std::vector<std::pair<std::string_view, std::size_t>> rows;
  std::size_t training = 0;
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    training += p.truth[i] >= 0 && (p.split[i] == Split::Train || p.split[i] == Split::Validation);
    if (p.truth[i] >= 0 && p.split[i] == Split::Test) rows.emplace_back(p.ids[i], i);
  }
  if (rows.empty())
    return fail(ErrorKind::BadInput, "compare.no_test", TR("block", "A model has no predictions for labelled test pictures."),
                TR("block", "Put a Split block before the training."));
  std::ranges::sort(rows);
  out.probability = learn::Matrix(rows.size(), out.classes);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto i = rows[r].second;
    out.ids.emplace_back(rows[r].first);
    out.truth.push_back(p.truth[i]);
    std::copy_n(p.probabilities.begin() + static_cast<std::ptrdiff_t>(i * out.classes), out.classes, out.probability.row(r).begin());
  }
  out.predicted = learn::argmaxRows(out.probability);
  out.perTraining = training ? static_cast<double>(rows.size()) / static_cast<double>(training) : 1;
  return out;
}

double figure(const TestPart& t, std::string_view name, learn::Counts counts = {}) {
  if (name == "auroc") return learn::aurocOneVsRest(t.truth, t.probability, counts);
  const auto c = learn::confusion(t.truth, t.predicted, t.classes, counts);
  if (name == "accuracy") return learn::accuracy(c);
  if (name == "balanced_accuracy") return learn::balancedAccuracy(c);
  return t.classes == 2 ? learn::f1(c) : learn::macroFigures(c).f1;
}

struct Compare final : Block {
  InList<Predictions> baseline{this,
                               {.key = "baseline",
                                .label = TR("block", "Baseline"),
                                .help = TR("block", "Predictions of the first method, one for each fold and seed.")}};
  InList<Predictions> candidate{this,
                                {.key = "candidate",
                                 .label = TR("block", "Candidate"),
                                 .help = TR("block", "Predictions of the second method, on the same folds and seeds.")}};
  Out<Report> report{
      this, {.key = "report", .label = TR("block", "Report"), .help = TR("block", "How much better the candidate is, with an interval.")}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto a, parts(ctx, baseline));
    PB_TRY(const auto b, parts(ctx, candidate));
    if (a.size() != b.size())
      return fail(ErrorKind::BadInput, "compare.unpaired",
                  TR("block", "There are {a} runs of the baseline and {b} of the candidate.")
                      .with("a", static_cast<std::int64_t>(a.size()))
                      .with("b", static_cast<std::int64_t>(b.size())),
                  TR("block", "Run both in the same for-each group, so that they share folds and seeds."));
    for (std::size_t i = 0; i < a.size(); ++i)
      if (a[i].ids != b[i].ids || a[i].truth != b[i].truth)
        return fail(ErrorKind::BadInput, "compare.different_pictures", TR("block", "The two methods were tested on different pictures."),
                    TR("block", "Give both the same data and the same split."));
    Report out;
    out.body["kind"] = "comparison";
    for (const auto name : figureNames) PB_CHECK(compareFigure(out, name, a, b, ctx.threads()));
    out.metrics["runs"] = a.size();
    return report.write(ctx, out);
  }

 private:
  static Result<std::vector<TestPart>> parts(RunContext& ctx, const InList<Predictions>& port) {
    PB_TRY(const auto all, port.read(ctx));
    std::vector<TestPart> out;
    for (const auto& p : all) {
      PB_TRY(auto part, testPart(p));
      out.push_back(std::move(part));
    }
    return out;
  }

  static Result<> compareFigure(Report& out, std::string_view name, const std::vector<TestPart>& a, const std::vector<TestPart>& b,
                                int threads) {
    std::vector<double> va, vb;
    for (std::size_t i = 0; i < a.size(); ++i) {
      va.push_back(figure(a[i], name));
      vb.push_back(figure(b[i], name));
    }
    learn::MetricValue difference;
    if (a.size() == 1) {
      const learn::BootstrapOptions options{.seed = 1, .threads = threads};
      difference = learn::pairedBootstrap(
          a[0].ids.size(), [&](auto counts) { return figure(a[0], name, counts); }, [&](auto counts) { return figure(b[0], name, counts); },
          options);
    } else {
      PB_TRY(difference, learn::correctedResampledT(va, vb, a[0].perTraining));
    }
    const auto ma = learn::meanWithT(va), mb = learn::meanWithT(vb);
    auto& row = out.body["figures"][name];
    row["baseline"] = learn::toValue(ma);
    row["candidate"] = learn::toValue(mb);
    row["difference"] = learn::toValue(difference);
    const std::string key{name};
    out.metrics["baseline_" + key] = ma.value;
    out.metrics["candidate_" + key] = mb.value;
    putMetric(out, "difference_" + key, difference);
    return {};
  }
};

}  // namespace compare_cpp

PATCHBAY_BLOCK(evaluate_compare, compare_cpp::Compare,
               {.id = "patchbay.evaluate.compare",
                .title = TR("block", "Compare"),
                .summary = TR("block",
                              "Says how much better one method is than another on the same pictures, folds and seeds, with an interval."),
                .category = Category::Evaluate,
                .needs = {.cores = 0}})
}  // namespace patchbay::blocks
