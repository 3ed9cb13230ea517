// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/import_dialog.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTimer>
#include <QVBoxLayout>
#include <atomic>

#include "app/studio/data/dropped_files.h"
#include "app/studio/data/import_changes.h"
#include "app/studio/data/import_copy.h"
#include "app/studio/try_it/try_parts.h"
#include "app/studio/window/dialog_foot.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/gallery/import_summary_view.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

using widgets::fromUtf8;
using widgets::Tone;

struct ImportDialog::Impl {
  ImportDialog& self;
  Workspace& workspace;
  QPointF scene;
  std::optional<NodeId> block;   ///< Asked for by name.
  std::optional<NodeId> source;  ///< Whose place the pictures may take.
  fs::path path;
  bool looking = false;
  std::shared_ptr<CopyState> copying;
  QElapsedTimer since;
  QTimer tick;

  QLineEdit* where = nullptr;
  QPushButton *browse = nullptr, *browseTable = nullptr, *again = nullptr, *ok = nullptr, *cancel = nullptr;
  widgets::ImportSummaryView* summary = nullptr;
  Remark* advice = nullptr;
  QGroupBox *how = nullptr, *files = nullptr;
  QRadioButton *instead = nullptr, *fresh = nullptr, *keep = nullptr, *copy = nullptr;
  QLabel* progress = nullptr;
  QProgressBar* bar = nullptr;

  Impl(ImportDialog& dialog, Workspace& of, QPointF at, std::optional<NodeId> wanted)
      : self{dialog}, workspace{of}, scene{at}, block{std::move(wanted)} {}
  void build();
  void retranslate();
  void look();
  void looked(bool usable);
  void update();
  QString whyNot() const;
  QString adviceText() const;
  void showProgress();
  void stopLooking();
  void apply(const fs::path& from);
  bool isTable() const { return QFileInfo{where->text()}.isFile(); }
};

void ImportDialog::Impl::build() {
  const auto named = [](auto* widget, const char* name) {
    widget->setObjectName(QLatin1String{name});
    return widget;
  };
  const auto parts = makePathRow(self, QStringLiteral("import"), QStringLiteral("browse"), QStringLiteral("browse-table"));
  where = parts.where;
  browse = parts.folder;
  browseTable = parts.file;
  summary = new widgets::ImportSummaryView{workspace.session(), &self};
  advice = new Remark{QStringLiteral("import.advice"), &self};

  how = new QGroupBox{&self};
  instead = named(new QRadioButton{how}, "import.replace");
  fresh = named(new QRadioButton{how}, "import.new");
  auto* howColumn = new QVBoxLayout{how};
  howColumn->addWidget(instead);
  howColumn->addWidget(fresh);
  files = new QGroupBox{&self};
  keep = named(new QRadioButton{files}, "import.keep");
  copy = named(new QRadioButton{files}, "import.copy");
  keep->setChecked(true);
  auto* filesColumn = new QVBoxLayout{files};
  filesColumn->addWidget(keep);
  filesColumn->addWidget(copy);
  auto* choices = new QHBoxLayout;
  choices->addWidget(how, 1);
  choices->addWidget(files, 1);

  const auto foot = makeFoot(self, QStringLiteral("import"));
  progress = foot.progress;
  bar = foot.bar;
  bar->setMaximumWidth(200);
  ok = foot.ok;
  cancel = foot.cancel;
  auto* column = makeColumn(self);
  column->addLayout(parts.row);
  column->addWidget(summary, 1);
  column->addWidget(advice);
  column->addLayout(choices);
  column->addLayout(foot.row);

  connect(where, &QLineEdit::editingFinished, &self, [this] {
    if (fs::path{QFile::encodeName(where->text()).toStdString()} != path) look();
  });
  connect(browse, &QPushButton::clicked, &self, [this] {
    widgets::askPath(&self, {.title = tr("Choose a folder of pictures"), .start = where->text()},
                     [this](const QString& chosen) { self.setPath(chosen); });
  });
  connect(browseTable, &QPushButton::clicked, &self, [this] {
    widgets::askPath(&self,
                     {.ask = widgets::Ask::File,
                      .title = tr("Choose a table of pictures"),
                      .start = QFileInfo{where->text()}.absolutePath(),
                      .filters = tr("Tables (*.csv *.tsv);;All files (*)")},
                     [this](const QString& chosen) { self.setPath(chosen); });
  });
  connect(summary, &widgets::ImportSummaryView::ready, &self, [this](bool usable) { looked(usable); });
  tick.setInterval(200);
  connect(&tick, &QTimer::timeout, &self, [this] { showProgress(); });
}

