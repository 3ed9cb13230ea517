// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLocalServer>
#include <QObject>
#include <QString>
#include <filesystem>

#include "engine/base/result.h"

namespace patchbay::studio {

/// One window a project: who holds this has it. A second start asks the holder to come to the front instead.
class SingleInstance : public QObject {
  Q_OBJECT

 public:
  enum class Outcome : std::uint8_t { Mine, Raised };

  explicit SingleInstance(QObject* parent = nullptr);
  /// Mine: no other window has the project; it is held until release() or the end. Raised: the other window was told to come to
  /// the front and to open `pipeline`.
  Result<Outcome> take(const std::filesystem::path& project, const QString& pipeline);
  void release();

 Q_SIGNALS:
  void raiseRequested(const QString& pipeline);

 private:
  QLocalServer server_;
};

}  // namespace patchbay::studio
