// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/shortcut_map.h"

#include <QAction>
#include <QMenu>
#include <QSettings>
#include <QStringList>
#include <algorithm>

namespace patchbay::widgets {

namespace {

constexpr auto settingsGroup = "shortcuts/";

QStringList texts(const QList<QKeySequence>& sequences) {
  QStringList out;
  for (const auto& s : sequences) out << s.toString(QKeySequence::PortableText);
  return out;
}

QList<QKeySequence> sequences(const QStringList& texts) {
  QList<QKeySequence> out;
  for (const auto& text : texts)
    if (!text.isEmpty()) out << QKeySequence::fromString(text, QKeySequence::PortableText);
  return out;
}

QString shown(const QList<QKeySequence>& sequences) {
  QStringList out;
  for (const auto& s : sequences) out << s.toString(QKeySequence::NativeText);
  return out.join(QStringLiteral("  "));
}

}  // namespace

QString plainText(const QAction& action) {
  QString out;
  const auto text = action.text();
  for (qsizetype i = 0; i < text.size(); ++i) {
    if (text[i] == QLatin1Char{'&'} && i + 1 < text.size()) ++i;  // "&&" is an ampersand
    out += text[i];
  }
  // Chinese menus carry their mnemonic in brackets at the end: "Open(O)...".
  if (const auto bracket = out.lastIndexOf(QLatin1Char{'('});
      bracket > 0 && text.contains(QStringLiteral("(&")) && out.indexOf(QLatin1Char{')'}, bracket) == bracket + 2)
    out.remove(bracket, 3);
  for (const auto& dots : {QStringLiteral("..."), QStringLiteral("…")})
    if (out.endsWith(dots)) out.chop(dots.size());
  return out.trimmed();
}

struct ShortcutMap::Impl {
  struct Known {
    QString id, group, text, keys;
    QPointer<QAction> action;
  };
  std::vector<Known> order;
  std::map<QString, QList<QKeySequence>> defaults;  ///< Kept over clear(): they are of the program, not of the language.

  const Known* find(const QString& id) const {
    const auto at = std::find_if(order.begin(), order.end(), [&](const Known& k) { return !id.isEmpty() && k.id == id && k.action; });
    return at == order.end() ? nullptr : &*at;
  }
  void give(const Known& known, const QList<QKeySequence>& keys) const {
    known.action->setShortcuts(keys);
    const auto path = QLatin1String{settingsGroup} + known.id;
    const auto usual = defaults.find(known.id);
    if (usual != defaults.end() && usual->second == keys) QSettings{}.remove(path);
    else QSettings{}.setValue(path, texts(keys));
  }
};

ShortcutMap::ShortcutMap(QObject* parent) : QObject{parent}, impl_{std::make_unique<Impl>()} {}
ShortcutMap::~ShortcutMap() = default;

void ShortcutMap::add(const QString& group, QAction* action) {
  const auto id = action->objectName();
  if (id.isEmpty()) return;
  impl_->defaults.emplace(id, action->shortcuts());
  const auto at = std::find_if(impl_->order.begin(), impl_->order.end(), [&](const auto& k) { return k.id == id; });
  if (at != impl_->order.end()) {
    at->group = group;
    at->action = action;
  } else {
    impl_->order.push_back({id, group, {}, {}, action});
  }
  const auto kept = QSettings{}.value(QLatin1String{settingsGroup} + id);
  if (kept.isValid()) action->setShortcuts(sequences(kept.toStringList()));
}

void ShortcutMap::add(const QString& group, const QList<QAction*>& actions) {
  for (auto* action : actions)
    if (!action->isSeparator() && !action->menu()) add(group, action);
}

void ShortcutMap::addFixed(const QString& group, const QString& text, const QString& keys) {
  impl_->order.push_back({{}, group, text, keys, {}});
}

void ShortcutMap::clear() { impl_->order.clear(); }

std::vector<ShortcutMap::Entry> ShortcutMap::entries() const {
  std::vector<Entry> out;
  for (const auto& known : impl_->order) {
    Entry entry{known.id, known.group, known.text, known.keys, known.action, {}, {}};
    if (!known.id.isEmpty()) {
      if (!known.action) continue;
      entry.text = plainText(*known.action);
      entry.shortcuts = known.action->shortcuts();
      entry.keys = shown(entry.shortcuts);
      entry.defaults = impl_->defaults.at(known.id);
    }
    out.push_back(std::move(entry));
  }
  return out;
}

QString ShortcutMap::conflict(const QString& id, const QKeySequence& sequence) const {
  if (sequence.isEmpty()) return {};
  for (const auto& entry : entries()) {
    if (entry.id.isEmpty() || entry.id == id) continue;
    // A key that begins another sequence would make that one unreachable.
    for (const auto& other : entry.shortcuts)
      if (other.matches(sequence) != QKeySequence::NoMatch || sequence.matches(other) != QKeySequence::NoMatch) return entry.id;
  }
  return {};
}

bool ShortcutMap::set(const QString& id, const QList<QKeySequence>& shortcuts, bool steal) {
  const auto* known = impl_->find(id);
  if (!known) return false;
  for (const auto& sequence : shortcuts)
    if (!steal && !conflict(id, sequence).isEmpty()) return false;
  for (const auto& sequence : shortcuts) {
    for (auto other = conflict(id, sequence); !other.isEmpty(); other = conflict(id, sequence)) {
      const auto* loser = impl_->find(other);
      auto left = loser->action->shortcuts();
      left.removeIf([&](const QKeySequence& s) {
        return s.matches(sequence) != QKeySequence::NoMatch || sequence.matches(s) != QKeySequence::NoMatch;
      });
      impl_->give(*loser, left);
    }
  }
  impl_->give(*known, shortcuts);
  Q_EMIT changed();
  return true;
}

void ShortcutMap::reset(const QString& id) {
  const auto usual = impl_->defaults.find(id);
  if (usual != impl_->defaults.end()) set(id, usual->second, true);
}

void ShortcutMap::resetAll() {
  // All at once: on the way, two actions may have had each other's keys.
  for (const auto& known : impl_->order)
    if (known.action) impl_->give(known, impl_->defaults.at(known.id));
  Q_EMIT changed();
}

}  // namespace patchbay::widgets
