// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_dialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/deploy/export_changes.h"
#include "app/studio/deploy/export_preview.h"
#include "app/studio/deploy/export_snippets.h"
#include "app/studio/try_it/try_models.h"
#include "app/studio/try_it/try_parts.h"
#include "app/studio/window/dialog_foot.h"
#include "app/studio/workspace.h"
#include "engine/data/ports.h"
#include "engine/learn/report.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

using widgets::fromUtf8;
using widgets::Tone;
using widgets::toUtf8;

namespace {

/// The figure a report is known by, with its interval.
struct Figure {
  std::string name;
  learn::MetricValue value;
  std::int64_t items = 0;
  std::string part;
};

Result<std::any> readFigure(ObjectReader& reader, const std::string& digest) {
  PB_TRY(const auto parsed, Digest::parse(digest));
  PB_TRY(const auto value, PortValue::load(reader, parsed));
  PB_TRY(const auto report, Report::load(reader, value));
  for (const auto* name : {"accuracy", "mean_average_precision"})
    if (report.body[name].isMap())
      return std::any{Figure{name, learn::metricFromValue(report.body[name]), report.body["items"].asInt(), report.body["part"].asText()}};
  return std::any{Figure{}};
}

QString percent(double share) { return QLocale{}.toString(100 * share, 'f', 1); }

}  // namespace

struct ExportDialog::Impl {
  ExportDialog& self;
  Workspace& workspace;
  ModelList models;
  std::optional<NodeId> wanted;
  bool measuring = false, starting = false;
  std::uint64_t round = 0;
  Value preview;
  std::optional<Error> previewError;
  std::optional<Figure> figure;
  NodeId block;
  std::string run;
  fs::path done;

  QComboBox* model = nullptr;
  QLabel *modelLabel = nullptr, *formatsLabel = nullptr, *nameLabel = nullptr, *folderLabel = nullptr, *progress = nullptr,
         *doneText = nullptr;
  QTreeWidget* formats = nullptr;
  Remark *quality = nullptr, *eightBits = nullptr, *advice = nullptr, *result = nullptr;
  QLineEdit *name = nullptr, *folder = nullptr, *line = nullptr;
  QCheckBox *pictures = nullptr, *int8 = nullptr;
  QDoubleSpinBox* drop = nullptr;
  QLabel* dropName = nullptr;
  QPushButton *browse = nullptr, *ok = nullptr, *close = nullptr, *stop = nullptr, *openFolder = nullptr, *deploy = nullptr,
              *python = nullptr, *cpp = nullptr, *copyLine = nullptr;
  QProgressBar* bar = nullptr;
  QWidget *setup = nullptr, *after = nullptr;

  Impl(ExportDialog& dialog, Workspace& of, std::optional<NodeId> node)
      : self{dialog}, workspace{of}, models{of, &dialog}, wanted{std::move(node)} {}
  void build();
  void buildAfter(QVBoxLayout& column);
  void wire();
  void retranslate();
  const TrainedModel* chosen() const { return models.find(model->currentData().toString().toStdString()); }
  void fillModels();
  void measure();
  void update();
  void showQuality();
  void showInt8();
  void showProgress();
  QString whyNot() const;
  void finished(const QString& id);
  void written(const fs::path& place);
  void fail(const QString& why);
  void copy(const QString& text, const QString& said);
  void copyProgram(Result<std::string> (*snippet)(const fs::path&), const QString& said);
};

