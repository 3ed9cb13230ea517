// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <algorithm>
#include <set>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/palette/hit_list.h"
#include "widgets/palette/shortcut_map.h"

namespace patchbay::widgets {

namespace {

struct Command {
  QPointer<QAction> action;
  QString path;  ///< "File › Export"
};

/// Menus first, so that a command is shown with the menu it is in; then whatever else the window has.
void collect(const QList<QAction*>& actions, const QString& path, std::set<QAction*>& seen, std::vector<Command>& out) {
  for (auto* action : actions) {
    if (action->isSeparator() || qobject_cast<QWidgetAction*>(action)) continue;
    if (auto* menu = action->menu()) {
      if (!action->isVisible()) continue;
      // Menus that are filled when they open are asked to do so now.
      Q_EMIT menu->aboutToShow();
      const auto title = plainText(*action);
      collect(menu->actions(), path.isEmpty() ? title : QStringLiteral("%1 › %2").arg(path, title), seen, out);
      continue;
    }
    if (action->text().isEmpty() || !seen.insert(action).second) continue;
    out.push_back({action, path});
  }
}

}  // namespace

struct CommandPalette::Impl {
  CommandPalette* q;
  QWidget* window;
  const Catalogue* catalogue;
  QLineEdit* search;
  HitList* list;
  QLabel* nothing;
  std::vector<Command> commands;

  void gather() {
    std::set<QAction*> seen;
    commands.clear();
    for (auto* bar : window->findChildren<QWidget*>(QString{}, Qt::FindDirectChildrenOnly))
      if (bar->inherits("QMenuBar")) collect(bar->actions(), {}, seen, commands);
    collect(window->actions(), {}, seen, commands);
    for (auto* action : window->findChildren<QAction*>()) {
      // Widgets have actions of their own (undo in a line of text); commands are those with a name.
      if (action->menu() || action->objectName().isEmpty() || action->objectName().startsWith(QLatin1String{"_q_"}) ||
          action->objectName().startsWith(QLatin1String{"qt_"}))
        continue;
      if (q->isAncestorOf(action->parent() && action->parent()->isWidgetType() ? static_cast<QWidget*>(action->parent()) : nullptr))
        continue;
      if (action->objectName().startsWith(QLatin1String{"edit-"})) continue;
      collect({action}, {}, seen, commands);
    }
  }

