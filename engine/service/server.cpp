// SPDX-License-Identifier: Apache-2.0
#include "engine/service/server.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "engine/service/dispatch.h"
#include "engine/service/requests.h"

namespace patchbay {
namespace fs = std::filesystem;

/// One connection: a thread that reads requests, and one for each request that may take long.
struct EngineServer::Client {
  explicit Client(Channel c) : channel{std::move(c)} {}
  Channel channel;
  std::thread thread;
  std::atomic<bool> over{false};
  std::map<std::int64_t, std::unique_ptr<Subscription>> subscriptions;
  struct Task {
    std::thread thread;
    std::shared_ptr<std::atomic<bool>> done;
  };
  std::list<Task> tasks;

  /// A client that does not read must not stop the engine: what does not fit waits in the channel, up to its limit.
  void send(const Value& value) {
    if (const auto sent = channel.send(value, 0); !sent && sent.error().kind != ErrorKind::TimedOut) channel.shutdown();
  }
};

Result<std::unique_ptr<EngineServer>> EngineServer::listen(Engine& engine, const fs::path& socket, Options options) {
  const auto failed = [&](std::string_view action) { return fail(systemError(errno, action, displayText(socket.native()))); };
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof address.sun_path)
    return fail(ErrorKind::Unsupported, "socket.long", TR("error", "The path of the engine's socket is too long."),
                TR("error", "Set XDG_RUNTIME_DIR to a folder with a shorter path."), displayText(socket.native()));
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  UniqueFd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!fd) return failed("open");
  ::unlink(socket.c_str());  // The caller holds the lock of this project: nobody listens there.
  const auto mask = ::umask(0177);
  const int bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::umask(mask);
  if (bound != 0) return failed("create");
  if (::listen(fd.get(), 64) != 0) return failed("listen on");
  return std::unique_ptr<EngineServer>{new EngineServer(engine, socket, std::move(fd), options)};
}

EngineServer::EngineServer(Engine& engine, fs::path socket, UniqueFd fd, Options options)
    : engine_{engine}, socket_{std::move(socket)}, fd_{std::move(fd)}, options_{options} {}

EngineServer::~EngineServer() {
  ::unlink(socket_.c_str());
  fd_.reset();
  reap(true);
}

void EngineServer::serve(const std::function<bool()>& idle, const std::function<bool()>& ended) {
  using Clock = std::chrono::steady_clock;
  auto deadline = Clock::now() + options_.firstClient;
  while (!ended()) {
    pollfd p{fd_.get(), POLLIN, 0};
    const int ready = ::poll(&p, 1, 100);
    if (ready > 0) accept();
    reap(false);
    if (!clients_.empty() || !idle()) {
      deadline = Clock::now() + options_.linger;
      continue;
    }
    if (Clock::now() >= deadline) return;
  }
}

void EngineServer::accept() {
  UniqueFd fd{::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
  if (!fd) return;
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid()) return;
  auto& client = *clients_.emplace_back(std::make_unique<Client>(Channel{std::move(fd)}));
  client.thread = std::thread{[this, &client] {
    talk(client);
    client.over = true;
  }};
}

void EngineServer::reap(bool all) {
  for (auto it = clients_.begin(); it != clients_.end();) {
    auto& client = **it;
    if (all) client.channel.shutdown();
    if (!all && !client.over) {
      ++it;
      continue;
    }
    client.thread.join();
    it = clients_.erase(it);
  }
}

void EngineServer::talk(Client& client) {
  Value about;
  about["program"] = "patchbay-engine";
  if (!exchangeHello(client.channel, {engineProtocol, engineProtocol}, about, 5000)) return;
  for (;;) {
    auto frame = client.channel.receive(50);
    if (!frame) break;
    if (*frame) handle(client, (*frame)->value);
    if (client.channel.queuedBytes() > 0 && !client.channel.flush()) break;
    for (auto task = client.tasks.begin(); task != client.tasks.end();) {
      if (!*task->done) {
        ++task;
        continue;
      }
      task->thread.join();
      task = client.tasks.erase(task);
    }
  }
  client.subscriptions.clear();
  for (auto& task : client.tasks) task.thread.join();
}

void EngineServer::handle(Client& client, const Value& request) {
  const auto id = request["id"].asInt();
  const auto method = request["method"].asText();
  const auto answer = [&client, id](const Result<Value>& result) {
    Value out;
    out["id"] = id;
    if (result) out["ok"] = *result;
    else out["error"] = toValue(result.error());
    client.send(out);
  };
  const auto& args = request["args"];
  if (method == "subscribe") {
    const auto name = args["subscription"].asInt();
    auto made = engine_.subscribe([&client, name](const Value& event) {
      Value out;
      out["push"] = name;
      out["event"] = event;
      // Of progress only the newest counts: it may be dropped.
      if (event["event"].asText() == "progress") (void)client.channel.offer(out);
      else client.send(out);
    });
    if (made) client.subscriptions[name] = std::move(*made);
    return answer(made ? Result<Value>{Value{}} : Result<Value>{fail(made.error())});
  }
  if (method == "unsubscribe") {
    client.subscriptions.erase(args["subscription"].asInt());
    return answer(Value{});
  }
  if (method != "live" && method != "catalogue" && method != "gc" && method != "doctor" && method != "locate")
    return answer(dispatch(engine_, method, args));
  // These take long: the client may want to ask something else, or cancel, meanwhile.
  auto done = std::make_shared<std::atomic<bool>>(false);
  client.tasks.push_back({std::thread{[this, method, args, answer, done] {
                            answer(dispatch(engine_, method, args));
                            *done = true;
                          }},
                          done});
}

}  // namespace patchbay
