// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_panel.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImageReader>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QUrl>
#include <algorithm>
#include <deque>
#include <set>

#include "app/studio/label/bring_added.h"
#include "app/studio/try_it/try_added.h"
#include "app/studio/try_it/try_camera.h"
#include "app/studio/try_it/try_models.h"
#include "app/studio/try_it/try_view.h"
#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/results/heat_maps.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;
using widgets::toUtf8;

namespace {

constexpr int shownSide = 1024;  // pixels of the large view
constexpr std::size_t mostTried = 200;

/// A picture that is tried.
struct Tried {
  QString name;
  std::string path;  ///< Empty: only `image` has it.
  QImage image;      ///< Null until it was read.
  bool unreadable = false;
  Value answer;
  std::optional<Error> error;
  bool fromCamera = false;
};
using TriedPtr = std::shared_ptr<Tried>;

Value pixelsOf(const QImage& image) {
  const auto rgb = image.convertToFormat(QImage::Format_RGB888);
  Value::Bytes bytes;
  bytes.reserve(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height()) * 3);
  for (int y = 0; y < rgb.height(); ++y) bytes.insert(bytes.end(), rgb.constScanLine(y), rgb.constScanLine(y) + rgb.width() * 3);
  return Value::Map{{"width", rgb.width()}, {"height", rgb.height()}, {"rgb", std::move(bytes)}};
}

QIcon thumbOf(const QImage& image) {
  return QIcon{QPixmap::fromImage(image.scaled(TryView::thumbSide, TryView::thumbSide, Qt::KeepAspectRatio, Qt::SmoothTransformation))};
}

}  // namespace

struct TryPanel::Impl : TryView {
  TryPanel& self;
  Workspace& workspace;
  ModelList models;
  Camera camera;
  std::vector<TriedPtr> tried;
  TriedPtr shown, live;
  std::deque<TriedPtr> waiting;
  std::set<std::string> unlikeUseless;  ///< Digests that the service could not use with this model.
  bool asking = false;
  bool suggest = true;      ///< The right class is still to be guessed: the second best.
  std::uint64_t round = 0;  ///< Answers of an older model are not taken.

  Impl(TryPanel& s, Workspace& w) : self{s}, workspace{w}, models{w, &s}, camera{&s} {}
  void wire();
  void retranslate();
  const TrainedModel* chosen() const { return models.find(model->currentData().toString().toStdString()); }
  void fillModels();
  void showNoModel();
  void addTried(const TriedPtr& one, bool select);
  void show(const TriedPtr& one);
  void askAll();
  void ask(const TriedPtr& one, bool first);
  void pump();
  void took(const TriedPtr& one, const Result<Value>& answer);
  void showAnswer();
  void showScores(const Value& answer);
  void showUnlike(const Value& answer);
  void showHeat();
  void caption(const TriedPtr& one);
  void sendAdded(const std::string& label, Value request);
  void addedTo(const Value& answer);
  void watchUnlike();
};

void TryPanel::Impl::wire() {
  connect(&models, &ModelList::changed, &self, [this] { fillModels(); });
  connect(&workspace.runs(), &RunController::bookChanged, &self, [this] {
    if (models.models().empty()) showNoModel();
  });
  connect(&workspace.runs(), &RunController::problemsChanged, &self, [this] {
    if (models.models().empty()) showNoModel();
  });
  connect(noModel, &Remark::actionWanted, &self, [this] { workspace.runs().runAll(); });
  connect(model, &QComboBox::activated, &self, [this] { askAll(); });
  connect(open, &QPushButton::clicked, &self, &TryPanel::openFiles);
  connect(paste, &QPushButton::clicked, &self, &TryPanel::paste);
  connect(cameraOn, &QPushButton::toggled, &self, &TryPanel::setCamera);
  connect(take, &QPushButton::clicked, &self, [this] {
    const auto picture = camera.last();
    self.setCamera(false);
    if (!picture.isNull()) self.addImage(picture, tr("Camera"));
  });
  connect(&camera, &Camera::frame, &self, [this](const QImage& image) {
    if (!live) return;
    problem->say(Tone::Neutral, {});
    live->image = image;
    pages->setCurrentWidget(view);
    view->setImage(image);
    showHeat();  // Of the newest answer, until the next one.
    if (!asking) ask(live, true);
  });
  connect(&camera, &Camera::failed, &self, [this](const QString& why) {
    self.setCamera(false);
    problem->say(Tone::Bad, why);
  });
  connect(heat, &QCheckBox::toggled, &self, [this](bool on) {
    opacity->setEnabled(on);
    if (on && shown && !shown->answer.isNull() && !shown->answer.contains("heat_map")) ask(shown, true);
    showHeat();
  });
  connect(opacity, &QSlider::valueChanged, &self, [this] { showHeat(); });
  connect(add, &QPushButton::clicked, &self, [this] { self.addToData(label->currentText()); });
  connect(strip, &QListWidget::currentRowChanged, &self, [this](int row) {
    if (row >= 0 && row < static_cast<int>(tried.size())) show(tried[static_cast<std::size_t>(row)]);
  });
  connect(noUnlike, &Remark::actionWanted, &self, [this] { watchUnlike(); });
  connect(added, &Remark::actionWanted, &self, [this] { workspace.runs().runAll(); });
}

