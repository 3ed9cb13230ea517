// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QString>
#include <functional>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "widgets/base/theme.h"

class QVBoxLayout;

namespace patchbay::studio {

/// Messages above the canvas: cause, what to do, and buttons that do it. Never modal; a message of the same id takes the place
/// of the older one.
class MessageBar : public QWidget {
  Q_OBJECT

 public:
  /// Says a text in the language of the moment: asked again when the language changes.
  using Words = std::function<QString()>;
  using Choice = std::pair<Words, std::function<void()>>;

  explicit MessageBar(QWidget* parent = nullptr);
  void show(const QString& id, widgets::Tone tone, const Words& words, const std::vector<Choice>& choices = {});
  void showError(const QString& id, const Error& error, const std::vector<Choice>& choices = {});
  void remove(const QString& id);
  void clear();

 private:
  QVBoxLayout* column_;
};

}  // namespace patchbay::studio
