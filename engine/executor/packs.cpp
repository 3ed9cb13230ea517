// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/packs.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "engine/base/file.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

/// Not by reading its list of libraries: a pack that only speaks of the name is loaded a little later, which does no harm.
bool needsLibTorch(const fs::path& pack) {
  const auto file = MappedFile::open(pack);
  return file && file->text().find("libpatchbay_torch.so") != std::string_view::npos;
}

const std::string& nameOf(const BlockType& type) { return type.info.id; }
const std::string& nameOf(const LiveType& type) { return type.id; }

template <class Type>
const Type* named(std::string_view id, const std::vector<const Type*>& types) {
  const auto found = std::ranges::find(types, id, [](const Type* type) -> const std::string& { return nameOf(*type); });
  return found == types.end() ? nullptr : *found;
}

}  // namespace

Result<std::vector<AllowedPack>> readAllowedPacks(const fs::path& file) {
  PB_TRY(const auto text, readFile(file, 1 << 20));
  PB_TRY(const auto value, parseJson(text));
  std::vector<AllowedPack> packs;
  for (const auto& one : value.asList()) {
    PB_TRY(const auto digest, Digest::parse(one["digest"].asText()));
    packs.push_back({file.parent_path() / pathFromValue(one["path"]), digest});
  }
  return packs;
}

Value toValue(const std::vector<AllowedPack>& packs) {
  Value list{Value::List{}};
  for (const auto& pack : packs) list.push(Value::Map{{"path", pathToValue(pack.path)}, {"digest", pack.digest.hex()}});
  return list;
}

void Packs::loadFolder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{folder, ec})
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    if (needsLibTorch(file)) waiting_.push_back(file);
    else loadOwn(file);
  }
}

void Packs::loadOwn(const fs::path& file) {
  const auto digest = digestOfFile(file);
  const auto added = digest ? add(file, *digest, true) : Result<>{fail(digest.error())};
  if (added) return;
  broken_ = added.error();
  problems_.push_back(added.error());
}

bool Packs::loadNext() {
  if (waiting_.empty()) return false;
  const auto file = waiting_.front();
  waiting_.erase(waiting_.begin());
  loadOwn(file);
  return true;
}

void Packs::load(const AllowedPack& allowed) {
  const auto added = [&]() -> Result<> {
    PB_TRY(const auto digest, digestOfFile(allowed.path));
    if (digest != allowed.digest)
      return fail(ErrorKind::Permission, "pack.changed",
                  TR("executor", "The pack {path} has changed since it was allowed.").with("path", displayText(allowed.path.native())),
                  TR("executor", "Allow it again if you trust the new one."));
    return add(allowed.path, digest, false);
  }();
  if (!added) problems_.push_back(added.error());
}

Result<> Packs::add(const fs::path& path, const Digest& digest, bool own) {
  const auto refuse = [&](std::string_view reason) {
    return fail(ErrorKind::Unsupported, "pack.refused",
                TR("executor", "The pack {path} cannot be used: {reason}.").with("path", displayText(path.native())).with("reason", reason),
                TR("executor", "Build it against this version of Patchbay."));
  };
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) return refuse(::dlerror());
  const auto entry = reinterpret_cast<PackEntry>(::dlsym(library, packEntryPoint));
  if (!entry) return refuse("it is not a pack");
  const Pack* pack = entry();
  if (std::string_view{pack->abi} != patchbayAbi()) return refuse("it was built for another version");
  const auto ours = [](const auto* type) { return nameOf(*type).starts_with("patchbay."); };
  if (!own && (std::ranges::any_of(pack->blocks, ours) || std::ranges::any_of(pack->lives, ours)))
    return refuse("names that begin with \"patchbay.\" are for the packs that come with it");
  for (const auto* type : pack->blocks)
    if (std::ranges::any_of(loaded_, [&](const Loaded& other) { return named(type->info.id, other.pack->blocks); }))
      return refuse("it has a block that another pack has too, " + type->info.id);
  loaded_.push_back({pack->name, path, digest, pack});
  return {};
}

template <class Type>
const Type* Packs::find(const std::function<const Type*(const Pack&)>& of) {
  for (std::size_t i = 0;; ++i) {
    while (i == loaded_.size() && loadNext()) {
    }
    if (i == loaded_.size()) return nullptr;
    if (const auto* found = of(*loaded_[i].pack)) return found;
  }
}

Result<const BlockType*> Packs::block(std::string_view id) {
  if (const auto* type = find<BlockType>([&](const Pack& pack) { return named(id, pack.blocks); })) return type;
  if (broken_) return fail(*broken_);
  std::vector<std::string> known;
  for (const auto& one : loaded_)
    for (const auto* type : one.pack->blocks) known.push_back(type->info.id);
  const auto near = nearest(id, known);
  return fail(ErrorKind::Unsupported, "block.unknown", TR("executor", "There is no block \"{type}\" here.").with("type", displayText(id)),
              near.empty()
                  ? TR("executor", "Install the pack that has it, and allow it.")
                  : TR("executor", "Did you mean {near}? Otherwise install the pack that has it, and allow it.").with("near", near));
}

