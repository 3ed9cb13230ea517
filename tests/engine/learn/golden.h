// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include "engine/base/file.h"
#include "engine/base/value.h"
#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// tests/data/learn/golden.json: what scikit-learn and scipy say; make_golden.py beside it wrote it.
inline const Value& golden() {
  static const Value value = [] {
    const auto text = readFile(std::string{PATCHBAY_LEARN_DATA} + "/golden.json");
    if (!text) throw std::runtime_error{describe(text.error())};
    return *parseJson(*text);
  }();
  return value;
}

template <class T>
std::vector<T> numbers(const Value& list) {
  std::vector<T> out;
  for (const auto& v : list.asList()) out.push_back(static_cast<T>(v.asDouble()));
  return out;
}

inline Matrix matrixOf(const Value& list, std::size_t cols) {
  auto data = numbers<float>(list);
  const std::size_t rows = data.size() / cols;
  return Matrix{rows, cols, std::move(data)};
}

/// Expects the same numbers in the same order.
inline void expectClose(const Matrix& got, const Value& list, double tolerance) {
  const auto want = numbers<double>(list);
  ASSERT_EQ(got.rows() * got.cols(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_NEAR(got.data()[i], want[i], tolerance) << "number " << i;
}

}  // namespace patchbay::learn
