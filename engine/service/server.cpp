// SPDX-License-Identifier: Apache-2.0
#include "engine/service/server.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "engine/service/data_requests.h"
#include "engine/service/dispatch.h"
#include "engine/service/requests.h"
#include "engine/service/task_pool.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

// Long requests of all clients share these; live requests need a thread only until their worker has taken them.
constexpr std::size_t slowThreads = 4, liveThreads = 2, mostWaiting = 10'000;

bool isSlow(std::string_view method, const Value& args) {
  if (method == "data") return isSlowDataRequest(args) || args["do"].asText().starts_with("machine_");
  // A run may begin with a connection to another machine.
  return method == "submit" || method == "plan" || method == "catalogue" || method == "gc" || method == "doctor" || method == "locate" ||
         method == "add_picture";
}

Error tooMany() {
  return {ErrorKind::Busy, "engine.requests", TR("error", "The engine has too much to answer."), TR("error", "Ask again in a while."), {}};
}

}  // namespace

/// One connection, with a thread that reads requests. Whoever still owes an answer keeps it alive, so that a request that takes
/// long, or never ends, delays nothing.
struct EngineServer::Client {
  Client(Channel c, std::uint64_t n) : channel{std::move(c)}, number{n} {}
  Channel channel;
  std::uint64_t number;
  std::thread thread;
  std::atomic<bool> over{false};
  std::map<std::int64_t, std::unique_ptr<Subscription>> subscriptions;

  /// A client that does not read must not stop the engine: what does not fit waits in the channel, up to its limit.
  void send(const Value& value, std::span<const int> fds = {}) {
    const auto sent = channel.send(value, 0, fds);
    if (sent || sent.error().code == "channel.slow") return;
    if (sent.error().kind == ErrorKind::Unsupported && value.contains("id")) {
      // What cannot be sent is told, where it can be.
      Value told;
      told["id"] = value["id"];
      told["error"] = toValue(sent.error());
      if (channel.send(told, 0)) return;
    }
    channel.shutdown();
  }
  void answer(std::int64_t id, const Result<Value>& result, std::span<const int> fds = {}) {
    Value out;
    out["id"] = id;
    if (result) out["ok"] = *result;
    else out["error"] = toValue(result.error());
    send(out, fds);
  }
};

struct EngineServer::Pools {
  TaskPool slow{slowThreads, mostWaiting}, live{liveThreads, mostWaiting};
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
    : engine_{engine}, socket_{std::move(socket)}, fd_{std::move(fd)}, options_{options}, pools_{std::make_unique<Pools>()} {}

EngineServer::~EngineServer() {
  ::unlink(socket_.c_str());
  fd_.reset();
  reap(true);
  pools_.reset();
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
  const auto& client = clients_.emplace_back(std::make_shared<Client>(Channel{std::move(fd)}, ++lastClient_));
  client->thread = std::thread{[this, client] {
    talk(client);
    client->over = true;
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

void EngineServer::talk(const std::shared_ptr<Client>& client) {
  Value about;
  about["program"] = "patchbay-engine";
  if (!exchangeHello(client->channel, {engineProtocol, engineProtocol}, about, 5000)) return;
  for (;;) {
    auto frame = client->channel.receive(50);
    if (!frame) break;
    if (*frame) handle(client, (*frame)->value);
    if (client->channel.queuedBytes() > 0 && !client->channel.flush()) break;
  }
  client->subscriptions.clear();
}

void EngineServer::handle(const std::shared_ptr<Client>& client, const Value& request) {
  const auto id = request["id"].asInt();
  const auto method = request["method"].asText();
  const auto& args = request["args"];
  if (method == "subscribe") return subscribe(*client, id, args["subscription"].asInt());
  if (method == "unsubscribe") {
    client->subscriptions.erase(args["subscription"].asInt());
    return client->answer(id, Value{});
  }
  // These take long: the client may want to ask something else, or cancel, meanwhile.
  bool taken = true;
  // The newest request of a slot is the one that counts: a worker gets a client's requests in the order they were made.
  if (method == "live")
    taken = pools_->live.add([this, client, id, args] { startLive(client, id, args); },
                             std::to_string(client->number) + "/" + args["service"].asText());
  else if (isSlow(method, args))
    taken = pools_->slow.add([this, client, id, method, args] { client->answer(id, dispatch(engine_, method, args)); });
  else client->answer(id, dispatch(engine_, method, args));
  if (!taken) client->answer(id, fail(tooMany()));
}

void EngineServer::subscribe(Client& client, std::int64_t id, std::int64_t name) {
  auto made = engine_.subscribe([&client, name](const Value& event) {
    Value out;
    out["push"] = name;
    out["event"] = event;
    // Of progress only the newest counts: it may be dropped.
    if (event["event"].asText() == "progress") (void)client.channel.offer(out);
    else client.send(out);
  });
  if (!made) return client.answer(id, fail(made.error()));
  client.subscriptions[name] = std::move(*made);
  client.answer(id, Value{});
}

void EngineServer::startLive(const std::shared_ptr<Client>& client, std::int64_t id, const Value& args) {
  // Two clients may use the same name for a slot and mean two.
  const auto& slot = args["slot"].asText();
  const auto own = slot.empty() ? slot : std::to_string(client->number) + "/" + slot;
  engine_.liveLater(args["service"].asText(), args["method"].asText(), args["args"], own, [client, id](Result<LiveAnswer> answer) {
    if (!answer) return client->answer(id, fail(answer.error()));
    // The bytes go on as they came, in memory that both ends map.
    std::vector<int> fds;
    for (const auto& file : answer->files) fds.push_back(file.get());
    client->answer(id, std::move(answer->value), fds);
  });
}

}  // namespace patchbay
