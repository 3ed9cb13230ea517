// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <functional>
#include <string>
#include <vector>

namespace patchbay::studio {

class Workspace;

/// Puts a revision ("newest" or an id) of the project's data into the pipeline of the workspace, as one undo step; an empty canvas gets
/// the pipeline most people begin with. What cannot be done is said in the workspace. `done`: whether it is in, while `context` lives.
void trainOnRevision(Workspace& workspace, const std::string& revision, const std::vector<std::string>& classes, QObject* context,
                     std::function<void(bool)> done = {});

}  // namespace patchbay::studio
