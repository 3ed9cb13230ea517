// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <csignal>
#include <list>
#include <thread>

#include "engine/base/file.h"
#include "engine/serve/batcher.h"
#include "engine/serve/connection.h"
#include "engine/serve/routes.h"

namespace patchbay::serve {
namespace {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;
using Code = boost::system::error_code;
template <class T>
using Task = asio::awaitable<T>;
using Parser = http::request_parser<http::string_body>;

auto into(Code& ec) { return asio::redirect_error(asio::use_awaitable, ec); }

/// Every connection is a descriptor, and the models need some.
void allowDescriptors(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(connections + 512);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

class Server {
 public:
  Server(const ServeOptions& options, const OpenPredictor& open, const Say& say)
      : options_{options},
        say_{say},
        shelf_{options.models, open, options.threads, metrics_},
        routes_{options_, shelf_, metrics_},
        batcher_{options.threads, options.mostWaiting, metrics_} {}

  Result<> run(const Announce& announce);

 private:
  Result<Tcp::endpoint> listen();
  Task<void> acceptAll();
  void take(Tcp::socket socket);
  bool evictOne();
  void refuse(Tcp::socket& socket);
  void left(std::list<std::shared_ptr<Connection>>::iterator at);
  void stop();
  void lookAtExports();

  Task<void> converse(std::shared_ptr<Connection> c);
  Task<bool> exchange(std::shared_ptr<Connection> c);
  Task<bool> predict(std::shared_ptr<Connection> c, Parser& parser, Asked asked);
  Task<bool> reply(std::shared_ptr<Connection> c, Reply reply, bool keep, bool head = false);
  Task<void> refuseBody(std::shared_ptr<Connection> c, Reply answer, bool head = false);
  using Made = Result<std::shared_ptr<Order>>;
  Task<Code> readBody(std::shared_ptr<Connection> c, Parser& parser);
  Task<Made> orderOf(const Asked& asked, std::string body);
  Task<void> waitFor(std::shared_ptr<Order> order);
  std::optional<Reply> headProblem(const Connection& c, const Code& ec) const;
  std::optional<Reply> bodyProblem(const Connection& c, const Code& ec) const;
  Reply busy() const;

  const ServeOptions& options_;
  const Say& say_;
  Metrics metrics_;
  ModelShelf shelf_;
  Routes routes_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  asio::thread_pool readers_{1};  ///< Takes JSON and forms apart, so that large ones keep nobody else waiting.
  Tcp::acceptor acceptor_{io_};
  asio::signal_set signals_{io_};
  asio::steady_timer lastMoment_{io_};
  std::list<std::shared_ptr<Connection>> connections_;  ///< The oldest first.
  std::size_t bodies_ = 0;                              ///< Bytes promised to bodies under way.
  bool stopping_ = false;
  std::jthread looker_;
  Batcher batcher_;  ///< The last: its threads end while what they tell still is there.
};

Error cannotListen(const std::string& host, std::uint16_t port, const Code& ec) {
  const bool taken = ec == asio::error::address_in_use;
  return {taken ? ErrorKind::Busy : ErrorKind::Usage,
          "serve.listen",
          TR("serve", "Port {port} of {host} cannot be opened: {why}.")
              .with("port", static_cast<std::int64_t>(port))
              .with("host", host)
              .with("why", ec.message()),
          taken ? TR("serve", "Choose another one with --port; --port 0 takes any that is free.")
                : TR("serve", "Choose an address of this machine."),
          {}};
}

Result<Tcp::endpoint> Server::listen() {
  Code ec;
  const auto address = asio::ip::make_address(options_.host == "localhost" ? "127.0.0.1" : options_.host, ec);
  if (ec)
    return fail(ErrorKind::Usage, "serve.host", TR("serve", "\"{host}\" is no address.").with("host", displayText(options_.host)),
                TR("serve", "Give an address of this machine in numbers, such as 0.0.0.0 for all of them."));
  if (!address.is_loopback() && options_.token.empty())
    return fail(ErrorKind::Usage, "serve.open", TR("serve", "Other machines could ask without a token."),
                TR("serve", "Give a file with a token: --token-file FILE. Or leave --host out, for this machine alone."));
  const Tcp::endpoint wanted{address, options_.port};
  acceptor_.open(wanted.protocol(), ec);
  if (!ec) acceptor_.set_option(Tcp::acceptor::reuse_address{true}, ec);
  if (!ec) acceptor_.bind(wanted, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return fail(cannotListen(options_.host, options_.port, ec));
  return acceptor_.local_endpoint();
}

Result<> Server::run(const Announce& announce) {
  PB_CHECK(routes_.open());
  allowDescriptors(options_.mostConnections);
  PB_TRY(const auto where, listen());
  PB_CHECK(shelf_.openAll());
  for (const int signal : {SIGTERM, SIGINT}) signals_.add(signal);
  signals_.async_wait([this](const Code& ec, int) {
    if (!ec) stop();
  });
  asio::co_spawn(io_, acceptAll(), asio::detached);
  looker_ = std::jthread{[this](const std::stop_token& token) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock{mutex};
    while (!token.stop_requested()) {
      wake.wait_for(lock, token, options_.lookEvery, [] { return false; });
      if (!token.stop_requested()) lookAtExports();
    }
  }};
  const auto host = where.address().is_v6() ? "[" + where.address().to_string() + "]" : where.address().to_string();
  announce("http://" + host + ":" + std::to_string(where.port()));
  io_.run();
  looker_.request_stop();
  looker_.join();
  return {};
}

void Server::lookAtExports() {
  for (const auto& sentence : shelf_.look()) say_(sentence);
}

/// No new connections; those that wait for nothing are closed, the others after their answer.
void Server::stop() {
  stopping_ = true;
  Code ignored;
  acceptor_.close(ignored);
  for (const auto& c : connections_)
    if (!c->asking) c->socket.close(ignored);
  if (connections_.empty()) return io_.stop();
  lastMoment_.expires_after(options_.stopTime);
  lastMoment_.async_wait([this](const Code& ec) {
    if (!ec) io_.stop();
  });
  signals_.async_wait([this](const Code& ec, int) {
    if (!ec) io_.stop();
  });
}

Task<void> Server::acceptAll() {
  while (acceptor_.is_open()) {
    Code ec;
    auto socket = co_await acceptor_.async_accept(into(ec));
    if (!ec) {
      take(std::move(socket));
    } else if (acceptor_.is_open()) {
      // Out of descriptors, most likely: closing an idle connection gives one back.
      evictOne();
      asio::steady_timer pause{io_, std::chrono::milliseconds{50}};
      co_await pause.async_wait(into(ec));
    }
  }
}

void Server::take(Tcp::socket socket) {
  if (connections_.size() >= options_.mostConnections && !evictOne()) return refuse(socket);
  Code ignored;
  socket.set_option(Tcp::no_delay{true}, ignored);
  connections_.push_back(std::make_shared<Connection>(std::move(socket), options_.mostHeader + (64 << 10)));
  const auto at = std::prev(connections_.end());
  asio::co_spawn(io_, converse(*at), [this, at](const std::exception_ptr&) { left(at); });
}

void Server::left(std::list<std::shared_ptr<Connection>>::iterator at) {
  Code ignored;
  (*at)->timer.cancel();
  (*at)->socket.close(ignored);
  connections_.erase(at);
  if (stopping_ && connections_.empty()) io_.stop();
}

/// Closes the oldest connection that has no request under way; false when all have.
bool Server::evictOne() {
  for (const auto& c : connections_) {
    if (c->asking || c->evicted) continue;
    Code ignored;
    c->evicted = true;
    c->socket.close(ignored);
    metrics_.refusedConnection();
    return true;
  }
  return false;
}

void Server::refuse(Tcp::socket& socket) {
  static constexpr std::string_view text =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  Code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  metrics_.refusedConnection();
}

Task<void> Server::converse(std::shared_ptr<Connection> c) {
  // g++ 12 miscompiles co_await inside conditions and temporaries: each result gets a name of its own, here and below.
  bool goOn = true;
  while (goOn && !stopping_ && !c->evicted) {
    goOn = co_await exchange(c);
    c->asking = false;
  }
}

/// One request and its answer; false when the connection ends.
Task<bool> Server::exchange(std::shared_ptr<Connection> c) {
  Code ec;
  if (c->buffer.size() == 0) {
    const Deadline idle{c, options_.idleTime};
    const auto n = co_await c->socket.async_read_some(c->buffer.prepare(4096), into(ec));
    if (ec) co_return false;
    c->buffer.commit(n);
  }
  Parser parser;
  parser.header_limit(options_.mostHeader);
  parser.body_limit(options_.mostBody);
  {
    const Deadline deadline{c, options_.headerTime};
    co_await http::async_read_header(c->socket, c->buffer, parser, into(ec));
  }
  if (ec) {
    auto answer = headProblem(*c, ec);
    if (answer) co_await refuseBody(c, std::move(*answer));
    co_return false;
  }
  c->asking = true;
  const auto& request = parser.get();
  const auto methodName = std::string{request.method_string()}, target = std::string{request.target()};
  const auto field = [&](http::field name) { return std::string_view{request[name].data(), request[name].size()}; };
  const Head head{methodName,
                  target,
                  field(http::field::host),
                  field(http::field::origin),
                  field(http::field::authorization),
                  field(http::field::content_type),
                  field(http::field::content_encoding),
                  static_cast<int>(request.count(http::field::host))};
  auto asked = routes_.ask(head, {connections_.size(), batcher_.waiting()}, stopping_);
  if (request.count(http::field::content_length) > 0 && request.count(http::field::transfer_encoding) > 0) {
    asked.what = Asked::What::Reply;
    asked.reply = errorReply(400, {ErrorKind::BadInput,
                                   "serve.length",
                                   TR("serve", "The length of the body is told twice."),
                                   TR("serve", "Send Content-Length or Transfer-Encoding, not both."),
                                   {}});
  }
  bool keep = false;
  if (asked.what == Asked::What::Predict) {
    keep = co_await predict(c, parser, std::move(asked));
    co_return keep;
  }
  metrics_.answered(asked.modelName, asked.reply.status);
  if (parser.is_done()) keep = co_await reply(c, std::move(asked.reply), request.keep_alive(), methodName == "HEAD");
  else co_await refuseBody(c, std::move(asked.reply), methodName == "HEAD");
  co_return keep;
}

/// What a head that Beast refused is answered; nothing where there is nobody to tell.
std::optional<Reply> Server::headProblem(const Connection& c, const Code& ec) const {
  if (c.evicted || ec == http::error::end_of_stream || ec == http::error::partial_message) return {};
  int status = 0;
  if (ec == http::error::header_limit || ec == http::error::buffer_overflow) status = 431;
  else if (ec == http::error::body_limit) status = 413;
  else if (c.late) status = 408;
  else if (ec.category() == http::make_error_code(http::error::bad_value).category()) status = 400;
  if (status == 0) return {};
  return errorReply(status,
                    {ErrorKind::BadInput,
                     "serve.head",
                     TR("serve", "The request cannot be understood: {why}.").with("why", c.late ? "it came too slowly" : ec.message()),
                     TR("serve", "Send HTTP/1.1, with a header and a body within the limits."),
                     {}});
}

/// What a body that did not come whole is answered; nothing where there is nobody to tell.
std::optional<Reply> Server::bodyProblem(const Connection& c, const Code& ec) const {
  const auto hint = TR("serve", "Send at most {n} MB, without pausing.").with("n", static_cast<std::int64_t>(options_.mostBody >> 20));
  const auto reply = [&](int status, Text cause) {
    return errorReply(status, {ErrorKind::BadInput, "serve.body", std::move(cause), hint, {}});
  };
  if (ec == http::error::body_limit) return reply(413, TR("serve", "The body is too large."));
  if (c.late) return reply(408, TR("serve", "The body came too slowly."));
  if (ec == http::error::partial_message || ec.category() != http::make_error_code(http::error::bad_value).category()) return {};
  return reply(400, TR("serve", "The body cannot be understood."));
}

Reply Server::busy() const {
  auto answer = errorReply(429, {ErrorKind::Busy,
                                 "serve.busy",
                                 TR("serve", "Too many pictures are waiting."),
                                 TR("serve", "Come again after the seconds that Retry-After says."),
                                 {}});
  answer.headers["Retry-After"] = "1";
  return answer;
}

Task<bool> Server::predict(std::shared_ptr<Connection> c, Parser& parser, Asked asked) {
  const auto name = asked.modelName;
  const auto expected = parser.content_length().value_or(parser.chunked() ? options_.mostBody : 0);
  if (bodies_ + expected > options_.mostBodies) {
    metrics_.answered(name, 429);
    co_await refuseBody(c, busy());
    co_return false;
  }
  struct Promise {
    std::size_t& sum;
    std::size_t mine;
    ~Promise() { sum -= mine; }
  } promise{bodies_, static_cast<std::size_t>(expected)};
  bodies_ += promise.mine;
  const auto ec = co_await readBody(c, parser);
  if (ec) {
    auto problem = bodyProblem(*c, ec);
    if (!problem) co_return false;
    metrics_.answered(name, problem->status);
    co_await refuseBody(c, std::move(*problem));
    co_return false;
  }
  const auto began = Clock::now();
  const bool keep = parser.get().keep_alive();
  auto made = co_await orderOf(asked, std::move(parser.get().body()));
  Reply answer;
  if (!made) {
    answer = errorReply(400, made.error());
  } else if ((*made)->pictures.size() > batcher_.mostWaiting()) {
    answer = errorReply(413, {ErrorKind::BadInput,
                              "serve.many",
                              TR("serve", "The request has more pictures than may wait."),
                              TR("serve", "Send them in several requests."),
                              {}});
  } else if (batcher_.waiting() + (*made)->pictures.size() > batcher_.mostWaiting()) {
    answer = busy();
  } else {
    const auto order = *made;
    co_await waitFor(order);
    const std::chrono::duration<double> took = Clock::now() - began;
    answer = routes_.answer(*order, took.count() * 1000);
    metrics_.took(name, took.count());
  }
  metrics_.answered(name, answer.status);
  const bool goOn = co_await reply(c, std::move(answer), keep);
  co_return goOn;
}

Task<Code> Server::readBody(std::shared_ptr<Connection> c, Parser& parser) {
  Code ec;
  if (parser.is_done()) co_return ec;
  const Deadline deadline{c, options_.bodyTime};
  if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    static constexpr std::string_view goOn = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(c->socket, asio::buffer(goOn), into(ec));
    if (ec) co_return ec;
  }
  co_await http::async_read(c->socket, c->buffer, parser, into(ec));
  co_return ec;
}

/// JSON and forms are taken apart by another thread, while the coroutine waits.
Task<Server::Made> Server::orderOf(const Asked& asked, std::string body) {
  if (asked.type.type != "application/json" && asked.type.type != "multipart/form-data") co_return routes_.order(asked, std::move(body));
  const auto work = [this, &asked, &body]() -> Task<Made> { co_return routes_.order(asked, std::move(body)); };
  auto made = co_await asio::co_spawn(readers_, work, asio::use_awaitable);
  co_return made;
}

/// Until a lane has all answers. Only this thread submits, so there is room when there was a moment ago.
Task<void> Server::waitFor(std::shared_ptr<Order> order) {
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [this, &order](auto handler) {
        const auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        order->done = [this, kept] { asio::post(io_, [kept] { std::move (*kept)(); }); };
        batcher_.submit(order);
      },
      asio::use_awaitable);
}

Task<bool> Server::reply(std::shared_ptr<Connection> c, Reply answer, bool keep, bool head) {
  keep = keep && !stopping_;
  http::response<http::string_body> response{static_cast<http::status>(answer.status), 11};
  response.set(http::field::content_type, answer.type);
  response.set(http::field::cache_control, "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  response.keep_alive(keep);
  const auto length = answer.body.size();
  if (!head) response.body() = std::move(answer.body);
  response.content_length(length);
  Code ec;
  const Deadline deadline{c, options_.writeTime};
  http::serializer<false, http::string_body> serializer{response};
  if (head) co_await http::async_write_header(c->socket, serializer, into(ec));
  else co_await http::async_write(c->socket, serializer, into(ec));
  co_return !ec && keep;
}

/// Answers without having read the body, then reads some of what still comes: closing at once would take the answer
/// back from under a client that is still sending.
Task<void> Server::refuseBody(std::shared_ptr<Connection> c, Reply answer, bool head) {
  const bool sent = co_await reply(c, std::move(answer), false, head);
  static_cast<void>(sent);
  Code ec;
  c->socket.shutdown(Tcp::socket::shutdown_send, ec);
  const Deadline deadline{c, std::chrono::seconds{2}};
  std::array<char, 16384> unread;
  for (std::size_t total = 0; !ec && total < (std::size_t{16} << 20);) {
    const auto n = co_await c->socket.async_read_some(asio::buffer(unread), into(ec));
    total += n;
  }
}

}  // namespace

Result<> serve(const ServeOptions& options, const OpenPredictor& open, const Announce& announce, const Say& say) {
  Server server{options, open, say};
  return server.run(announce);
}

}  // namespace patchbay::serve
