// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardPaths>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/studio/data/data_import.h"
#include "app/studio/label/confirm_window.h"
#include "app/studio/label/label_impl.h"
#include "app/studio/window/panels.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {
constexpr int eventsMs = 40;
}

/// What the panel is for and how to begin, while there is no picture.
QWidget* LabelPanel::Impl::buildEmpty() {
  auto* page = new QWidget{&self};
  page->setObjectName(QStringLiteral("label.empty"));
  empty = new widgets::EmptyState{page};
  const auto button = [&](const char* name, const char* icon) {
    auto* one = new QPushButton{page};
    one->setObjectName(QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{icon}));
    return one;
  };
  chooseFolder = button("label.choose-folder", "folder");
  chooseOther = button("label.import", "import");
  auto* column = new QVBoxLayout{page};
  column->addStretch(1);
  column->addWidget(empty);
  column->setSpacing(8);
  column->addWidget(chooseFolder, 0, Qt::AlignHCenter);
  column->addWidget(chooseOther, 0, Qt::AlignHCenter);
  column->addStretch(2);
  return page;
}

void LabelPanel::Impl::build() {
  view = new widgets::AnnotatorView{&self};
  tools = new LabelTools{*view, &self};
  side = new LabelSide{&self};
  notice = new widgets::DataNotice{QStringLiteral("label.notice"), &self};
  menu = new widgets::LabelMenu{&self};
  menu->setKeys([this](const std::string& name) { return keyOf(name); });
  auto* scroll = new QScrollArea{&self};
  scroll->setObjectName(QStringLiteral("label.side"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(side);
  auto* middle = new QWidget{&self};
  auto* column = new QVBoxLayout{middle};
  column->setContentsMargins(8, 4, 0, 8);
  column->setSpacing(4);
  column->addWidget(tools);
  column->addWidget(notice);
  column->addWidget(view, 1);
  auto* halves = new QSplitter{Qt::Horizontal, &self};
  halves->setObjectName(QStringLiteral("label.halves"));
  halves->addWidget(middle);
  halves->addWidget(scroll);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 0);
  halves->setSizes({900, 300});
  halves->setChildrenCollapsible(false);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  nothing = buildEmpty();
  nothing->hide();
  something = halves;
  outer->addWidget(halves);
  outer->addWidget(nothing);
  self.setAcceptDrops(true);
  events.setSingleShot(true);
  events.setInterval(eventsMs);
  clock.start();
  for (QObject* one : std::initializer_list<QObject*>{view, side->classes, side->shapes, side->classes->viewport(),
                                                      side->shapes->viewport(), side->accept})
    one->installEventFilter(&self);
}

void LabelPanel::Impl::connectParts() {
  connect(view, &widgets::AnnotatorView::edited, &self, [this](const Text& what) { shapesEdited(what); });
  connect(view, &widgets::AnnotatorView::shapesChanged, &self, [this] { fillShapes(); });
  connect(view, &widgets::AnnotatorView::selectionChanged, &self, [this] {
    fillShapes();
    fillClasses();
  });
  connect(view, &widgets::AnnotatorView::toolChanged, &self, [this] {
    describeTools();
    prepare();
  });
  connect(view, &widgets::AnnotatorView::classWanted, &self, [this] { openMenu(); });
  connect(view, &widgets::AnnotatorView::previewWanted, &self, [this](const widgets::ShapeHint& hint) { hintWanted(hint); });
  connect(view, &widgets::AnnotatorView::told, &self, [this](const QString& words, bool warning) {
    if (warning) notice->say(widgets::Tone::Warning, [words] { return words; }, {{[] { return tr("Close"); }, {}}});
    else Q_EMIT workspace.statusMessage(words);
  });
  view->setColours([this](const std::string& name) {
    const auto* found = state.find(name);
    return found ? found->colour : QColor{};
  });
  connect(tools, &LabelTools::previousWanted, &self, [this] { go(-1); });
  connect(tools, &LabelTools::nextWanted, &self, [this] { go(1); });
  connect(tools, &LabelTools::undoWanted, &self, [this] {
    wentBack = true;
    writer.undo();
  });
  connect(tools, &LabelTools::redoWanted, &self, [this] {
    wentBack = true;
    writer.redo();
  });
  connect(tools, &LabelTools::copyWanted, &self, [this] { copyFromBefore(); });
  connect(tools, &LabelTools::fullWanted, &self, [this] {
    auto* dock = qobject_cast<QDockWidget*>(self.parentWidget());
    if (!dock) return;
    dock->setFloating(!dock->isFloating());
    if (dock->isFloating()) dock->setGeometry(dock->screen()->availableGeometry().adjusted(8, 32, -8, -8));
    view->setFocus();
  });
  connect(menu, &widgets::LabelMenu::chosen, &self, [this](const QString& name) {
    view->setFocus();
    if (!name.isEmpty() && !state.find(widgets::toUtf8(name))) addClass(name);
    chooseClass(widgets::toUtf8(name));
  });
}

void LabelPanel::Impl::connectEmpty() {
  connect(chooseFolder, &QPushButton::clicked, &self, [this] {
    widgets::askPath(
        &self, {.title = tr("Folder of pictures to label"), .start = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)},
        [this](const QString& folder) { openDataImport(workspace, folder, &self); });
  });
  connect(chooseOther, &QPushButton::clicked, &self, [this] { openDataImport(workspace, {}, &self); });
}

