// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/serve_view.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QNetworkInterface>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

#include "app/studio/deploy/flow_pair.h"
#include "app/studio/session/child_run.h"
#include "app/studio/try_it/try_parts.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

namespace {
constexpr int usualPort = 8642, fewestLogRows = 4;

/// Where other machines find this one; the first that is no loopback.
QString addressOutside() {
  for (const auto& one : QNetworkInterface::allAddresses())
    if (!one.isLoopback() && !one.isLinkLocal() && one.protocol() == QAbstractSocket::IPv4Protocol) return one.toString();
  return {};
}
}  // namespace

struct ServeView::Impl {
  ServeView& self;
  std::optional<ExportFacts> facts;
  ExportServer server;
  ChildRun files;  ///< Writes the unit and the container file.
  bool tokenShown = false;
  Tone tone = Tone::Neutral;
  std::function<QString()> said;

  QLabel *what, *portName, *precisionName, *state, *address, *counts, *curlName, *tokenName;
  QSpinBox* port;
  QCheckBox* open;
  QComboBox* precision;
  QPushButton *start, *stop, *page, *copyCurl, *showToken, *copyToken, *write;
  QLineEdit *curl, *token;
  QPlainTextEdit* log;
  Remark* remark;
  QWidget* at;

  explicit Impl(ServeView& view) : self{view} {}
  void build();
  QLayout* buildSetup();
  void buildRunning(QVBoxLayout& column);
  void wire();
  void retranslate();
  void update();
  void showState();
  void writeFiles();
  QString whyNot() const;
  bool on() const { return server.state() == ExportServer::State::On; }
  ServeWish wish() const {
    return {fromUtf8(facts->folder.native()), precision->currentData().toString(), port->value(), open->isChecked()};
  }
  void tell(Tone how, std::function<QString()> words) {
    tone = how;
    said = std::move(words);
    remark->say(tone, said ? said() : QString{});
  }
  void copy(const QString& text, std::function<QString()> words) {
    QGuiApplication::clipboard()->setText(text);
    tell(Tone::Good, std::move(words));
  }
};

QLayout* ServeView::Impl::buildSetup() {
  what = new QLabel{&self};
  what->setObjectName(QStringLiteral("deploy.serve.what"));
  what->setWordWrap(true);
  what->setTextFormat(Qt::PlainText);
  port = new QSpinBox{&self};
  port->setObjectName(QStringLiteral("deploy.serve.port"));
  port->setRange(0, 65535);
  port->setValue(usualPort);
  portName = new QLabel{&self};
  portName->setBuddy(port);
  precision = new QComboBox{&self};
  precision->setObjectName(QStringLiteral("deploy.serve.precision"));
  precisionName = new QLabel{&self};
  precisionName->setBuddy(precision);
  open = new QCheckBox{&self};
  open->setObjectName(QStringLiteral("deploy.serve.open"));
  auto* row = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : std::initializer_list<QWidget*>{together(portName, port), together(precisionName, precision), open, start, stop, write})
    row->addWidget(one);
  return row;
}

void ServeView::Impl::build() {
  const auto button = [&](const char* name, const char* iconName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QStringLiteral("deploy.serve.") + QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{iconName}));
    return one;
  };
  start = button("start", "run");
  stop = button("stop", "interrupt");
  page = button("page", "window");
  copyCurl = button("copy-curl", "copy");
  showToken = button("show-token", "search");
  copyToken = button("copy-token", "copy");
  write = button("write", "save");
  remark = new Remark{QStringLiteral("deploy.serve.remark"), &self};
  auto* setup = buildSetup();
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addWidget(what);
  column->addLayout(setup);
  column->addWidget(remark);
  buildRunning(*column);
}

void ServeView::Impl::buildRunning(QVBoxLayout& column) {
  const auto words = [&](const char* name) {
    auto* one = new QLabel{&self};
    one->setObjectName(QStringLiteral("deploy.serve.") + QLatin1String{name});
    one->setWordWrap(true);
    return one;
  };
  const auto field = [&](const char* name) {
    auto* one = new QLineEdit{&self};
    one->setObjectName(QStringLiteral("deploy.serve.") + QLatin1String{name});
    one->setReadOnly(true);
    auto font = one->font();
    font.setFamilies({QStringLiteral("monospace")});
    one->setFont(font);
    return one;
  };
  state = words("state");
  address = words("address");
  address->setTextFormat(Qt::RichText);
  address->setTextInteractionFlags(Qt::TextBrowserInteraction);
  address->setOpenExternalLinks(true);
  counts = words("counts");
  counts->setTextFormat(Qt::PlainText);
  curl = field("curl");
  curlName = new QLabel{&self};
  token = field("token");
  tokenName = new QLabel{&self};
  column.addWidget(state);
  at = new QWidget{&self};
  auto* form = new QFormLayout{at};
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* where = new QHBoxLayout;
  where->addWidget(address, 1);
  where->addWidget(page);
  form->addRow(where);
  auto* curlRow = new QHBoxLayout;
  curlRow->addWidget(curl, 1);
  curlRow->addWidget(copyCurl);
  form->addRow(curlName, curlRow);
  auto* tokenRow = new QHBoxLayout;
  tokenRow->addWidget(token, 1);
  tokenRow->addWidget(showToken);
  tokenRow->addWidget(copyToken);
  form->addRow(tokenName, tokenRow);
  form->addRow(counts);
  column.addWidget(at);
  log = new QPlainTextEdit{&self};
  log->setObjectName(QStringLiteral("deploy.serve.log"));
  log->setReadOnly(true);
  log->setMaximumBlockCount(500);
  log->setMinimumHeight(fewestLogRows * log->fontMetrics().lineSpacing());
  column.addWidget(log, 1);
}

