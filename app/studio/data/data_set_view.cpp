// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/data_set_view.h"

#include <QDateTime>
#include <QDragEnterEvent>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "app/studio/data/data_export.h"
#include "app/studio/data/data_import.h"
#include "app/studio/data/data_training.h"
#include "app/studio/data/import_changes.h"
#include "app/studio/label/train_on.h"
#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/data_editor.h"
#include "widgets/gallery/data_filters.h"
#include "widgets/gallery/data_gallery.h"
#include "widgets/gallery/data_item.h"
#include "widgets/gallery/data_pages.h"
#include "widgets/gallery/history_panel.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::studio {

namespace {
constexpr std::size_t mostLabelled = 1000;  ///< That are taken along from the gallery at once.
}

struct DataSetView::Impl {
  DataSetView& self;
  Workspace& workspace;
  TrainingLook training;
  std::string historyOf;  ///< Revision that the history was read at.
  bool stale = true;      ///< Something happened while it was not seen.

  QStackedWidget* pages = nullptr;
  widgets::EmptyState* empty = nullptr;
  QLabel *headline = nullptr, *since = nullptr;
  QPushButton *bring = nullptr, *bringFirst = nullptr, *take = nullptr, *train = nullptr, *showSince = nullptr, *label = nullptr;
  std::vector<std::string> ids;  ///< Only these are shown; empty: all.
  std::function<QString()> idsTitle;
  widgets::DataGallery* gallery = nullptr;
  widgets::ClassBars* bars = nullptr;
  widgets::HistoryPanel* history = nullptr;
  QTabWidget* tabs = nullptr;

  Impl(DataSetView& view, Workspace& of) : self{view}, workspace{of}, training{of.session(), nullptr} {}
  void build();
  QWidget* buildEmpty();
  QLayout* buildTop(QWidget* page);
  QWidget* buildSide(QWidget* page);
  void connectParts();
  void retranslate();
  void stateChanged();
  void describe();
  void describeTraining();
  void fillBars();
  void refresh();
  QString whyNotTrain() const;
  void openInLabelling();
};

QWidget* DataSetView::Impl::buildEmpty() {
  auto* page = new QWidget;
  empty = new widgets::EmptyState;
  bringFirst = new QPushButton{page};
  bringFirst->setObjectName(QStringLiteral("dataset.import-first"));
  bringFirst->setIcon(widgets::icon(QStringLiteral("import")));
  auto* column = new QVBoxLayout{page};
  column->addStretch(1);
  column->addWidget(empty);
  column->addWidget(bringFirst, 0, Qt::AlignHCenter);
  column->addStretch(2);
  return page;
}

QLayout* DataSetView::Impl::buildTop(QWidget* page) {
  headline = new QLabel{page};
  headline->setObjectName(QStringLiteral("dataset.summary"));
  auto font = headline->font();
  font.setWeight(QFont::DemiBold);
  headline->setFont(font);
  headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
  since = new QLabel{page};
  since->setObjectName(QStringLiteral("dataset.since-training"));
  since->setTextFormat(Qt::PlainText);
  const auto button = [&](const char* name, const char* picture) {
    auto* one = new QPushButton{page};
    one->setObjectName(QLatin1String{name});
    if (*picture) one->setIcon(widgets::icon(QLatin1String{picture}));
    return one;
  };
  showSince = button("dataset.show-since", "");
  bring = button("dataset.import", "import");
  take = button("dataset.export", "export");
  train = button("dataset.train", "run");
  label = button("dataset.label", "tool-box");
  auto* flow = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : std::initializer_list<QWidget*>{label, train, bring, take, headline, since, showSince}) flow->addWidget(one);
  return flow;
}

QWidget* DataSetView::Impl::buildSide(QWidget* page) {
  bars = new widgets::ClassBars;
  bars->setObjectName(QStringLiteral("dataset.bars"));
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(bars);
  history = new widgets::HistoryPanel{workspace.session()};
  tabs = new QTabWidget{page};
  tabs->setObjectName(QStringLiteral("dataset.tabs"));
  tabs->setDocumentMode(true);
  tabs->addTab(history, QString{});
  tabs->addTab(scroll, QString{});
  return tabs;
}

