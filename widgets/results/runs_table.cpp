// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/runs_table.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/results/runs_model.h"

namespace patchbay::widgets {

namespace {

constexpr int mostRuns = 1000;

/// Words in any column and one state.
class Filter final : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void set(const QString& words, const QString& state) {
    words_ = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    state_ = state;
    invalidateFilter();
  }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    const auto* m = sourceModel();
    if (!state_.isEmpty() && m->index(row, 0, parent).data(RunsModel::stateRole).toString() != state_) return false;
    QString text = m->index(row, RunsModel::Title, parent).data(Qt::ToolTipRole).toString();
    for (int c = 0; c < m->columnCount(); ++c) text += QLatin1Char(' ') + m->index(row, c, parent).data().toString();
    return std::ranges::all_of(words_, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
  }

 private:
  QStringList words_;
  QString state_;
};

constexpr std::array<const char*, 6> states{"", "running", "done", "failed", "cancelled", "interrupted"};

}  // namespace

struct RunsTable::Impl {
  RunsTable& self;
  EngineAccess& engine;
  RunsModel* model = nullptr;
  Filter* filter = nullptr;
  QLineEdit* words = nullptr;
  QComboBox *state = nullptr, *metric = nullptr;
  QTableView* view = nullptr;
  QStackedWidget* pages = nullptr;
  EmptyState* empty = nullptr;
  QPushButton *open = nullptr, *compare = nullptr, *curves = nullptr, *pin = nullptr, *base = nullptr;
  std::optional<Error> error;
  bool asking = false;
  std::unique_ptr<QObject> request;

  void build();
  void retranslate();
  void refresh();
  void refreshMetrics();
  void askNext();
  void applyFilter() {
    filter->set(words->text(), QLatin1String{states[static_cast<std::size_t>(std::max(0, state->currentIndex()))]});
    refresh();
  }
  std::string idAt(const QModelIndex& shown) const { return model->rows()[static_cast<std::size_t>(filter->mapToSource(shown).row())].id; }
  void togglePin();
  void menu(const QPoint& where);
};

void RunsTable::Impl::build() {
  model = new RunsModel{engine.catalogue(), &self};
  filter = new Filter{&self};
  filter->setSourceModel(model);
  filter->setSortRole(RunsModel::sortRole);
  filter->setSortCaseSensitivity(Qt::CaseInsensitive);
  words = new QLineEdit{&self};
  words->setObjectName(QStringLiteral("runsFilter"));
  words->setClearButtonEnabled(true);
  words->setMinimumWidth(200);
  state = new QComboBox{&self};
  state->setObjectName(QStringLiteral("runsState"));
  metric = new QComboBox{&self};
  metric->setObjectName(QStringLiteral("runsMetric"));
  metric->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  view = new QTableView{&self};
  view->setObjectName(QStringLiteral("runsView"));
  view->setModel(filter);
  view->setSortingEnabled(true);
  view->sortByColumn(RunsModel::Started, Qt::DescendingOrder);
  view->setSelectionBehavior(QAbstractItemView::SelectRows);
  view->setAlternatingRowColors(true);
  view->setShowGrid(false);
  view->setFrameShape(QFrame::NoFrame);
  view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view->setTabKeyNavigation(false);
  view->setContextMenuPolicy(Qt::CustomContextMenu);
  view->verticalHeader()->hide();
  view->horizontalHeader()->setHighlightSections(false);
  view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  view->horizontalHeader()->setSectionResizeMode(RunsModel::Title, QHeaderView::Stretch);
  const auto button = [this](const char* name) {
    auto* b = new QPushButton{&self};
    b->setObjectName(QLatin1String{name});
    return b;
  };
  open = button("runsOpen");
  compare = button("runsCompare");
  curves = button("runsCurves");
  pin = button("runsPin");
  base = button("runsBaseline");
  empty = new EmptyState{&self};
  pages = new QStackedWidget{&self};
  pages->addWidget(empty);
  pages->addWidget(view);
  auto* top = new FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{words, state, metric}) top->addWidget(w);
  auto* bottom = new FlowLayout{nullptr, 0, 8};
  for (auto* w : {open, compare, curves, pin, base}) bottom->addWidget(w);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addLayout(top);
  column->addWidget(pages, 1);
  column->addLayout(bottom);

  connect(words, &QLineEdit::textChanged, &self, [this] { applyFilter(); });
  connect(state, &QComboBox::activated, &self, [this] { applyFilter(); });
  connect(metric, &QComboBox::activated, &self, [this] { model->setMetricShown(toUtf8(metric->currentData().toString())); });
  connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, &self, [this] {
    refresh();
    Q_EMIT self.selectionChanged();
  });
  connect(view, &QTableView::activated, &self, [this](const QModelIndex& i) { Q_EMIT self.openRequested(idAt(i)); });
  connect(view, &QTableView::customContextMenuRequested, &self, [this](const QPoint& p) { menu(view->viewport()->mapToGlobal(p)); });
  connect(open, &QPushButton::clicked, &self, [this] { Q_EMIT self.openRequested(self.selection().front()); });
  connect(compare, &QPushButton::clicked, &self, [this] { Q_EMIT self.compareRequested(self.selection()); });
  connect(curves, &QPushButton::clicked, &self, [this] { Q_EMIT self.curvesRequested(self.selection()); });
  connect(pin, &QPushButton::clicked, &self, [this] { togglePin(); });
  connect(base, &QPushButton::clicked, &self, [this] {
    const auto chosen = self.selection().front();
    self.setBaseline(chosen == model->baseline() ? std::string{} : chosen);
    Q_EMIT self.baselineChanged(model->baseline());
  });
}

