// SPDX-License-Identifier: GPL-3.0-or-later
// The pages without one block type: the pipeline itself, and blocks of several types.
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/block_names.h"
#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/page.h"

namespace patchbay::widgets {

namespace {

QLabel* heading(QWidget* parent) {
  auto* label = new QLabel{parent};
  auto f = label->font();
  f.setBold(true);
  label->setFont(f);
  label->setWordWrap(true);
  return label;
}

QIcon mark(Severity severity, const QPalette& palette) {
  QPixmap picture{32, 32};
  picture.fill(Qt::transparent);
  QPainter p{&picture};
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(Qt::NoPen);
  // Shapes differ as well as colours: circle, triangle, square.
  p.setBrush(toneColour(severity == Severity::Error ? Tone::Bad : severity == Severity::Warning ? Tone::Warning : Tone::Neutral, palette));
  if (severity == Severity::Error) p.drawEllipse(QRectF{5, 5, 22, 22});
  else if (severity == Severity::Warning) p.drawPolygon(QPolygonF{{16, 4}, {29, 27}, {3, 27}});
  else p.drawRoundedRect(QRectF{6, 6, 20, 20}, 4, 4);
  p.setPen(QPen{palette.color(QPalette::Base), 3, Qt::SolidLine, Qt::RoundCap});
  p.drawLine(QPointF{16, 11}, QPointF{16, 18});
  p.drawPoint(QPointF{16, 23});
  return QIcon{picture};
}

class PipelinePage final : public InspectorPage {
  Q_OBJECT

 public:
  PipelinePage(InspectorState& state, QWidget* parent) : InspectorPage{state, parent} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    titleLabel_ = heading(this);
    title_ = new QLineEdit{this};
    title_->setObjectName(QStringLiteral("inspector.pipelineTitle"));
    titleLabel_->setBuddy(title_);
    makeRoomy(title_);
    descriptionLabel_ = heading(this);
    description_ = new QPlainTextEdit{this};
    description_->setObjectName(QStringLiteral("inspector.pipelineDescription"));
    description_->setTabChangesFocus(true);
    description_->setFixedHeight(description_->fontMetrics().lineSpacing() * 5 + 16);
    descriptionLabel_->setBuddy(description_);
    counts_ = new Note{Tone::Neutral, false, this};
    problemsLabel_ = heading(this);
    fine_ = new Note{Tone::Good, false, this};
    list_ = new QListWidget{this};
    list_->setObjectName(QStringLiteral("inspector.problems"));
    list_->setWordWrap(true);
    list_->setIconSize({16, 16});
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setSpacing(2);
    problemsLabel_->setBuddy(list_);
    tip_ = new Note{Tone::Neutral, true, this};
    for (QWidget* w : std::initializer_list<QWidget*>{titleLabel_, title_, descriptionLabel_, description_, counts_}) layout->addWidget(w);
    layout->addSpacing(8);
    layout->addWidget(problemsLabel_);
    layout->addWidget(fine_);
    layout->addWidget(list_, 1);
    layout->addStretch(0);
    layout->addWidget(tip_);
    connect(title_, &QLineEdit::textEdited, this,
            [this](const QString& text) { setInfo(toUtf8(text), state_.document().description, "info/title"); });
    connect(title_, &QLineEdit::editingFinished, this, [this] { state_.editor.endMerge(); });
    connect(description_, &QPlainTextEdit::textChanged, this, [this] {
      if (!filling_) setInfo(state_.document().title, toUtf8(description_->toPlainText()), "info/description");
    });
    // A click is enough, and Enter on the keyboard.
    connect(list_, &QListWidget::itemClicked, this, &PipelinePage::activate);
    connect(list_, &QListWidget::itemActivated, this, &PipelinePage::activate);
    retranslate();
    documentChanged();
    problemsChanged();
  }

  void documentChanged() override {
    const auto& document = state_.document();
    if (const auto title = sayWritten(document.title); title_->text() != title) title_->setText(title);
    if (const auto description = sayWritten(document.description); description_->toPlainText() != description) {
      filling_ = true;
      description_->setPlainText(description);
      filling_ = false;
    }
    title_->setReadOnly(state_.readOnly);
    description_->setReadOnly(state_.readOnly);
    counts_->say(tr("%1, %2", "blocks and links")
                     .arg(tr("%n block(s)", nullptr, static_cast<int>(document.nodes().size())),
                          tr("%n link(s)", nullptr, static_cast<int>(document.links().size()))));
  }

