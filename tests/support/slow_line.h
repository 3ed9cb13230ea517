// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "tests/support/daemons.h"

namespace patchbay::testing {

/// A line between ssh and sshd that can be slow, lose, break and be cut: a program in the ProxyCommand of the "box".
///
/// Loss is what TCP makes of it: now and then what is sent arrives much later, or the connection is reset.
class SlowLine {
 public:
  struct Weather {
    int delayMs = 0;              ///< In each direction.
    int stallEvery = 0;           ///< Every so many pieces one waits half a second longer; 0: never.
    std::int64_t resetAfter = 0;  ///< Bytes after which a connection ends; 0: never.
    bool cut = false;             ///< Nothing passes, and nothing is lost.
  };
  explicit SlowLine(SshServer& server) {
    writeText(folder_.path() / "line.py", program, 0755);
    set({});
    server.writeConfig("user",
                       "  ProxyCommand python3 " + (folder_.path() / "line.py").string() + " %h %p " + folder_.path().string() + "\n");
  }
  void set(const Weather& weather) {
    const auto fresh = folder_.path() / "weather.new";
    writeText(fresh, std::to_string(weather.delayMs) + " " + std::to_string(weather.stallEvery) + " " + std::to_string(weather.resetAfter) +
                         " " + std::to_string(weather.cut ? 1 : 0));
    std::filesystem::rename(fresh, folder_.path() / "weather");
  }
  /// How many connections there were.
  int connections() const {
    std::error_code ec;
    return static_cast<int>(std::filesystem::file_size(folder_.path() / "connections", ec));
  }

 private:
  static constexpr const char* program = R"py(
import os, queue, socket, sys, threading, time
host, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with open(folder + "/connections", "ab") as log:
    log.write(b".")
def weather():
    with open(folder + "/weather") as f:
        delay, stall, reset, cut = map(int, f.read().split())
    return delay / 1000, stall, reset, cut
line = socket.create_connection((host, port))
line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
carried = 0
def carry(read, write):
    waiting = queue.Queue(256)
    def deliver():
        global carried
        pieces = 0
        while True:
            came, data = waiting.get()
            delay, stall, reset, cut = weather()
            pieces += 1
            due = came + delay + (.5 if stall and pieces % stall == 0 else 0)
            time.sleep(max(0, due - time.monotonic()))
            while weather()[3]:
                time.sleep(.05)
            if not data:
                os._exit(0)
            carried += len(data)
            if reset and carried > reset:
                os._exit(1)
            try:
                write(data)
            except OSError:
                os._exit(1)
    threading.Thread(target=deliver, daemon=True).start()
    while True:
        try:
            data = read()
        except OSError:
            data = b""
        waiting.put((time.monotonic(), data))
        if not data:
            return
def out(data):
    while data:
        data = data[os.write(1, data):]
up = threading.Thread(target=carry, args=(lambda: os.read(0, 65536), line.sendall), daemon=True)
down = threading.Thread(target=carry, args=(lambda: line.recv(65536), out), daemon=True)
up.start()
down.start()
while True:
    time.sleep(3600)
)py";
  test::TempFolder folder_;
};

}  // namespace patchbay::testing
