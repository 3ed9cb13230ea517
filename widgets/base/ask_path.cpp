// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/ask_path.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>
#include <algorithm>

namespace patchbay::widgets {

namespace {

/// The extensions of filters: "csv", "tsv" of "Tables (*.csv *.tsv)"; none where any file will do.
QStringList suffixes(const QString& filters) {
  static const QRegularExpression pattern{QStringLiteral("\\*(?:\\.([\\w.]+))?[ )]")};
  QStringList all;
  for (const auto& match : pattern.globalMatch(filters)) {
    if (match.captured(1).isEmpty()) return {};
    all << match.captured(1);
  }
  return all;
}

bool endsWithOneOf(const QString& path, const QStringList& suffixes) {
  return std::ranges::any_of(suffixes, [&](const QString& one) { return path.endsWith(QLatin1Char('.') + one, Qt::CaseInsensitive); });
}

QFileDialog::FileMode modeOf(Ask ask) {
  switch (ask) {
    case Ask::Folder:
      return QFileDialog::Directory;
    case Ask::File:
      return QFileDialog::ExistingFile;
    case Ask::Files:
      return QFileDialog::ExistingFiles;
    case Ask::AnyFile:
    case Ask::Save:
      break;
  }
  return QFileDialog::AnyFile;
}

/// Where a dialog can begin: the place asked for, or what is left of its path when it is not there (a person without a folder of
/// pictures begins at home).
QString beginning(const PathQuestion& question) {
  auto path = question.start;
  if (question.ask == Ask::Save || path.isEmpty()) return path;
  while (!QFileInfo::exists(path) && QFileInfo{path}.path() != path) path = QFileInfo{path}.path();
  return path;
}

/// Saving: a name without an extension gets the one of the filter chosen.
void setUpSaving(QFileDialog& dialog) {
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  const auto follow = [&dialog](const QString& filter) { dialog.setDefaultSuffix(suffixes(filter).value(0)); };
  follow(dialog.selectedNameFilter());
  QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, follow);
}

/// Qt takes "day.1" for a name with an extension: here it becomes "day.1.csv". Where such a file exists it is asked once more, with
/// that name, because only the shorter one was asked about.
void answerSaving(QWidget* parent, PathQuestion question, QString path, const QString& suffix, const Answer& then) {
  const auto offered = suffixes(question.filters);
  if (!offered.isEmpty() && !endsWithOneOf(path, offered)) {
    path += QLatin1Char('.') + suffix;
    if (QFileInfo::exists(path)) {
      question.start = std::move(path);
      return askPaths(parent, question, then);
    }
  }
  then({path});
}

}  // namespace

void askPaths(QWidget* parent, const PathQuestion& question, Answer then) {
  const auto open = parent->findChildren<QFileDialog*>(QString{}, Qt::FindDirectChildrenOnly);
  if (std::ranges::any_of(open, &QFileDialog::isVisible)) return;
  auto* dialog = new QFileDialog{parent, question.title, beginning(question), question.filters};
  dialog->setFileMode(modeOf(question.ask));
  if (question.ask == Ask::Folder) dialog->setOption(QFileDialog::ShowDirsOnly);
  if (question.ask == Ask::Save) setUpSaving(*dialog);
  QObject::connect(dialog, &QDialog::finished, parent, [parent, question, dialog, then = std::move(then)](int result) {
    dialog->deleteLater();
    const auto chosen = dialog->selectedFiles();
    if (result != QDialog::Accepted || chosen.isEmpty()) return;
    const auto suffix = dialog->defaultSuffix();
    // Once the dialog has gone: what follows may take its time, or ask again.
    QTimer::singleShot(0, parent, [=] {
      if (question.ask == Ask::Save) answerSaving(parent, question, chosen.front(), suffix, then);
      else then(chosen);
    });
  });
  dialog->open();
}

void askPath(QWidget* parent, const PathQuestion& question, std::function<void(const QString&)> then) {
  askPaths(parent, question, [then = std::move(then)](const QStringList& chosen) { then(chosen.front()); });
}

}  // namespace patchbay::widgets
