// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <numeric>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/intervals.h"
#include "engine/learn/label_report.h"
#include "engine/learn/linear_head.h"
#include "engine/learn/metrics.h"
#include "plugins/evaluate/support/labels.h"
#include "plugins/evaluate/support/metrics.h"

namespace patchbay::blocks {
namespace compare_cpp {

using Figures = std::vector<std::pair<std::string, learn::CountedMetric>>;

/// The test part of one run, in the order of the ids.
struct TestPart {
  std::vector<std::string> ids;
  std::vector<std::int32_t> truth;  ///< One class each, or 0 and 1 for every label.
  Figures figures;
  double perTraining = 0;  ///< Test pictures for each training picture.
};

/// What a picture with one class is measured by; all of it is copied into the functions.
Figures classFigures(std::vector<std::int32_t> truth, learn::Matrix probability) {
  struct Copy {
    std::vector<std::int32_t> truth, predicted;
    learn::Matrix probability;
    learn::Confusion confusion(learn::Counts n) const { return learn::confusion(truth, predicted, probability.cols(), n); }
  };
  auto predicted = learn::argmaxRows(probability);
  const auto copy = std::make_shared<const Copy>(Copy{std::move(truth), std::move(predicted), std::move(probability)});
  return {{"accuracy", [copy](learn::Counts n) { return learn::accuracy(copy->confusion(n)); }},
          {"balanced_accuracy", [copy](learn::Counts n) { return learn::balancedAccuracy(copy->confusion(n)); }},
          {"f1",
           [copy](learn::Counts n) {
             const auto c = copy->confusion(n);
             return copy->probability.cols() == 2 ? learn::f1(c) : learn::macroFigures(c).f1;
           }},
          {"auroc", [copy](learn::Counts n) { return learn::aurocOneVsRest(copy->truth, copy->probability, n); }}};
}

tl::unexpected<Error> noTestPictures() {
  return fail(ErrorKind::BadInput, "compare.no_test", TR("block", "A model has no predictions for labelled test pictures."),
              TR("block", "Put a Split block before the training."));
}

double sharePerTraining(std::size_t test, std::size_t training) {
  return training ? static_cast<double>(test) / static_cast<double>(training) : 1;
}
bool isTraining(Split split) { return split == Split::Train || split == Split::Validation; }

Result<TestPart> oneClassPart(const Predictions& p) {
  std::vector<std::pair<std::string_view, std::size_t>> rows;
  std::size_t training = 0;
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    training += p.truth[i] >= 0 && isTraining(p.split[i]);
    if (p.truth[i] >= 0 && p.split[i] == Split::Test) rows.emplace_back(p.ids[i], i);
  }
  if (rows.empty()) return noTestPictures();
  std::ranges::sort(rows);
  TestPart out;
  const auto k = p.classes.size();
  learn::Matrix probability{rows.size(), k};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto i = rows[r].second;
    out.ids.emplace_back(rows[r].first);
    out.truth.push_back(p.truth[i]);
    std::copy_n(p.probabilities.begin() + static_cast<std::ptrdiff_t>(i * k), k, probability.row(r).begin());
  }
  out.figures = classFigures(out.truth, std::move(probability));
  out.perTraining = sharePerTraining(rows.size(), training);
  return out;
}

/// Predictions of several labels do not hold the truth: it is that of the data set, the parts are those of the predictions.
Result<TestPart> severalLabelsPart(Predictions p, const std::vector<Item>& items) {
  std::vector<std::size_t> order(p.ids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::string_view{p.ids[i]}; });
  Predictions sorted{.classes = p.classes, .meta = p.meta};
  const auto k = static_cast<std::ptrdiff_t>(p.classes.size());
  for (const auto i : order) {
    sorted.ids.push_back(p.ids[i]);
    sorted.split.push_back(p.split[i]);
    const auto from = p.probabilities.begin() + static_cast<std::ptrdiff_t>(i) * k;
    sorted.probabilities.insert(sorted.probabilities.end(), from, from + k);
  }
  std::size_t training = 0;
  const auto rows = labelRows(sorted, items, [&](std::size_t row, const Item&) {
    training += isTraining(sorted.split[row]);
    return sorted.split[row] == Split::Test;
  });
  if (rows.index.empty()) return noTestPictures();
  TestPart out;
  for (const auto i : rows.index) out.ids.push_back(sorted.ids[i]);
  out.truth.assign(rows.truth.begin(), rows.truth.end());
  out.figures = learn::labelMetrics(rows.truth, rows.probability);
  out.perTraining = sharePerTraining(rows.index.size(), training);
  return out;
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
  In<Dataset> data{this,
                   {.key = "data",
                    .label = TR("block", "Data"),
                    .help = TR("block", "The pictures with their labels; needed only where pictures have several labels."),
                    .optional = true}};
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
    for (std::size_t f = 0; f < a.front().figures.size(); ++f) PB_CHECK(compareFigure(out, f, a, b, ctx.threads()));
    out.metrics["runs"] = a.size();
    return report.write(ctx, out);
  }

 private:
  Result<std::vector<TestPart>> parts(RunContext& ctx, const InList<Predictions>& port) const {
    PB_TRY(auto all, port.read(ctx));
    std::vector<TestPart> out;
    for (auto& p : all) {
      if (p.meta["task"].asText() != "multi-label") {
        PB_TRY(auto part, oneClassPart(p));
        out.push_back(std::move(part));
        continue;
      }
      if (!data.linked(ctx))
        return fail(ErrorKind::BadInput, "compare.labels",
                    TR("block", "Models of several labels a picture can be compared only with the labels of the pictures."),
                    TR("block", "Connect the data set to the input Data."), "data");
      PB_TRY(const auto set, data.read(ctx));
      PB_TRY(const auto items, set.items(ctx.objects()));
      PB_TRY(auto part, severalLabelsPart(std::move(p), items));
      out.push_back(std::move(part));
    }
    return out;
  }

  static Result<> compareFigure(Report& out, std::size_t f, const std::vector<TestPart>& a, const std::vector<TestPart>& b, int threads) {
    std::vector<double> va, vb;
    for (std::size_t i = 0; i < a.size(); ++i) {
      va.push_back(a[i].figures[f].second({}));
      vb.push_back(b[i].figures[f].second({}));
    }
    learn::MetricValue difference;
    if (a.size() == 1) {
      const learn::BootstrapOptions options{.seed = 1, .threads = threads};
      difference = learn::pairedBootstrap(a[0].ids.size(), a[0].figures[f].second, b[0].figures[f].second, options);
    } else {
      PB_TRY(difference, learn::correctedResampledT(va, vb, a[0].perTraining));
    }
    const auto ma = learn::meanWithT(va), mb = learn::meanWithT(vb);
    const auto& key = a[0].figures[f].first;
    auto& row = out.body["figures"][key];
    row["baseline"] = learn::toValue(ma);
    row["candidate"] = learn::toValue(mb);
    row["difference"] = learn::toValue(difference);
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
                .needs = {.cores = 0},
                .cacheEpoch = 2})
}  // namespace patchbay::blocks
