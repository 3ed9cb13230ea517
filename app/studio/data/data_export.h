// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <memory>

namespace patchbay::studio {

class Workspace;

/// Writes the project's data set as files that other tools read: format, folder, and afterwards what the format has no place for.
/// Not modal.
class DataExportDialog : public QDialog {
  Q_OBJECT

 public:
  DataExportDialog(Workspace& workspace, QWidget* parent);
  ~DataExportDialog() override;
  bool idle() const;
  void accept() override;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

void openDataExport(Workspace& workspace, QWidget* over);

}  // namespace patchbay::studio
