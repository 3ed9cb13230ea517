// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <algorithm>
#include <cmath>

#include "app/studio/label/accuracy_view.h"
#include "app/studio/label/label_impl.h"
#include "widgets/base/say.h"
#include "widgets/gallery/label_menu.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::swatch;
using widgets::Tool;

namespace {

QString sayName(const std::string& name) { return fromUtf8(displayText(name)); }
QString sayNumber(std::int64_t n) { return QLocale{}.toString(static_cast<qlonglong>(n)); }
QString sayTenths(double value) { return QLocale{}.toString(value, 'f', 1); }

QString sayKind(AnnotationKind kind) {
  switch (kind) {
    case AnnotationKind::Box:
      return widgets::sayTool(Tool::Box);
    case AnnotationKind::RotatedBox:
      return widgets::sayTool(Tool::RotatedBox);
    case AnnotationKind::Polygon:
      return widgets::sayTool(Tool::Polygon);
    case AnnotationKind::Mask:
      return LabelPanel::tr("Mask");
    default:
      return LabelPanel::tr("Points");
  }
}

}  // namespace

std::vector<std::string> LabelPanel::Impl::labelsOf(const LabelItem& one) const {
  std::vector<std::string> out;
  for (const auto& a : one.annotations)
    if (a.kind == AnnotationKind::Class && !a.author.starts_with("model:") && a.score >= .5) out.push_back(a.label);
  return out;
}

/// Without pictures there is one thing to do.
void LabelPanel::Impl::describeEmpty() {
  empty->setText(tr("Pictures to label"),
                 tr("Choose a folder of pictures, or drop it here. They need no classes yet: you name the classes, label some pictures "
                    "with the number keys, and the model suggests the rest."));
  chooseFolder->setText(tr("Choose a &folder…"));
  chooseOther->setText(tr("Another &tool's export…"));
  const bool locked = session().readOnly();
  const auto tip = [&](QPushButton* button, const QString& text) {
    button->setEnabled(!locked);
    button->setToolTip(locked ? tr("The project folder is read-only. Copy it to a folder of your own to label.") : text);
    button->setStatusTip(button->toolTip());
    button->setAccessibleName(button->text().remove(QLatin1Char('&')));
  };
  tip(chooseFolder, tr("Shows what is in a folder before any of it comes in"));
  tip(chooseOther, tr("An archive, or a data set that another tool wrote, with or without labels"));
  const bool none = known && state.items == 0;
  something->setVisible(!none);
  nothing->setVisible(none);
  self.setFocusProxy(none ? static_cast<QWidget*>(chooseFolder) : view);
}

void LabelPanel::Impl::describe() {
  describeEmpty();
  describePicture();
  describeSuggestion();
  describeSaved();
  describeTraining();
  describeEffort();
  describeAccuracy();
  describeTools();
  fillShapes();
}

void LabelPanel::Impl::describePicture() {
  const auto* now = item();
  const auto* pick = order.current();
  if (!pick || current.empty()) {
    side->label->clear();
    if (!known) side->place->setText(tr("Opening the data set…"));
    else if (state.items == 0) side->place->clear();
    else if (order.atEnd() && order.kind() == LabelOrder::Kind::Doubtful)
      side->place->setText(tr("There is no label that the model doubts."));
    else if (order.atEnd()) side->place->setText(tr("Every picture has a label. Choose “All pictures” to look through them."));
    else side->place->setText(tr("Looking for a picture…"));
    if (known && order.atEnd()) view->setNotice(side->place->text());
    return;
  }
  const auto unlabelled = tr("%1 of %2 pictures have no label yet").arg(sayNumber(state.unlabelled), sayNumber(state.items));
  if (!now) return side->place->setText(unlabelled);
  side->place->setText(
      tr("%1, %2 × %3 pixels. %4.").arg(now->name, sayNumber(now->size.width()), sayNumber(now->size.height()), unlabelled));
  QStringList names;
  for (const auto& one : labelsOf(*now)) names << sayName(one);
  side->label->setText(names.isEmpty() ? tr("No label yet") : tr("Label: %1").arg(QLocale{}.createSeparatedList(names)));
}

