// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QDateTime>
#include <QFile>
#include <QKeyEvent>
#include <QSpinBox>
#include <QTreeWidget>
#include <algorithm>

#include "app/studio/label/confirm_window.h"
#include "app/studio/label/label_effort.h"
#include "app/studio/label/label_impl.h"
#include "app/studio/label/train_on.h"
#include "engine/data/revisions/item_value.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::EffortMeter;
using widgets::Tone;

namespace {

constexpr std::size_t mostWaiting = 32, mostRecent = 9;

bool isModels(const Annotation& a) { return a.author.starts_with("model:"); }

}  // namespace

LabelItem* LabelPanel::Impl::item() {
  const auto found = items.find(current);
  return found == items.end() ? nullptr : &found->second;
}

bool LabelPanel::Impl::mayLabel() {
  if (session().readOnly())
    notice->say(Tone::Warning, [] { return tr("The project folder is read-only. Copy it to a folder of your own to label."); },
                {{[] { return tr("Close"); }, {}}});
  return !session().readOnly();
}

void LabelPanel::Impl::whenShown(std::function<void()> what) {
  if (shown && waiting.empty()) return what();
  if (current.empty() || waiting.size() >= mostWaiting) return;
  waiting.push_back(std::move(what));
}

// --- classes -----------------------------------------------------------------------------------------------------------------

std::string LabelPanel::Impl::classOf(int key) const {
  if (const auto own = ownKeys.find(key); own != ownKeys.end() && state.find(own->second)) return own->second;
  // A class with a key of its own gives its place to the next one.
  int at = 0;
  for (const auto& c : state.classes) {
    if (std::ranges::any_of(ownKeys, [&](const auto& own) { return own.second == c.name; })) continue;
    do ++at;
    while (ownKeys.contains(at) && state.find(ownKeys.at(at)));
    if (at == key) return c.name;
    if (at > 9) break;
  }
  return {};
}

QString LabelPanel::Impl::keyOf(const std::string& name) const {
  for (int key = 1; key <= 9; ++key)
    if (classOf(key) == name) return QString::number(key);
  return {};
}

std::string LabelPanel::Impl::activeClass() const { return view->activeClass(); }

void LabelPanel::Impl::number(int key) {
  const auto name = classOf(key);
  if (!name.empty()) return chooseClass(name);
  notice->say(Tone::Warning,
              [key] { return tr("There is no class with the key %1 yet. Name one below the list of classes, or with /.").arg(key); },
              {{[] { return tr("Close"); }, {}}});
}

void LabelPanel::Impl::giveKey(int key) {
  const auto name = activeClass();
  if (name.empty()) return;
  std::erase_if(ownKeys, [&](const auto& own) { return own.second == name; });
  ownKeys[key] = name;
  Q_EMIT workspace.statusMessage(tr("%1 has the key %2 now.").arg(widgets::fromUtf8(displayText(name))).arg(key));
  fillClasses();
  saveKeys();
}

/// They are the project's, so that the next session has them as well.
void LabelPanel::Impl::saveKeys() {
  if (session().readOnly()) return;
  keysChanged = true;
  if (keysOnTheWay) return;
  keysOnTheWay = true;
  keysChanged = false;
  writeKeys(session(), ownKeys, &self, [this] {
    keysOnTheWay = false;
    if (keysChanged) saveKeys();
  });
}

/// The chosen shape, what is drawn next, or the picture, whichever the person is at.
void LabelPanel::Impl::chooseClass(const std::string& name) {
  if (!name.empty()) {
    std::erase(recent, name);
    recent.push_front(name);
    if (recent.size() > mostRecent) recent.pop_back();
  }
  if (view->selected() >= 0 && !name.empty()) {
    view->setActiveClass(name);
    view->setSelectedClass(name);
  } else if (view->tool() != widgets::Tool::Select && !name.empty()) {
    view->setActiveClass(name);
  } else {
    if (!name.empty()) view->setActiveClass(name);
    whenShown([this, name] { labelPicture(name, EffortMeter::How::ByHand); });
  }
  fillClasses();
}

void LabelPanel::Impl::addClass(const QString& name) {
  if (!mayLabel() || state.find(widgets::toUtf8(name))) return;
  // Known at once, so that the next key finds it.
  state.classes.push_back({widgets::toUtf8(name), QColor{}, 0, 0});
  sendClasses();
  if (view->activeClass().empty()) view->setActiveClass(widgets::toUtf8(name));
  fillClasses();
  describeTraining();
}