void ExportDialog::Impl::build() {
  const auto named = [](auto* widget, const char* objectName) {
    widget->setObjectName(QLatin1String{objectName});
    return widget;
  };
  auto* column = makeColumn(self);
  setup = new QWidget{&self};
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  model = named(new QComboBox{setup}, "export.model");
  model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  modelLabel = new QLabel{setup};
  modelLabel->setBuddy(model);
  form->addRow(modelLabel, model);
  name = named(new QLineEdit{setup}, "export.name");
  nameLabel = new QLabel{setup};
  nameLabel->setBuddy(name);
  form->addRow(nameLabel, name);
  folder = named(new QLineEdit{setup}, "export.folder");
  browse = named(new QPushButton{setup}, "export.browse");
  browse->setIcon(widgets::icon(QStringLiteral("folder")));
  folderLabel = new QLabel{setup};
  folderLabel->setBuddy(folder);
  auto* row = new QHBoxLayout;
  row->addWidget(folder, 1);
  row->addWidget(browse);
  form->addRow(folderLabel, row);
  pictures = named(new QCheckBox{setup}, "export.pictures");
  form->addRow(QString{}, pictures);
  int8 = named(new QCheckBox{setup}, "export.int8");
  drop = named(new QDoubleSpinBox{setup}, "export.int8-drop");
  drop->setRange(0, 100);
  drop->setDecimals(1);
  drop->setSingleStep(0.5);
  drop->setValue(1);
  dropName = new QLabel{setup};
  dropName->setBuddy(drop);
  auto* eight = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{int8, dropName, drop}) eight->addWidget(w);
  form->addRow(QString{}, eight);

  formatsLabel = new QLabel{setup};
  formats = named(new QTreeWidget{setup}, "export.formats");
  formats->setRootIsDecorated(false);
  formats->setUniformRowHeights(true);
  formats->setColumnCount(4);
  formats->setTextElideMode(Qt::ElideMiddle);
  formats->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  formats->header()->setStretchLastSection(true);
  quality = new Remark{QStringLiteral("export.quality"), setup};
  eightBits = new Remark{QStringLiteral("export.int8-cost"), setup};
  advice = new Remark{QStringLiteral("export.advice"), setup};
  auto* setupColumn = new QVBoxLayout{setup};
  setupColumn->setContentsMargins(0, 0, 0, 0);
  setupColumn->setSpacing(12);
  setupColumn->addLayout(form);
  setupColumn->addWidget(formatsLabel);
  setupColumn->addWidget(formats);
  setupColumn->addWidget(quality);
  setupColumn->addWidget(eightBits);
  setupColumn->addWidget(advice);
  setupColumn->addStretch(1);
  column->addWidget(setup, 1);
  buildAfter(*column);

  result = new Remark{QStringLiteral("export.problem"), &self};
  column->addWidget(result);
  progress = named(new QLabel{&self}, "export.progress");
  progress->setWordWrap(true);
  bar = new QProgressBar{&self};
  bar->setTextVisible(false);
  bar->setMaximumWidth(160);
  stop = named(new QPushButton{&self}, "export.stop");
  ok = named(new QPushButton{&self}, "export.ok");
  ok->setIcon(widgets::icon(QStringLiteral("export")));
  ok->setDefault(true);
  close = named(new QPushButton{&self}, "export.close");
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(progress, 1);
  for (auto* w : std::initializer_list<QWidget*>{bar, stop, ok, close}) bottom->addWidget(w);
  column->addLayout(bottom);
}

void ExportDialog::Impl::buildAfter(QVBoxLayout& column) {
  const auto button = [&](const char* objectName, const QString& icon) {
    auto* b = new QPushButton{after};
    b->setObjectName(QLatin1String{objectName});
    b->setIcon(widgets::icon(icon));
    return b;
  };
  after = new QWidget{&self};
  doneText = new QLabel{after};
  doneText->setObjectName(QStringLiteral("export.done"));
  doneText->setWordWrap(true);
  doneText->setTextFormat(Qt::PlainText);
  doneText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  openFolder = button("export.open-folder", QStringLiteral("folder"));
  deploy = button("export.deploy", QStringLiteral("category-deploy"));
  python = button("export.copy-python", QStringLiteral("copy"));
  cpp = button("export.copy-cpp", QStringLiteral("copy"));
  copyLine = button("export.copy-line", QStringLiteral("copy"));
  line = new QLineEdit{after};
  line->setObjectName(QStringLiteral("export.line"));
  line->setReadOnly(true);
  auto font = line->font();
  font.setFamilies({QStringLiteral("monospace")});
  line->setFont(font);
  auto* buttons = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* b : {deploy, openFolder, python, cpp}) buttons->addWidget(b);
  auto* row = new QHBoxLayout;
  row->addWidget(line, 1);
  row->addWidget(copyLine);
  auto* inside = new QVBoxLayout{after};
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(12);
  inside->addWidget(doneText);
  inside->addLayout(buttons);
  inside->addLayout(row);
  after->hide();
  column.addWidget(after);
}

