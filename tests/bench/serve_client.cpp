// SPDX-License-Identifier: Apache-2.0
// Keep-alive clients of a picture server in one thread, because it runs on the processors that are measured: clients in Python would
// take a fifth of them, and wait for one another's lock longer than the server takes to answer.
//   serve_client PORT PATH PICTURE CLIENTS SECONDS [RATE]
// Each client asks again at once (after 50 ms where it was refused), or all together RATE times a second, evenly. Prints one line of
// JSON: answers/s, their statuses, the different results, and percentiles of the time from when a request was due, which includes
// waiting for a client to be free, to its last byte.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::testing {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

constexpr auto afterRefusal = std::chrono::milliseconds{50};
constexpr std::size_t mostResults = 1'000;

[[noreturn]] void stop(const std::string& what) { throw std::runtime_error{what + ": " + std::strerror(errno)}; }

/// One connection, idle or in the middle of a request.
class Client {
 public:
  explicit Client(std::uint16_t port) : fd_{::socket(AF_INET, SOCK_STREAM, 0)} {
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) stop("connect");
    ::fcntl(fd_, F_SETFL, ::fcntl(fd_, F_GETFL) | O_NONBLOCK);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(fd_); }

  bool busy() const { return request_ != nullptr; }
  Time due() const { return due_; }
  Time notBefore() const { return notBefore_; }
  int status() const { return status_; }
  std::string_view body() const { return std::string_view{got_}.substr(head_); }
  pollfd interest() const {
    const bool sending = busy() && sent_ < request_->size();
    return {fd_, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
  }

  void ask(const std::string& request, Time due) {
    request_ = &request;
    due_ = due;
    sent_ = head_ = 0;
    got_.clear();
    send();
  }
  void rest(Time until) { notBefore_ = until; }

  void send() {
    while (sent_ < request_->size()) {
      const auto n = ::send(fd_, request_->data() + sent_, request_->size() - sent_, MSG_NOSIGNAL);
      if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
      if (n < 0) stop("send");
      sent_ += static_cast<std::size_t>(n);
    }
  }

  /// Whether the answer is there as a whole.
  bool receive() {
    char piece[16'384];
    while (true) {
      const auto n = ::recv(fd_, piece, sizeof piece, 0);
      if (n < 0 && (errno == EAGAIN || errno == EINTR)) break;
      if (n <= 0) stop("the server closed the connection");
      got_.append(piece, static_cast<std::size_t>(n));
    }
    const auto end = got_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    head_ = end + 4;
    if (got_.size() < head_ + contentLength(std::string_view{got_}.substr(0, end))) return false;
    status_ = std::stoi(got_.substr(9, 3));
    request_ = nullptr;
    return true;
  }

 private:
  static std::size_t contentLength(std::string_view head) {
    std::string lower{head};
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto at = lower.find("content-length:");
    return at == std::string::npos ? 0 : std::stoul(lower.substr(at + 15));
  }

  int fd_;
  const std::string* request_ = nullptr;
  std::size_t sent_ = 0, head_ = 0;
  std::string got_;
  int status_ = 0;
  Time due_{}, notBefore_{};
};

class Load {
 public:
  Load(std::uint16_t port, std::string request, int clients, double seconds, double rate)
      : request_{std::move(request)}, begin_{Clock::now()}, end_{begin_ + inSeconds(seconds)}, rate_{rate} {
    for (int i = 0; i < clients; ++i) clients_.push_back(std::make_unique<Client>(port));
  }

  void run() {
    while (true) {
      const auto next = askAll();
      if (std::ranges::none_of(clients_, &Client::busy) && Clock::now() >= end_) return;
      waitUntil(next);
    }
  }

  Value figures() {
    const double took = std::chrono::duration<double>(Clock::now() - begin_).count();
    std::ranges::sort(taken_);
    const auto percentile = [&](double q) {
      return taken_.empty() ? 0 : taken_[std::min(taken_.size() - 1, static_cast<std::size_t>(q * static_cast<double>(taken_.size())))];
    };
    Value statuses{Value::Map{}};
    for (const auto& [status, n] : statuses_) statuses[std::to_string(status)] = n;
    Value::List results;
    for (const auto& one : results_) results.emplace_back(one);
    return Value::Map{{"rate", static_cast<double>(statuses_[200]) / took},
                      {"statuses", std::move(statuses)},
                      {"results", std::move(results)},
                      {"p50_ms", percentile(.5)},
                      {"p95_ms", percentile(.95)},
                      {"p99_ms", percentile(.99)}};
  }

 private:
  static Clock::duration inSeconds(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }

  /// Sends what is due to the clients that are free, and says when the next request is.
  Time askAll() {
    const auto now = Clock::now();
    auto next = end_;
    for (auto& client : clients_) {
      if (client->busy()) continue;
      const auto due = rate_ > 0 ? begin_ + inSeconds(static_cast<double>(asked_) / rate_) : std::max(client->notBefore(), now);
      if (due >= end_) continue;
      if (due > now) {
        next = std::min(next, due);
        continue;
      }
      ++asked_;
      client->ask(request_, due);
    }
    return next;
  }

  void waitUntil(Time next) {
    std::vector<pollfd> interests;
    for (const auto& client : clients_) interests.push_back(client->interest());
    const auto left = std::max(Clock::duration::zero(), next - Clock::now());
    // Past the end the last answers are waited for, however long they take.
    const auto wait = Clock::now() >= end_ ? std::chrono::seconds{60} : left;
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(wait);
    const timespec time{static_cast<time_t>(whole.count()), static_cast<long>(std::chrono::nanoseconds{wait - whole}.count())};
    if (::ppoll(interests.data(), interests.size(), &time, nullptr) < 0 && errno != EINTR) stop("poll");
    for (std::size_t i = 0; i < interests.size(); ++i) {
      auto& client = *clients_[i];
      if (interests[i].revents == 0) continue;
      if (client.busy() && (interests[i].revents & POLLOUT)) client.send();
      if ((interests[i].revents & ~POLLOUT) && client.receive()) note(client);
    }
  }

  void note(Client& client) {
    const auto now = Clock::now();
    taken_.push_back(std::chrono::duration<double, std::milli>(now - client.due()).count());
    ++statuses_[client.status()];
    if (client.status() == 429) client.rest(now + afterRefusal);
    // What comes before the results, the time it took, is another in each answer.
    if (const auto at = client.body().find("\"results\"");
        client.status() == 200 && at != std::string_view::npos && results_.size() < mostResults)
      results_.emplace(client.body().substr(at));
  }

  const std::string request_;
  const Time begin_, end_;
  const double rate_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::int64_t asked_ = 0;
  std::vector<double> taken_;
  std::map<int, std::int64_t> statuses_;
  std::set<std::string, std::less<>> results_;
};

}  // namespace
}  // namespace patchbay::testing

int main(int argc, char** argv) try {
  using namespace patchbay;
  if (argc < 6) {
    std::fprintf(stderr, "usage: serve_client PORT PATH PICTURE CLIENTS SECONDS [RATE]\n");
    return 2;
  }
  const auto picture = readFile(argv[3]);
  if (!picture) {
    std::fprintf(stderr, "%s\n", describe(picture.error()).c_str());
    return 1;
  }
  auto request = "POST " + std::string{argv[2]} +
                 " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: " + std::to_string(picture->size()) +
                 "\r\n\r\n" + *picture;
  testing::Load load{static_cast<std::uint16_t>(std::stoi(argv[1])), std::move(request), std::stoi(argv[4]), std::stod(argv[5]),
                     argc > 6 ? std::stod(argv[6]) : 0};
  load.run();
  std::printf("%s\n", toJson(load.figures()).c_str());
} catch (const std::exception& e) {
  std::fprintf(stderr, "serve_client: %s\n", e.what());
  return 1;
}
