// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_tools.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QWidgetAction>
#include <cmath>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

using widgets::Tool;

namespace {

struct ToolButton {
  Tool tool;
  const char *name, *icon;
};
constexpr ToolButton toolButtons[] = {{Tool::Select, "label.tool-select", "tool-select"},
                                      {Tool::Box, "label.tool-box", "tool-box"},
                                      {Tool::RotatedBox, "label.tool-rotated", "tool-rotated"},
                                      {Tool::Polygon, "label.tool-polygon", "tool-polygon"},
                                      {Tool::Hole, "label.tool-hole", "tool-hole"},
                                      {Tool::Brush, "label.tool-brush", "tool-brush"},
                                      {Tool::Eraser, "label.tool-eraser", "tool-eraser"},
                                      {Tool::Wand, "label.tool-wand", "tool-wand"},
                                      {Tool::Positive, "label.tool-positive", "tool-positive"},
                                      {Tool::Negative, "label.tool-negative", "tool-negative"},
                                      {Tool::Grab, "label.tool-grab", "tool-grab"}};

/// Sliders run from -100 to 100; in the middle nothing is changed.
double factor(int slider) { return std::pow(5.0, slider / 100.0); }

}  // namespace

QToolButton* LabelTools::button(const char* name, const char* icon) {
  auto* one = new QToolButton{this};
  one->setObjectName(QLatin1String{name});
  one->setIcon(widgets::icon(QLatin1String{icon}));
  one->setIconSize({20, 20});
  one->setAutoRaise(true);
  one->setFocusPolicy(Qt::TabFocus);
  return one;
}

LabelTools::LabelTools(widgets::AnnotatorView& view, QWidget* parent) : QWidget{parent}, view_{view} {
  auto* flow = new widgets::FlowLayout{this, 0, 2};
  previous_ = button("label.previous", "left");
  next_ = button("label.next", "right");
  flow->addWidget(previous_);
  flow->addWidget(next_);
  for (const auto& [tool, name, picture] : toolButtons) {
    auto* one = button(name, picture);
    one->setCheckable(true);
    tools_[tool] = one;
    flow->addWidget(one);
    connect(one, &QToolButton::clicked, this, [this, tool = tool] {
      view_.setTool(tool);
      follow();
      view_.setFocus();
    });
  }
  snap_ = button("label.snap", "tool-snap");
  snap_->setCheckable(true);
  snap_->setChecked(true);
  copy_ = button("label.copy", "copy");
  hide_ = button("label.hide-all", "mute");
  hide_->setCheckable(true);
  undo_ = button("label.undo", "undo");
  redo_ = button("label.redo", "redo");
  fit_ = button("label.fit", "fit");
  look_ = button("label.look", "tool-tones");
  look_->setPopupMode(QToolButton::InstantPopup);
  full_ = button("label.full", "window");
  full_->setCheckable(true);
  zoom_ = new QLabel{this};
  zoom_->setObjectName(QStringLiteral("label.zoom"));
  for (auto* one : std::initializer_list<QWidget*>{snap_, copy_, hide_, undo_, redo_, fit_, look_, full_, zoom_}) flow->addWidget(one);
  buildLook();
  connect(previous_, &QToolButton::clicked, this, &LabelTools::previousWanted);
  connect(next_, &QToolButton::clicked, this, &LabelTools::nextWanted);
  connect(undo_, &QToolButton::clicked, this, &LabelTools::undoWanted);
  connect(redo_, &QToolButton::clicked, this, &LabelTools::redoWanted);
  connect(copy_, &QToolButton::clicked, this, &LabelTools::copyWanted);
  connect(full_, &QToolButton::clicked, this, &LabelTools::fullWanted);
  connect(fit_, &QToolButton::clicked, &view_, &widgets::AnnotatorView::fit);
  connect(snap_, &QToolButton::toggled, this, [this](bool on) { view_.setSnapping(on); });
  connect(hide_, &QToolButton::clicked, this, [this](bool on) { view_.setAllHidden(on); });
  connect(&view_, &widgets::AnnotatorView::toolChanged, this, [this] { follow(); });
  connect(&view_, &widgets::AnnotatorView::shapesChanged, this, [this] { hide_->setChecked(view_.allHidden()); });
  connect(&view_, &widgets::AnnotatorView::zoomChanged, this, [this](double zoom) { zoom_->setText(widgets::sayPercent(zoom, 0)); });
  retranslate();
}

