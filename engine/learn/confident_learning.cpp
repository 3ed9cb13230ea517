// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/confident_learning.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace patchbay::learn {
namespace {

Result<> check(Labels given, MatrixView p) {
  if (given.empty() || p.cols() == 0)
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There are no labels to look at."),
                TR("learn", "Label some pictures first."));
  if (given.size() != p.rows())
    return fail(ErrorKind::BadInput, "learn.size_mismatch",
                TR("learn", "{labels} labels came with probabilities of {rows} items.")
                    .with("labels", static_cast<std::int64_t>(given.size()))
                    .with("rows", static_cast<std::int64_t>(p.rows())),
                TR("learn", "Probabilities and labels must come from the same data set."));
  for (const auto label : given)
    if (label < 0 || static_cast<std::size_t>(label) >= p.cols())
      return fail(ErrorKind::BadInput, "learn.label_range",
                  TR("learn", "A label is {label}, outside 0 to {last}.")
                      .with("label", static_cast<std::int64_t>(label))
                      .with("last", static_cast<std::int64_t>(p.cols()) - 1),
                  TR("learn", "Leave unlabelled items out."));
  return requireFinite(p);
}

std::vector<double> thresholdsOf(Labels given, MatrixView p) {
  std::vector<double> sum(p.cols());
  std::vector<std::size_t> count(p.cols());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto c = static_cast<std::size_t>(given[i]);
    sum[c] += p(i, c);
    ++count[c];
  }
  for (std::size_t c = 0; c < sum.size(); ++c)
    sum[c] = count[c] ? sum[c] / static_cast<double>(count[c]) : std::numeric_limits<double>::infinity();
  return sum;
}

/// The class a row confidently belongs to, or -1.
std::ptrdiff_t confidentClass(std::span<const float> p, const std::vector<double>& thresholds) {
  std::ptrdiff_t best = -1;
  for (std::size_t c = 0; c < p.size(); ++c)
    if (p[c] >= thresholds[c] && (best < 0 || p[c] > p[static_cast<std::size_t>(best)])) best = static_cast<std::ptrdiff_t>(c);
  return best;
}

/// Counts of (given, confident class), each given class scaled to as many rows as carry it.
std::vector<double> jointOf(Labels given, MatrixView p, const std::vector<double>& thresholds) {
  const auto k = p.cols();
  std::vector<double> joint(k * k), carried(k);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto c = static_cast<std::size_t>(given[i]);
    ++carried[c];
    if (const auto sure = confidentClass(p.row(i), thresholds); sure >= 0) ++joint[c * k + static_cast<std::size_t>(sure)];
  }
  for (std::size_t c = 0; c < k; ++c) {
    const auto row = std::span{joint}.subspan(c * k, k);
    const double seen = std::accumulate(row.begin(), row.end(), 0.0);
    if (seen == 0) row[c] = 1;  // Nothing is known of this class: its labels are believed.
    for (auto& v : row) v *= carried[c] / (seen == 0 ? 1 : seen) / static_cast<double>(given.size());
  }
  return joint;
}

}  // namespace

Result<LabelNoise> findLabelErrors(Labels given, MatrixView p) {
  PB_CHECK(check(given, p));
  const auto n = given.size(), k = p.cols();
  LabelNoise out;
  out.thresholds = thresholdsOf(given, p);
  out.joint = jointOf(given, p, out.thresholds);
  std::vector<std::vector<std::size_t>> carries(k);
  for (std::size_t i = 0; i < n; ++i) {
    const auto own = static_cast<std::size_t>(given[i]);
    std::size_t other = own == 0 && k > 1 ? 1 : 0;
    for (std::size_t c = 0; c < k; ++c)
      if (c != own && p(i, c) > p(i, other)) other = c;
    out.proposed.push_back(static_cast<std::int32_t>(other));
    out.margin.push_back(other == own ? 1.0F : p(i, own) - p(i, other));
    carries[own].push_back(i);
  }
  std::vector<std::uint8_t> suspect(n);
  for (std::size_t own = 0; own < k; ++own) {
    for (std::size_t other = 0; other < k; ++other) {
      if (other == own) continue;
      const double expected = out.share(own, other) * static_cast<double>(n);
      out.errors += expected;
      const auto most = std::min(carries[own].size(), static_cast<std::size_t>(std::llround(expected)));
      if (most == 0) continue;
      auto rows = carries[own];
      std::ranges::stable_sort(rows, std::greater{}, [&](std::size_t i) { return p(i, other) - p(i, own); });
      for (std::size_t r = 0; r < most; ++r)
        if (out.margin[rows[r]] < 0) suspect[rows[r]] = 1;
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    if (suspect[i]) out.suspects.push_back(i);
  std::ranges::stable_sort(out.suspects, {}, [&](std::size_t i) { return p(i, static_cast<std::size_t>(given[i])); });
  return out;
}

}  // namespace patchbay::learn