void DataSetView::Impl::build() {
  auto* page = new QWidget;
  gallery = new widgets::DataGallery{workspace.session(), page};
  auto* halves = new QSplitter{Qt::Horizontal, page};
  halves->setObjectName(QStringLiteral("dataset.halves"));
  halves->addWidget(gallery);
  halves->addWidget(buildSide(page));
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 0);
  halves->setSizes({900, 320});
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addLayout(buildTop(page));
  column->addWidget(halves, 1);
  pages = new QStackedWidget{&self};
  pages->addWidget(buildEmpty());
  pages->addWidget(page);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(pages);
  self.setAcceptDrops(true);
}

void DataSetView::Impl::connectParts() {
  connect(gallery, &widgets::DataGallery::stateChanged, &self, [this] { stateChanged(); });
  connect(gallery, &widgets::DataGallery::shownOfChanged, &self, [this] { fillBars(); });
  connect(gallery, &widgets::DataGallery::failed, &self, [this](const Error& error) {
    if (!gallery->known()) empty->setError(widgets::say(error.cause), widgets::say(error.hint));
  });
  connect(gallery, &widgets::DataGallery::statusMessage, &workspace, &Workspace::statusMessage);
  connect(history, &widgets::HistoryPanel::restoreWanted, &gallery->editor(), &widgets::DataEditor::restore);
  connect(history, &widgets::HistoryPanel::renameWanted, &gallery->editor(), &widgets::DataEditor::rename);
  connect(&gallery->editor(), &widgets::DataEditor::done, &self, [this] { historyOf.clear(); });
  connect(history, &widgets::HistoryPanel::trainWanted, &self, &DataSetView::trainOn);
  connect(history, &widgets::HistoryPanel::itemsWanted, &self,
          [this](const std::vector<std::string>& which, const std::function<QString()>& title) { self.showIds(which, title); });
  connect(bars, &widgets::ClassBars::classActivated, &self, [this](int index) {
    const auto& counts = bars->counts();
    if (index < 0 || static_cast<std::size_t>(index) >= counts.size()) return;
    const auto& classes = gallery->state().classes;
    gallery->filters().showOnly(static_cast<std::size_t>(index) < classes.size() ? classes[static_cast<std::size_t>(index)].name
                                                                                 : std::string{});
  });
  for (auto* one : {bring, bringFirst}) connect(one, &QPushButton::clicked, &self, [this] { self.importFrom({}); });
  connect(take, &QPushButton::clicked, &self, &DataSetView::exportAs);
  connect(train, &QPushButton::clicked, &self, [this] { self.trainOn("newest"); });
  connect(label, &QPushButton::clicked, &self, [this] { openInLabelling(); });
  connect(&gallery->grid(), &widgets::PictureGrid::selectionChanged, &self, [this] { describe(); });
  connect(showSince, &QPushButton::clicked, &self, [this] {
    if (training.found()) self.showIds(training.found()->changed, [] { return tr("What has changed since the last training"); });
  });
  connect(&training, &TrainingLook::changed, &self, [this] { describeTraining(); });
  connect(&workspace.session(), &Session::eventArrived, &self, [this](const Value& event) {
    const auto& what = event["event"].asText();
    if (what != "data" && what != "state" && what != "finished") return;
    if (!self.isVisible()) {
      stale = true;
      return;
    }
    gallery->handle(event);
    if (what == "finished") training.look(gallery->state().revision);
  });
  connect(&workspace.session(), &Session::stateChanged, &self, [this] {
    gallery->setReadOnly(workspace.session().readOnly());
    history->setReadOnly(workspace.session().readOnly());
    describe();
  });
  connect(&workspace.session(), &Session::catalogueChanged, &self, [this] { describe(); });
}

