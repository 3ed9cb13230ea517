// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/block/schema.h"
#include "widgets/inspector/param_editor.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace patchbay::widgets {

class Note;
class Section;

struct Said {
  QString cause, hint;
  bool warning = false;
  bool operator==(const Said&) const = default;
};

/// Label, help, reset and editor of one parameter, with what is wrong with it below.
class ParamRow : public QWidget {
  Q_OBJECT

 public:
  ParamRow(const ParamInfo& info, EditorContext& context, QWidget* parent);
  const ParamInfo& info() const { return editor_->info(); }
  void display(const Value& value, bool several, bool atDefault);
  /// `reason`: why it cannot be edited now; empty: it can.
  void setLocked(const QString& reason);
  void setProblems(std::vector<Said> problems);
  bool atDefault() const { return atDefault_; }
  bool locked() const { return !reason_.isEmpty(); }
  bool hasProblems() const { return !problems_.empty(); }
  bool matches(const QString& query) const;
  void focusEditor();
  void retranslate();

 Q_SIGNALS:
  void edited(const patchbay::Value& value, bool series);
  void seriesEnded();
  void resetRequested();
  void helpRequested();

 private:
  void tell();

  ParamEditor* editor_;
  QLabel *label_, *default_;
  QToolButton *help_, *reset_;
  Note *cause_, *hint_, *lock_;
  std::vector<Said> problems_;
  Said refused_;
  QString reason_;
  bool atDefault_ = true;
};

/// All parameters of a block type; shows one block's values, or those of several at once.
class ParamsForm : public QWidget {
  Q_OBJECT

 public:
  ParamsForm(const Schema& schema, EditorContext& context, QWidget* parent);

  /// `written`: the parameters of each block as the document has them. `problems` by parameter. `locks`: why a parameter
  /// cannot be edited (a loop sets it), for those that cannot; `lockAll` for all of them.
  void display(const std::vector<Value>& written, const std::map<std::string, std::vector<Said>>& problems,
               const std::map<std::string, QString>& locks, const QString& lockAll);
  void focusParam(const std::string& key);
  bool moreOpen() const;
  void setMoreOpen(bool open);
  /// How many parameters have another value than the default.
  int changedCount() const { return changed_; }

 Q_SIGNALS:
  void edited(const std::string& key, const patchbay::Value& value, bool series);
  void seriesEnded();
  void resetRequested(const std::vector<std::string>& keys);
  void helpRequested(const QString& param);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void arrange();
  QString lockedBy(const ParamInfo& info, const Value& params) const;

  const Schema schema_;
  EditorContext& context_;
  QLineEdit* search_ = nullptr;
  QLabel* heading_;
  QPushButton* resetAll_;
  Section* more_ = nullptr;
  Note* nothing_;
  std::vector<ParamRow*> rows_;
  std::set<std::string> visible_;
  int changed_ = 0;
};

}  // namespace patchbay::widgets
