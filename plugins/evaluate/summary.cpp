// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/intervals.h"
#include "plugins/evaluate/support/metrics.h"

namespace patchbay::blocks {
namespace summary_cpp {

bool lessIsBetter(std::string_view name) { return name == "log_loss" || name == "ece" || name == "brier" || name.ends_with("_loss"); }

double spread(const std::vector<double>& values, double mean) {
  if (values.size() < 2) return 0;
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

struct Summary final : Block {
  InList<Report> reports{this,
                         {.key = "reports",
                          .label = TR("block", "Reports"),
                          .help = TR("block", "Reports of several runs: seeds, folds, backbones, amounts of labels.")}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Report"),
                      .help = TR("block", "Mean, spread and interval of every figure, and the single runs.")}};

  Param<std::string> sortBy{
      this,
      {.key = "sort_by", .label = TR("block", "Best by"), .help = TR("block", "The figure that names the best run."), .def = "accuracy"}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto list, reports.read(ctx));
    PB_CHECK(checkSortBy(list));
    Report out;
    out.body["kind"] = "summary";
    Value rows{Value::List{}};
    std::map<std::string, std::vector<double>> figures;
    std::size_t best = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      Value row{Value::Map{{"run", i}, {"label", list[i].body["label"]}, {"metrics", list[i].metrics}}};
      rows.push(std::move(row));
      for (const auto& [name, value] : list[i].metrics.asMap())
        if (isFigure(name) && std::isfinite(value.asDouble())) figures[name].push_back(value.asDouble());
      if (merit(list[i]) > merit(list[best])) best = i;
    }
    for (const auto& [name, values] : figures) {
      const auto m = learn::meanWithT(values);
      const double sd = spread(values, m.value);
      out.metrics[name] = m.value;
      out.metrics[name + "_sd"] = sd;
      out.body["figures"][name] = Value::Map{{"value", m.value}, {"low", m.low},          {"high", m.high},
                                             {"sd", sd},         {"runs", values.size()}, {"method", toValue(m.method)}};
    }
    out.body["rows"] = std::move(rows);
    out.body["best"] = best;
    out.body["best_by"] = *sortBy;
    out.metrics["runs"] = list.size();
    return report.write(ctx, out);
  }

 private:
  double merit(const Report& one) const {
    const double value = one.metrics[*sortBy].asDouble(NAN);
    if (!std::isfinite(value)) return -HUGE_VAL;
    return lessIsBetter(*sortBy) ? -value : value;
  }

  Result<> checkSortBy(const std::vector<Report>& list) const {
    // Reports of comparisons have no accuracy of their own; whoever left the choice alone did not ask for a best one.
    if (*sortBy == "accuracy") return {};
    std::vector<std::string> names;
    for (const auto& one : list)
      for (const auto& [name, value] : one.metrics.asMap()) {
        if (name == *sortBy) return {};
        names.push_back(name);
      }
    const auto near = nearest(*sortBy, names);
    return fail(ErrorKind::BadInput, "summary.sort_by", TR("block", "The reports have no figure \"{name}\".").with("name", *sortBy),
                near.empty() ? TR("block", "Choose a figure of the reports, for example accuracy.")
                             : TR("block", "Did you mean \"{name}\"?").with("name", near),
                "sort_by");
  }
};

}  // namespace summary_cpp

PATCHBAY_BLOCK(evaluate_summary, summary_cpp::Summary,
               {.id = "patchbay.evaluate.summary",
                .title = TR("block", "Summary"),
                .summary = TR("block", "Brings the reports of many runs together: mean, spread, interval and the best run."),
                .category = Category::Evaluate,
                .cacheEpoch = 2})
}  // namespace patchbay::blocks
