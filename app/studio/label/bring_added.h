// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <functional>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay::studio {

class Workspace;

/// A picture that "wrong: add to data" put into the project (`added`: the answer of add_picture) becomes part of the project's data set
/// and opens in the labelling. `done`: true when it is there, false when the project has no data set, or why it did not work.
void bringAdded(Workspace& workspace, const Value& added, QObject* context, std::function<void(const Result<bool>&)> done);

}  // namespace patchbay::studio
