// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/import.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <thread>

#include "engine/vision/decode.h"

namespace patchbay::formats {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t mostQueued = 4096, mostSamples = 24;

tl::unexpected<Error> cancelled() {
  return fail(ErrorKind::Cancelled, "import.cancelled", TR("data", "The import was stopped."), TR("data", "Run again to go on."));
}

Result<const Format*> choose(const Source& source, const std::string& wanted) {
  if (!wanted.empty()) return formatNamed(wanted);
  const auto found = detectFormats(source);
  if (!found.empty()) return found.front().first;
  return fail(ErrorKind::BadInput, "format.none", TR("formats", "No pictures and no annotation files were found."),
              TR("formats", "Choose a folder or archive with pictures, or the export of another tool."),
              displayText(source.root().native()));
}

/// The picture itself has the last word on its size.
void checkSize(Record& record, const PictureSize& size, Report& report) {
  if (record.width > 0 && (record.width != size.width || record.height != size.height)) {
    const bool swapped = size.turned && record.width == size.height && record.height == size.width;
    report.add(swapped ? "picture.turned" : "picture.size", record.name);
    const auto masks = std::erase_if(record.annotations, [](const Annotation& a) { return a.kind == AnnotationKind::Mask; });
    report.add("annotation.mask", record.name, static_cast<std::int64_t>(masks));
  }
  record.width = size.width;
  record.height = size.height;
}

/// A reader on a thread of its own in front of a short queue.
class Reading final : public Import, private Sink {
 public:
  Reading(Source source, std::unique_ptr<Report> report, std::unique_ptr<StopFlag> flag, ImportOptions options, const Format& format)
      : Sink{*report, flag.get()},
        report_{std::move(report)},
        flag_{std::move(flag)},
        options_{std::move(options)},
        source_{std::move(source)},
        format_{format} {
    thread_ = std::thread{[this] { readAll(); }};
  }
  ~Reading() override {
    Reading::stop();
    thread_.join();
  }

  void stop() override {
    flag_->request();
    const std::lock_guard lock{mutex_};
    changed_.notify_all();
  }
  const Format& format() const override { return format_; }
  Report& report() override { return *report_; }
  std::vector<ClassInfo> classes() const override { return Sink::classes(); }
  std::string task() const override { return guess_.task(); }

  Result<std::vector<Taken>> next(std::size_t most) override {
    for (;;) {
      std::vector<Record> records;
      {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return done_ || flag_->requested() || queue_.size() >= std::min(most, mostQueued / 2); });
        if (flag_->requested()) return cancelled();
        while (!queue_.empty() && records.size() < most) {
          records.push_back(std::move(queue_.front()));
          queue_.pop_front();
        }
        changed_.notify_all();
        if (records.empty()) {
          if (!failure_) return std::vector<Taken>{};
          return fail(*failure_);
        }
      }
      auto taken = look(std::move(records));
      if (!taken.empty()) return taken;  // All of them may have been left out, and that was not all.
    }
  }

 private:
  bool take(Record record) override {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return flag_->requested() || queue_.size() < mostQueued; });
    if (flag_->requested()) return false;
    queue_.push_back(std::move(record));
    if (queue_.size() % 64 == 0) changed_.notify_all();
    return true;
  }

  void readAll() {
    std::optional<Error> failure;
    try {
      if (const auto read = format_.read(source_, *this); !read) failure = read.error();
    } catch (const std::exception& e) {
      failure = Error{ErrorKind::Internal,
                      "formats.exception",
                      TR("formats", "Reading failed: {what}").with("what", displayText(e.what())),
                      TR("formats", "Report this, with the file."),
                      {}};
    }
    const std::lock_guard lock{mutex_};
    failure_ = std::move(failure);
    done_ = true;
    changed_.notify_all();
  }

  std::vector<Taken> look(std::vector<Record> records) {
    std::vector<Taken> all(records.size());
    std::vector<char> good(records.size(), 0);
    std::atomic<std::size_t> at{0};
    const auto work = [&] {
      for (std::size_t i; !flag_->requested() && (i = at++) < records.size();) good[i] = lookAt(records[i], all[i]);
    };
    std::vector<std::jthread> others;
    for (int t = 1; t < options_.threads; ++t) others.emplace_back(work);
    work();
    others.clear();
    std::vector<Taken> to;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!good[i]) continue;
      if (!ids_.insert(all[i].item.id).second) {
        report_->add("id.twice", all[i].item.paths.front());
        continue;
      }
      guess_.add(all[i].item);
      to.push_back(std::move(all[i]));
    }
    return to;
  }

  bool lookAt(Record& record, Taken& to) {
    if (record.file.empty()) {
      report_->add("picture.missing", record.name);
      if (!options_.keepMissing) return false;
    } else {
      const auto file = source_.open(record.file);
      const auto info = file ? vision::probe(file->bytes()) : fail(file.error());
      if (!info) {
        report_->add(file ? "picture.unreadable" : "file.unreadable", record.name);
        return false;
      }
      const bool turned = info->orientation >= 5;
      checkSize(record, {turned ? info->height : info->width, turned ? info->width : info->height, turned}, *report_);
      to.item.size = static_cast<std::int64_t>(file->text().size());
      if (options_.copyTo) {
        const auto stored = options_.copyTo->put(file->text());
        if (!stored) {
          report_->add("file.unreadable", record.name);
          return false;
        }
        to.item.digest = *stored;
      } else {
        to.item.digest = digestOf(file->bytes());
        to.file = source_.pathOf(record.file);
      }
    }
    auto& item = to.item;
    item.paths = {record.name};
    const bool given = record.id.size() == 32 && record.id.find_first_not_of("0123456789abcdef") == std::string::npos;
    item.id = given ? record.id : makeItemId(record.name, item.digest);
    item.width = record.width;
    item.height = record.height;
    item.split = record.split;
    item.group = std::move(record.group);
    item.annotations = std::move(record.annotations);
    return true;
  }

  std::unique_ptr<Report> report_;
  std::unique_ptr<StopFlag> flag_;
  ImportOptions options_;
  Source source_;
  const Format& format_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Record> queue_;
  std::optional<Error> failure_;
  bool done_ = false;
  std::set<std::string> ids_;
  TaskGuess guess_;
};

