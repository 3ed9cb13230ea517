// SPDX-License-Identifier: Apache-2.0
#include "plugins/data/support/import.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "engine/data/bytes.h"
#include "engine/vision/decode.h"

namespace patchbay::blocks {
namespace fs = std::filesystem;
namespace {

constexpr int deepestFolder = 64;
constexpr std::size_t mostFiles = 5'000'000;
/// Pictures are decoded to this many pixels when they are checked: enough to notice damage anywhere in the file.
constexpr int checkSide = 64;

bool isLitter(const std::string& name) {
  return name.empty() || name.front() == '.' || name == "Thumbs.db" || name == "desktop.ini" || name == "__MACOSX";
}

Result<> walk(const fs::path& folder, int depth, std::set<std::pair<dev_t, ino_t>>& entered, std::vector<fs::path>& files) {
  struct stat st {};
  if (::stat(folder.c_str(), &st) != 0) return fail(systemError(errno, "open", displayText(folder.native())));
  if (depth > deepestFolder || !entered.emplace(st.st_dev, st.st_ino).second) return {};
  std::vector<std::pair<std::string, fs::file_status>> entries;
  std::error_code ec;
  for (fs::directory_iterator it{folder, fs::directory_options::skip_permission_denied, ec}, end; !ec && it != end; it.increment(ec)) {
    std::error_code ignored;  // A dangling link has no status and is left out.
    entries.emplace_back(it->path().filename().native(), it->status(ignored));
  }
  if (ec) return fail(systemError(ec.value(), "read", displayText(folder.native())));
  std::ranges::sort(entries, {}, [](const auto& e) { return e.first; });
  for (const auto& [name, status] : entries) {
    if (isLitter(name)) continue;
    if (fs::is_directory(status)) PB_CHECK(walk(folder / name, depth + 1, entered, files));
    if (fs::is_regular_file(status)) files.push_back(folder / name);
    if (files.size() > mostFiles)
      return fail(ErrorKind::BadInput, "folder.too_many",
                  TR("data", "The folder holds more than {n} files.").count(static_cast<std::int64_t>(mostFiles)),
                  TR("data", "Choose a smaller folder."), displayText(folder.native()));
  }
  return {};
}

std::string pack(const PictureCheck& c) {
  return toJson(c.ok ? Value{Value::Map{{"w", c.width}, {"h", c.height}, {"format", c.format}, {"source", c.source}}}
                     : Value{Value::Map{{"error", toValue(c.error)}}});
}

PictureCheck unpack(std::string_view bytes) {
  PictureCheck c;
  const auto v = parseJson(bytes);
  if (!v || v->contains("error")) {
    if (v) c.error = errorFromValue((*v)["error"]);
    return c;
  }
  c.ok = true;
  c.width = static_cast<int>((*v)["w"].asInt());
  c.height = static_cast<int>((*v)["h"].asInt());
  c.format = (*v)["format"].asText();
  c.source = (*v)["source"].asText();
  return c;
}

/// The error as it is listed: named as the data set names the file, so that a moved folder gives the same data set.
Error named(Error error, const Found& found) {
  if (error.cause.args.contains("path")) error.cause.args["path"] = displayText(found.name);
  return error;
}

tl::unexpected<Error> cancelled() {
  return fail(ErrorKind::Cancelled, "import.cancelled", TR("data", "The import was stopped."), TR("data", "Run again to go on."));
}

struct Opened {
  Digest digest;
  std::int64_t size = 0;
  std::optional<FileStamp> stamp;
  std::optional<Error> error;
};

std::vector<Opened> digestAll(RunContext& ctx, const std::vector<Found>& found) {
  std::vector<Opened> out(found.size());
  std::atomic<std::int64_t> done{0};
  std::mutex reporting;
  parallelFor(
      found.size(), ctx.threads(), [&] { return ctx.stop() == Stop::No; },
      [&](std::size_t i) {
        std::error_code ec;
        out[i].size = static_cast<std::int64_t>(fs::file_size(found[i].file, ec));
        out[i].stamp = settledStampOf(found[i].file);
        auto digest = digestOfFile(found[i].file);
        if (digest) out[i].digest = *digest;
        else out[i].error = named(digest.error(), found[i]);
        if (const auto n = ++done; n % 256 == 0) {
          const std::lock_guard lock{reporting};
          ctx.progress({TR("data", "Reading files"), n, static_cast<std::int64_t>(found.size()), "file"});
        }
      });
  return out;
}

/// Gives pictures that a correction speaks of what it says, and drops the corrections that are spent so.
void correct(std::vector<Found>& found, std::vector<Opened>& opened) {
  std::unordered_map<Digest, std::size_t> corrections;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i].correction && !opened[i].error) corrections[opened[i].digest] = i;
  if (corrections.empty()) return;
  std::vector<char> spent(found.size(), 0);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto at = found[i].correction || opened[i].error ? corrections.end() : corrections.find(opened[i].digest);
    if (at == corrections.end()) continue;
    found[i].annotations = found[at->second].annotations;
    spent[at->second] = 1;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (spent[i]) continue;
    if (kept != i) {
      found[kept] = std::move(found[i]);
      opened[kept] = std::move(opened[i]);
    }
    ++kept;
  }
  found.resize(kept);
  opened.resize(kept);
}