void LabelPanel::Impl::sendClasses() {
  Value classes{Value::List{}};
  for (const auto& c : state.classes) classes.push(Value::Map{{"name", c.name}});
  writer.request(Value{Value::Map{{"do", "classes"}, {"classes", std::move(classes)}, {"author", widgets::thisPerson()}}});
}

/// What kind of classes these are; keys that follow count by it at once.
void LabelPanel::Impl::setTask(const std::string& task) {
  if (!mayLabel()) return fillClasses();
  state.task = task;
  writer.request(Value{Value::Map{{"do", "classes"}, {"task", task}, {"author", widgets::thisPerson()}}});
  fillClasses();
}

/// Classes that have an order are put into it, the chosen one at a time.
void LabelPanel::Impl::moveClass(int by) {
  const auto at = std::ranges::find(state.classes, activeClass(), &widgets::DataClassInfo::name);
  const auto from = at - state.classes.begin(), to = from + by;
  if (!mayLabel() || at == state.classes.end() || to < 0 || to >= std::ssize(state.classes)) return;
  std::swap(state.classes[static_cast<std::size_t>(from)], state.classes[static_cast<std::size_t>(to)]);
  sendClasses();
  fillClasses();
}

std::vector<widgets::DataClassInfo> LabelPanel::Impl::recentFirst() const {
  std::vector<widgets::DataClassInfo> out;
  for (const auto& name : recent)
    if (const auto* c = state.find(name)) out.push_back(*c);
  for (const auto& c : state.classes)
    if (std::ranges::find(recent, c.name) == recent.end()) out.push_back(c);
  return out;
}

void LabelPanel::Impl::openMenu() {
  if (mayLabel()) menu->popup(view->mapToGlobal(QPoint{16, 16}), recentFirst());
}

// --- labels ------------------------------------------------------------------------------------------------------------------

/// An empty name takes the labels away.
void LabelPanel::Impl::labelPicture(const std::string& name, EffortMeter::How how) {
  auto* now = item();
  if (!now || !mayLabel()) return;
  const bool several = state.task == "multi-label";
  auto labels = several ? labelsOf(*now) : std::vector<std::string>{};
  if (name.empty()) labels.clear();
  else if (std::erase(labels, name) == 0) labels.push_back(name);
  Value list{Value::List{}};
  for (const auto& one : labels) list.push(one);
  writer.write(current, now->version, Value{Value::Map{{"labels", std::move(list)}}},
               name.empty() ? TR("studio", "Label of a picture taken away")
                            : TR("studio", "Picture labelled {class}").with("class", displayText(name)));
  auto& all = now->annotations;
  std::erase_if(all, [](const Annotation& a) { return a.kind == AnnotationKind::Class && !isModels(a); });
  for (const auto& one : labels) all.push_back({.kind = AnnotationKind::Class, .label = one, .author = widgets::thisPerson()});
  view->setAnnotations(all);
  if (name.empty() || several) {
    if (!name.empty()) counted("class", name, how);
    return describePicture();
  }
  counted("class", name, how);
  go(1);
}

void LabelPanel::Impl::acceptSuggestion() {
  const auto* now = item();
  if (!now) return;
  const auto* suggestion = assist.find(current);
  // What is labelled already stands; Enter goes on.
  if (!labelsOf(*now).empty()) return go(1);
  if (!suggestion) {
    Q_EMIT workspace.statusMessage(tr("There is no suggestion for this picture yet; a number labels it."));
    return;
  }
  if (state.task != "multi-label") return labelPicture(suggestion->label, EffortMeter::How::Suggested);
  for (const auto& one : suggestion->labels) labelPicture(one, EffortMeter::How::Suggested);
  go(1);
}

void LabelPanel::Impl::shapesEdited(const Text& what) {
  auto* now = item();
  if (!now || !mayLabel()) return;
  auto annotations = view->annotations();
  Value list{Value::List{}};
  for (auto& a : annotations) {
    if (a.author.empty()) a.author = widgets::thisPerson();
    list.push(toValue(a));
  }
  writer.write(current, now->version, Value{Value::Map{{"annotations", std::move(list)}}}, what);
  const bool more = annotations.size() > now->annotations.size();
  const auto label = more ? annotations.back().label : std::string{};
  now->annotations = annotations;
  view->setAnnotations(std::move(annotations));
  if (more) counted("shape", label, EffortMeter::How::ByHand);
  describePicture();
}

void LabelPanel::Impl::counted(const char* what, const std::string& label, EffortMeter::How how) {
  const auto cost = effort.accept(clock.elapsed());
  const auto at = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
  appendEffort(session(), EffortMeter::csvLine(at, current, what, label, how, cost));
  ++labelsSince;
  describeEffort();
  describeTraining();
  if (side->byItself->isChecked() && labelsSince >= side->every->value() && whyNotTrain().isEmpty() && !workspace.runs().live()) train();
}

