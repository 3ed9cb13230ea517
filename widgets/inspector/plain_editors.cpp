// SPDX-License-Identifier: GPL-3.0-or-later
// Colour, device and free JSON.
#include <QColorDialog>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

/// "#rrggbb" or "#rrggbbaa" as files have it; Qt puts the alpha first.
QColor colourFrom(const QString& text) {
  if (text.size() == 9) {
    auto colour = QColor::fromString(text.left(7));
    bool ok = false;
    const int alpha = text.mid(7).toInt(&ok, 16);
    if (ok) colour.setAlpha(alpha);
    return colour;
  }
  return QColor::fromString(text);
}

QString colourText(const QColor& colour) {
  const auto rgb = colour.name(QColor::HexRgb);
  return colour.alpha() == 255 ? rgb : rgb + QStringLiteral("%1").arg(colour.alpha(), 2, 16, QLatin1Char{'0'});
}

class Swatch final : public QToolButton {
 public:
  using QToolButton::QToolButton;
  void setColour(const QColor& colour) {
    colour_ = colour;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen{hasFocus() ? palette().color(QPalette::Highlight) : palette().color(QPalette::Dark), hasFocus() ? 2.0 : 1.0});
    p.setBrush(colour_.isValid() ? colour_ : QColor{Qt::transparent});
    p.drawRoundedRect(QRectF{rect()}.adjusted(2, 2, -2, -2), 6, 6);
    if (!colour_.isValid()) p.drawLine(rect().bottomLeft() + QPoint{6, -6}, rect().topRight() + QPoint{-6, 6});
  }

 private:
  QColor colour_;
};

class ColourEditor final : public ParamEditor {
  Q_OBJECT

 public:
  ColourEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, swatch_{new Swatch{this}}, line_{new QLineEdit{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    swatch_->setObjectName(name(".choose"));
    makeRoomy(line_);
    swatch_->setFixedSize(40, line_->minimumHeight());
    swatch_->setFocusPolicy(Qt::StrongFocus);
    line_->setObjectName(name());
    layout->addWidget(swatch_);
    layout->addWidget(line_);
    retranslate();
    connect(line_, &QLineEdit::textEdited, this, &ColourEditor::typed);
    connect(line_, &QLineEdit::editingFinished, this, &ParamEditor::seriesEnded);
    connect(swatch_, &QToolButton::clicked, this, &ColourEditor::choose);
  }
  void display(const Value& value, bool several) override {
    const auto text = several ? QString{} : fromUtf8(value.asText());
    if (line_->text() != text && !line_->property("refused").toBool()) line_->setText(text);
    line_->setPlaceholderText(several ? severalValues() : QStringLiteral("#rrggbb"));
    swatch_->setColour(several ? QColor{} : colourFrom(text));
  }
  QWidget* field() const override { return line_; }
  void retranslate() override {
    line_->setAccessibleName(label());
    setWhat(swatch_, tr("Choose a colour…"));
  }

 private:
  void typed(const QString& text) {
    std::vector<ParamProblem> problems;
    const Value value{toUtf8(text.trimmed())};
    normaliseParam(info(), value, problems);
    line_->setProperty("refused", !problems.empty());
    if (!problems.empty()) return Q_EMIT refused(widgets::say(problems[0].cause), widgets::say(problems[0].hint));
    Q_EMIT refused({}, {});
    Q_EMIT edited(value, true);
  }
  void choose() {
    auto* dialog = new QColorDialog{colourFrom(line_->text()), window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(name(".dialog"));
    dialog->setWindowTitle(tr("Choose a colour"));
    dialog->setOption(QColorDialog::ShowAlphaChannel);
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor& colour) {
      line_->setProperty("refused", false);
      Q_EMIT refused({}, {});
      Q_EMIT edited(Value{toUtf8(colourText(colour))}, false);
    });
    dialog->open();
  }

  Swatch* swatch_;
  QLineEdit* line_;
};

/// auto, cpu, cuda; others ("cuda:1") may be typed.
class DeviceEditor final : public ParamEditor {
  Q_OBJECT