void TryPanel::Impl::retranslate() {
  setWords();
  self.setAccessibleName(tr("Try the model"));
  fillModels();
  showAnswer();
}

void TryPanel::Impl::fillModels() {
  const auto before = model->currentData().toString();
  const auto wasNewest = model->currentIndex() <= 0;
  model->clear();
  for (const auto& one : models.models()) model->addItem(models.describe(one), fromUtf8(one.digest));
  // Who looks at the newest wants the newest; who chose an older one keeps it.
  const int kept = wasNewest ? -1 : model->findData(before);
  model->setCurrentIndex(model->count() == 0 ? -1 : std::max(0, kept));
  model->setEnabled(model->count() > 0);
  modelLabel->setVisible(model->count() > 0);
  model->setVisible(model->count() > 0);
  showNoModel();
  if (model->currentData().toString() != before) askAll();
  else showAnswer();
}

void TryPanel::Impl::showNoModel() {
  if (!models.ready() || !models.models().empty()) return noModel->say(Tone::Neutral, {});
  if (workspace.runs().live()) return noModel->say(Tone::Busy, tr("The pipeline runs. Pictures wait here until its model is there."));
  if (const auto why = workspace.runs().whyNot(); !why.isEmpty())
    return noModel->say(Tone::Warning, tr("No model has been trained yet, and the pipeline cannot run. %1").arg(why));
  noModel->say(Tone::Warning, tr("No model has been trained yet. Run the pipeline; pictures wait here until its model is there."),
               tr("&Run the pipeline"));
}

void TryPanel::Impl::addTried(const TriedPtr& one, bool select) {
  if (tried.size() >= mostTried) {
    tried.erase(tried.begin());
    delete strip->takeItem(0);
  }
  tried.push_back(one);
  auto* item = new QListWidgetItem{one->name, strip};
  item->setToolTip(one->name);
  if (!one->image.isNull()) item->setIcon(thumbOf(one->image));
  strip->setVisible(tried.size() > 1);
  if (!one->path.empty())
    workspace.session().picture({one->path, {}}, shownSide, &self, [this, one](const QImage& image) {
      one->image = image;
      one->unreadable = image.isNull();
      for (std::size_t i = 0; i < tried.size(); ++i)
        if (tried[i] == one && !image.isNull()) strip->item(static_cast<int>(i))->setIcon(thumbOf(image));
      if (shown == one) show(one);
    });
  ask(one, false);
  if (select) strip->setCurrentRow(strip->count() - 1);
}

void TryPanel::Impl::show(const TriedPtr& one) {
  if (one != live && camera.isOpen()) self.setCamera(false);
  if (shown != one) {
    added->say(Tone::Neutral, {});
    suggest = true;
  }
  shown = one;
  pages->setCurrentWidget(one ? static_cast<QWidget*>(view) : empty);
  if (one) view->setImage(one->image, one->unreadable ? tr("This picture cannot be read.") : tr("Reading the picture…"));
  showAnswer();
}

void TryPanel::Impl::askAll() {
  ++round;
  asking = false;
  waiting.clear();
  for (const auto& one : tried) {
    one->answer = {};
    one->error.reset();
    caption(one);
    waiting.push_back(one);
  }
  if (shown && shown != live) ask(shown, true);
  showAnswer();
  pump();
}

void TryPanel::Impl::ask(const TriedPtr& one, bool first) {
  std::erase(waiting, one);
  if (first) waiting.push_front(one);
  else waiting.push_back(one);
  pump();
}

