// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::studio {

/// What came out of one port of a step, in a line.
struct PortNote {
  std::string type;  ///< "dataset", "model", ...
  std::string digest;
  QString line;  ///< "2,624 pictures, 2 classes"
};

/// What a block shows of its results.
struct OutputNote {
  QString figure;
  QImage thumbnail;
  std::map<std::string, PortNote> ports;
  std::function<void(OutputNote&)> words;  ///< Says figure and lines in the language of the moment, from the facts that were read.
  void retranslate() {
    if (const auto again = words) again(*this);
  }
};

/// Reads what a step made and makes a line and a small picture of it: a data set's counts and four of its pictures, a report's
/// headline, a model's size. `answer` comes once with the words and, where there are pictures, again with them.
void describeOutputs(widgets::EngineAccess& engine, const std::string& run, const std::string& step, QObject* context,
                     const std::function<void(const OutputNote&)>& answer);

}  // namespace patchbay::studio
