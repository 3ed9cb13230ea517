// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <memory>

namespace patchbay::studio {

class Workspace;

/// What is in a folder, an archive or another tool's export, before any of it comes into the project's data set: which format it is,
/// how many pictures and of which classes, what cannot be read and why. Not modal.
class DataImportDialog : public QDialog {
  Q_OBJECT

 public:
  DataImportDialog(Workspace& workspace, QWidget* parent);
  ~DataImportDialog() override;
  /// Looks there.
  void setPath(const QString& path);
  bool idle() const;
  void accept() override;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Without a path a folder is asked for first.
void openDataImport(Workspace& workspace, const QString& path, QWidget* over);

}  // namespace patchbay::studio
