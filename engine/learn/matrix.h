// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::learn {

/// Rows of a row-major matrix that somebody else owns; row i begins at data + i * stride. An N-by-D matrix of
/// features has one picture a row.
template <class T>
class BasicMatrixView {
 public:
  BasicMatrixView() = default;
  BasicMatrixView(T* data, std::size_t rows, std::size_t cols) : BasicMatrixView{data, rows, cols, cols} {}
  BasicMatrixView(T* data, std::size_t rows, std::size_t cols, std::size_t stride)
      : data_{data}, rows_{rows}, cols_{cols}, stride_{stride} {
    assert(stride >= cols);
  }
  /// A writable view reads as a constant one.
  template <class U>
  requires(std::is_same_v<T, const U>) BasicMatrixView(const BasicMatrixView<U>& other)
      : BasicMatrixView{other.data(), other.rows(), other.cols(), other.stride()} {}

  T* data() const { return data_; }
  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  std::size_t stride() const { return stride_; }  ///< Elements from one row to the next, >= cols.
  bool empty() const { return rows_ == 0 || cols_ == 0; }

  std::span<T> row(std::size_t i) const { return {data_ + i * stride_, cols_}; }
  T& operator()(std::size_t i, std::size_t j) const { return data_[i * stride_ + j]; }
  /// Rows [begin, begin + count).
  BasicMatrixView rowRange(std::size_t begin, std::size_t count) const { return {data_ + begin * stride_, count, cols_, stride_}; }

 private:
  T* data_ = nullptr;
  std::size_t rows_ = 0, cols_ = 0, stride_ = 0;
};

using MatrixView = BasicMatrixView<const float>;
using MutableMatrixView = BasicMatrixView<float>;

/// A row-major float32 matrix that owns its elements.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t cols, float fill = 0) : rows_{rows}, cols_{cols}, data_(rows * cols, fill) {}
  Matrix(std::size_t rows, std::size_t cols, std::vector<float> data) : rows_{rows}, cols_{cols}, data_{std::move(data)} {
    assert(data_.size() == rows * cols);
  }
  explicit Matrix(MatrixView view);

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  bool empty() const { return data_.empty(); }
  float* data() { return data_.data(); }
  const float* data() const { return data_.data(); }
  std::span<float> row(std::size_t i) { return {data_.data() + i * cols_, cols_}; }
  std::span<const float> row(std::size_t i) const { return {data_.data() + i * cols_, cols_}; }
  float& operator()(std::size_t i, std::size_t j) { return data_[i * cols_ + j]; }
  float operator()(std::size_t i, std::size_t j) const { return data_[i * cols_ + j]; }
  MatrixView view() const { return {data_.data(), rows_, cols_}; }
  MutableMatrixView view() { return {data_.data(), rows_, cols_}; }
  operator MatrixView() const { return view(); }
  bool operator==(const Matrix&) const = default;

 private:
  std::size_t rows_ = 0, cols_ = 0;
  std::vector<float> data_;
};

/// Copies the rows whose numbers are given, in that order. Requires every index < x.rows().
Matrix selectRows(MatrixView x, std::span<const std::size_t> rows);
/// Fails (BadInput, "learn.not_finite") naming the first row and column that is NaN or infinite.
Result<> requireFinite(MatrixView x);
/// c = a * b^T. Requires a.cols() == b.cols(). Runs on the processor's widest vectors.
Matrix multiplyTransposed(MatrixView a, MatrixView b);

}  // namespace patchbay::learn
