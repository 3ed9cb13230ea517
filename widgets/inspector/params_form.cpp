// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/params_form.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"

namespace patchbay::widgets {

namespace {

constexpr std::size_t searchFrom = 13;  ///< So many parameters get a search field.
constexpr std::size_t alwaysShown = 8;  ///< Of many, those declared first; the others lie under "More".

}  // namespace

ParamsForm::ParamsForm(const Schema& schema, EditorContext& context, QWidget* parent)
    : QWidget{parent},
      schema_{schema},
      context_{context},
      heading_{new QLabel{this}},
      resetAll_{new QPushButton{this}},
      nothing_{new Note{Tone::Neutral, false, this}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(16);
  auto* head = new QHBoxLayout;
  auto f = heading_->font();
  f.setBold(true);
  heading_->setFont(f);
  heading_->setWordWrap(true);
  resetAll_->setObjectName(QStringLiteral("inspector.resetAll"));
  resetAll_->setFlat(true);
  auto policy = resetAll_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  resetAll_->setSizePolicy(policy);
  head->addWidget(heading_, 1);
  head->addWidget(resetAll_);
  layout->addLayout(head);
  if (schema.params.size() >= searchFrom) {
    search_ = new QLineEdit{this};
    search_->setObjectName(QStringLiteral("inspector.search"));
    search_->setClearButtonEnabled(true);
    makeRoomy(search_);
    layout->addWidget(search_);
    connect(search_, &QLineEdit::textChanged, this, &ParamsForm::arrange);
  }
  layout->addWidget(nothing_);
  if (schema.params.size() >= searchFrom) more_ = new Section{QStringLiteral("inspector.more"), this};
  auto* below = more_ ? new QVBoxLayout{more_->body()} : nullptr;
  if (below) {
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(16);
  }
  std::size_t shown = 0;
  for (const auto& info : schema.params) {
    // What must be set is never hidden away.
    const bool up = !more_ || shown < alwaysShown || info.required;
    auto* row = new ParamRow{info, context, up ? this : more_->body()};
    (up ? layout : below)->addWidget(row);
    if (up) ++shown;
    rows_.push_back(row);
    connect(row, &ParamRow::edited, this, [this, key = info.key](const Value& value, bool series) { Q_EMIT edited(key, value, series); });
    connect(row, &ParamRow::seriesEnded, this, &ParamsForm::seriesEnded);
    connect(row, &ParamRow::resetRequested, this, [this, key = info.key] { Q_EMIT resetRequested({key}); });
    connect(row, &ParamRow::helpRequested, this, [this, key = info.key] { Q_EMIT helpRequested(fromUtf8(key)); });
  }
  if (more_) layout->addWidget(more_);
  connect(resetAll_, &QPushButton::clicked, this, [this] {
    std::vector<std::string> keys;
    for (const auto* row : rows_)
      if (!row->atDefault() && !row->locked()) keys.push_back(row->info().key);
    Q_EMIT resetRequested(keys);
  });
  retranslate();
}

QString ParamsForm::lockedBy(const ParamInfo& info, const Value& params) const {
  for (const auto& condition : info.enabledIf) {
    ParamInfo one = info;
    one.enabledIf = {condition};
    if (patchbay::isEnabled(one, params)) continue;
    const auto* other = schema_.param(condition.param);
    const auto name = other && !other->label.empty() ? say(other->label) : fromUtf8(condition.param);
    QString values;
    for (const auto& value : condition.values) {
      const auto text = other ? shortValue(*other, value) : fromUtf8(toJson(value));
      values = values.isEmpty() ? text : tr("%1 or %2").arg(values, text);
    }
    return tr("Can be changed when \"%1\" is \"%2\".").arg(name, values);
  }
  return {};
}

void ParamsForm::display(const std::vector<Value>& written, const std::map<std::string, std::vector<Said>>& problems,
                         const std::map<std::string, QString>& locks, const QString& lockAll) {
  std::vector<Value> params;
  for (const auto& one : written) {
    std::vector<ParamProblem> ignored;
    params.push_back(normaliseParams(schema_, one, ignored));
  }
  if (params.empty()) return;
  visible_.clear();
  changed_ = 0;
  for (auto* row : rows_) {
    const auto& info = row->info();
    bool several = false, atDefault = true;
    for (std::size_t i = 0; i < params.size(); ++i) {
      several = several || params[i][info.key] != params[0][info.key];
      // A value that cannot be used counts as changed, although its place is taken by the default.
      const auto* given = written[i].find(info.key);
      std::vector<ParamProblem> wrong;
      if (given) normaliseParam(info, *given, wrong);
      atDefault = atDefault && params[i][info.key] == info.def && wrong.empty();
      if (patchbay::isVisible(info, params[i])) visible_.insert(info.key);
    }
    // A number out of range is shown as it is written, with what is wrong below it.
    const auto* given = written[0].find(info.key);
    const bool raw = given && given->isNumber() && info.def.isNumber() && !several;
    row->display(raw ? *given : params[0][info.key], several, atDefault);
    if (!atDefault || several) ++changed_;
    const auto lock = locks.find(info.key);
    row->setLocked(!lockAll.isEmpty() ? lockAll : lock != locks.end() ? lock->second : lockedBy(info, params[0]));
    const auto said = problems.find(info.key);
    row->setProblems(said == problems.end() ? std::vector<Said>{} : said->second);
  }
  arrange();
}

void ParamsForm::arrange() {
  const auto query = search_ ? search_->text().trimmed() : QString{};
  int found = 0, below = 0, belowChanged = 0;
  for (auto* row : rows_) {
    const bool can = visible_.count(row->info().key) > 0 && row->matches(query);
    row->setVisible(can);
    found += can;
    if (more_ && row->parentWidget() == more_->body() && can) {
      ++below;
      belowChanged += !row->atDefault();
      if (row->hasProblems()) more_->setOpen(true);
    }
  }
  if (more_) {
    more_->setVisible(below > 0);
    if (!query.isEmpty() && below > 0) more_->setOpen(true);
    more_->setTitle(belowChanged > 0 ? tr("More (%1, %2 changed)").arg(below).arg(belowChanged) : tr("More (%1)").arg(below));
  }
  nothing_->say(found > 0                ? QString{}
                : schema_.params.empty() ? tr("There is nothing to set on this block.")
                : query.isEmpty()        ? tr("There is nothing to set now.")
                                         : tr("No setting matches \"%1\".").arg(query));
  resetAll_->setVisible(changed_ > 0);
  resetAll_->setText(tr("Reset all"));
  resetAll_->setAccessibleName(resetAll_->text());
  resetAll_->setToolTip(tr("Puts %n changed setting(s) back to the default.", nullptr, changed_));
}

void ParamsForm::focusParam(const std::string& key) {
  for (auto* row : rows_) {
    if (row->info().key != key) continue;
    if (search_ && !row->matches(search_->text().trimmed())) search_->clear();
    if (more_ && row->parentWidget() == more_->body()) more_->setOpen(true);
    return row->focusEditor();
  }
}

bool ParamsForm::moreOpen() const { return more_ && more_->isOpen(); }
void ParamsForm::setMoreOpen(bool open) {
  if (more_) more_->setOpen(open);
}

void ParamsForm::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

void ParamsForm::retranslate() {
  heading_->setText(tr("Settings"));
  if (search_) {
    search_->setPlaceholderText(tr("Search the settings"));
    search_->setAccessibleName(tr("Search the settings"));
  }
  for (auto* row : rows_) row->retranslate();
  arrange();
}

}  // namespace patchbay::widgets