void ExportDialog::Impl::wire() {
  connect(&models, &ModelList::changed, &self, [this] { fillModels(); });
  connect(model, &QComboBox::activated, &self, [this] { measure(); });
  for (auto* edit : {name, folder}) connect(edit, &QLineEdit::textChanged, &self, [this] { update(); });
  connect(browse, &QPushButton::clicked, &self, [this] {
    widgets::askPath(&self, {.title = tr("Choose where the export folder is made"), .start = folder->text()},
                     [this](const QString& to) { folder->setText(to); });
  });
  connect(ok, &QPushButton::clicked, &self, &ExportDialog::accept);
  connect(close, &QPushButton::clicked, &self, &QDialog::reject);
  connect(stop, &QPushButton::clicked, &self, [this] { workspace.runs().stop(run, false); });
  auto& runs = workspace.runs();
  connect(&runs, &RunController::runBegan, &self, [this](const QString& id) {
    if (!starting) return;
    starting = false;
    run = toUtf8(id);
    update();
  });
  connect(&runs, &RunController::runEnded, &self, [this](const QString& id) { finished(id); });
  connect(&runs, &RunController::bookChanged, &self, [this] { update(); });
  connect(&runs, &RunController::failed, &self, [this](const Error& error) {
    if (starting || !run.empty()) fail(widgets::say(error));
  });
  connect(openFolder, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(fromUtf8(done.native()))); });
  connect(python, &QPushButton::clicked, &self, [this] { copyProgram(pythonSnippet, tr("The Python program is on the clipboard.")); });
  connect(deploy, &QPushButton::clicked, &self, [this] {
    workspace.deploy(fromUtf8(done.native()));
    self.close();
  });
  connect(int8, &QCheckBox::toggled, &self, [this] { measure(); });
  connect(drop, &QDoubleSpinBox::valueChanged, &self, [this] { update(); });
  connect(copyLine, &QPushButton::clicked, &self, [this] { copy(line->text(), tr("The command is on the clipboard.")); });
  connect(cpp, &QPushButton::clicked, &self,
          [this] { copyProgram(cppSnippet, tr("The C++ program is on the clipboard; its first line says how to build it.")); });
}

void ExportDialog::Impl::retranslate() {
  self.setWindowTitle(tr("Export the model"));
  modelLabel->setText(tr("&Model"));
  nameLabel->setText(tr("&Name"));
  folderLabel->setText(tr("&Folder"));
  folder->setToolTip(tr("The export gets a folder of its own name in it"));
  browse->setText(tr("&Choose…"));
  pictures->setText(tr("&Put eight of my pictures into the export, as test pictures"));
  pictures->setToolTip(tr("Otherwise only drawn pictures are in it, and none of yours leaves this computer with it"));
  int8->setText(tr("Also in &eight bits (int8)"));
  int8->setToolTip(tr("A quarter of the size, and faster on processors with VNNI; what it costs is measured on validation first"));
  dropName->setText(tr("may &lose"));
  drop->setSuffix(tr(" points"));
  drop->setToolTip(tr("Percentage points of accuracy on validation; when int8 loses more it is not saved"));
  formatsLabel->setText(tr("All of these are written, with a model card, test pictures and programs in Python and C++:"));
  formats->setAccessibleName(tr("Formats"));
  formats->setHeaderLabels({tr("Format"), tr("Size"), tr("One picture here"), tr("Files")});
  stop->setText(tr("&Stop"));
  openFolder->setText(tr("&Open folder"));
  deploy->setText(tr("&Measure, serve, prove"));
  deploy->setToolTip(tr("Shows the export in the panel Deploy"));
  python->setText(tr("Copy &Python snippet"));
  python->setToolTip(tr("A program with a function predict(picture); needs onnxruntime, numpy and Pillow"));
  cpp->setText(tr("Copy C++ s&nippet"));
  cpp->setToolTip(tr("A whole program; needs OpenCV"));
  copyLine->setText(tr("Cop&y"));
  line->setAccessibleName(tr("Command that tries the export"));
  close->setText(tr("Close"));
  update();
}

