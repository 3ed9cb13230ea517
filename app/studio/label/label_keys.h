// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace patchbay::studio {

class Session;

/// Number keys that a person gave to classes, 1 to 9; they stay with the project, in a file of its folder.
using ClassKeys = std::map<int, std::string>;

std::filesystem::path keysFile(const std::filesystem::path& project);
/// Answers in the window's thread; a file that is not there or damaged gives none.
void readKeys(Session& session, QObject* context, std::function<void(ClassKeys)> answer);
/// In a thread; one at a time, or an older one may come last.
void writeKeys(Session& session, const ClassKeys& keys, QObject* context, std::function<void()> done);

}  // namespace patchbay::studio
