// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/log_view.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <map>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::widgets {

struct LogView::Impl {
  const RunBook& book;
  const Catalogue& catalogue;
  QTimer timer;
  QLineEdit* search = nullptr;
  QComboBox* level = nullptr;
  QToolButton* all = nullptr;
  QPlainTextEdit* text = nullptr;
  QString run, step;

  Impl(const RunBook& b, const Catalogue& c) : book{b}, catalogue{c} {}

  /// The block and pass that said it; steps repeat from line to line, so their words are kept while one drawing lasts.
  using Speakers = std::map<std::pair<std::string, std::string>, QString>;
  const QString& speaker(const LogLine& line, Speakers& known) const {
    auto& words = known[{line.run, line.name}];
    if (words.isEmpty()) {
      const auto* of = book.find(line.run);
      words = of ? sayStep(*of, line.name, catalogue) : fromUtf8(line.name);
    }
    return words;
  }

  bool wanted(const LogLine& line, const QString& who) const {
    if (!run.isEmpty() && line.run != toUtf8(run)) return false;
    if (!step.isEmpty() && line.step != toUtf8(step)) return false;
    if (level->currentIndex() == 1 && line.level != "warning" && line.level != "error") return false;
    if (level->currentIndex() == 2 && line.level != "error") return false;
    const auto& words = search->text();
    return words.isEmpty() || fromUtf8(line.text).contains(words, Qt::CaseInsensitive) || who.contains(words, Qt::CaseInsensitive) ||
           fromUtf8(line.name).contains(words, Qt::CaseInsensitive);
  }

  void draw() {
    QString out;
    Speakers speakers;
    for (const auto& line : book.log()) {
      const auto& who = speaker(line, speakers);
      if (!wanted(line, who)) continue;
      const auto time = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(line.time * 1000)).toString(QStringLiteral("HH:mm:ss"));
      out += QStringLiteral("%1  %2  %3\n").arg(time, who, fromUtf8(line.text));
    }
    all->setVisible(!run.isEmpty() || !step.isEmpty());
    if (text->toPlainText() == out) return;
    auto* bar = text->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 4;
    const int before = bar->value();
    text->setPlainText(out);
    bar->setValue(atEnd ? bar->maximum() : before);
  }

  void retranslate() {
    const int chosen = std::max(0, level->currentIndex());
    level->clear();
    level->addItems({LogView::tr("Everything"), LogView::tr("Warnings and errors"), LogView::tr("Errors")});
    level->setCurrentIndex(chosen);
    level->setAccessibleName(LogView::tr("Which lines are shown"));
    search->setPlaceholderText(LogView::tr("Search the log"));
    search->setAccessibleName(search->placeholderText());
    all->setText(LogView::tr("Show all blocks"));
    text->setPlaceholderText(LogView::tr("What the blocks say while they run appears here."));
    text->setAccessibleName(LogView::tr("Log"));
    draw();
  }
};

LogView::LogView(const RunBook& book, const Catalogue& catalogue, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(book, catalogue)} {
  setObjectName(QStringLiteral("jobs.log-view"));
  auto& d = *impl_;
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 8, 8, 8);
  auto* row = new QHBoxLayout;
  d.search = new QLineEdit{this};
  d.search->setObjectName(QStringLiteral("log.search"));
  d.search->setClearButtonEnabled(true);
  d.level = new QComboBox{this};
  d.level->setObjectName(QStringLiteral("log.level"));
  d.all = new QToolButton{this};
  d.all->setObjectName(QStringLiteral("log.all"));
  row->addWidget(d.search, 1);
  row->addWidget(d.level);
  row->addWidget(d.all);
  column->addLayout(row);
  d.text = new QPlainTextEdit{this};
  d.text->setObjectName(QStringLiteral("log.text"));
  d.text->setReadOnly(true);
  d.text->setFrameShape(QFrame::NoFrame);
  d.text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  d.text->setLineWrapMode(QPlainTextEdit::NoWrap);
  column->addWidget(d.text, 1);
  d.timer.setSingleShot(true);
  d.timer.setInterval(250);
  connect(&d.timer, &QTimer::timeout, this, [this] { impl_->draw(); });
  connect(d.search, &QLineEdit::textChanged, this, &LogView::refresh);
  connect(d.level, &QComboBox::currentIndexChanged, this, &LogView::refresh);
  connect(d.all, &QToolButton::clicked, this, [this] { setStep({}, {}); });
  d.retranslate();
}

LogView::~LogView() = default;

void LogView::setStep(const QString& run, const QString& step) {
  impl_->run = run;
  impl_->step = step;
  impl_->draw();
}

void LogView::refresh() {
  if (!impl_->timer.isActive()) impl_->timer.start();
}

void LogView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::widgets
