// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <any>
#include <filesystem>
#include <memory>

#include "widgets/base/engine_access.h"

namespace patchbay::studio {

/// A window's connection to the engine of one project: starts it, connects again when it ended, keeps pictures at hand.
///
/// Everything that could wait happens in threads of its own; signals and answers come in the window's thread. Requests made
/// while there is no engine wait up to 15 s for one.
class Session final : public QObject, public widgets::EngineAccess {
  Q_OBJECT

 public:
  enum class State : std::uint8_t {
    Connecting,  ///< For the first time, or again after the engine ended.
    Ready,
    Failed,  ///< `error()` says why; retry() tries again, and it tries again by itself now and then.
  };
  Q_ENUM(State)

  /// `engineProgram`: empty for the one beside this program.
  explicit Session(std::filesystem::path project, QObject* parent = nullptr, std::filesystem::path engineProgram = {});
  ~Session() override;

  const std::filesystem::path& project() const;
  State state() const;
  const Error& error() const;
  std::int64_t enginePid() const;  ///< 0: not connected.
  bool readOnly() const;           ///< The project folder cannot be written: looking is all that can be done.
  bool idle() const;               ///< No request is under way.
  void retry();

  /// Empty until catalogueChanged() came.
  const Catalogue& catalogue() const override;
  /// Takes a catalogue that was found without the engine; the engine's own replaces it when it differs.
  void offerCatalogue(const Catalogue& catalogue);

  void live(std::string service, std::string method, Value args, std::string slot, QObject* context, Answer answer) override;
  void ask(std::string method, Value args, QObject* context, Answer answer) override;
  /// Likewise; what is asked is made, and what is answered is read, in the thread as well: of a large pipeline either would be felt.
  void askInThread(std::string method, std::function<Value()> args, std::function<std::any(const Value&)> read, QObject* context,
                   std::function<void(const Result<std::any>&)> answer);
  void picture(const widgets::PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) override;
  void readObjects(std::function<Result<std::any>(ObjectReader&)> read, QObject* context,
                   std::function<void(const Result<std::any>&)> answer) override;
  /// Any work with files, in a thread; `answer` comes in the window's thread.
  void inThread(std::function<Result<std::any>()> work, QObject* context, std::function<void(const Result<std::any>&)> answer);

 Q_SIGNALS:
  void stateChanged();
  void catalogueChanged();
  /// An event of Engine (service/engine.h), in order. After every connection a "state" event comes first.
  void eventArrived(const patchbay::Value& event);

 private:
  struct Shared;
  struct Pictures;
  void connectSoon(int delayMs);
  void takeEvents();
  void forgetEvents();
  void arrived(Result<Value> info);
  void lost();
  void sendPictures();
  void decodePictures(int slot, int side, std::vector<widgets::PictureRef> pictures);

  std::filesystem::path project_;
  State state_ = State::Connecting;
  Error error_;
  std::int64_t pid_ = 0;
  bool readOnly_ = false;
  int failures_ = 0;
  Catalogue catalogue_;
  std::shared_ptr<Shared> shared_;
  std::unique_ptr<Pictures> pictures_;
};

/// {"width", "height", "rgb"} of a live worker as a picture; null when it is none.
QImage imageFromValue(const Value& value);

}  // namespace patchbay::studio
