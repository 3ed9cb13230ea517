// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QElapsedTimer>
#include <cstdint>
#include <string>

namespace patchbay::widgets {

/// What a label cost the person: mouse clicks, keys and seconds from when the picture could be seen. Pauses are not work: of a time in
/// which nothing was done only the first ten seconds count.
class EffortMeter {
 public:
  struct Label {
    int clicks = 0, keys = 0;
    double seconds = 0;
  };
  /// What was accepted, and how it came about: by hand, or as it was suggested.
  enum class How : std::uint8_t { ByHand, Suggested };

  void begin(qint64 nowMs);
  void click(qint64 nowMs);
  void key(qint64 nowMs);
  /// A label was accepted: what it cost; the next one begins.
  Label accept(qint64 nowMs);
  /// Of all since the start.
  int labels() const { return labels_; }
  const Label& sum() const { return sum_; }
  /// One line of the file that goes with an exported data set, with its line end; text is quoted where it must be.
  static std::string csvHeader();
  static std::string csvLine(const std::string& at, const std::string& item, const std::string& what, const std::string& label, How how,
                             const Label& cost);

 private:
  void pass(qint64 nowMs);
  Label now_, sum_;
  int labels_ = 0;
  qint64 last_ = 0;
};

}  // namespace patchbay::widgets
