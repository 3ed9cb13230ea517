// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "widgets/base/block_names.h"
#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/sections.h"

namespace patchbay::widgets {

/// The category's icon in white on its colour.
class BlockHead::Tile final : public QWidget {
 public:
  explicit Tile(QWidget* parent) : QWidget{parent} { setFixedSize(36, 36); }
  void set(std::optional<Category> category) {
    category_ = category;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(category_ ? categoryColour(*category_, palette()) : toneColour(Tone::Neutral, palette()));
    p.drawRoundedRect(rect(), 8, 8);
    auto picture = category_ ? categoryIcon(*category_).pixmap(20, 20) : QPixmap{};
    if (picture.isNull()) {
      p.setPen(Qt::white);
      auto f = font();
      f.setBold(true);
      f.setPointSizeF(f.pointSizeF() * 1.3);
      p.setFont(f);
      return p.drawText(rect(), Qt::AlignCenter, category_ ? fromUtf8(toString(*category_)).left(1).toUpper() : QStringLiteral("?"));
    }
    QPainter tint{&picture};
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(picture.rect(), Qt::white);
    tint.end();
    p.drawPixmap(8, 8, 20, 20, picture);
  }

 private:
  std::optional<Category> category_;
};

namespace {

/// A heading until it is pointed at or typed in: then a field.
class TitleLine final : public QLineEdit {
 public:
  explicit TitleLine(QWidget* parent) : QLineEdit{parent} {
    setFrame(false);
    setAttribute(Qt::WA_Hover);
    setTextMargins(4, 2, 4, 2);
    tint();
  }

 protected:
  void paintEvent(QPaintEvent* event) override {
    if (hasFocus() || underMouse()) {
      QPainter p{this};
      p.setRenderHint(QPainter::Antialiasing);
      p.setPen(QPen{QApplication::palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid), hasFocus() ? 1.5 : 1.0});
      p.setBrush(QApplication::palette().color(QPalette::Base));
      p.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 5, 5);
    }
    QLineEdit::paintEvent(event);
  }
  void changeEvent(QEvent* event) override {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) tint();
  }

 private:
  /// Nothing behind the text, and the kind's name as strong as a title of one's own.
  void tint() {
    auto p = QApplication::palette();
    p.setColor(QPalette::Base, Qt::transparent);
    p.setColor(QPalette::PlaceholderText, p.color(QPalette::Text));
    setPalette(p);
  }
};

}  // namespace

BlockHead::BlockHead(InspectorState& state, QWidget* parent)
    : QWidget{parent},
      state_{state},
      ids_{state.selection},
      tile_{new Tile{this}},
      title_{new TitleLine{this}},
      several_{new QLabel{this}},
      type_{new QLabel{this}},
      summary_{new Note{Tone::Neutral, false, this}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  auto* row = new QHBoxLayout;
  row->setSpacing(10);
  row->addWidget(tile_, 0, Qt::AlignTop);
  auto* names = new QVBoxLayout;
  names->setSpacing(0);
  auto f = title_->font();
  f.setPointSizeF(f.pointSizeF() * 1.2);
  f.setWeight(QFont::DemiBold);
  title_->setFont(f);
  several_->setFont(f);
  several_->setWordWrap(true);
  title_->setObjectName(QStringLiteral("inspector.title"));
  type_->setForegroundRole(QPalette::PlaceholderText);
  type_->setTextFormat(Qt::PlainText);
  type_->setWordWrap(true);
  names->addWidget(title_);
  names->addWidget(several_);
  names->addWidget(type_);
  row->addLayout(names, 1);
  help_ = iconButton(QStringLiteral("help"), QStringLiteral("?"), QStringLiteral("inspector.help"), this);
  help_->setFixedSize(28, 28);
  row->addWidget(help_, 0, Qt::AlignTop);
  layout->addLayout(row);
  layout->addWidget(summary_);
  connect(title_, &QLineEdit::textEdited, this, &BlockHead::titled);
  connect(title_, &QLineEdit::editingFinished, this, [this] {
    title_->setCursorPosition(0);
    Q_EMIT titleEnded();
  });
  connect(help_, &QToolButton::clicked, this, &BlockHead::helpRequested);
  refresh();
}

