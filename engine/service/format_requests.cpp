// SPDX-License-Identifier: Apache-2.0
#include "engine/service/format_requests.h"

#include <algorithm>
#include <future>
#include <set>

#include "engine/base/id.h"
#include "engine/data/detail/item_codec.h"

namespace patchbay {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view service = "patchbay.live.formats";
constexpr std::size_t batchItems = 512, batchBytes = std::size_t{4} << 20;

OnConflict onConflictFrom(std::string_view name) {
  if (name == "keep") return OnConflict::Keep;
  return name == "replace" ? OnConflict::Replace : OnConflict::Add;
}

class FormatRequests {
 public:
  FormatRequests(Project& project, AskLive live, std::function<void(const Value&)> tell)
      : project_{project}, live_{std::move(live)}, tell_{std::move(tell)} {
    // What an engine that was killed had unpacked.
    std::error_code ignored;
    if (!project_.readOnly()) fs::remove_all(scratchFolder(), ignored);
  }

  Result<Value> ask(std::string_view method, const Value& args) const {
    if (!live_)
      return fail(ErrorKind::Unsupported, "live.none", TR("error", "This engine has no live workers."),
                  TR("error", "Use patchbay-engine."));
    auto promise = std::make_shared<std::promise<Result<LiveAnswer>>>();
    auto future = promise->get_future();
    live_(service, method, args, {}, [promise](Result<LiveAnswer> answer) { promise->set_value(std::move(answer)); });
    PB_TRY(auto answer, future.get());
    return inlined(std::move(answer));
  }

  Result<Value> preview(const Value& request) const {
    auto args = request;
    args["scratch"] = pathToValue(freshScratch());
    return ask("preview", args);
  }

  /// {"path", "format"?, "copy"?, "on_conflict"?, "author"?, "what"?} -> {"revision", "added", "changed", "kept", "format", "report",
  /// "left_out"}
  Result<Value> import(RevisionStore& store, const Value& request) const {
    const auto path = pathFromValue(request["path"]);
    PB_TRY(const auto begun, ask("import_begin", Value::Map{{"path", request["path"]},
                                                            {"format", request["format"]},
                                                            {"copy", request["copy"].asBool()},
                                                            {"scratch", pathToValue(freshScratch())}}));
    const auto session = begun["session"].asInt();
    auto done = read(store, request, path, session);
    if (!done) {
      // Of no use any more; the worker may be gone as well.
      (void)ask("close", Value::Map{{"session", session}});
      return done;
    }
    (*done)["format"] = begun["format"];
    return done;
  }

  /// {"folder" or "file", "format", "revision"?, "pictures"?} -> {"path", "items", "files", "bytes", "report"}
  Result<Value> exported(RevisionStore& store, const Value& request) const {
    const auto path = pathFromValue(request.contains("file") ? request["file"] : request["folder"]);
    if (path.empty())
      return fail(ErrorKind::Usage, "export.path", TR("data", "It was not said where to."), TR("data", "Name a folder or a .zip file."),
                  "folder");
    const auto& which = request["revision"];
    PB_TRY(const auto revision, store.revision(which.isInt()            ? std::to_string(which.asInt())
                                               : which.asText().empty() ? "newest"
                                                                        : which.asText()));
    if (revision.number == 0)
      return fail(ErrorKind::NotFound, "data.none", TR("data", "There is no data in this project yet."),
                  TR("data", "Import pictures into it first: `patchbay import PATH`."));
    PB_TRY(const auto info, store.infoOf(revision.number));
    Value begin{Value::Map{{"path", pathToValue(path)}, {"format", request["format"]}, {"pictures", request["pictures"].asBool(true)}}};
    begin["classes"] = Value::List{};
    for (const auto& one : info.classes) begin["classes"].push(Value::Map{{"name", one.name}, {"attributes", one.attributes}});
    // Writers want to know beforehand which parts there are.
    std::set<Split> splits;
    PB_CHECK(store.forEach(revision.number, [&](const Item& item) -> Result<> {
      splits.insert(item.split);
      return {};
    }));
    begin["splits"] = Value::List{};
    for (const auto split : splits) begin["splits"].push(toString(split));
    PB_TRY(const auto begun, ask("export_begin", begin));
    const auto session = begun["session"].asInt();
    auto done = write(store, revision, session);
    if (!done) {
      (void)ask("close", Value::Map{{"session", session}});
      return done;
    }
    (*done)["path"] = pathToValue(path);
    (*done)["items"] = revision.items;
    (*done)["revision"] = toValue(revision);
    return done;
  }

 private:
  fs::path scratchFolder() const { return project_.folder() / ".imports"; }
  fs::path freshScratch() const { return scratchFolder() / newUlid(); }

  void progress(std::string_view what, const fs::path& path, std::int64_t done, std::int64_t total = 0) const {
    Value event{Value::Map{{"event", "data_progress"}, {"do", what}, {"path", pathToValue(path)}, {"done", done}}};
    if (total > 0) event["total"] = total;
    tell_(event);
  }

