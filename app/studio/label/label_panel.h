// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace patchbay::widgets {
class AnnotatorView;
}

namespace patchbay::studio {

class Workspace;

/// Labelling the project's data set, picture by picture: classes by number keys, shapes, the model's suggestion and why this picture is
/// next, how good the model is by now, training on what was labelled. Works by hand where the model cannot help.
///
/// Keys beside those of the picture: 1 to 9 the class, 0 none, / finds a class, Enter takes the suggestion, D next, A before, C copies the
/// shapes of the picture before, Ctrl+1 to Ctrl+9 give the chosen class that key, Ctrl+Z and Ctrl+Shift+Z undo and redo.
class LabelPanel : public QWidget {
  Q_OBJECT

 public:
  explicit LabelPanel(Workspace& workspace, QWidget* parent = nullptr);
  ~LabelPanel() override;
  /// Only these, the first of them first; none: what helps most. `title` is asked again when the language changes.
  void open(std::vector<std::string> ids, std::function<QString()> title, const std::string& from = {});
  widgets::AnnotatorView& view() const;
  std::string current() const;
  /// Whether that is what can be seen: until its picture is decoded the one before it is, or nothing.
  bool shown() const;
  bool idle() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  /// A folder, archive or file that is let go here is looked at, to be brought into the data set.
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Opens the panel, making it the first time.
void openLabelling(Workspace& workspace, const std::vector<std::string>& ids, const std::function<QString()>& title,
                   const std::string& from);

}  // namespace patchbay::studio
