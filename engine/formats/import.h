// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "engine/formats/format.h"

namespace patchbay::formats {

struct ImportOptions {
  std::string format;              ///< Empty: the one that fits best.
  std::filesystem::path scratch;   ///< Where archives are unpacked; a folder that does not exist yet.
  ObjectWriter* copyTo = nullptr;  ///< Pictures are stored there; needed for archives whose pictures are to stay.
  bool keepMissing = false;        ///< Pictures that are not there become items all the same, without digest and size.
  int threads = 1;
};

/// A picture that was read, and where its bytes lie; empty when they were stored.
struct Taken {
  Item item;
  std::filesystem::path file;
};

/// Reads a data set in the background and hands it out in batches, each picture digested and its size read from its header.
class Import {
 public:
  /// NotFound, BadInput: nothing there, no format fits, a bomb.
  static Result<std::unique_ptr<Import>> begin(const std::filesystem::path& path, ImportOptions options);
  virtual ~Import() = default;
  /// The next pictures, at most `most`; none: that was all. Fails only when nothing could be read at all, or after stop().
  virtual Result<std::vector<Taken>> next(std::size_t most) = 0;
  /// Makes next() fail as Cancelled; from any thread.
  virtual void stop() = 0;
  virtual const Format& format() const = 0;
  virtual Report& report() = 0;
  // Known when next() gave none.
  virtual std::vector<ClassInfo> classes() const = 0;
  virtual std::string task() const = 0;
};

struct PreviewOptions {
  std::string format;
  std::filesystem::path scratch;
  std::chrono::milliseconds limit{10'000};  ///< What was not read by then does not count; "complete" is false.
  const StopFlag* stop = nullptr;
};
/// What an import would bring; nothing is taken or kept. {"format", "title": Text, "candidates": [{"format", "title", "confidence"}],
/// "items", "missing": n without a picture, "annotations": {kind: n}, "classes": [{"name", "count"}], "unlabelled", "splits": {name:
/// n}, "task", "bytes", "archive": bool, "complete": bool, "sample": [path], "left_out": n, "problems": Report}
Result<Value> preview(const std::filesystem::path& path, const PreviewOptions& options);

/// {"id", "title", "summary", "writes"} of all formats.
Value formatsValue();

/// A data set from one format into another; pictures go along. {"items", "format", "files", "bytes", "read": Report, "report": Report}
struct ConvertOptions {
  std::string from, to;
  std::filesystem::path scratch;
  bool pictures = true;
  int threads = 1;
  const StopFlag* stop = nullptr;
};
Result<Value> convert(const std::filesystem::path& from, const std::filesystem::path& to, const ConvertOptions& options);

/// "multi-label", "detection", "segmentation" or "classification", by what items carry.
class TaskGuess {
 public:
  void add(const Item& item);
  std::string task() const;

 private:
  std::int64_t boxes_ = 0, outlines_ = 0, several_ = 0;
};

}  // namespace patchbay::formats
