// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/deploy_panel.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "app/studio/deploy/measure_view.h"
#include "app/studio/deploy/open_exported.h"
#include "app/studio/deploy/prove_view.h"
#include "app/studio/deploy/serve_view.h"
#include "app/studio/deploy/watch_view.h"
#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
namespace fs = std::filesystem;

namespace {
constexpr int listWidth = 300, pagesWidth = 700, leastListWidth = 220, leastHintHeight = 220;
fs::path pathOf(const QString& path) { return {QFile::encodeName(path).toStdString()}; }
}  // namespace

struct DeployPanel::Impl {
  DeployPanel& self;
  Workspace& workspace;
  std::vector<ExportFacts> exports;
  QStringList opened;       ///< By the person, from anywhere.
  QString wanted;           ///< To be chosen when it is listed.
  std::set<fs::path> left;  ///< Not to be compared.
  bool looking = false, lookAgain = false, filling = false, looked = false;

  QTreeWidget* list;
  widgets::EmptyState* none;
  QPushButton *add, *remove, *refresh, *folder, *pipeline, *block;
  QTabWidget* pages;
  MeasureView* measure;
  ServeView* serve;
  WatchView* watch;
  ProveView* prove;

  Impl(DeployPanel& panel, Workspace& of) : self{panel}, workspace{of} {}
  QString settingsKey() const {
    const auto project = QByteArray::fromStdString(workspace.session().project().native());
    return QStringLiteral("deploy/opened/") +
           QString::fromLatin1(QCryptographicHash::hash(project, QCryptographicHash::Sha256).toHex().left(16));
  }
  void build();
  QWidget* buildList();
  void wire();
  void retranslate();
  void look();
  void took(std::vector<ExportFacts> found);
  QString nameOf(const ExportFacts& one) const;
  void fill();
  void choose();
  void update();
  void remember(const QString& path);
  const ExportFacts* chosen() const;
};

QWidget* DeployPanel::Impl::buildList() {
  const auto button = [&](const char* name, const char* iconName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QStringLiteral("deploy.") + QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{iconName}));
    return one;
  };
  add = button("add", "open");
  remove = button("remove", "remove");
  refresh = button("refresh", "reset");
  folder = button("folder", "folder");
  pipeline = button("pipeline", "blocks");
  block = button("block", "add");
  list = new QTreeWidget{&self};
  list->setObjectName(QStringLiteral("deploy.list"));
  list->setRootIsDecorated(false);
  list->setColumnCount(3);
  list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list->header()->setStretchLastSection(true);
  none = new widgets::EmptyState{&self};
  none->setObjectName(QStringLiteral("deploy.none"));
  auto* side = new QWidget{&self};
  auto* column = new QVBoxLayout{side};
  column->setContentsMargins(12, 8, 0, 8);
  column->setSpacing(8);
  column->addWidget(list, 1);
  column->addWidget(none, 1);
  side->setMinimumWidth(leastListWidth);
  none->setMinimumHeight(leastHintHeight);
  auto* row = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : {add, remove, refresh, folder, pipeline, block}) row->addWidget(one);
  column->addLayout(row);
  return side;
}

void DeployPanel::Impl::build() {
  self.setAcceptDrops(true);
  auto* side = buildList();
  pages = new QTabWidget{&self};
  pages->setObjectName(QStringLiteral("deploy.pages"));
  pages->setDocumentMode(true);
  measure = new MeasureView;
  serve = new ServeView;
  watch = new WatchView{workspace};
  prove = new ProveView;
  for (auto* page : std::initializer_list<QWidget*>{measure, serve, watch, prove}) pages->addTab(page, QString{});
  auto* halves = new QSplitter{Qt::Horizontal};
  halves->addWidget(side);
  halves->addWidget(pages);
  halves->setStretchFactor(0, 0);
  halves->setStretchFactor(1, 1);
  halves->setSizes({listWidth, pagesWidth});
  halves->setChildrenCollapsible(false);
  // A small panel scrolls: nothing in it is squeezed.
  auto* scroll = new QScrollArea{&self};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(halves);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(scroll);
  opened = QSettings{}.value(settingsKey()).toStringList();
}