  void problemsChanged() override {
    list_->clear();
    int errors = 0, warnings = 0;
    const BlockNames names{state_.document()};
    for (std::size_t i = 0; i < state_.problems.size(); ++i) {
      const auto& p = state_.problems[i];
      if (p.severity == Severity::Error) ++errors;
      if (p.severity == Severity::Warning) ++warnings;
      const auto cause = names.say(p.cause, state_.catalogue()), hint = names.say(p.hint, state_.catalogue());
      const auto* node = state_.document().node(p.node);
      const auto where = node ? names.say(node->name, state_.catalogue()) : fromUtf8(p.name);
      auto* item = new QListWidgetItem{mark(p.severity, palette()),
                                       where.isEmpty() ? cause : tr("%1: %2", "block and what is wrong").arg(where, cause), list_};
      item->setData(Qt::UserRole, static_cast<int>(i));
      item->setToolTip(hint);
      item->setStatusTip(hint);
      item->setData(Qt::AccessibleDescriptionRole, hint);
    }
    list_->setVisible(list_->count() > 0);
    const auto counted =
        tr("%1, %2", "errors and warnings").arg(tr("%n error(s)", nullptr, errors), tr("%n warning(s)", nullptr, warnings));
    problemsLabel_->setText(list_->count() > 0 ? counted : tr("Problems"));
    fine_->say(list_->count() > 0 || state_.document().nodes().empty() ? QString{} : tr("No problems: the pipeline can run."));
    tip_->say(list_->count() > 0 ? tr("Choose a problem to see the block it belongs to.") : tr("Select a block to see its settings."));
  }

  void focusTitle() override {
    title_->setFocus(Qt::ShortcutFocusReason);
    title_->selectAll();
  }

 protected:
  void changeEvent(QEvent* event) override {
    InspectorPage::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
      retranslate();
      documentChanged();
      problemsChanged();
    }
    if (event->type() == QEvent::PaletteChange && list_ && list_->count() > 0) problemsChanged();
  }

 private:
  void retranslate() {
    titleLabel_->setText(tr("Pipeline"));
    title_->setPlaceholderText(tr("Title of the pipeline"));
    title_->setAccessibleName(title_->placeholderText());
    descriptionLabel_->setText(tr("Description"));
    description_->setPlaceholderText(tr("What it is for, what data it takes, what to look at."));
    description_->setAccessibleName(descriptionLabel_->text());
    list_->setAccessibleName(tr("Problems of the pipeline"));
  }
  void setInfo(std::string title, std::string description, const char* merge) {
    apply(TR("edit", "Describe the pipeline"), {edit::SetInfo{std::move(title), std::move(description)}}, merge);
  }
  void activate(QListWidgetItem* item) {
    const auto at = static_cast<std::size_t>(item->data(Qt::UserRole).toInt());
    if (at >= state_.problems.size()) return;
    const auto problem = state_.problems[at];
    if (!problem.node.empty()) Q_EMIT problemActivated(problem.node, fromUtf8(problem.param));
    else Q_EMIT statusMessage(say(problem.hint));
  }

  QLabel *titleLabel_, *descriptionLabel_, *problemsLabel_;
  QLineEdit* title_;
  QPlainTextEdit* description_;
  Note *counts_, *fine_, *tip_;
  QListWidget* list_ = nullptr;
  bool filling_ = false;
};

/// Blocks of several types: what they are, and a way to those of one type.
class MixedPage final : public InspectorPage {
  Q_OBJECT

 public:
  MixedPage(InspectorState& state, QWidget* parent) : InspectorPage{state, parent} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    title_ = heading(this);
    note_ = new Note{Tone::Neutral, false, this};
    layout->addWidget(title_);
    layout->addWidget(note_);
    list_ = new QVBoxLayout;
    layout->addLayout(list_);
    layout->addStretch(1);
    documentChanged();
  }
  void documentChanged() override {
    while (auto* item = list_->takeAt(0)) {
      if (item->widget()) item->widget()->deleteLater();
      delete item;
    }
    title_->setText(tr("%n block(s)", nullptr, static_cast<int>(ids_.size())));
    note_->say(tr("Blocks of one kind can be edited together. Choose which:"));
    std::map<std::string, std::vector<NodeId>> byType;
    for (const auto& id : ids_)
      if (const auto* node = state_.document().node(id)) byType[node->type].push_back(id);
    for (const auto& [type, ids] : byType) {
      const auto* schema = state_.catalogue().find(type);
      const auto title = schema ? say(schema->info.title) : fromUtf8(type);
      auto* button = new QPushButton{tr("%1 (%2)", "kind of block and how many").arg(title).arg(ids.size()), this};
      button->setObjectName(QStringLiteral("inspector.kind.") + fromUtf8(type));
      if (schema) button->setIcon(categoryIcon(schema->info.category));
      connect(button, &QPushButton::clicked, this, [this, ids = ids] { Q_EMIT selectionRequested(ids); });
      list_->addWidget(button);
    }
  }
  void problemsChanged() override {}

 protected:
  void changeEvent(QEvent* event) override {
    InspectorPage::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) documentChanged();
  }

 private:
  QLabel* title_;
  Note* note_;
  QVBoxLayout* list_;
};

}  // namespace

InspectorPage* makePipelinePage(InspectorState& state, QWidget* parent) { return new PipelinePage{state, parent}; }
InspectorPage* makeMixedPage(InspectorState& state, QWidget* parent) { return new MixedPage{state, parent}; }

}  // namespace patchbay::widgets

#include "pipeline_page.moc"
