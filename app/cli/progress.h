// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <string>

#include "engine/base/value.h"

namespace patchbay::cli {

enum class ProgressMode { Auto, Plain, None, Json };

/// Shows a run's events: a live block of lines on a terminal, one line for each change otherwise, JSON lines when asked.
class ProgressView {
 public:
  explicit ProgressView(ProgressMode mode);
  void show(const Value& event);
  /// Draws again so that clocks move; cheap when nothing is live.
  void tick();
  /// Takes the live lines off the screen, so that other output can follow.
  void clear();

 private:
  struct Line {
    std::string text;
    std::int64_t done = 0, total = 0;
    std::string unit;
    double eta = -1;
    std::chrono::steady_clock::time_point since;
  };
  void onStep(const Value& event);
  void onProgress(const Value& event);
  void onPaused(const Value& event);
  void draw();
  std::string counter() const;
  std::string lineFor(const std::string& name, const Line& line) const;

  ProgressMode mode_;
  bool live_ = false;
  std::size_t drawn_ = 0;
  std::size_t total_ = 0, finished_ = 0;
  std::string paused_;  ///< Why nothing goes on; empty while it does.
  std::map<std::string, Line> running_;
  std::map<std::string, std::pair<std::chrono::steady_clock::time_point, int>> lastPlain_;
  std::chrono::steady_clock::time_point lastDraw_{};
};

}  // namespace patchbay::cli
