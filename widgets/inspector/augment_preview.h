// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "engine/base/value.h"
#include "widgets/inspector/editor_context.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace patchbay::widgets {

class Note;

/// One of the user's pictures and what a list of augmentations makes of it.
class AugmentPreview : public QWidget {
  Q_OBJECT

 public:
  AugmentPreview(EditorContext& context, QWidget* parent);
  /// Shown soon after; a newer list takes the place of one that is still being computed.
  void show(const Value& augmentations);
  void retranslate();
  int shownCount() const { return static_cast<int>(images_.size()); }

 private:
  class Strip;
  void ask();
  void computeFor(const PictureRef& picture);
  void step(int by);

  EditorContext& context_;
  QLabel* heading_;
  QToolButton *previous_, *next_;
  QPushButton* again_;
  Strip* strip_;
  Note* note_;
  QTimer wait_;
  Value list_ = Value::List{};
  std::vector<PictureRef> samples_;
  int at_ = 0;
  int seed_ = 1;
  std::vector<QImage> images_;
};

}  // namespace patchbay::widgets
