// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

constexpr int helpRole = Qt::UserRole + 1;
constexpr std::size_t mostSegments = 3;
constexpr qsizetype longestSegment = 22;

/// A choice and below it, smaller, what it means.
class ChoiceDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto help = index.data(helpRole).toString();
    const int line = option.fontMetrics.height();
    int height = line + 12;
    if (!help.isEmpty()) height += QFontMetrics{smaller(option.font)}.boundingRect(helpBox(option), Qt::TextWordWrap, help).height() + 2;
    return {0, height};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const bool chosen = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, option.palette.color(chosen ? QPalette::Highlight : QPalette::Base));
    auto box = option.rect.adjusted(10, 6, -10, -6);
    painter->setPen(option.palette.color(chosen ? QPalette::HighlightedText : QPalette::Text));
    painter->setFont(option.font);
    painter->drawText(box, Qt::AlignLeft | Qt::AlignTop,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    const auto help = index.data(helpRole).toString();
    if (help.isEmpty()) return;
    box.setTop(box.top() + option.fontMetrics.height() + 2);
    if (!chosen) painter->setPen(toneColour(Tone::Neutral, option.palette));
    painter->setFont(smaller(option.font));
    painter->drawText(box, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, help);
  }

 private:
  static QFont smaller(QFont font) {
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
  }
  static QRect helpBox(const QStyleOptionViewItem& option) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return {0, 0, std::max(120, (view ? view->viewport()->width() : option.rect.width()) - 20), 2000};
  }
};

/// Few short choices as buttons, others in a list that tells what each means.
class ChoiceEditor final : public ParamEditor {
  Q_OBJECT

 public:
  ChoiceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, help_{new Note{Tone::Neutral, true, this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const bool few = info.choices.size() <= mostSegments && !info.choices.empty() &&
                     std::all_of(info.choices.begin(), info.choices.end(),
                                 [](const ChoiceInfo& c) { return patchbay::render(c.label).size() <= longestSegment; });
    if (few) {
      segments_ = new Segments{this};
      segments_->setObjectName(name());
      for (const auto& c : info.choices) segments_->addChoice({}, {}, name() + QLatin1Char{'.'} + fromUtf8(c.key));
      layout->addWidget(segments_);
      connect(segments_, &Segments::chosen, this, &ChoiceEditor::choose);
    } else {
      combo_ = new QComboBox{this};
      combo_->setObjectName(name());
      combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
      combo_->setMinimumContentsLength(8);
      combo_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
      combo_->setMinimumHeight(combo_->fontMetrics().height() + 12);
      for (std::size_t i = 0; i < info.choices.size(); ++i) combo_->addItem({});
      combo_->setItemDelegate(new ChoiceDelegate{combo_});
      keepFromWheel(combo_);
      layout->addWidget(combo_);
      connect(combo_, &QComboBox::activated, this, &ChoiceEditor::choose);
    }
    layout->addWidget(help_);
    retranslate();
  }

  void display(const Value& value, bool several) override {
    const auto at = std::find_if(info().choices.begin(), info().choices.end(), [&](const auto& c) { return c.key == value.asText(); });
    current_ = several || at == info().choices.end() ? -1 : static_cast<int>(at - info().choices.begin());
    if (segments_) segments_->setCurrent(current_);
    else combo_->setCurrentIndex(current_);
    if (combo_) combo_->setPlaceholderText(severalValues());
    several_ = several;
    explain();
  }
  QWidget* field() const override { return segments_ ? segments_->focusTarget() : combo_; }
  void retranslate() override {
    for (std::size_t i = 0; i < info().choices.size(); ++i) {
      const auto& choice = info().choices[i];
      const bool usual = info().def.isText() && info().def.asText() == choice.key;
      const auto text = choice.label.empty() ? fromUtf8(choice.key) : say(choice.label);
      const int at = static_cast<int>(i);
      if (segments_) {
        segments_->setText(at, text, say(choice.help));
      } else {
        combo_->setItemText(at, usual ? tr("%1 (default)").arg(text) : text);
        combo_->setItemData(at, say(choice.help), helpRole);
        combo_->setItemData(at, say(choice.help), Qt::ToolTipRole);
        combo_->setItemData(at, say(choice.help), Qt::AccessibleDescriptionRole);
      }
    }
    if (segments_) segments_->setAccessibleName(label());
    else combo_->setAccessibleName(label());
    explain();
  }

 private:
  void choose(int index) {
    if (index < 0 || index >= static_cast<int>(info().choices.size())) return;
    if (index == current_ && !several_) return;
    Q_EMIT edited(Value{info().choices[static_cast<std::size_t>(index)].key}, false);
  }
  void explain() {
    help_->say(several_        ? (segments_ ? severalValues() : QString{})
               : current_ >= 0 ? widgets::say(info().choices[static_cast<std::size_t>(current_)].help)
                               : QString{});
  }

  Segments* segments_ = nullptr;
  QComboBox* combo_ = nullptr;
  Note* help_;
  int current_ = -1;
  bool several_ = false;
};

}  // namespace

ParamEditor* makeChoiceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new ChoiceEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "choice_editor.moc"
