// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_log.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextDocumentFragment>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/run/machine_book.h"
#include "app/studio/session/session.h"
#include "engine/base/file.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {

constexpr int everyMs = 1'000, patientMs = 5'000;
constexpr std::int64_t firstPiece = 256 * 1024;  // bytes from the end; all of it is in what is saved
constexpr int mostLines = 50'000, mostMarks = 500;

/// What an answer brought, and where the next one begins. A piece may end within a letter, and is then shown with more characters
/// than it had bytes: what was told of the size counts.
std::pair<std::string, std::int64_t> pieceOf(const Value& answer) {
  const auto offset = answer["offset"].asInt(), size = answer["size"].asInt();
  auto text = answer["text"].asText();
  if (const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, size - offset)); text.size() > room) text.resize(room);
  const auto next = offset + static_cast<std::int64_t>(text.size());
  return {std::move(text), next};
}

}  // namespace

struct MachineLog::Impl {
  MachineLog& self;
  MachineBook& book;
  Session& session;
  QLabel* title = new QLabel{&self};
  QLineEdit* search = new QLineEdit{&self};
  QToolButton *before = new QToolButton{&self}, *after = new QToolButton{&self};
  QLabel* found = new QLabel{&self};
  QCheckBox* follow = new QCheckBox{&self};
  QPushButton *copy = new QPushButton{&self}, *save = new QPushButton{&self};
  QPlainTextEdit* text = new QPlainTextEdit{&self};
  QLabel* said = new QLabel{&self};
  QTimer timer;
  QString machine, attempt, name;
  std::function<QString()> words;  ///< Of `said`, in the language of the moment.
  std::int64_t offset = -firstPiece;
  std::uint64_t turn = 0;  ///< Answers of an earlier job are not this one's.
  bool asking = false, saving = false;

  Impl(MachineLog& s, MachineBook& b, Session& e) : self{s}, book{b}, session{e} {}

  void tell(std::function<QString()> what) {
    words = std::move(what);
    said->setText(words ? words() : QString{});
    said->setVisible(!said->text().isEmpty());
  }

  void ask() {
    if (asking || attempt.isEmpty() || !self.isVisible()) return;
    asking = true;
    const auto mine = turn;
    book.request(machine, "machine_log", {{"attempt", widgets::toUtf8(attempt)}, {"offset", offset}}, &self,
                 [this, mine](const Result<Value>& answer) {
                   asking = false;
                   if (mine != turn) return ask();
                   take(answer);
                 });
  }

  void take(const Result<Value>& answer) {
    if (!answer) {
      tell([error = answer.error()] { return MachineLog::tr("What is shown is as it was last. %1").arg(widgets::say(error)); });
      return timer.start(patientMs);
    }
    const bool first = offset < 0;
    const auto size = (*answer)["size"].asInt();
    if (!first && size < offset) {
      // The attempt's folder is cleared once its results are here.
      tell([] { return MachineLog::tr("The job is over, and its log there was cleared away: what is shown is all there is."); });
      return timer.start(patientMs);
    }
    auto [piece, next] = pieceOf(*answer);
    if (first && (*answer)["offset"].asInt() > 0) piece = piece.substr(std::min(piece.find('\n') + 1, piece.size()));
    offset = next;
    if (!piece.empty()) append(widgets::fromUtf8(piece));
    if (text->document()->isEmpty()) tell([] { return MachineLog::tr("The job has said nothing yet."); });
    else tell({});
    // The rest of a long piece is there already.
    timer.start(next < size ? 0 : everyMs);
  }

  void append(const QString& more) {
    auto* bar = text->verticalScrollBar();
    const int at = bar->value();
    QTextCursor end{text->document()};
    end.movePosition(QTextCursor::End);
    end.insertText(more);
    bar->setValue(follow->isChecked() ? bar->maximum() : at);
    mark();
  }

  /// Every place that has the words, and how many there are.
  void mark() {
    QList<QTextEdit::ExtraSelection> marks;
    const auto what = search->text();
    if (!what.isEmpty()) {
      QTextEdit::ExtraSelection one;
      one.format.setBackground(text->palette().color(QPalette::Highlight).lighter(widgets::isDark(text->palette()) ? 70 : 160));
      one.format.setForeground(text->palette().color(QPalette::Text));
      for (auto at = text->document()->find(what); !at.isNull() && marks.size() < mostMarks; at = text->document()->find(what, at)) {
        one.cursor = at;
        marks << one;
      }
    }
    text->setExtraSelections(marks);
    found->setVisible(!what.isEmpty());
    found->setText(marks.size() >= mostMarks ? MachineLog::tr("More than %1").arg(QLocale{}.toString(mostMarks))
                   : marks.isEmpty()         ? MachineLog::tr("Not found")
                                             : MachineLog::tr("%n place(s)", nullptr, static_cast<int>(marks.size())));
    for (auto* button : {before, after}) {
      button->setEnabled(!marks.isEmpty());
      button->setStatusTip(marks.isEmpty() ? MachineLog::tr("Type what is searched for first.") : QString{});
    }
  }