void RunsTable::Impl::retranslate() {
  self.setAccessibleName(tr("Runs"));
  view->setAccessibleName(tr("Runs"));
  words->setPlaceholderText(tr("Filter by words"));
  words->setAccessibleName(tr("Filter runs by words"));
  const int chosen = std::max(0, state->currentIndex());
  state->clear();
  state->addItem(tr("All states"));
  for (std::size_t i = 1; i < states.size(); ++i) state->addItem(sayRunState(QLatin1String{states[i]}));
  state->setCurrentIndex(chosen);
  state->setAccessibleName(tr("State"));
  metric->setAccessibleName(tr("Figure shown"));
  metric->setToolTip(tr("Which figure the table shows"));
  open->setText(tr("Open"));
  compare->setText(tr("Compare"));
  curves->setText(tr("Curves"));
  model->retranslate();
  refreshMetrics();
  refresh();
}

void RunsTable::Impl::refreshMetrics() {
  const auto names = model->metricNames();
  auto shown = model->metricShown();
  if (std::ranges::find(names, shown) == names.end()) {
    // The figure most people ask for first, where there is one.
    const auto accuracy = std::ranges::find_if(names, [](const std::string& n) { return n.ends_with(".accuracy"); });
    shown = accuracy != names.end() ? *accuracy : names.empty() ? std::string{} : names.front();
    model->setMetricShown(shown);
  }
  const QSignalBlocker quiet{metric};
  metric->clear();
  for (const auto& n : names) metric->addItem(model->sayFigure(n), fromUtf8(n));
  metric->setCurrentIndex(metric->findData(fromUtf8(shown)));
  metric->setEnabled(!names.empty());
  if (names.empty()) metric->setToolTip(tr("No run has told a figure yet."));
}

void RunsTable::Impl::refresh() {
  const auto chosen = self.selection();
  const auto need = [](QPushButton* b, bool can, const QString& tip, const QString& why) {
    b->setEnabled(can);
    b->setToolTip(can ? tip : why);
    b->setStatusTip(b->toolTip());
  };
  const auto one = tr("Choose one run first."), some = tr("Choose a run first.");
  need(open, chosen.size() == 1, tr("Show the pipeline and the results of this run (Enter)"), one);
  need(compare, chosen.size() >= 2, tr("Figures side by side, and what differed in the parameters"),
       tr("Choose two or more runs first (Ctrl+click)."));
  need(curves, !chosen.empty(), tr("Lay the curves of these runs over each other"), some);
  const auto* row = chosen.size() == 1 ? model->find(chosen.front()) : nullptr;
  pin->setText(row && row->pinned ? tr("Unpin") : tr("Pin"));
  need(pin, row != nullptr, tr("Pinned runs keep their results when storage is cleaned up."), one);
  base->setText(row && row->id == model->baseline() ? tr("No baseline") : tr("Make baseline"));
  need(base, row != nullptr, tr("The run all others are compared with; it is pinned, too."), one);
  if (error) empty->setError(say(error->cause), say(error->hint));
  else if (model->rows().empty()) empty->setText(tr("No runs yet"), tr("Run a pipeline; every run is listed here with its figures."));
  else empty->setText(tr("No run fits the filter"), tr("Delete words of the filter, or choose all states."));
  pages->setCurrentIndex(error || filter->rowCount() == 0 ? 0 : 1);
  // Without any run there is nothing to filter and nothing to do with it.
  for (auto* piece : std::initializer_list<QWidget*>{words, state, metric, open, compare, curves, pin, base})
    piece->setVisible(!model->rows().empty());
}

