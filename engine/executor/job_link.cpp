// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/job_link.h"

namespace patchbay {

Result<SeenFile> MemoryLink::locate(const Digest& digest) {
  const std::lock_guard lock{mutex_};
  if (const auto it = sources_.find(digest); it != sources_.end()) return it->second;
  return fail(ErrorKind::NotFound, "object.missing",
              TR("executor", "No file with the bytes {digest} can be found.").with("digest", digest.hex()),
              TR("executor", "Put the picture back where it was, or import the folder again."));
}

Result<std::vector<Digest>> MemoryLink::itemPacks(const Digest& function) {
  const std::lock_guard lock{mutex_};
  return packs_[function];
}

Result<> MemoryLink::addItemPack(const Digest& function, const Digest& pack, std::int64_t) {
  const std::lock_guard lock{mutex_};
  packs_[function].push_back(pack);
  return {};
}

Result<> MemoryLink::addSource(const Digest& digest, const SeenFile& file) {
  const std::lock_guard lock{mutex_};
  sources_[digest] = file;
  return {};
}

}  // namespace patchbay
