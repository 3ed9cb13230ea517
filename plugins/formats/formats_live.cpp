// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/detail/item_codec.h"
#include "engine/formats/import.h"

namespace patchbay::blocks {
namespace formats_live_cpp {
namespace fs = std::filesystem;

constexpr std::size_t usualBatch = 512, mostBatch = 8192, mostSessions = 16;

/// Items as "count, each as in a dataset's chunks".
Value packed(const std::vector<formats::Taken>& batch) {
  ByteWriter writer;
  writer.count(batch.size());
  for (const auto& one : batch) detail::writeItem(writer, one.item);
  return Value::Bytes(writer.out.begin(), writer.out.end());
}

Result<std::vector<Item>> unpacked(const Value& bytes) {
  const auto& raw = bytes.asBytes();
  ByteReader reader{{reinterpret_cast<const char*>(raw.data()), raw.size()}};
  std::vector<Item> items(reader.countOf(64));
  for (auto& item : items) item = detail::readItem(reader);
  if (reader.done()) return items;
  return fail(ErrorKind::Corrupt, "formats.batch", TR("formats", "The pictures to be written arrived damaged."),
              TR("formats", "Try again."));
}

struct Session {
  std::mutex mutex;  ///< Requests of one session follow one another.
  std::unique_ptr<formats::Import> import;
  bool first = true;
  std::unique_ptr<formats::Report> report;
  std::unique_ptr<formats::Target> target;
  std::unique_ptr<formats::Writer> writer;
};

/// Reads and writes data sets of other tools, in batches. Any number of sessions; one that is not ended goes with the worker.
///
/// formats {} -> {"formats": [{"id", "title", "summary", "writes"}]}
/// preview {"path", "format"?, "scratch": folder to unpack archives in, "limit_seconds"?} -> formats::preview
/// import_begin {"path", "format"?, "copy": store the pictures, "scratch"} -> {"session", "format", "title"}
/// import_next {"session", "most"?} -> {"items": bytes, "files": [path or null], "done", "task", "classes"?: [{"name", "attributes"}]
///   with the first pictures and with none}; when done also {"report", "left_out"}, and the session is over
/// export_begin {"path", "format", "pictures": bool, "classes": [{"name", "attributes"}], "splits": [name]} -> {"session"}
/// export_items {"session", "items": bytes} -> {}
/// export_end {"session"} -> {"files", "bytes", "report"}
/// close {"session"} -> {}: stops it; nothing of an export is left
/// convert {"from", "to", "format", "from_format"?, "pictures"?, "scratch"} -> formats::convert
class FormatsService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method == "about") return Value{Value::Map{{"parallel", 4}}};
    if (method == "formats") return Value{Value::Map{{"formats", formats::formatsValue()}}};
    if (method == "preview") {
      formats::PreviewOptions options{.format = args["format"].asText(), .scratch = pathFromValue(args["scratch"]), .stop = &stop};
      if (const auto limit = args["limit_seconds"].asDouble(0); limit > 0)
        options.limit = std::chrono::milliseconds{static_cast<std::int64_t>(1000 * std::min(limit, 3600.0))};
      return formats::preview(pathFromValue(args["path"]), options);
    }
    if (method == "convert")
      return formats::convert(pathFromValue(args["from"]), pathFromValue(args["to"]),
                              {.from = args["from_format"].asText(),
                               .to = args["format"].asText(),
                               .scratch = pathFromValue(args["scratch"]),
                               .pictures = args["pictures"].asBool(true),
                               .threads = threads(),
                               .stop = &stop});
    if (method == "import_begin") return importBegin(args, objects);
    if (method == "export_begin") return exportBegin(args, objects);
    if (method == "import_next") return importNext(args);
    if (method == "export_items") return exportItems(args);
    if (method == "export_end") return exportEnd(args);
    if (method == "close") {
      if (const auto session = taken(args)) {
        if (session->import) session->import->stop();
      }
      return Value{Value::Map{}};
    }
    return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                TR("formats", "Ask for formats, preview, convert, import_begin or export_begin."));
  }

 private:
  static int threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

  Result<Value> opened(std::shared_ptr<Session> session, Value answer) {
    const std::lock_guard lock{mutex_};
    if (sessions_.size() >= mostSessions)
      return fail(ErrorKind::Busy, "formats.sessions", TR("formats", "Too many imports and exports are under way."),
                  TR("formats", "Wait until one has ended."));
    const auto number = ++last_;
    sessions_[number] = std::move(session);
    answer["session"] = number;
    return answer;
  }
  Result<std::shared_ptr<Session>> session(const Value& args) {
    const std::lock_guard lock{mutex_};
    const auto at = sessions_.find(args["session"].asInt());
    if (at != sessions_.end()) return at->second;
    return fail(ErrorKind::NotFound, "formats.session", TR("formats", "The import or export is not under way any more."),
                TR("formats", "Begin it again."));
  }
  std::shared_ptr<Session> taken(const Value& args) {
    const std::lock_guard lock{mutex_};
    const auto at = sessions_.find(args["session"].asInt());
    if (at == sessions_.end()) return nullptr;
    auto session = std::move(at->second);
    sessions_.erase(at);
    return session;
  }

  Result<Value> importBegin(const Value& args, ObjectStore& objects) {
    const auto path = pathFromValue(args["path"]);
    const bool copy = args["copy"].asBool() || formats::isArchive(path);
    auto session = std::make_shared<Session>();
    PB_TRY(session->import, formats::Import::begin(path, {.format = args["format"].asText(),
                                                          .scratch = pathFromValue(args["scratch"]),
                                                          .copyTo = copy ? &objects : nullptr,
                                                          .threads = threads()}));
    const auto& info = session->import->format().info();
    Value answer{Value::Map{{"format", info.id}, {"title", toValue(info.title)}}};
    return opened(std::move(session), std::move(answer));
  }

  Result<Value> importNext(const Value& args) {
    PB_TRY(const auto session, this->session(args));
    const std::lock_guard lock{session->mutex};
    if (!session->import)
      return fail(ErrorKind::Usage, "formats.session", TR("formats", "This is no import."), TR("formats", "Begin it again."));
    const auto most = std::clamp<std::int64_t>(args["most"].asInt(usualBatch), 1, mostBatch);
    auto batch = session->import->next(static_cast<std::size_t>(most));
    if (!batch) {
      taken(args);
      return fail(batch.error());
    }
    Value answer{Value::Map{{"items", packed(*batch)}, {"files", Value::List{}}, {"done", batch->empty()}}};
    for (const auto& one : *batch) answer["files"].push(one.file.empty() ? Value{} : pathToValue(one.file));
    answer["task"] = session->import->task();
    if (session->first || batch->empty()) {
      answer["classes"] = Value::List{};
      for (const auto& one : session->import->classes())
        answer["classes"].push(Value::Map{{"name", one.name}, {"attributes", one.attributes}});
    }
    session->first = false;
    if (!batch->empty()) return answer;
    answer["report"] = session->import->report().toValue();
    answer["left_out"] = session->import->report().leftOut();
    taken(args);
    return answer;
  }

  Result<Value> exportBegin(const Value& args, ObjectStore& objects) {
    PB_TRY(const auto* format, formats::formatNamed(args["format"].asText()));
    formats::Facts facts;
    for (const auto& one : args["classes"].asList()) facts.classes.push_back({one["name"].asText(), one["attributes"]});
    for (const auto& one : args["splits"].asList()) facts.splits.insert(splitFrom(one.asText()));
    auto session = std::make_shared<Session>();
    session->report = std::make_unique<formats::Report>();
    PB_TRY(session->target, formats::Target::create(
                                pathFromValue(args["path"]), [&objects](const Item& item) { return objects.open(item.digest); },
                                args["pictures"].asBool(true)));
    PB_TRY(session->writer, format->writer(*session->target, *session->report, std::move(facts)));
    return opened(std::move(session), Value{Value::Map{}});
  }

  Result<Value> exportItems(const Value& args) {
    PB_TRY(const auto session, this->session(args));
    const std::lock_guard lock{session->mutex};
    PB_TRY(const auto items, unpacked(args["items"]));
    if (!session->writer)
      return fail(ErrorKind::Usage, "formats.session", TR("formats", "This is no export."), TR("formats", "Begin it again."));
    for (const auto& item : items) PB_CHECK(session->writer->add(item));
    return Value{Value::Map{}};
  }

  Result<Value> exportEnd(const Value& args) {
    const auto session = taken(args);
    if (!session || !session->writer)
      return fail(ErrorKind::NotFound, "formats.session", TR("formats", "The import or export is not under way any more."),
                  TR("formats", "Begin it again."));
    const std::lock_guard lock{session->mutex};
    PB_CHECK(session->writer->finish());
    PB_CHECK(session->target->finish());
    return Value{
        Value::Map{{"files", session->target->files()}, {"bytes", session->target->bytes()}, {"report", session->report->toValue()}}};
  }

  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<Session>> sessions_;
  std::int64_t last_ = 0;
};

}  // namespace formats_live_cpp

PATCHBAY_LIVE(formats_formats_live, formats_live_cpp::FormatsService, "patchbay.live.formats")
}  // namespace patchbay::blocks
