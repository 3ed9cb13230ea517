// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <filesystem>
#include <functional>

#include "engine/base/result.h"

namespace patchbay::studio {

class Workspace;

/// The pictures that a watched folder put into look-at-me/ become part of the project's data set, with what the model thought of them
/// as suggestions, and open in the labelling. `done`: how many came that were not there before, or why it did not work.
void bringUnsure(Workspace& workspace, const std::filesystem::path& lookAtMe, QObject* context,
                 const std::function<void(const Result<std::int64_t>&)>& done);

}  // namespace patchbay::studio
