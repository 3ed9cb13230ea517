// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "engine/formats/archive.h"

/// Any bytes as an archive: what is unpacked lies in its folder and is made of plain files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace fs = std::filesystem;
  using namespace patchbay;
  static const fs::path root = [] {
    std::string name = (fs::temp_directory_path() / "pb-fuzz-XXXXXX").native();
    if (!::mkdtemp(name.data())) std::abort();
    return fs::path{name} / "inner";
  }();
  fs::create_directories(root);
  const auto file = root / "a.zip";
  std::ofstream{file, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  formats::Report report;
  const auto done = formats::unpack(file, root / "out", report, {.mostEntries = 1000, .mostBytes = 1 << 24});
  if (!done && (render(done.error().cause).empty() || render(done.error().hint).empty())) std::abort();
  if (!done && fs::exists(root / "out")) std::abort();
  if (done)
    for (const auto& entry : fs::recursive_directory_iterator{root / "out"})
      if (entry.is_symlink() || !(entry.is_directory() || entry.is_regular_file())) std::abort();
  for (const auto& entry : fs::directory_iterator{root.parent_path()})
    if (entry.path() != root) std::abort();  // Nothing beside the folder.
  fs::remove_all(root);
  return 0;
}