QString LabelPanel::Impl::assistWords() const {
  if (assist.problem()) return tr("The model cannot help: %1 Labelling by hand goes on.").arg(widgets::say(*assist.problem()));
  const auto& s = assist.state();
  const auto& phase = s["state"].asText();
  if (phase == "starting") return tr("The model that helps is starting.");
  if (phase == "looking")
    return tr("Looking at the pictures: %1 of %2").arg(sayNumber(s["embedded"].asInt()), sayNumber(s["items"].asInt()));
  if (!assist.on()) return {};
  QStringList missing;
  for (const auto& c : state.classes)
    if (c.whole == 0) missing << sayName(c.name);
  const bool some = missing.size() + 1 < static_cast<qsizetype>(state.classes.size());
  if (!some && !assist.learned()) return tr("Suggestions come as soon as two classes have labels.");
  QStringList words;
  // A class that no picture shows cannot be suggested, however sure the model sounds of another.
  if (!missing.isEmpty() && missing.size() <= 5)
    words << tr("No suggestion can be %1 yet: no picture has that label.").arg(QLocale{}.createSeparatedList(missing));
  else if (!missing.isEmpty())
    words << tr("No suggestion can be one of %1 yet that no picture has as its label.").arg(widgets::sayClasses(missing.size()));
  if (const auto n = s["left_out"].asInt(); n > 0)
    words << tr("Suggestions are made for %1 of %2 pictures; there is no room to keep what the model saw of the other %3. Once they are "
                "labelled they count all the same.")
                 .arg(sayNumber(s["embedded"].asInt()), sayNumber(s["items"].asInt()), sayNumber(n));
  return words.join(QLatin1Char(' '));
}

/// A reason that tells numbers of the model tells those of the suggestion beside it: the model may have learned since it chose the picture.
const Text& LabelPanel::Impl::reasonNow(const LabelOrder::Pick& pick, const Assist::Suggestion* now) {
  const bool other = now && (now->label != pick.label || std::abs(now->probability - pick.probability) >= 0.005);
  return pick.byModel && other && !now->reason.source.empty() ? now->reason : pick.reason;
}

void LabelPanel::Impl::describeSuggestion() {
  const auto* now = item();
  const auto* one = now ? assist.find(current) : nullptr;
  const auto labels = now ? labelsOf(*now) : std::vector<std::string>{};
  const bool open = one && labels.empty();
  const bool differs = one && !labels.empty() && one->labels.empty() && std::ranges::find(labels, one->label) == labels.end();
  QString name;
  if (one) {
    QStringList names;
    for (const auto& label : one->labels) names << sayName(label);
    name = names.isEmpty() ? sayName(one->label) : QLocale{}.createSeparatedList(names);
  }
  side->suggestion->setVisible(open || differs);
  if (open) side->suggestion->setText(tr("Suggestion: %1, %2").arg(name, widgets::sayPercent(one->probability, 0)));
  if (differs) side->suggestion->setText(tr("The model would say %1, %2").arg(name, widgets::sayPercent(one->probability, 0)));
  side->accept->setVisible(open);
  if (open) side->accept->setText(tr("Accept %1 (Enter)").arg(QFontMetrics{side->accept->font()}.elidedText(name, Qt::ElideRight, 160)));
  const auto* pick = order.current();
  const bool why = pick && !pick->reason.source.empty() && pick->id == current;
  side->reason->setVisible(why);
  if (why) side->reason->setText(widgets::say(reasonNow(*pick, one)));
  const auto help = assistWords();
  side->help->setVisible(!help.isEmpty());
  side->help->setText(help);
}

void LabelPanel::Impl::describeSaved() {
  const auto n = static_cast<std::int64_t>(writer.pending());
  const bool away = session().state() != Session::State::Ready;
  side->saved->setText(
      n == 0 ? tr("All labels are saved.")
      : away ? tr("%1 not saved yet: the engine is being started again.").arg(widgets::sayCount(TR("studio", "{n} change(s)"), n))
             : tr("Saving: %1").arg(widgets::sayCount(TR("studio", "{n} change(s)"), n)));
}

/// Classes with what a training would learn from: whole pictures, or each shape where the pipeline takes them for pictures of their own.
std::vector<TrainingGate::Class> LabelPanel::Impl::trained() const {
  const auto& nodes = workspace.file().document().nodes();
  const bool shapes = std::ranges::any_of(nodes, [](const auto& node) { return node.type == "patchbay.label.regions"; });
  std::vector<TrainingGate::Class> out;
  for (const auto& c : state.classes) out.push_back({c.name, shapes ? c.count : c.whole});
  return out;
}

TrainingGate LabelPanel::Impl::gate() const { return trainingGate(state.items, trained()); }

