// SPDX-License-Identifier: GPL-3.0-or-later
// patchbay-studio: the window.
#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QIcon>
#include <QTimer>
#include <cstdio>
#include <cstring>
#include <thread>

#include "app/studio/run/heartbeat.h"
#include "app/studio/start/desktop_entry.h"
#include "app/studio/test_port.h"
#include "app/studio/window/main_window.h"
#include "app/studio/window/settings.h"
#include "engine/base/resources.h"
#include "widgets/base/theme.h"

namespace {

using namespace patchbay;

constexpr const char* usage = R"(usage: patchbay-studio [OPTION...] [PROJECT|PIPELINE]

Opens the Studio on its start page, on a project folder or on a pipeline file.

  --template NAME      open a template in a new project
  --language LANGUAGE  system, en or zh_CN, for this start
  --theme THEME        system, light or dark, for this start
  --test-port SOCKET   answer a test's questions on where things are (tests/journeys/README.md)
  --measure-start      print the milliseconds until the window can be used, and end
  --version            print the version
  --help               this text

Exit codes: 0 done, 2 wrong usage, 6 no display. Without a display use `patchbay`, the command line.
)";

constexpr int exitUsage = 2, exitNoDisplay = 6;

/// Milliseconds since this process began, from the kernel: loading the libraries counts.
double sinceProcessBegan() {
  FILE* file = std::fopen("/proc/self/stat", "r");
  if (!file) return 0;
  char text[2048];
  const auto n = std::fread(text, 1, sizeof text - 1, file);
  std::fclose(file);
  text[n] = 0;
  const char* at = std::strrchr(text, ')');
  unsigned long long began = 0;
  if (!at || std::sscanf(at + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &began) != 1) return 0;
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 -
          static_cast<double>(began) / static_cast<double>(sysconf(_SC_CLK_TCK))) *
         1000;
}

bool haveDisplay() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

struct Arguments {
  QString path, templateName, language, theme, testPort;
  bool measureStart = false;
  int exit = -1;  ///< Set: end with this code at once.
};

Arguments parse(const QStringList& words) {
  Arguments out;
  for (qsizetype i = 1; i < words.size(); ++i) {
    const auto& word = words[i];
    const auto take = [&](QString& into) {
      if (i + 1 < words.size()) into = words[++i];
      else out.exit = exitUsage;
    };
    if (word == QLatin1String{"--help"} || word == QLatin1String{"-h"}) {
      std::fputs(usage, stdout);
      out.exit = 0;
    } else if (word == QLatin1String{"--version"}) {
      std::printf("patchbay-studio %s\n", PATCHBAY_VERSION);
      out.exit = 0;
    } else if (word == QLatin1String{"--template"}) take(out.templateName);
    else if (word == QLatin1String{"--language"}) take(out.language);
    else if (word == QLatin1String{"--theme"}) take(out.theme);
    else if (word == QLatin1String{"--test-port"}) take(out.testPort);
    else if (word == QLatin1String{"--measure-start"}) out.measureStart = true;
    else if (word.startsWith(QLatin1Char('-')) || !out.path.isEmpty()) out.exit = exitUsage;
    else out.path = word;
  }
  const QStringList languages{QString{}, QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("zh_CN")};
  const QStringList themes{QString{}, QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
  if (!languages.contains(out.language) || !themes.contains(out.theme)) out.exit = exitUsage;
  if (out.exit == exitUsage) std::fputs(usage, stderr);
  return out;
}

int start(QApplication& app, const Arguments& arguments) {
  studio::Settings settings;
  if (!arguments.theme.isEmpty())
    settings.overrideTheme(arguments.theme == QLatin1String{"dark"}    ? widgets::ThemeChoice::Dark
                           : arguments.theme == QLatin1String{"light"} ? widgets::ThemeChoice::Light
                                                                       : widgets::ThemeChoice::System);
  if (!arguments.language.isEmpty()) settings.overrideLanguage(arguments.language);
  studio::Language language;
  widgets::applyTheme(app, settings.theme());
  language.apply(settings.language());
  QObject::connect(&settings, &studio::Settings::themeChanged, &app, [&] {
    widgets::applyTheme(app, settings.theme());
    // Qt 6.4 leaves widgets with a style sheet of their own in the old colours until it is set again. Each in a turn of its own: a
    // page of them takes 10 ms, and the window has all the others to paint.
    for (auto* widget : QApplication::allWidgets())
      if (!widget->styleSheet().isEmpty())
        QTimer::singleShot(1, widget, [widget] {
          const auto sheet = widget->styleSheet();
          widget->setStyleSheet({});
          widget->setStyleSheet(sheet);
        });
  });
  QObject::connect(&settings, &studio::Settings::languageChanged, &app, [&] { language.apply(settings.language()); });
  studio::Heartbeat heartbeat;
  studio::MainWindow window{settings, language, studio::makeHooks()};
  studio::TestPort port{window, heartbeat};
  if (!arguments.testPort.isEmpty() && !port.listen(arguments.testPort)) {
    std::fprintf(stderr, "patchbay-studio: %s cannot be listened on. Name a socket in a folder that can be written.\n",
                 qPrintable(arguments.testPort));
    return exitUsage;
  }
  if (arguments.measureStart) {
    QObject::connect(&window, &studio::MainWindow::ready, &app, [&] {
      // After the first paint and with everything that was waiting: now a click would be answered.
      QTimer::singleShot(0, &app, [&] {
        QTimer::singleShot(0, &app, [&] {
          std::printf("%.0f\n", sinceProcessBegan());
          std::fflush(stdout);
          window.close();
        });
      });
    });
  }
  if (!arguments.path.isEmpty()) window.openPath(arguments.path);
  else if (!arguments.templateName.isEmpty()) window.openTemplate(arguments.templateName);
  window.show();
  if (arguments.path.isEmpty() && arguments.templateName.isEmpty()) window.showWelcome();
  std::thread{[program = QCoreApplication::applicationFilePath()] { studio::installDesktopEntry(program); }}.detach();
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  QStringList words;
  for (int i = 0; i < argc; ++i) words.append(QFile::decodeName(argv[i]));
  const auto arguments = parse(words);
  if (arguments.exit >= 0) return arguments.exit;
  if (!haveDisplay()) {
    std::fputs(
        "patchbay-studio: There is no display to open a window on.\n"
        "                 Log in to a desktop (or ssh -X), or use the command line: patchbay run TEMPLATE.\n",
        stderr);
    return exitNoDisplay;
  }
  QCoreApplication::setOrganizationName(QStringLiteral("patchbay"));
  QCoreApplication::setApplicationName(QStringLiteral("studio"));
  QCoreApplication::setApplicationVersion(QStringLiteral(PATCHBAY_VERSION));
  QGuiApplication::setDesktopFileName(QStringLiteral("patchbay-studio"));
  QApplication app{argc, argv};
  QGuiApplication::setApplicationDisplayName(QString{});
  QGuiApplication::setWindowIcon(QIcon{QStringLiteral(":/desktop/patchbay-studio.svg")});
  const int code = start(app, arguments);
  // Threads may still wait for an engine or read the machine; they hold nothing that has to be written, and they must not find the
  // application half taken down.
  std::fflush(nullptr);
  ::_exit(code);
}
