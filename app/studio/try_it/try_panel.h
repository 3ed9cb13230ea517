// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QList>
#include <QUrl>
#include <QWidget>
#include <memory>

#include "engine/base/value.h"

namespace patchbay::studio {

class Workspace;

/// Tries a trained model on pictures that are dropped, pasted, opened or come from the camera: class, scores, where it looked,
/// whether the picture is unlike the data, how long it took. A wrong answer is put right and added to the data.
class TryPanel : public QWidget {
  Q_OBJECT

 public:
  explicit TryPanel(Workspace& workspace, QWidget* parent = nullptr);
  ~TryPanel() override;

  /// Adds them to the strip and shows the first one.
  void addPictures(const QList<QUrl>& files);
  void addImage(const QImage& image, const QString& name);
  void paste();
  void openFiles();
  void setCamera(bool on);
  /// Puts the label right: copies the picture into the project, where the next training finds it.
  void addToData(const QString& label);
  /// What the service answered for the picture shown; null: nothing yet.
  Value answer() const;
  int count() const;
  bool busy() const;

 Q_SIGNALS:
  /// The answer for the picture shown is there, or why there is none.
  void answered();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Opens the panel in a dock of the window, making it the first time.
void openTry(Workspace& workspace, const QList<QUrl>& pictures);

}  // namespace patchbay::studio