void DeployPanel::Impl::wire() {
  connect(list, &QTreeWidget::currentItemChanged, &self, [this] {
    if (!filling) choose();
  });
  connect(list, &QTreeWidget::itemChanged, &self, [this](QTreeWidgetItem* item, int column) {
    if (filling || column != 0) return;
    const auto path = pathOf(item->data(0, Qt::UserRole).toString());
    if (item->checkState(0) == Qt::Checked) left.erase(path);
    else left.insert(path);
    choose();
  });
  connect(list, &QTreeWidget::itemActivated, &self, [this] { pages->currentWidget()->setFocus(); });
  connect(add, &QPushButton::clicked, &self, [this] {
    widgets::askPath(
        &self, {.title = tr("Folder of an exported model"), .start = fromUtf8((workspace.file().place().project / "exports").native())},
        [this](const QString& path) { self.open(path); });
  });
  connect(remove, &QPushButton::clicked, &self, [this] {
    if (const auto* one = chosen()) {
      opened.removeAll(fromUtf8(one->folder.native()));
      QSettings{}.setValue(settingsKey(), opened);
      look();
    }
  });
  connect(refresh, &QPushButton::clicked, &self, [this] { look(); });
  connect(folder, &QPushButton::clicked, &self, [this] {
    if (const auto* one = chosen()) QDesktopServices::openUrl(QUrl::fromLocalFile(fromUtf8(one->folder.native())));
  });
  connect(pipeline, &QPushButton::clicked, &self, [this] {
    if (const auto* one = chosen()) openExported(workspace, one->folder);
  });
  connect(block, &QPushButton::clicked, &self, [this] {
    if (const auto* one = chosen()) addExported(workspace, one->folder, workspace.canvas().visibleScene().center());
  });
  connect(measure, &MeasureView::serveWanted, &self, [this](const QString& path, const QString& precision) {
    for (int i = 0; i < list->topLevelItemCount(); ++i)
      if (list->topLevelItem(i)->data(0, Qt::UserRole).toString() == path) list->setCurrentItem(list->topLevelItem(i));
    serve->setPrecision(precision);
    pages->setCurrentWidget(serve);
  });
  // A run may have exported.
  connect(&workspace.runs(), &RunController::runEnded, &self, [this] {
    if (looked) look();
  });
}

const ExportFacts* DeployPanel::Impl::chosen() const {
  const auto* item = list->currentItem();
  if (!item) return nullptr;
  const auto path = pathOf(item->data(0, Qt::UserRole).toString());
  const auto found = std::ranges::find(exports, path, &ExportFacts::folder);
  return found == exports.end() ? nullptr : &*found;
}

void DeployPanel::Impl::look() {
  looked = true;
  if (looking) {
    lookAgain = true;
    return;
  }
  looking = true;
  std::vector<fs::path> elsewhere;
  for (const auto& one : opened) elsewhere.push_back(pathOf(one));
  for (const auto* run : workspace.runs().book().runs())
    for (const auto& one : run->exports) elsewhere.emplace_back(one);
  workspace.session().inThread(
      [around = workspace.file().place().project / "exports", elsewhere]() -> Result<std::any> {
        auto folders = exportsIn(around);
        std::error_code ec;
        for (const auto& one : elsewhere) {
          const auto place = exportFolderOf(one);
          if (std::ranges::find(folders, place) == folders.end() && fs::exists(place / "model.onnx", ec)) folders.push_back(place);
        }
        std::vector<ExportFacts> out;
        for (const auto& one : folders) out.push_back(readExport(one));
        std::ranges::stable_sort(out, std::ranges::greater{}, &ExportFacts::when);
        return std::any{std::move(out)};
      },
      &self,
      [this](const Result<std::any>& found) {
        looking = false;
        if (found) took(std::any_cast<std::vector<ExportFacts>>(*found));
        if (std::exchange(lookAgain, false)) look();
      });
}

