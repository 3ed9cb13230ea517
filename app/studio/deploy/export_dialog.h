// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/base/id.h"

namespace patchbay::studio {

class Workspace;

/// What an export would be (size, speed on this machine, accuracy with its interval), where it goes, and afterwards what to do
/// with it. Runs the block Export of the pipeline, adding one where there is none. Not modal.
class ExportDialog : public QDialog {
  Q_OBJECT

 public:
  ExportDialog(Workspace& workspace, std::optional<NodeId> model, QWidget* parent);
  ~ExportDialog() override;
  /// Nothing is being measured or written.
  bool idle() const;
  /// Where it was written; empty: not yet.
  const std::filesystem::path& exported() const;
  void accept() override;

 Q_SIGNALS:
  void measured();
  /// Written, or it failed and says why.
  void ended(bool ok);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

void openExport(Workspace& workspace, std::optional<NodeId> model);

}  // namespace patchbay::studio
