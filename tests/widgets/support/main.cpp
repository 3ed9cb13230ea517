// SPDX-License-Identifier: Apache-2.0
// main() of every test program of widgets: they need a QApplication, and no display.
#include <gtest/gtest.h>

#include <QApplication>

#include "widgets/base/theme.h"

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  QApplication app{argc, argv};
  patchbay::widgets::applyTheme(app, patchbay::widgets::ThemeChoice::Light);
  return RUN_ALL_TESTS();
}