QString LabelPanel::Impl::whyNotTrain() const {
  const auto now = gate();
  switch (now.why) {
    case TrainingGate::Why::NoPictures:
      return tr("There are no pictures yet.");
    case TrainingGate::Why::OneClass:
      return tr("Training tells classes apart: name at least two.");
    case TrainingGate::Why::TooFew:
      return tr("%1 has %2 of %3 images, %4 minimum. %5 more and training can begin.")
          .arg(sayName(now.scarcest.name), sayNumber(now.scarcest.count), sayNumber(TrainingGate::good), sayNumber(TrainingGate::least),
               widgets::sayCount(TR("studio", "{n} label(s)"), now.missing));
    case TrainingGate::Why::Ready:
      break;
  }
  if (workspace.runs().live()) return tr("A run is under way; wait for its end or interrupt it.");
  return {};
}

void LabelPanel::Impl::describeTraining() {
  const auto why = whyNotTrain();
  const auto now = gate();
  side->train->setEnabled(why.isEmpty());
  side->train->setToolTip(why.isEmpty() ? tr("Puts the newest state of the data into the pipeline and runs it") : why);
  side->train->setStatusTip(side->train->toolTip());
  QString words = why;
  if (why.isEmpty() && now.scarcest.count < TrainingGate::good)
    words =
        tr("%1 has %2 of %3 images, %4 minimum. It can train; more of these help most.")
            .arg(sayName(now.scarcest.name), sayNumber(now.scarcest.count), sayNumber(TrainingGate::good), sayNumber(TrainingGate::least));
  else if (why.isEmpty())
    words = tr("%1 since the last training that began here.").arg(widgets::sayCount(TR("studio", "{n} label(s)"), labelsSince));
  side->gate->setText(words);
  side->every->setEnabled(side->byItself->isChecked());
  side->every->setToolTip(side->every->isEnabled() ? tr("Labels from one training to the next") : tr("Tick the box beside it first."));
  std::int64_t have = 0, want = 0;
  for (const auto& c : trained()) {
    have += std::min(c.count, TrainingGate::good);
    want += TrainingGate::good;
  }
  side->progress->setRange(0, static_cast<int>(std::max<std::int64_t>(1, want)));
  side->progress->setValue(static_cast<int>(have));
}

void LabelPanel::Impl::describeEffort() {
  const auto& sum = effort.sum();
  const int n = effort.labels();
  side->effort->setText(n == 0 ? tr("Clicks, keys and seconds a label are counted here and go with an exported data set.")
                               : tr("%1: %2 s, %3 keys, %4 clicks each")
                                     .arg(widgets::sayCount(TR("studio", "{n} label(s)"), n), sayTenths(sum.seconds / n),
                                          sayTenths(static_cast<double>(sum.keys) / n), sayTenths(static_cast<double>(sum.clicks) / n)));
}

void LabelPanel::Impl::describeAccuracy() {
  const auto& estimate = assist.estimate();
  side->curve->setEstimate(estimate);
  side->curve->setVisible(!side->curve->empty());
  QString words = tr("Known as soon as there are labels enough to check with.");
  if (estimate.contains("text")) words = widgets::say(textFromValue(estimate["text"]));
  side->accuracy->setText(words);
  const bool can = assist.learned();
  side->confirm->setEnabled(can);
  side->confirm->setText(tr("&Confirm suggestions…"));
  side->confirm->setToolTip(can ? tr("The hard ones to look at, the sure ones to accept at once")
                                : tr("There are no suggestions yet: label some pictures of two classes first."));
  side->confirm->setStatusTip(side->confirm->toolTip());
}

/// What boxes, polygons and masks are good for today, said before the first one is drawn.
void LabelPanel::Impl::describeTools() {
  fillClasses();
  view->setReadOnly(session().readOnly() ? tr("The project folder is read-only. Copy it to a folder of your own to label.") : QString{});
  const auto& catalogue = session().catalogue();
  const bool regions = catalogue.find("patchbay.label.regions") != nullptr;
  side->shapesWords->setText(
      regions ? tr("Boxes, polygons and masks can train a classifier of regions today: the block Regions makes a picture of each. "
                   "Models that find boxes or masks by themselves are not trained here yet; exported data sets hold them.")
              : tr("Boxes, polygons and masks are kept and exported. No block that is installed trains on them."));
}

