// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/watch_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "app/studio/deploy/bring_unsure.h"
#include "app/studio/deploy/flow_pair.h"
#include "app/studio/session/child_run.h"
#include "app/studio/try_it/try_parts.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;
namespace fs = std::filesystem;

namespace {
constexpr double usualUnsure = 80;
fs::path pathOf(const QString& path) { return {QFile::encodeName(path).toStdString()}; }
}  // namespace

struct WatchView::Impl {
  WatchView& self;
  Workspace& workspace;
  std::optional<ExportFacts> facts;
  ChildRun child;
  QTimer looking;  ///< Whether there is something to be looked at: nobody says when.
  Counts counts;
  bool bringing = false;
  QString results;  ///< Of what runs or ran last.
  Tone tone = Tone::Neutral;
  std::function<QString()> said;

  QLabel *what, *folderName, *outName, *formatName, *sortName, *unsureName, *precisionName, *state;
  QLineEdit *folder, *out;
  QPushButton *browse, *browseOut, *start, *stop, *openResults, *bring;
  QComboBox *format, *sort, *precision;
  QCheckBox* sidecars;
  QDoubleSpinBox* unsure;
  QPlainTextEdit* list;
  Remark* remark;

  Impl(WatchView& view, Workspace& of) : self{view}, workspace{of} {}
  void build();
  void buildChoices(QVBoxLayout& column);
  void wire();
  void retranslate();
  void update();
  void begin();
  void took(const QString& line, bool error);
  void bringThem();
  QString resultFolder() const;
  QString lookAtMe() const { return results + QStringLiteral("/look-at-me"); }
  QString whyNot() const;
  QString whyNotBring() const;
  void tell(Tone how, std::function<QString()> words) {
    tone = how;
    said = std::move(words);
    remark->say(tone, said ? said() : QString{});
  }
};

void WatchView::Impl::build() {
  const auto button = [&](const char* name, const char* iconName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QStringLiteral("deploy.watch.") + QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{iconName}));
    return one;
  };
  const auto edit = [&](const char* name) {
    auto* one = new QLineEdit{&self};
    one->setObjectName(QStringLiteral("deploy.watch.") + QLatin1String{name});
    return one;
  };
  browse = button("browse", "folder");
  browseOut = button("browse-out", "folder");
  start = button("start", "run");
  stop = button("stop", "interrupt");
  openResults = button("open", "folder");
  bring = button("bring", "tool-box");
  folder = edit("folder");
  out = edit("out");
  what = new QLabel{&self};
  what->setWordWrap(true);
  what->setTextFormat(Qt::PlainText);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addWidget(what);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  const auto add = [&](QLabel*& name, QLineEdit* field, QPushButton* choose) {
    name = new QLabel{&self};
    name->setBuddy(field);
    auto* row = new QHBoxLayout;
    row->addWidget(field, 1);
    row->addWidget(choose);
    form->addRow(name, row);
  };
  add(folderName, folder, browse);
  add(outName, out, browseOut);
  column->addLayout(form);
  buildChoices(*column);
  remark = new Remark{QStringLiteral("deploy.watch.remark"), &self};
  column->addWidget(remark);
  state = new QLabel{&self};
  state->setObjectName(QStringLiteral("deploy.watch.state"));
  state->setWordWrap(true);
  column->addWidget(state);
  list = new QPlainTextEdit{&self};
  list->setObjectName(QStringLiteral("deploy.watch.list"));
  list->setReadOnly(true);
  list->setMaximumBlockCount(500);
  column->addWidget(list, 1);
}

void WatchView::Impl::buildChoices(QVBoxLayout& column) {
  const auto choice = [&](const char* name, const QStringList& keys, QLabel*& label) {
    auto* one = new QComboBox{&self};
    one->setObjectName(QStringLiteral("deploy.watch.") + QLatin1String{name});
    for (const auto& key : keys) one->addItem(key, key);
    label = new QLabel{&self};
    label->setBuddy(one);
    return one;
  };
  format = choice("format", {QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("coco")}, formatName);
  sort = choice("sort", {QString{}, QStringLiteral("copy"), QStringLiteral("move")}, sortName);
  precision = choice("precision", {}, precisionName);
  sidecars = new QCheckBox{&self};
  sidecars->setObjectName(QStringLiteral("deploy.watch.sidecars"));
  unsure = new QDoubleSpinBox{&self};
  unsure->setObjectName(QStringLiteral("deploy.watch.unsure"));
  unsure->setRange(0, 100);
  unsure->setDecimals(0);
  unsure->setSingleStep(5);
  unsure->setValue(usualUnsure);
  unsureName = new QLabel{&self};
  unsureName->setBuddy(unsure);
  auto* row = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : std::initializer_list<QWidget*>{together(formatName, format), together(sortName, sort), sidecars,
                                                   together(unsureName, unsure), together(precisionName, precision)})
    row->addWidget(one);
  column.addLayout(row);
  auto* buttons = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : {start, stop, bring, openResults}) buttons->addWidget(one);
  column.addLayout(buttons);
}