void BlockHead::refresh() {
  const auto* node = state_.document().node(ids_.front());
  if (!node) return;
  const auto* schema = state_.catalogue().find(node->type);
  const bool one = ids_.size() == 1;
  const auto typeTitle = schema ? say(schema->info.title) : fromUtf8(node->type);
  tile_->set(schema ? std::optional{schema->info.category} : std::nullopt);
  title_->setVisible(one);
  several_->setVisible(!one);
  if (one) {
    const auto text = sayWritten(node->title);
    if (title_->text() != text) {
      title_->setText(text);
      title_->setCursorPosition(0);
    }
    title_->setPlaceholderText(typeTitle);
    title_->setReadOnly(state_.readOnly);
    title_->setAccessibleName(tr("Title of the block"));
    title_->setToolTip(state_.readOnly ? state_.readOnlyReason : tr("The title on the canvas; empty: \"%1\" (F2)").arg(typeTitle));
    // The type stands below where the title does not say it.
    type_->setText(typeTitle);
    type_->setVisible(!text.isEmpty() && text != typeTitle);
  } else {
    several_->setText(tr("%n block(s)", nullptr, static_cast<int>(ids_.size())));
    type_->setText(tr("%1: what you set here goes to all of them.").arg(typeTitle));
    type_->setVisible(true);
  }
  summary_->say(schema ? say(schema->info.summary)
                       : tr("This block is not installed here. It is kept as it is; install the pack it comes from to use it."));
  help_->setVisible(schema != nullptr);
  setWhat(help_, tr("Help on \"%1\" (F1)").arg(typeTitle));
}

void BlockHead::focusTitle() {
  title_->setFocus(Qt::ShortcutFocusReason);
  title_->selectAll();
}

void BlockHead::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) refresh();
  if (event->type() == QEvent::PaletteChange) tile_->update();
}

// ---- StateCard

class StateCard::Light final : public QWidget {
 public:
  explicit Light(QWidget* parent) : QWidget{parent} { setFixedSize(14, 14); }
  void set(Tone tone, bool hollow) {
    tone_ = tone;
    hollow_ = hollow;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    const auto colour = toneColour(tone_, palette());
    p.setPen(QPen{colour, 2});
    p.setBrush(hollow_ ? Qt::NoBrush : QBrush{colour});
    p.drawEllipse(QRectF{2, 2, 10, 10});
  }

 private:
  Tone tone_ = Tone::Neutral;
  bool hollow_ = true;
};

QString stateTitle(BlockState state) {
  switch (state) {
    case BlockState::Unknown:
      return StateCard::tr("Not checked yet");
    case BlockState::NotConfigured:
      return StateCard::tr("Not configured");
    case BlockState::Stale:
      return StateCard::tr("Will run");
    case BlockState::Queued:
      return StateCard::tr("Waiting");
    case BlockState::Running:
      return StateCard::tr("Running");
    case BlockState::Done:
      return StateCard::tr("Done");
    case BlockState::Failed:
      return StateCard::tr("Failed");
    case BlockState::Skipped:
      return StateCard::tr("Left out");
  }
  return {};
}

StateCard::StateCard(InspectorState& state, QWidget* parent)
    : QWidget{parent},
      state_{state},
      ids_{state.selection},
      light_{new Light{this}},
      what_{new QLabel{this}},
      figure_{new QLabel{this}},
      run_{new QPushButton{this}},
      result_{new QPushButton{this}},
      progress_{new QProgressBar{this}},
      reason_{new Note{Tone::Neutral, true, this}},
      hint_{new Note{Tone::Neutral, true, this}},
      mode_{new Note{Tone::Warning, true, this}},
      wrong_{new QWidget{this}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(12, 10, 10, 10);
  layout->setSpacing(6);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(light_);
  row->addWidget(what_, 1);
  row->addWidget(run_);
  layout->addLayout(row);
  layout->addWidget(progress_);
  layout->addWidget(figure_);
  layout->addWidget(mode_);
  layout->addWidget(reason_);
  layout->addWidget(hint_);
  layout->addWidget(wrong_);
  layout->addWidget(result_, 0, Qt::AlignLeft);
  auto* list = new QVBoxLayout{wrong_};
  list->setContentsMargins(0, 0, 0, 0);
  list->setSpacing(4);
  what_->setObjectName(QStringLiteral("inspector.state"));
  reason_->setObjectName(QStringLiteral("inspector.reason"));
  hint_->setObjectName(QStringLiteral("inspector.stateHint"));
  run_->setObjectName(QStringLiteral("inspector.runTo"));
  result_->setObjectName(QStringLiteral("inspector.result"));
  auto f = what_->font();
  f.setWeight(QFont::DemiBold);
  what_->setFont(f);
  what_->setWordWrap(true);
  figure_->setWordWrap(true);
  progress_->setTextVisible(true);
  progress_->setMaximumHeight(18);
  connect(run_, &QPushButton::clicked, this, &StateCard::runRequested);
  connect(result_, &QPushButton::clicked, this, &StateCard::resultRequested);
  refresh();
}