/// One entry a block: what is exported is what the pipeline makes now.
void ExportDialog::Impl::fillModels() {
  const auto before = model->currentData().toString();
  model->clear();
  std::set<std::pair<NodeId, std::string>> listed;
  for (const auto& one : models.models())
    if (workspace.file().document().node(one.node) && listed.emplace(one.node, one.step).second)
      model->addItem(models.describe(one), fromUtf8(one.digest));
  int at = std::max(0, model->findData(before));
  if (wanted)
    for (int i = 0; i < model->count(); ++i)
      if (const auto* one = models.find(model->itemData(i).toString().toStdString()); one && one->node == *wanted) {
        at = i;
        wanted.reset();
        break;
      }
  model->setCurrentIndex(model->count() > 0 ? at : -1);
  if (model->currentData().toString() != before || preview.isNull()) measure();
  update();
}

void ExportDialog::Impl::measure() {
  const auto* with = chosen();
  preview = {};
  previewError.reset();
  figure.reset();
  ++round;
  if (!with) return update();
  measuring = true;
  Value args{Value::Map{{"model", with->digest}, {"seconds", 0.5}}};
  if (with->report.empty() && !with->data.empty()) args["data"] = with->data;
  if (int8->isChecked() && !with->data.empty()) args["int8"] = with->data;
  workspace.session().live("patchbay.live.export", "export_preview", std::move(args), "export-preview", &self,
                           [this, now = round](const Result<Value>& answer) {
                             if (now != round) return;
                             measuring = false;
                             if (answer) preview = *answer;
                             else previewError = answer.error();
                             update();
                             Q_EMIT self.measured();
                           });
  if (!with->report.empty())
    workspace.session().readObjects([digest = with->report](ObjectReader& reader) { return readFigure(reader, digest); }, &self,
                                    [this, now = round](const Result<std::any>& read) {
                                      if (now != round || !read) return;
                                      figure = std::any_cast<Figure>(*read);
                                      update();
                                    });
  update();
}

void ExportDialog::Impl::showQuality() {
  const auto* with = chosen();
  if (!with) return quality->say(Tone::Neutral, {});
  if (figure && !figure->name.empty()) {
    const auto what = figure->name == "accuracy" ? tr("Accuracy") : tr("Mean average precision");
    const auto items = QLocale{}.toString(qlonglong{figure->items});
    if (!std::isfinite(figure->value.low))
      return quality->say(Tone::Good, tr("%1 %2 %, on %3 pictures.").arg(what, percent(figure->value.value), items));
    return quality->say(Tone::Good,
                        tr("%1 %2 % (95 % interval %3 to %4 %), on %5 pictures it was not trained on.")
                            .arg(what, percent(figure->value.value), percent(figure->value.low), percent(figure->value.high), items));
  }
  if (!with->report.empty()) return quality->say(Tone::Neutral, {});
  if (const auto* accuracy = preview.find("accuracy")) {
    const auto value = learn::wilson(static_cast<std::uint64_t>((*accuracy)["correct"].asInt()),
                                     static_cast<std::uint64_t>((*accuracy)["pictures"].asInt()));
    return quality->say(
        Tone::Warning,
        tr("This model was not evaluated. A quick try on %1 pictures: accuracy %2 % (95 % interval %3 to %4 %). Add the block Evaluate "
           "for the whole picture.")
            .arg(QLocale{}.toString((*accuracy)["pictures"].asInt()), percent(value.value), percent(value.low), percent(value.high)));
  }
  if (!measuring)
    quality->say(Tone::Warning,
                 tr("This model was not evaluated, so nobody knows how good it is. Add the block Evaluate and run it first."));
  else quality->say(Tone::Neutral, {});
}

