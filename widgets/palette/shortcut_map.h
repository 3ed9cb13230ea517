// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <map>
#include <memory>
#include <vector>

class QAction;

namespace patchbay::widgets {

/// All keys of the program: which action has which, what the user changed (QSettings, group "shortcuts"), and keys that
/// belong to no action. One per window.
class ShortcutMap : public QObject {
  Q_OBJECT

 public:
  explicit ShortcutMap(QObject* parent = nullptr);
  ~ShortcutMap() override;

  /// Registers an action under its objectName (which must be set and unique); the shortcuts it has now are its defaults, and
  /// the user's own take their place at once. `group` is the heading it is listed under, already translated; call again after
  /// a change of language.
  void add(const QString& group, QAction* action);
  void add(const QString& group, const QList<QAction*>& actions);
  /// A key or gesture that cannot be changed, for the key sheet: fixed("Canvas", "Zoom", "Wheel").
  void addFixed(const QString& group, const QString& text, const QString& keys);
  /// Forgets groups and fixed keys before they are added again in another language; the user's keys stay.
  void clear();

  struct Entry {
    QString id;  ///< objectName of the action; empty for fixed keys.
    QString group, text, keys;
    QAction* action = nullptr;
    QList<QKeySequence> shortcuts, defaults;
    bool changed() const { return shortcuts != defaults; }
  };
  /// In order of registration.
  std::vector<Entry> entries() const;

  /// Another entry that a key would clash with: the same sequence, or one that begins with the other. Empty: none.
  QString conflict(const QString& id, const QKeySequence& sequence) const;
  /// Gives an action these keys and keeps them. Keys that other actions have are taken from those when `steal`; otherwise
  /// nothing is done and false returned.
  bool set(const QString& id, const QList<QKeySequence>& shortcuts, bool steal = false);
  void reset(const QString& id);
  void resetAll();

 Q_SIGNALS:
  void changed();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Text of a menu entry without its mnemonic and dots: "&Open..." -> "Open".
QString plainText(const QAction& action);

}  // namespace patchbay::widgets
