// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <functional>

class QWidget;

namespace patchbay::widgets {

/// What is asked for: one folder, one file that is there, several, a file that may or may not be there, or where to save.
enum class Ask { Folder, File, Files, AnyFile, Save };

struct PathQuestion {
  Ask ask = Ask::Folder;
  QString title;
  /// The folder to begin in, or the file proposed; empty: where the last such question ended.
  QString start;
  /// "Tables (*.csv);;All files (*)". Saving: a name without an extension gets the first one of the filter chosen.
  QString filters;
};

/// Gets the paths chosen, at least one.
using Answer = std::function<void(const QStringList&)>;

/// Asks a person for a path, with the dialog of the desktop where it has one, else Qt's. `then` is
/// not called when the question was cancelled or `parent` has gone. While `parent` asks it asks nothing else.
void askPaths(QWidget* parent, const PathQuestion& question, Answer then);
/// The same for one path.
void askPath(QWidget* parent, const PathQuestion& question, std::function<void(const QString&)> then);

}  // namespace patchbay::widgets