  Result<Value> read(RevisionStore& store, const Value& request, const fs::path& path, std::int64_t session) const {
    ImportOptions options;
    const auto name = displayText(path.filename().native());
    options.what = request["what"].isMap() ? textFromValue(request["what"]) : TR("history", "Imported {name}").with("name", name);
    options.onConflict = onConflictFrom(request["on_conflict"].asText());
    if (!request["author"].asText().empty()) options.author = request["author"].asText();
    std::unique_ptr<DataImport> import;
    std::vector<Item> waiting;
    std::int64_t items = 0, refused = 0;
    Value last;
    for (;;) {
      PB_TRY(auto batch, ask("import_next", Value::Map{{"session", session}, {"most", static_cast<std::int64_t>(batchItems)}}));
      if (batch["done"].asBool()) {
        last = std::move(batch);
        break;
      }
      const auto& bytes = batch["items"].asBytes();
      ByteReader reader{{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
      const auto& files = batch["files"].asList();
      const auto count = reader.countOf(64);
      if (!import) {
        // Readers say the classes before the first picture; one that turns up later comes behind them.
        options.info = infoOf(batch);
        PB_TRY(import, store.beginImport(options));
      }
      for (std::size_t i = 0; i < count; ++i) {
        const auto item = detail::readItem(reader);
        if (!reader.ok()) return detail::damagedDataset("batch");
        if (i < files.size() && !files[i].isNull()) PB_CHECK(project_.addSource(item.digest, {pathFromValue(files[i])}));
        if (const auto added = import->add(item); added) ++items;
        else if (added.error().kind == ErrorKind::BadInput) ++refused;
        else return fail(added.error());
      }
      progress("import", path, items);
    }
    if (!import)
      return fail(ErrorKind::BadInput, "import.nothing",
                  TR("data", "Nothing in {path} could be imported.").with("path", displayText(path.native())), firstCause(last["report"]));
    // Where the pictures lie is on the disk before the revision that speaks of them.
    PB_CHECK(project_.flush());
    PB_TRY(auto result, import->finish());
    import.reset();
    PB_CHECK(correctTask(store, last["task"].asText(), options, result.revision));
    return Value{Value::Map{{"revision", toValue(result.revision)},
                            {"added", result.added},
                            {"changed", result.changed},
                            {"kept", result.kept},
                            {"left_out", last["left_out"].asInt() + refused},
                            {"report", last["report"]}}};
  }

  /// What the user reads when nothing came: the most frequent reason.
  static Text firstCause(const Value& report) {
    if (report.asList().empty()) return TR("data", "Choose a folder or archive with pictures, or another format.");
    return textFromValue(report.asList().front()["cause"]);
  }

  static DataInfo infoOf(const Value& batch) {
    DataInfo info;
    info.task = batch["task"].asText();
    for (const auto& one : batch["classes"].asList())
      info.classes.push_back({one["name"].asText(), one["attributes"]["color"].asText(), one["attributes"], 0});
    return info;
  }

  /// The first pictures may have had no boxes; of a set that others began nobody's task is changed.
  static Result<> correctTask(RevisionStore& store, const std::string& task, const ImportOptions& options, Revision& revision) {
    if (!revision.parent.empty() || options.info->task == task) return {};
    PB_TRY(auto info, store.info());
    info.task = task;
    PB_TRY(revision, store.setInfo(info, {}, options.author));
    return {};
  }

  Result<Value> write(RevisionStore& store, const Revision& revision, std::int64_t session) const {
    ByteWriter batch;
    std::size_t count = 0;
    std::int64_t done = 0;
    const auto flush = [&]() -> Result<> {
      if (count == 0) return {};
      ByteWriter whole;
      whole.count(count);
      whole.raw(batch.out);
      PB_CHECK(ask("export_items", Value::Map{{"session", session}, {"items", Value::Bytes(whole.out.begin(), whole.out.end())}}));
      done += static_cast<std::int64_t>(count);
      progress("export", {}, done, revision.items);
      batch.out.clear();
      count = 0;
      return {};
    };
    PB_CHECK(store.forEach(revision.number, [&](const Item& item) -> Result<> {
      detail::writeItem(batch, item);
      ++count;
      if (count < batchItems && batch.out.size() < batchBytes) return {};
      return flush();
    }));
    PB_CHECK(flush());
    return ask("export_end", Value::Map{{"session", session}});
  }

  Project& project_;
  AskLive live_;
  std::function<void(const Value&)> tell_;
};

}  // namespace

void addFormatRequests(DataRequests& requests, Project& project, AskLive live, std::function<void(const Value&)> tell) {
  const auto formats = std::make_shared<FormatRequests>(project, std::move(live), std::move(tell));
  requests.add("formats", [formats](RevisionStore&, const Value&) { return formats->ask("formats", Value::Map{}); });
  requests.add("preview", [formats](RevisionStore&, const Value& request) { return formats->preview(request); });
  requests.add("import", [formats](RevisionStore& store, const Value& request) { return formats->import(store, request); });
  requests.add("export", [formats](RevisionStore& store, const Value& request) { return formats->exported(store, request); });
}

}  // namespace patchbay