void RunsTable::Impl::askNext() {
  if (asking || !request) return;
  const auto id = model->nextToAsk();
  if (!id) return;
  asking = true;
  engine.ask("show", Value::Map{{"run", *id}}, request.get(), [this, id = *id](const Result<Value>& shown) {
    asking = false;
    if (shown) {
      model->addNames((*shown)["document"]);
      model->setMetrics(id, (*shown)["finished_event"]["metrics"]);
    }
    refreshMetrics();
    askNext();
  });
}

void RunsTable::Impl::togglePin() {
  const auto id = self.selection().front();
  const auto* row = model->find(id);
  const bool want = row && !row->pinned;
  engine.ask("pin", Value::Map{{"run", id}, {"pinned", want}}, &self, [this, id, want](const Result<Value>& done) {
    if (!done) {
      Q_EMIT self.statusMessage(say(done.error()));
      return;
    }
    model->setPinned(id, want);
    refresh();
  });
}

void RunsTable::Impl::menu(const QPoint& where) {
  QMenu menu{&self};
  for (auto* b : {open, compare, curves, pin, base}) {
    auto* action = menu.addAction(b->text(), b, &QPushButton::click);
    action->setEnabled(b->isEnabled());
    action->setToolTip(b->toolTip());
  }
  menu.setToolTipsVisible(true);
  menu.exec(where);
}

RunsTable::RunsTable(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("runsTable"));
  impl_->build();
  impl_->retranslate();
}

RunsTable::~RunsTable() = default;

void RunsTable::reload() {
  impl_->request = std::make_unique<QObject>();
  impl_->asking = false;
  impl_->engine.ask("runs", Value::Map{{"limit", mostRuns}}, impl_->request.get(), [this](const Result<Value>& answer) {
    const auto chosen = selection();
    impl_->error = answer ? std::nullopt : std::optional{answer.error()};
    if (answer) impl_->model->load(*answer);
    select(chosen);
    impl_->refresh();
    impl_->askNext();
  });
}

void RunsTable::handle(const Value& event) {
  impl_->model->handle(event);
  const auto& what = event["event"].asText();
  if (what != "run" && what != "finished") return;
  impl_->refreshMetrics();
  impl_->refresh();
}

std::vector<std::string> RunsTable::selection() const {
  std::vector<std::string> out;
  for (const auto& index : impl_->view->selectionModel()->selectedRows()) out.push_back(impl_->idAt(index));
  return out;
}

void RunsTable::select(const std::vector<std::string>& runs) {
  QItemSelection chosen;
  for (int r = 0; r < impl_->filter->rowCount(); ++r) {
    const auto index = impl_->filter->index(r, 0);
    if (std::ranges::find(runs, impl_->idAt(index)) != runs.end()) chosen.select(index, index.siblingAtColumn(RunsModel::ColumnCount - 1));
  }
  impl_->view->selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
}

std::string RunsTable::baseline() const { return impl_->model->baseline(); }

void RunsTable::setBaseline(const std::string& run) {
  impl_->model->setBaseline(run);
  // The clean-up must never take what everything is compared with.
  if (const auto* row = impl_->model->find(run); row && !row->pinned)
    impl_->engine.ask("pin", Value::Map{{"run", run}, {"pinned", true}}, this, [this, run](const Result<Value>& done) {
      if (done) impl_->model->setPinned(run, true);
      impl_->refresh();
    });
  impl_->refresh();
}

int RunsTable::rowCount() const { return impl_->filter->rowCount(); }

void RunsTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->base) impl_->retranslate();
}

}  // namespace patchbay::widgets