  /// Goes round at either end.
  void go(bool backward) {
    const auto what = search->text();
    if (what.isEmpty()) return;
    follow->setChecked(false);
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags{};
    auto at = text->document()->find(what, text->textCursor(), flags);
    if (at.isNull()) {
      QTextCursor edge{text->document()};
      if (backward) edge.movePosition(QTextCursor::End);
      at = text->document()->find(what, edge, flags);
    }
    if (at.isNull()) return;
    text->setTextCursor(at);
    text->centerCursor();
  }

  void chooseFile() {
    const auto proposal = QStringLiteral("%1-%2.log").arg(machine, attempt.right(8));
    widgets::askPath(&self,
                     {.ask = widgets::Ask::Save,
                      .title = MachineLog::tr("Save the log"),
                      .start = proposal,
                      .filters = MachineLog::tr("Text (*.log *.txt)")},
                     [this](const QString& file) { self.saveTo(file); });
  }

  void collect(const QString& file, const std::shared_ptr<std::string>& all, std::int64_t from);
  void write(const QString& file, std::string all);
  void build();
  void retranslate();
  void enable();
};

/// Piece after piece, as the whole may be large.
void MachineLog::Impl::collect(const QString& file, const std::shared_ptr<std::string>& all, std::int64_t from) {
  book.request(machine, "machine_log", {{"attempt", widgets::toUtf8(attempt)}, {"offset", from}}, &self,
               [this, file, all, from](const Result<Value>& answer) {
                 if (!answer) {
                   saving = false;
                   enable();
                   return tell([error = answer.error()] { return MachineLog::tr("The log was not saved. %1").arg(widgets::say(error)); });
                 }
                 auto [piece, next] = pieceOf(*answer);
                 *all += piece;
                 if (!piece.empty() && next < (*answer)["size"].asInt()) return collect(file, all, next);
                 // One that is gone over there is still here.
                 write(file, all->empty() ? widgets::toUtf8(text->toPlainText()) : std::move(*all));
               });
}

void MachineLog::Impl::write(const QString& file, std::string all) {
  session.inThread(
      [path = std::filesystem::path{widgets::toUtf8(file)}, all = std::move(all)]() -> Result<std::any> {
        PB_CHECK(writeFileAtomically(path, all));
        return std::any{};
      },
      &self,
      [this, file](const Result<std::any>& written) {
        saving = false;
        enable();
        if (!written)
          return tell([error = written.error()] { return MachineLog::tr("The log was not saved. %1").arg(widgets::say(error)); });
        tell([file] { return MachineLog::tr("Saved in %1.").arg(file); });
      });
}

void MachineLog::Impl::enable() {
  const bool chosen = !attempt.isEmpty(), some = !text->document()->isEmpty();
  save->setEnabled(chosen && !saving);
  save->setToolTip(!chosen  ? MachineLog::tr("Choose a job first.")
                   : saving ? MachineLog::tr("It is being saved.")
                            : MachineLog::tr("Writes the whole log, from its beginning, into a file"));
  copy->setEnabled(some);
  copy->setToolTip(some ? MachineLog::tr("Copies what is marked, or all that is shown") : MachineLog::tr("There is nothing to copy yet."));
}