namespace {

/// "Epoch 3 of 8 · 1 min 20 s left": phase, count and time, never a bare percentage.
QString progressText(const BlockStatus& status) {
  const auto count = status.total > 0  ? StateCard::tr("%1 of %2").arg(sayNumber(status.done), sayNumber(status.total))
                     : status.done > 0 ? sayNumber(status.done)
                                       : QString{};
  const auto counted = count.isEmpty() || status.unit.isEmpty() ? count : StateCard::tr("%1 %2", "count and unit").arg(count, status.unit);
  const auto eta =
      status.etaSeconds ? StateCard::tr("%1 left").arg(sayDuration(*status.etaSeconds).replace(QLatin1Char{' '}, QChar::Nbsp)) : QString{};
  QString text;
  for (const auto& part : {status.phase, counted, eta})
    if (!part.isEmpty()) text = text.isEmpty() ? part : StateCard::tr("%1 · %2", "parts of a progress line").arg(text, part);
  return text;
}

}  // namespace

void StateCard::refresh() {
  const auto& id = ids_.front();
  const auto* node = state_.document().node(id);
  if (!node) return;
  const bool one = ids_.size() == 1;
  const auto found = state_.status.find(id);
  const auto status = found == state_.status.end() ? BlockStatus{} : found->second;
  setVisible(one);
  light_->set(toneOf(status.state),
              status.state == BlockState::Unknown || status.state == BlockState::Stale || status.state == BlockState::Skipped);
  what_->setText(status.state == BlockState::Done && status.seconds ? tr("Done in %1").arg(sayDuration(*status.seconds))
                                                                    : stateTitle(status.state));
  auto p = what_->palette();
  p.setColor(QPalette::WindowText, toneColour(toneOf(status.state), palette()));
  what_->setPalette(p);
  figure_->setText(status.figure);
  figure_->setVisible(!status.figure.isEmpty());
  const bool running = status.state == BlockState::Running;
  progress_->setVisible(running);
  if (running) {
    progress_->setRange(0, status.total > 0 ? 1000 : 0);
    if (status.total > 0) progress_->setValue(static_cast<int>(1000 * *status.share()));
    progress_->setTextVisible(false);
    progress_->setMaximumHeight(6);
    progress_->setAccessibleName(progressText(status));
  }
  reason_->setTone(status.state == BlockState::Failed ? Tone::Bad : Tone::Neutral);
  reason_->say(running ? progressText(status) : status.reason);
  hint_->say(status.hint);
  mode_->say(node->mode == NodeMode::Mute     ? tr("Muted: this block and what depends on it do not run (Ctrl+M).")
             : node->mode == NodeMode::Bypass ? tr("Bypassed: what comes in goes on unchanged (Ctrl+B).")
                                              : QString{});
  run_->setText(tr("Run to here"));
  run_->setIcon(icon(QStringLiteral("run-to")));
  run_->setAccessibleName(run_->text());
  const auto why = running                                ? tr("The block is running already.")
                   : node->mode == NodeMode::Mute         ? tr("The block is muted; unmute it first (Ctrl+M).")
                   : !state_.catalogue().find(node->type) ? tr("The block is not installed here.")
                                                          : QString{};
  run_->setEnabled(why.isEmpty());
  run_->setToolTip(why.isEmpty() ? tr("Runs this block and whatever it needs first.") : why);
  run_->setStatusTip(run_->toolTip());
  const auto result = one && state_.result ? state_.result(id) : QString{};
  result_->setVisible(!result.isEmpty());
  result_->setText(result);
  result_->setAccessibleName(result);
  result_->setIcon(icon(QStringLiteral("results")));

  // Problems of the block that belong to no parameter.
  qDeleteAll(wrong_->findChildren<Note*>(QString{}, Qt::FindDirectChildrenOnly));
  bool any = false;
  const BlockNames names{state_.document()};
  for (const auto& problem : state_.problems) {
    if (problem.node != id || !problem.param.empty() || problem.severity == Severity::Info) continue;
    const auto cause = names.say(problem.cause, state_.catalogue());
    if (cause == status.reason) continue;
    auto* note = new Note{problem.severity == Severity::Error ? Tone::Bad : Tone::Warning, true, wrong_};
    note->say(cause);
    auto* next = new Note{Tone::Neutral, true, wrong_};
    next->say(names.say(problem.hint, state_.catalogue()));
    wrong_->layout()->addWidget(note);
    wrong_->layout()->addWidget(next);
    any = true;
  }
  wrong_->setVisible(any);
}

void StateCard::paintEvent(QPaintEvent*) {
  QPainter p{this};
  p.setRenderHint(QPainter::Antialiasing);
  auto line = palette().color(QPalette::WindowText);
  line.setAlphaF(0.16F);
  p.setPen(QPen{line, 1});
  p.setBrush(palette().color(QPalette::Base));
  p.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void StateCard::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) refresh();
}

}  // namespace patchbay::widgets
