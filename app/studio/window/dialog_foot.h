// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

class QDialog;

namespace patchbay::studio {

/// The last row of a dialog that does something long: how far it is, then the button that does it and the one that does not.
struct DialogFoot {
  QLabel* progress = nullptr;
  QProgressBar* bar = nullptr;
  QPushButton *ok = nullptr, *cancel = nullptr;
  QHBoxLayout* row = nullptr;
};
/// Object names are `name` + ".progress", ".ok" and ".cancel"; the buttons accept and reject the dialog. Texts are the caller's.
DialogFoot makeFoot(QDialog& dialog, const QString& name);

/// The first row of a dialog that imports: a path, and what chooses a folder or a file for it. Object names are the dialog's and ".path",
/// "." and the words given; texts and what the buttons do are the caller's.
struct PathRow {
  QLineEdit* where = nullptr;
  QPushButton *folder = nullptr, *file = nullptr;
  QHBoxLayout* row = nullptr;
};
PathRow makePathRow(QDialog& dialog, const QString& name, const QString& folder, const QString& file);

/// The column a dialog's rows stand in, with the distances all dialogs have.
QVBoxLayout* makeColumn(QDialog& dialog);

}  // namespace patchbay::studio
