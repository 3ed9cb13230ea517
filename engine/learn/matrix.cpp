// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/matrix.h"

#include <algorithm>
#include <cmath>

#include "engine/learn/aligned.h"

namespace patchbay::learn {

Matrix::Matrix(MatrixView view) : rows_{view.rows()}, cols_{view.cols()}, data_(view.rows() * view.cols()) {
  for (std::size_t i = 0; i < rows_; ++i) std::ranges::copy(view.row(i), data_.begin() + static_cast<std::ptrdiff_t>(i * cols_));
}

Matrix selectRows(MatrixView x, std::span<const std::size_t> rows) {
  Matrix out{rows.size(), x.cols()};
  for (std::size_t i = 0; i < rows.size(); ++i) std::ranges::copy(x.row(rows[i]), out.row(i).begin());
  return out;
}

Result<> requireFinite(MatrixView x) {
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    float zero = 0;  // Stays 0 unless a value is NaN or infinite: one pass without branches.
    for (const float v : row) zero += v * 0.0f;
    if (zero == 0) continue;
    const auto bad = std::ranges::find_if(row, [](float v) { return !std::isfinite(v); }) - row.begin();
    return fail(
        ErrorKind::BadInput, "learn.not_finite",
        TR("learn", "Row {row}, feature {feature} is not a finite number.")
            .with("row", static_cast<std::int64_t>(i) + 1)
            .with("feature", static_cast<std::int64_t>(bad) + 1),
        TR("learn", "Leave this item out, or compute its features again; a damaged picture or a diverged model makes such values."));
  }
  return {};
}

Matrix multiplyTransposed(MatrixView a, MatrixView b) {
  assert(a.cols() == b.cols());
  Matrix out{a.rows(), b.rows()};
  if (out.empty()) return out;
  const std::size_t strideW = paddedTo16(b.cols());
  AlignedFloats w{b.rows() * strideW};
  for (std::size_t i = 0; i < b.rows(); ++i) std::ranges::copy(b.row(i), w.data() + i * strideW);
  constexpr std::size_t kBlock = 48;
  for (std::size_t i = 0; i < a.rows(); i += kBlock) {
    kernels().forward(a.data() + i * a.stride(), a.stride(), std::min(kBlock, a.rows() - i), a.cols(), w.data(), strideW, b.rows(),
                      out.data() + i * out.cols(), out.cols());
  }
  return out;
}

}  // namespace patchbay::learn
