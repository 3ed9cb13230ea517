// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>

namespace patchbay::serve {

using Tcp = boost::asio::ip::tcp;

/// One client's connection.
struct Connection {
  Connection(Tcp::socket s, std::size_t buffered) : socket{std::move(s)}, timer{socket.get_executor()}, buffer{buffered} {}
  Tcp::socket socket;
  boost::asio::steady_timer timer;
  boost::beast::flat_buffer buffer;
  std::uint64_t deadline = 0;  ///< Counts deadlines, so that one that is over does nothing.
  bool late = false;           ///< The last deadline passed.
  bool asking = false;         ///< A whole head has come and its answer has not left: others are closed first.
  bool evicted = false;
};

/// Cancels what the connection waits for when it takes longer than `time`.
class Deadline {
 public:
  Deadline(const std::shared_ptr<Connection>& connection, std::chrono::milliseconds time) : connection_{connection} {
    connection->late = false;
    connection->timer.expires_after(time);
    connection->timer.async_wait([connection, mine = ++connection->deadline](const boost::system::error_code& ec) {
      if (ec || mine != connection->deadline) return;
      connection->late = true;
      boost::system::error_code ignored;
      connection->socket.cancel(ignored);
    });
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() {
    ++connection_->deadline;
    connection_->timer.cancel();
  }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace patchbay::serve
