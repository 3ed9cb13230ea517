// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>

#include "app/studio/try_it/try_parts.h"
#include "widgets/base/empty_state.h"
#include "widgets/gallery/picture_window.h"

namespace patchbay::studio {

/// What the panel "Try it" is made of, and where it lies; TryPanel says what it does.
struct TryView {
  static constexpr int thumbSide = 56;

  QComboBox *model = nullptr, *label = nullptr;
  QLabel *modelLabel = nullptr, *verdict = nullptr, *time = nullptr, *wrong = nullptr;
  QPushButton *open = nullptr, *paste = nullptr, *cameraOn = nullptr, *take = nullptr, *add = nullptr;
  QStackedWidget* pages = nullptr;
  widgets::EmptyState* empty = nullptr;
  widgets::PictureView* view = nullptr;
  QCheckBox* heat = nullptr;
  QSlider* opacity = nullptr;
  QWidget *result = nullptr, *heatRow = nullptr;
  ScoreBars* scores = nullptr;
  Remark *noModel = nullptr, *unlike = nullptr, *noUnlike = nullptr, *added = nullptr, *problem = nullptr;
  QListWidget* strip = nullptr;

  void build(QWidget& self);
  void setWords();
};

}  // namespace patchbay::studio