void MachineLog::Impl::build() {
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(8);
  auto* row = new widgets::FlowLayout;
  search->setMinimumWidth(120);
  search->setMaximumWidth(260);
  for (auto* widget : std::initializer_list<QWidget*>{search, before, after, found, follow, copy, save, title}) row->addWidget(widget);
  column->addLayout(row);
  column->addWidget(text, 1);
  column->addWidget(said);
  for (auto* label : {title, said}) label->setTextFormat(Qt::PlainText);
  said->setWordWrap(true);
  said->hide();
  found->hide();
  search->setClearButtonEnabled(true);
  before->setIcon(widgets::icon(QStringLiteral("up")));
  after->setIcon(widgets::icon(QStringLiteral("down")));
  follow->setChecked(true);
  text->setReadOnly(true);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  text->setLineWrapMode(QPlainTextEdit::NoWrap);
  text->setMaximumBlockCount(mostLines);
  text->setUndoRedoEnabled(false);
  for (const auto& [widget, id] : std::initializer_list<std::pair<QWidget*, const char*>>{{title, "title"},
                                                                                          {search, "search"},
                                                                                          {before, "before"},
                                                                                          {after, "after"},
                                                                                          {found, "found"},
                                                                                          {follow, "follow"},
                                                                                          {copy, "copy"},
                                                                                          {save, "save"},
                                                                                          {text, "text"},
                                                                                          {said, "said"}})
    widget->setObjectName(QStringLiteral("machines.log.") + QLatin1String{id});
  timer.setSingleShot(true);
  QObject::connect(&timer, &QTimer::timeout, &self, [this] { ask(); });
  QObject::connect(search, &QLineEdit::textChanged, &self, [this] { mark(); });
  QObject::connect(search, &QLineEdit::returnPressed, &self, [this] { go(QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier)); });
  QObject::connect(before, &QToolButton::clicked, &self, [this] { go(true); });
  QObject::connect(after, &QToolButton::clicked, &self, [this] { go(false); });
  QObject::connect(text, &QPlainTextEdit::textChanged, &self, [this] { enable(); });
  QObject::connect(follow, &QCheckBox::toggled, &self, [this](bool on) {
    if (on) text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum());
  });
  // Who scrolls back wants to read; who is at the end again wants to go on.
  QObject::connect(text->verticalScrollBar(), &QScrollBar::actionTriggered, &self, [this] {
    const auto* bar = text->verticalScrollBar();
    follow->setChecked(bar->sliderPosition() >= bar->maximum());
  });
  QObject::connect(copy, &QPushButton::clicked, &self, [this] {
    const auto marked = text->textCursor().selection().toPlainText();
    QApplication::clipboard()->setText(marked.isEmpty() ? text->toPlainText() : marked);
    tell([some = !marked.isEmpty()] {
      return some ? MachineLog::tr("What was marked is copied.") : MachineLog::tr("All that is shown is copied.");
    });
  });
  QObject::connect(save, &QPushButton::clicked, &self, [this] { chooseFile(); });
  retranslate();
}

void MachineLog::Impl::retranslate() {
  // One line, so that the log has the room; names that are longer are in the tooltip.
  const auto whole = attempt.isEmpty() ? QString{} : MachineLog::tr("%1, on %2").arg(name, machine);
  title->setText(title->fontMetrics().elidedText(whole, Qt::ElideMiddle, title->fontMetrics().averageCharWidth() * 40));
  title->setToolTip(whole);
  title->setVisible(!whole.isEmpty());
  text->setPlaceholderText(MachineLog::tr("Choose a job under Jobs and press Show the log: what it says appears here as it says it."));
  search->setPlaceholderText(MachineLog::tr("Search the log"));
  search->setAccessibleName(search->placeholderText());
  before->setToolTip(MachineLog::tr("The place before (Shift+Enter)"));
  after->setToolTip(MachineLog::tr("The next place (Enter)"));
  for (auto* button : {before, after}) button->setAccessibleName(button->toolTip());
  follow->setText(MachineLog::tr("Follow"));
  follow->setToolTip(MachineLog::tr("Stays at the end while the job goes on"));
  copy->setText(MachineLog::tr("Copy"));
  save->setText(MachineLog::tr("Save…"));
  for (auto* button : {copy, save}) button->setAccessibleName(button->text());
  follow->setAccessibleName(follow->text());
  text->setAccessibleName(MachineLog::tr("Log of the job"));
  tell(words);
  mark();
  enable();
}

MachineLog::MachineLog(MachineBook& book, Session& session, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(*this, book, session)} {
  setObjectName(QStringLiteral("machines.log"));
  impl_->build();
}

MachineLog::~MachineLog() = default;

void MachineLog::setJob(const QString& machine, const QString& attempt, const QString& title) {
  auto& d = *impl_;
  if (d.machine == machine && d.attempt == attempt) return;
  d.machine = machine;
  d.attempt = attempt;
  d.name = title;
  d.offset = -firstPiece;
  ++d.turn;
  d.text->clear();
  d.follow->setChecked(true);
  d.tell({});
  d.retranslate();
  d.ask();
}

QString MachineLog::attempt() const { return impl_->attempt; }
bool MachineLog::idle() const { return !impl_->asking && !impl_->saving; }

void MachineLog::saveTo(const QString& file) {
  if (impl_->saving || impl_->attempt.isEmpty()) return;
  impl_->saving = true;
  impl_->enable();
  impl_->collect(file, std::make_shared<std::string>(), 0);
}

void MachineLog::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  impl_->ask();
}

void MachineLog::hideEvent(QHideEvent* event) {
  impl_->timer.stop();
  QWidget::hideEvent(event);
}

/// Ctrl+F is the canvas's elsewhere.
bool MachineLog::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride)
    if (auto* key = static_cast<QKeyEvent*>(event); key->matches(QKeySequence::Find) || key->matches(QKeySequence::FindNext)) key->accept();
  return QWidget::event(event);
}

void MachineLog::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Find)) {
    impl_->search->setFocus();
    impl_->search->selectAll();
  } else if (event->matches(QKeySequence::FindNext)) {
    impl_->go(false);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void MachineLog::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) impl_->mark();
  QWidget::changeEvent(event);
}

void MachineLog::retranslate() { impl_->retranslate(); }

}  // namespace patchbay::studio