 public:
  DeviceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, combo_{new QComboBox{this}}, help_{new Note{Tone::Neutral, true, this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(combo_);
    layout->addWidget(help_);
    combo_->setObjectName(name());
    combo_->setEditable(true);
    combo_->setInsertPolicy(QComboBox::NoInsert);
    combo_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    makeRoomy(combo_->lineEdit());
    combo_->setMinimumHeight(combo_->fontMetrics().height() + 12);
    combo_->addItems(
        {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda"), QStringLiteral("cuda:0"), QStringLiteral("cuda:1")});
    keepFromWheel(combo_);
    retranslate();
    connect(combo_, &QComboBox::activated, this, &DeviceEditor::take);
    connect(combo_->lineEdit(), &QLineEdit::editingFinished, this, &DeviceEditor::take);
  }
  void display(const Value& value, bool several) override {
    shown_ = several ? QString{} : fromUtf8(value.asText());
    combo_->setEditText(shown_);
    combo_->lineEdit()->setPlaceholderText(several ? severalValues() : QString{});
    explain();
  }
  QWidget* field() const override { return combo_; }
  void retranslate() override {
    combo_->setAccessibleName(label());
    explain();
  }

 private:
  void explain() {
    if (shown_ == QLatin1String{"auto"}) help_->say(tr("The GPU when there is one that fits, else the processor."));
    else if (shown_ == QLatin1String{"cpu"}) help_->say(tr("The processor."));
    else if (shown_.startsWith(QLatin1String{"cuda"})) help_->say(tr("An NVIDIA GPU; the block fails where there is none."));
    else help_->say({});
  }
  void take() {
    const auto text = combo_->currentText().trimmed();
    if (text == shown_) return;
    std::vector<ParamProblem> problems;
    const Value value{toUtf8(text)};
    normaliseParam(info(), value, problems);
    if (!problems.empty()) return Q_EMIT refused(widgets::say(problems[0].cause), widgets::say(problems[0].hint));
    Q_EMIT refused({}, {});
    shown_ = text;
    Q_EMIT edited(value, false);
  }

  QComboBox* combo_;
  Note* help_;
  QString shown_;
};

/// A value of any kind as JSON text; taken as soon as it can be read.
class JsonEditor final : public ParamEditor {
  Q_OBJECT

 public:
  JsonEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, text_{new QPlainTextEdit{this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(text_);
    text_->setObjectName(name());
    text_->setTabChangesFocus(true);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text_->setFixedHeight(text_->fontMetrics().lineSpacing() * 5 + 16);
    wait_.setSingleShot(true);
    wait_.setInterval(300);
    retranslate();
    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
      if (!filling_) wait_.start();
    });
    connect(&wait_, &QTimer::timeout, this, &JsonEditor::take);
    text_->installEventFilter(this);
  }
  void display(const Value& value, bool several) override {
    text_->setPlaceholderText(several ? severalValues() : QString{});
    if (!several && value == value_ && shown_) return;
    value_ = value;
    shown_ = true;
    filling_ = true;
    text_->setPlainText(several || value.isNull() ? QString{} : fromUtf8(toJson(value, JsonStyle::Pretty)).trimmed());
    filling_ = false;
  }
  QWidget* field() const override { return text_; }
  void retranslate() override { text_->setAccessibleName(label()); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::FocusOut) {
      if (wait_.isActive()) take();
      Q_EMIT seriesEnded();
    }
    return ParamEditor::eventFilter(watched, event);
  }

 private:
  void take() {
    wait_.stop();
    const auto text = text_->toPlainText().trimmed();
    auto parsed = text.isEmpty() ? Result<Value>{Value{}} : parseJson(toUtf8(text));
    if (!parsed) return Q_EMIT refused(widgets::say(parsed.error().cause), widgets::say(parsed.error().hint));
    Q_EMIT refused({}, {});
    if (*parsed == value_) return;
    value_ = *parsed;
    Q_EMIT edited(value_, true);
  }

  QPlainTextEdit* text_;
  QTimer wait_;
  Value value_;
  bool filling_ = false, shown_ = false;
};

}  // namespace

ParamEditor* makeColourEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new ColourEditor{info, context, parent};
}
ParamEditor* makeDeviceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new DeviceEditor{info, context, parent};
}
ParamEditor* makeJsonEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new JsonEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "plain_editors.moc"
