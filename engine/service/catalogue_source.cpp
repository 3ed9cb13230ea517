// SPDX-License-Identifier: Apache-2.0
#include "engine/service/catalogue_source.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/resources.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

/// Digest of the files' bytes, remembered by what stat says of them: hashing them each time would cost more than the rest
/// of a small run.
Result<Digest> identityOf(const std::vector<fs::path>& files, const fs::path& cache) {
  std::string stats;
  for (const auto& file : files) {
    const auto stamp = stampOf(file);
    stats += file.native() + "\n" + (stamp ? toJson(stamp->toValue()) : "-") + "\n";
  }
  const auto note = cache / ("files-" + digestOf(stats).hex());
  if (!cache.empty())
    if (const auto known = readFile(note, 64); known)
      if (const auto digest = Digest::parse(*known)) return *digest;
  Hasher hasher;
  for (const auto& file : files) {
    const auto digest = digestOfFile(file);
    hasher.add(file.filename().native()).add(digest ? digest->hex() : "-").add("\n");
  }
  const auto digest = hasher.finish();
  if (!cache.empty()) (void)writeFileAtomically(note, digest.hex());
  return digest;
}

/// Leaves the newest of each kind. Notes about files come with every place that packs are read from; catalogues, which cost a start of
/// the worker, must not give way to them.
void prune(const fs::path& cache) {
  constexpr std::size_t most = 40;
  std::map<std::string, std::vector<std::pair<fs::file_time_type, fs::path>>> kinds;
  std::error_code ec;
  for (const auto& e : fs::directory_iterator{cache, ec}) {
    const auto name = e.path().filename().native();
    kinds[name.substr(0, name.find('-'))].emplace_back(fs::last_write_time(e.path(), ec), e.path());
  }
  for (auto& [kind, entries] : kinds) {
    std::ranges::sort(entries);
    for (std::size_t i = 0; i + most < entries.size(); ++i) fs::remove(entries[i].second, ec);
  }
}

}  // namespace

Result<std::string> askWorker(const std::vector<std::string>& command, std::string_view input) {
  const auto failed = [&](std::string_view why) {
    return fail(ErrorKind::Unreachable, "worker.failed", TR("error", "The worker program could not be asked: {reason}").with("reason", why),
                TR("error", "`patchbay doctor` says what is missing; installing again mends it."), command.front());
  };
  auto run = runProgram(command, {}, std::chrono::seconds{120}, input);
  if (!run) return failed(render(run.error().cause));
  if (run->code == 0) return std::move(run->out);
  constexpr std::size_t mostSaid = 500;
  if (run->err.size() > mostSaid) run->err.erase(0, run->err.size() - mostSaid);
  return failed(run->err.empty() ? "it ended with an error." : displayText(run->err));
}

Result<Value> CatalogueSource::read() const {
  const auto cache = cacheFolder.empty() ? patchbay::cacheFolder() / "catalogue" : cacheFolder;
  std::error_code ec;
  if (!cache.empty()) fs::create_directories(cache, ec);
  PB_TRY(const auto identity, identityOf(files, cache));
  const auto entry = cache / ("catalogue-" + identity.hex() + ".json");
  if (!cache.empty())
    if (const auto text = readFile(entry, std::size_t{64} << 20))
      if (auto value = parseJson(*text)) return value;
  PB_TRY(const auto text, askWorker(command, {}));
  PB_TRY(auto value, parseJson(text));
  // A cache that cannot be written costs time, nothing else.
  if (!cache.empty() && writeFileAtomically(entry, text)) prune(cache);
  return value;
}

std::vector<fs::path> installedFiles(const fs::path& worker) {
  std::vector<fs::path> out{worker};
  std::error_code ec;
  const auto libraries = worker.parent_path().parent_path() / "lib" / "patchbay";
  for (const auto& folder : {libraries, libraries / "packs"})
    for (fs::directory_iterator it{folder, ec}, end; !ec && it != end; it.increment(ec))
      if (it->path().extension() == ".so") out.push_back(it->path());
  std::ranges::sort(out);
  return out;
}

CatalogueSource installedCatalogue() {
  const auto worker = programFolder() / "patchbay-worker";
  return {{worker.native(), "catalogue"}, installedFiles(worker), {}};
}

}  // namespace patchbay
