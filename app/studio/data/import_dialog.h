// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <QPointF>
#include <memory>
#include <optional>

#include "engine/base/id.h"

namespace patchbay::studio {

class Workspace;

/// What would come in from a folder or table, and how: looks at it first, then adds a block or sets the existing one. Not modal.
class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  ImportDialog(Workspace& workspace, const QString& path, QPointF scene, const std::optional<NodeId>& block, QWidget* parent);
  ~ImportDialog() override;
  /// Looks at another folder or table.
  void setPath(const QString& path);
  /// Nothing is being looked at or copied.
  bool idle() const;
  void accept() override;
  void reject() override;

 Q_SIGNALS:
  void imported(const patchbay::NodeId& block);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

void openImport(Workspace& workspace, const QString& path, QPointF scene, const std::optional<NodeId>& block);

}  // namespace patchbay::studio