void ImportDialog::Impl::retranslate() {
  self.setWindowTitle(tr("Import pictures"));
  where->setAccessibleName(tr("Folder or table"));
  browse->setText(tr("&Folder…"));
  browse->setToolTip(tr("Choose a folder with one folder of pictures for each class"));
  browseTable->setText(tr("&Table…"));
  browseTable->setToolTip(tr("Choose a CSV file that lists pictures and their classes"));
  how->setTitle(tr("Where they go"));
  const auto* node = source ? workspace.file().document().node(*source) : nullptr;
  const auto* schema = node ? workspace.session().catalogue().find(node->type) : nullptr;
  const auto name = node && !node->title.empty() ? fromUtf8(node->title) : schema ? widgets::say(schema->info.title) : QString{};
  instead->setText(tr("&Instead of the pictures of “%1”").arg(name));
  instead->setToolTip(tr("Everything that is linked to it then works on these pictures"));
  fresh->setText(tr("As a &new block"));
  files->setTitle(tr("The files"));
  keep->setText(tr("&Leave them where they are"));
  keep->setToolTip(tr("The pipeline reads them there; they must stay"));
  copy->setText(tr("&Copy them into the project"));
  copy->setToolTip(tr("The project then has all it needs, also on another computer"));
  cancel->setText(tr("Cancel"));
  update();
}

void ImportDialog::Impl::look() {
  stopLooking();
  path = QFile::encodeName(where->text()).toStdString();
  looking = true;
  since.start();
  tick.start();
  summary->showPath(path.native());
  update();
}

/// A request of the same slot that needs no time ends the one under way.
void ImportDialog::Impl::stopLooking() {
  if (!looking) return;
  looking = false;
  workspace.session().live("patchbay.live.pictures", "about", {}, "import-summary", &workspace, [](const Result<Value>&) {});
}

void ImportDialog::Impl::looked(bool) {
  looking = false;
  if (!copying) tick.stop();
  const auto table = summary->summary()["kind"].asText() == "table";
  copy->setEnabled(!table);
  copy->setToolTip(table ? tr("A table names its pictures by where they are; move the table together with them.")
                         : tr("The project then has all it needs, also on another computer"));
  if (table) keep->setChecked(true);
  update();
}

QString ImportDialog::Impl::whyNot() const {
  if (looking) return tr("The pictures are being looked at.");
  if (copying) return tr("The pictures are being copied.");
  if (workspace.session().readOnly()) return tr("The project folder is read-only. Save the pipeline in a folder of your own.");
  const auto& kind = summary->summary()["kind"].asText();
  if (kind == "exported_model") return tr("This is an exported model. Drop it on the canvas to use it.");
  if (kind == "pipeline") return tr("This is a pipeline. Open it with Ctrl+O.");
  if (!summary->usable()) return tr("No picture was found there. Choose a folder with pictures, or a table that lists them.");
  return {};
}

/// What the summary's own warnings leave open: what to do about it.
QString ImportDialog::Impl::adviceText() const {
  const auto& s = summary->summary();
  if (!summary->usable()) return {};
  const auto& classes = s["classes"].asList();
  if (classes.empty())
    return tr(
        "No picture has a class. Put the pictures of each class into a folder of its own, named like the class, and import the folder "
        "around them.");
  if (classes.size() == 1)
    return tr("All pictures are of the class “%1”. Put pictures of a second class into a folder beside it before training.")
        .arg(fromUtf8(displayText(classes.front()["name"].asText())));
  QStringList single;
  for (const auto& one : classes)
    if (one["count"].asInt() == 1) single << tr("“%1”").arg(fromUtf8(displayText(one["name"].asText())));
  if (!single.isEmpty())
    return tr("There is only one picture of %1: it cannot be in training and test at once. Add pictures of it, or take its folder out.")
        .arg(single.join(tr(", ")));
  return {};
}