Result<std::vector<PictureCheck>> checkAll(RunContext& ctx, const std::vector<Found>& found, const std::vector<Opened>& opened) {
  std::vector<Digest> digests;
  std::vector<std::size_t> row;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!opened[i].error) {
      digests.push_back(opened[i].digest);
      row.push_back(i);
    }
  std::mutex emitting;
  std::optional<Error> failed;
  std::atomic<bool> go{true};
  std::int64_t done = 0;
  PB_TRY(
      const auto results,
      ctx.computeItems(
          "picture", Value{Value::Map{{"check", 1}}}, digests, [&](std::span<const std::size_t> missing, const ItemEmit& emit) -> Result<> {
            parallelFor(
                missing.size(), ctx.threads(), [&] { return go && ctx.stop() == Stop::No; },
                [&](std::size_t k) {
                  const auto i = missing[k];
                  const auto file = MappedFile::open(found[row[i]].file);
                  // What is kept stands for these bytes for ever: a file that went away, or memory that ran out, must not be.
                  const auto c = file ? checkPicture(file->bytes()) : PictureCheck{.error = file.error()};
                  const std::lock_guard lock{emitting};
                  const bool passing = !file || c.error.kind == ErrorKind::OutOfMemory;
                  const auto stored = passing ? Result<>{fail(named(c.error, found[row[i]]))} : emit(i, pack(c));
                  if (!stored) {
                    go = false;
                    if (!failed) failed = stored.error();
                    return;
                  }
                  if (++done % 64 == 0)
                    ctx.progress({TR("data", "Checking pictures"), done, static_cast<std::int64_t>(missing.size()), "picture"});
                });
            if (failed) return fail(*failed);
            if (ctx.stopRequested()) return cancelled();
            return {};
          }));
  std::vector<PictureCheck> out(found.size());
  for (std::size_t k = 0; k < row.size(); ++k) out[row[k]] = unpack(results->bytes(k));
  for (std::size_t i = 0; i < found.size(); ++i)
    if (opened[i].error) out[i].error = *opened[i].error;
  return out;
}

}  // namespace

PictureCheck checkPicture(std::span<const std::uint8_t> bytes) {
  PictureCheck c;
  const auto decoded = vision::decode(bytes, {.minSide = checkSide});
  if (!decoded) {
    c.error = decoded.error();
    return c;
  }
  c.ok = true;
  const auto& info = decoded->info;
  const bool turned = info.orientation >= 5;
  c.rotated = info.orientation > 1;
  c.width = turned ? info.height : info.width;
  c.height = turned ? info.width : info.height;
  c.format = vision::toString(info.format);
  c.source = vision::toString(info.source);
  if (info.bits == 16) c.source += " 16 bit";
  return c;
}

