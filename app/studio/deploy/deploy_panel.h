// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <memory>

namespace patchbay::studio {

class ExportServer;
class MeasureView;
class ProveView;
class ServeView;
class WatchView;
class Workspace;

/// The exported models of a project at work: which there are, and for each measuring, serving, watching a folder and proof.
///
/// Listed are the folders in exports/ of the project, what its runs exported elsewhere, and what was opened here.
class DeployPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DeployPanel(Workspace& workspace, QWidget* parent = nullptr);
  ~DeployPanel() override;
  /// Lists this export too and chooses it; empty: looks what there is.
  void open(const QString& folder);
  /// Of the export that is chosen; empty: none is.
  QString chosen() const;
  bool idle() const;

  MeasureView& measure() const;
  ServeView& serve() const;
  WatchView& watch() const;
  ProveView& prove() const;

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Opens the panel, making it the first time; `folder` of an export, or empty.
void openDeploy(Workspace& workspace, const QString& folder);

/// The server of this workspace that would end with it, or nullptr.
ExportServer* endingServer(Workspace& workspace);
/// Asks whether a server that runs ends or is kept. False: not now - the person stays, or `again` is called when it is handed over.
bool askToLeaveServer(Workspace& workspace, QWidget* over, const std::function<void()>& again);

}  // namespace patchbay::studio
