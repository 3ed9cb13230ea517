// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <functional>

#include "engine/base/value.h"

class QWidget;

namespace patchbay::studio {

/// Hosts of an SSH configuration that stand for one machine: names after `Host` without patterns, in their order, each once.
QStringList hostsIn(const QByteArray& config);

// None of these waits: each calls back when a person agreed.
/// `then` gets the words after `patchbay machines`; `taken` are names that are on the list and would be changed.
void askForMachine(QWidget* parent, const QStringList& hosts, const QStringList& taken, std::function<void(const QStringList&)> then);
/// What would be sent, where to, and how much room there is.
void askToSend(QWidget* parent, const QString& name, const QString& folder, std::int64_t bytes, std::int64_t freeBytes,
               std::function<void()> then);
/// What would be removed and how much that frees; `would` as machine_clean answers, `freeBytes` 0: not known.
void askToClean(QWidget* parent, const QString& name, const Value& would, std::int64_t freeBytes, std::function<void()> then);
void askToRemove(QWidget* parent, const QString& name, int goingJobs, std::function<void()> then);

}  // namespace patchbay::studio
