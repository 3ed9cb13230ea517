// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/bundle.h"

#include <gnu/libc-version.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/executor/packs.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

/// Parts of the C library: they fit their own loader alone. Those that nothing here names are wanted by libraries of the machine
/// itself, such as a driver's.
const std::set<std::string, std::less<>>& partsOfGlibc() {
  static const std::set<std::string, std::less<>> names{
      "libc.so.6",    "libm.so.6",       "libpthread.so.0",   "libdl.so.2",         "librt.so.1",         "libutil.so.1", "libresolv.so.2",
      "libmvec.so.1", "libnss_dns.so.2", "libnss_files.so.2", "libnss_compat.so.2", "libnss_hesiod.so.2", "libanl.so.1"};
  return names;
}
bool ofTheSystem(const std::string& name) {
  return partsOfGlibc().contains(name) || name == "libnsl.so.1" || name.starts_with("ld-linux") || name.starts_with("linux-vdso");
}

/// What OpenVINO loads by name beside its main library.
bool loadedByName(const std::string& name) {
  for (const auto* start : {"libopenvino_intel_cpu_plugin", "libopenvino_onnx_frontend", "libopenvino_ir_frontend", "libtbb", "libhwloc"})
    if (name.starts_with(start)) return true;
  return false;
}

constexpr auto loaderName = "ld-linux-x86-64.so.2";

/// The libraries that a program or library loads, as the loader here finds them; of the C library only its main part and the loader.
Result<> addLibraries(const std::vector<fs::path>& of, std::map<std::string, fs::path>& found) {
  std::vector<std::string> argv{"ldd"};
  for (const auto& path : of) argv.push_back(path.string());
  PB_TRY(const auto run, runProgram(argv, {}, std::chrono::seconds{120}));
  std::istringstream lines{run.out};
  for (std::string line; std::getline(lines, line);) {
    const auto from = line.find_first_not_of(" \t");
    const auto arrow = line.find(" => /"), end = line.rfind(" (");
    if (from == std::string::npos || end == std::string::npos) continue;
    if (const auto word = line.substr(from, end - from); word.starts_with("/") && word.ends_with(loaderName))
      found.emplace(loaderName, word);
    if (arrow == std::string::npos) continue;
    const auto name = line.substr(from, arrow - from);
    const auto path = line.substr(arrow + 4, end - arrow - 4);
    if (name == "libc.so.6") found.emplace(name, path);
    if (!ofTheSystem(name)) found.emplace(name, path);
  }
  return {};
}

/// Moves the C library out of the libraries found: beside the worker and into a folder of its own.
void addGlibc(std::map<std::string, fs::path>& libraries, std::map<std::string, fs::path>& out) {
  const auto main = libraries.extract("libc.so.6"), loader = libraries.extract(loaderName);
  if (main.empty() || loader.empty()) return;
  std::error_code ec;
  for (const auto& name : partsOfGlibc())
    if (const auto part = main.mapped().parent_path() / name; fs::exists(part, ec)) out.emplace("lib/libc/" + name, part);
  out.emplace(std::string{"bin/"} + loaderName, loader.mapped());
}

Result<std::map<std::string, fs::path>> collect(const fs::path& worker, const fs::path& allowed) {
  std::map<std::string, fs::path> out{{"bin/patchbay-worker", worker}};
  const auto base = worker.parent_path().parent_path();
  std::error_code ec;
  std::vector<fs::path> roots{worker};
  std::map<std::string, fs::path> libraries;
  for (const auto& entry : fs::directory_iterator{base / "lib" / "patchbay", ec})
    if (entry.is_regular_file(ec)) {
      const auto name = entry.path().filename().string();
      if (name.find(".so") != std::string::npos) libraries.emplace(name, entry.path());
    }
  for (const auto& entry : fs::directory_iterator{base / "lib" / "patchbay" / "packs", ec}) {
    out.emplace("lib/patchbay/packs/" + entry.path().filename().string(), entry.path());
    roots.push_back(entry.path());
  }
  if (!allowed.empty()) {
    PB_TRY(const auto packs, readAllowedPacks(allowed));
    for (const auto& pack : packs) {
      out.emplace("lib/patchbay/packs/" + pack.path.filename().string(), pack.path);
      roots.push_back(pack.path);
    }
  }
  PB_CHECK(addLibraries(roots, libraries));
  std::vector<fs::path> more;
  for (const auto& [name, path] : std::map{libraries}) {
    if (!name.starts_with("libopenvino.so")) continue;
    for (const auto& entry : fs::directory_iterator{fs::canonical(path, ec).parent_path(), ec})
      if (const auto beside = entry.path().filename().string(); loadedByName(beside) && libraries.emplace(beside, entry.path()).second)
        more.push_back(entry.path());
  }
  if (!more.empty()) PB_CHECK(addLibraries(more, libraries));
  addGlibc(libraries, out);
  for (const auto& [name, path] : libraries) out.emplace("lib/patchbay/" + name, path);
  const auto share = base / "share" / "patchbay" / "weights";
  const auto walk = fs::directory_options::follow_directory_symlink;
  for (fs::recursive_directory_iterator it{share, walk, ec}, end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec) && it->path().extension() == ".pth")
      out.emplace("share/patchbay/weights/" + it->path().lexically_relative(share).string(), it->path());
  return out;
}

}  // namespace

std::int64_t Bundle::bytes() const {
  std::int64_t sum = 0;
  for (const auto& file : files) sum += file.bytes;
  return sum;
}

Result<Bundle> makeBundle(const fs::path& worker, const fs::path& allowed, std::string_view version) {
  PB_TRY(const auto wanted, collect(worker, allowed));
  const auto cache = cacheFolder() / "bundle.json";
  Value known{Value::Map{}}, now{Value::Map{}};
  if (const auto text = readFile(cache, std::size_t{4} << 20))
    if (auto value = parseJson(*text)) known = std::move(*value);
  Bundle out;
  std::string all;
  for (const auto& [path, source] : wanted) {
    const auto stamp = stampOf(source);
    if (!stamp) return fail(systemError(ENOENT, "read", displayText(source.native())));
    const auto name = source.string() + " " + toJson(stamp->toValue());
    auto digest = Digest::parse(known[name].asText());
    if (!digest) digest = digestOfFile(source);
    if (!digest) return fail(digest.error());
    now[name] = digest->hex();
    all += path + " " + digest->hex() + "\n";
    out.withGlibc = out.withGlibc || path == std::string{"bin/"} + loaderName;
    out.files.push_back({path, source, *digest, stamp->size});
  }
  if (!(now == known)) {
    std::error_code ec;
    fs::create_directories(cache.parent_path(), ec);
    (void)writeFileAtomically(cache, toJson(now));
  }
  out.id = std::string{version} + "-" + digestOf(all).hex().substr(0, 16);
  return out;
}

std::string neededGlibc() { return ::gnu_get_libc_version(); }

}  // namespace patchbay