void TryPanel::Impl::pump() {
  const auto* with = chosen();
  if (asking || waiting.empty() || !with) return;
  const auto one = waiting.front();
  waiting.pop_front();
  asking = true;
  Value args{Value::Map{{"model", with->digest}, {"heat_map", heat->isChecked()}}};
  args["picture"] = one->path.empty() ? pixelsOf(one->image) : Value{Value::Map{{"path", pathToValue(one->path)}}};
  if (!with->unlike.empty() && !unlikeUseless.contains(with->unlike)) args["familiarity"] = with->unlike;
  workspace.session().live("patchbay.live.try", "try", std::move(args), "try", &self,
                           [this, one, now = round, judge = with->unlike](const Result<Value>& answer) {
                             if (now != round) return;
                             asking = false;
                             const auto refused =
                                 !answer && (answer.error().code == "try.no_features" || answer.error().code == "try.features");
                             if (refused && unlikeUseless.insert(judge).second) return ask(one, true);
                             took(one, answer);
                             pump();
                           });
}

void TryPanel::Impl::took(const TriedPtr& one, const Result<Value>& answer) {
  one->error.reset();
  if (answer) one->answer = *answer;
  else one->answer = {}, one->error = answer.error();
  caption(one);
  if (shown == one) {
    showAnswer();
    Q_EMIT self.answered();
  }
}

void TryPanel::Impl::caption(const TriedPtr& one) {
  const auto at = std::ranges::find(tried, one);
  if (at == tried.end()) return;
  auto* item = strip->item(static_cast<int>(at - tried.begin()));
  const auto said = one->error ? tr("failed") : fromUtf8(displayText(one->answer["class"].asText()));
  item->setText(said.isEmpty() ? one->name : said);
  item->setToolTip(said.isEmpty() ? one->name : tr("%1: %2").arg(one->name, said));
}

void TryPanel::Impl::showAnswer() {
  const bool has = shown && !shown->answer.isNull();
  heatRow->setVisible(shown != nullptr);
  result->setVisible(has);
  strip->setVisible(tried.size() > 1);
  if (shown && shown->error) problem->say(Tone::Bad, widgets::say(*shown->error));
  else if (shown && !has && chosen())
    problem->say(Tone::Busy, tr("Trying the picture… The first one takes longest, as the model is loaded."));
  else if (shown || problem->text().isEmpty()) problem->say(Tone::Neutral, {});
  if (!has) return;
  showScores(shown->answer);
  showUnlike(shown->answer);
  showHeat();
}

void TryPanel::Impl::showScores(const Value& answer) {
  const auto& classes = answer["classes"].asList();
  const auto& values = answer["scores"].asList();
  std::set<std::string> said;
  QStringList words;
  if (answer["labels"].isList())
    for (const auto& one : answer["labels"].asList()) said.insert(one.asText());
  else said.insert(answer["class"].asText());
  for (const auto& one : said) words << fromUtf8(displayText(one));
  verdict->setText(words.isEmpty() ? tr("None of the classes") : words.join(tr(", ")));
  time->setText(tr("%1 ms").arg(QLocale{}.toString(answer["milliseconds"].asDouble(), 'f', 0)));
  time->setToolTip(tr("Reading the picture and asking the network, on this computer"));
  std::vector<ScoreBars::Score> bars;
  const auto before = label->currentText();
  QStringList names;
  for (std::size_t i = 0; i < classes.size() && i < values.size(); ++i) {
    bars.push_back({fromUtf8(displayText(classes[i].asText())), values[i].asDouble(), said.contains(classes[i].asText())});
    names << fromUtf8(classes[i].asText());
  }
  scores->setScores(std::move(bars));
  QStringList listed;
  for (int i = 0; i < label->count(); ++i) listed << label->itemText(i);
  if (names != listed) {
    label->clear();
    label->addItems(names);
    label->setCurrentText(before);
    suggest = suggest || before.isEmpty();
  }
  const auto& sorted = scores->scores();
  if (std::exchange(suggest, false)) label->setCurrentText(sorted.size() > 1 ? sorted[1].name : names.value(0));
}

