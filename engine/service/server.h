// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/base/channel.h"
#include "engine/service/engine.h"

namespace patchbay {

/// Offers an engine on a Unix socket to other programs of the same user.
class EngineServer {
 public:
  struct Options {
    std::chrono::milliseconds linger{2'000};        ///< How long to stay when nobody is connected and nothing runs.
    std::chrono::milliseconds firstClient{15'000};  ///< How long to wait for the first one.
  };
  /// Binds the socket (0600), replacing what an engine that crashed left.
  static Result<std::unique_ptr<EngineServer>> listen(Engine& engine, const std::filesystem::path& socket, Options options);
  ~EngineServer();

  /// Serves until nobody is connected and `idle` has held for the linger time, or until `ended` says so.
  void serve(const std::function<bool()>& idle, const std::function<bool()>& ended);

 private:
  struct Client;
  struct Pools;
  EngineServer(Engine& engine, std::filesystem::path socket, UniqueFd fd, Options options);
  void accept();
  void talk(const std::shared_ptr<Client>& client);
  void handle(const std::shared_ptr<Client>& client, const Value& request);
  void subscribe(Client& client, std::int64_t id, std::int64_t name);
  void startLive(const std::shared_ptr<Client>& client, std::int64_t id, const Value& args);
  void reap(bool all);

  Engine& engine_;
  std::filesystem::path socket_;
  UniqueFd fd_;
  Options options_;
  std::uint64_t lastClient_ = 0;
  std::list<std::shared_ptr<Client>> clients_;
  std::unique_ptr<Pools> pools_;
};

}  // namespace patchbay
