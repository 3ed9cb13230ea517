// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace patchbay::studio {

/// A program of Patchbay at work for a panel: its lines as they come, its end, and how it is told to end. It never outlives the
/// Studio, however that goes, and nothing here waits for it.
class ChildRun : public QObject {
  Q_OBJECT

 public:
  explicit ChildRun(QObject* parent = nullptr);
  ~ChildRun() override;

  /// Does nothing while one is running.
  void start(const QString& program, const QStringList& words, const QString& folder = {});
  /// Asks it and what it started to end, as Ctrl+C would; kills it when it has not after `patience`.
  void stop(int patienceMs = 10'000);
  bool running() const { return !process_.isNull(); }
  bool stopping() const { return stopping_; }
  qint64 pid() const;
  /// All it wrote, the newest 16 MiB of each.
  const QByteArray& output() const { return output_; }
  const QByteArray& errors() const { return errors_; }

 Q_SIGNALS:
  void line(const QString& text, bool error);
  /// `code` -1: it could not be started, or it crashed. `stopped`: because it was asked to.
  void ended(int code, bool stopped);

 private:
  void take(bool error);
  void finish(int code);
  QPointer<QProcess> process_;
  QByteArray output_, errors_, half_[2];
  bool stopping_ = false;
};

/// Programs that lie beside this one, or in bin/ beside its folder: "patchbay", "patchbay-worker".
QString programBeside(const QString& name);
/// What a program said went wrong: the last lines without its name in front.
QString problemIn(const QByteArray& errors);

}  // namespace patchbay::studio
