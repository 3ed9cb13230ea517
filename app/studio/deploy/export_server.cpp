// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_server.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <utility>

#include "app/studio/deploy/export_snippets.h"
#include "app/studio/session/child_run.h"
#include "engine/base/value.h"

namespace patchbay::studio {

namespace {

constexpr int lookMs = 400, graceMs = 35'000, mostLines = 500, tokenWords = 8, mostTries = 20, againMs = 500;

/// When a process began, in ticks since the machine did; 0: it is not there.
quint64 beginningOf(qint64 pid) {
  QFile file{QStringLiteral("/proc/%1/stat").arg(pid)};
  if (pid <= 0 || !file.open(QIODevice::ReadOnly)) return 0;
  const auto text = file.readAll();
  // The name before the last bracket may hold anything.
  const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
  return fields.size() > 19 && fields[0] != "Z" ? fields[19].toULongLong() : 0;
}

QString keyOf(const QString& folder) {
  return QString::fromLatin1(QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

/// Tokens and logs: the user's own, beside no project.
QString ownFolder() {
  const auto base = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
  const auto out = base + QStringLiteral("/patchbay/serve");
  QDir{}.mkpath(out);
  QFile::setPermissions(out, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  return out;
}

/// One for each export, made once. False: it cannot be written.
bool makeToken(const QString& path) {
  if (QFile::exists(path)) return true;
  QFile file{path};
  if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) return false;
  quint32 words[tokenWords];
  QRandomGenerator::system()->fillRange(words);
  const auto text = QByteArray{reinterpret_cast<const char*>(words), sizeof words}.toHex() + '\n';
  return file.write(text) == text.size();
}

}  // namespace

ExportServer::ExportServer(QObject* parent) : QObject{parent} {
  timer_.setInterval(lookMs);
  connect(&timer_, &QTimer::timeout, this, &ExportServer::look);
  network_.setProxy(QNetworkProxy::NoProxy);
  network_.setTransferTimeout(5000);
}

ExportServer::~ExportServer() {
  if (!process_) return;
  auto* process = process_.data();
  process->disconnect(this);
  process->terminate();
  process->setParent(QCoreApplication::instance());
  connect(process, &QProcess::finished, process, &QObject::deleteLater);
}

void ExportServer::setState(State state) {
  state_ = state;
  if (state == State::Off) timer_.stop();
  else timer_.start();
  Q_EMIT changed();
}

QStringList ExportServer::words(int port) const {
  QStringList out{QStringLiteral("serve"),       wish_.folder,   QStringLiteral("--port"), QString::number(port),
                  QStringLiteral("--precision"), wish_.precision};
  if (wish_.open) out << QStringLiteral("--host") << QStringLiteral("0.0.0.0") << QStringLiteral("--token-file") << tokenFile_;
  return out;
}

/// Places for token and log; false with the problem said.
bool ExportServer::prepare() {
  const auto own = ownFolder() + QLatin1Char('/') + keyOf(wish_.folder);
  logFile_ = own + QStringLiteral(".log");
  tokenFile_ = wish_.open ? own + QStringLiteral(".token") : QString{};
  QFile::remove(logFile_);
  logAt_ = 0;
  half_.clear();
  if (wish_.open && !makeToken(tokenFile_)) {
    problem_ = tr("The token cannot be written to %1. Make the folder writable.").arg(tokenFile_);
    return false;
  }
  return true;
}

void ExportServer::start(const ServeWish& wish) {
  if (state_ != State::Off) return;
  wish_ = wish;
  problem_.clear();
  log_.clear();
  counts_ = before_ = {};
  perSecond_ = 0;
  countedAt_ = 0;
  if (!prepare()) return Q_EMIT changed();
  launch(false);
}

void ExportServer::launch(bool detached) {
  url_.clear();
  model_.clear();
  kept_ = detached;
  auto* process = new QProcess{this};
  process->setProgram(programBeside(QStringLiteral("patchbay")));
  process->setArguments(words(wish_.port));
  process->setStandardInputFile(QProcess::nullDevice());
  process->setProcessChannelMode(QProcess::MergedChannels);
  process->setStandardOutputFile(logFile_, QIODevice::Append);
  if (detached) {
    const bool begun = process->startDetached(&pid_);
    process->deleteLater();
    if (!begun) return gone();
    began_ = beginningOf(pid_);
    return setState(State::Starting);
  }
  process_ = process;
  process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
  connect(process, &QProcess::finished, this, &ExportServer::gone);
  connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError what) {
    if (what == QProcess::FailedToStart) gone();
  });
  process->start();
  pid_ = process->processId();
  began_ = beginningOf(pid_);
  setState(State::Starting);
}

void ExportServer::stop() {
  if (state_ == State::Off || state_ == State::Stopping) return;
  if (beginningOf(pid_) != 0 && (began_ == 0 || beginningOf(pid_) == began_)) ::kill(static_cast<pid_t>(pid_), SIGTERM);
  // What was asked is answered first; what takes longer than that hangs.
  QTimer::singleShot(graceMs, this, [this, pid = pid_, began = began_] {
    if (state_ == State::Stopping && pid_ == pid && beginningOf(pid) == began) ::kill(static_cast<pid_t>(pid), SIGKILL);
  });
  forget();
  setState(State::Stopping);
  if (pid_ == 0) gone();  // Between two attempts to begin.
}

void ExportServer::keep(std::function<void()> then) {
  then_ = std::move(then);
  if (kept_ || state_ == State::Off) return tellKept();
  // The same address once more.
  tries_ = 0;
  if (const auto at = url_.lastIndexOf(QLatin1Char(':')); at > 5) wish_.port = url_.mid(at + 1).toInt();
  stop();
}

bool ExportServer::takeUp(const QString& folder) {
  if (state_ != State::Off) return false;
  QSettings settings;
  const auto key = QStringLiteral("served/") + keyOf(folder);
  const auto known = parseJson(settings.value(key).toString().toStdString());
  if (!known || !known->isMap()) return false;
  const auto pid = (*known)["pid"].asInt();
  const auto began = static_cast<quint64>((*known)["began"].asInt());
  if (began == 0 || beginningOf(pid) != began) {
    settings.remove(key);
    return false;
  }
  const auto text = [&](const char* name) { return QString::fromStdString((*known)[name].asText()); };
  wish_ = {folder, text("precision"), static_cast<int>((*known)["port"].asInt()), (*known)["open"].asBool()};
  url_ = text("url");
  model_ = text("model");
  tokenFile_ = text("token_file");
  logFile_ = text("log");
  logAt_ = 0;
  log_.clear();
  problem_.clear();
  pid_ = pid;
  began_ = began;
  kept_ = true;
  counts_ = before_ = {};
  countedAt_ = 0;
  setState(State::On);
  return true;
}

void ExportServer::remember() const {
  const Value known{Value::Map{{"pid", static_cast<std::int64_t>(pid_)},
                               {"began", static_cast<std::int64_t>(began_)},
                               {"precision", wish_.precision.toStdString()},
                               {"port", wish_.port},
                               {"open", wish_.open},
                               {"url", url_.toStdString()},
                               {"model", model_.toStdString()},
                               {"token_file", tokenFile_.toStdString()},
                               {"log", logFile_.toStdString()}}};
  QSettings{}.setValue(QStringLiteral("served/") + keyOf(wish_.folder), QString::fromStdString(toJson(known)));
}

void ExportServer::forget() const { QSettings{}.remove(QStringLiteral("served/") + keyOf(wish_.folder)); }

void ExportServer::look() {
  readLog();
  if (kept_ && pid_ > 0 && beginningOf(pid_) != began_) return gone();
  if (state_ != State::On) return;
  askCounts();
  if (model_.isEmpty()) askName();
}

void ExportServer::readLog() {
  QFile file{logFile_};
  if (!file.open(QIODevice::ReadOnly) || !file.seek(logAt_)) return;
  half_ += file.readAll();
  logAt_ = file.pos();
  static const QRegularExpression address{QStringLiteral(" at (http://\\S+)$")};
  for (auto end = half_.indexOf('\n'); end >= 0; end = half_.indexOf('\n')) {
    const auto line = QString::fromUtf8(half_.left(end));
    half_.remove(0, end + 1);
    log_ << line;
    if (log_.size() > mostLines) log_.removeFirst();
    Q_EMIT logged(line);
    const auto found = address.match(line);
    if (state_ != State::Starting || !found.hasMatch()) continue;
    url_ = found.captured(1);
    // The address of all networks is none that a browser can go to.
    url_.replace(QStringLiteral("//0.0.0.0:"), QStringLiteral("//127.0.0.1:"));
    if (kept_) remember();
    setState(State::On);
    tellKept();
  }
}

void ExportServer::gone() {
  readLog();
  if (process_) process_->deleteLater();
  process_.clear();
  const bool asked = state_ == State::Stopping;
  if (!asked && kept_ && then_ && ++tries_ < mostTries) {
    // Handed over, and in between somebody else has the port, mostly for a moment.
    pid_ = 0;
    QTimer::singleShot(againMs, this, [this] {
      if (state_ == State::Starting && pid_ == 0) launch(true);
    });
    return;
  }
  if (!asked) {
    problem_ = problemIn(log_.join(QLatin1Char('\n')).toUtf8());
    if (problem_.isEmpty()) problem_ = tr("The server ended by itself. Start it again; the log may say why.");
    forget();
  }
  url_.clear();
  perSecond_ = 0;
  pid_ = 0;
  if (asked && then_ && !kept_) {
    QFile::remove(logFile_);
    logAt_ = 0;
    return launch(true);
  }
  kept_ = false;
  setState(State::Off);
  tellKept();
}

/// Later: what it does may take this away.
void ExportServer::tellKept() {
  if (then_) QMetaObject::invokeMethod(QCoreApplication::instance(), std::exchange(then_, {}), Qt::QueuedConnection);
}

QString ExportServer::token() const {
  QFile file{tokenFile_};
  if (tokenFile_.isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(file.readLine()).trimmed();
}

void ExportServer::askCounts() {
  if (asking_) return;
  asking_ = true;
  QNetworkRequest request{QUrl{url_ + QStringLiteral("/metrics")}};
  if (const auto secret = token(); !secret.isEmpty()) request.setRawHeader("Authorization", "Bearer " + secret.toUtf8());
  auto* reply = network_.get(request);
  connect(reply, &QNetworkReply::finished, this, [this, reply] {
    asking_ = false;
    reply->deleteLater();
    if (reply->error() != QNetworkReply::NoError || state_ != State::On) return;
    counts_ = countsIn(reply->readAll());
    const auto now = QDateTime::currentMSecsSinceEpoch();
    if (countedAt_ == 0 || now - countedAt_ >= 1000) {
      const auto more = static_cast<double>(counts_.answered - before_.answered);
      perSecond_ = countedAt_ == 0 ? 0 : std::max(0.0, 1000 * more / static_cast<double>(now - countedAt_));
      before_ = counts_;
      countedAt_ = now;
    }
    Q_EMIT changed();
  });
}

void ExportServer::askName() {
  QNetworkRequest request{QUrl{url_ + QStringLiteral("/v1/models")}};
  if (const auto secret = token(); !secret.isEmpty()) request.setRawHeader("Authorization", "Bearer " + secret.toUtf8());
  auto* reply = network_.get(request);
  connect(reply, &QNetworkReply::finished, this, [this, reply] {
    reply->deleteLater();
    const auto answer = parseJson(reply->readAll().toStdString());
    if (!answer || state_ != State::On || (*answer)["models"].asList().empty()) return;
    model_ = QString::fromStdString((*answer)["models"].asList().front()["name"].asText());
    if (kept_) remember();
    Q_EMIT changed();
  });
}

QString ExportServer::curlLine() const {
  if (url_.isEmpty()) return {};
  const auto name = QString::fromLatin1(QUrl::toPercentEncoding(model_));
  auto out = QStringLiteral("curl -s --data-binary @picture.jpg -H 'Content-Type: image/jpeg' ");
  if (!tokenFile_.isEmpty())
    out += QStringLiteral("-H \"Authorization: Bearer $(head -n 1 %1)\" ").arg(QString::fromStdString(shellWord(tokenFile_.toStdString())));
  return out + url_ + QStringLiteral("/v1/models/%1/predict").arg(name);
}

}  // namespace patchbay::studio