void TryPanel::Impl::showUnlike(const Value& answer) {
  const auto* with = chosen();
  const auto* judged = answer.find("unlike");
  if (judged) {
    const auto share = QLocale{}.toString((*judged)["percentile"].asDouble(), 'f', 0);
    if ((*judged)["warning"].asBool())
      unlike->say(
          Tone::Warning,
          tr("Unlike your data: this picture is further from the training pictures than %1 % of your own pictures are. The model has seen "
             "nothing like it, so do not rely on its answer.")
              .arg(share));
    else
      unlike->say(Tone::Good,
                  tr("Like your data: %1 % of your own pictures are closer to the training pictures than this one.").arg(share));
  } else {
    unlike->say(Tone::Neutral, {});
  }
  const bool offered =
      with && !judged && with->unlike.empty() &&
      !addUnlike(workspace.file().document(), workspace.session().catalogue(), with->node).empty() &&
      std::ranges::none_of(workspace.file().document().nodes(), [](const auto& n) { return n.type == "patchbay.evaluate.unlike"; });
  noUnlike->say(Tone::Neutral,
                offered ? tr("To be warned of pictures that are unlike your data, add the block for it and run again.") : QString{},
                offered ? tr("Add the block and &run") : QString{});
}

void TryPanel::Impl::watchUnlike() {
  const auto* with = chosen();
  if (!with) return;
  auto changes = addUnlike(workspace.file().document(), workspace.session().catalogue(), with->node);
  if (const auto done = workspace.editor().apply(TR("studio", "Warn of unlike pictures"), std::move(changes)); !done)
    return problem->say(Tone::Bad, widgets::say(done.error()));
  workspace.runs().runAll();
}

void TryPanel::Impl::showHeat() {
  const auto& answer = shown ? shown->answer : Value{};
  const bool on = heat->isChecked() && answer.contains("heat_map");
  view->setOverlay(on ? widgets::heatImage(answer["heat_map"]) : QImage{}, opacity->value() / 100.0);
}

void TryPanel::Impl::sendAdded(const std::string& name, Value request) {
  request["label"] = name;
  add->setEnabled(false);
  workspace.session().ask("add_picture", std::move(request), &self, [this](const Result<Value>& answer) {
    add->setEnabled(true);
    if (answer) addedTo(*answer);
    else added->say(Tone::Bad, widgets::say(answer.error()));
  });
}

void TryPanel::Impl::addedTo(const Value& answer) {
  const auto& place = workspace.file().place();
  const auto* with = chosen();
  const auto path = fromUtf8(displayText(pathFromValue(answer["path"]).native()));
  const auto what = fromUtf8(displayText(answer["label"].asText()));
  const auto taken = takeAdded(workspace.file().document(), workspace.session().catalogue(), with ? with->node : NodeId{},
                               place.project / answer["folder"].asText(), place.base);
  if (taken.block.empty())
    return bringAdded(workspace, answer, &self, [this, path, what](const Result<bool>& in) {
      if (in && *in) return added->say(Tone::Good, tr("Added to the data set as %1; it is open in the panel Label.").arg(what));
      if (!in) return added->say(Tone::Bad, widgets::say(in.error()));
      added->say(Tone::Warning, tr("Copied to %1 as %2. No data block of this pipeline takes added pictures: set “Added pictures” of one "
                                   "that has it, or import that folder.")
                                    .arg(path, what));
    });
  if (!taken.changes.empty())
    if (const auto done = workspace.editor().apply(TR("studio", "Use added pictures"), taken.changes); !done)
      return added->say(Tone::Bad, widgets::say(done.error()));
  const auto said = answer["relabelled_from"].isNull() && answer["existed"].asBool()
                        ? tr("It was added as %2 before: %1. The next training uses it.")
                    : answer["relabelled_from"].isNull() ? tr("Added as %2: %1. The next training uses it.")
                                                         : tr("Its class is now %2: %1. The next training uses it.");
  added->say(Tone::Good, said.arg(path, what), workspace.runs().live() ? QString{} : tr("&Train again"));
}

TryPanel::TryPanel(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("try"));
  impl_->build(*this);
  setAcceptDrops(true);
  impl_->wire();
  impl_->retranslate();
  impl_->show(nullptr);
}

TryPanel::~TryPanel() = default;

void TryPanel::addPictures(const QList<QUrl>& files) {
  bool first = true;
  for (const auto& url : files) {
    const auto path = url.toLocalFile();
    if (path.isEmpty()) continue;
    auto one = std::make_shared<Tried>();
    one->name = QFileInfo{path}.fileName();
    one->path = QFile::encodeName(path).toStdString();
    impl_->addTried(one, std::exchange(first, false));
  }
}

