// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// A revision of the data set as {"do": "history"} tells it.
struct RevisionInfo {
  std::string id;
  std::int64_t number = 0, atMs = 0, changed = 0, items = 0, unlabelled = 0;
  Text what;
  std::string author, name;
};
RevisionInfo revisionFromValue(const Value& value);
/// "Clean" where a person named it, otherwise "Revision 12".
QString sayRevision(const RevisionInfo& revision);
/// "3 added, 12 labels changed" of a {"do": "diff"} answer; "Nothing" when nothing did.
QString sayDifference(const Value& diff);

/// All states the data were in, the newest first: what was done, by whom and when. One can be named, compared with the newest,
/// gone back to and trained on.
class HistoryPanel : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryPanel(EngineAccess& engine, QWidget* parent = nullptr);
  ~HistoryPanel() override;
  void reload();
  void setReadOnly(bool readOnly);
  std::size_t count() const;
  const RevisionInfo* selected() const;
  QString comparison() const;  ///< What is said of the selected one beside the newest.

 Q_SIGNALS:
  void restoreWanted(const std::string& revision);
  void renameWanted(const std::string& revision, const QString& name);
  void trainWanted(const std::string& revision);
  /// The items that differ between the selected revision and the newest.
  void itemsWanted(const std::vector<std::string>& ids, const std::function<QString()>& title);
  void failed(const patchbay::Error& error);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
