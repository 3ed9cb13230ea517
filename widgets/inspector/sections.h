// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/base/theme.h"
#include "widgets/inspector/page.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace patchbay::widgets {

class Note;

/// Icon, title, type and summary of the selected block or blocks.
class BlockHead : public QWidget {
  Q_OBJECT

 public:
  BlockHead(InspectorState& state, QWidget* parent);
  void refresh();
  void focusTitle();

 Q_SIGNALS:
  void titled(const QString& title);
  void titleEnded();
  void helpRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  InspectorState& state_;
  const std::vector<NodeId> ids_;  ///< What was selected when it was made.
  class Tile;
  Tile* tile_;
  QLineEdit* title_;
  QLabel* several_;
  QLabel* type_;
  QToolButton* help_;
  Note* summary_;
};

/// State with its reason, progress while it runs, what is wrong with the block as a whole, and "Run to here".
class StateCard : public QWidget {
  Q_OBJECT

 public:
  StateCard(InspectorState& state, QWidget* parent);
  void refresh();

 Q_SIGNALS:
  void runRequested();
  void resultRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  InspectorState& state_;
  const std::vector<NodeId> ids_;
  class Light;
  Light* light_;
  QLabel* what_;
  QLabel* figure_;
  QPushButton *run_, *result_;
  QProgressBar* progress_;
  Note *reason_, *hint_, *mode_;
  QWidget* wrong_;
};

/// Ports with their types and what they are linked to.
class PortList : public QWidget {
  Q_OBJECT

 public:
  PortList(InspectorState& state, QWidget* parent);
  void refresh();

 Q_SIGNALS:
  void nodeActivated(const patchbay::NodeId& id);

 private:
  struct Row {
    const PortInfo* port;
    QString title;
    std::vector<std::pair<NodeId, QString>> links;
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> wanted() const;
  void build(const Row& row);
  InspectorState& state_;
  const std::vector<NodeId> ids_;
  QVBoxLayout* rows_;
  std::vector<Row> shown_;
};

/// Needs, effects and determinism in words, and the name used in commands.
class AboutBlock : public QWidget {
  Q_OBJECT

 public:
  AboutBlock(InspectorState& state, QWidget* parent);
  void refresh();

 Q_SIGNALS:
  void renamed(const QString& name);

 private:
  InspectorState& state_;
  const std::vector<NodeId> ids_;
  QLineEdit* name_;
  QLabel* nameLabel_;
  Note* text_;
};

/// "data set", "model", ... in the program's language; unknown types as they are.
QString portTypeTitle(std::string_view type);
QString stateTitle(BlockState state);

}  // namespace patchbay::widgets