Result<const LiveType*> Packs::live(std::string_view id) {
  if (const auto* type = find<LiveType>([&](const Pack& pack) { return named(id, pack.lives); })) return type;
  if (broken_) return fail(*broken_);
  return fail(ErrorKind::Unsupported, "live.unknown",
              TR("executor", "There is no live service \"{type}\" here.").with("type", displayText(id)),
              TR("executor", "Install the pack that has it, and allow it."));
}

Value Packs::catalogue() {
  while (loadNext()) {
  }
  std::ranges::stable_sort(loaded_, {}, [](const Loaded& one) { return one.path.filename(); });
  Value packs{Value::List{}}, schemas{Value::List{}}, lives{Value::List{}}, problems{Value::List{}};
  for (const auto& one : loaded_) {
    packs.push(Value::Map{{"name", one.name}, {"path", pathToValue(one.path)}, {"digest", one.digest.hex()}});
    for (const auto* type : one.pack->blocks) schemas.push(toValue(type->schema()));
    for (const auto* type : one.pack->lives) lives.push(type->id);
  }
  for (const auto& error : problems_) problems.push(toValue(error));
  return Value{Value::Map{{"abi", patchbayAbi()},
                          {"packs", std::move(packs)},
                          {"blocks", std::move(schemas)},
                          {"lives", std::move(lives)},
                          {"problems", std::move(problems)}}};
}

namespace {

// Packs bring these libraries with them; the worker itself links none, so that it starts without them.
constexpr std::array<std::string_view, 7> numericLibraries{
    "libtorch_cpu", "libopenvino", "libopencv_core", "libopencv_imgproc", "libturbojpeg", "libgomp", "libopenvino_intel_cpu_plugin"};

std::string_view libraryOf(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  for (const auto& known : numericLibraries)
    if (name.starts_with(known) && (name.substr(known.size()).starts_with(".so") || name.substr(known.size()).starts_with("-")))
      return known;
  return {};
}

std::string buildId(const dl_phdr_info& info) {
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const auto& head = info.dlpi_phdr[i];
    if (head.p_type != PT_NOTE) continue;
    const char* at = reinterpret_cast<const char*>(info.dlpi_addr + head.p_vaddr);  // NOLINT(performance-no-int-to-ptr): it is an address
    const char* end = at + head.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      const char* name = at + sizeof note;
      const char* content = name + (note.n_namesz + 3) / 4 * 4;
      if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
        std::string hex;
        for (std::uint32_t b = 0; b < note.n_descsz; ++b) {
          constexpr char digits[] = "0123456789abcdef";
          const auto byte = static_cast<std::uint8_t>(content[b]);
          hex += digits[byte >> 4];
          hex += digits[byte & 15];
        }
        return hex;
      }
      at = content + (note.n_descsz + 3) / 4 * 4;
    }
  }
  return {};
}

int noteLibrary(dl_phdr_info* info, std::size_t, void* data) {
  const auto name = libraryOf(info->dlpi_name);
  if (name.empty()) return 0;
  auto id = buildId(*info);
  if (id.empty()) {
    // Some wheels are linked without build ids; the file's size then tells versions apart.
    std::error_code ec;
    id = "size " + std::to_string(fs::file_size(info->dlpi_name, ec));
  }
  (*static_cast<Value*>(data))[name] = id;
  return 0;
}

struct ThreadSetter {
  std::string_view library;
  const char* function;
};
// omp_set_num_threads(int), at::set_num_threads(int), cv::setNumThreads(int)
constexpr std::array<ThreadSetter, 3> threadSetters{
    {{"libgomp", "omp_set_num_threads"}, {"libtorch_cpu", "_ZN2at15set_num_threadsEi"}, {"libopencv_core", "_ZN2cv13setNumThreadsEi"}}};

int collectPath(dl_phdr_info* info, std::size_t, void* data) {
  if (!libraryOf(info->dlpi_name).empty()) static_cast<std::vector<std::string>*>(data)->emplace_back(info->dlpi_name);
  return 0;
}

}  // namespace

Value loadedNumerics() {
  Value libraries{Value::Map{}};
  ::dl_iterate_phdr(noteLibrary, &libraries);
  const char* processor = "generic";
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw")) processor = "avx512";
  else if (__builtin_cpu_supports("avx2")) processor = "avx2";
  else processor = "sse2";
#endif
  return Value{Value::Map{{"processor", processor}, {"libraries", std::move(libraries)}}};
}

void setLibraryThreads(int threads) {
  const auto count = std::to_string(std::max(threads, 1));
  ::setenv("OMP_NUM_THREADS", count.c_str(), 1);  // For what is loaded later.
  std::vector<std::string> paths;
  ::dl_iterate_phdr(collectPath, &paths);
  for (const auto& path : paths) {
    void* library = ::dlopen(path.c_str(), RTLD_NOLOAD | RTLD_LAZY);
    if (!library) continue;
    for (const auto& setter : threadSetters)
      if (setter.library == libraryOf(path))
        if (auto* set = reinterpret_cast<void (*)(int)>(::dlsym(library, setter.function)))
          set(setter.library == "libopencv_core" ? 1 : std::max(threads, 1));
    ::dlclose(library);
  }
}

}  // namespace patchbay
