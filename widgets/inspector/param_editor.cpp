// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/param_editor.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"

namespace patchbay::widgets {

namespace {

class BoolEditor final : public ParamEditor {
 public:
  BoolEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, switch_{new Switch{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(switch_);
    switch_->setObjectName(name());
    retranslate();
    connect(switch_, &QAbstractButton::clicked, this, [this](bool on) { Q_EMIT edited(Value{on}, false); });
  }
  void display(const Value& value, bool several) override {
    switch_->setChecked(value.asBool());
    switch_->setSeveral(several);
    switch_->setAccessibleDescription(several ? severalValues() : QString{});
  }
  QWidget* field() const override { return switch_; }
  bool besideLabel() const override { return true; }
  void retranslate() override { switch_->setAccessibleName(label()); }

 private:
  Switch* switch_;
};

class TextEditor final : public ParamEditor {
 public:
  TextEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, line_{new QLineEdit{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(line_);
    line_->setObjectName(name());
    makeRoomy(line_);
    retranslate();
    connect(line_, &QLineEdit::textEdited, this, [this](const QString& text) { Q_EMIT edited(Value{toUtf8(text)}, true); });
    connect(line_, &QLineEdit::editingFinished, this, &ParamEditor::seriesEnded);
  }
  void display(const Value& value, bool several) override {
    const auto text = several ? QString{} : fromUtf8(value.asText());
    if (line_->text() != text) line_->setText(text);
    line_->setPlaceholderText(several ? severalValues() : QString{});
  }
  QWidget* field() const override { return line_; }
  void retranslate() override { line_->setAccessibleName(label()); }

 private:
  QLineEdit* line_;
};

}  // namespace

ParamEditor::ParamEditor(ParamInfo info, EditorContext& context, QWidget* parent)
    : QWidget{parent}, info_{std::move(info)}, context_{context} {}

QString ParamEditor::name(const char* part) const {
  return QStringLiteral("param.%1%2").arg(fromUtf8(info_.key), QString::fromLatin1(part));
}

QString ParamEditor::label() const { return info_.label.empty() ? fromUtf8(info_.key) : say(info_.label); }

void ParamEditor::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

ParamEditor* makeParamEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  switch (info.kind) {
    case ParamKind::Bool:
      return new BoolEditor{info, context, parent};
    case ParamKind::Integer:
    case ParamKind::Real:
      return makeNumberEditor(info, context, parent);
    case ParamKind::Text:
      return new TextEditor{info, context, parent};
    case ParamKind::Choice:
      return makeChoiceEditor(info, context, parent);
    case ParamKind::File:
    case ParamKind::Folder:
      return makePathEditor(info, context, parent);
    case ParamKind::ClassList:
    case ParamKind::TextList:
      return makeListEditor(info, context, parent);
    case ParamKind::Colour:
      return makeColourEditor(info, context, parent);
    case ParamKind::Augmentations:
      return makeAugmentEditor(info, context, parent);
    case ParamKind::Device:
      return makeDeviceEditor(info, context, parent);
    case ParamKind::Any:
      break;
  }
  return makeJsonEditor(info, context, parent);
}

QString severalValues() { return QCoreApplication::translate("inspector", "several values"); }

QString unitSuffix(Unit unit) {
  switch (unit) {
    case Unit::None:
      return {};
    case Unit::Pixel:
      return QCoreApplication::translate("inspector", "px");
    case Unit::Percent:
      return QCoreApplication::translate("inspector", "%");
    case Unit::Epoch:
      return QCoreApplication::translate("inspector", "epochs");
    case Unit::Step:
      return QCoreApplication::translate("inspector", "steps");
    case Unit::Picture:
      return QCoreApplication::translate("inspector", "pictures");
    case Unit::Second:
      return QCoreApplication::translate("inspector", "s");
    case Unit::Byte:
      return QCoreApplication::translate("inspector", "bytes");
    case Unit::Degree:
      return QCoreApplication::translate("inspector", "°");
  }
  return {};
}

QString unitSuffix(std::string_view unit) {
  if (unit == "degree") return unitSuffix(Unit::Degree);
  if (unit == "px") return unitSuffix(Unit::Pixel);
  if (unit == "%") return unitSuffix(Unit::Percent);
  return fromUtf8(unit);
}

QString shortValue(const ParamInfo& info, const Value& value) {
  if (value.isBool())
    return value.asBool() ? QCoreApplication::translate("inspector", "on") : QCoreApplication::translate("inspector", "off");
  if (value.isNumber()) {
    const auto unit = unitSuffix(info.unit);
    return unit.isEmpty() ? plainNumber(value.asDouble())
                          : QCoreApplication::translate("inspector", "%1 %2", "number and unit").arg(plainNumber(value.asDouble()), unit);
  }
  for (const auto& choice : info.choices)
    if (value.isText() && choice.key == value.asText()) return choice.label.empty() ? fromUtf8(choice.key) : say(choice.label);
  QString text;
  if (value.isNull()) return QCoreApplication::translate("inspector", "empty");
  if (info.kind == ParamKind::File || info.kind == ParamKind::Folder) text = pathText(value);
  else if (value.isText()) text = fromUtf8(displayText(value.asText()));
  else if (value.isList() && value.asList().empty()) text.clear();
  else text = fromUtf8(toJson(value));
  if (text.isEmpty()) return QCoreApplication::translate("inspector", "empty");
  return text.size() > 60 ? text.left(59) + QChar{0x2026} : text;
}

}  // namespace patchbay::widgets
