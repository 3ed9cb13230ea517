// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <filesystem>

#include "engine/base/result.h"

namespace patchbay::studio {

class Workspace;

/// A copy of the pipeline that made an export, as a pipeline of this project: the export itself is proof and stays as it is. The same
/// copy is opened again as long as nobody changed it. Reads and writes files: belongs in a thread.
Result<std::filesystem::path> copyPipeline(const std::filesystem::path& exportedOrOnnx, const std::filesystem::path& project);

/// Opens it in a tab; says why where that does not work.
void openExported(Workspace& workspace, const std::filesystem::path& exportedOrOnnx);

/// The export as a block: its model, to be evaluated, tried or trained further.
void addExported(Workspace& workspace, const std::filesystem::path& folder, QPointF scene);

}  // namespace patchbay::studio
