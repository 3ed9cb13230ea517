// SPDX-License-Identifier: GPL-3.0-or-later
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/log_view.h"

namespace patchbay::widgets {

struct ProblemsView::Impl {
  const Catalogue& catalogue;
  explicit Impl(const Catalogue& c) : catalogue{c} {}
  QListWidget* list = nullptr;
  QLabel* none = nullptr;
  std::vector<Problem> problems;
  BlockNames names;

  void draw() {
    list->clear();
    for (const auto& problem : problems) {
      const auto where = problem.name.empty() ? QString{}
                         : problem.param.empty()
                             ? names.say(problem.name, catalogue)
                             : ProblemsView::tr("%1, %2", "block and parameter")
                                   .arg(names.say(problem.name, catalogue), names.sayParam(problem.name, problem.param, catalogue));
      const auto words = names.say(problem.cause, catalogue) + QLatin1Char('\n') + names.say(problem.hint, catalogue);
      auto* item = new QListWidgetItem{where.isEmpty() ? words : ProblemsView::tr("%1: %2").arg(where, words), list};
      item->setIcon(icon(problem.severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning")));
      item->setToolTip(ProblemsView::tr("Click to go there"));
    }
    list->setVisible(!problems.empty());
    none->setVisible(problems.empty());
  }
  void retranslate() {
    none->setText(ProblemsView::tr("No problems: the pipeline can run."));
    list->setAccessibleName(ProblemsView::tr("Problems"));
    draw();
  }
};

ProblemsView::ProblemsView(const Catalogue& catalogue, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(catalogue)} {
  setObjectName(QStringLiteral("problems"));
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 8, 8, 8);
  impl_->list = new QListWidget{this};
  impl_->list->setObjectName(QStringLiteral("problems.list"));
  impl_->list->setFrameShape(QFrame::NoFrame);
  impl_->list->setWordWrap(true);
  impl_->list->setSpacing(4);
  impl_->list->setIconSize({20, 20});
  impl_->none = new QLabel{this};
  impl_->none->setAlignment(Qt::AlignCenter);
  impl_->none->setWordWrap(true);
  impl_->none->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(impl_->list);
  column->addWidget(impl_->none);
  const auto go = [this](QListWidgetItem* item) {
    const auto row = static_cast<std::size_t>(impl_->list->row(item));
    if (row < impl_->problems.size()) Q_EMIT problemActivated(impl_->problems[row].node, fromUtf8(impl_->problems[row].param));
  };
  connect(impl_->list, &QListWidget::itemClicked, this, go);
  connect(impl_->list, &QListWidget::itemActivated, this, go);
  impl_->retranslate();
}

ProblemsView::~ProblemsView() = default;

void ProblemsView::setProblems(const std::vector<Problem>& problems, const BlockNames& names) {
  impl_->problems = problems;
  impl_->names = names;
  impl_->draw();
}

void ProblemsView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::widgets
