// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/params_form.h"

namespace patchbay::widgets {

ParamRow::ParamRow(const ParamInfo& info, EditorContext& context, QWidget* parent)
    : QWidget{parent},
      editor_{makeParamEditor(info, context, this)},
      label_{new QLabel{this}},
      default_{new QLabel{this}},
      cause_{new Note{Tone::Bad, true, this}},
      hint_{new Note{Tone::Neutral, true, this}},
      lock_{new Note{Tone::Neutral, true, this}} {
  const auto key = QStringLiteral("param.") + fromUtf8(info.key);
  setObjectName(key + QStringLiteral(".row"));
  help_ = iconButton(QStringLiteral("help"), QStringLiteral("?"), key + QStringLiteral(".help"), this);
  reset_ = iconButton(QStringLiteral("reset"), QStringLiteral("↺"), key + QStringLiteral(".reset"), this);
  cause_->setObjectName(key + QStringLiteral(".error"));
  hint_->setObjectName(key + QStringLiteral(".hint"));
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  label_->setWordWrap(true);
  label_->setBuddy(editor_->field());
  for (auto* b : {help_, reset_}) b->setFixedSize(24, 24);
  default_->setForegroundRole(QPalette::PlaceholderText);
  auto small = default_->font();
  small.setPointSizeF(small.pointSizeF() * 0.88);
  default_->setFont(small);
  head->addWidget(label_, 1);
  head->addWidget(default_);
  head->addWidget(reset_);
  head->addWidget(help_);
  if (editor_->besideLabel()) head->addWidget(editor_);
  layout->addLayout(head);
  if (!editor_->besideLabel()) layout->addWidget(editor_);
  layout->addWidget(lock_);
  layout->addWidget(cause_);
  layout->addWidget(hint_);
  retranslate();

  connect(editor_, &ParamEditor::edited, this, [this](const Value& value, bool series) {
    refused_ = {};
    Q_EMIT edited(value, series);
  });
  connect(editor_, &ParamEditor::seriesEnded, this, &ParamRow::seriesEnded);
  connect(editor_, &ParamEditor::refused, this, [this](const QString& cause, const QString& hint) {
    refused_ = {cause, hint};
    tell();
  });
  connect(reset_, &QToolButton::clicked, this, [this] {
    refused_ = {};
    Q_EMIT resetRequested();
  });
  connect(help_, &QToolButton::clicked, this, &ParamRow::helpRequested);
}

void ParamRow::display(const Value& value, bool several, bool atDefault) {
  // What was refused stays in the field to be corrected, unless the value was changed elsewhere.
  if (refused_.cause.isEmpty()) editor_->display(value, several);
  atDefault_ = atDefault && !several;
  // What must be set has no default to speak of.
  default_->setVisible(atDefault_ && !info().required);
  reset_->setVisible(!atDefault_);
  auto f = label_->font();
  f.setWeight(atDefault_ ? QFont::Normal : QFont::DemiBold);
  label_->setFont(f);
  tell();
}

void ParamRow::setLocked(const QString& reason) {
  reason_ = reason;
  editor_->setEnabled(reason.isEmpty());
  reset_->setEnabled(reason.isEmpty());
  lock_->say(reason);
  editor_->setStatusTip(reason);
  retranslate();
}

void ParamRow::setProblems(std::vector<Said> problems) {
  problems_ = std::move(problems);
  tell();
}

void ParamRow::tell() {
  const auto& said = !refused_.cause.isEmpty() ? refused_ : problems_.empty() ? Said{} : problems_.front();
  cause_->setTone(said.warning ? Tone::Warning : Tone::Bad);
  cause_->say(said.cause);
  hint_->say(said.hint);
  editor_->field()->setAccessibleDescription(said.cause.isEmpty() ? say(info().help) : said.cause + QLatin1Char{' '} + said.hint);
}

bool ParamRow::matches(const QString& query) const {
  if (query.isEmpty()) return true;
  const auto has = [&](const QString& text) { return text.contains(query, Qt::CaseInsensitive); };
  if (has(say(info().label)) || has(fromUtf8(patchbay::render(info().label))) || has(fromUtf8(info().key)) || has(say(info().help)))
    return true;
  for (const auto& choice : info().choices)
    if (has(say(choice.label)) || has(fromUtf8(choice.key))) return true;
  return false;
}

void ParamRow::focusEditor() { editor_->field()->setFocus(Qt::ShortcutFocusReason); }

void ParamRow::retranslate() {
  const auto text = info().label.empty() ? fromUtf8(info().key) : say(info().label);
  label_->setText(info().required ? tr("%1 *", "a parameter that must be set").arg(text) : text);
  auto tip = say(info().help);
  const auto usual = tr("Default: %1").arg(shortValue(info(), info().def));
  tip = tip.isEmpty() ? usual : tip + QStringLiteral("\n") + usual;
  if (!reason_.isEmpty()) tip = reason_ + QStringLiteral("\n") + tip;
  label_->setToolTip(tip);
  editor_->field()->setToolTip(tip);
  default_->setText(tr("default"));
  default_->setToolTip(usual);
  setWhat(help_, tr("What \"%1\" means").arg(text));
  help_->setToolTip(say(info().help).isEmpty() ? help_->accessibleName() : say(info().help));
  setWhat(reset_, tr("Back to the default: %1").arg(shortValue(info(), info().def)));
  if (!reason_.isEmpty()) setWhat(reset_, reason_);
  tell();
}

}  // namespace patchbay::widgets