void ImportDialog::Impl::update() {
  const auto why = whyNot();
  ok->setText(copying ? tr("Copying…") : tr("I&mport"));
  ok->setEnabled(why.isEmpty());
  ok->setToolTip(why.isEmpty() ? tr("Puts the pictures into the pipeline") : why);
  advice->say(Tone::Warning, looking ? QString{} : adviceText());
  instead->setVisible(source.has_value());
  how->setVisible(source.has_value());
  files->setEnabled(!copying);
  showProgress();
}

void ImportDialog::Impl::showProgress() {
  bar->setVisible(looking || copying);
  if (copying) {
    bar->setRange(0, static_cast<int>(std::max<std::int64_t>(1, copying->total)));
    bar->setValue(static_cast<int>(copying->done));
    progress->setText(
        tr("Copying: %1 of %2 files").arg(QLocale{}.toString(qlonglong{copying->done}), QLocale{}.toString(qlonglong{copying->total})));
  } else if (looking) {
    bar->setRange(0, 0);
    progress->setText(
        tr("Opening the pictures, %1 so far; ten seconds at most").arg(widgets::sayDuration(static_cast<double>(since.elapsed()) / 1000)));
  } else {
    progress->setText(ok->isEnabled() ? QString{} : whyNot());
  }
}

void ImportDialog::Impl::apply(const fs::path& from) {
  ImportWish wish;
  wish.path = from;
  wish.table = summary->summary()["kind"].asText() == "table";
  if (source && instead->isChecked()) wish.replace = source;
  wish.place = {scene.x(), scene.y()};
  wish.base = workspace.file().place().base;
  for (const auto& one : summary->summary()["classes"].asList()) wish.classes.push_back(one["name"].asText());
  NodeId made;
  auto changes = importChanges(workspace.file().document(), workspace.session().catalogue(), wish, &made);
  const auto done =
      changes ? workspace.editor().apply(TR("studio", "Import pictures"), std::move(*changes)) : Result<>{fail(changes.error())};
  if (!done) return advice->say(Tone::Bad, widgets::say(done.error()));
  workspace.goTo(made);
  Q_EMIT self.imported(made);
  self.QDialog::accept();
}

ImportDialog::ImportDialog(Workspace& workspace, const QString& path, QPointF scene, const std::optional<NodeId>& block, QWidget* parent)
    : QDialog{parent}, impl_{new Impl{*this, workspace, scene, block}} {
  setObjectName(QStringLiteral("import"));
  setAttribute(Qt::WA_DeleteOnClose);
  impl_->source = block ? block : soleDataSource(workspace.file().document(), workspace.session().catalogue());
  impl_->build();
  (impl_->source ? impl_->instead : impl_->fresh)->setChecked(true);
  impl_->retranslate();
  resize(900, 720);
  if (!path.isEmpty()) setPath(path);
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::setPath(const QString& path) {
  impl_->where->setText(path);
  impl_->look();
}

bool ImportDialog::idle() const { return !impl_->looking && !impl_->copying; }

void ImportDialog::accept() {
  if (!impl_->whyNot().isEmpty()) return;
  if (!impl_->copy->isChecked()) return impl_->apply(impl_->path);
  impl_->copying = std::make_shared<CopyState>();
  impl_->tick.start();
  impl_->update();
  const auto target = impl_->workspace.file().place().project / "pictures" / impl_->path.filename();
  impl_->workspace.session().inThread(
      [from = impl_->path, target, state = impl_->copying]() -> Result<std::any> {
        PB_TRY(const auto copied, copyPictures(from, target, *state));
        return std::any{copied};
      },
      this,
      [this](const Result<std::any>& copied) {
        impl_->copying.reset();
        impl_->tick.stop();
        impl_->update();
        if (copied) return impl_->apply(std::any_cast<fs::path>(*copied));
        if (copied.error().kind != ErrorKind::Cancelled) impl_->advice->say(Tone::Bad, widgets::say(copied.error()));
      });
}

void ImportDialog::reject() {
  impl_->stopLooking();
  impl_->tick.stop();
  if (impl_->copying) impl_->copying->stop = true;
  QDialog::reject();
}

void ImportDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_) impl_->retranslate();
}

void openImport(Workspace& workspace, const QString& path, QPointF scene, const std::optional<NodeId>& block) {
  auto* dialog = new ImportDialog{workspace, path, scene, block, workspace.middle()};
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

}  // namespace patchbay::studio