void LabelPanel::Impl::connectSide() {
  connect(side->accept, &QPushButton::clicked, &self, [this] {
    acceptSuggestion();
    view->setFocus();
  });
  connect(side->classes, &QTreeWidget::itemClicked, &self, [this](QTreeWidgetItem* item) {
    chooseClass(widgets::toUtf8(item->data(0, Qt::UserRole).toString()));
    view->setFocus();
  });
  connect(side->classes, &QTreeWidget::itemActivated, &self, [this](QTreeWidgetItem* item) {
    if (side->classes->hasFocus()) chooseClass(widgets::toUtf8(item->data(0, Qt::UserRole).toString()));
  });
  connect(side->newClass, &QLineEdit::returnPressed, &self, [this] {
    const auto name = side->newClass->text().trimmed();
    side->newClass->clear();
    if (name.isEmpty()) view->setFocus();
    else addClass(name);
  });
  connect(side->several, &QCheckBox::clicked, &self, [this](bool on) { setTask(on ? "multi-label" : "classification"); });
  connect(side->ordered, &QCheckBox::clicked, &self, [this](bool on) { setTask(on ? "ordinal" : "classification"); });
  connect(side->classUp, &QToolButton::clicked, &self, [this] { moveClass(-1); });
  connect(side->classDown, &QToolButton::clicked, &self, [this] { moveClass(1); });
  connect(side->order, &QComboBox::activated, &self, [this](int row) {
    const auto kind = static_cast<LabelOrder::Kind>(side->order->itemData(row).toInt());
    if (kind != LabelOrder::Kind::Chosen) begin(kind);
    view->setFocus();
  });
  connect(side->shapes, &QTreeWidget::currentItemChanged, &self, [this](QTreeWidgetItem* item) {
    if (item && side->shapes->hasFocus()) view->select(item->data(0, Qt::UserRole).toInt());
  });
  connect(side->shapes, &QTreeWidget::itemClicked, &self,
          [this](QTreeWidgetItem* item) { view->select(item->data(0, Qt::UserRole).toInt()); });
  connect(side->shapeHide, &QToolButton::clicked, &self, [this] { view->setHidden(view->selected(), !view->hidden(view->selected())); });
  connect(side->shapeLock, &QToolButton::clicked, &self, [this] { view->setLocked(view->selected(), !view->locked(view->selected())); });
  connect(side->shapeUp, &QToolButton::clicked, &self, [this] { view->reorderSelected(1); });
  connect(side->shapeDown, &QToolButton::clicked, &self, [this] { view->reorderSelected(-1); });
  connect(side->shapeRemove, &QToolButton::clicked, view, &widgets::AnnotatorView::removeSelected);
  connect(side->train, &QPushButton::clicked, &self, [this] { train(); });
  connect(side->confirm, &QPushButton::clicked, &self, [this] { openConfirm(); });
  QSettings settings;
  side->byItself->setChecked(settings.value(QStringLiteral("labelling/byItself"), false).toBool());
  side->every->setValue(settings.value(QStringLiteral("labelling/every"), 20).toInt());
  connect(side->byItself, &QCheckBox::toggled, &self, [this](bool on) {
    QSettings{}.setValue(QStringLiteral("labelling/byItself"), on);
    describeTraining();
  });
  connect(side->every, &QSpinBox::valueChanged, &self, [this](int n) {
    QSettings{}.setValue(QStringLiteral("labelling/every"), n);
    describeTraining();
  });
}

