// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QHBoxLayout;

namespace patchbay::widgets {

class CanvasView;

/// Where one is when groups are open: pipeline > group > group inside, each a button that goes there. Hidden at the top.
class Breadcrumbs : public QWidget {
  Q_OBJECT

 public:
  explicit Breadcrumbs(CanvasView& view, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void rebuild();

  CanvasView& view_;
  QHBoxLayout* layout_;
};

}  // namespace patchbay::widgets