/// From the chosen picture on, or those that are chosen, or those that are shown, or what helps most.
void DataSetView::Impl::openInLabelling() {
  std::vector<std::string> chosen;
  for (const auto index : gallery->grid().selection())
    if (const auto* item = gallery->pages().find(index)) chosen.push_back(item->id);
  if (chosen.size() > 1) {
    const auto n = static_cast<std::int64_t>(chosen.size());
    return workspace.showLabelling(chosen, [n] { return widgets::sayCount(TR("studio", "{n} chosen picture(s)"), n); });
  }
  if (chosen.empty()) return workspace.showLabelling(ids, idsTitle);
  // As they lie in the gallery.
  std::vector<std::size_t> indices;
  for (auto index = gallery->grid().selection().front(); index < gallery->pages().count() && indices.size() < mostLabelled; ++index)
    indices.push_back(index);
  gallery->pages().fetch(std::move(indices), [this](const Result<std::vector<widgets::DataItem>>& items) {
    if (!items) return;
    std::vector<std::string> from;
    for (const auto& item : *items)
      if (!item.removed) from.push_back(item.id);
    const auto n = static_cast<std::int64_t>(from.size());
    workspace.showLabelling(from, [n] { return widgets::sayCount(TR("studio", "{n} picture(s) of the gallery"), n); });
  });
}

void DataSetView::Impl::retranslate() {
  self.setAccessibleName(tr("Data set"));
  bring->setText(tr("&Import…"));
  bring->setToolTip(tr("Looks into a folder, an archive or another tool's export and brings in what it holds"));
  bringFirst->setText(tr("&Import…"));
  bringFirst->setToolTip(bring->toolTip());
  train->setText(tr("&Train on this"));
  take->setText(tr("&Export…"));
  showSince->setText(tr("Show &them"));
  showSince->setToolTip(tr("Shows the pictures that came or changed since the last training"));
  tabs->setTabText(0, tr("History"));
  tabs->setTabText(1, tr("Classes"));
  fillBars();
  describe();
  describeTraining();
}

void DataSetView::Impl::stateChanged() {
  const auto& state = gallery->state();
  fillBars();
  describe();
  if (std::exchange(historyOf, state.revision) == state.revision) return;
  history->reload();
  if (!state.revision.empty()) training.look(state.revision);
}

QString DataSetView::Impl::whyNotTrain() const {
  const auto& state = gallery->state();
  const auto& catalogue = workspace.session().catalogue();
  if (state.items == 0) return tr("There are no pictures yet. Import some first.");
  if (!catalogue.blocks().empty() && !catalogue.find(revisionType))
    return tr("The block that reads the project's data set is not installed. Install Patchbay again.");
  return {};
}

void DataSetView::Impl::describe() {
  const auto& state = gallery->state();
  const bool some = gallery->known() && (state.items > 0 || state.number > 0);
  pages->setCurrentIndex(some ? 1 : 0);
  if (!gallery->known()) empty->setText(tr("Opening the data set…"), {});
  else if (!some)
    empty->setText(
        tr("No pictures in the data set yet"),
        tr("Drop a folder, an archive (ZIP, TAR) or an export of another tool here (COCO, YOLO, Pascal VOC, labelme, CVAT and more), or "
           "choose Import. What is in it is shown before anything comes in."));
  headline->setText(tr("Revision %1: %2, %3")
                        .arg(QLocale{}.toString(qlonglong{state.number}), widgets::sayCount(TR("gallery", "{n} picture(s)"), state.items),
                             widgets::sayClasses(static_cast<std::int64_t>(state.classes.size()))));
  const auto set = [](QPushButton* button, const QString& why, const QString& tip) {
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? tip : why);
    button->setStatusTip(button->toolTip());
  };
  const auto locked = workspace.session().readOnly() ? tr("The project folder is read-only.") : QString{};
  label->setText(tr("&Label"));
  const auto chosen = gallery->grid().selection().size();
  set(label, state.items == 0 ? tr("There are no pictures yet. Import some first.") : QString{},
      chosen > 1    ? tr("Labels the chosen pictures one after the other")
      : chosen == 1 ? tr("Labels the pictures one after the other, from the chosen one on")
                    : tr("Labels the pictures one after the other, with the model's help"));
  set(bring, locked, tr("Looks into a folder, an archive or another tool's export and brings in what it holds"));
  set(bringFirst, locked, bring->toolTip());
  set(take, state.items == 0 ? tr("There are no pictures yet. Import some first.") : QString{},
      tr("Writes the data set in a format that other tools read"));
  set(train, whyNotTrain(), tr("Puts the newest state of the data into the pipeline, to be trained on"));
}