void parallelFor(std::size_t n, int threads, const std::function<bool()>& go, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto loop = [&] {
    for (std::size_t i; go() && (i = next++) < n;) work(i);
  };
  std::vector<std::jthread> pool;
  for (int t = 1; t < threads; ++t) pool.emplace_back(loop);
  loop();  // The destructors of the others wait for them.
}

Result<std::vector<fs::path>> filesBelow(const fs::path& root) {
  std::error_code ec;
  if (!fs::exists(root, ec))
    return fail(ErrorKind::NotFound, "folder.missing",
                TR("data", "The folder {path} does not exist.").with("path", displayText(root.native())),
                TR("data", "Choose the folder again; was it moved or renamed?"));
  if (!fs::is_directory(root, ec))
    return fail(ErrorKind::BadInput, "folder.not_a_folder", TR("data", "{path} is not a folder.").with("path", displayText(root.native())),
                TR("data", "Choose the folder that holds the pictures."));
  std::vector<fs::path> files;
  std::set<std::pair<dev_t, ino_t>> entered;
  PB_CHECK(walk(root, 0, entered, files));
  return files;
}

Result<Dataset> importPictures(RunContext& ctx, std::vector<Found> found, DatasetInfo info) {
  auto opened = digestAll(ctx, found);
  if (ctx.stop() != Stop::No) return cancelled();
  correct(found, opened);
  PB_TRY(const auto checked, checkAll(ctx, found, opened));
  Value skipped{Value::List{}};
  std::map<std::string, std::int64_t> formats, sources;
  DatasetWriter writer{{}};
  std::size_t taken = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& c = checked[i];
    if (!c.ok) {
      skipped.push(Value::Map{{"path", displayText(found[i].name)}, {"cause", toValue(c.error.cause)}});
      ctx.log(LogLevel::Warning, displayText(found[i].name) + ": " + render(c.error.cause));
      continue;
    }
    ++formats[c.format];
    ++sources[c.source];
    ++taken;
    PB_CHECK(ctx.addSource(opened[i].digest, {found[i].file, opened[i].stamp}));
    writer.add({makeItemId(found[i].name, opened[i].digest),
                opened[i].digest,
                {found[i].name},
                opened[i].size,
                c.width,
                c.height,
                std::move(found[i].group),
                found[i].split,
                std::move(found[i].annotations)});
  }
  if (taken == 0 && std::ranges::all_of(checked, [](const PictureCheck& c) { return c.error.kind == ErrorKind::NotFound; }))
    return fail(ErrorKind::NotFound, "folder.none_found",
                TR("data", "None of the {n} file(s) was found; the first was looked for at {path}.")
                    .with("path", displayText(found.front().file.native()))
                    .count(static_cast<std::int64_t>(found.size())),
                TR("data", "Choose the folder that the names in the table start from."), "folder");
  if (taken == 0)
    return fail(ErrorKind::BadInput, "folder.no_pictures",
                TR("data", "None of the {n} file(s) is a picture that can be read.").count(static_cast<std::int64_t>(found.size())),
                TR("data", "Choose a folder with JPEG, PNG, BMP, WebP or TIFF pictures."));
  info.skipped = skipped;
  for (const auto& [name, n] : formats) info.summary["formats"][name] = n;
  for (const auto& [name, n] : sources) info.summary["pixels"][name] = n;
  writer.setInfo(std::move(info));
  return writer.finish(ctx.objects());
}

Result<fs::path> inputPath(const RunContext& ctx, const fs::path& given, std::string_view param) {
  if (given.empty())
    return fail(ErrorKind::BadInput, "path.unset", TR("data", "No file or folder was chosen."), TR("data", "Choose one."),
                std::string{param});
  return given.is_absolute() ? given : ctx.baseFolder() / given;
}

}  // namespace patchbay::blocks
