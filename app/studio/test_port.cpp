// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/test_port.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocalSocket>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QToolButton>

#include "app/studio/label/label_panel.h"
#include "app/studio/window/main_window.h"
#include "widgets/annotator/annotator_view.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::toUtf8;

namespace {

QString textOf(const QWidget& widget) {
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) return label->text();
  if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) return line->text();
  if (const auto* box = qobject_cast<const QComboBox*>(&widget)) return box->currentText();
  if (const auto* text = qobject_cast<const QTextEdit*>(&widget)) return text->toPlainText();
  if (const auto* plain = qobject_cast<const QPlainTextEdit*>(&widget)) return plain->toPlainText();
  return widget.windowTitle();
}

Value rectOf(const QRect& rect) { return Value::Map{{"x", rect.x()}, {"y", rect.y()}, {"width", rect.width()}, {"height", rect.height()}}; }

Value describeWidget(const QWidget& widget) {
  Value v = rectOf(QRect{widget.mapToGlobal(QPoint{}), widget.size()});
  v["visible"] = widget.isVisible();
  v["enabled"] = widget.isEnabled();
  v["focus"] = widget.hasFocus();
  v["text"] = toUtf8(textOf(widget));
  v["class"] = widget.metaObject()->className();
  return v;
}

/// The visible one where a name is used in several windows.
QWidget* findWidget(const QString& name) {
  QWidget* found = nullptr;
  for (auto* widget : QApplication::allWidgets())
    if (widget->objectName() == name && (!found || (!found->isVisible() && widget->isVisible()))) found = widget;
  return found;
}

/// A menu's entry, where it lies while the menu is open.
Value describeAction(const QString& name) {
  for (auto* top : QApplication::allWidgets())
    if (auto* menu = qobject_cast<QMenu*>(top))
      for (auto* action : menu->actions())
        if (action->objectName() == name) {
          Value v = rectOf(menu->actionGeometry(action).translated(menu->mapToGlobal(QPoint{})));
          v["visible"] = menu->isVisible();
          v["enabled"] = action->isEnabled();
          v["checked"] = action->isChecked();
          v["text"] = toUtf8(action->text());
          v["tip"] = toUtf8(action->statusTip());
          if (menu->isVisible()) return v;
        }
  return {};
}

/// The picture that is labelled, and where one of its pixels lies on the screen.
Value describePicture(const LabelPanel& panel, double x, double y) {
  const auto& view = panel.view();
  const auto at = view.mapToGlobal(view.toView({x, y}).toPoint());
  Value v{Value::Map{{"id", panel.current()}, {"x", at.x()}, {"y", at.y()}, {"shown", panel.shown()}, {"idle", panel.idle()}}};
  v["visible"] = view.isVisible();
  v["proposed"] = view.proposed();
  v["shapes"] = 0;
  for (int i = 0; i < static_cast<int>(view.annotations().size()); ++i)
    if (view.isShape(i)) v["shapes"] = v["shapes"].asInt() + 1;
  return v;
}

Value problem(const char* text) { return Value::Map{{"error", text}}; }

}  // namespace

TestPort::TestPort(MainWindow& window, Heartbeat& heartbeat, QObject* parent) : QObject{parent}, window_{window}, heartbeat_{heartbeat} {
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    while (auto* socket = server_.nextPendingConnection()) {
      connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
      connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        while (socket->canReadLine()) socket->write(answer(socket->readLine().trimmed()) + '\n');
      });
    }
  });
}

bool TestPort::listen(const QString& socket) {
  QLocalServer::removeServer(socket);
  return server_.listen(socket);
}

QByteArray TestPort::answer(const QByteArray& line) const {
  const auto words = QString::fromUtf8(line).split(QLatin1Char(' '));
  const auto& what = words.front();
  const auto rest = QString::fromUtf8(line).mid(what.size() + 1);
  auto* workspace = window_.workspace();
  Value v;
  if (what == QLatin1String{"widget"}) {
    if (const auto* widget = findWidget(rest)) v = describeWidget(*widget);
    else v = problem("no such widget");
  } else if (what == QLatin1String{"action"}) {
    v = describeAction(rest);
    if (v.isNull()) v = problem("no such entry in an open menu");
  } else if (what == QLatin1String{"idle"}) {
    v["idle"] = window_.idle();
  } else if (what == QLatin1String{"stall"}) {
    v["longest_ms"] = heartbeat_.longest();
    v["busy_ms"] = heartbeat_.longestBusy();
    if (rest == QLatin1String{"reset"}) heartbeat_.reset();
  } else if (what == QLatin1String{"window"}) {
    v = describeWidget(QApplication::activeWindow() ? *QApplication::activeWindow() : static_cast<QWidget&>(window_));
  } else if (!workspace) {
    v = problem("no pipeline is open");
  } else if (what == QLatin1String{"block"} || what == QLatin1String{"port"}) {
    const auto* node = workspace->file().document().nodeByName(toUtf8(words.value(1)));
    if (!node) return QByteArray::fromStdString(toJson(problem("no such block")));
    auto& canvas = workspace->canvas();
    if (what == QLatin1String{"port"}) {
      const auto point = canvas.portPosition({{node->id, toUtf8(words.value(3))}, words.value(2) == QLatin1String{"in"}});
      if (!point) return QByteArray::fromStdString(toJson(problem("no such port on the canvas")));
      const auto global = canvas.viewport()->mapToGlobal(*point);
      v = Value::Map{{"x", global.x()}, {"y", global.y()}, {"visible", canvas.viewport()->rect().contains(*point)}};
    } else {
      const auto rect = canvas.rectOf(node->id.text);
      if (!rect) return QByteArray::fromStdString(toJson(problem("the block is not on this level of the canvas")));
      v = rectOf(rect->translated(canvas.viewport()->mapToGlobal(QPoint{})));
      v["visible"] = canvas.viewport()->rect().intersects(*rect);
      if (const auto* status = workspace->runs().status(node->id)) {
        constexpr const char* names[] = {"unknown", "not-configured", "stale", "queued", "running", "done", "failed", "skipped"};
        v["state"] = names[static_cast<int>(status->state)];
        v["reason"] = toUtf8(status->reason);
        v["figure"] = toUtf8(status->figure);
      }
    }
  } else if (what == QLatin1String{"picture"}) {
    const auto* panel = qobject_cast<LabelPanel*>(workspace->panel(QStringLiteral("label")));
    v = panel ? describePicture(*panel, words.value(1).toDouble(), words.value(2).toDouble()) : problem("nothing is labelled");
  } else if (what == QLatin1String{"document"}) {
    v = workspace->file().document().toValue();
  } else if (what == QLatin1String{"file"}) {
    v["file"] = pathToValue(workspace->file().place().file);
    v["project"] = pathToValue(workspace->file().place().project);
    v["modified"] = workspace->file().modified();
    v["engine"] = workspace->session().enginePid();
  } else {
    v = problem("unknown question");
  }
  return QByteArray::fromStdString(toJson(v));
}

}  // namespace patchbay::studio