void ExportDialog::Impl::showInt8() {
  const auto* with = chosen();
  const auto said = int8->isChecked() && with ? sayInt8(preview["int8"], !with->data.empty(), drop->value()) : Int8Words{};
  eightBits->say(said.tone, said.text);
  for (auto* w : std::initializer_list<QWidget*>{drop, dropName}) w->setVisible(int8->isChecked());
}

QString ExportDialog::Impl::whyNot() const {
  if (!run.empty() || starting) return tr("The export is being written.");
  if (!models.ready()) return tr("Looking for models…");
  if (!chosen()) return tr("No model has been trained yet. Run the pipeline first.");
  if (const auto given = name->text().trimmed();
      given.isEmpty() || given.contains(QLatin1Char('/')) || given == QLatin1String{"."} || given == QLatin1String{".."})
    return tr("Give the export a name without slashes.");
  return workspace.runs().whyNot({chosen()->node});
}

void ExportDialog::Impl::update() {
  if (!ok) return;
  const auto why = whyNot();
  ok->setText(done.empty() ? tr("&Export") : tr("&Export again"));
  ok->setEnabled(why.isEmpty());
  ok->setToolTip(why.isEmpty() ? tr("Runs the block Export") : why);
  setup->setEnabled(run.empty() && !starting);
  stop->setVisible(!run.empty());
  const auto* with = chosen();
  const auto now = with ? workspace.runs().outputOf(with->node, "model") : std::nullopt;
  if (previewError) advice->say(Tone::Bad, widgets::say(*previewError));
  else if (with && now && now->digest != with->digest && with->step.find('[') == std::string::npos)
    advice->say(Tone::Warning,
                tr("The pipeline was changed since this model was made: exporting trains it again first, and the figures may differ."));
  else advice->say(Tone::Neutral, {});
  showFormats(*formats, preview, int8->isChecked() ? 4 : 3);
  showQuality();
  showInt8();
  showProgress();
}

void ExportDialog::Impl::showProgress() {
  const bool running = !run.empty() || starting;
  bar->setVisible(running || measuring);
  bar->setRange(0, 0);
  if (!running) {
    progress->setText(measuring ? tr("Measuring on this machine…") : done.empty() ? whyNot() : QString{});
    return;
  }
  progress->setText(tr("Starting…"));
  const auto* view = workspace.runs().book().find(run);
  if (!view) return;
  for (const auto& step : view->steps) {
    if (step.state != widgets::StepState::Running) continue;
    const auto phase = step.phase.empty() ? tr("at work") : widgets::say(step.phase);
    if (step.total > 0) {
      bar->setRange(0, static_cast<int>(std::min<std::int64_t>(step.total, 1'000'000)));
      bar->setValue(static_cast<int>(std::min<std::int64_t>(step.done, 1'000'000)));
      progress->setText(tr("%1: %2, %3 of %4")
                            .arg(widgets::sayStep(*view, step.name, workspace.session().catalogue()), phase,
                                 QLocale{}.toString(qlonglong{step.done}), QLocale{}.toString(qlonglong{step.total})));
    } else {
      progress->setText(tr("%1: %2").arg(widgets::sayStep(*view, step.name, workspace.session().catalogue()), phase));
    }
  }
}

void ExportDialog::Impl::finished(const QString& id) {
  if (run.empty() || toUtf8(id) != run) return;
  const auto* view = workspace.runs().book().find(run);
  run.clear();
  if (!view || view->state != "done") {
    const auto why =
        view && view->error ? widgets::say(*view->error) : tr("The export was stopped. Nothing was written; choose Export to begin again.");
    return fail(why);
  }
  const auto* node = workspace.file().document().node(block);
  const auto called = node ? node->params["name"].asText() : std::string{};
  for (const auto& path : view->exports)
    if (fs::path{path}.filename() == called) return written(path);
  // Nothing had changed since it was written before.
  if (node) written(exportPlace(*node, workspace.file().place()));
}

void ExportDialog::Impl::written(const fs::path& place) {
  done = place;
  result->say(Tone::Neutral, {});
  doneText->setText(tr("Written to %1").arg(fromUtf8(displayText(place.native()))));
  line->setText(fromUtf8(predictLine(place)));
  line->setCursorPosition(0);
  after->show();
  update();
  openFolder->setFocus();
  Q_EMIT self.ended(true);
}