void LabelPanel::Impl::connectServices() {
  connect(&order, &LabelOrder::arrived, &self, [this] {
    if (waitsForNext || current.empty()) go(1);
    else prefetch();
    describePicture();
  });
  connect(&feed, &widgets::PictureFeed::arrived, &self, [this](const widgets::PictureRef& picture) {
    if (const auto* now = item(); now && now->picture == picture) showPicture();
  });
  connect(&writer, &LabelWriter::saved, &self, [this](const std::string& id, std::int64_t version) {
    const auto found = items.find(id);
    if (found != items.end() && version > 0) found->second.version = version;
    else if (found != items.end()) fetch(id, true);
    moreBest();
    assist.estimateSoon();
  });
  connect(&writer, &LabelWriter::pendingChanged, &self, [this] { describeSaved(); });
  connect(&writer, &LabelWriter::conflicted, &self, [this](const std::string& id, const Error& error) {
    notice->say(widgets::Tone::Warning, [error] { return widgets::say(error); },
                {{[] { return tr("&Mine stands"); }, [this] { writer.repeat(); }},
                 {[] { return tr("&Theirs stands"); }, [this] { writer.letGo(); }}});
    fetch(id, true);
  });
  connect(&writer, &LabelWriter::failed, &self, [this](const std::string& id, const Error& error) {
    notice->say(widgets::Tone::Bad, [error] { return widgets::say(error); }, {{[] { return tr("Close"); }, {}}});
    if (!id.empty()) fetch(id, true);
    else events.start();  // What is shown of it was never written.
  });
  connect(&assist, &Assist::stateChanged, &self, [this] {
    moreBest();
    prefetch();
    describe();
    assist.estimateSoon();
  });
  connect(&assist, &Assist::suggested, &self, [this] { describeSuggestion(); });
  connect(&assist, &Assist::estimated, &self, [this] { describeAccuracy(); });
  connect(&events, &QTimer::timeout, &self, [this] { askState(); });
  connect(&session(), &Session::eventArrived, &self, [this](const Value& event) { handle(event); });
  connect(&session(), &Session::stateChanged, &self, [this] {
    if (session().state() == Session::State::Ready) writer.resume();
    describe();
  });
  connect(&session(), &Session::catalogueChanged, &self, [this] { describe(); });
  connect(&workspace, &Workspace::stateChanged, &self, [this] { describeTraining(); });
}

void LabelPanel::Impl::handle(const Value& event) {
  const auto& what = event["event"].asText();
  if (notLooking) return;
  assist.handle(event);
  if (what == "data") {
    forget(event["changed"], event["number"].asInt());
    events.start();
  } else if (what == "state") {
    // After a connection that was lost anything may have happened.
    forget({}, 0);
    events.start();
  }
}

void LabelPanel::Impl::askState() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  askedAfter = writer.pendingForAll() ? std::nullopt : std::optional{writer.givenForAll()};
  stateRequest = std::make_unique<QObject>();
  session().ask("data", Value::Map{{"do", "state"}}, stateRequest.get(), [this](const Result<Value>& answer) {
    asking = false;
    if (answer) tookState(*answer);
    else if (!known) view->setProblem(widgets::say(answer.error()));
    if (std::exchange(askAgain, false)) events.start();
  });
}

