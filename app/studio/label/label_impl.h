// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of LabelPanel; included by its own files only.
#pragma once
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "app/studio/label/assist.h"
#include "app/studio/label/label_keys.h"
#include "app/studio/label/label_order.h"
#include "app/studio/label/label_panel.h"
#include "app/studio/label/label_side.h"
#include "app/studio/label/label_tools.h"
#include "app/studio/label/label_writer.h"
#include "app/studio/label/training_gate.h"
#include "app/studio/workspace.h"
#include "widgets/annotator/annotator_view.h"
#include "widgets/annotator/effort.h"
#include "widgets/annotator/picture_feed.h"
#include "widgets/base/empty_state.h"
#include "widgets/gallery/data_bars.h"
#include "widgets/gallery/data_item.h"
#include "widgets/gallery/label_menu.h"

class QPushButton;

namespace patchbay::studio {

class ConfirmWindow;

/// An item as it is labelled: what the store has, with what is on its way there.
struct LabelItem {
  std::vector<Annotation> annotations;
  std::int64_t version = 0;
  widgets::PictureRef picture;
  QSize size;
  QString name;
  bool missing = false;
};

struct LabelPanel::Impl {
  LabelPanel& self;
  Workspace& workspace;
  LabelWriter writer;
  LabelOrder order;
  Assist assist;
  widgets::PictureFeed feed;
  widgets::EffortMeter effort;
  QElapsedTimer clock;
  widgets::DataState state;
  bool known = false, asking = false, askAgain = false, begun = false;
  std::unique_ptr<QObject> stateRequest;
  std::optional<std::uint64_t> askedAfter;  ///< The writer's givenForAll() when the state was asked for; none if one was on its way.
  std::map<std::string, LabelItem> items;
  std::map<std::string, std::unique_ptr<QObject>> asked;  ///< Items on their way.
  std::string current, before;                            ///< Item that is seen, and the one seen before it.
  std::string prepared;                                   ///< Item that a service was told to be ready for.
  bool shown = false;                                     ///< Picture and labels of `current` can be seen.
  bool waitsForNext = false, wentBack = false;
  std::deque<std::function<void()>> waiting;  ///< Keys that were faster than the picture.
  std::deque<std::string> recent;
  ClassKeys ownKeys;
  bool keysOnTheWay = false, keysChanged = false;
  std::function<QString()> title;
  std::int64_t labelsSince = 0;  ///< Since the last training that began here.
  bool trainWhenDone = false;
  QTimer events;
  bool notLooking = true;  ///< Nobody has seen the panel yet.

  widgets::AnnotatorView* view = nullptr;
  LabelTools* tools = nullptr;
  LabelSide* side = nullptr;
  QWidget *nothing = nullptr, *something = nullptr;  ///< Without pictures, and with some.
  widgets::EmptyState* empty = nullptr;
  QPushButton *chooseFolder = nullptr, *chooseOther = nullptr;
  widgets::DataNotice* notice = nullptr;
  widgets::LabelMenu* menu = nullptr;
  QPointer<ConfirmWindow> confirm;

  Impl(LabelPanel& panel, Workspace& of)
      : self{panel}, workspace{of}, writer{of.session()}, order{of.session()}, assist{of.session()}, feed{of.session()} {}
  Session& session() const { return workspace.session(); }

  // label_panel.cpp
  void build();
  QWidget* buildEmpty();
  void connectParts();
  void connectSide();
  void connectEmpty();
  void connectServices();
  void retranslate();
  void handle(const Value& event);
  void askState();
  void tookState(const Value& answer);

  // label_pictures.cpp: which picture is seen.
  void begin(LabelOrder::Kind kind, std::vector<std::string> ids = {}, const std::string& from = {});
  void go(int by);
  void showCurrent();
  void fetch(const std::string& id, bool again);
  void took(const std::string& id, const Result<Value>& answer);
  void showPicture();
  void prefetch();
  void moreBest();
  void forget(const Value& changed, std::int64_t number);

  // label_edits.cpp: what is said of it.
  LabelItem* item();
  bool mayLabel();
  void whenShown(std::function<void()> what);
  void number(int key);
  void chooseClass(const std::string& name);
  void labelPicture(const std::string& name, widgets::EffortMeter::How how);
  void acceptSuggestion();
  void shapesEdited(const Text& what);
  void counted(const char* what, const std::string& label, widgets::EffortMeter::How how);
  void copyFromBefore();
  void addClass(const QString& name);
  void openMenu();
  void giveKey(int key);
  void saveKeys();
  void moveClass(int by);
  void setTask(const std::string& task);
  void sendClasses();
  std::vector<widgets::DataClassInfo> recentFirst() const;
  QString keyOf(const std::string& name) const;
  std::string classOf(int key) const;
  std::string activeClass() const;
  void prepare();
  void hintWanted(const widgets::ShapeHint& hint);
  void proposed(const Result<Value>& answer, bool rough);
  void train();
  void openConfirm();
  bool key(QKeyEvent* event);
  bool wants(QKeyEvent* event) const;

  // label_words.cpp: what the panel says.
  std::vector<std::string> labelsOf(const LabelItem& item) const;
  void describe();
  void describeEmpty();
  void describePicture();
  void describeSuggestion();
  void describeSaved();
  void describeTraining();
  void describeEffort();
  void describeAccuracy();
  void describeTools();
  void fillClasses();
  void fillShapes();
  void fillOrder();
  QString whyNotTrain() const;
  TrainingGate gate() const;
  std::vector<TrainingGate::Class> trained() const;
  static const Text& reasonNow(const LabelOrder::Pick& pick, const Assist::Suggestion* now);
  QString assistWords() const;
};

}  // namespace patchbay::studio
