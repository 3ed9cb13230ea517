// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/augment_preview.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

Value rangeOf(const Value& step, const AugmentParameterInfo& parameter) {
  const auto& range = step["ranges"][parameter.name];
  if (range.asList().size() == 2) return range;
  return Value::List{parameter.usualFrom, parameter.usualTo};
}

/// One augmentation of the list: how often it is applied and how strongly.
class StepCard final : public Card {
  Q_OBJECT

 public:
  StepCard(Value step, const AugmentationInfo* info, int index, QWidget* parent) : Card{parent}, step_{std::move(step)}, info_{info} {
    setObjectName(QStringLiteral("augment.%1").arg(index));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(10, 6, 8, 8);
    layout->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    auto* title = new QLabel{info ? say(info->label) : fromUtf8(step_["name"].asText()), this};
    title->setWordWrap(true);
    auto f = title->font();
    f.setWeight(QFont::DemiBold);
    title->setFont(f);
    head->addWidget(title, 1);
    up_ = iconButton(QStringLiteral("up"), QStringLiteral("↑"), objectName() + QStringLiteral(".up"), this);
    down_ = iconButton(QStringLiteral("down"), QStringLiteral("↓"), objectName() + QStringLiteral(".down"), this);
    remove_ = iconButton(QStringLiteral("remove"), QStringLiteral("×"), objectName() + QStringLiteral(".remove"), this);
    for (auto* b : {up_, down_, remove_}) head->addWidget(b);
    setWhat(up_, tr("Apply \"%1\" earlier").arg(title->text()));
    setWhat(down_, tr("Apply \"%1\" later").arg(title->text()));
    setWhat(remove_, tr("Remove \"%1\"").arg(title->text()));
    connect(up_, &QToolButton::clicked, this, [this] { Q_EMIT moved(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { Q_EMIT moved(1); });
    connect(remove_, &QToolButton::clicked, this, &StepCard::removed);
    layout->addLayout(head);
    auto* help = new Note{info ? Tone::Neutral : Tone::Bad, true, this};
    help->say(info ? say(info->help) : tr("There is no augmentation of this name here. Remove it, or install the version that has it."));
    layout->addWidget(help);
    addProbability(layout);
    if (info)
      for (const auto& p : info->parameters) addRange(layout, p);
  }

  const Value& step() const { return step_; }
  void setStep(const Value& step) {
    step_ = step;
    showProbability();
    for (auto& show : shows_) show();
  }
  void setPlace(bool first, bool last) {
    up_->setEnabled(!first);
    down_->setEnabled(!last);
    if (first) up_->setToolTip(tr("It is the first already."));
    if (last) down_->setToolTip(tr("It is the last already."));
  }

 Q_SIGNALS:
  void changed(bool series);
  void ended();
  void moved(int by);
  void removed();

 private:
  void addProbability(QVBoxLayout* layout) {
    auto* label = new QLabel{tr("How often"), this};
    slider_ = new ValueSlider{this};
    slider_->setScale({0, 100, false, true}, 100);
    slider_->setObjectName(objectName() + QStringLiteral(".probability.slider"));
    slider_->setAccessibleName(tr("%1, slider").arg(label->text()));
    box_ = new NumberBox{this};
    box_->setObjectName(objectName() + QStringLiteral(".probability"));
    box_->setLimits(0, 100);
    box_->setStep(5);
    box_->setUnit(unitSuffix(Unit::Percent));
    box_->setAccessibleName(label->text());
    label->setBuddy(box_);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(slider_, 3);
    row->addWidget(box_, 2);
    layout->addWidget(label);
    layout->addLayout(row);
    const auto set = [this](double percent, bool series) {
      step_["probability"] = percent / 100;
      showProbability();
      Q_EMIT changed(series);
    };
    connect(slider_, &QSlider::valueChanged, this, [this, set](int position) { set(slider_->scale().valueAt(position), true); });
    connect(slider_, &QSlider::sliderReleased, this, &StepCard::ended);
    connect(box_, &NumberBox::edited, this, set);
    connect(box_, &QAbstractSpinBox::editingFinished, this, &StepCard::ended);
    showProbability();
  }
  void showProbability() {
    // 0.35 * 100 is 35.000000000000004.
    const double percent = QString::number((step_.contains("probability") ? step_["probability"].asDouble() : 1) * 100, 'g', 10).toDouble();
    const QSignalBlocker quiet{slider_};
    if (!slider_->isSliderDown()) slider_->setValue(slider_->scale().positionOf(percent));
    box_->setValue(percent);
  }
  void addRange(QVBoxLayout* layout, const AugmentParameterInfo& p) {
    auto* label = new QLabel{say(p.label), this};
    // The slider covers what is usual and twice that; numbers beyond may be typed.
    const double reach = 2 * std::max(std::abs(p.usualFrom), std::abs(p.usualTo));
    auto* slider =
        new RangeSlider{SliderScale{std::max(p.least, std::min(-reach, p.usualFrom)), std::min(p.most, std::max(reach, p.usualTo))}, this};
    slider->setObjectName(QStringLiteral("%1.%2.slider").arg(objectName(), fromUtf8(p.name)));
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    const auto box = [&](const QString& part, const QString& name) {
      auto* b = new NumberBox{this};
      b->setObjectName(QStringLiteral("%1.%2.%3").arg(objectName(), fromUtf8(p.name), part));
      b->setAccessibleName(name);
      b->setLimits(p.least, p.most);
      b->setUnit(unitSuffix(p.unit));
      b->setMinimumWidth(72);
      b->setStep(p.unit == "degree" || p.unit == "%" ? 1 : 0);
      return b;
    };
    auto* from = box(QStringLiteral("from"), tr("%1, from").arg(label->text()));
    auto* to = box(QStringLiteral("to"), tr("%1, to").arg(label->text()));
    label->setBuddy(from);
    row->addWidget(from, 1);
    row->addWidget(new QLabel{QStringLiteral("–"), this});
    row->addWidget(to, 1);
    layout->addWidget(label);
    layout->addWidget(slider);
    layout->addLayout(row);
    shows_.push_back([this, p, slider, from, to] {
      const auto range = rangeOf(step_, p);
      slider->setRange(range.asList()[0].asDouble(), range.asList()[1].asDouble());
      from->setValue(range.asList()[0].asDouble());
      to->setValue(range.asList()[1].asDouble());
    });
    shows_.back()();
    const auto set = [this, name = p.name](double a, double b, bool series) {
      step_["ranges"][name] = Value::List{std::min(a, b), std::max(a, b)};
      for (auto& show : shows_) show();
      Q_EMIT changed(series);
    };
    connect(slider, &RangeSlider::moved, this, [set](double a, double b) { set(a, b, true); });
    connect(slider, &RangeSlider::released, this, &StepCard::ended);
    // A lower end above the upper one moves the upper one along.
    connect(from, &NumberBox::edited, this,
            [this, p, set](double a, bool series) { set(a, std::max(a, rangeOf(step_, p).asList()[1].asDouble()), series); });
    connect(to, &NumberBox::edited, this,
            [this, p, set](double b, bool series) { set(std::min(b, rangeOf(step_, p).asList()[0].asDouble()), b, series); });
    for (auto* b : {from, to}) connect(b, &QAbstractSpinBox::editingFinished, this, &StepCard::ended);
  }

  Value step_;
  const AugmentationInfo* info_;
  QToolButton *up_, *down_, *remove_;
  ValueSlider* slider_ = nullptr;
  NumberBox* box_ = nullptr;
  std::vector<std::function<void()>> shows_;
};

/// The list of augmentations with what it does to the user's own pictures.
class AugmentEditor final : public ParamEditor {
  Q_OBJECT

 public:
  AugmentEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent},
        note_{new Note{Tone::Neutral, true, this}},
        add_{new QPushButton{this}},
        menu_{new QMenu{this}},
        preview_{new AugmentPreview{context, this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(note_);
    cards_ = new QVBoxLayout;
    cards_->setSpacing(8);
    layout->addLayout(cards_);
    add_->setObjectName(name());
    add_->setMenu(menu_);
    menu_->setObjectName(name(".menu"));
    menu_->setToolTipsVisible(true);
    layout->addWidget(add_, 0, Qt::AlignLeft);
    layout->addWidget(preview_);
    retranslate();
    context.augmentations(this, [this](const Result<std::vector<AugmentationInfo>>& got) {
      if (got) known_ = *got;
      else trouble_ = widgets::say(got.error());
      fillMenu();
      rebuild();
      tell();
    });
  }

  void display(const Value& value, bool several) override {
    several_ = several;
    const Value fresh = value.isList() ? value : Value{Value::List{}};
    const bool same = built_ && sameNames(fresh);
    const bool changed = fresh != list_;
    list_ = fresh;
    if (!same) rebuild();
    else if (changed)
      for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i]->step() != list_.asList()[i]) steps_[i]->setStep(list_.asList()[i]);
    if (changed || !built_) preview_->show(list_);
    built_ = true;
    tell();
  }
  QWidget* field() const override { return add_; }
  void retranslate() override {
    add_->setText(tr("Add an augmentation"));
    add_->setIcon(icon(QStringLiteral("add")));
    add_->setAccessibleName(tr("%1: add an augmentation").arg(label()));
    preview_->retranslate();
    fillMenu();
    if (built_) rebuild();
    tell();
  }