  void fill() {
    const auto query = search->text().trimmed();
    struct Scored {
      double score;
      ListHit hit;
    };
    std::vector<Scored> all;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const auto* action = commands[i].action.data();
      if (!action || !action->isVisible()) continue;
      const auto text = plainText(*action);
      ListHit hit{text,
                  action->statusTip().isEmpty() ? commands[i].path : action->statusTip(),
                  action->shortcut().toString(QKeySequence::NativeText),
                  {},
                  action->icon(),
                  {},
                  {},
                  static_cast<int>(i)};
      double score = fuzzyScore(query, text, &hit.marks);
      if (score <= 0)
        score = 0.3 * std::max(fuzzyScore(query, commands[i].path + QLatin1Char{' '} + text), fuzzyScore(query, action->objectName()));
      if (score <= 0) continue;
      if (!action->isEnabled()) {
        hit.disabled = reason(*action);
        score *= 0.8;
      }
      if (action->isCheckable())
        hit.help = action->isChecked() ? CommandPalette::tr("On. %1").arg(hit.help) : CommandPalette::tr("Off. %1").arg(hit.help);
      all.push_back({score, std::move(hit)});
    }
    for (const auto& found : findBlocks(*catalogue, query, {}, recentBlocks())) {
      const auto& info = found.schema->info;
      ListHit hit{CommandPalette::tr("Add %1", "a block").arg(say(info.title)),
                  say(info.summary),
                  categoryTitle(info.category),
                  info.category,
                  {},
                  {},
                  {},
                  fromUtf8(info.id)};
      // Commands stand before blocks that are found as well; typing "add" finds all blocks by name.
      double score = query.isEmpty() ? 0.1 : std::min(2.0, found.score / 8);
      if (const auto direct = fuzzyScore(query, hit.title, &hit.marks); !query.isEmpty()) score = std::max(score, 0.9 * direct);
      all.push_back({score, std::move(hit)});
    }
    if (!query.isEmpty()) addByName(query, all);
    std::stable_sort(all.begin(), all.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
    std::vector<ListHit> hits;
    for (auto& one : all) hits.push_back(std::move(one.hit));
    list->setHits(hits);
    list->setVisible(!hits.empty());
    nothing->setVisible(hits.empty());
    nothing->setText(CommandPalette::tr("No command matches: %1").arg(query));
  }
  /// "add probe": blocks that are only found with the word "Add" before their title.
  template <class All>
  void addByName(const QString& query, All& all) const {
    for (const auto& [id, schema] : catalogue->blocks()) {
      const auto known = fromUtf8(id);
      if (std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.hit.data.toString() == known; })) continue;
      ListHit hit{CommandPalette::tr("Add %1", "a block").arg(say(schema.info.title)),
                  say(schema.info.summary),
                  categoryTitle(schema.info.category),
                  schema.info.category,
                  {},
                  {},
                  {},
                  known};
      const auto score = fuzzyScore(query, hit.title, &hit.marks);
      if (score > 0) all.push_back({0.9 * score, std::move(hit)});
    }
  }
  QString reason(const QAction& action) const {
    if (!action.statusTip().isEmpty()) return action.statusTip();
    const auto tip = action.toolTip();
    if (!tip.isEmpty() && tip != plainText(action)) return tip;
    return CommandPalette::tr("This cannot be done now.");
  }
  void take(const QVariant& data, const QString& disabled) {
    if (!disabled.isEmpty()) {
      Q_EMIT q->refused(disabled);
      return;
    }
    q->hide();
    if (data.typeId() == QMetaType::Int) {
      // After the popup is gone, so that a command acts on what has the focus then.
      QTimer::singleShot(0, q, [action = commands[static_cast<std::size_t>(data.toInt())].action] {
        if (action) action->trigger();
      });
      return;
    }
    rememberBlock(toUtf8(data.toString()));
    Q_EMIT q->blockChosen(data.toString());
  }
  void retranslate() {
    search->setPlaceholderText(CommandPalette::tr("Type a command or a block"));
    search->setAccessibleName(CommandPalette::tr("Type a command or a block"));
    list->setAccessibleName(CommandPalette::tr("Commands"));
    q->setAccessibleName(CommandPalette::tr("Commands"));
  }
};

CommandPalette::CommandPalette(QWidget* window, const Catalogue& catalogue) : QFrame{window, Qt::Popup}, impl_{std::make_unique<Impl>()} {
  setObjectName(QStringLiteral("commandPalette"));
  setFrameShape(QFrame::StyledPanel);
  impl_->q = this;
  impl_->window = window;
  impl_->catalogue = &catalogue;
  impl_->search = new QLineEdit{this};
  impl_->list = new HitList{this};
  impl_->nothing = new QLabel{this};
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(6);
  layout->addWidget(impl_->search);
  layout->addWidget(impl_->list, 1);
  layout->addWidget(impl_->nothing, 1);
  impl_->search->setObjectName(QStringLiteral("commandPalette.search"));
  impl_->search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  impl_->list->setObjectName(QStringLiteral("commandPalette.list"));
  impl_->list->setFocusPolicy(Qt::NoFocus);
  impl_->nothing->setWordWrap(true);
  impl_->nothing->setAlignment(Qt::AlignCenter);
  impl_->list->follow(impl_->search);
  impl_->search->installEventFilter(this);
  setFocusProxy(impl_->search);
  connect(impl_->search, &QLineEdit::textChanged, this, [this] { impl_->fill(); });
  connect(impl_->list, &HitList::taken, this, [this](const QVariant& what, const QString& disabled) { impl_->take(what, disabled); });
  impl_->retranslate();
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::setCatalogue(const Catalogue& catalogue) { impl_->catalogue = &catalogue; }

void CommandPalette::popup() {
  impl_->search->clear();
  impl_->gather();
  impl_->fill();
  const auto* window = impl_->window;
  resize(std::clamp(window->width() * 6 / 10, 420, 720), std::min(window->height() * 7 / 10, impl_->list->heightOf(9) + 60));
  move(window->mapToGlobal(QPoint{(window->width() - width()) / 2, std::max(24, window->height() / 10)}));
  show();
  impl_->search->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    hide();
    return true;
  }
  return QFrame::eventFilter(watched, event);
}

void CommandPalette::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
}

}  // namespace patchbay::widgets
