// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/late_words.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>

namespace patchbay::studio {

namespace {

bool isSeen(const QWidget& piece) { return piece.isVisible() && !piece.visibleRegion().isEmpty(); }

}  // namespace

LateWords::LateWords(QObject* parent) : QObject{parent} {
  // Of 1 ms and not of 0: that would be a posted event, and all of those are handled in one turn.
  turn_.setInterval(1);
  turn_.setSingleShot(true);
  connect(&turn_, &QTimer::timeout, this, &LateWords::next);
}

void LateWords::watch(QWidget* piece) {
  piece->removeEventFilter(this);
  piece->installEventFilter(this);
}

void LateWords::seen(QWidget* piece) {
  if (std::erase(waiting_, piece) > 0) tell(piece);
}

void LateWords::tell(QWidget* piece) {
  auto* before = std::exchange(telling_, piece);
  QEvent event{QEvent::LanguageChange};
  QCoreApplication::sendEvent(piece, &event);
  telling_ = before;
}

void LateWords::next() {
  std::erase_if(waiting_, [](const auto& piece) { return piece.isNull(); });
  if (waiting_.empty()) return;
  const auto piece = waiting_.front();
  waiting_.pop_front();
  tell(piece);
  if (!waiting_.empty()) turn_.start();
}

bool LateWords::eventFilter(QObject* watched, QEvent* event) {
  auto* piece = qobject_cast<QWidget*>(watched);
  if (!piece || piece == telling_) return false;
  if (event->type() == QEvent::Show) seen(piece);
  if (event->type() != QEvent::LanguageChange) return false;
  if (std::ranges::none_of(waiting_, [piece](const auto& one) { return one == piece; })) {
    if (isSeen(*piece)) waiting_.emplace_front(piece);
    else waiting_.emplace_back(piece);
  }
  turn_.start();
  return true;
}

}  // namespace patchbay::studio
