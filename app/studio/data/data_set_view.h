// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace patchbay::widgets {
class DataGallery;
class HistoryPanel;
}  // namespace patchbay::widgets

namespace patchbay::studio {

class Workspace;

/// The project's data set: its pictures with filters and labels, the balance of its classes, its history, the ways in and out, and
/// the way from a revision to a training.
class DataSetView : public QWidget {
  Q_OBJECT

 public:
  explicit DataSetView(Workspace& workspace, QWidget* parent = nullptr);
  ~DataSetView() override;

  widgets::DataGallery& gallery() const;
  widgets::HistoryPanel& history() const;
  void showIds(std::vector<std::string> ids, std::function<QString()> title);
  /// What would come in from there; without a path it is asked for.
  void importFrom(const QString& path);
  void exportAs();
  /// "newest" or a revision's id: into the pipeline of the workspace, as one undo step.
  void trainOn(const std::string& revision);
  bool idle() const;
  QString headline() const;
  QString sinceTraining() const;  ///< Empty: never trained, or nothing was done since.

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Opens the view in its dock, making it the first time; with ids it shows only these items.
void openDataSet(Workspace& workspace, const std::vector<std::string>& ids, const std::function<QString()>& title);

}  // namespace patchbay::studio