void DeployPanel::Impl::took(std::vector<ExportFacts> found) {
  exports = std::move(found);
  fill();
}

/// With the project's name where another export in the list has the same.
QString DeployPanel::Impl::nameOf(const ExportFacts& one) const {
  const auto name = fromUtf8(one.name);
  if (std::ranges::count(exports, one.name, &ExportFacts::name) < 2) return name;
  const auto around = one.folder.parent_path();
  const auto project = around.filename() == "exports" ? around.parent_path() : around;
  return tr("%1 (%2)", "export and its project").arg(name, fromUtf8(displayText(project.filename().native())));
}

void DeployPanel::Impl::fill() {
  const auto before = wanted.isEmpty() ? self.chosen() : std::exchange(wanted, {});
  filling = true;
  list->clear();
  for (const auto& one : exports) {
    auto* item = new QTreeWidgetItem{list};
    item->setText(0, nameOf(one));
    item->setData(0, Qt::UserRole, fromUtf8(one.folder.native()));
    item->setToolTip(0, fromUtf8(displayText(one.folder.native())));
    item->setCheckState(0, left.contains(one.folder) ? Qt::Unchecked : Qt::Checked);
    QStringList precisions;
    for (const auto& model : one.models) precisions << fromUtf8(model.precision);
    item->setText(1, precisions.join(tr(", ")));
    item->setText(2, QLocale{}.toString(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(one.when)), QLocale::ShortFormat));
    if (fromUtf8(one.folder.native()) == before) list->setCurrentItem(item);
  }
  if (!list->currentItem() && list->topLevelItemCount() > 0) list->setCurrentItem(list->topLevelItem(0));
  filling = false;
  choose();
}

void DeployPanel::Impl::choose() {
  std::vector<ExportFacts> compared;
  for (const auto& one : exports)
    if (!left.contains(one.folder)) {
      compared.push_back(one);
      compared.back().name = nameOf(one).toStdString();
    }
  measure->setExports(std::move(compared));
  const auto* one = chosen();
  serve->setExport(one);
  watch->setExport(one);
  prove->setExport(one);
  update();
}

void DeployPanel::Impl::update() {
  const bool any = !exports.empty();
  list->setVisible(any);
  none->setVisible(!any);
  const auto* one = chosen();
  const auto nothing = one ? QString{} : tr("Choose an export first.");
  const auto able = [](QPushButton* button, const QString& why, const QString& tip) {
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? tip : why);
  };
  able(add, {}, tr("Lists an exported model that lies somewhere else"));
  able(refresh, {}, tr("Looks again which exports there are"));
  const bool mine = one && opened.contains(fromUtf8(one->folder.native()));
  able(remove, one && !mine ? tr("It belongs to this project. Remove its folder to be rid of it.") : nothing,
       tr("Takes it off the list; the folder stays"));
  able(folder, nothing, tr("Shows the files of the export"));
  able(pipeline, one && !one->pipeline ? tr("The export does not hold its pipeline. Export the model again.") : nothing,
       tr("Opens a copy of the pipeline that made it, in a tab"));
  able(block, nothing, tr("Puts the model on the canvas, to be evaluated or trained further"));
}

void DeployPanel::Impl::retranslate() {
  self.setAccessibleName(tr("Deploy"));
  list->setAccessibleName(tr("Exported models"));
  list->setHeaderLabels({tr("Export"), tr("Precision"), tr("Made")});
  none->setText(tr("No model was exported yet"), tr("Export one (Ctrl+E), or open or drop the folder of an export."));
  add->setText(tr("Open…"));
  remove->setText(tr("Remove"));
  refresh->setText(tr("Refresh"));
  folder->setText(tr("Open folder"));
  pipeline->setText(tr("Pipeline in a tab"));
  block->setText(tr("As block"));
  pages->setTabText(0, tr("Measure"));
  pages->setTabText(1, tr("&Serve"));
  pages->setTabText(2, tr("&Watch folder"));
  pages->setTabText(3, tr("&Proof"));
  update();
}

