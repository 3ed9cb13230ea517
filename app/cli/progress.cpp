// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/cli/command.h"

namespace patchbay::cli {
namespace {

std::size_t terminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

std::string counted(std::int64_t n, const std::string& unit) {
  return unit.empty() ? std::string{} : " " + unit + (n == 1 ? "" : unit.ends_with('s') ? "es" : "s");
}

/// Cut to a number of columns, never inside a character.
std::string cut(std::string text, std::size_t columns) {
  while (displayWidth(text) > columns) {
    do text.pop_back();
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
  }
  return text;
}

}  // namespace

ProgressView::ProgressView(ProgressMode mode) : mode_{mode} { live_ = mode == ProgressMode::Auto && ::isatty(STDERR_FILENO); }

void ProgressView::show(const Value& event) {
  if (mode_ == ProgressMode::Json) {
    fmt::print("{}\n", toJson(event));
    std::fflush(stdout);
    return;
  }
  if (mode_ == ProgressMode::None) return;
  const auto& kind = event["event"].asText();
  if (kind == "run") total_ = event["steps"].asList().size();
  if (kind == "step") onStep(event);
  if (kind == "progress") onProgress(event);
  if (kind == "paused") onPaused(event);
  if (kind == "resumed" && !paused_.empty()) {
    paused_.clear();
    clear();
    fmt::print(stderr, "There is room on the disk again; going on.\n");
  }
  if (kind == "log" && event["level"].asText() != "debug" && event["level"].asText() != "info") {
    clear();
    fmt::print(stderr, "  {}: {}\n", event["name"].asText(), event["text"].asText());
  }
}

void ProgressView::onStep(const Value& event) {
  const auto& name = event["name"].asText();
  const auto& state = event["state"].asText();
  if (state == "running") {
    running_[name] = {.since = std::chrono::steady_clock::now()};
    const auto why = phrase(event["reasons"]);
    // On a terminal the block's own line says that it runs; why it runs again stays on the screen.
    if (live_ && !why.empty()) clear();
    if (!live_ || !why.empty()) fmt::print(stderr, "{}{}: {}\n", counter(), name, why.empty() ? "running" : "runs again: " + why);
    tick();
    return;
  }
  running_.erase(name);
  if (state == "waiting") return;
  ++finished_;
  clear();
  std::string text = state;
  if (state == "ran") text = "done in " + duration(event["seconds"].asDouble());
  if (state == "cached") text = "cached";
  if (const auto n = event["items_cached"].asInt(); n > 0 && state == "ran")
    text += fmt::format(", {} computed, {} from the cache", event["items_computed"].asInt(), n);
  if (state == "failed") text = "failed: " + render(errorFromValue(event["error"]).cause);
  if (state == "skipped") text = "skipped, " + phrase(event["reasons"]);
  fmt::print(stderr, "{}{}: {}\n", counter(), name, text);
  tick();
}

void ProgressView::onPaused(const Value& event) {
  const auto cause = render(textFromValue(event["cause"])), hint = render(textFromValue(event["hint"]));
  const bool first = paused_.empty();
  paused_ = "Paused: " + cause;
  // A terminal keeps the figures up to date; elsewhere it is said once.
  if (!first) return tick();
  clear();
  fmt::print(stderr, "{}\n  {} Ctrl+C ends the run and keeps what was computed.\n", paused_, hint);
  tick();
}

/// "[ 3/12] ": how many blocks are over.
std::string ProgressView::counter() const {
  const auto all = std::to_string(total_);
  return fmt::format("[{:>{}}/{}] ", finished_, all.size(), all);
}

void ProgressView::onProgress(const Value& event) {
  const auto& name = event["name"].asText();
  auto& line = running_[name];
  line.text = render(textFromValue(event["phase"]));
  line.done = event["done"].asInt();
  line.total = event["total"].asInt();
  line.unit = event["unit"].asText();
  line.eta = event["eta"].asDouble(-1);
  if (live_) {
    tick();
    return;
  }
  // Without a terminal: a line every ten seconds, and one when the phase changes.
  auto& [when, decile] = lastPlain_[name + line.text];
  const auto now = std::chrono::steady_clock::now();
  if (decile != 0 && now - when < std::chrono::seconds{10}) return;
  decile = 1;
  when = now;
  fmt::print(stderr, "  {}\n", lineFor(name, line));
}

std::string ProgressView::lineFor(const std::string& name, const Line& line) const {
  // On a terminal what happens matters more than the end of a long name.
  constexpr std::size_t mostName = 16;
  const auto shown = live_ && displayWidth(name) > mostName ? cut(name, mostName - 1) + "\u2026" : name;
  std::string out = shown + ": " + (line.text.empty() ? "running" : line.text);
  if (line.total > 0) out += fmt::format(" {} of {}{}", line.done, line.total, counted(line.total, line.unit));
  else if (line.done > 0) out += fmt::format(" {}{}", line.done, counted(line.done, line.unit));
  const auto running = std::chrono::duration<double>(std::chrono::steady_clock::now() - line.since).count();
  if (line.eta >= 0) out += (live_ ? ", " : ", about ") + duration(line.eta) + " left";
  else if (live_ && running > 3 && running < 1e6) out += ", for " + duration(running);
  return out;
}

void ProgressView::tick() {
  if (!live_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - lastDraw_ < std::chrono::milliseconds{80}) return;
  lastDraw_ = now;
  draw();
}

void ProgressView::draw() {
  clear();
  const auto width = terminalWidth();
  for (const auto& [name, line] : running_) {
    constexpr std::size_t barWidth = 12;
    std::string bar;
    if (line.total > 0) {
      const auto filled =
          static_cast<std::size_t>(barWidth * std::clamp(static_cast<double>(line.done) / static_cast<double>(line.total), 0.0, 1.0));
      bar = "[" + std::string(filled, '#') + std::string(barWidth - filled, '.') + "] ";
    }
    fmt::print(stderr, "{}\n", cut("  " + bar + lineFor(name, line), width - 1));
    ++drawn_;
  }
  if (!paused_.empty()) {
    fmt::print(stderr, "{}\n", cut("  " + paused_, width - 1));
    ++drawn_;
  }
  std::fflush(stderr);
}

void ProgressView::clear() {
  if (drawn_ > 0) fmt::print(stderr, "\r\033[2K");  // What was typed meanwhile, such as ^C, stands below our lines.
  for (; drawn_ > 0; --drawn_) fmt::print(stderr, "\033[1A\033[2K");
}

}  // namespace patchbay::cli