void ServeView::Impl::wire() {
  connect(start, &QPushButton::clicked, &self, [this] {
    if (!whyNot().isEmpty()) return;
    tell(Tone::Neutral, {});
    log->clear();
    server.start(wish());
  });
  connect(stop, &QPushButton::clicked, &self, [this] { server.stop(); });
  connect(open, &QCheckBox::toggled, &self, [this] { update(); });
  connect(page, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl{server.url()}); });
  connect(copyCurl, &QPushButton::clicked, &self, [this] {
    copy(server.curlLine(), [] { return tr("The command is on the clipboard; picture.jpg stands for a picture of yours."); });
  });
  connect(showToken, &QPushButton::clicked, &self, [this] {
    tokenShown = !tokenShown;
    update();
  });
  connect(copyToken, &QPushButton::clicked, &self,
          [this] { copy(server.token(), [] { return tr("The token is on the clipboard. Give it to nobody who should not ask."); }); });
  connect(write, &QPushButton::clicked, &self, [this] { writeFiles(); });
  connect(&server, &ExportServer::changed, &self, [this] { update(); });
  connect(&server, &ExportServer::logged, &self, [this](const QString& line) { log->appendPlainText(line); });
  connect(&files, &ChildRun::ended, &self, [this](int code, bool) {
    const auto why = problemIn(files.errors());
    const auto folder = facts ? fromUtf8(displayText((facts->folder / "service").native())) : QString{};
    if (code == 0)
      tell(Tone::Good, [folder] {
        return tr("A systemd unit and a container file are in %1; their first lines say what to do with them.").arg(folder);
      });
    else tell(Tone::Bad, [why] { return why; });
    update();
  });
}

void ServeView::Impl::writeFiles() {
  if (!facts || files.running()) return;
  const auto w = wish();
  QStringList words{QStringLiteral("serve"), w.folder, QStringLiteral("--write-service"), QStringLiteral("--precision"), w.precision};
  if (w.port > 0) words << QStringLiteral("--port") << QString::number(w.port);
  if (w.open) words << QStringLiteral("--host") << QStringLiteral("0.0.0.0");
  files.start(programBeside(QStringLiteral("patchbay")), words);
  update();
}

QString ServeView::Impl::whyNot() const {
  if (server.state() == ExportServer::State::Stopping) return tr("The server answers what was asked before it ends.");
  if (server.state() != ExportServer::State::Off) return tr("It is running. Stop it to serve another export.");
  if (!facts) return tr("Choose an export in the list first.");
  if (facts->problem) return widgets::say(*facts->problem);
  return {};
}

void ServeView::Impl::retranslate() {
  portName->setText(tr("Port"));
  port->setSpecialValueText(tr("any that is free"));
  precisionName->setText(tr("Precision"));
  open->setText(tr("For other machines too"));
  open->setToolTip(tr("Otherwise only programs on this machine reach it. With this every request must bring a token, which is made here"));
  start->setText(tr("Start"));
  stop->setText(tr("Stop"));
  stop->setToolTip(tr("Answers what was asked before, then ends"));
  page->setText(tr("Open test page"));
  page->setToolTip(tr("A page in the browser: drop a picture, see label, scores and heat map"));
  curlName->setText(tr("From a shell"));
  curl->setAccessibleName(tr("Command that asks the server about a picture"));
  copyCurl->setText(tr("Copy"));
  copyCurl->setAccessibleName(tr("Copy the command"));
  tokenName->setText(tr("Token"));
  token->setAccessibleName(tr("Token that every request must bring"));
  copyToken->setText(tr("Copy"));
  copyToken->setAccessibleName(tr("Copy the token"));
  write->setText(tr("Write service files"));
  log->setAccessibleName(tr("Log of the server"));
  log->setPlaceholderText(tr("What the server says stands here."));
  if (said) remark->say(tone, said());
  update();
}