void DataSetView::Impl::describeTraining() {
  const auto& found = training.found();
  since->setVisible(found.has_value());
  showSince->setVisible(found && !found->changed.empty());
  if (!found) return;
  const auto when = QLocale{}.toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(found->started * 1000)), QLocale::ShortFormat);
  since->setText(found->diff.isNull() ? tr("The last training (%1) used these data.").arg(when)
                                      : tr("Since the last training (%1, %2): %3")
                                            .arg(when, widgets::sayRevision(found->revision), widgets::sayDifference(found->diff)));
}

void DataSetView::Impl::fillBars() {
  const auto& shown = gallery->shownOf();
  const auto shownOf = [&](const std::string& name) {
    const auto at = shown->find(name);
    return at == shown->end() ? std::int64_t{0} : at->second;
  };
  std::vector<widgets::ClassCount> counts;
  for (const auto& c : gallery->state().classes) {
    widgets::ClassCount one;
    one.name = widgets::fromUtf8(displayText(c.name));
    one.none = c.count;
    if (shown) one.passing = shownOf(c.name);
    counts.push_back(std::move(one));
  }
  if (const auto n = gallery->state().unlabelled; n > 0) {
    widgets::ClassCount one;
    one.name = tr("No label");
    one.none = n;
    one.unlabelled = true;
    if (shown) one.passing = shownOf({});
    counts.push_back(std::move(one));
  }
  bars->setCounts(std::move(counts));
}

void DataSetView::Impl::refresh() {
  if (!std::exchange(stale, false)) return;
  historyOf.clear();
  gallery->reload();
}

DataSetView::DataSetView(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("dataset"));
  impl_->build();
  impl_->connectParts();
  impl_->retranslate();
  impl_->gallery->setReadOnly(workspace.session().readOnly());
  impl_->history->setReadOnly(workspace.session().readOnly());
}

DataSetView::~DataSetView() { impl_->training.disconnect(this); }

widgets::DataGallery& DataSetView::gallery() const { return *impl_->gallery; }
widgets::HistoryPanel& DataSetView::history() const { return *impl_->history; }
QString DataSetView::headline() const { return impl_->headline->text(); }
QString DataSetView::sinceTraining() const { return impl_->training.found() ? impl_->since->text() : QString{}; }
bool DataSetView::idle() const { return impl_->gallery->idle(); }

void DataSetView::showIds(std::vector<std::string> ids, std::function<QString()> title) {
  impl_->ids = ids;
  impl_->idsTitle = title;
  impl_->gallery->showIds(std::move(ids), std::move(title));
}

void DataSetView::importFrom(const QString& path) { openDataImport(impl_->workspace, path, this); }
void DataSetView::exportAs() { openDataExport(impl_->workspace, this); }

void DataSetView::trainOn(const std::string& revision) {
  std::vector<std::string> classes;
  for (const auto& c : impl_->gallery->state().classes) classes.push_back(c.name);
  trainOnRevision(impl_->workspace, revision, classes, this);
}

void DataSetView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->tabs) impl_->retranslate();
}

void DataSetView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  impl_->refresh();
}

void DataSetView::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && !impl_->workspace.session().readOnly()) event->acceptProposedAction();
}

void DataSetView::dropEvent(QDropEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.isEmpty() || !urls.front().isLocalFile()) return;
  event->acceptProposedAction();
  importFrom(urls.front().toLocalFile());
}

void openDataSet(Workspace& workspace, const std::vector<std::string>& ids, const std::function<QString()>& title) {
  auto* view = qobject_cast<DataSetView*>(workspace.panel(QStringLiteral("dataset")));
  if (!view) view = new DataSetView{workspace};
  showInDock(workspace, QStringLiteral("dataset"), view, QStringLiteral("results"));
  if (!ids.empty()) view->showIds(ids, title);
}

}  // namespace patchbay::studio