/// Counts what it is given, until the time is up.
class Counting final : public Sink {
 public:
  Counting(const Source& source, Report& report, const PreviewOptions& options)
      : Sink{report, options.stop}, source_{source}, end_{std::chrono::steady_clock::now() + options.limit} {}

  Value value() const {
    Value out{Value::Map{{"items", items_},
                         {"missing", missing_},
                         {"unlabelled", unlabelled_},
                         {"complete", complete_},
                         {"bytes", bytes_},
                         {"task", guess_.task()}}};
    out["annotations"] = Value::Map{};
    for (const auto& [kind, n] : kinds_) out["annotations"][kindName(kind)] = n;
    out["classes"] = Value::List{};
    for (const auto& one : classes()) {
      const auto at = byClass_.find(one.name);
      out["classes"].push(Value::Map{{"name", one.name}, {"count", at == byClass_.end() ? 0 : at->second}});
    }
    out["splits"] = Value::Map{};
    for (const auto& [split, n] : splits_) out["splits"][split == Split::None ? "none" : toString(split)] = n;
    out["sample"] = Value::List{};
    // One of every class, then a second one, until there are enough.
    auto& sample = out["sample"].list();
    for (std::size_t turn = 0; turn < mostSamples && sample.size() < mostSamples; ++turn)
      for (const auto& [label, paths] : samples_)
        if (turn < paths.size() && sample.size() < mostSamples) sample.push_back(paths[turn]);
    return out;
  }

 protected:
  bool take(Record record) override {
    ++items_;
    ++splits_[record.split];
    missing_ += record.file.empty();
    if (record.file.empty()) report().add("picture.missing", record.name);
    unlabelled_ += record.annotations.empty();
    std::set<std::string_view> labels;
    for (const auto& a : record.annotations) {
      ++kinds_[a.kind];
      if (a.kind != AnnotationKind::Number && a.kind != AnnotationKind::Text) labels.insert(a.label);
    }
    for (const auto label : labels) ++byClass_[std::string{label}];
    if (!record.file.empty()) sample(record, labels);
    Item item;
    item.annotations = std::move(record.annotations);
    guess_.add(item);
    if (items_ % 64 != 0 || std::chrono::steady_clock::now() < end_) return true;
    complete_ = false;
    return false;
  }

 private:
  /// Pictures of as many classes as there are, for a look at them.
  void sample(const Record& record, const std::set<std::string_view>& labels) {
    std::error_code ec;
    bytes_ += static_cast<std::int64_t>(fs::file_size(source_.pathOf(record.file), ec));
    const std::string first{labels.empty() ? std::string_view{} : *labels.begin()};
    const auto known = samples_.find(first);
    if (known == samples_.end() ? samples_.size() >= mostSamples : known->second.size() >= mostSamples) return;
    samples_[first].push_back(pathToValue(source_.pathOf(record.file)));
  }