DeployPanel::DeployPanel(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, workspace)} {
  setObjectName(QStringLiteral("deploy"));
  impl_->build();
  impl_->wire();
  impl_->retranslate();
}

DeployPanel::~DeployPanel() = default;

void DeployPanel::open(const QString& folder) {
  auto& d = *impl_;
  if (!folder.isEmpty()) {
    const auto path = fromUtf8(exportFolderOf(pathOf(folder)).native());
    const auto inside = fromUtf8((d.workspace.file().place().project / "exports").native()) + QLatin1Char('/');
    if (!path.startsWith(inside) && !d.opened.contains(path)) {
      d.opened << path;
      QSettings{}.setValue(d.settingsKey(), d.opened);
    }
    d.wanted = path;
  }
  d.look();
}

QString DeployPanel::chosen() const {
  const auto* item = impl_->list->currentItem();
  return item ? item->data(0, Qt::UserRole).toString() : QString{};
}

bool DeployPanel::idle() const { return !impl_->looking && !impl_->measure->busy() && !impl_->prove->busy() && impl_->watch->idle(); }
MeasureView& DeployPanel::measure() const { return *impl_->measure; }
ServeView& DeployPanel::serve() const { return *impl_->serve; }
WatchView& DeployPanel::watch() const { return *impl_->watch; }
ProveView& DeployPanel::prove() const { return *impl_->prove; }

void DeployPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->pages) {
    impl_->retranslate();
    impl_->fill();
  }
}

void DeployPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!impl_->looked) impl_->look();
}

void DeployPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void DeployPanel::dropEvent(QDropEvent* event) {
  for (const auto& url : event->mimeData()->urls())
    if (url.isLocalFile()) open(url.toLocalFile());
}

void openDeploy(Workspace& workspace, const QString& folder) {
  auto* panel = qobject_cast<DeployPanel*>(workspace.panel(QStringLiteral("deploy")));
  if (!panel) panel = new DeployPanel{workspace};
  showInDock(workspace, QStringLiteral("deploy"), panel, QStringLiteral("queue"));
  panel->open(folder);
  Q_EMIT workspace.panelWanted(QStringLiteral("deploy"));
}

ExportServer* endingServer(Workspace& workspace) {
  auto* panel = qobject_cast<DeployPanel*>(workspace.panel(QStringLiteral("deploy")));
  if (!panel) return nullptr;
  auto& server = panel->serve().server();
  const bool on = server.state() == ExportServer::State::On || server.state() == ExportServer::State::Starting;
  return on && !server.kept() ? &server : nullptr;
}

bool askToLeaveServer(Workspace& workspace, QWidget* over, const std::function<void()>& again) {
  auto* server = endingServer(workspace);
  if (!server) return true;
  QMessageBox box{QMessageBox::Question, DeployPanel::tr("A server is running"),
                  DeployPanel::tr("%1 answers predictions at %2.").arg(QFileInfo{server->wish().folder}.fileName(), server->url()),
                  QMessageBox::NoButton, over};
  box.setObjectName(QStringLiteral("leave.server"));
  box.setInformativeText(DeployPanel::tr(
      "It can go on without this window: it begins anew at the same address, away for some seconds, and is stopped in this panel."));
  auto* stop = box.addButton(DeployPanel::tr("Stop it"), QMessageBox::AcceptRole);
  auto* keep = box.addButton(DeployPanel::tr("Keep it running"), QMessageBox::ActionRole);
  auto* stay = box.addButton(DeployPanel::tr("Stay"), QMessageBox::RejectRole);
  stop->setObjectName(QStringLiteral("leave.server.stop"));
  keep->setObjectName(QStringLiteral("leave.server.keep"));
  stay->setObjectName(QStringLiteral("leave.server.stay"));
  box.setDefaultButton(stop);
  box.setEscapeButton(stay);
  box.exec();
  if (box.clickedButton() == stop) {
    server->stop();
    return true;
  }
  if (box.clickedButton() == keep) server->keep(again);
  return false;
}

}  // namespace patchbay::studio
