// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/key_sheet.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/palette/block_filter.h"

namespace patchbay::widgets {

namespace {

/// Keys drawn as key caps: "Ctrl+Shift+P" is three of them.
class KeyCaps final : public QWidget {
 public:
  KeyCaps(const QString& keys, QWidget* parent) : QWidget{parent} {
    setAccessibleName(keys);
    setToolTip(keys);
    for (const auto& chord : keys.split(QStringLiteral("  "), Qt::SkipEmptyParts)) {
      QStringList caps;
      QString rest = chord;
      // The last plus of "Ctrl++" is a key.
      for (auto plus = rest.indexOf(QLatin1Char{'+'}); plus > 0 && plus + 1 < rest.size(); plus = rest.indexOf(QLatin1Char{'+'})) {
        caps << rest.left(plus);
        rest = rest.mid(plus + 1);
      }
      caps << rest;
      chords_ << caps;
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override {
    int w = 0;
    for (const auto& caps : chords_) {
      for (const auto& cap : caps) w += capWidth(cap) + 3;
      w += 7;
    }
    return {std::max(0, w - 10), fontMetrics().height() + 6};
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    double x = 0.5;
    for (const auto& caps : chords_) {
      for (const auto& cap : caps) {
        const QRectF box{x, 0.5, capWidth(cap) - 1.0, height() - 2.0};
        p.setPen(QPen{palette().color(QPalette::Mid), 1});
        p.setBrush(palette().color(QPalette::Button));
        p.drawRoundedRect(box, 4, 4);
        p.drawLine(QPointF{box.left() + 4, box.bottom() + 1}, QPointF{box.right() - 4, box.bottom() + 1});
        p.setPen(palette().color(QPalette::ButtonText));
        p.drawText(box, Qt::AlignCenter, cap);
        x += capWidth(cap) + 3;
      }
      x += 7;
    }
  }

 private:
  int capWidth(const QString& cap) const { return std::max(fontMetrics().height() + 4, fontMetrics().horizontalAdvance(cap) + 12); }
  QList<QStringList> chords_;
};

constexpr int columnWidth = 360;

/// Groups in as many columns as there is room for, each group whole.
class Sheet final : public QWidget {
 public:
  using QWidget::QWidget;
  void clear() {
    qDeleteAll(groups_);
    groups_.clear();
  }
  void addGroup(QWidget* group) {
    groups_.push_back(group);
    group->show();
  }
  void arrange() {
    const int columns = std::max(1, width() / columnWidth), w = width() / columns;
    std::vector<int> bottom(static_cast<std::size_t>(columns), 0);
    int total = 0;
    for (auto* group : groups_) total += group->sizeHint().height() + 20;
    // In reading order: a column is filled to its share before the next begins.
    const int share = total / columns;
    std::size_t column = 0;
    for (auto* group : groups_) {
      const int h = group->layout()->hasHeightForWidth() ? group->layout()->heightForWidth(w - 24) : group->sizeHint().height();
      if (column + 1 < bottom.size() && bottom[column] > 0 && bottom[column] + h / 2 > share) ++column;
      group->setGeometry(static_cast<int>(column) * w, bottom[column], w - 24, h);
      bottom[column] += h + 20;
    }
    setMinimumHeight(*std::max_element(bottom.begin(), bottom.end()));
  }

 protected:
  void resizeEvent(QResizeEvent*) override { arrange(); }

 private:
  std::vector<QWidget*> groups_;
};

}  // namespace

struct KeySheet::Impl {
  KeySheet* q;
  ShortcutMap& keys;
  QLabel* title;
  QLineEdit* search;
  Sheet* sheet;
  QLabel* nothing;
  QPushButton *edit, *close;

