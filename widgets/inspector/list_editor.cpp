// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

QIcon dot(const QColor& colour) {
  QPixmap picture{24, 24};
  picture.fill(Qt::transparent);
  QPainter p{&picture};
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(Qt::NoPen);
  p.setBrush(colour);
  p.drawRoundedRect(QRectF{5, 5, 14, 14}, 4, 4);
  return QIcon{picture};
}

/// Texts or class names: typed in place, dragged or moved by keys, pasted line by line, taken from the data.
class ListEditor final : public ParamEditor {
  Q_OBJECT

 public:
  ListEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, list_{new QListWidget{this}}, empty_{new Note{Tone::Neutral, true, this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    list_->setObjectName(name());
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->installEventFilter(this);
    layout->addWidget(list_);
    layout->addWidget(empty_);
    auto* row = new FlowLayout{nullptr, 0, 2};
    add_ = button(row, QStringLiteral("add"), QStringLiteral("+"), ".add", &ListEditor::addItem);
    remove_ = button(row, QStringLiteral("remove"), QStringLiteral("−"), ".remove", &ListEditor::removeItems);
    up_ = button(row, QStringLiteral("up"), QStringLiteral("↑"), ".up", [](ListEditor* e) { e->moveItem(-1); });
    down_ = button(row, QStringLiteral("down"), QStringLiteral("↓"), ".down", [](ListEditor* e) { e->moveItem(1); });
    if (isClasses()) {
      fromData_ = new QPushButton{this};
      fromData_->setObjectName(name(".fromData"));
      row->addWidget(fromData_);
      connect(fromData_, &QPushButton::clicked, this, &ListEditor::takeFromData);
      connect(&context, &EditorContext::dataPathChanged, this, &ListEditor::refreshButtons);
    }
    layout->addLayout(row);
    retranslate();
    fit();
    connect(list_, &QListWidget::itemChanged, this, [this] { send(); });
    connect(list_->model(), &QAbstractItemModel::rowsMoved, this, [this] { send(); });
    connect(list_, &QListWidget::itemSelectionChanged, this, &ListEditor::refreshButtons);
  }

  void display(const Value& value, bool several) override {
    several_ = several;
    QStringList texts;
    for (const auto& one : value.asList()) texts << fromUtf8(one.asText());
    if (texts != this->texts()) fill(texts);
    // What others changed is not what was refused any more.
    tellState();
    refreshButtons();
  }
  /// An empty list is not shown; what fills it has its place.
  QWidget* field() const override { return list_->count() > 0 ? static_cast<QWidget*>(list_) : add_; }
  void retranslate() override {
    list_->setAccessibleName(label());
    setWhat(add_, isClasses() ? tr("Add a class") : tr("Add an entry"));
    setWhat(remove_, tr("Remove what is selected (Del)"));
    setWhat(up_, tr("Move up (Alt+Up)"));
    setWhat(down_, tr("Move down (Alt+Down)"));
    if (fromData_) fromData_->setText(tr("From the data"));
    tellState();
    refreshButtons();
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::KeyPress) {
      auto* key = static_cast<QKeyEvent*>(event);
      if (key->key() == Qt::Key_Delete) return removeItems(), true;
      if (key->matches(QKeySequence::Paste)) return pasteLines(), true;
      if (key->modifiers() == Qt::AltModifier && key->key() == Qt::Key_Up) return moveItem(-1), true;
      if (key->modifiers() == Qt::AltModifier && key->key() == Qt::Key_Down) return moveItem(1), true;
      if (key->key() == Qt::Key_Insert) return addItem(), true;
    }
    return ParamEditor::eventFilter(watched, event);
  }

