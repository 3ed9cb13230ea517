// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/window/settings.h"

namespace patchbay::studio {

/// What is shown before a pipeline is open: new, open, recent ones, templates, and what this machine is. Cards and pictures come
/// after the window is there; nothing here waits.
class WelcomePage : public QWidget {
  Q_OBJECT

 public:
  explicit WelcomePage(Settings& settings, QWidget* parent = nullptr);
  ~WelcomePage() override;
  /// Reads recent pipelines and templates again, in a thread.
  void reload();
  /// Cards are there and so are their pictures.
  bool idle() const;

 Q_SIGNALS:
  void newRequested();
  void labelRequested();
  void openRequested();
  void openFolderRequested();
  void templateRequested(const QString& name);
  void pipelineRequested(const QString& file);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