void LabelPanel::Impl::fillOrder() {
  side->order->clear();
  const auto add = [&](LabelOrder::Kind kind, const QString& text) { side->order->addItem(text, static_cast<int>(kind)); };
  add(LabelOrder::Kind::Best, tr("What helps most first"));
  add(LabelOrder::Kind::Unlabelled, tr("Without a label, in their order"));
  add(LabelOrder::Kind::Doubtful, tr("Labels that the model doubts"));
  add(LabelOrder::Kind::All, tr("All pictures"));
  if (order.kind() == LabelOrder::Kind::Chosen)
    add(LabelOrder::Kind::Chosen, title ? title() : widgets::sayCount(TR("gallery", "{n} picture(s)"), order.count()));
  side->order->setCurrentIndex(side->order->findData(static_cast<int>(order.kind())));
}

void LabelPanel::Impl::fillClasses() {
  auto* list = side->classes;
  const QSignalBlocker quiet{list};
  const auto* now = item();
  const auto labels = now ? labelsOf(*now) : std::vector<std::string>{};
  // The one that is drawn with, or moved in its order; of whole pictures the label is bold.
  const bool ordered = state.task == "ordinal";
  const bool drawing = view->tool() != Tool::Select || view->selected() >= 0 || ordered;
  if (!drawing) list->setCurrentItem(nullptr);
  while (list->topLevelItemCount() > static_cast<int>(state.classes.size())) delete list->takeTopLevelItem(list->topLevelItemCount() - 1);
  for (std::size_t i = 0; i < state.classes.size(); ++i) {
    const auto& c = state.classes[i];
    auto* row = list->topLevelItem(static_cast<int>(i));
    if (!row) list->addTopLevelItem(row = new QTreeWidgetItem);
    const auto name = sayName(c.name), key = keyOf(c.name);
    const auto count = sayNumber(c.count);
    if (row->text(1) != name || row->data(1, Qt::UserRole) != c.colour)
      row->setIcon(1, swatch(c.colour.isValid() ? c.colour : list->palette().color(QPalette::Mid)));
    row->setText(0, key);
    row->setText(1, name);
    row->setText(2, count);
    row->setData(0, Qt::UserRole, fromUtf8(c.name));
    row->setData(1, Qt::UserRole, c.colour);
    row->setToolTip(1, name);
    auto font = list->font();
    if (std::ranges::find(labels, c.name) != labels.end()) font.setBold(true);
    row->setFont(1, font);
    if (drawing && c.name == view->activeClass()) list->setCurrentItem(row);
  }
  // As high as its classes, and it scrolls where these are many.
  list->setFixedHeight(std::clamp(static_cast<int>(state.classes.size()), 2, 9) * std::max(20, list->sizeHintForRow(0)) + 8);
  side->several->setChecked(state.task == "multi-label");
  side->ordered->setChecked(ordered);
  side->classesHead->setText(ordered ? tr("Classes, the first step on top") : tr("Classes"));
  const auto at = std::ranges::find(state.classes, view->activeClass(), &widgets::DataClassInfo::name) - state.classes.begin();
  const auto step = [&](QToolButton* button, bool can) {
    button->setVisible(ordered);
    button->setEnabled(can);
    button->setToolTip(can ? button->accessibleName() : tr("Choose a class that has one to change places with."));
    button->setStatusTip(button->toolTip());
  };
  step(side->classUp, at > 0 && at < std::ssize(state.classes));
  step(side->classDown, at + 1 < std::ssize(state.classes));
}

void LabelPanel::Impl::fillShapes() {
  auto* list = side->shapes;
  const QSignalBlocker quiet{list};
  list->clear();
  const auto& all = view->annotations();
  // In front first.
  for (int i = static_cast<int>(all.size()); i-- > 0;) {
    if (!view->isShape(i)) continue;
    const auto& a = all[static_cast<std::size_t>(i)];
    QStringList marks;
    if (view->hidden(i)) marks << tr("hidden");
    if (view->locked(i)) marks << tr("locked");
    auto* row = new QTreeWidgetItem{{tr("%1: %2").arg(sayKind(a.kind), sayName(a.label)), marks.join(QStringLiteral(", "))}};
    row->setData(0, Qt::UserRole, i);
    list->addTopLevelItem(row);
    if (i == view->selected()) list->setCurrentItem(row);
  }
  const bool any = list->topLevelItemCount() > 0;
  list->setVisible(any);
  const bool some = view->selected() >= 0;
  for (auto* one : {side->shapeHide, side->shapeLock, side->shapeUp, side->shapeDown, side->shapeRemove}) {
    one->setVisible(any);
    one->setEnabled(some);
    one->setToolTip(some ? one->accessibleName() : tr("Choose a shape first."));
    one->setStatusTip(one->toolTip());
  }
  describePicture();
}

}  // namespace patchbay::studio