void LabelPanel::Impl::copyFromBefore() {
  auto* now = item();
  const auto from = items.find(before);
  if (!now || from == items.end() || !mayLabel()) {
    Q_EMIT workspace.statusMessage(tr("There is no picture before this one to copy from."));
    return;
  }
  auto all = now->annotations;
  for (auto a : from->second.annotations) {
    if (a.kind == AnnotationKind::Class || isModels(a)) continue;
    // A mask fits pictures of its own size only.
    if (a.kind == AnnotationKind::Mask && now->size != from->second.size) continue;
    a.author.clear();
    all.push_back(std::move(a));
  }
  if (all.size() == now->annotations.size()) {
    Q_EMIT workspace.statusMessage(tr("The picture before has no shapes that fit this one."));
    return;
  }
  view->setAnnotations(all);
  shapesEdited(TR("studio", "Shapes copied from another picture"));
}

// --- training and the queue --------------------------------------------------------------------------------------------------

void LabelPanel::Impl::train() {
  if (!whyNotTrain().isEmpty()) return;
  labelsSince = 0;
  std::vector<std::string> classes;
  for (const auto& c : state.classes) classes.push_back(c.name);
  trainOnRevision(workspace, "newest", classes, &self, [this](bool in) {
    if (in && workspace.runs().whyNot().isEmpty()) workspace.runs().runAll();
    describeTraining();
  });
}

void LabelPanel::Impl::openConfirm() {
  if (!confirm) {
    confirm = new ConfirmWindow{session(), assist, &self};
    confirm->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(confirm, &ConfirmWindow::openWanted, &self, [this](const std::vector<std::string>& ids) {
      title = [] { return tr("Suggestions to confirm, the hardest first"); };
      begin(LabelOrder::Kind::Chosen, ids);
      self.raise();
      self.activateWindow();
      view->setFocus();
    });
    QObject::connect(confirm, &ConfirmWindow::undoWanted, &self, [this] { writer.undo(); });
    // Over the window it belongs to; only dialogs are put there by themselves.
    confirm->move(self.window()->geometry().center() - confirm->rect().center());
  }
  confirm->show();
  confirm->raise();
  confirm->reload();
}

// --- keys --------------------------------------------------------------------------------------------------------------------

bool LabelPanel::Impl::wants(QKeyEvent* event) const {
  const auto modifiers = event->modifiers() & ~Qt::KeyboardModifiers{Qt::KeypadModifier};
  const int key = event->key();
  if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)) return true;
  if (modifiers == Qt::ControlModifier) return key == Qt::Key_Y || (key >= Qt::Key_1 && key <= Qt::Key_9);
  if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) return key == Qt::Key_F;
  // A slash is typed with Shift on some keyboards.
  if (key == Qt::Key_Slash) return true;
  if (modifiers != Qt::NoModifier) return false;
  if (key == Qt::Key_Return || key == Qt::Key_Enter) return !view->drawing();
  return (key >= Qt::Key_0 && key <= Qt::Key_9) || key == Qt::Key_D || key == Qt::Key_A || key == Qt::Key_C;
}

bool LabelPanel::Impl::key(QKeyEvent* event) {
  const int key = event->key();
  const bool control = event->modifiers() & Qt::ControlModifier;
  if (event->matches(QKeySequence::Undo)) {
    // What is half drawn is taken back first.
    if (view->drawing()) view->cancelDrawing();
    else Q_EMIT tools->undoWanted();
  } else if (event->matches(QKeySequence::Redo) || (control && key == Qt::Key_Y)) {
    Q_EMIT tools->redoWanted();
  } else if (control && key == Qt::Key_F) {
    Q_EMIT tools->fullWanted();
  } else if (key >= Qt::Key_1 && key <= Qt::Key_9) {
    control ? giveKey(key - Qt::Key_0) : number(key - Qt::Key_0);
  } else if (key == Qt::Key_0) {
    whenShown([this] { labelPicture({}, EffortMeter::How::ByHand); });
  } else if (key == Qt::Key_Slash) {
    openMenu();
  } else if (key == Qt::Key_D) {
    go(1);
  } else if (key == Qt::Key_A) {
    go(-1);
  } else if (key == Qt::Key_C) {
    copyFromBefore();
  } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    whenShown([this] { acceptSuggestion(); });
  } else {
    return false;
  }
  return true;
}

}  // namespace patchbay::studio
