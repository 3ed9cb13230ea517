// SPDX-License-Identifier: Apache-2.0
// main() of every test program of widgets: they need a QApplication, and no display.
#include <gtest/gtest.h>

#include <QApplication>
#include <cstdio>
#include <cstdlib>
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "widgets/base/theme.h"

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  int code = 0;
  {
    QApplication app{argc, argv};
    patchbay::widgets::applyTheme(app, patchbay::widgets::ThemeChoice::Light);
    code = RUN_ALL_TESTS();
  }
  std::fflush(nullptr);
#if defined(__SANITIZE_ADDRESS__)
  __lsan_do_leak_check();
#endif
  // As the Studio leaves: threads of call pools are still there, and must not meet static objects that have gone.
  std::_Exit(code);
}
