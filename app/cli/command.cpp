// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/base/file.h"
#include "engine/block/schema.h"
#include "engine/service/pipeline_place.h"
#include "engine/service/templates.h"

namespace patchbay::cli {
namespace fs = std::filesystem;
namespace {

/// $XDG_DATA_HOME/patchbay, where what belongs to the user lies.
fs::path userData() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  return (data && *data == '/' ? fs::path{data} : fs::path{home ? home : "/tmp"} / ".local" / "share") / "patchbay";
}

/// Where templates run unless another project is named.
fs::path userProject(const std::string& name) { return userData() / "projects" / name; }

}  // namespace

int exitCodeOf(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Usage:
    case ErrorKind::NotFound:
      return Exit::usage;
    case ErrorKind::InvalidPipeline:
      return Exit::invalidPipeline;
    case ErrorKind::Unreachable:
      return Exit::unreachable;
    case ErrorKind::Busy:
    case ErrorKind::TooNew:
      return Exit::busy;
    case ErrorKind::Cancelled:
      return Exit::cancelled;
    default:
      return Exit::blockFailed;
  }
}

int report(const Error& error) {
  const auto where = error.where.empty() ? std::string{} : error.where + ": ";
  fmt::print(stderr, "patchbay: {}{}\n", where, render(error.cause));
  if (!error.hint.empty()) fmt::print(stderr, "          {}\n", render(error.hint));
  return exitCodeOf(error);
}

Result<Pipeline> openPipeline(const std::string& name, const std::string& project) {
  Pipeline out;
  std::error_code ec;
  if (fs::is_regular_file(name, ec)) {
    const auto file = fs::absolute(name);
    PB_TRY(const auto text, readFile(file, std::size_t{256} << 20));
    auto document = parseJson(text);
    if (!document) {
      auto error = document.error();
      error.kind = ErrorKind::InvalidPipeline;
      error.where = displayText(name);
      return fail(std::move(error));
    }
    out.document = std::move(*document);
    const auto place = placeOf(file);
    out.project = project.empty() ? place.project : fs::absolute(project);
    out.baseFolder = place.base;
    return out;
  }
  if (name.ends_with(".json") || name.find('/') != std::string::npos)
    return fail(ErrorKind::NotFound, "pipeline.missing", TR("cli", "There is no pipeline file {path}.").with("path", displayText(name)),
                TR("cli", "Check the path; `patchbay new TEMPLATE FILE` makes one."));
  PB_TRY(out.document, openTemplate(name));
  out.project = project.empty() ? userProject(name) : fs::absolute(project);
  out.baseFolder = fs::current_path();
  return out;
}

fs::path scratchProject() { return userData() / "scratch"; }

Result<std::unique_ptr<Engine>> scratchEngine() {
  const auto folder = scratchProject();
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "make", displayText(folder.native())));
  return connectEngine(folder);
}

Result<fs::path> chosenProject(const std::string& project) {
  if (!project.empty()) return fs::absolute(project);
  if (const auto above = projectAbove(fs::current_path())) return *above;
  return fail(ErrorKind::Usage, "project.unknown", TR("cli", "This folder is not a Patchbay project."),
              TR("cli", "Name the project: --project DIR. `patchbay run` prints where it keeps its own."));
}

std::string phrase(const Value& reasons) {
  std::string out;
  for (const auto& reason : reasons.asList()) {
    const auto text = textFromValue(reason);
    if (text.source == firstRunReason) continue;
    auto words = render(text);
    // A sentence of ours begins with a word that is no name; what begins with a label or a path keeps its form.
    for (const auto* start : {"It ", "Its ", "The ", "This ", "What ", "Files ", "Something "})
      if (words.starts_with(start)) words.front() = static_cast<char>(words.front() - 'A' + 'a');
    if (words.ends_with('.') && !words.ends_with("..")) words.pop_back();
    if (!words.empty()) out += (out.empty() ? "" : "; ") + words;
  }
  return out;
}

std::string didYouMean(const std::string& word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  return near.empty() ? std::string{} : "Did you mean \"" + near + "\"? ";
}

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xC0) == 0x80) continue;
    // Three-byte characters from U+1100 on that are East Asian wide take two columns.
    width += c >= 0xE1 && c <= 0xED ? (c >= 0xE2 && c < 0xE3 ? 1 : 2) : c >= 0xF0 ? 2 : 1;
  }
  return width;
}

std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], displayWidth(row[c]));
    }
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string pad(widths[c] - displayWidth(rows[r][c]), ' ');
      line += c ? "  " : "";
      line += c < right.size() && right[c] ? pad + rows[r][c] : rows[r][c] + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) {
      std::size_t total = 2 * (widths.size() - 1);
      for (const auto w : widths) total += w;
      out += std::string(total, '-') + "\n";
    }
  }
  return out;
}

std::string fixed(double value, int digits) { return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-"; }

std::string duration(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(std::lround(seconds));
  return whole < 3600 ? fmt::format("{} min {:02} s", whole / 60, whole % 60)
                      : fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string bytes(std::int64_t count) {
  const auto v = static_cast<double>(count);
  if (v < 1e3) return fmt::format("{} B", count);
  if (v < 1e6) return fmt::format("{:.1f} kB", v / 1e3);
  if (v < 1e9) return fmt::format("{:.1f} MB", v / 1e6);
  return fmt::format("{:.2f} GB", v / 1e9);
}

}  // namespace patchbay::cli
