// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include "app/studio/deploy/served_metrics.h"

namespace patchbay::studio {

/// How an export is to be served.
struct ServeWish {
  QString folder;
  QString precision = QStringLiteral("fp32");
  int port = 8642;    ///< 0: any that is free.
  bool open = false;  ///< For other machines too; then a token is asked for.
};

/// `patchbay serve` for one export: started, watched by its metrics, stopped. It ends with the Studio, however that goes, unless it was
/// handed over with keep(); kept ones are found again by the next window, and can be stopped there.
class ExportServer : public QObject {
  Q_OBJECT

 public:
  enum class State : std::uint8_t { Off, Starting, On, Stopping };
  explicit ExportServer(QObject* parent = nullptr);
  ~ExportServer() override;

  void start(const ServeWish& wish);
  void stop();
  /// Begins it anew as a process of its own, at the same address; `then` when that answers or has failed.
  void keep(std::function<void()> then);
  /// Takes up a kept one of this export; false: there is none.
  bool takeUp(const QString& folder);

  State state() const { return state_; }
  bool kept() const { return kept_; }
  const ServeWish& wish() const { return wish_; }
  const QString& url() const { return url_; }      ///< Empty until it answers.
  const QString& model() const { return model_; }  ///< Its name in addresses.
  const QString& tokenFile() const { return tokenFile_; }
  /// Empty: none is asked for. Reads the file.
  QString token() const;
  const ServedCounts& counts() const { return counts_; }
  double perSecond() const { return perSecond_; }
  const QStringList& log() const { return log_; }
  /// Why it ended by itself; empty when it did not.
  const QString& problem() const { return problem_; }
  qint64 pid() const { return pid_; }
  /// `curl` that asks it about picture.jpg; the token is read from its file by the shell.
  QString curlLine() const;

 Q_SIGNALS:
  void changed();
  void logged(const QString& line);

 private:
  QStringList words(int port) const;
  bool prepare();
  void launch(bool detached);
  void look();
  void readLog();
  void askCounts();
  void askName();
  void gone();
  void tellKept();
  void remember() const;
  void forget() const;
  void setState(State state);

  State state_ = State::Off;
  ServeWish wish_;
  bool kept_ = false, asking_ = false;
  int tries_ = 0;  ///< To begin anew, when it is handed over.
  QPointer<QProcess> process_;
  qint64 pid_ = 0, logAt_ = 0;
  quint64 began_ = 0;  ///< Of the process, so that another one with its number is not taken for it.
  QString url_, model_, tokenFile_, logFile_, problem_;
  QStringList log_;
  QByteArray half_;
  ServedCounts counts_, before_;
  qint64 countedAt_ = 0;
  double perSecond_ = 0;
  QTimer timer_;
  QNetworkAccessManager network_;
  std::function<void()> then_;
};

}  // namespace patchbay::studio