void ExportDialog::Impl::fail(const QString& why) {
  starting = false;
  run.clear();
  result->say(Tone::Bad, why);
  update();
  Q_EMIT self.ended(false);
}

void ExportDialog::Impl::copyProgram(Result<std::string> (*snippet)(const fs::path&), const QString& said) {
  workspace.session().inThread(
      [place = done, snippet]() -> Result<std::any> {
        PB_TRY(auto text, snippet(place));
        return std::any{std::move(text)};
      },
      &self,
      [this, said](const Result<std::any>& text) {
        if (text) copy(fromUtf8(std::any_cast<std::string>(*text)), said);
        else result->say(Tone::Bad, widgets::say(text.error()));
      });
}

void ExportDialog::Impl::copy(const QString& text, const QString& said) {
  QGuiApplication::clipboard()->setText(text);
  result->say(Tone::Good, said);
}

ExportDialog::ExportDialog(Workspace& workspace, std::optional<NodeId> model, QWidget* parent)
    : QDialog{parent}, impl_{new Impl{*this, workspace, std::move(model)}} {
  setObjectName(QStringLiteral("export"));
  setAttribute(Qt::WA_DeleteOnClose);
  impl_->build();
  const auto& file = workspace.file();
  const auto block = impl_->wanted ? exportBlockOf(file.document(), *impl_->wanted) : std::nullopt;
  const auto* node = block ? file.document().node(*block) : nullptr;
  auto name = node ? fromUtf8(node->params["name"].asText()) : QString{};
  if (name.isEmpty()) name = fromUtf8(file.place().file.stem().native());
  impl_->name->setText(name);
  const auto around = node ? pathFromValue(node->params["folder"]) : fs::path{};
  impl_->folder->setText(fromUtf8((around.empty()         ? file.place().project / "exports"
                                   : around.is_absolute() ? around
                                                          : file.place().base / around)
                                      .native()));
  impl_->pictures->setChecked(node && node->params["include_pictures"].asBool());
  impl_->int8->setChecked(node && node->params["int8"].asBool());
  impl_->drop->setValue(node ? node->params["int8_drop"].asDouble(1) : 1);
  impl_->wire();
  impl_->retranslate();
  impl_->fillModels();
  resize(720, sizeHint().height());
}

ExportDialog::~ExportDialog() = default;

bool ExportDialog::idle() const { return !impl_->measuring && !impl_->starting && impl_->run.empty() && impl_->models.ready(); }
const fs::path& ExportDialog::exported() const { return impl_->done; }

void ExportDialog::accept() {
  auto& d = *impl_;
  const auto* with = d.chosen();
  if (!d.whyNot().isEmpty() || !with) return;
  auto& workspace = d.workspace;
  ExportWish wish;
  wish.model = with->node;
  wish.name = toUtf8(d.name->text().trimmed());
  wish.folder = QFile::encodeName(d.folder->text().trimmed()).toStdString();
  if (wish.folder.lexically_normal() == (workspace.file().place().project / "exports").lexically_normal()) wish.folder.clear();
  wish.includePictures = d.pictures->isChecked();
  wish.int8 = d.int8->isChecked();
  wish.int8Drop = d.drop->value();
  wish.base = workspace.file().place().base;
  auto changes = exportChanges(workspace.file().document(), workspace.session().catalogue(), wish, &d.block);
  if (!changes) return d.fail(widgets::say(changes.error()));
  if (!changes->empty())
    if (const auto applied = workspace.editor().apply(TR("studio", "Export the model"), std::move(*changes)); !applied)
      return d.fail(widgets::say(applied.error()));
  d.result->say(Tone::Neutral, {});
  d.after->hide();
  d.starting = true;
  d.run.clear();
  workspace.runs().runTo({d.block});
  d.update();
}

void ExportDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->ok) impl_->retranslate();
}

void openExport(Workspace& workspace, std::optional<NodeId> model) {
  auto* dialog = new ExportDialog{workspace, std::move(model), workspace.middle()};
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

}  // namespace patchbay::studio
