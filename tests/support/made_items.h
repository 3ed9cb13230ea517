// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "engine/data/dataset.h"

namespace patchbay::testing {

/// The i-th made-up picture of a data set: the same every time.
inline Item madeItem(int i, const std::string& label = {}, const std::string& author = "import") {
  Item item;
  const auto path = "folder " + std::to_string(i % 7) + "/" + std::to_string(i) + ".png";
  item.digest = digestOf("picture " + std::to_string(i));
  item.id = makeItemId(path, item.digest);
  item.paths = {path};
  item.size = 1000 + i;
  item.width = 300;
  item.height = 200;
  if (!label.empty()) item.annotations.push_back({.label = label, .author = author});
  return item;
}

}  // namespace patchbay::testing