void LabelPanel::Impl::tookState(const Value& answer) {
  auto now = widgets::dataStateFromValue(answer);
  // Classes given since it was asked for are newer than the answer, arrived or not.
  if (askedAfter != writer.givenForAll()) {
    now.classes = std::move(state.classes);
    now.task = state.task;
    events.start();
  }
  state = std::move(now);
  const bool first = !std::exchange(known, true);
  if (view->activeClass().empty() && !state.classes.empty()) view->setActiveClass(state.classes.front().name);
  tools->setSteps(state.undo, state.redo);
  if (first && !begun) begin(LabelOrder::Kind::Best);
  if (state.items > 0) assist.open();
  // Pictures that were imported meanwhile.
  if (!first && current.empty() && order.atEnd() && state.items > 0) begin(order.kind());
  describe();
}

void LabelPanel::Impl::retranslate() {
  self.setAccessibleName(tr("Label"));
  side->retranslate();
  tools->retranslate();
  tools->setSteps(state.undo, state.redo);
  fillOrder();
  describe();
}

LabelPanel::LabelPanel(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("label"));
  impl_->build();
  impl_->connectParts();
  impl_->connectSide();
  impl_->connectEmpty();
  impl_->connectServices();
  impl_->retranslate();
  setFocusProxy(impl_->view);
  readKeys(impl_->session(), this, [this](ClassKeys keys) {
    // What was given meanwhile is newer.
    if (impl_->ownKeys.empty()) impl_->ownKeys = std::move(keys);
    impl_->fillClasses();
  });
}

LabelPanel::~LabelPanel() {
  for (QObject* one : std::initializer_list<QObject*>{&impl_->writer, &impl_->order, &impl_->assist, &impl_->feed}) one->disconnect(this);
}

void LabelPanel::open(std::vector<std::string> ids, std::function<QString()> title, const std::string& from) {
  impl_->title = std::move(title);
  if (!ids.empty()) impl_->begin(LabelOrder::Kind::Chosen, std::move(ids), from);
  else if (!from.empty()) impl_->begin(LabelOrder::Kind::All, {}, from);
  impl_->view->setFocus();
}

widgets::AnnotatorView& LabelPanel::view() const { return *impl_->view; }
std::string LabelPanel::current() const { return impl_->current; }
bool LabelPanel::shown() const { return impl_->shown; }
bool LabelPanel::idle() const { return impl_->feed.idle() && impl_->writer.pending() == 0 && impl_->asked.empty() && !impl_->asking; }

bool LabelPanel::eventFilter(QObject* watched, QEvent* event) {
  const bool picture = watched == impl_->view;
  if (event->type() == QEvent::ShortcutOverride && picture && impl_->wants(static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  if (event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (!key->isAutoRepeat() && key->key() != Qt::Key_Shift && key->key() != Qt::Key_Control && key->key() != Qt::Key_Alt)
      impl_->effort.key(impl_->clock.elapsed());
    if (picture && impl_->wants(key) && impl_->key(key)) return true;
  }
  if (event->type() == QEvent::MouseButtonPress) impl_->effort.click(impl_->clock.elapsed());
  return QWidget::eventFilter(watched, event);
}

void LabelPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (std::exchange(impl_->notLooking, false)) impl_->askState();
}

void LabelPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && !impl_->session().readOnly()) event->acceptProposedAction();
}

void LabelPanel::dropEvent(QDropEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.isEmpty() || !urls.front().isLocalFile()) return;
  event->acceptProposedAction();
  openDataImport(impl_->workspace, urls.front().toLocalFile(), this);
}

void LabelPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
}

void openLabelling(Workspace& workspace, const std::vector<std::string>& ids, const std::function<QString()>& title,
                   const std::string& from) {
  auto* panel = qobject_cast<LabelPanel*>(workspace.panel(QStringLiteral("label")));
  if (!panel) panel = new LabelPanel{workspace};
  showInDock(workspace, QStringLiteral("label"), panel, QStringLiteral("dataset"));
  panel->open(ids, title, from);
}

}  // namespace patchbay::studio