  const Source& source_;
  std::chrono::steady_clock::time_point end_;
  std::int64_t items_ = 0, missing_ = 0, unlabelled_ = 0, bytes_ = 0;
  bool complete_ = true;
  std::map<AnnotationKind, std::int64_t> kinds_;
  std::map<std::string, std::int64_t> byClass_;
  std::map<Split, std::int64_t> splits_;
  std::map<std::string, std::vector<Value>> samples_;  ///< Of the first classes.
  TaskGuess guess_;
};

}  // namespace

void TaskGuess::add(const Item& item) {
  std::int64_t classes = 0;
  for (const auto& a : item.annotations) {
    boxes_ += a.kind == AnnotationKind::Box || a.kind == AnnotationKind::RotatedBox;
    outlines_ += a.kind == AnnotationKind::Polygon || a.kind == AnnotationKind::Mask;
    classes += a.kind == AnnotationKind::Class;
    several_ += a.kind == AnnotationKind::Class && a.score == 0;
  }
  several_ += classes > 1;
}

std::string TaskGuess::task() const {
  if (outlines_ > 0) return "segmentation";
  if (boxes_ > 0) return "detection";
  return several_ > 0 ? "multi-label" : "classification";
}

Result<std::unique_ptr<Import>> Import::begin(const fs::path& path, ImportOptions options) {
  auto report = std::make_unique<Report>();
  auto flag = std::make_unique<StopFlag>();
  PB_TRY(auto source, Source::open(path, *report, {.scratch = options.scratch, .stop = flag.get()}));
  PB_TRY(const auto* format, choose(source, options.format));
  return std::make_unique<Reading>(std::move(source), std::move(report), std::move(flag), std::move(options), *format);
}

Result<Value> preview(const fs::path& path, const PreviewOptions& options) {
  Report report;
  PB_TRY(const auto source, Source::open(path, report, {.scratch = options.scratch, .stop = options.stop}));
  PB_TRY(const auto* format, choose(source, options.format));
  Counting counting{source, report, options};
  const auto read = format->read(source, counting);
  if (!read && report.leftOut() == 0) return fail(read.error());
  if (counting.stopped()) return cancelled();
  auto out = counting.value();
  out["format"] = format->info().id;
  out["title"] = toValue(format->info().title);
  out["archive"] = source.unpacked();
  // What was unpacked goes away with the source.
  if (source.unpacked()) out["sample"] = Value::List{};
  out["candidates"] = Value::List{};
  for (const auto& [one, sure] : detectFormats(source))
    out["candidates"].push(Value::Map{{"format", one->info().id}, {"title", toValue(one->info().title)}, {"confidence", sure}});
  out["left_out"] = report.leftOut();
  out["problems"] = report.toValue();
  return out;
}

Value formatsValue() {
  Value list{Value::List{}};
  for (const auto* format : allFormats())
    list.push(Value::Map{{"id", format->info().id},
                         {"title", toValue(format->info().title)},
                         {"summary", toValue(format->info().summary)},
                         {"writes", format->info().writes}});
  return list;
}

Result<Value> convert(const fs::path& from, const fs::path& to, const ConvertOptions& options) {
  PB_TRY(const auto* format, formatNamed(options.to));
  PB_TRY(const auto import,
         Import::begin(from, {.format = options.from, .scratch = options.scratch, .keepMissing = true, .threads = options.threads}));
  // The writer wants to know the parts and classes beforehand, so that all items are held.
  std::vector<Taken> all;
  std::set<Split> splits;
  for (;;) {
    if (options.stop && options.stop->requested()) return cancelled();
    PB_TRY(auto batch, import->next(512));
    if (batch.empty()) break;
    for (auto& one : batch) {
      splits.insert(one.item.split);
      all.push_back(std::move(one));
    }
  }
  const fs::path* file = nullptr;
  PB_TRY(const auto target, Target::create(
                                to,
                                [&](const Item&) -> Result<MappedFile> {
                                  if (file->empty()) return fail(systemError(ENOENT, "open", ""));
                                  return MappedFile::open(*file);
                                },
                                options.pictures));
  Report report;
  PB_TRY(const auto writer, format->writer(*target, report, {import->classes(), std::move(splits)}));
  for (const auto& one : all) {
    if (options.stop && options.stop->requested()) return cancelled();
    file = &one.file;
    PB_CHECK(writer->add(one.item));
  }
  PB_CHECK(writer->finish());
  PB_CHECK(target->finish());
  return Value{Value::Map{{"items", static_cast<std::int64_t>(all.size())},
                          {"format", import->format().info().id},
                          {"files", target->files()},
                          {"bytes", target->bytes()},
                          {"read", import->report().toValue()},
                          {"report", report.toValue()}}};
}

}  // namespace patchbay::formats
