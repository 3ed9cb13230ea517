// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QObject>
#include <any>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/value.h"
#include "engine/block/object.h"
#include "engine/graph/catalogue.h"

namespace patchbay::widgets {

/// A picture to be shown: a file on this machine, or an object of the project.
struct PictureRef {
  std::string path;    ///< Raw bytes of the file system; used when `digest` is empty.
  std::string digest;  ///< 64 hexadecimal digits.
  bool operator==(const PictureRef&) const = default;
  auto operator<=>(const PictureRef&) const = default;
};

/// What widgets may ask of the project's engine. Answers come in the window's thread, and not at all once `context` is
/// destroyed. Nothing here blocks. The Studio's session implements it; tests use a real engine or a table.
class EngineAccess {
 public:
  virtual ~EngineAccess() = default;
  using Answer = std::function<void(const Result<Value>&)>;

  virtual const Catalogue& catalogue() const = 0;
  /// A request to a live worker; a newer one on the same slot cancels the older, whose answer is then ErrorKind::Cancelled.
  virtual void live(std::string service, std::string method, Value args, std::string slot, QObject* context, Answer answer) = 0;
  /// Any call of Engine (service/engine.h) that answers a Value, by the name dispatch() knows.
  virtual void ask(std::string method, Value args, QObject* context, Answer answer) = 0;
  /// A picture scaled to fit `side` pixels, decoded in a live worker, from a shared cache. A null image: unreadable.
  virtual void picture(const PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) = 0;
  /// Reads objects of the project in a thread of its own: `read` runs there (with the readers of data/ports.h, for example),
  /// `answer` in the window's thread with what it returned.
  virtual void readObjects(std::function<Result<std::any>(ObjectReader&)> read, QObject* context,
                           std::function<void(const Result<std::any>&)> answer) = 0;
};

}  // namespace patchbay::widgets
