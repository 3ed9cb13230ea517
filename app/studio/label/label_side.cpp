// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_side.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/studio/label/accuracy_view.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

QLabel* LabelSide::words(const char* name, bool head) {
  auto* one = new QLabel{this};
  one->setObjectName(QLatin1String{name});
  one->setTextFormat(Qt::PlainText);
  one->setWordWrap(true);
  if (head) {
    auto font = one->font();
    font.setWeight(QFont::DemiBold);
    one->setFont(font);
  }
  return one;
}

QToolButton* LabelSide::button(const char* name, const char* icon) {
  auto* one = new QToolButton{this};
  one->setObjectName(QLatin1String{name});
  one->setIcon(widgets::icon(QLatin1String{icon}));
  one->setIconSize({18, 18});
  one->setAutoRaise(true);
  return one;
}

LabelSide::LabelSide(QWidget* parent) : QWidget{parent} {
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 4, 8, 8);
  column->setSpacing(6);
  const auto list = [&](const char* name, int columns) {
    auto* one = new QTreeWidget{this};
    one->setObjectName(QLatin1String{name});
    one->setColumnCount(columns);
    one->setRootIsDecorated(false);
    one->setHeaderHidden(true);
    one->setUniformRowHeights(true);
    one->setTextElideMode(Qt::ElideRight);
    one->header()->setStretchLastSection(false);
    return one;
  };
  order = new QComboBox{this};
  order->setObjectName(QStringLiteral("label.order"));
  order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  place = words("label.place");
  label = words("label.label", true);
  saved = words("label.saved");
  suggestion = words("label.suggestion", true);
  reason = words("label.reason");
  help = words("label.help");
  accept = new QPushButton{this};
  accept->setObjectName(QStringLiteral("label.accept"));
  for (auto* one : std::initializer_list<QWidget*>{order, place, label, saved, suggestion, accept, reason, help}) column->addWidget(one);

  classesHead = words("label.classes-head", true);
  classes = list("label.classes", 3);
  classes->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  classes->header()->setSectionResizeMode(1, QHeaderView::Stretch);
  classes->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  classes->setMinimumHeight(66);
  classes->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  newClass = new QLineEdit{this};
  newClass->setObjectName(QStringLiteral("label.new-class"));
  newClass->setMaxLength(200);
  several = new QCheckBox{this};
  several->setObjectName(QStringLiteral("label.several"));
  ordered = new QCheckBox{this};
  ordered->setObjectName(QStringLiteral("label.ordered"));
  classUp = button("label.class-up", "up");
  classDown = button("label.class-down", "down");
  auto* steps = new widgets::FlowLayout{nullptr, 0, 2};
  for (auto* one : std::initializer_list<QWidget*>{ordered, classUp, classDown}) steps->addWidget(one);
  for (auto* one : std::initializer_list<QWidget*>{classesHead, classes, newClass, several}) column->addWidget(one);
  column->addLayout(steps);

  accuracyHead = words("label.accuracy-head", true);
  accuracy = words("label.accuracy");
  curve = new AccuracyView{this};
  confirm = new QPushButton{this};
  confirm->setObjectName(QStringLiteral("label.confirm"));
  trainHead = words("label.train-head", true);
  gate = words("label.gate");
  progress = new QProgressBar{this};
  progress->setObjectName(QStringLiteral("label.progress"));
  progress->setTextVisible(false);
  progress->setFixedHeight(6);
  train = new QPushButton{this};
  train->setObjectName(QStringLiteral("label.train"));
  train->setIcon(widgets::icon(QStringLiteral("run")));
  byItself = new QCheckBox{this};
  byItself->setObjectName(QStringLiteral("label.by-itself"));
  every = new QSpinBox{this};
  every->setObjectName(QStringLiteral("label.every"));
  every->setRange(5, 1000);
  every->setValue(20);
  auto* row = new widgets::FlowLayout{nullptr, 0, 6};
  row->addWidget(byItself);
  row->addWidget(every);
  for (auto* one : std::initializer_list<QWidget*>{accuracyHead, accuracy, curve, confirm, trainHead, gate, progress, train})
    column->addWidget(one);
  column->addLayout(row);
  shapesHead = words("label.shapes-head", true);
  shapesWords = words("label.shapes-words");
  shapes = list("label.shapes", 2);
  shapes->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  shapes->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  shapes->setFixedHeight(96);
  shapeHide = button("label.shape-hide", "mute");
  shapeLock = button("label.shape-lock", "pin");
  shapeUp = button("label.shape-up", "up");
  shapeDown = button("label.shape-down", "down");
  shapeRemove = button("label.shape-remove", "delete");
  auto* tools = new widgets::FlowLayout{nullptr, 0, 2};
  for (auto* one : {shapeHide, shapeLock, shapeUp, shapeDown, shapeRemove}) tools->addWidget(one);
  column->addWidget(shapesHead);
  column->addWidget(shapes);
  column->addLayout(tools);
  column->addWidget(shapesWords);

  effortHead = words("label.effort-head", true);
  effort = words("label.effort");
  column->addWidget(effortHead);
  column->addWidget(effort);
  column->addStretch(1);
}

void LabelSide::retranslate() {
  const auto name = [](QWidget* widget, const QString& text) { widget->setAccessibleName(text); };
  order->setToolTip(tr("Which picture comes next"));
  name(order, order->toolTip());
  accept->setToolTip(tr("Takes the suggestion as the label and goes to the next picture (Enter)"));
  name(classes, tr("Classes"));
  classes->setToolTip(
      tr("A click labels the picture, or chooses the class that shapes are drawn with. Ctrl and a number give the chosen class that key; / "
         "finds a class by its name."));
  newClass->setPlaceholderText(tr("Name a new class"));
  name(newClass, tr("Name a new class"));
  several->setText(tr("Several classes a picture"));
  several->setToolTip(tr("A number adds its class to the picture or takes it away; D goes on"));
  ordered->setText(tr("Classes have an order"));
  ordered->setToolTip(
      tr("Classes are steps of a scale, such as none, slight, severe. An evaluation then also says how often the model is right within one "
         "step."));
  shapesHead->setText(tr("Shapes"));
  name(shapes, tr("Shapes"));
  const auto tip = [&](QToolButton* button, const QString& text) {
    button->setToolTip(text);
    button->setStatusTip(text);
    name(button, text);
  };
  tip(classUp, tr("Move the chosen class a step up"));
  tip(classDown, tr("Move the chosen class a step down"));
  tip(shapeHide, tr("Hide or show the chosen shape (H)"));
  tip(shapeLock, tr("Lock or unlock the chosen shape (L)"));
  tip(shapeUp, tr("Bring the chosen shape forward (Page Up)"));
  tip(shapeDown, tr("Send the chosen shape back (Page Down)"));
  tip(shapeRemove, tr("Remove the chosen shape (Delete)"));
  accuracyHead->setText(tr("How good it is"));
  name(curve, tr("Accuracy over the number of labels"));
  trainHead->setText(tr("Training"));
  train->setText(tr("&Train on this revision"));
  byItself->setText(tr("By itself every"));
  every->setSuffix(tr(" labels"));
  byItself->setToolTip(tr("Trains again by itself whenever that many labels were given since the last time"));
  name(every, tr("Labels from one training to the next"));
  name(progress, tr("Labels on the way to a first training"));
  effortHead->setText(tr("Effort"));
}

}  // namespace patchbay::studio
