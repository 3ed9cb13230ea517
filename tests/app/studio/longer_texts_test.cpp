// SPDX-License-Identifier: Apache-2.0
// Every dock, dialog and page laid out with texts 40 % longer, as in other languages: nothing that is read may be cut.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QDialog>
#include <QDockWidget>
#include <QGroupBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QStyle>
#include <QTabWidget>
#include <QTextDocument>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QTranslator>

#include "app/studio/main_window.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

/// A language whose texts are 40 % longer: letters for a short word, words for a sentence.
class Longer final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    auto text = QString::fromUtf8(source);
    const auto more = (text.size() * 2 + 4) / 5;
    if (text.size() < 12) return text + QString{more, QLatin1Char('m')};
    static const auto filler = QStringLiteral(" und so weiter und so fort");
    for (qsizetype i = 0; i < more; ++i) text += filler[i % filler.size()];
    return text.trimmed();
  }
  bool isEmpty() const override { return false; }
};

class LongerTexts : public ::testing::Test {
 protected:
  LongerTexts() : garden{trainedGarden()} {
    QCoreApplication::installTranslator(&longer);
    window = std::make_unique<MainWindow>(settings, language, makeHooks(), PATCHBAY_ENGINE);
    window->resize(1440, 900);
    window->show();
  }
  ~LongerTexts() override {
    window.reset();
    QCoreApplication::removeTranslator(&longer);
  }
  void openGarden() {
    // A copy in the same project: the file itself is open in the garden's own window.
    const auto file = garden->file().place().project / "pipelines" / "longer.json";
    fs::create_directories(file.parent_path());
    ASSERT_TRUE(garden->file().document().save(file));
    window->openPath(QString::fromStdString(file.string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->workspace() && window->idle(); }, 60'000));
  }
  static void settle(int ms = 120) { QTest::qWait(ms); }

  /// Names everything in this window that is cut, and fails.
  static void look(QWidget& top, const QString& where) {
    settle();
    QStringList cut;
    for (auto* widget : top.findChildren<QWidget*>()) {
      if (!widget->isVisibleTo(&top) || widget->window() != top.window() || widget->size().isEmpty()) continue;
      const auto why = cutOf(*widget, top);
      if (!why.isEmpty()) cut << why;
    }
    EXPECT_TRUE(cut.isEmpty()) << where.toStdString() << ":\n  " << cut.join(QStringLiteral("\n  ")).toStdString();
    if (const auto folder = qEnvironmentVariable("PATCHBAY_SHOTS"); !folder.isEmpty())
      top.grab().save(QStringLiteral("%1/longer-%2.png").arg(folder, QString{where}.replace(QLatin1Char(' '), QLatin1Char('-'))));
  }

  static QString named(const QWidget& widget, const QString& text) {
    return QStringLiteral("%1 %2 \"%3\" %4x%5")
        .arg(QLatin1String{widget.metaObject()->className()}, widget.objectName(), text.left(60))
        .arg(widget.width())
        .arg(widget.height());
  }

  static QString cutOf(QWidget& widget, QWidget& top) {
    if (auto* label = qobject_cast<QLabel*>(&widget)) {
      const auto text = label->text();
      if (text.isEmpty() || text.endsWith(QChar{0x2026})) return {};  // Elided on purpose: the tooltip has all of it.
      const auto room = label->contentsRect().size() - QSize{2 * label->margin(), 2 * label->margin()};
      if (label->wordWrap()) {
        const int needed = label->heightForWidth(label->width());
        if (needed > label->height() + 1) return named(widget, text) + QStringLiteral(" needs a height of %1").arg(needed);
      } else if (!Qt::mightBeRichText(text)) {
        const auto needed = label->fontMetrics().size(Qt::TextShowMnemonic, text);
        if (needed.width() > room.width() + 1) return named(widget, text) + QStringLiteral(" needs a width of %1").arg(needed.width());
      }
    } else if (auto* button = qobject_cast<QAbstractButton*>(&widget)) {
      auto* tool = qobject_cast<QToolButton*>(button);
      const bool worded = !button->text().isEmpty() && (!tool || tool->toolButtonStyle() != Qt::ToolButtonIconOnly);
      const bool known = tool || qobject_cast<QPushButton*>(button) || qobject_cast<QCheckBox*>(button);
      // A button that paints itself elides by itself and has no size of its text.
      if (worded && known && button->sizeHint().width() > button->width() + 1)
        return named(widget, button->text()) + QStringLiteral(" needs a width of %1").arg(button->sizeHint().width());
    } else if (auto* group = qobject_cast<QGroupBox*>(&widget)) {
      if (group->fontMetrics().horizontalAdvance(group->title()) > group->width()) return named(widget, group->title());
    } else {
      return {};
    }
    // Whole in itself, but is it inside of what holds it? What scrolls may be larger.
    const QWidget* child = &widget;
    for (const auto* parent = widget.parentWidget(); parent && child != &top; child = parent, parent = parent->parentWidget()) {
      if (qobject_cast<const QAbstractScrollArea*>(parent) || qobject_cast<const QAbstractScrollArea*>(parent->parentWidget())) return {};
      const QRect place{widget.mapTo(parent, QPoint{}), widget.size()};
      if (!parent->rect().adjusted(-1, -1, 1, 1).contains(place))
        return named(widget, QString{}) +
               QStringLiteral(" reaches out of %1 %2").arg(QLatin1String{parent->metaObject()->className()}, parent->objectName());
      if (parent == &top) break;
    }
    return {};
  }

  QAction* action(const char* name) { return window->findChild<QAction*>(QLatin1String{name}); }
  /// The dialog that this opens.
  QDialog* dialogOf(const char* name) {
    action(name)->trigger();
    QDialog* found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
          for (auto* widget : QApplication::topLevelWidgets())
            if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible()) found = dialog;
          return found != nullptr;
        },
        5000);
    return found;
  }

  Garden& garden;
  Longer longer;
  Settings settings;
  Language language;
  std::unique_ptr<MainWindow> window;
};

TEST_F(LongerTexts, FitOnTheStartPageAndInItsDialogs) {
  window->showWelcome();
  ASSERT_TRUE(QTest::qWaitFor([&] { return window->idle(); }, 60'000));
  look(*window, QStringLiteral("start page"));
  window->resize(1024, 700);
  look(*window, QStringLiteral("small start page"));
  for (const char* name : {"edit.preferences", "help.keys"}) {
    auto* dialog = dialogOf(name);
    ASSERT_NE(dialog, nullptr) << name;
    look(*dialog, QLatin1String{name});
    dialog->close();
  }
  QTimer::singleShot(600, qApp, [] {
    if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
      look(*box, QStringLiteral("about"));
      box->close();
    }
  });
  action("help.about")->trigger();
}

TEST_F(LongerTexts, FitInEveryPanel) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  auto& w = *window->workspace();
  w.tryIt({});
  for (auto* dock : window->findChildren<QDockWidget*>()) {
    dock->show();
    dock->raise();
    settle(300);
    if (!dock->widget()) continue;
    look(*dock->widget(), dock->objectName());
    for (auto* tabs : dock->widget()->findChildren<QTabWidget*>())
      for (int i = 0; i < tabs->count(); ++i) {
        if (!tabs->isTabVisible(i)) continue;
        tabs->setCurrentIndex(i);
        look(*dock->widget(), dock->objectName() + QStringLiteral(" page %1").arg(i));
      }
  }
}

}  // namespace
}  // namespace patchbay::studio::testing