 private:
  template <class F>
  QToolButton* button(FlowLayout* row, const QString& iconName, const QString& glyph, const char* part, F action) {
    auto* b = iconButton(iconName, glyph, name(part), this);
    row->addWidget(b);
    connect(b, &QToolButton::clicked, this, [this, action] { std::invoke(action, this); });
    return b;
  }
  bool isClasses() const { return info().kind == ParamKind::ClassList; }
  QStringList texts() const {
    QStringList out;
    for (int i = 0; i < list_->count(); ++i) out << list_->item(i)->text();
    return out;
  }
  QListWidgetItem* makeItem(const QString& text) {
    auto* item = new QListWidgetItem{text};
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled);
    return item;
  }
  void fill(const QStringList& texts) {
    const QSignalBlocker quiet{list_}, still{list_->model()};
    const int row = list_->currentRow();
    list_->clear();
    for (const auto& text : texts) list_->addItem(makeItem(text));
    if (row >= 0) list_->setCurrentRow(std::min(row, list_->count() - 1));
    list_->reset();
    fit();
  }
  void fit() {
    const QSignalBlocker quiet{list_};
    const int line = std::max(24, list_->fontMetrics().height() + 8);
    for (int i = 0; i < list_->count(); ++i) {
      list_->item(i)->setSizeHint({0, line});
      if (isClasses()) list_->item(i)->setIcon(dot(seriesColour(i, palette())));
    }
    list_->setFixedHeight(std::clamp(list_->count(), 1, 8) * line + 2 * list_->frameWidth() + 2);
    list_->setVisible(list_->count() > 0);
    list_->viewport()->update();
  }
  void tellState() {
    if (several_) empty_->say(tr("The blocks have different lists; this is the first one's. What you change here goes to all of them."));
    else if (list_->count() == 0) empty_->say(isClasses() ? tr("No classes are listed.") : tr("Nothing is listed."));
    else empty_->say({});
  }
  /// Tells the list as it is; an unusable one (a class twice) is refused and stays to be corrected.
  void send() {
    QStringList kept;
    for (const auto& text : texts())
      if (!text.trimmed().isEmpty()) kept << text.trimmed();
    if (kept != texts()) fill(kept);
    fit();
    if (isClasses()) {
      for (int i = 0; i < kept.size(); ++i)
        if (kept.indexOf(kept[i]) != i)
          return Q_EMIT refused(tr("The class \"%1\" is listed twice.").arg(kept[i]), tr("Rename or remove one of them."));
    }
    Q_EMIT refused({}, {});
    Value out{Value::List{}};
    for (const auto& text : kept) out.push(Value{toUtf8(text)});
    Q_EMIT edited(out, false);
  }
  void addItem() {
    QString fresh = isClasses() ? tr("New class") : tr("New entry");
    const auto wish = fresh;
    for (int n = 2; texts().contains(fresh); ++n) fresh = tr("%1 %2", "name and number").arg(wish).arg(n);
    {
      const QSignalBlocker quiet{list_};
      list_->addItem(makeItem(fresh));
      fit();
    }
    send();
    list_->setCurrentRow(list_->count() - 1);
    list_->setFocus(Qt::OtherFocusReason);
    list_->editItem(list_->item(list_->count() - 1));
  }
  void removeItems() {
    const auto chosen = list_->selectedItems();
    if (chosen.isEmpty()) return;
    {
      const QSignalBlocker quiet{list_};
      qDeleteAll(chosen);
    }
    send();
    refreshButtons();
  }
  void moveItem(int by) {
    const int row = list_->currentRow(), to = row + by;
    if (row < 0 || to < 0 || to >= list_->count()) return;
    {
      const QSignalBlocker quiet{list_}, still{list_->model()};
      auto all = texts();
      all.move(row, to);
      fill(all);
      list_->setCurrentRow(to);
    }
    send();
    refreshButtons();
  }
  void pasteLines() {
    const auto lines = QApplication::clipboard()->text().split(QLatin1Char{'\n'}, Qt::SkipEmptyParts);
    if (lines.isEmpty()) return;
    {
      const QSignalBlocker quiet{list_};
      for (const auto& line : lines)
        if (!line.trimmed().isEmpty() && !(isClasses() && texts().contains(line.trimmed()))) list_->addItem(makeItem(line.trimmed()));
    }
    send();
  }
  void takeFromData() {
    context().summary(context().dataPath(), this, [this](const Result<DataSummary>& got) {
      if (!got) return Q_EMIT refused(widgets::say(got.error().cause), widgets::say(got.error().hint));
      if (got->classes.empty())
        return Q_EMIT refused(tr("The data have no classes."), tr("Put the pictures into one folder for each class."));
      QStringList names;
      for (const auto& one : got->classes) names << fromUtf8(one);
      fill(names);
      send();
    });
  }
  void refreshButtons() {
    const bool chosen = !list_->selectedItems().isEmpty();
    const int row = list_->currentRow();
    const auto enable = [](QAbstractButton* b, bool on, const QString& what, const QString& reason) {
      b->setEnabled(on);
      setWhat(b, on ? what : tr("%1: %2", "what and why it cannot be done").arg(what, reason));
    };
    const auto none = tr("nothing is selected in the list");
    enable(remove_, chosen, tr("Remove what is selected (Del)"), none);
    enable(up_, chosen && row > 0, tr("Move up (Alt+Up)"), chosen ? tr("it is the first") : none);
    enable(down_, chosen && row >= 0 && row < list_->count() - 1, tr("Move down (Alt+Down)"), chosen ? tr("it is the last") : none);
    if (fromData_)
      enable(fromData_, !context().dataPath().isEmpty(), tr("Take the classes from the data"),
             tr("choose a folder or table of pictures first"));
  }

  QListWidget* list_;
  Note* empty_;
  QToolButton *add_ = nullptr, *remove_ = nullptr, *up_ = nullptr, *down_ = nullptr;
  QPushButton* fromData_ = nullptr;
  bool several_ = false;
};

}  // namespace

ParamEditor* makeListEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new ListEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "list_editor.moc"