void WatchView::Impl::wire() {
  const auto choose = [this](QLineEdit* into, const QString& title) {
    widgets::askPath(&self, {.title = title, .start = into->text()}, [into](const QString& chosen) { into->setText(chosen); });
  };
  connect(browse, &QPushButton::clicked, &self, [this, choose] { choose(folder, tr("Folder to watch")); });
  connect(browseOut, &QPushButton::clicked, &self, [this, choose] { choose(out, tr("Folder for the results")); });
  connect(folder, &QLineEdit::textChanged, &self, [this] { update(); });
  connect(out, &QLineEdit::textChanged, &self, [this] { update(); });
  connect(start, &QPushButton::clicked, &self, [this] { begin(); });
  connect(stop, &QPushButton::clicked, &self, [this] {
    child.stop();
    update();
  });
  connect(&child, &ChildRun::line, &self, [this](const QString& line, bool error) { took(line, error); });
  connect(&child, &ChildRun::ended, &self, [this](int code, bool stopped) {
    looking.stop();
    const auto why = problemIn(child.errors());
    if (code != 0 && !stopped) tell(Tone::Bad, [why] { return why.isEmpty() ? tr("The watching ended by itself. Start it again.") : why; });
    update();
  });
  looking.setInterval(1000);
  connect(&looking, &QTimer::timeout, &self, [this] { update(); });
  connect(openResults, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(results)); });
  connect(bring, &QPushButton::clicked, &self, [this] { bringThem(); });
}

QString WatchView::Impl::resultFolder() const {
  if (const auto given = out->text().trimmed(); !given.isEmpty()) return QFileInfo{given}.absoluteFilePath();
  auto beside = QFileInfo{folder->text().trimmed()}.absoluteFilePath();
  while (beside.endsWith(QLatin1Char('/')) && beside.size() > 1) beside.chop(1);
  return beside + QStringLiteral(".results");
}

void WatchView::Impl::begin() {
  if (!whyNot().isEmpty()) return;
  counts = {};
  list->clear();
  tell(Tone::Neutral, {});
  results = resultFolder();
  QStringList words{QStringLiteral("predict"),  fromUtf8(facts->folder.native()),
                    QStringLiteral("--watch"),  QFileInfo{folder->text().trimmed()}.absoluteFilePath(),
                    QStringLiteral("--out"),    results,
                    QStringLiteral("--format"), format->currentData().toString()};
  if (const auto how = sort->currentData().toString(); !how.isEmpty()) words << QStringLiteral("--sort") << how;
  if (sidecars->isChecked()) words << QStringLiteral("--sidecars");
  if (unsure->value() > 0) words << QStringLiteral("--unsure") << QString::number(unsure->value());
  if (const auto how = precision->currentData().toString(); !how.isEmpty()) words << QStringLiteral("--precision") << how;
  child.start(programBeside(QStringLiteral("patchbay")), words);
  looking.start();
  update();
}

/// "name.jpg: leaf (98.1 %)", and behind that why it is to be looked at; on the other stream "patchbay: name.jpg: why it cannot be read".
void WatchView::Impl::took(const QString& line, bool error) {
  static const QLatin1String answer{" %)"};
  if (error) {
    ++counts.failed;
  } else if (const auto at = line.lastIndexOf(answer); at >= 0) {
    ++counts.predicted;
    if (at + answer.size() < line.size()) ++counts.unsure;
  }
  static const QLatin1String program{"patchbay: "};
  list->appendPlainText(error && line.startsWith(program) ? line.mid(program.size()) : line);
  update();
}

void WatchView::Impl::bringThem() {
  if (!whyNotBring().isEmpty()) return;
  bringing = true;
  update();
  bringUnsure(workspace, pathOf(lookAtMe()), &self, [this](const Result<std::int64_t>& added) {
    bringing = false;
    if (!added) {
      tell(Tone::Bad, [error = added.error()] { return widgets::say(error); });
    } else {
      tell(Tone::Good, [n = *added] {
        return n == 0 ? tr("All of them were in the data set already.")
                      : widgets::sayCount(TR("studio", "{n} picture(s) came into the data set, with the model's word as suggestion."), n);
      });
    }
    update();
  });
}

QString WatchView::Impl::whyNot() const {
  if (child.running()) return tr("A folder is being watched.");
  if (!facts) return tr("Choose an export in the list first.");
  if (facts->problem) return widgets::say(*facts->problem);
  if (folder->text().trimmed().isEmpty()) return tr("Choose the folder into which pictures come.");
  return {};
}