  void fill() {
    const auto query = search->text().trimmed();
    sheet->clear();
    std::vector<std::pair<QString, std::vector<ShortcutMap::Entry>>> groups;
    for (auto& entry : keys.entries()) {
      if (entry.keys.isEmpty()) continue;
      if (!query.isEmpty() && fuzzyScore(query, entry.text) <= 0 && !entry.keys.contains(query, Qt::CaseInsensitive) &&
          !entry.group.contains(query, Qt::CaseInsensitive))
        continue;
      const auto at = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == entry.group; });
      if (at == groups.end()) groups.push_back({entry.group, {entry}});
      else at->second.push_back(entry);
    }
    for (const auto& [name, entries] : groups) sheet->addGroup(makeGroup(name, entries));
    nothing->setVisible(groups.empty());
    nothing->setText(KeySheet::tr("No key matches: %1").arg(query));
    sheet->arrange();
  }
  QWidget* makeGroup(const QString& name, const std::vector<ShortcutMap::Entry>& entries) const {
    auto* group = new QWidget{sheet};
    auto* grid = new QGridLayout{group};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    auto* head = new QLabel{name, group};
    auto f = head->font();
    f.setBold(true);
    head->setFont(f);
    auto p = head->palette();
    p.setColor(QPalette::WindowText, toneColour(Tone::Accent, q->palette()));
    head->setPalette(p);
    grid->addWidget(head, 0, 0, 1, 2);
    int row = 1;
    for (const auto& entry : entries) {
      auto* text = new QLabel{entry.text, group};
      text->setWordWrap(true);
      grid->addWidget(text, row, 0);
      grid->addWidget(new KeyCaps{entry.keys, group}, row, 1, Qt::AlignRight | Qt::AlignTop);
      ++row;
    }
    return group;
  }
  void retranslate() {
    q->setWindowTitle(KeySheet::tr("Keys"));
    title->setText(KeySheet::tr("Keys"));
    search->setPlaceholderText(KeySheet::tr("Search keys"));
    search->setAccessibleName(KeySheet::tr("Search keys"));
    edit->setText(KeySheet::tr("Change keys…"));
    close->setText(KeySheet::tr("Close"));
    fill();
  }
};

KeySheet::KeySheet(ShortcutMap& keys, QWidget* parent)
    : QDialog{parent}, impl_{new Impl{this, keys, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr}} {
  setObjectName(QStringLiteral("keySheet"));
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(24, 20, 24, 16);
  layout->setSpacing(16);
  auto* head = new QHBoxLayout;
  impl_->title = new QLabel{this};
  auto f = impl_->title->font();
  f.setPointSizeF(f.pointSizeF() * 1.6);
  f.setWeight(QFont::DemiBold);
  impl_->title->setFont(f);
  impl_->search = new QLineEdit{this};
  impl_->search->setObjectName(QStringLiteral("keySheet.search"));
  impl_->search->setClearButtonEnabled(true);
  impl_->search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  impl_->search->setMinimumWidth(260);
  head->addWidget(impl_->title, 1);
  head->addWidget(impl_->search);
  layout->addLayout(head);
  auto* scroll = new QScrollArea{this};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  impl_->sheet = new Sheet;
  scroll->setWidget(impl_->sheet);
  impl_->nothing = new QLabel{this};
  impl_->nothing->setAlignment(Qt::AlignCenter);
  layout->addWidget(impl_->nothing);
  layout->addWidget(scroll, 1);
  auto* foot = new QHBoxLayout;
  impl_->edit = new QPushButton{this};
  impl_->edit->setObjectName(QStringLiteral("keySheet.edit"));
  impl_->edit->setAutoDefault(false);
  impl_->close = new QPushButton{this};
  impl_->close->setObjectName(QStringLiteral("keySheet.close"));
  impl_->close->setDefault(true);
  foot->addWidget(impl_->edit);
  foot->addStretch();
  foot->addWidget(impl_->close);
  layout->addLayout(foot);
  connect(impl_->search, &QLineEdit::textChanged, this, [this] { impl_->fill(); });
  connect(impl_->edit, &QPushButton::clicked, this, &KeySheet::editRequested);
  connect(impl_->close, &QPushButton::clicked, this, &QDialog::close);
  connect(&keys, &ShortcutMap::changed, this, [this] { impl_->fill(); });
  resize(1120, 680);
  impl_->retranslate();
}

KeySheet::~KeySheet() = default;

void KeySheet::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange && impl_->sheet) impl_->fill();
}

void KeySheet::keyPressEvent(QKeyEvent* event) {
  if (event->text() == QLatin1String{"?"} && !impl_->search->hasFocus()) return close(), void();
  QDialog::keyPressEvent(event);
}

void KeySheet::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  impl_->fill();
  impl_->search->setFocus(Qt::OtherFocusReason);
}

}  // namespace patchbay::widgets
