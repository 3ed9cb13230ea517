// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// Points of a 2-D map of pictures.
struct MapPoints {
  std::vector<QPointF> points;
  std::vector<std::string> ids;
  std::vector<std::int32_t> label;      ///< Index in `classes`, -1: not labelled.
  std::vector<std::int32_t> predicted;  ///< Empty, or index in `classes`, -1: not predicted.
  std::vector<std::uint8_t> split;      ///< As enum Split.
  std::vector<QString> classes;
  std::vector<PictureRef> pictures;  ///< Empty, or one a point.
};

}  // namespace patchbay::widgets