QString WatchView::Impl::whyNotBring() const {
  if (bringing) return tr("They are being brought.");
  if (results.isEmpty()) return tr("Watch a folder first.");
  if (!QFileInfo::exists(lookAtMe() + QStringLiteral("/suggestions.json")))
    return tr("There is no picture the model is unsure about. They are listed when all that came is predicted.");
  return {};
}

void WatchView::Impl::retranslate() {
  folderName->setText(tr("Folder"));
  folder->setPlaceholderText(tr("Pictures that come here are predicted, each once"));
  outName->setText(tr("Results"));
  browse->setText(tr("Choose…"));
  browseOut->setText(tr("Choose…"));
  formatName->setText(tr("Write"));
  format->setItemText(0, tr("JSON, a line a picture"));
  format->setItemText(1, tr("A table (CSV) as well"));
  format->setItemText(2, tr("COCO as well"));
  sortName->setText(tr("Sort"));
  sort->setItemText(0, tr("leave the pictures"));
  sort->setItemText(1, tr("copy into a folder for each class"));
  sort->setItemText(2, tr("move into a folder for each class"));
  sidecars->setText(tr("A file beside each"));
  sidecars->setToolTip(tr("A JSON file for each picture"));
  unsureName->setText(tr("Look at me below"));
  unsure->setSuffix(tr(" %"));
  unsure->setSpecialValueText(tr("never"));
  unsure->setToolTip(tr("Pictures with a lower probability are copied into the folder look-at-me, to be labelled"));
  precisionName->setText(tr("Precision"));
  start->setText(tr("Start"));
  stop->setText(tr("Stop"));
  openResults->setText(tr("Open results"));
  bring->setText(tr("Label the unsure ones"));
  list->setAccessibleName(tr("What was predicted"));
  list->setPlaceholderText(tr("Each picture that was predicted stands here."));
  if (said) remark->say(tone, said());
  update();
}

void WatchView::Impl::update() {
  what->setText(facts ? tr("Predicts every picture that comes into a folder with the model “%1”.").arg(fromUtf8(facts->name))
                      : tr("Choose an export in the list: it can predict every picture that comes into a folder."));
  const bool on = child.running();
  const auto why = whyNot();
  start->setVisible(!on);
  start->setEnabled(why.isEmpty());
  start->setToolTip(why.isEmpty() ? tr("Starts patchbay predict --watch") : why);
  stop->setVisible(on);
  stop->setEnabled(!child.stopping());
  stop->setToolTip(tr("What was predicted stays; what is left is predicted at the next start"));
  for (auto* one : std::initializer_list<QWidget*>{folder, out, browse, browseOut, format, sort, sidecars, unsure, precision})
    one->setEnabled(!on);
  out->setPlaceholderText(folder->text().trimmed().isEmpty() ? QString{} : resultFolder());
  const auto notYet = whyNotBring();
  bring->setEnabled(notYet.isEmpty());
  bring->setToolTip(notYet.isEmpty() ? tr("Brings them into the data set as suggestions and opens the labelling") : notYet);
  openResults->setEnabled(!results.isEmpty() && QFileInfo::exists(results));
  openResults->setToolTip(openResults->isEnabled() ? results : tr("Watch a folder first."));
  const auto number = [](int n) { return QLocale{}.toString(n); };
  const auto figures =
      tr("%1 predicted, %2 to look at, %3 could not be read.").arg(number(counts.predicted), number(counts.unsure), number(counts.failed));
  if (on) state->setText(child.stopping() ? tr("Stopping…") : tr("Watching. %1").arg(figures));
  else state->setText(results.isEmpty() ? tr("Not watching.") : tr("Not watching. %1").arg(figures));
}

WatchView::WatchView(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, workspace)} {
  setObjectName(QStringLiteral("deploy.watch"));
  impl_->build();
  impl_->wire();
  impl_->retranslate();
}

WatchView::~WatchView() { impl_->child.disconnect(this); }

void WatchView::setExport(const ExportFacts* facts) {
  auto& d = *impl_;
  d.facts.reset();
  if (facts) d.facts = *facts;
  if (!d.child.running()) {
    d.precision->clear();
    if (facts)
      for (const auto& one : facts->models) d.precision->addItem(fromUtf8(one.precision), fromUtf8(one.precision));
  }
  d.update();
}

const WatchView::Counts& WatchView::counts() const { return impl_->counts; }
bool WatchView::running() const { return impl_->child.running(); }
bool WatchView::idle() const { return !impl_->bringing; }

void WatchView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->list) impl_->retranslate();
}

}  // namespace patchbay::studio