void ServeView::Impl::showState() {
  using State = ExportServer::State;
  const auto name = QFileInfo{server.wish().folder}.fileName();
  switch (server.state()) {
    case State::Off:
      state->setText(tr("Not running."));
      break;
    case State::Starting:
      state->setText(tr("Starting %1…").arg(name));
      break;
    case State::Stopping:
      state->setText(tr("Stopping; what was asked before is answered…"));
      break;
    case State::On:
      state->setText(server.kept() ? tr("Serving %1 in %2. It goes on when Patchbay is closed.").arg(name, server.wish().precision)
                                   : tr("Serving %1 in %2. It ends with Patchbay.").arg(name, server.wish().precision));
      break;
  }
}

void ServeView::Impl::update() {
  const auto why = whyNot();
  what->setText(facts ? tr("Answers predictions over HTTP with the model “%1”.").arg(fromUtf8(facts->name))
                      : tr("Choose an export in the list: it can answer predictions over HTTP here."));
  start->setEnabled(why.isEmpty());
  start->setToolTip(why.isEmpty() ? tr("Starts patchbay serve") : why);
  const bool off = server.state() == ExportServer::State::Off;
  start->setVisible(off);
  stop->setVisible(!off);
  stop->setEnabled(server.state() != ExportServer::State::Stopping);
  for (auto* one : std::initializer_list<QWidget*>{port, precision, open}) {
    one->setEnabled(off);
    one->setStatusTip(off ? QString{} : why);
  }
  const auto noFiles = !facts ? tr("Choose an export in the list first.") : files.running() ? tr("They are being written.") : QString{};
  write->setEnabled(noFiles.isEmpty());
  write->setToolTip(noFiles.isEmpty() ? tr("A systemd unit and a container file that run the endpoint for good, into the export")
                                      : noFiles);
  showState();
  at->setVisible(on());
  if (!server.problem().isEmpty() && off) remark->say(Tone::Bad, server.problem());
  else remark->say(tone, said ? said() : QString{});
  if (!on()) return;
  auto links = QStringLiteral("<a href=\"%1\">%1</a>").arg(server.url().toHtmlEscaped());
  if (server.wish().open)
    if (const auto outside = addressOutside(); !outside.isEmpty()) {
      const auto url = QStringLiteral("http://%1:%2").arg(outside).arg(QUrl{server.url()}.port());
      links = tr("%1; from other machines %2").arg(links, QStringLiteral("<a href=\"%1\">%1</a>").arg(url));
    }
  address->setText(links);
  address->setAccessibleName(server.url());
  const auto line = server.curlLine();
  if (curl->text() != line) {
    curl->setText(line);
    curl->setCursorPosition(0);
  }
  const bool secret = !server.tokenFile().isEmpty();
  for (auto* one : std::initializer_list<QWidget*>{token, tokenName, showToken, copyToken}) one->setVisible(secret);
  token->setEchoMode(tokenShown ? QLineEdit::Normal : QLineEdit::Password);
  token->setText(secret ? server.token() : QString{});
  showToken->setText(tokenShown ? tr("Hide") : tr("Show"));
  showToken->setAccessibleName(tokenShown ? tr("Hide the token") : tr("Show the token"));
  const auto& c = server.counts();
  const auto number = [](std::int64_t n) { return QLocale{}.toString(qlonglong{n}); };
  auto text = tr("%1 requests/s; %2 answered, %3 refused, %4 failed; %5 pictures, %6 waiting.")
                  .arg(QLocale{}.toString(server.perSecond(), 'f', 1), number(c.answered), number(c.refused), number(c.failed),
                       number(c.pictures), number(c.waiting));
  if (c.timed > 0)
    text += QLatin1Char(' ') + tr("%1 ms a request.").arg(QLocale{}.toString(1000 * c.seconds / static_cast<double>(c.timed), 'f', 1));
  counts->setText(text);
}

ServeView::ServeView(QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this)} {
  setObjectName(QStringLiteral("deploy.serve"));
  impl_->build();
  impl_->wire();
  impl_->retranslate();
}

ServeView::~ServeView() {
  impl_->server.disconnect(this);
  impl_->files.disconnect(this);
}

void ServeView::setExport(const ExportFacts* facts) {
  auto& d = *impl_;
  d.facts.reset();
  if (facts) d.facts = *facts;
  const auto before = d.precision->currentData().toString();
  d.precision->clear();
  if (facts)
    for (const auto& one : facts->models) d.precision->addItem(fromUtf8(one.precision), fromUtf8(one.precision));
  d.precision->setCurrentIndex(std::max(0, d.precision->findData(before)));
  if (facts && d.server.state() == ExportServer::State::Off) d.server.takeUp(fromUtf8(facts->folder.native()));
  d.update();
}

void ServeView::setPrecision(const QString& precision) {
  impl_->precision->setCurrentIndex(std::max(0, impl_->precision->findData(precision)));
}

ExportServer& ServeView::server() { return impl_->server; }

void ServeView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->log) impl_->retranslate();
}

}  // namespace patchbay::studio