void TryPanel::addImage(const QImage& image, const QString& name) {
  auto one = std::make_shared<Tried>();
  one->name = name;
  one->image = image;
  impl_->addTried(one, true);
}

void TryPanel::paste() {
  const auto* held = QGuiApplication::clipboard()->mimeData();
  if (held && held->hasUrls()) return addPictures(held->urls());
  if (const auto image = held && held->hasImage() ? qvariant_cast<QImage>(held->imageData()) : QImage{}; !image.isNull())
    return addImage(image, tr("Pasted"));
  impl_->problem->say(Tone::Warning, tr("There is no picture on the clipboard. Copy one first, or drop a file here."));
}

void TryPanel::openFiles() {
  widgets::askPaths(this,
                    {.ask = widgets::Ask::Files,
                     .title = tr("Choose pictures to try"),
                     .filters = tr("Pictures (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp);;All files (*)")},
                    [this](const QStringList& files) {
                      QList<QUrl> urls;
                      for (const auto& file : files) urls << QUrl::fromLocalFile(file);
                      addPictures(urls);
                    });
}

void TryPanel::setCamera(bool on) {
  const QSignalBlocker quiet{impl_->cameraOn};
  impl_->cameraOn->setChecked(on);
  impl_->take->setVisible(on);
  if (on == impl_->camera.isOpen() && on == (impl_->live != nullptr)) return;
  if (!on) {
    impl_->camera.close();
    std::erase(impl_->waiting, impl_->live);
    const bool was = impl_->shown && impl_->shown == impl_->live;
    impl_->live.reset();
    if (was) impl_->show(impl_->tried.empty() ? nullptr : impl_->tried[static_cast<std::size_t>(std::max(0, impl_->strip->currentRow()))]);
    return;
  }
  impl_->live = std::make_shared<Tried>();
  impl_->live->name = tr("Camera");
  impl_->live->fromCamera = true;
  impl_->show(impl_->live);
  impl_->problem->say(Tone::Busy, tr("Waiting for the camera…"));
  impl_->camera.open();
}

void TryPanel::addToData(const QString& label) {
  if (!impl_->shown) return;
  if (impl_->shown == impl_->live) impl_->take->click();
  const auto one = impl_->shown;
  if (!one) return;
  const auto name = toUtf8(label.trimmed());
  if (!one->path.empty()) return impl_->sendAdded(name, Value::Map{{"path", pathToValue(one->path)}});
  // Encoding a large picture takes a moment: in a thread.
  impl_->workspace.session().inThread(
      [image = one->image]() -> Result<std::any> {
        QByteArray bytes;
        QBuffer buffer{&bytes};
        image.save(&buffer, "PNG");
        return std::any{Value::Bytes(bytes.begin(), bytes.end())};
      },
      this,
      [this, name](const Result<std::any>& bytes) {
        if (bytes) impl_->sendAdded(name, Value::Map{{"bytes", std::any_cast<Value::Bytes>(*bytes)}, {"name", "picture"}});
      });
}

Value TryPanel::answer() const { return impl_->shown ? impl_->shown->answer : Value{}; }
int TryPanel::count() const { return static_cast<int>(impl_->tried.size()); }
bool TryPanel::busy() const { return impl_->asking || !impl_->waiting.empty(); }

void TryPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() || event->mimeData()->hasImage()) event->acceptProposedAction();
}

void TryPanel::dropEvent(QDropEvent* event) {
  if (event->mimeData()->hasUrls()) addPictures(event->mimeData()->urls());
  else if (const auto image = qvariant_cast<QImage>(event->mimeData()->imageData()); !image.isNull()) addImage(image, tr("Dropped"));
  event->acceptProposedAction();
}

void TryPanel::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Paste)) return paste();
  QWidget::keyPressEvent(event);
}

void TryPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_) impl_->retranslate();
}

void TryPanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  // A panel nobody sees does not watch.
  setCamera(false);
}

void openTry(Workspace& workspace, const QList<QUrl>& pictures) {
  auto* panel = qobject_cast<TryPanel*>(workspace.panel(QStringLiteral("try")));
  if (!panel) panel = new TryPanel{workspace};
  showInDock(workspace, QStringLiteral("try"), panel, QStringLiteral("inspector"));
  panel->setFocus();
  panel->addPictures(pictures);
}

}  // namespace patchbay::studio