 private:
  const AugmentationInfo* find(std::string_view wanted) const {
    const auto at = std::find_if(known_.begin(), known_.end(), [&](const auto& a) { return a.name == wanted; });
    return at == known_.end() ? nullptr : &*at;
  }
  bool sameNames(const Value& list) const {
    if (list.asList().size() != steps_.size()) return false;
    for (std::size_t i = 0; i < steps_.size(); ++i)
      if (list.asList()[i]["name"] != steps_[i]->step()["name"]) return false;
    return true;
  }
  void fillMenu() {
    menu_->clear();
    for (const bool moves : {true, false}) {
      menu_->addSection(moves ? tr("Moves things about") : tr("Changes how things look"));
      for (const auto& a : known_) {
        if (a.movesPixels != moves) continue;
        auto* action = menu_->addAction(say(a.label));
        action->setObjectName(QStringLiteral("augment.add.") + fromUtf8(a.name));
        action->setToolTip(say(a.help));
        action->setStatusTip(say(a.help));
        connect(action, &QAction::triggered, this, [this, key = a.name] {
          auto fresh = list_;
          fresh.push(Value::Map{{"name", key}, {"probability", 0.5}});
          send(fresh, false);
        });
      }
    }
    add_->setEnabled(!known_.empty());
    setWhat(add_, known_.empty() ? (trouble_.isEmpty() ? tr("The engine is being asked which augmentations there are.") : trouble_)
                                 : tr("Add an augmentation"));
  }
  void rebuild() {
    // A button of a card may be what asked for this: the card goes when its event is over.
    for (auto* card : steps_) {
      card->hide();
      cards_->removeWidget(card);
      card->disconnect(this);
      card->deleteLater();
    }
    steps_.clear();
    const auto& all = list_.asList();
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto* card = new StepCard{all[i], find(all[i]["name"].asText()), static_cast<int>(i), this};
      if (known_.empty()) card->setVisible(false);
      card->setPlace(i == 0, i + 1 == all.size());
      connect(card, &StepCard::changed, this, [this, i](bool series) {
        auto fresh = list_;
        fresh.list()[i] = steps_[i]->step();
        send(fresh, series);
      });
      connect(card, &StepCard::ended, this, &ParamEditor::seriesEnded);
      connect(card, &StepCard::moved, this, [this, i](int by) {
        auto fresh = list_;
        auto& items = fresh.list();
        const auto to = static_cast<std::ptrdiff_t>(i) + by;
        if (to < 0 || to >= static_cast<std::ptrdiff_t>(items.size())) return;
        std::swap(items[i], items[static_cast<std::size_t>(to)]);
        send(fresh, false);
        if (static_cast<std::size_t>(to) < steps_.size()) steps_[static_cast<std::size_t>(to)]->setFocus();
      });
      connect(card, &StepCard::removed, this, [this, i] {
        auto fresh = list_;
        fresh.list().erase(fresh.list().begin() + static_cast<std::ptrdiff_t>(i));
        send(fresh, false);
        add_->setFocus(Qt::OtherFocusReason);
      });
      cards_->addWidget(card);
      steps_.push_back(card);
    }
  }
  /// Shows the list at once; the form's own display() then finds it as it is.
  void send(const Value& fresh, bool series) {
    const bool same = sameNames(fresh);
    list_ = fresh;
    if (!same) rebuild();
    preview_->show(list_);
    tell();
    Q_EMIT edited(fresh, series);
  }
  void tell() {
    note_->setTone(trouble_.isEmpty() ? Tone::Neutral : Tone::Bad);
    note_->say(!trouble_.isEmpty() ? trouble_
               : several_ ? tr("The blocks have different lists; this is the first one's. What you change here goes to all of them.")
               : list_.asList().empty() ? tr("No augmentations: the pictures are used as they are.")
                                        : QString{});
  }

  Note* note_;
  QVBoxLayout* cards_;
  QPushButton* add_;
  QMenu* menu_;
  AugmentPreview* preview_;
  std::vector<AugmentationInfo> known_;
  std::vector<StepCard*> steps_;
  Value list_ = Value::List{};
  QString trouble_;
  bool several_ = false, built_ = false;
};

}  // namespace

ParamEditor* makeAugmentEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new AugmentEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "augment_editor.moc"
