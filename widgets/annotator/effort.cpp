// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/effort.h"

#include <algorithm>
#include <cstdio>

namespace patchbay::widgets {

namespace {

constexpr double longestPause = 10;

/// RFC 4180.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out{'"'};
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

void EffortMeter::begin(qint64 nowMs) {
  now_ = {};
  last_ = nowMs;
}

void EffortMeter::pass(qint64 nowMs) {
  now_.seconds += std::clamp(static_cast<double>(nowMs - last_) / 1000, 0.0, longestPause);
  last_ = nowMs;
}

void EffortMeter::click(qint64 nowMs) {
  pass(nowMs);
  ++now_.clicks;
}

void EffortMeter::key(qint64 nowMs) {
  pass(nowMs);
  ++now_.keys;
}

EffortMeter::Label EffortMeter::accept(qint64 nowMs) {
  pass(nowMs);
  const auto cost = now_;
  sum_.clicks += cost.clicks;
  sum_.keys += cost.keys;
  sum_.seconds += cost.seconds;
  ++labels_;
  begin(nowMs);
  return cost;
}

std::string EffortMeter::csvHeader() { return "at,item,what,label,how,clicks,keys,seconds\n"; }

std::string EffortMeter::csvLine(const std::string& at, const std::string& item, const std::string& what, const std::string& label, How how,
                                 const Label& cost) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.2f", cost.seconds);
  return at + ',' + item + ',' + what + ',' + quoted(label) + ',' + (how == How::ByHand ? "by hand" : "suggested") + ',' +
         std::to_string(cost.clicks) + ',' + std::to_string(cost.keys) + ',' + seconds + '\n';
}

}  // namespace patchbay::widgets