void LabelTools::buildLook() {
  sliders_ = new QWidget;
  auto* grid = new QGridLayout{sliders_};
  grid->setContentsMargins(12, 12, 12, 12);
  int row = 0;
  const auto slider = [&](const char* name, QLabel*& words) {
    words = new QLabel{sliders_};
    auto* one = new QSlider{Qt::Horizontal, sliders_};
    one->setObjectName(QLatin1String{name});
    one->setRange(-100, 100);
    one->setMinimumWidth(180);
    words->setBuddy(one);
    grid->addWidget(words, row, 0);
    grid->addWidget(one, row++, 1);
    connect(one, &QSlider::valueChanged, this, &LabelTools::look);
    return one;
  };
  brightness_ = slider("label.brightness", brightnessName_);
  contrast_ = slider("label.contrast", contrastName_);
  gamma_ = slider("label.gamma", gammaName_);
  neutral_ = new QToolButton{sliders_};
  neutral_->setObjectName(QStringLiteral("label.neutral"));
  grid->addWidget(neutral_, row, 1, Qt::AlignRight);
  connect(neutral_, &QToolButton::clicked, this, [this] {
    for (auto* one : {brightness_, contrast_, gamma_}) one->setValue(0);
  });
  auto* menu = new QMenu{look_};
  auto* action = new QWidgetAction{menu};
  action->setDefaultWidget(sliders_);
  menu->addAction(action);
  look_->setMenu(menu);
}

void LabelTools::look() { view_.setTones({brightness_->value() / 200.0, factor(contrast_->value()), factor(gamma_->value())}); }

void LabelTools::follow() {
  for (const auto& [tool, one] : tools_) {
    const auto why = view_.whyNot(tool);
    one->setChecked(tool == view_.tool());
    one->setEnabled(why.isEmpty());
    const auto name = tr("%1 (%2)").arg(widgets::sayTool(tool), widgets::toolKey(tool));
    one->setToolTip(why.isEmpty() ? name : tr("%1: %2").arg(name, why));
    one->setStatusTip(one->toolTip());
    one->setAccessibleName(widgets::sayTool(tool));
  }
}

void LabelTools::setSteps(bool undo, bool redo) {
  const auto set = [](QToolButton* button, bool on, const QString& tip, const QString& why) {
    button->setEnabled(on);
    button->setToolTip(on ? tip : why);
    button->setStatusTip(button->toolTip());
    button->setAccessibleName(tip);
  };
  set(undo_, undo, tr("Undo the last change of the data (Ctrl+Z)"), tr("Nothing was changed yet."));
  set(redo_, redo, tr("Do it again (Ctrl+Shift+Z)"), tr("Nothing was undone."));
}

void LabelTools::retranslate() {
  const auto name = [](QToolButton* button, const QString& text) {
    button->setToolTip(text);
    button->setStatusTip(text);
    button->setAccessibleName(text);
  };
  name(previous_, tr("Previous picture (A)"));
  name(next_, tr("Next picture (D)"));
  name(copy_, tr("Copy the shapes of the picture before (C)"));
  name(hide_, tr("Hide all shapes (Ctrl+H)"));
  name(snap_, tr("Points go to the edges near them; Shift leaves them where they are"));
  name(fit_, tr("Show all of the picture (F)"));
  name(look_, tr("Brightness, contrast and gamma of the view; the picture stays as it is"));
  name(full_, tr("Give the picture the whole window (Ctrl+Shift+F)"));
  brightnessName_->setText(tr("&Brightness"));
  contrastName_->setText(tr("&Contrast"));
  gammaName_->setText(tr("&Gamma"));
  for (auto* one : {brightness_, contrast_, gamma_})
    one->setAccessibleName(one == brightness_ ? tr("Brightness") : one == contrast_ ? tr("Contrast") : tr("Gamma"));
  neutral_->setText(tr("As it is"));
  zoom_->setAccessibleName(tr("Zoom"));
  follow();
}

}  // namespace patchbay::studio
